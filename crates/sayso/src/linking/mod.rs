//! Which documents are copies, which statements speak of the same, and how many independent sources say so? The linking of a whole
//! set, over the data of the program.

mod origins;
mod whole;

use std::collections::BTreeMap;

use sayso_language::Lexicon;
use sayso_linking::account::{Account, Profile, Settled, Weighing, account};
use sayso_linking::event::{self, Happening, Kinship, Reader};
use sayso_linking::informant::InformantWords;
use sayso_linking::{Report, Telling};
use sayso_types::record::{DocumentRecord, StatementRecord};
use sayso_types::{Actor, Upos};

use crate::{Error, data};

pub use origins::{Original, imprint, reports, words};
pub use whole::{Linked, LinkedGroup, Member, Ruled};

/// Everything that linking needs, loaded once and shared by all threads.
pub struct Linker {
    lexicon: Lexicon,
    knowledge: event::Knowledge,
    informants: InformantWords,
    kinship: Kinship,
}

impl Linker {
    /// A linker over the data that is embedded in the program, and over some actors' links.
    ///
    /// # Errors
    /// Names the data file and line that does not load.
    pub fn of_actors(actors: &[Actor]) -> Result<Linker, Error> {
        Ok(Linker {
            lexicon: data::language_lexicon()?,
            knowledge: data::linking()?,
            informants: data::informants()?,
            kinship: Kinship::of(actors),
        })
    }

    /// A linker over the data that is embedded in the program.
    ///
    /// # Errors
    /// Names the data file and line that does not load.
    pub fn embedded() -> Result<Linker, Error> {
        Linker::of_actors(data::registry()?.actors())
    }

    /// Which actors are parts of which.
    pub fn kinship(&self) -> &Kinship {
        &self.kinship
    }

    /// What words tell about who speaks.
    pub fn informants(&self) -> &InformantWords {
        &self.informants
    }

    /// What is known for comparing happenings.
    pub fn knowledge(&self) -> &event::Knowledge {
        &self.knowledge
    }

    /// A word's dictionary form whatever it is: a verb's where it has one, else a noun's.
    pub fn lemma(&self, word: &str) -> String {
        let of_verb = self.lexicon.lemma(word, Upos::Verb);
        if of_verb == word { self.lexicon.lemma(word, Upos::Noun).to_string() } else { of_verb.to_string() }
    }

    /// The happening of which a statement of a document speaks; `None` of a relation or an estimate. `identities` leads from actors
    /// that people judged to be another to that other.
    pub fn happening(
        &self,
        key: i64,
        statement: &StatementRecord,
        account: &std::sync::Arc<event::Account>,
        identities: &BTreeMap<String, String>,
    ) -> Option<Happening> {
        let reader = Reader { knowledge: &self.knowledge, lemma: &|word| self.lemma(word), identities };
        Happening::of(key, statement, account, &reader)
    }

    /// What comparing happenings needs of the document that tells them.
    pub fn telling(&self, report: &Report, document: &DocumentRecord) -> event::Account {
        let lemmas: Vec<String> = event::lower(&document.text).iter().map(|word| self.lemma(word)).collect();
        event::Account {
            document: report.key,
            origin: report.repeats.first().map_or(report.key, |repeat| repeat.of),
            published: report.published.map(|(first, last)| event::Days::between(first, last)),
            words: self.knowledge.words(lemmas.iter().map(String::as_str)),
            ..event::Account::default()
        }
    }

    /// The account that tellings of one event give, the tellings in the order of reading.
    pub fn account(&self, tellings: &[Telling<'_>], profile: Profile, settled: &Settled) -> Account {
        account(tellings, Weighing { words: &self.informants, kinship: &self.kinship, profile, settled })
    }
}

/// A statement with its number in the record.
pub type Numbered = (i64, StatementRecord);

/// The tellings of some statements, in the order of reading.
fn tellings<'a>(statements: &[&'a Numbered], reports: &'a BTreeMap<i64, Report>, document_of: &dyn Fn(i64) -> i64) -> Vec<Telling<'a>> {
    let telling = |(key, statement): &&'a Numbered| {
        let report = reports.get(&document_of(*key))?;
        Some(Telling { key: *key, statement, report })
    };
    statements.iter().filter_map(telling).collect()
}
