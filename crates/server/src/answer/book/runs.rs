//! When was something read into the record, how far is a reading that goes on, and what could not be read?

use std::collections::BTreeMap;

use jiff::Timestamp;
use sayso_store::Run;
use sayso_store::query::{Deed, Done, LogFilter, Paging};
use serde::Serialize;
use utoipa::ToSchema;

use crate::desk::Reader;
use crate::fault::Fault;

/// So many runs are told, and of each so many failures.
const MOST_RUNS: usize = 50;
const MOST_FAILURES: usize = 100;

/// After so many seconds without a word a reading that did not end is taken for broken off.
const PATIENCE: i64 = 600;

/// One time that something was read into the record.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct RunAnswer {
    /// Whether it ended.
    pub(crate) state: RunState,
    /// RFC 3339: when it began.
    pub(crate) started: String,
    /// RFC 3339: when it ended.
    pub(crate) finished: Option<String>,
    /// The program and its version.
    pub(crate) program: String,
    /// The inputs as named.
    pub(crate) inputs: Vec<String>,
    /// With what it read, by name.
    pub(crate) versions: BTreeMap<String, String>,
    /// Documents that it wrote: new ones, new texts of known ones, and known ones with other metadata or statements.
    pub(crate) documents: u64,
    /// Documents of an id that the record did not have.
    pub(crate) new: u64,
    /// Documents that the record had just so.
    pub(crate) unchanged: u64,
    /// Statements written.
    pub(crate) statements: u64,
    /// How many seconds it took, or has taken so far.
    pub(crate) seconds: Option<i64>,
    /// How many inputs it could not read.
    pub(crate) failed: u64,
    /// The first of these, each with why.
    pub(crate) failures: Vec<FailureAnswer>,
}

/// Whether a reading ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum RunState {
    /// It ended.
    Finished,
    /// It goes on.
    Running,
    /// It was broken off.
    BrokenOff,
}

/// An input that could not be read.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct FailureAnswer {
    /// Which: a file, or a file and a line.
    pub(crate) input: String,
    /// Why not, and what to do.
    pub(crate) reason: String,
}

/// The last runs, last one first; `now` (RFC 3339) tells how long one has gone on.
pub(crate) fn runs(reader: Reader<'_>, now: &str) -> Result<Vec<RunAnswer>, Fault> {
    let last = reader.record.log(&LogFilter { paging: Paging { limit: 1, after: None }, ..LogFilter::default() })?.items.pop();
    let silent = last.and_then(|entry| between(&entry.at, now)).unwrap_or(i64::MAX);
    let mut answers = Vec::new();
    for (at, run) in reader.record.runs()?.into_iter().take(MOST_RUNS).enumerate() {
        // Only the last one can go on: whoever begins another has waited for it.
        let state = match run.finished {
            Some(_) => RunState::Finished,
            None if at == 0 && silent < PATIENCE => RunState::Running,
            None => RunState::BrokenOff,
        };
        let written = if at == 0 && run.finished.is_none() { begun(reader)? } else { None };
        let documents = written.map_or(Ok(None), |entry| reader.record.documents_after(entry).map(Some))?;
        answers.push(answer(run, state, documents, now));
    }
    Ok(answers)
}

/// The entry of the log at which the last run began.
fn begun(reader: Reader<'_>) -> Result<Option<i64>, Fault> {
    let filter = LogFilter { deeds: vec![Deed::RunBegun], paging: Paging { limit: 1, after: None }, ..LogFilter::default() };
    let entry = reader.record.log(&filter)?.items.pop();
    Ok(entry.filter(|entry| matches!(entry.done, Done::RunBegun { .. })).map(|entry| entry.number))
}

fn answer(run: Run, state: RunState, documents: Option<u64>, now: &str) -> RunAnswer {
    let end = run.finished.as_deref().or((state == RunState::Running).then_some(now));
    let added = run.added;
    let failed = run.failures.len() as u64;
    let failures = run.failures.into_iter().take(MOST_FAILURES);
    RunAnswer {
        state,
        seconds: end.and_then(|end| between(&run.started, end)),
        started: run.started,
        finished: run.finished,
        program: run.program,
        inputs: run.inputs,
        versions: run.versions,
        documents: documents.unwrap_or(added.new + added.new_versions + added.replaced),
        new: added.new,
        unchanged: added.unchanged,
        statements: added.statements,
        failed,
        failures: failures.map(|failure| FailureAnswer { input: failure.input, reason: failure.reason }).collect(),
    }
}

/// How many seconds lie between two times.
fn between(from: &str, to: &str) -> Option<i64> {
    let (from, to): (Timestamp, Timestamp) = (from.parse().ok()?, to.parse().ok()?);
    Some((to.as_second() - from.as_second()).max(0))
}
