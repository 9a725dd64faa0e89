//! What does a decision do? The answer to one that was made, taken back or made to hold again, and to the question what one would do.

use std::collections::BTreeMap;

use sayso::decide::{Refusal, Request, sentence};
use sayso::linking::{Linker, Outcome, Scope, link_record, preview, versions};
use sayso::types::decision::Action;
use sayso_store::{DecisionId, ErrorKind, Record, Turn};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::desk::PROGRAM;
use crate::fault::Fault;
use crate::person::Person;

/// What a person asks to decide, and why.
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
pub(crate) struct Deciding {
    /// What.
    #[serde(flatten)]
    pub(crate) request: Request,
    /// Why; it must be said where something is rejected, corrected, joined or split.
    #[serde(default)]
    pub(crate) why: String,
}

/// Which decision is taken back or made to hold again, and why.
#[derive(Clone, Debug, Default, Deserialize, Serialize, ToSchema)]
pub(crate) struct Turning {
    /// Its number; left out, the last one that the person decided, or took back.
    #[serde(default)]
    pub(crate) decision: Option<i64>,
    /// Why.
    #[serde(default)]
    pub(crate) why: String,
}

/// What a decision did.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Decided {
    /// Its number, from 1.
    pub(crate) decision: i64,
    /// What was decided, as a sentence without its end: "accepted assault “Gunmen killed six farmers”".
    pub(crate) told: String,
    /// Whether what it touches has been linked; what touches very much is linked in the background, and the counts below are 0 until
    /// then. `GET /decisions/linked` says when that is done.
    pub(crate) linked: bool,
    /// How many events, relations and series are new or changed.
    pub(crate) groups: u64,
    /// How many are no more.
    pub(crate) ended: u64,
    /// The ids of those that are new, a hundred at most.
    pub(crate) made: Vec<String>,
    /// The ids of those that are no more, a hundred at most, each with the one in which most of its statements are now.
    pub(crate) became: BTreeMap<String, Option<String>>,
}

/// What a decision would do.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Foreseen {
    /// What would be decided, as a sentence without its end.
    pub(crate) told: String,
    /// How many events, relations and series would be new or changed.
    pub(crate) groups: u64,
    /// How many would be no more.
    pub(crate) ended: u64,
    /// How many statements would come into one, or into another.
    pub(crate) statements: u64,
    /// What would be otherwise, twenty at most.
    pub(crate) changes: Vec<ForeseenChange>,
}

/// What would become of an event, relation or series.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ForeseenChange {
    /// Its id.
    pub(crate) id: String,
    /// What it is, where and when: "event assault, Kunduz, 2017-08-31".
    pub(crate) name: String,
    /// "made", "ended" or "changed".
    pub(crate) turn: &'static str,
    /// What would be otherwise about it, each as "killed 24 → 31".
    pub(crate) differences: Vec<String>,
}

/// Where decisions bear on more documents than this, nobody waits until they are linked.
const LINKED_AT_ONCE: usize = 200;

/// So many changes are foreseen one by one.
const FORESEEN: usize = 20;

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Fault {
        let what = refusal.to_string();
        match refusal {
            Refusal::Record(error) => error.into(),
            Refusal::Data(_) => Fault::ended(),
            Refusal::NoEvent(_) => {
                Fault::unknown(what, "It may have been joined with another since; search shows the events that there are.")
            }
            Refusal::Nothing(_) => Fault::unknown(what, "Search shows what is in this record."),
            Refusal::Senseless(_) => Fault::invalid(what, "Change what is to be decided; nothing was kept."),
            Refusal::Stale(_) => Fault::conflict(what, "Load the page again and decide on what it shows; nothing was kept."),
        }
    }
}

/// The decision that is asked for.
pub(crate) fn action(record: &Record, linker: &Linker, deciding: &Deciding) -> Result<Action, Fault> {
    let action = deciding.request.action(record, || Ok(linker.clone()))?;
    if action.needs_reason() && deciding.why.trim().is_empty() {
        return Err(Fault::invalid(format!("to {} needs a reason", action.code()), "Say why, in a few words; nothing was kept."));
    }
    Ok(action)
}

/// Whether all that was decided has been linked.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub(crate) struct LinkedSoFar {
    /// Whether it has.
    pub(crate) linked: bool,
}

impl LinkedSoFar {
    /// Whether it has.
    pub(crate) fn of(record: &Record) -> Result<LinkedSoFar, Fault> {
        let reading = record.reading();
        Ok(LinkedSoFar { linked: reading.seen()? == 0 || reading.unlinked()?.is_empty() })
    }
}

