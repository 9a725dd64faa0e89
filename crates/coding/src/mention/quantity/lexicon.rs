//! Which words go with numbers, and what do they make of them? Qualifiers, counted nouns, currencies.

use compact_str::CompactString;
use sayso_types::QuantityRule;

use super::QuantityClass;
use super::number::{NumberWord, Numbers};
use super::table::{Fault, Table, Vocabulary};
use crate::error::rows;
use crate::{Error, ErrorKind};

/// The words of quantities.
#[derive(Clone, Debug)]
pub struct QuantityLexicon {
    pub(crate) numbers: Numbers,
    words: Vocabulary<Word>,
    counted: Vocabulary<Counted>,
    before: Phrases,
    after: Phrases,
    signs: Vec<(CompactString, CompactString)>,
    currencies: Vec<(CompactString, CompactString)>,
}

/// The tables that a [`QuantityLexicon`] is read from.
#[derive(Clone, Copy, Debug)]
pub struct QuantityTables<'t> {
    /// Number words: `numbers.tsv`.
    pub numbers: Table<'t>,
    /// Other words around numbers: `counting.tsv`.
    pub counting: Table<'t>,
    /// "at least", "or more": `quantifiers.tsv`.
    pub quantifiers: Table<'t>,
    /// Nouns that are counted: `counted.tsv`.
    pub counted: Table<'t>,
    /// Money: `currencies.tsv`.
    pub currencies: Table<'t>,
}

/// What a piece is to the grammar of quantities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    Other,
    Mark,
    Digits,
    Number(NumberWord),
    Indefinite(Indefinite),
    /// "a pair of".
    Pair,
    /// "no".
    No,
    /// "nobody", "none".
    Nobody,
    /// "another", "a further".
    Additional,
    /// "12 others", "12 more".
    AdditionalAfter,
    Include,
    /// "of whom", "of them".
    Whom,
    Determiner,
    Of,
    To,
    Or,
    Between,
    Aged,
    /// "Resolution 2253": the number after it is a name.
    Label,
    Percent,
    Per,
    Stop,
}

/// How an indefinite word counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Indefinite {
    /// "several", "many".
    Several,
    /// "few": only as "a few".
    Few,
    /// "some": only before a plural noun.
    Some,
    /// "a handful of", "a number of".
    Group,
}

/// A noun that is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Counted {
    pub(crate) class: QuantityClass,
    pub(crate) number: Plurality,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plurality {
    One,
    Many,
    /// A plural that names a body when it stands bare: "police".
    Mass,
    /// A state that counts as a noun right after its number: "12 wounded".
    State,
}

impl QuantityLexicon {
    /// The lexicon of its five tables.
    pub fn load(tables: QuantityTables<'_>) -> Result<QuantityLexicon, Error> {
        Ok(QuantityLexicon {
            numbers: Numbers::load(tables.numbers)?,
            words: Vocabulary::read(tables.counting, counting)?,
            counted: Vocabulary::read(tables.counted, counted)?,
            before: Phrases::read(tables.quantifiers, "before")?,
            after: Phrases::read(tables.quantifiers, "after")?,
            signs: currencies(tables.currencies, "before")?,
            currencies: currencies(tables.currencies, "after")?,
        })
    }

    /// What a run of letters is to the grammar.
    pub(crate) fn word(&self, word: &str) -> Word {
        if let Some(number) = self.numbers.word(word)
            && number != NumberWord::And
        {
            return Word::Number(number);
        }
        self.words.get(word).unwrap_or(Word::Other)
    }

    /// What a noun form counts.
    pub(crate) fn counted(&self, word: &str) -> Option<Counted> {
        self.counted.get(word)
    }

    /// The longest qualifier that begins at a word before a number: its rule and how many words it has.
    pub(crate) fn before<'t>(&self, word: impl Fn(usize) -> &'t str) -> Option<(QuantityRule, usize)> {
        self.before.longest(word)
    }

    /// The longest qualifier that begins at a word after a number.
    pub(crate) fn after<'t>(&self, word: impl Fn(usize) -> &'t str) -> Option<(QuantityRule, usize)> {
        self.after.longest(word)
    }

    /// The currency of a sign before an amount.
    pub(crate) fn sign(&self, sign: &str) -> Option<&CompactString> {
        self.signs.iter().find(|(known, _)| known == sign).map(|(_, code)| code)
    }

    /// The currency of a word after an amount.
    pub(crate) fn currency(&self, word: &str) -> Option<&CompactString> {
        let at = self.currencies.binary_search_by(|(known, _)| known.as_str().cmp(&word.to_ascii_lowercase())).ok()?;
        Some(&self.currencies[at].1)
    }
}

