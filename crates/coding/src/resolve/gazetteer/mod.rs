//! Which place do these words mean? A gazetteer that is read in place, the choice among places of one name, and the finding of places in a text.

mod abbreviations;
mod build;
mod choice;
mod countries;
mod demonym;
mod error;
mod evidence;
mod extent;
mod file;
mod fold;
mod import;
mod lookup;
mod peoples;
mod scan;
mod site;
mod table;
mod toponyms;
mod words;

use std::borrow::Cow;

use sayso_types::Place;

pub use build::{NamedPlace, build};
pub use choice::{PlaceContext, kilometres};
pub use countries::{Country, countries};
pub use error::{Error, ErrorKind};
pub use extent::Extent;
pub use fold::{key, skeleton};
pub use import::{Import, import};
pub use lookup::{Candidate, How};
pub use toponyms::{Form, ToponymMention, toponyms};

use abbreviations::Abbreviations;
use countries::Countries;
use file::File;
use peoples::Peoples;
use words::Words;

/// What a gazetteer is opened from: the file of places and the tables that stand beside it in `data/gazetteer`.
#[derive(Clone, Copy, Debug)]
pub struct Sources {
    /// `places.bin`, as `cargo xtask data gazetteer` makes it.
    pub places: &'static [u8],
    /// `countries.tsv`.
    pub countries: &'static str,
    /// `words.tsv`.
    pub words: &'static str,
    /// `risky.tsv`.
    pub risky: &'static str,
    /// `demonyms.tsv`.
    pub demonyms: &'static str,
    /// `abbreviations.tsv`.
    pub abbreviations: &'static str,
}

/// Places by name, opened in place: opening reads the header and the small tables only.
pub struct Gazetteer {
    files: Vec<File>,
    countries: Countries,
    words: Words,
    peoples: Peoples,
    abbreviations: Abbreviations,
    alike: lookup::Alike,
}

impl Gazetteer {
    /// Opens the file and its tables. Errors name the table, the line, and what was expected.
    pub fn open(sources: Sources) -> Result<Gazetteer, Error> {
        Ok(Gazetteer {
            files: vec![File::open(Cow::Borrowed(sources.places))?],
            countries: Countries::of_table(sources.countries)?,
            words: Words::of_tables(sources.words, sources.risky)?,
            peoples: Peoples::of_table(sources.demonyms)?,
            abbreviations: Abbreviations::of_table(sources.abbreviations)?,
            alike: lookup::Alike::default(),
        })
    }

    /// The gazetteer with another file, made by [`build`], beside those it has.
    pub fn with_additions(mut self, bytes: Vec<u8>) -> Result<Gazetteer, Error> {
        self.files.push(File::open(Cow::Owned(bytes))?);
        self.alike = lookup::Alike::default();
        Ok(self)
    }

    /// The linking words ("al", "ez", "e") that [`build`] leaves out of second keys.
    pub fn particles(&self) -> &[String] {
        self.words.particles()
    }

    /// ISO 3166-1 alpha-3 of the country whose people or adjective this is: "Afghan", "Afghans" → "AFG".
    pub fn country_of_demonym(&self, demonym: &str) -> Option<&str> {
        self.countries.of_demonym(&key(demonym)).map(|c| c.iso3.as_str())
    }

    /// The country of a code, ISO 3166-1 alpha-3.
    pub fn country(&self, iso3: &str) -> Option<&Country> {
        self.countries.of_iso3(iso3)
    }

    /// All countries, by code.
    pub fn countries(&self) -> &[Country] {
        self.countries.all()
    }

    /// The capital of a country, by its code: "AFG" → Kabul.
    pub fn capital_of(&self, iso3: &str) -> Option<Place> {
        let name = &self.countries.of_iso3(iso3)?.capital;
        let candidates = self.candidates(name);
        candidates.into_iter().map(|c| c.place).find(|p| p.country == iso3 && p.kind == sayso_types::PlaceKind::Capital)
    }

    /// The number of places.
    pub fn len(&self) -> usize {
        self.files.iter().map(File::len).sum()
    }

    /// Whether it holds no place.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

#[cfg(test)]
mod tests;
