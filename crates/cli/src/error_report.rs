//! What could not be read, as a table for programs and people: which input, where in it, what kind of fault, why.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use sayso_store::FailedInput;
use serde_json::json;

/// The columns of a report, in order.
const COLUMNS: [&str; 4] = ["input", "where", "kind", "reason"];

/// A report that is being written.
pub(crate) struct ErrorReport {
    path: PathBuf,
    form: Form,
}

enum Form {
    Csv(Box<csv::Writer<BufWriter<File>>>),
    Lines(BufWriter<File>),
}

impl ErrorReport {
    /// An empty report in a new file, whose ending says its form: .csv or .jsonl.
    pub(crate) fn create(path: &Path) -> anyhow::Result<ErrorReport> {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        if !matches!(ending.as_str(), "csv" | "jsonl" | "ndjson") {
            bail!("{}: the form of an error report is told by its ending; name it .csv or .jsonl", path.display());
        }
        let file = File::create(path).with_context(|| format!("{}: the error report cannot be written", path.display()))?;
        let file = BufWriter::new(file);
        let mut report = if ending == "csv" {
            ErrorReport { path: path.to_owned(), form: Form::Csv(Box::new(csv::Writer::from_writer(file))) }
        } else {
            ErrorReport { path: path.to_owned(), form: Form::Lines(file) }
        };
        if let Form::Csv(out) = &mut report.form {
            out.write_record(COLUMNS)?;
        }
        Ok(report)
    }

    /// Adds an input that could not be read.
    pub(crate) fn add(&mut self, failure: &FailedInput) -> anyhow::Result<()> {
        let FailedInput { input, place, kind, reason, .. } = failure;
        let file = input.strip_suffix(place.as_str()).and_then(|file| file.strip_suffix(':')).unwrap_or(input);
        match &mut self.form {
            Form::Csv(out) => out.write_record([file, place, kind, reason])?,
            Form::Lines(out) => writeln!(out, "{}", json!({ "input": file, "where": place, "kind": kind, "reason": reason }))?,
        }
        Ok(())
    }

    /// Writes what is left to be written.
    pub(crate) fn end(mut self) -> anyhow::Result<()> {
        let flushed = match &mut self.form {
            Form::Csv(out) => out.flush(),
            Form::Lines(out) => out.flush(),
        };
        flushed.with_context(|| format!("{}: the error report cannot be written", self.path.display()))
    }
}

/// A failure of the reading as it is kept and reported.
pub(crate) fn failed(error: &sayso::Error) -> FailedInput {
    FailedInput {
        input: error.origin().to_owned(),
        place: error.place().to_owned(),
        kind: error.kind().as_str().to_owned(),
        reason: error.reason().to_owned(),
        of: None,
    }
}
