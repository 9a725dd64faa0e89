//! Which place is meant by "Calif.", "N.S.W." or "D.C."?

use sayso_types::WordMap;

use super::error::Error;
use super::lookup::PlaceRef;
use super::{Gazetteer, fold, table};

/// The abbreviations of `abbreviations.tsv`, as they are written.
pub(super) struct Abbreviations {
    of_text: WordMap<Meaning>,
}

/// What an abbreviation stands for.
struct Meaning {
    key: String,
    country: String,
    /// Whether it is one only behind the name of a place and a comma: "Miss." alone is no state.
    tail: bool,
}

impl Abbreviations {
    pub(super) fn of_table(text: &str) -> Result<Abbreviations, Error> {
        let mut of_text = WordMap::default();
        table::rows("gazetteer/abbreviations.tsv", text, &["country", "place", "anywhere", "tails"], |row| {
            for (column, tail) in [("anywhere", false), ("tails", true)] {
                for written in row.list(column) {
                    let (key, country) = (fold::key(row.required("place")?), row.required("country")?.to_owned());
                    of_text.insert(written, Meaning { key, country, tail });
                }
            }
            Ok(())
        })?;
        Ok(Abbreviations { of_text })
    }
}

impl Gazetteer {
    /// The key and the places of an abbreviation; `tail` says whether it stands behind a name and a comma.
    pub(super) fn abbreviated(&self, written: &str, tail: bool) -> Option<(&str, Vec<PlaceRef>)> {
        let meaning = self.abbreviations.of_text.get(written).filter(|m| tail || !m.tail)?;
        let mut places = Vec::new();
        self.bearers(&meaning.key, &mut places);
        places.retain(|p| self.brief(*p).country == meaning.country.as_bytes());
        (!places.is_empty()).then_some((meaning.key.as_str(), places))
    }
}
