//! Which region or division is meant by the name of its people: "African", "Sicilians"?

use std::collections::BTreeSet;

use sayso_types::{PlaceKind, WordMap};

use super::countries::two_letters;
use super::error::Error;
use super::lookup::PlaceRef;
use super::{Gazetteer, fold, table};

/// The places of `demonyms.tsv`, by the names of their peoples.
pub(super) struct Peoples {
    of_demonym: WordMap<Home>,
    /// The first two letters of all, to pass over most words at once.
    beginnings: BTreeSet<[u8; 2]>,
}

/// Where a people lives: the key of the place's name and its country, empty where it lies in several.
struct Home {
    key: String,
    country: String,
}

impl Peoples {
    pub(super) fn of_table(text: &str) -> Result<Peoples, Error> {
        let mut of_demonym = WordMap::default();
        let mut beginnings = BTreeSet::new();
        table::rows("gazetteer/demonyms.tsv", text, &["country", "place", "demonyms"], |row| {
            let key = fold::key(row.required("place")?);
            for demonym in row.list("demonyms") {
                let home = Home { key: key.clone(), country: row.cell("country").to_owned() };
                let demonym = fold::key(demonym);
                beginnings.extend(two_letters(&demonym));
                of_demonym.insert(&demonym, home);
            }
            Ok(())
        })?;
        Ok(Peoples { of_demonym, beginnings })
    }

    /// Whether such a name can begin with this word: false for most, at no cost.
    pub(super) fn may_begin(&self, word: &str) -> bool {
        !word.is_ascii() || two_letters(word).is_some_and(|two| self.beginnings.contains(&two))
    }
}

impl Gazetteer {
    /// The key and the place of a people's home; no country's people is among them.
    pub(super) fn home(&self, demonym: &str) -> Option<(&str, PlaceRef)> {
        let home = self.peoples.of_demonym.get(demonym)?;
        let mut places = Vec::new();
        self.bearers(&home.key, &mut places);
        let fits = |place: &&PlaceRef| {
            let brief = self.brief(**place);
            let abroad = home.country.is_empty() || brief.country == home.country.as_bytes();
            abroad && matches!(brief.kind, PlaceKind::Region | PlaceKind::Admin1 | PlaceKind::Natural)
        };
        places.iter().find(fits).map(|place| (home.key.as_str(), *place))
    }
}
