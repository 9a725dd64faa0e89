//! One document: its text, what it states, whose text it repeats and who repeats it.

use sayso::linking::{Copy, copy, repeats};
use sayso::types::record::{DocumentRecord, StatementRecord};
use sayso_linking::Repeat;
use sayso_store::Filter;
use serde::Serialize;
use utoipa::ToSchema;

use super::sensitivity::Restriction;
use crate::desk::Reader;
use crate::fault::Fault;

/// A document with all that its screen shows.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentAnswer {
    /// The document.
    pub(crate) document: DocumentRecord,
    /// Which of the texts under its id, from 1.
    pub(crate) version: u64,
    /// RFC 3339: when it was first read.
    pub(crate) added: String,
    /// What it states, in the order of its text.
    pub(crate) statements: Vec<StatementRecord>,
    /// The texts that it repeats, the one of which it holds most first.
    pub(crate) repeats: Vec<RepeatOf>,
    /// Ids of documents that give its text again, first read one first; at most twenty.
    pub(crate) copies: Vec<String>,
    /// By whose word it is restricted; `null` where it is not.
    pub(crate) restricted: Option<Restriction>,
}

/// A text that a document repeats.
#[derive(Serialize, ToSchema)]
pub(crate) struct RepeatOf {
    /// That document's id.
    pub(crate) document: String,
    /// How that was found.
    pub(crate) repeat: Repeat,
}

impl DocumentAnswer {
    /// The answer for a document's id, or the beginning of it.
    pub(crate) fn of(reader: Reader<'_>, id: &str) -> Result<DocumentAnswer, Fault> {
        let stored = reader.record.document(id)?;
        let mut statements = reader.record.statements(&Filter { documents: vec![stored.record.id.clone()], ..Filter::default() })?;
        // What a person wrote stands in the record where it stood among what an earlier coding told.
        statements.sort_by_key(|statement| statement.evidence.trigger.start);
        let (_, repeats) = repeats(reader.record, &stored.record.id)?;
        let repeats = repeats.into_iter().map(|(repeat, of)| RepeatOf { document: of.id, repeat }).collect();
        let copies = reader.record.copies_of(&stored.record.id)?;
        let restricted = Restriction::of_document(reader, &stored.record.id)?;
        Ok(DocumentAnswer {
            restricted,
            copies,
            version: stored.version,
            added: stored.added,
            document: stored.record,
            statements,
            repeats,
        })
    }
}

/// A document laid beside one whose text it repeats.
///
/// # Errors
/// The record has no such document, or it repeats none and no other is named.
pub(crate) fn comparison(reader: Reader<'_>, id: &str, with: Option<&str>) -> Result<Copy, Fault> {
    copy(reader.record, id, with)?.ok_or_else(|| {
        Fault::unknown(format!("`{id}` repeats no other text that the record holds"), "Name the document to compare it with: ?with=ID.")
    })
}
