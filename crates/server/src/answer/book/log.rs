//! What was done to the record, when, by whom and why?

use std::collections::BTreeMap;

use sayso::types::decision::Action;
use sayso_store::query::{Deed, Done, LogEntry, LogFilter};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

use super::USUAL;
use crate::answer::paged::{PageAsked, Paged};
use crate::desk::Reader;
use crate::fault::Fault;

/// Which entries of the log.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LogAsked {
    /// By this person, or this program with or without its version.
    pub(crate) who: Option<String>,
    /// Of this kind: `run begun`, `documents`, `run finished`, `decided`, `undone`, `redone`, `linked`, `released`.
    pub(crate) deed: Option<String>,
    /// By a decision about what has exactly this id: a statement, document, event, actor or source.
    pub(crate) about: Option<String>,
}

/// An entry of the log.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct LogLine {
    /// Its number, from 1.
    pub(crate) number: i64,
    /// RFC 3339: when.
    pub(crate) at: String,
    /// A person, or a program with its version.
    pub(crate) who: String,
    /// What kind of thing was done.
    pub(crate) deed: &'static str,
    /// What was done, as a sentence without its end.
    pub(crate) told: String,
    /// Why; empty where nobody said.
    pub(crate) why: String,
    /// The decision, by number, of an entry that tells of one.
    pub(crate) decision: Option<i64>,
    /// Whether that decision holds now.
    pub(crate) holds: Option<bool>,
    /// Of a correction, what was read.
    pub(crate) before: Option<Value>,
    /// Of a correction, what it is.
    pub(crate) after: Option<Value>,
    /// The run, by number, of an entry that tells of one.
    pub(crate) run: Option<i64>,
    /// With what the run read, by name.
    pub(crate) versions: BTreeMap<String, String>,
    /// The name of a release that was made.
    pub(crate) release: Option<String>,
    /// The hash of the entry, which covers the one before it.
    pub(crate) sha256: String,
}

/// The entries of the log, last one first.
pub(crate) fn log(reader: Reader<'_>, asked: &LogAsked, page: &PageAsked) -> Result<Paged<LogLine>, Fault> {
    let deed = asked.deed.as_deref().map(str::trim).filter(|deed| !deed.is_empty());
    let known = deed.map(|code| Deed::of_str(code).ok_or_else(|| unknown(code))).transpose()?;
    let given = |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(ToOwned::to_owned);
    let filter =
        LogFilter { who: given(&asked.who), deeds: known.into_iter().collect(), about: given(&asked.about), paging: page.paging(USUAL)? };
    Ok(Paged::of(reader.record.log(&filter)?, line))
}

fn unknown(code: &str) -> Fault {
    let all: Vec<&str> = Deed::ALL.iter().map(|deed| deed.as_str()).collect();
    Fault::invalid(format!("`{code}` is nothing that the log tells of"), format!("Choose one of: {}.", all.join(", ")))
}

fn line(entry: LogEntry) -> LogLine {
    let told = told(&entry);
    let line = LogLine {
        number: entry.number,
        at: entry.at,
        who: entry.who,
        deed: entry.deed.as_str(),
        told,
        why: entry.why,
        decision: None,
        holds: None,
        before: None,
        after: None,
        run: None,
        versions: BTreeMap::new(),
        release: None,
        sha256: entry.sha256,
    };
    match entry.done {
        Done::RunBegun { run, versions, .. } => LogLine { run: Some(run), versions, ..line },
        Done::Documents { run, .. } => LogLine { run, ..line },
        Done::RunFinished { run, .. } => LogLine { run: Some(run), ..line },
        Done::Decision { decision, action, holds } => {
            let (before, after) = before_and_after(&action);
            LogLine { decision: Some(decision.0), holds: Some(holds), before, after, ..line }
        }
        Done::Linked { .. } | Done::Imported { .. } => line,
        Done::Released { name } => LogLine { release: Some(name), ..line },
    }
}

/// What a correction found and what it put there.
pub(super) fn before_and_after(action: &Action) -> (Option<Value>, Option<Value>) {
    match action {
        Action::Correct { before, after, .. } => (Some(before.clone()), Some(after.clone())),
        _ => (None, None),
    }
}

fn told(entry: &LogEntry) -> String {
    let counted = |number: u64, what: &str| format!("{number} {what}{}", if number == 1 { "" } else { "s" });
    match &entry.done {
        Done::RunBegun { inputs, .. } => format!("began to read {}", inputs.join(", ")),
        Done::Documents { documents, .. } => format!("read {}", counted(*documents, "document")),
        Done::RunFinished { failures: 0, .. } => "ended the reading".to_owned(),
        Done::RunFinished { failures, .. } => format!("ended the reading; {} could not be read", counted(*failures, "input")),
        Done::Decision { decision, action, .. } => match entry.deed {
            Deed::Undone => format!("took back decision {decision}: {}", sayso_store::told(action)),
            Deed::Redone => format!("made decision {decision} hold again: {}", sayso_store::told(action)),
            _ => sayso_store::told(action),
        },
        Done::Linked { groups, gone, memberships } => {
            let parts =
                [format!("linked {}", counted(*memberships, "statement")), format!("{groups} events, relations and series new or changed")];
            let gone = (*gone > 0).then(|| format!("{gone} no more"));
            parts.into_iter().chain(gone).collect::<Vec<_>>().join("; ")
        }
        Done::Released { name } => format!("froze the record as {name}"),
        Done::Imported { import, dataset: Some(dataset), rows } => {
            format!("laid {} of {dataset} beside the record, as import {import}", counted(*rows, "row"))
        }
        Done::Imported { import, dataset: None, .. } => format!("removed import {import}"),
    }
}
