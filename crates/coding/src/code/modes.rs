//! By what means, and what would ACLED call it? Modes from the words of a clause, and the crosswalk to ACLED's types.

use std::collections::{BTreeMap, BTreeSet};

use sayso_types::record::AcledTypes;
use sayso_types::{EventType, WordMap, WordSet};
use serde::Deserialize;

use crate::error::rows;
use crate::{Error, ErrorKind};

/// Words that tell the mode of an event, strongest first, and nouns that make several of one.
#[derive(Clone, Debug, Default)]
pub struct Modes {
    modes: Vec<(EventType, String)>,
    /// The numbers of the modes that a lemma, or two with a space between, speaks for, in order.
    of_words: WordMap<Vec<usize>>,
    series: WordSet,
    several: WordSet,
    /// Nouns that only measure what follows "of".
    pub measures: WordSet,
    /// Words that say whether a relation begins or is over.
    pub phases: Phases,
    /// Verbs that say of their object what it is: "regard".
    pub characterizing: BTreeSet<String>,
}

/// Words that say whether a relation begins or is over, by lemma.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phases {
    /// Verbs before what begins: "begin".
    pub begins: BTreeSet<String>,
    /// Verbs before what ends: "stop".
    pub ends: BTreeSet<String>,
    /// Adjectives of what is over: "former".
    pub bygone: BTreeSet<String>,
    /// Adverbs with which a negation says that it is over, as written: "longer".
    pub over: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawModes {
    series: Vec<String>,
    several: Vec<String>,
    measures: Vec<String>,
    characterizing: BTreeSet<String>,
    phases: Phases,
    mode: Vec<RawMode>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawMode {
    event: String,
    mode: String,
    words: Vec<String>,
}

impl Modes {
    /// Reads `modes.toml`.
    ///
    /// # Errors
    /// Names what does not read or has an unknown event type.
    pub fn load(file: &str, text: &str) -> Result<Modes, Error> {
        let raw: RawModes = toml::from_str(text).map_err(|e| Error::new(ErrorKind::Syntax, file, 0, e.message()))?;
        let (mut modes, mut of_words) = (Vec::new(), WordMap::<Vec<usize>>::default());
        for mode in raw.mode {
            let event = EventType::of_str(&mode.event)
                .ok_or_else(|| Error::new(ErrorKind::UnknownCode, file, 0, format!("unknown event type `{}`", mode.event)))?;
            mode.words.iter().for_each(|words| of_words.or_default(words).push(modes.len()));
            modes.push((event, mode.mode));
        }
        Ok(Modes {
            modes,
            of_words,
            series: raw.series.into_iter().collect(),
            several: raw.several.into_iter().collect(),
            measures: raw.measures.into_iter().collect(),
            phases: raw.phases,
            characterizing: raw.characterizing,
        })
    }

    /// The first mode of that event type for which one of the lemmas, or two of them in a row, speaks.
    pub fn mode(&self, event: EventType, lemmas: &[&str]) -> Option<&str> {
        let first = |words: &str| self.of_words.get(words)?.iter().copied().find(|mode| self.modes[*mode].0 == event);
        let mut pair = String::new();
        let pairs = lemmas.windows(2).filter_map(|two| {
            pair.clear();
            two.iter().enumerate().for_each(|(at, lemma)| pair.extend([if at > 0 { " " } else { "" }, lemma]));
            first(&pair)
        });
        let strongest = lemmas.iter().filter_map(|lemma| first(lemma)).chain(pairs).min()?;
        Some(self.modes[strongest].1.as_str())
    }

    /// All modes that words tell, each with its event type.
    pub fn all(&self) -> impl Iterator<Item = (EventType, &String)> {
        self.modes.iter().map(|(event, mode)| (*event, mode))
    }

    /// Whether an adjective makes several of the plural after it: "separate".
    pub fn is_several(&self, lemma: &str) -> bool {
        self.several.contains(lemma)
    }

    /// Whether a noun makes several of what follows it: "a string of".
    pub fn is_series(&self, lemma: &str) -> bool {
        self.series.contains(lemma)
    }
}

/// ACLED's types for ours.
#[derive(Clone, Debug, Default)]
pub struct Crosswalk {
    rows: BTreeMap<(String, String, String), AcledTypes>,
}

impl Crosswalk {
    /// Reads `acled.tsv`: event type, mode or outcome, target (civilian, armed or empty), ACLED's event and sub-event type.
    ///
    /// # Errors
    /// Names the line that has too few columns or stands twice.
    pub fn load(file: &str, text: &str) -> Result<Crosswalk, Error> {
        let mut table = BTreeMap::new();
        for (line, cells) in rows(text) {
            let [event, by, target, event_type, sub_event_type] = cells[..] else {
                return Err(Error::new(ErrorKind::Syntax, file, line, "expected five columns"));
            };
            let types = AcledTypes { event_type: event_type.to_owned(), sub_event_type: sub_event_type.to_owned() };
            if table.insert((event.to_owned(), by.to_owned(), target.to_owned()), types).is_some() {
                return Err(Error::new(ErrorKind::Duplicate, file, line, "this event, mode and target stand here a second time"));
            }
        }
        Ok(Crosswalk { rows: table })
    }

    /// ACLED's types: by outcome and target, mode and target, mode, target, then the event type alone.
    pub fn acled(&self, event: EventType, mode: Option<&str>, outcome: Option<&str>, target: &str) -> Option<&AcledTypes> {
        let get = |by: &str, target: &str| self.rows.get(&(event.as_str().to_owned(), by.to_owned(), target.to_owned()));
        let by = outcome.into_iter().chain(mode);
        by.flat_map(|b| [(b, target), (b, "")]).chain([("", target), ("", "")]).find_map(|(b, t)| get(b, t))
    }
}
