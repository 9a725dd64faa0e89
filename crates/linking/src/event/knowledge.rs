//! What has to be known to compare happenings? Weights of the grounds, which types and modes can be one, and words: tables of data.

use std::collections::BTreeSet;
use std::fmt;

use sayso_types::{EventType, WordMap, WordSet};

use super::feature::{FEATURES, Feature};
use super::happening::Happening;
use super::triggers::Triggers;
use super::words::{Trigger, Words};

/// A table as read: its name, for messages, and its text, tab-separated columns, remarks after `#`.
#[derive(Clone, Copy, Debug)]
pub struct Table<'t> {
    /// The file's name: "linking/weights.tsv".
    pub file: &'t str,
    /// Its lines.
    pub text: &'t str,
}

/// The tables that [`Knowledge`] is made of.
#[derive(Clone, Copy, Debug)]
pub struct Tables<'t> {
    /// `ground, weight`: how much each ground says of two coded statements, as a logarithm of odds.
    pub weights: Table<'t>,
    /// `ground, weight`: how much each says of two mentions of which one is not coded, so that less is known of it.
    pub mentions: Table<'t>,
    /// `ground, weight`: how much each ground says that a document goes on about one happening.
    pub stories: Table<'t>,
    /// `kind, one, other`: types and modes that one happening can be coded as.
    pub compatible: Table<'t>,
    /// `class, words`: words passed over, words that set apart, sites.
    pub words: Table<'t>,
    /// `word, weight`: how much it says that two texts share a word; rarer words weigh more.
    pub commonness: Table<'t>,
    /// `lemma, numbers`: triggers as vectors.
    pub triggers: Table<'t>,
}

/// A line of a table that does not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError {
    file: String,
    line: usize,
    what: String,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

impl std::error::Error for TableError {}

/// What is known for comparing happenings.
#[derive(Clone, Debug)]
pub struct Knowledge {
    weights: [f32; FEATURES],
    mentions: [f32; FEATURES],
    stories: WordMap<f32>,
    types: BTreeSet<(EventType, EventType)>,
    modes: BTreeSet<(String, String)>,
    passed: WordSet,
    sites: WordMap<String>,
    before: Vec<Vec<String>>,
    anywhere: Vec<Vec<String>>,
    commonness: WordMap<f32>,
    triggers: Triggers,
}

/// The weight of a word that the table of commonness has not: such a word is rare.
const RARE: f32 = 6.0;

impl Knowledge {
    /// The knowledge of some tables, or the first line that does not read.
    ///
    /// # Errors
    /// Names the table and the line.
    pub fn load(tables: &Tables<'_>) -> Result<Knowledge, TableError> {
        let mut knowledge = Knowledge {
            weights: weights(tables.weights)?,
            mentions: weights(tables.mentions)?,
            stories: story_weights(tables.stories)?,
            types: BTreeSet::new(),
            modes: BTreeSet::new(),
            passed: WordSet::default(),
            sites: WordMap::default(),
            before: Vec::new(),
            anywhere: Vec::new(),
            commonness: WordMap::default(),
            triggers: Triggers::load(tables.triggers)?,
        };
        knowledge.read_compatible(tables.compatible)?;
        knowledge.read_words(tables.words)?;
        for (line, columns) in rows(tables.commonness) {
            let [word, weight] = columns[..] else { return Err(fault(tables.commonness, line, "expected `word` and `weight`")) };
            knowledge.commonness.insert(word, number(tables.commonness, line, weight)?);
        }
        Ok(knowledge)
    }

    fn read_compatible(&mut self, table: Table<'_>) -> Result<(), TableError> {
        for (line, columns) in rows(table) {
            match columns[..] {
                ["type", one, other] => {
                    let of = |code: &str| EventType::of_str(code).ok_or_else(|| fault(table, line, format!("unknown type `{code}`")));
                    let (one, other) = (of(one)?, of(other)?);
                    self.types.extend([(one, other), (other, one)]);
                }
                ["mode", one, other] => {
                    self.modes.extend([(one.to_owned(), other.to_owned()), (other.to_owned(), one.to_owned())]);
                }
                _ => return Err(fault(table, line, "expected `type` or `mode`, and two of them")),
            }
        }
        Ok(())
    }

    fn read_words(&mut self, table: Table<'_>) -> Result<(), TableError> {
        for (line, columns) in rows(table) {
            let [class, words] = columns[..] else { return Err(fault(table, line, "expected `class` and `words`")) };
            let several = || words.split(' ').map(str::to_owned).collect();
            match class {
                "passed" => self.passed.insert(words),
                "site" => {
                    let kind = words.split(' ').next().unwrap_or(words);
                    words.split(' ').for_each(|word| drop(self.sites.insert(word, kind.to_owned())));
                }
                "before" => self.before.push(several()),
                "anywhere" => self.anywhere.push(several()),
                _ => return Err(fault(table, line, format!("unknown class `{class}`"))),
            }
        }
        Ok(())
    }

    /// How much each ground says of two happenings. Of coded ones other things are known than of mentions of whatever kind: with an agreeing
    /// place and time, words need to say less.
    pub(super) fn weights(&self, one: &Happening, other: &Happening) -> &[f32; FEATURES] {
        if one.event.is_some() && other.event.is_some() { &self.weights } else { &self.mentions }
    }

