//! Which documents are copies, which statements speak of the same, and how many independent sources say so? The linking of a whole
//! set, over the data of the program.

mod alike;
mod candidates;
mod copies;
mod origins;
mod parted;
mod record;
mod view;
mod whole;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use sayso_language::Lexicon;
use sayso_linking::account::{Account, Profile, Settled, Weighing, account};
use sayso_linking::event::{self, Happening, Kinship, Reader};
use sayso_linking::informant::InformantWords;
use sayso_linking::{Report, Telling};
use sayso_types::record::{DocumentRecord, PropositionRecord, StatementRecord};
use sayso_types::{Actor, EstimateType, EventType, Upos};

use crate::passage::{Passage, passage_by};
use crate::{Actors, Error, data};

pub use alike::Alike;
pub use candidates::{NearEvents, SharedText, near_events, shared_text};
pub use copies::{Copy, Fate, Laid, copy, repeats};
pub use origins::{Original, grouped, imprint, report, reports, words};
pub use parted::{Strand, estimate_identity, relation_identities};
pub use record::{Outcome, Scope, actors_meant, candidate_id, link_record, preview, same_actors};
pub use view::{EstimateView, EventView, RelationView, ToldBy, View, accounts, relations, view};
pub use whole::{Linked, LinkedGroup, Member, Ruled};

/// Everything that linking needs, loaded once and shared by all threads.
#[derive(Clone)]
pub struct Linker {
    data: Arc<Data>,
    kinship: Arc<Kinship>,
}

struct Data {
    lexicon: Lexicon,
    knowledge: event::Knowledge,
    informants: InformantWords,
    /// The registry's pairs of a part and its whole.
    links: Vec<(String, String)>,
    /// What the actors of the registry are called.
    called: alike::Called,
    /// The actors of the registry.
    actors: Actors,
}

impl Linker {
    /// A linker over the data that is embedded in the program, and over some actors' links.
    ///
    /// # Errors
    /// Names the data file and line that does not load.
    pub fn of_actors(actors: &[Actor]) -> Result<Linker, Error> {
        let data = Data {
            lexicon: data::language_lexicon()?,
            knowledge: data::linking()?,
            informants: data::informants(actors)?,
            links: event::links(actors),
            called: alike::Called::of(actors),
            actors: Actors::of(actors),
        };
        Ok(Linker { kinship: Arc::new(Kinship::of(actors)), data: Arc::new(data) })
    }

    /// A linker over the data that is embedded in the program.
    ///
    /// # Errors
    /// Names the data file and line that does not load.
    pub fn embedded() -> Result<Linker, Error> {
        Linker::of_actors(data::registry()?.actors())
    }

    /// The linker with further pairs of a part and its whole, as people judged them.
    #[must_use]
    pub fn with_kin(&self, kin: &[(String, String)]) -> Linker {
        if kin.is_empty() {
            return self.clone();
        }
        let links = self.data.links.iter().chain(kin).cloned();
        Linker { data: Arc::clone(&self.data), kinship: Arc::new(Kinship::of_links(links)) }
    }

    /// Which actors are parts of which.
    pub fn kinship(&self) -> &Kinship {
        &self.kinship
    }

    /// The actors of its registry.
    pub fn actors(&self) -> &Actors {
        &self.data.actors
    }

    /// What words tell about who speaks.
    pub fn informants(&self) -> &InformantWords {
        &self.data.informants
    }

    /// What is known for comparing happenings.
    pub fn knowledge(&self) -> &event::Knowledge {
        &self.data.knowledge
    }

    /// A word's dictionary form whatever it is: a verb's where it has one, else a noun's.
    pub fn lemma(&self, word: &str) -> String {
        let of_verb = self.data.lexicon.lemma(word, Upos::Verb);
        if of_verb == word { self.data.lexicon.lemma(word, Upos::Noun).to_string() } else { of_verb.to_string() }
    }

    /// The sentences around the code points `words` of a document; see [`passage`](crate::passage()).
    pub fn passage(&self, document: &DocumentRecord, words: Range<usize>) -> Passage {
        passage_by(&self.data.lexicon, document, words)
    }

    /// The happening of which a statement of a document speaks; `None` of a relation, and of an estimate that counts no victims: a toll
    /// is told of some happening. `identities` leads from actors that people judged to be another to that other.
    pub fn happening(
        &self,
        key: i64,
        statement: &StatementRecord,
        account: &Arc<event::Account>,
        identities: &BTreeMap<String, String>,
    ) -> Option<Happening> {
        let reader = Reader { knowledge: &self.data.knowledge, lemma: &|word| self.lemma(word), identities };
        match toll(statement) {
            Some(event) => Happening::of(key, &as_event(statement, event), account, &reader),
            None => Happening::of(key, statement, account, &reader),
        }
    }

    /// What comparing happenings needs of the document that tells them.
    pub fn telling(&self, report: &Report, document: &DocumentRecord) -> event::Account {
        let words = event::lower(&document.text);
        let telling = words.iter().filter(|word| !self.data.knowledge.is_passed(word));
        let lemmas: Vec<String> = telling.map(|word| self.lemma(word)).collect();
        event::Account {
            document: report.key,
            origin: report.repeats.first().map_or(report.key, |repeat| repeat.of),
            published: report.published.map(|(first, last)| event::Days::between(first, last)),
            words: self.data.knowledge.words(lemmas.iter().map(String::as_str)),
            ..event::Account::default()
        }
    }

    /// The account that tellings of one event give, the tellings in the order of reading.
    pub fn account(&self, tellings: &[Telling<'_>], profile: Profile, settled: &Settled) -> Account {
        account(tellings, Weighing { words: &self.data.informants, kinship: &self.kinship, profile, settled })
    }
}

/// With what linking is done: the program's version, and the SHA-256 of the data that it links with.
pub fn versions() -> serde_json::Value {
    serde_json::json!({"program": crate::VERSION, "linking": data::linking_sha256()})
}

/// The type of event whose victims an estimate counts.
fn toll(statement: &StatementRecord) -> Option<EventType> {
    let PropositionRecord::Estimate { estimate } = statement.proposition else { return None };
    match estimate {
        EstimateType::Killed | EstimateType::Injured | EstimateType::Missing => Some(EventType::Assault),
        EstimateType::Displaced | EstimateType::Captured | EstimateType::Abducted => Some(EventType::Coerce),
        EstimateType::Strength | EstimateType::Count | EstimateType::Funds => None,
    }
}

fn as_event(statement: &StatementRecord, event: EventType) -> StatementRecord {
    let proposition = PropositionRecord::Event { event, mode: None, contexts: Vec::new(), outcome: None, acled: None };
    StatementRecord { proposition, ..statement.clone() }
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
