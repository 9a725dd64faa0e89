//! What are the divisions called, and where do they lie? The cities say to which they belong; their mean is the point.
//!
//! The point of a division is the plain mean of its cities' coordinates, unless `divisions.tsv` gives one: an area's point is derived and
//! never the capital's.

use std::collections::BTreeMap;

use sayso_coding::resolve::gazetteer::{Country, NamedPlace, key};
use sayso_types::{Place, PlaceKind};

use super::wheels::{City, Located};

/// First-order and second-order divisions.
pub struct Divisions {
    /// By country (alpha-2) and GeoNames code.
    names: BTreeMap<(String, String), String>,
    places: Vec<NamedPlace>,
}

/// Sums over the cities of an area.
#[derive(Default, Clone)]
struct Area {
    cities: u32,
    latitude: f64,
    longitude: f64,
    population: u32,
}

impl Area {
    fn add(&mut self, city: &City) {
        self.cities += 1;
        self.latitude += city.latitude;
        self.longitude += city.longitude;
        self.population = self.population.saturating_add(city.population);
    }

    fn point(&self) -> Option<(f64, f64)> {
        let n = f64::from(self.cities);
        (self.cities > 0).then(|| (self.latitude / n, self.longitude / n))
    }
}

/// Words that a division's name may do without: "Idlib Governorate".
const ENDINGS: &[&str] = &[
    " Province",
    " Governorate",
    " Region",
    " State",
    " District",
    " Department",
    " Oblast",
    " County",
    " Prefecture",
    " Municipality",
    " Division",
    " Emirate",
    " Raion",
    " Rayon",
    " Cercle",
    " City",
];
const BEGINNINGS: &[&str] = &["Province of ", "State of ", "Region of ", "Departamento de ", "Wilaya de ", "Région ", "Province de "];

impl Divisions {
    /// Joins the packages by country and point, then the hand-written table by name.
    pub fn derive(cities: &[City], located: &[Located], countries: &[Country], written: &[NamedPlace]) -> Divisions {
        let iso3: BTreeMap<&str, &str> = countries.iter().map(|c| (c.iso2.as_str(), c.iso3.as_str())).collect();
        let located: BTreeMap<(&str, i64, i64), &Located> =
            located.iter().map(|l| ((l.country_code.as_str(), fixed(l.latitude), fixed(l.longitude)), l)).collect();
        let states = states(cities, &located);
        let mut divisions = Divisions { names: BTreeMap::new(), places: Vec::new() };
        divisions.first_order(cities, &states, &iso3, written);
        divisions.second_order(cities, &located, &iso3);
        divisions
    }

    /// The name of the city's first-order division; empty where none is known.
    pub fn name_of(&self, city: &City) -> &str {
        self.names.get(&code_of(city)).map_or("", String::as_str)
    }

    /// All of them as places.
    pub fn into_places(self) -> Vec<NamedPlace> {
        self.places
    }

    fn first_order(
        &mut self,
        cities: &[City],
        states: &BTreeMap<(String, String), String>,
        iso3: &BTreeMap<&str, &str>,
        written: &[NamedPlace],
    ) {
        let mut areas: BTreeMap<(String, String), Area> = BTreeMap::new();
        for city in cities {
            areas.entry(code_of(city)).or_default().add(city);
        }
        let mut used = vec![false; written.len()];
        for (code, area) in &areas {
            let (Some(state), Some(country)) = (states.get(code), iso3.get(code.0.as_str())) else { continue };
            let by_hand = written.iter().position(|w| w.place.country == **country && w.place.kind == PlaceKind::Admin1 && bears(w, state));
            let mut division = match by_hand {
                Some(at) => {
                    used[at] = true;
                    written[at].clone()
                }
                None => NamedPlace { place: admin(PlaceKind::Admin1, state, country), names: Vec::new() },
            };
            self.names.insert(code.clone(), division.place.name.clone());
            division.names.extend(spellings(state));
            let full = division.names.clone();
            division.names.extend(full.iter().flat_map(|n| spellings(n)));
            division.place.admin1 = division.place.name.clone();
            division.place.coordinates = division.place.coordinates.or(area.point());
            division.place.population = area.population;
            self.places.push(division);
        }
        self.places.extend(written.iter().zip(used).filter(|(_, used)| !used).map(|(w, _)| {
            let mut division = w.clone();
            if division.place.kind == PlaceKind::Admin1 {
                division.place.admin1 = division.place.name.clone();
            }
            division
        }));
    }

    fn second_order(&mut self, cities: &[City], located: &BTreeMap<(&str, i64, i64), &Located>, iso3: &BTreeMap<&str, &str>) {
        let mut areas: BTreeMap<(String, String, String), Area> = BTreeMap::new();
        for city in cities {
            let Some(found) = located.get(&point_of(city)).filter(|l| !l.county.is_empty()) else { continue };
            let admin1 = self.name_of(city).to_string();
            areas.entry((city.countrycode.clone(), admin1, found.county.clone())).or_default().add(city);
        }
        for ((iso2, admin1, county), area) in areas {
            let Some(country) = iso3.get(iso2.as_str()) else { continue };
            let mut place = admin(PlaceKind::Admin2, &county, country);
            place.admin1 = admin1;
            place.coordinates = area.point();
            place.population = area.population;
            let names = if iso2 == "US" { Vec::new() } else { spellings(&county) };
            self.places.push(NamedPlace { place, names });
        }
    }
}

/// The name that most cities of each code say.
fn states(cities: &[City], located: &BTreeMap<(&str, i64, i64), &Located>) -> BTreeMap<(String, String), String> {
    let mut votes: BTreeMap<(String, String), BTreeMap<&str, u32>> = BTreeMap::new();
    for city in cities {
        if let Some(found) = located.get(&point_of(city)).filter(|l| !l.state.is_empty()) {
            *votes.entry(code_of(city)).or_default().entry(&found.state).or_default() += 1;
        }
    }
    let winner = |names: BTreeMap<&str, u32>| names.into_iter().max_by_key(|(_, votes)| *votes).map(|(name, _)| name.to_string());
    votes.into_iter().filter_map(|(code, names)| Some((code, winner(names)?))).collect()
}

fn code_of(city: &City) -> (String, String) {
    (city.countrycode.clone(), city.admin1code.clone())
}

fn point_of(city: &City) -> (&str, i64, i64) {
    (&city.countrycode, fixed(city.latitude), fixed(city.longitude))
}

fn fixed(degrees: f64) -> i64 {
    (degrees * 1e5).round() as i64
}

fn admin(kind: PlaceKind, name: &str, country: &str) -> Place {
    Place {
        geonames_id: None,
        name: name.to_string(),
        kind,
        country: country.to_string(),
        admin1: String::new(),
        coordinates: None,
        population: 0,
    }
}

/// The name, and the name without the word for its kind.
fn spellings(name: &str) -> Vec<String> {
    let mut spellings = vec![name.to_string()];
    spellings.extend(ENDINGS.iter().filter_map(|e| name.strip_suffix(e)).map(String::from));
    spellings.extend(BEGINNINGS.iter().filter_map(|b| name.strip_prefix(b)).map(String::from));
    spellings
}

/// Whether the hand-written division is the one that GeoNames calls `state`.
fn bears(written: &NamedPlace, state: &str) -> bool {
    let keys: Vec<String> = spellings(state).iter().map(|s| key(s)).collect();
    std::iter::once(&written.place.name).chain(&written.names).any(|n| keys.contains(&key(n)))
}