/// Keeps a decision and links what it touches.
pub(crate) fn decide(record: &mut Record, linker: &Linker, person: &Person, deciding: &Deciding) -> Result<Decided, Fault> {
    person.must_decide(deciding.request.code())?;
    let who = person.name.as_str();
    let action = action(record, linker, deciding)?;
    let before = record.last_entry()?;
    let decision = record.decide(who, deciding.why.trim(), &action)?;
    decided(record, linker, decision, &action, before)
}

/// Takes back a decision, or the person's last one, and links what that touches.
pub(crate) fn undo(record: &mut Record, linker: &Linker, person: &Person, turning: &Turning) -> Result<Decided, Fault> {
    let wanted = match turning.decision {
        Some(number) => DecisionId(number),
        None => record.last_decided(&person.name)?.ok_or_else(|| {
            Fault::conflict("there is no decision of yours that holds", "The record book lists all decisions; name one by its number.")
        })?,
    };
    turn(record, linker, person, turning, wanted, Record::undo)
}

/// Makes a decision hold again, or the one that the person took back last, and links what that touches.
pub(crate) fn redo(record: &mut Record, linker: &Linker, person: &Person, turning: &Turning) -> Result<Decided, Fault> {
    let wanted = match turning.decision {
        Some(number) => DecisionId(number),
        None => record.last_undone(&person.name)?.ok_or_else(|| {
            Fault::conflict("there is no decision that you took back", "The record book lists all decisions; name one by its number.")
        })?,
    };
    turn(record, linker, person, turning, wanted, Record::redo)
}

type Turned = fn(&mut Record, &str, &str, Option<DecisionId>) -> Result<DecisionId, sayso_store::Error>;

fn turn(
    record: &mut Record,
    linker: &Linker,
    person: &Person,
    turning: &Turning,
    wanted: DecisionId,
    turned: Turned,
) -> Result<Decided, Fault> {
    let known = record.decision(wanted)?;
    person.must_undo(known.action.code(), &known.who)?;
    let (action, who) = (known.action, person.name.as_str());
    let before = record.last_entry()?;
    let turned = turned(record, who, turning.why.trim(), Some(wanted)).map_err(|error| match error.kind() {
        ErrorKind::Invalid => Fault::conflict(error.to_string(), "Somebody was quicker; load the page again to see how it stands."),
        _ => error.into(),
    })?;
    decided(record, linker, turned, &action, before)
}

/// Links what a decision touches, where the record has been linked, and tells what became of it.
fn decided(record: &mut Record, linker: &Linker, decision: DecisionId, action: &Action, before: i64) -> Result<Decided, Fault> {
    let seen = record.reading().seen()?;
    let linked = seen == 0 || record.reading().documents_ruled(seen)?.len() <= LINKED_AT_ONCE;
    let outcome = if seen > 0 && linked { link_record(linker, record, Scope::Changed, PROGRAM, &versions())? } else { Outcome::default() };
    let became = record.became(before)?;
    let Outcome { written, .. } = outcome;
    Ok(Decided {
        decision: decision.0,
        told: sentence(action),
        linked,
        groups: written.groups,
        ended: written.gone,
        made: became.made,
        became: became.ended,
    })
}

/// What a decision would do; nothing of it is kept.
pub(crate) fn foresee(record: &mut Record, linker: &Linker, person: &Person, deciding: &Deciding) -> Result<Foreseen, Fault> {
    person.must_decide(deciding.request.code())?;
    let action = deciding.request.action(record, || Ok(linker.clone()))?;
    let seen = record.reading().seen()?;
    let mut linking = record.linking()?;
    linking.suppose(&person.name, &deciding.why, &action)?;
    let documents = linking.reading().documents_ruled(seen)?.len();
    if documents > LINKED_AT_ONCE {
        let what = format!("it bears on {documents} documents, more than can be looked at while you wait");
        return Err(Fault::conflict(what, "Decide, and see what changed when it has been linked; it can be taken back."));
    }
    let linked = seen > 0;
    let written = if linked { preview(linker, &mut linking)?.written } else { linking.written() };
    let changes = linking.turns(FORESEEN)?.into_iter().map(|turn| {
        let (kind, differences) = match turn.turn {
            Turn::Made => ("made", Vec::new()),
            Turn::Ended => ("ended", Vec::new()),
            Turn::Changed(differences) => ("changed", differences),
        };
        ForeseenChange { id: turn.id, name: turn.name, turn: kind, differences }
    });
    let changes = changes.collect();
    let told = sentence(&action);
    Ok(Foreseen { told, groups: written.groups, ended: written.gone, statements: written.memberships, changes })
}
