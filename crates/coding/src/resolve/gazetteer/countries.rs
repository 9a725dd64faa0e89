//! Which country is meant by a code, a name of its people, or "the Afghan capital"?

use std::collections::BTreeSet;

use sayso_types::{Place, PlaceKind, WordMap};

use super::build::NamedPlace;
use super::error::Error;
use super::fold;
use super::table;

const FILE: &str = "gazetteer/countries.tsv";
const COLUMNS: &[&str] =
    &["iso2", "iso3", "geonames_id", "name", "capital", "latitude", "longitude", "population", "other_names", "demonyms"];

/// A country or dependent territory.
#[derive(Clone, Debug, PartialEq)]
pub struct Country {
    /// ISO 3166-1 alpha-2.
    pub iso2: String,
    /// ISO 3166-1 alpha-3.
    pub iso3: String,
    /// The country as a place, with the names by which it is found.
    pub place: NamedPlace,
    /// Its capital's English name; empty where it has none.
    pub capital: String,
    /// Adjective and names of its people: "Afghan", "Afghans".
    pub demonyms: Vec<String>,
}

/// The countries, by code and by the names of their peoples.
pub(super) struct Countries {
    countries: Vec<Country>,
    of_demonym: WordMap<usize>,
    /// The first two letters of all demonyms, to pass over most words at once.
    beginnings: BTreeSet<[u8; 2]>,
}

/// The countries of the table `countries.tsv`.
pub fn countries(text: &str) -> Result<Vec<Country>, Error> {
    let mut countries = Vec::new();
    table::rows(FILE, text, COLUMNS, |row| {
        let number = |column| row.required(column)?.parse::<f64>().map_err(|_| row.error(&format!("expected a number in `{column}`")));
        let iso3 = row.required("iso3")?;
        let place = Place {
            geonames_id: Some(number("geonames_id")? as u32),
            name: row.required("name")?.to_string(),
            kind: PlaceKind::Country,
            country: iso3.to_string(),
            admin1: String::new(),
            coordinates: Some((number("latitude")?, number("longitude")?)),
            population: number("population")? as u32,
        };
        countries.push(Country {
            iso2: row.required("iso2")?.to_string(),
            iso3: iso3.to_string(),
            place: NamedPlace { place, names: row.list("other_names").map(String::from).collect() },
            capital: row.cell("capital").to_string(),
            demonyms: row.list("demonyms").map(String::from).collect(),
        });
        Ok(())
    })?;
    countries.sort_by(|a, b| a.iso3.cmp(&b.iso3));
    Ok(countries)
}

impl Countries {
    pub(super) fn of_table(text: &str) -> Result<Countries, Error> {
        let countries = countries(text)?;
        let mut of_demonym = WordMap::default();
        let mut beginnings = BTreeSet::new();
        for (number, country) in countries.iter().enumerate() {
            for demonym in &country.demonyms {
                let demonym = fold::key(demonym);
                beginnings.extend(two_letters(&demonym));
                if !of_demonym.contains(&demonym) {
                    of_demonym.insert(&demonym, number);
                }
            }
        }
        Ok(Countries { countries, of_demonym, beginnings })
    }

    /// Whether a demonym can begin with this word: false for most, at no cost.
    pub(super) fn may_begin_demonym(&self, word: &str) -> bool {
        !word.is_ascii() || two_letters(word).is_some_and(|two| self.beginnings.contains(&two))
    }

    pub(super) fn of_demonym(&self, key: &str) -> Option<&Country> {
        self.of_demonym.get(key).map(|number| &self.countries[*number])
    }

    pub(super) fn of_iso3(&self, iso3: &str) -> Option<&Country> {
        self.countries.binary_search_by(|c| c.iso3.as_str().cmp(iso3)).ok().map(|number| &self.countries[number])
    }

    pub(super) fn all(&self) -> &[Country] {
        &self.countries
    }
}

/// The first two letters of a word in lower case, where they are ASCII.
pub(super) fn two_letters(word: &str) -> Option<[u8; 2]> {
    let two: [u8; 2] = word.as_bytes().get(..2)?.try_into().ok()?;
    Some(two.map(|b| b.to_ascii_lowercase()))
}
