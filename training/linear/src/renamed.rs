//! How does the name tagger learn names that its corpora lack? From copies of their sentences in which each name gives way to another
//! of its kind: persons of many countries, actors of the registry, places of the gazetteer.

use std::path::Path;

use anyhow::{Context, Result};
use sayso_language::names::{self, KINDS, Mark};
use sayso_language::{Lexicon, tokens};
use sayso_types::{NameClass, Span};

use crate::learner::Dice;
use crate::name_corpora::NamedSentence;

/// Names to put in the place of others, each as its words.
pub struct Substitutes {
    given: Vec<String>,
    family: Vec<String>,
    organizations: Vec<Vec<String>>,
    places: Vec<Vec<String>>,
}

impl Substitutes {
    /// The names of a data directory: `lexicons/en/person_names.tsv`, `actors/groups-*.tsv`, `gazetteer/{countries,divisions,regions}.tsv`.
    pub fn read(data: &Path, lexicon: &Lexicon, files: &mut Vec<(String, String)>) -> Result<Substitutes> {
        let mut read = |name: &str| -> Result<String> {
            let text = std::fs::read_to_string(data.join(name)).with_context(|| format!("cannot read {}", data.join(name).display()))?;
            files.push((name.to_owned(), crate::manifest::sha256(text.as_bytes())));
            Ok(text)
        };
        let persons = read("lexicons/en/person_names.tsv")?;
        let kind = |kind: &str| column(&persons, 1, |columns| columns[0] == kind);
        let (given, family) = (kind("given"), kind("family"));
        let mut organizations = Vec::new();
        for file in ["actors/groups-africa.tsv", "actors/groups-asia.tsv", "actors/groups-middle-east.tsv"] {
            let named =
                |columns: &[&str]| columns.get(1).is_some_and(|kind| matches!(*kind, "name:short" | "name:official" | "name:acronym"));
            organizations.extend(column(&read(file)?, 2, named));
        }
        let mut places = column(&read("gazetteer/countries.tsv")?, 3, |columns| columns[0] != "iso2");
        places.extend(column(&read("gazetteer/divisions.tsv")?, 1, |columns| columns[0] != "country"));
        places.extend(column(&read("gazetteer/regions.tsv")?, 1, |columns| columns[0] != "country"));
        let cut =
            |names: Vec<String>| names.iter().map(|name| words(name, lexicon)).filter(|words| (1..6).contains(&words.len())).collect();
        Ok(Substitutes { given, family, organizations: cut(organizations), places: cut(places) })
    }

    /// A copy of each sentence that has a name, with other names in it.
    pub fn renamed(&self, sentences: &[NamedSentence]) -> Vec<NamedSentence> {
        let mut dice = Dice::new(2_718);
        let named = sentences.iter().filter(|sentence| sentence.marks.iter().any(|mark| matches!(mark.kind(), Some(0..=2))));
        named.map(|sentence| self.rename(sentence, &mut dice)).collect()
    }

    fn rename(&self, sentence: &NamedSentence, dice: &mut Dice) -> NamedSentence {
        let mut copy = NamedSentence { words: Vec::new(), marks: Vec::new(), others_marked: sentence.others_marked, open: Vec::new() };
        let mut at = 0;
        for name in names::spans(&sentence.marks) {
            copy.extend(sentence, at..name.words.start);
            let kind = KINDS.iter().position(|kind| *kind == name.kind).unwrap_or(3);
            match self.substitute(name.kind, name.words.len(), dice) {
                Some(words) => copy.push_name(&words, kind),
                None => copy.extend(sentence, name.words.clone()),
            }
            at = name.words.end;
        }
        copy.extend(sentence, at..sentence.words.len());
        copy
    }

    fn substitute(&self, kind: NameClass, length: usize, dice: &mut Dice) -> Option<Vec<String>> {
        let mut pick = |names: &[String]| names[dice.below(names.len())].clone();
        match kind {
            NameClass::Person if length == 1 => Some(vec![pick(&self.family)]),
            NameClass::Person => Some(vec![pick(&self.given), pick(&self.family)]),
            NameClass::Organization => Some(self.organizations[dice.below(self.organizations.len())].clone()),
            NameClass::Location => Some(self.places[dice.below(self.places.len())].clone()),
            NameClass::Other => None,
        }
    }
}

fn column(text: &str, number: usize, keep: impl Fn(&[&str]) -> bool) -> Vec<String> {
    let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect::<Vec<_>>());
    rows.filter(|columns| keep(columns))
        .filter_map(|columns| columns.get(number).map(|name| (*name).to_owned()))
        .filter(|name| !name.is_empty())
        .collect()
}

fn words(name: &str, lexicon: &Lexicon) -> Vec<String> {
    let Some(span) = Span::new(0, name.len()) else { return Vec::new() };
    tokens(name, span, lexicon).into_iter().map(|span| span.text(name).to_owned()).collect()
}

impl NamedSentence {
    fn extend(&mut self, from: &NamedSentence, words: std::ops::Range<usize>) {
        self.words.extend_from_slice(&from.words[words.clone()]);
        self.marks.extend_from_slice(&from.marks[words.clone()]);
        self.open.extend_from_slice(&from.open[words]);
    }

    fn push_name(&mut self, words: &[String], kind: usize) {
        for (at, word) in words.iter().enumerate() {
            self.words.push(word.clone());
            self.marks.push(if at == 0 { Mark::begin(kind) } else { Mark::inside(kind) });
            self.open.push(false);
        }
    }
}
