//! Which words need to be known to cut and lemmatize a text? Abbreviations, sentence openers, clitics, affixes, units and lemmas.

pub mod lemma;

use sayso_types::{Lemma, Upos, WordMap, WordSet};

use crate::error::Error;
use lemma::LemmaRules;

/// A word list as read: its name, for messages, and its text.
#[derive(Clone, Copy, Debug)]
pub struct LexiconFile<'t> {
    /// The file's name: "lexicons/en/abbreviations.tsv".
    pub name: &'t str,
    /// Its lines: tab-separated columns; those that begin with `#` are remarks.
    pub text: &'t str,
}

/// The word lists of a language.
#[derive(Clone, Copy, Debug)]
pub struct LexiconFiles<'t> {
    /// `abbreviation, place` (before-name, before-number, anywhere).
    pub abbreviations: LexiconFile<'t>,
    /// `word`: those that open a sentence after an abbreviation.
    pub openers: LexiconFile<'t>,
    /// `kind, text` (prefix, clitic, unit, parts, caption).
    pub tokenization: LexiconFile<'t>,
    /// `kind, part of speech, ending or form, cut, add` (rule, form), as training writes it.
    pub lemmas: LexiconFile<'t>,
}

/// Where an abbreviation stands, which tells whether its period can end a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Abbreviation {
    /// Before a name: "Gen."; it never ends one.
    BeforeName,
    /// Before a number: "No."; it ends none where a number follows.
    BeforeNumber,
    /// Anywhere: "U.S."; it ends one only where the next word opens sentences.
    Anywhere,
}

/// What is known of a language's words without weights.
#[derive(Clone, Debug)]
pub struct Lexicon {
    abbreviations: WordMap<Abbreviation>,
    openers: WordSet,
    pub(crate) prefixes: WordSet,
    pub(crate) clitics: Vec<String>,
    pub(crate) units: WordSet,
    pub(crate) captions: WordSet,
    parts: WordMap<usize>,
    lemmas: LemmaRules,
}

impl Lexicon {
    /// The lexicon of some files, or the first line that is wrong.
    pub fn load(files: &LexiconFiles<'_>) -> Result<Lexicon, Error> {
        let mut lexicon = Lexicon {
            abbreviations: WordMap::default(),
            openers: rows(files.openers).map(|(_, columns)| columns[0]).collect(),
            prefixes: WordSet::default(),
            clitics: Vec::new(),
            units: WordSet::default(),
            captions: WordSet::default(),
            parts: WordMap::default(),
            lemmas: LemmaRules::load(files.lemmas)?,
        };
        for (line, columns) in rows(files.abbreviations) {
            let [word, place] = columns[..] else {
                return Err(Error::lexicon(files.abbreviations.name, line, "expected `abbreviation` and `place`"));
            };
            let place = match place {
                "before-name" => Abbreviation::BeforeName,
                "before-number" => Abbreviation::BeforeNumber,
                "anywhere" => Abbreviation::Anywhere,
                _ => return Err(Error::lexicon(files.abbreviations.name, line, format!("unknown place `{place}`"))),
            };
            lexicon.abbreviations.insert(word, place);
        }
        lexicon.load_tokenization(files.tokenization)?;
        Ok(lexicon)
    }

    fn load_tokenization(&mut self, file: LexiconFile<'_>) -> Result<(), Error> {
        for (line, columns) in rows(file) {
            let [kind, text] = columns[..] else {
                return Err(Error::lexicon(file.name, line, "expected `kind` and `text`"));
            };
            match kind {
                "prefix" => self.prefixes.insert(text),
                "clitic" => self.clitics.push(text.to_owned()),
                "caption" => self.captions.insert(text),
                "unit" => self.units.insert(text),
                "parts" => {
                    let at = text.find('|').ok_or_else(|| Error::lexicon(file.name, line, "expected `|` between the two parts"))?;
                    self.parts.insert(&text.replacen('|', "", 1), at);
                }
                _ => return Err(Error::lexicon(file.name, line, format!("unknown kind `{kind}`"))),
            }
        }
        Ok(())
    }

    /// What is known of an abbreviation, its period included.
    pub fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        self.abbreviations.get(word).copied()
    }

    /// Whether a word in lower case opens sentences.
    pub fn opens_sentences(&self, word: &str) -> bool {
        self.openers.contains(word)
    }

    /// The byte at which a word in lower case falls into two tokens: 3 for "cannot".
    pub(crate) fn part(&self, word: &str) -> Option<usize> {
        self.parts.get(word).copied()
    }

    /// The dictionary form of a word, lower case: "attack" for "attacked".
    pub fn lemma(&self, form: &str, pos: Upos) -> Lemma {
        self.lemmas.lemma(form, pos)
    }
}

/// The lines of a word list that are no remarks, numbered from 1, in columns.
pub(crate) fn rows(file: LexiconFile<'_>) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let kept = |(at, line): (usize, _)| (at + 1, line);
    let lines = file.text.lines().enumerate().map(kept);
    lines.filter(|(_, line): &(usize, &str)| !line.is_empty() && !line.starts_with('#')).map(|(at, line)| (at, line.split('\t').collect()))
}