    /// How much a ground says that a document goes on about one happening; nothing for one that is not in the table.
    pub(super) fn story(&self, ground: &str) -> f32 {
        self.stories.get(ground).copied().unwrap_or_default()
    }

    /// Whether one happening can be coded as both.
    pub(super) fn types_fit(&self, one: EventType, other: EventType) -> bool {
        one == other || self.types.contains(&(one, other))
    }

    /// The types that one happening can be coded as beside this.
    pub(super) fn beside(&self, event: EventType) -> impl Iterator<Item = EventType> {
        self.types.iter().filter(move |pair| pair.0 == event).map(|pair| pair.1)
    }

    /// Whether one happening can be done by both means.
    pub(super) fn modes_fit(&self, one: &str, other: &str) -> bool {
        one == other || self.modes.iter().any(|(a, b)| a == one && b == other)
    }

    /// The content words among some lemmas, with their weights.
    pub fn words<'w>(&self, lemmas: impl IntoIterator<Item = &'w str>) -> Words {
        let content = lemmas.into_iter().filter(|w| !self.passed.contains(w) && w.chars().any(char::is_alphanumeric));
        Words::weighed(content.map(|w| (w, self.commonness.get(w).copied().unwrap_or(RARE))))
    }

    /// Whether a word says nothing when it is shared: "the".
    pub fn is_passed(&self, word: &str) -> bool {
        self.passed.contains(word)
    }

    /// The kinds of sites that some lemmas name: a camp is a base.
    pub fn sites<'w>(&self, lemmas: impl IntoIterator<Item = &'w str>) -> Words {
        Words::weighed(lemmas.into_iter().filter_map(|w| self.sites.get(w)).map(|kind| (kind.as_str(), 1.0)))
    }

    /// The trigger of a lemma.
    pub fn trigger(&self, lemma: &str) -> Trigger {
        Trigger { lemma: lemma.into(), row: self.triggers.row(lemma), weight: self.commonness.get(lemma).copied().unwrap_or(RARE) }
    }

    /// How alike two triggers are in what they mean, from -1 to 1; `None` where either is not known.
    pub(super) fn triggers_alike(&self, one: &Trigger, other: &Trigger) -> Option<f32> {
        self.triggers.likeness(one.row?, other.row?)
    }

    /// The words that set a happening apart from another: those shortly before its trigger, at `trigger` of the clause's lower-case words,
    /// or before its site ("at another post"), or a turn anywhere in it.
    pub fn apart(&self, words: &[&str], trigger: usize) -> Option<String> {
        let at = |from: usize, turn: &[String]| words.get(from..from + turn.len()).is_some_and(|w| w.iter().zip(turn).all(|(a, b)| a == b));
        let near = trigger.saturating_sub(NEAR)..trigger;
        let is_site = |at: &usize| words.get(*at).is_some_and(|word| self.sites.contains(word));
        let of_a_site = |from: usize| is_site(&(from + 1)) || is_site(&(from + 2));
        let before =
            self.before.iter().find(|turn| near.clone().chain((0..words.len()).filter(|at| of_a_site(*at))).any(|from| at(from, turn)));
        let anywhere = || self.anywhere.iter().find(|turn| (0..words.len()).any(|from| at(from, turn)));
        before.or_else(anywhere).map(|turn| turn.join(" "))
    }
}

/// How many words before a trigger may set it apart: "a second suicide car bombing".
const NEAR: usize = 4;

fn weights(table: Table<'_>) -> Result<[f32; FEATURES], TableError> {
    let mut weights = [0.0; FEATURES];
    for (line, columns) in rows(table) {
        let [ground, weight] = columns[..] else { return Err(fault(table, line, "expected `ground` and `weight`")) };
        let feature = Feature::of_str(ground).ok_or_else(|| fault(table, line, format!("unknown ground `{ground}`")))?;
        weights[feature as usize] = number(table, line, weight)?;
    }
    Ok(weights)
}

fn story_weights(table: Table<'_>) -> Result<WordMap<f32>, TableError> {
    let mut weights = WordMap::default();
    for (line, columns) in rows(table) {
        let [ground, weight] = columns[..] else { return Err(fault(table, line, "expected `ground` and `weight`")) };
        if Feature::of_str(ground).is_none() && !["base", "bare", "first", "last"].contains(&ground) {
            return Err(fault(table, line, format!("unknown ground `{ground}`")));
        }
        weights.insert(ground, number(table, line, weight)?);
    }
    Ok(weights)
}

/// The lines of a table with their columns; remarks are passed over.
pub(super) fn rows<'t>(table: Table<'t>) -> impl Iterator<Item = (usize, Vec<&'t str>)> {
    let lines = (1..).zip(table.text.lines());
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).map(|(at, line)| (at, line.split('\t').collect()))
}

pub(super) fn fault(table: Table<'_>, line: usize, what: impl Into<String>) -> TableError {
    TableError { file: table.file.to_owned(), line, what: what.into() }
}

pub(super) fn number(table: Table<'_>, line: usize, text: &str) -> Result<f32, TableError> {
    text.parse().map_err(|_| fault(table, line, format!("`{text}` is not a number")))
}