fn counting(class: &str, value: &str) -> Result<Word, Fault> {
    Ok(match (class, value) {
        ("indefinite", "several") => Word::Indefinite(Indefinite::Several),
        ("indefinite", "few") => Word::Indefinite(Indefinite::Few),
        ("indefinite", "some") => Word::Indefinite(Indefinite::Some),
        ("indefinite", "group") => Word::Indefinite(Indefinite::Group),
        ("none", "noun") => Word::No,
        ("none", "alone") => Word::Nobody,
        ("additional", "before") => Word::Additional,
        ("additional", "after") => Word::AdditionalAfter,
        ("indefinite" | "none" | "additional", _) => return Err(Fault::Value),
        ("pair", _) => Word::Pair,
        ("include", _) => Word::Include,
        ("whom", _) => Word::Whom,
        ("determiner", _) => Word::Determiner,
        ("of", _) => Word::Of,
        ("and", _) => Word::Number(NumberWord::And),
        ("to", _) => Word::To,
        ("or", _) => Word::Or,
        ("between", _) => Word::Between,
        ("aged", _) => Word::Aged,
        ("label", _) => Word::Label,
        ("percent", _) => Word::Percent,
        ("per", _) => Word::Per,
        ("stop", _) => Word::Stop,
        _ => return Err(Fault::Class),
    })
}

fn counted(class: &str, value: &str) -> Result<Counted, Fault> {
    let class = QuantityClass::of_noun(class).ok_or(Fault::Class)?;
    let number = match value {
        "one" => Plurality::One,
        "many" => Plurality::Many,
        "mass" => Plurality::Mass,
        "state" => Plurality::State,
        _ => return Err(Fault::Value),
    };
    Ok(Counted { class, number })
}

fn currencies(table: Table<'_>, place: &str) -> Result<Vec<(CompactString, CompactString)>, Error> {
    let mut found = Vec::new();
    for (line, cells) in rows(table.text) {
        let [word, stands, code] = cells[..] else {
            return Err(Error::new(ErrorKind::Syntax, table.file, line, "expected sign or word, place and code, tab-separated"));
        };
        if !matches!(stands, "before" | "after") {
            return Err(Error::new(ErrorKind::UnknownCode, table.file, line, format!("expected `before` or `after`, found `{stands}`")));
        }
        if stands == place {
            found.push((word.into(), code.into()));
        }
    }
    found.sort();
    Ok(found)
}

/// Qualifiers of one or more words, by their first word.
#[derive(Clone, Debug)]
struct Phrases {
    /// First words, and where their phrases begin.
    first: Vocabulary<u16>,
    /// Sorted by words.
    phrases: Vec<(Vec<CompactString>, QuantityRule)>,
}

impl Phrases {
    fn read(table: Table<'_>, place: &str) -> Result<Phrases, Error> {
        let mut phrases: Vec<(Vec<CompactString>, QuantityRule)> = Vec::new();
        for (line, cells) in rows(table.text) {
            let error = |kind, expected: String| Error::new(kind, table.file, line, expected);
            let [words, stands, rule] = cells[..] else {
                return Err(error(ErrorKind::Syntax, "expected words, place and rule, tab-separated".to_owned()));
            };
            let rule = QuantityRule::of_str(rule).ok_or_else(|| error(ErrorKind::UnknownCode, format!("unknown rule `{rule}`")))?;
            match stands {
                _ if stands == place => phrases.push((words.split(' ').map(CompactString::from).collect(), rule)),
                "before" | "after" => {}
                _ => return Err(error(ErrorKind::UnknownCode, format!("expected `before` or `after`, found `{stands}`"))),
            }
        }
        phrases.sort_by(|(one, _), (other, _)| one.cmp(other));
        let begins = |at: usize| at == 0 || phrases[at - 1].0[0] != phrases[at].0[0];
        let first = (0..phrases.len()).filter(|at| begins(*at)).map(|at| (phrases[at].0[0].clone(), at as u16)).collect();
        Ok(Phrases { first: Vocabulary::of(first), phrases })
    }

    fn longest<'t>(&self, word: impl Fn(usize) -> &'t str) -> Option<(QuantityRule, usize)> {
        let first = word(0);
        let from = usize::from(self.first.get(first)?);
        let same_first = self.phrases[from..].iter().take_while(|(words, _)| words[0].eq_ignore_ascii_case(first));
        let matching = same_first.filter(|(words, _)| words.iter().enumerate().all(|(at, known)| known.eq_ignore_ascii_case(word(at))));
        matching.max_by_key(|(words, _)| words.len()).map(|(words, rule)| (*rule, words.len()))
    }
}
