//! Statements that people write of a document's words, and what could be stated of them.

use std::collections::BTreeMap;

use sayso::linking::Linker;
use sayso::types::record::StatementRecord;
use sayso::write::{self, Codes, Proposal, Selection, Unfit, Writing};
use sayso::{Coder, types::record::DocumentRecord};
use sayso_store::Record;
use sayso_types::decision::{Action, TextAnchor};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::decision::decided;
use crate::fault::Fault;

/// A statement that a person makes of a document.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WritingSent {
    /// The document's id, or the beginning of it.
    pub(crate) document: String,
    /// Why.
    #[serde(default)]
    pub(crate) why: String,
    /// What its words state.
    pub(crate) statement: Writing,
}

/// Words of a document of which something could be stated.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Selected {
    /// The document's id, or the beginning of it.
    pub(crate) document: String,
    /// Code points before the words.
    pub(crate) start: usize,
    /// Code points before their end.
    pub(crate) end: usize,
}

/// What became of a statement that was written.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct WrittenAnswer {
    /// Its id.
    pub(crate) statement: String,
    /// The decision by which it was written; undoing that takes it out again.
    pub(crate) decision: i64,
    /// What was done, as a sentence without its end.
    pub(crate) told: String,
    /// How many events, relations and series are new or changed by it.
    pub(crate) groups: u64,
    /// The ids of events, relations and series that are new by it.
    pub(crate) made: Vec<String>,
    /// The ids of those that are no more, each with what holds most of its statements now.
    pub(crate) became: BTreeMap<String, Option<String>>,
}

impl From<Unfit> for Fault {
    fn from(unfit: Unfit) -> Fault {
        Fault::invalid(unfit.to_string(), "Mend this field and send it again; nothing was kept.")
    }
}

/// The statement of what was sent, held against the document that was looked at.
pub(crate) fn statement(coder: &Coder, codes: &Codes, document: &DocumentRecord, sent: &WritingSent) -> Result<StatementRecord, Fault> {
    Ok(write::statement(coder, codes, document, &sent.statement)?)
}

/// Keeps a statement in a person's name, and links what it touches.
pub(crate) fn keep(
    record: &mut Record,
    linker: &Linker,
    who: &str,
    why: &str,
    (text, statement): (TextAnchor, StatementRecord),
) -> Result<WrittenAnswer, Fault> {
    let id = statement.id.clone();
    let action = Action::Write { document: text, statement: Box::new(statement) };
    let before = record.last_entry()?;
    let decision = record.decide(who, why.trim(), &action)?;
    let decided = decided(record, linker, decision, &action, before)?;
    Ok(WrittenAnswer {
        statement: id,
        decision: decided.decision,
        told: decided.told,
        groups: decided.groups,
        made: decided.made,
        became: decided.became,
    })
}

/// What could be stated of selected words.
pub(crate) fn suggest(coder: &Coder, codes: &Codes, document: &DocumentRecord, selected: &Selected) -> Result<Proposal, Fault> {
    let words = Selection { start: selected.start, end: selected.end, text: None };
    Ok(write::suggest(coder, codes, document, &words)?)
}
