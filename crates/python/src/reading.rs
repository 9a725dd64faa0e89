//! Files into a record, batch by batch, so that nothing finished is lost however it ends.

use std::convert::Infallible;
use std::path::PathBuf;

use pyo3::prelude::*;
use sayso::input::Defaults;
use sayso::types::record::{DocumentRecord, StatementRecord};
use sayso::{Coded, Input, code_all_as, export};
use sayso_store::{Added, Failure, Incoming};
use serde_json::json;

use crate::coder::Coder;
use crate::fault::detached;
use crate::pool::pool;
use crate::record::{PROGRAM, Record};

/// Documents that are kept in one transaction, at most.
pub(crate) const BATCH: usize = 256;

/// A document as it is kept, and the input that it came from.
struct Kept {
    document: DocumentRecord,
    statements: Vec<StatementRecord>,
    origin: String,
}

fn kept(coded: Coded) -> Kept {
    Kept { document: export::document_record(&coded.document), statements: coded.statements, origin: coded.origin }
}

/// Reads files into a record as one run of its log; Ctrl-C ends it after the running batch, which is kept.
pub(crate) fn read(
    py: Python<'_>,
    record: &Record,
    coder: &Coder,
    paths: &[PathBuf],
    threads: Option<usize>,
    now: &str,
) -> PyResult<String> {
    let pool = pool(threads)?;
    let names: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
    let run = detached(py, || {
        let mut record = record.record();
        record.set_now(now);
        Ok(record.begin_run(PROGRAM, &names, &coder.coder.versions())?)
    })?;
    let mut inputs = sayso::inputs(paths, &Defaults::default(), Box::new(std::io::empty()));
    let (mut added, mut failures) = (Added::default(), Vec::new());
    let mut interrupted = Ok(());
    let mut left = true;
    while left && interrupted.is_ok() {
        left = detached(py, || {
            let chunk: Vec<_> = inputs.by_ref().take(BATCH).collect();
            let all = chunk.len() == BATCH;
            added += keep(&mut record.record(), pool.install(|| coded(&coder.coder, chunk)), &mut failures)?;
            Ok(all)
        })?;
        // Signals are Python's main thread's alone, so they are looked for here and on no thread of the pool.
        interrupted = py.check_signals();
    }
    detached(py, || Ok(record.record().finish_run(run, now, added, &failures)?))?;
    interrupted.map(|()| told(added, &failures, true))
}

fn coded(coder: &sayso::Coder, chunk: Vec<Result<Input, sayso::Error>>) -> Vec<Result<Kept, sayso::Failure>> {
    let mut all = Vec::new();
    let Ok(()) = code_all_as(coder, chunk.into_iter(), kept, |some| {
        all.extend(some);
        Ok::<(), Infallible>(())
    });
    all
}

fn keep(
    record: &mut sayso_store::Record,
    coded: Vec<Result<Kept, sayso::Failure>>,
    failures: &mut Vec<Failure>,
) -> Result<Added, sayso_store::Error> {
    let mut documents = Vec::new();
    for item in coded {
        match item {
            Ok(document) => documents.push(document),
            Err(sayso::Failure { error }) => {
                failures.push(Failure { input: error.origin().to_owned(), reason: error.reason().to_owned() });
            }
        }
    }
    let incoming = documents.iter().map(|one| Incoming { document: &one.document, statements: &one.statements, input: Some(&one.origin) });
    record.add_from(&incoming.collect::<Vec<_>>())
}

/// What was added and what could not be read, as JSON.
pub(crate) fn told(added: Added, failures: &[Failure], is_run: bool) -> String {
    let mut told = json!({
        "new": added.new, "new_versions": added.new_versions, "replaced": added.replaced, "unchanged": added.unchanged,
        "statements": added.statements,
    });
    if is_run {
        told["errors"] = failures.iter().map(|failure| json!({"input": failure.input, "reason": failure.reason})).collect();
    }
    told.to_string()
}
