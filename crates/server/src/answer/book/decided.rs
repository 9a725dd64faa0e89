//! What did people decide, and what came of it?

use sayso::types::decision::{Action, SubjectKind};
use sayso_store::{Decision, DecisionFilter, DecisionId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::USUAL;
use super::differing::Differs;
use super::history::StepAnswer;
use super::log::before_and_after;
use crate::answer::paged::{PageAsked, Paged};
use crate::desk::Reader;
use crate::fault::Fault;

/// So many events, relations and series that a decision changed are told.
const MOST: usize = 50;

/// Which decisions.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct DecisionsAsked {
    /// By this person.
    pub(crate) who: Option<String>,
    /// Of this code: `accept`, `reject`, `correct`, `join`, `split`, `actors`, `settle`, `reliability`, `status`, `origin`.
    pub(crate) action: Option<String>,
    /// What `about` is: `statement` (without it), `document`, `group`, `actor`, `source`.
    pub(crate) kind: Option<String>,
    /// About what has exactly this id.
    pub(crate) about: Option<String>,
    /// Only those that hold.
    #[serde(default)]
    pub(crate) holding: bool,
}

/// A decision in short.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct DecisionLine {
    /// Its number, from 1.
    pub(crate) decision: i64,
    /// Who decided.
    pub(crate) who: String,
    /// RFC 3339: when.
    pub(crate) at: String,
    /// What, as a sentence without its end.
    pub(crate) told: String,
    /// Why; empty where nobody said.
    pub(crate) why: String,
    /// Whether it holds, or was taken back.
    pub(crate) holds: bool,
    /// What exactly.
    pub(crate) action: Action,
}

/// A decision with what came of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct DecisionAnswer {
    /// The decision.
    #[serde(flatten)]
    pub(crate) line: DecisionLine,
    /// Of a correction, what was read.
    pub(crate) before: Option<Value>,
    /// Of a correction, what it is.
    pub(crate) after: Option<Value>,
    /// What it is about.
    pub(crate) subjects: Vec<Subject>,
    /// When it was made, taken back and made to hold again.
    pub(crate) steps: Vec<StepAnswer>,
    /// What the linking after it took into account; empty where nothing was linked since.
    pub(crate) linked_after: String,
    /// The events, relations and series that this linking made, changed or ended.
    pub(crate) changed: Vec<Differs>,
    /// Whether there are more.
    pub(crate) more: bool,
}

/// What a decision is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Subject {
    /// What it is.
    pub(crate) kind: SubjectKind,
    /// Its id.
    pub(crate) id: String,
}

impl From<Decision> for DecisionLine {
    fn from(decision: Decision) -> DecisionLine {
        DecisionLine {
            decision: decision.id.0,
            told: sayso_store::told(&decision.action),
            who: decision.who,
            at: decision.at,
            why: decision.why,
            holds: decision.holds,
            action: decision.action,
        }
    }
}

/// The decisions, last one first.
pub(crate) fn decisions(reader: Reader<'_>, asked: &DecisionsAsked, page: &PageAsked) -> Result<Paged<DecisionLine>, Fault> {
    let given = |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(ToOwned::to_owned);
    let kind = given(&asked.kind).map_or(Ok(SubjectKind::Statement), |code| {
        SubjectKind::of_str(&code).ok_or_else(|| {
            Fault::invalid(
                format!("nothing is decided about a `{code}`"),
                "Write statement, document, group, actor or source after `kind=`.",
            )
        })
    })?;
    let filter = DecisionFilter {
        about: given(&asked.about).map(|id| (kind, id)),
        who: given(&asked.who),
        actions: given(&asked.action).into_iter().collect(),
        only_holding: asked.holding,
    };
    Ok(Paged::of(reader.record.decisions_newest(&filter, &page.paging(USUAL)?)?, DecisionLine::from))
}

impl DecisionAnswer {
    /// The answer for a decision's number.
    pub(crate) fn of(reader: Reader<'_>, number: &str) -> Result<DecisionAnswer, Fault> {
        let id = DecisionId(number.parse().map_err(|_| unknown(number))?);
        let decision = reader.record.decision(id)?;
        let steps = reader.record.decision_history(id)?.into_iter().map(StepAnswer::from).collect();
        let came = reader.record.consequences(id, MOST)?;
        let (before, after) = before_and_after(&decision.action);
        let subjects = decision.action.subjects().into_iter().map(|(kind, id)| Subject { kind, id: id.to_owned() }).collect();
        Ok(DecisionAnswer {
            before,
            after,
            subjects,
            steps,
            linked_after: came.cause,
            changed: came.groups.into_iter().map(Differs::from).collect(),
            more: came.more,
            line: decision.into(),
        })
    }
}

fn unknown(number: &str) -> Fault {
    Fault::unknown(format!("there is no decision `{number}`"), "Decisions have numbers; /book lists them.")
}
