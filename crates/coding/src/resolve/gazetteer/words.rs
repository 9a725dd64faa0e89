//! Which words tell about places, and which names are more often something else?

use sayso_types::{PlaceKind, WordMap, WordSet};

use super::error::Error;
use super::{fold, table};

/// The classes of word that the table has.
const CLASSES: &[&str] = &[
    "particle",
    "acronym",
    "connector",
    "preposition",
    "place-preposition",
    "near",
    "direction",
    "part-of",
    "kind-admin1",
    "kind-admin2",
    "kind-populated",
    "kind-natural",
    "title",
    "organization",
    "capital",
    "kind-site",
    "style",
];

/// The words of `words.tsv` and the names of `risky.tsv`.
pub(super) struct Words {
    classes: WordMap<u32>,
    particles: Vec<String>,
    risky: WordSet,
}

impl Words {
    pub(super) fn of_tables(words: &str, risky: &str) -> Result<Words, Error> {
        let mut classes: WordMap<u32> = WordMap::default();
        let mut particles = Vec::new();
        table::rows("gazetteer/words.tsv", words, &["class", "word"], |row| {
            let class = row.required("class")?;
            let bit = CLASSES.iter().position(|c| *c == class).ok_or_else(|| row.error(&format!("unknown class `{class}`")))?;
            let word = row.required("word")?;
            *classes.or_default(word) |= 1u32 << bit;
            if bit == 0 {
                particles.push(word.to_owned());
            }
            Ok(())
        })?;
        let mut names = WordSet::default();
        table::rows("gazetteer/risky.tsv", risky, &["name"], |row| {
            names.insert(&fold::key(row.required("name")?));
            Ok(())
        })?;
        particles.sort();
        particles.dedup();
        Ok(Words { classes, particles, risky: names })
    }

    pub(super) fn particles(&self) -> &[String] {
        &self.particles
    }

    /// Whether `word`, in lower case, is of the class.
    pub(super) fn is(&self, class: &str, word: &str) -> bool {
        let bit = || CLASSES.iter().position(|c| *c == class).expect("a class of the table");
        self.classes.get(word).is_some_and(|bits| bits & 1 << bit() != 0)
    }

    /// What kind of place `word` says: "province", "town".
    pub(super) fn kind(&self, word: &str) -> Option<PlaceKind> {
        let bits = *self.classes.get(word)?;
        let kinds = [
            ("kind-admin1", PlaceKind::Admin1),
            ("kind-admin2", PlaceKind::Admin2),
            ("kind-populated", PlaceKind::Populated),
            ("kind-natural", PlaceKind::Natural),
        ];
        kinds
            .into_iter()
            .find(|(class, _)| CLASSES.iter().position(|c| c == class).is_some_and(|bit| bits & 1 << bit != 0))
            .map(|(_, kind)| kind)
    }

    /// Whether the name is more often a word or a person's than a place's.
    pub(super) fn is_risky(&self, key: &str) -> bool {
        self.risky.contains(key)
    }
}
