//! One statement: its words in their place, every value, and what it stands in.

use std::ops::Range;

use sayso::types::record::{DocumentRecord, GroupRecord, StatementRecord};
use sayso_store::DecisionFilter;
use sayso_types::decision::SubjectKind;
use serde::Serialize;
use utoipa::ToSchema;

use super::sensitivity::Restriction;
use crate::desk::Reader;
use crate::fault::Fault;

/// A statement with what a person needs to judge it.
#[derive(Serialize, ToSchema)]
pub(crate) struct StatementAnswer {
    /// The statement.
    pub(crate) statement: StatementRecord,
    /// The document that makes it.
    pub(crate) document: DocumentInShort,
    /// Its words in their place.
    pub(crate) context: Context,
    /// The events, relations and series that it stands in.
    pub(crate) groups: Vec<GroupRecord>,
    /// What people decided about it, first thing first.
    pub(crate) decisions: Vec<DecisionInShort>,
    /// By whose word it is restricted; `null` where it is not.
    pub(crate) restricted: Option<Restriction>,
}

/// A document as lists show it.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct DocumentInShort {
    /// Its id.
    pub(crate) id: String,
    /// Its headline, else its first words.
    pub(crate) title: String,
    /// Who published it.
    pub(crate) publisher: Option<String>,
    /// When (EDTF).
    pub(crate) published: Option<String>,
    /// Canonical address.
    pub(crate) url: Option<String>,
    /// ISO 639 code.
    pub(crate) language: String,
}

/// Words of a document with the sentences around them; offsets are code points of the document's text.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct Context {
    /// The text of the sentences.
    pub(crate) text: String,
    /// Code points of the document before it.
    pub(crate) start: usize,
}

/// A decision as lists show it.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct DecisionInShort {
    /// Its number.
    pub(crate) id: i64,
    /// Who.
    pub(crate) who: String,
    /// When, in RFC 3339.
    pub(crate) at: String,
    /// What, as a sentence without its end.
    pub(crate) what: String,
    /// Why; empty where nobody said.
    pub(crate) why: String,
    /// Whether it holds, or was undone.
    pub(crate) holds: bool,
}

/// Of a text without a headline, so many characters are its title.
const TITLE: usize = 140;

impl DocumentInShort {
    /// The short form of a document.
    pub(crate) fn of(record: &DocumentRecord) -> DocumentInShort {
        DocumentInShort {
            id: record.id.clone(),
            title: title(record),
            publisher: record.publisher.clone(),
            published: record.published.clone(),
            url: record.url.clone(),
            language: record.language.clone(),
        }
    }
}

/// The headline of a document, or its first words where there is none.
pub(crate) fn title(record: &DocumentRecord) -> String {
    let first = || record.text.lines().find(|line| !line.trim().is_empty()).unwrap_or("Without a title");
    let title = record.title.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or_else(first);
    if title.chars().count() > TITLE { title.chars().take(TITLE).chain(['…']).collect() } else { title.to_owned() }
}

impl Context {
    /// The sentences around some words of a document.
    pub(crate) fn around(reader: Reader<'_>, document: &DocumentRecord, words: Range<usize>) -> Context {
        let passage = reader.linker.passage(document, words);
        let start = passage.before.map_or(passage.sentence.start, |before| before.start);
        let end = passage.after.map_or(passage.sentence.end, |after| after.end);
        Context { text: document.text.chars().skip(start).take(end - start).collect(), start }
    }
}

impl StatementAnswer {
    /// The answer for a statement's id, or the beginning of it.
    pub(crate) fn of(reader: Reader<'_>, id: &str) -> Result<StatementAnswer, Fault> {
        let statement = reader.record.statement(id)?;
        let document = reader.record.document(&statement.document_id)?.record;
        let context = Context::around(reader, &document, statement.evidence.words.start..statement.evidence.words.end);
        let groups = reader.record.groups_with(&statement.id)?;
        let decisions = decisions(reader, SubjectKind::Statement, &statement.id)?;
        let restricted = Restriction::of_statement(reader, &statement.id, &document.id)?;
        Ok(StatementAnswer { document: DocumentInShort::of(&document), statement, context, groups, decisions, restricted })
    }
}

/// What people decided about something, first thing first.
pub(crate) fn decisions(reader: Reader<'_>, kind: SubjectKind, id: &str) -> Result<Vec<DecisionInShort>, Fault> {
    let filter = DecisionFilter { about: Some((kind, id.to_owned())), ..DecisionFilter::default() };
    let in_short = |decision: sayso_store::Decision| DecisionInShort {
        id: decision.id.0,
        who: decision.who,
        at: decision.at,
        what: sayso_store::told(&decision.action),
        why: decision.why,
        holds: decision.holds,
    };
    Ok(reader.record.decisions(&filter)?.into_iter().map(in_short).collect())
}
