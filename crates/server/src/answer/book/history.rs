//! What became of one thing since it came into the record?

use sayso_store::Step;
use serde::Serialize;
use utoipa::ToSchema;

use crate::desk::Reader;
use crate::fault::Fault;

/// All that touched one thing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct HistoryAnswer {
    /// The id, or the beginning of it, that was asked for.
    pub(crate) id: String,
    /// What was done to it, first thing first.
    pub(crate) steps: Vec<StepAnswer>,
}

/// One entry of the log that touched it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct StepAnswer {
    /// The entry's number.
    pub(crate) entry: i64,
    /// RFC 3339: when.
    pub(crate) at: String,
    /// Who: a person, or a program with its version.
    pub(crate) who: String,
    /// What was done to it, as a sentence without its end.
    pub(crate) what: String,
    /// Why; empty where nobody said.
    pub(crate) why: String,
}

impl From<Step> for StepAnswer {
    fn from(step: Step) -> StepAnswer {
        StepAnswer { entry: step.entry, at: step.at, who: step.who, what: step.what, why: step.why }
    }
}

impl HistoryAnswer {
    /// The answer for the id of a statement, document, event, relation or series, or the number of a decision.
    pub(crate) fn of(reader: Reader<'_>, id: &str) -> Result<HistoryAnswer, Fault> {
        let steps = reader.record.history(id)?.into_iter().map(StepAnswer::from).collect();
        Ok(HistoryAnswer { id: id.to_owned(), steps })
    }
}
