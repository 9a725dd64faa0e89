//! `sayso read`: reports into the record, batch by batch, so that nothing finished is lost however it ends.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use sayso::input::{self, Position, Watch};
use sayso::linking::{Outcome, Scope};
use sayso::types::record::{DocumentRecord, StatementRecord};
use sayso::{Coded, code_all_as, export};
use sayso_store::{Added, FailedInput, Incoming, InputId, ReadBatch, Record, RunId};
use signal_hook::consts::{SIGINT, SIGTERM};

use crate::arguments::RecordFile;
use crate::ended::Ended;
use crate::error_report::{ErrorReport, failed};
use crate::files::Files;
use crate::progress::{Done, Progress, Shown};
use crate::reading::Reading;
use crate::{addresses, link, summary, terminal};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    record: RecordFile,
    /// Do not link what was read; `sayso link` does it later.
    #[arg(long)]
    no_link: bool,
    #[command(flatten)]
    network: addresses::Network,
    /// Read files anew that were read before with the same settings; without it, what is done of a file is left out.
    #[arg(long)]
    again: bool,
    /// Also write what could not be read into this file: .csv or .jsonl, with input, where, kind and reason.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// How to show how far reading is.
    #[arg(long, value_enum, value_name = "HOW", default_value_t)]
    progress: Shown,
}

/// What a run has done so far.
#[derive(Default)]
struct Tally {
    added: Added,
    failed: u64,
    /// Documents that were kept but not coded, by language.
    not_coded: BTreeMap<String, u64>,
    interrupted: bool,
}

impl Tally {
    fn documents(&self) -> u64 {
        self.added.new + self.added.new_versions + self.added.replaced + self.added.unchanged
    }

    fn done(&self) -> Done {
        Done { documents: self.documents(), failed: self.failed, statements: self.added.statements }
    }

    fn ended(&self) -> Ended {
        if self.interrupted { Ended::Interrupted } else { Ended::of_inputs(self.documents() + self.added.done_before, self.failed) }
    }
}

/// Reads all inputs into the record and sums up the run and the record.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    let reading = &arguments.reading;
    if addresses::are_all(&reading.inputs)? {
        return addresses::run(reading, &arguments.network, &arguments.record, arguments.no_link);
    }
    if !reading.any_exists() {
        return Ok(nothing_there(reading));
    }
    let report = arguments.errors.as_deref().map(ErrorReport::create).transpose()?;
    let coder = reading.coder()?;
    let mut record = Record::create_or_open(&arguments.record.record, &terminal::now())?;
    let names: Vec<String> = reading.inputs.iter().map(|path| path.display().to_string()).collect();
    let settings = reading.settings(&coder);
    let files = if arguments.again { Files::anew(settings) } else { Files::of(&record, settings)? };
    let run = record.begin_run(link::PROGRAM, &names, &coder.versions())?;
    let stop = interruption()?;
    let inputs = reading.inputs().behind(files.earlier());
    let watch = inputs.watch();
    let progress = Progress::begin(arguments.progress, watch.clone(), reading.size());
    let mut keeping = Keeping { record, files, tally: Tally::default() };
    let read = code_all_as(&coder, input::ahead(inputs), stored, |chunk| {
        keeping.keep(chunk, &progress)?;
        progress.show(keeping.tally.done());
        if stop.load(Ordering::Relaxed) { Err(Stopped::ByUser) } else { Ok(()) }
    });
    let Keeping { mut record, files, mut tally } = keeping;
    tally.added.done_before = watch.skipped();
    let elapsed = progress.elapsed();
    progress.end(tally.done());
    match read {
        Ok(()) => {}
        Err(Stopped::ByUser) => tally.interrupted = true,
        Err(Stopped::ByRecord(error)) => return Err(error.into()),
    }
    record.finish_run(run, &terminal::now(), tally.added, &[])?;
    if let Some(report) = report {
        write_report(report, &record, run, &ids(&files, &watch))?;
    }
    let linked = if arguments.no_link || tally.interrupted { None } else { Some(link::link(&mut record, Scope::Changed)?) };
    sum_up(arguments, &record, &tally, (elapsed, watch.passed_over()), linked.as_ref())?;
    Ok(tally.ended())
}

/// The readings of files that this run went on with.
fn ids(files: &Files, watch: &Watch) -> Vec<InputId> {
    watch.continued().iter().filter_map(|source| files.id(&source.name)).collect()
}

/// Writes what could not be read: in this run, and in those that it went on from.
fn write_report(mut report: ErrorReport, record: &Record, run: RunId, inputs: &[InputId]) -> anyhow::Result<()> {
    for failure in record.failures_of(run, inputs)? {
        report.add(&failure)?;
    }
    report.end()
}

/// Why reading ended before its inputs did.
enum Stopped {
    ByUser,
    ByRecord(sayso_store::Error),
}

impl From<sayso_store::Error> for Stopped {
    fn from(error: sayso_store::Error) -> Stopped {
        Stopped::ByRecord(error)
    }
}

/// Names every input that is not there; no record is made.
fn nothing_there(reading: &Reading) -> Ended {
    for error in reading.inputs().filter_map(Result::err) {
        terminal::tell(&format!("sayso: {error}"));
    }
    Ended::NothingDone
}

/// Set by the first Ctrl-C or request to end; the second ends the program at once, which loses the running batch alone.
pub(crate) fn interruption() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        signal_hook::flag::register_conditional_shutdown(signal, 130, Arc::clone(&stop))
            .and_then(|_| signal_hook::flag::register(signal, Arc::clone(&stop)))
            .context("the system does not let this program notice Ctrl-C")?;
    }
    Ok(stop)
}

/// A document as it is stored, and the input that it came from.
struct Stored {
    document: DocumentRecord,
    statements: Vec<StatementRecord>,
    origin: String,
    position: Option<Position>,
}

impl Stored {
    fn incoming(&self) -> Incoming<'_> {
        Incoming { document: &self.document, statements: &self.statements, input: Some(&self.origin) }
    }
}

fn stored(coded: Coded) -> Stored {
    Stored {
        document: export::document_record(&coded.document),
        statements: coded.statements,
        origin: coded.origin,
        position: coded.position,
    }
}

/// The record with how far its files are read.
struct Keeping {
    record: Record,
    files: Files,
    tally: Tally,
}

impl Keeping {
    /// Keeps what was read together, what of it could not be read, and how far its files are read with that.
    fn keep(&mut self, chunk: Vec<Result<Stored, sayso::Failure>>, progress: &Progress) -> Result<(), sayso_store::Error> {
        let (mut documents, mut failures, mut positions) = (Vec::new(), Vec::new(), Vec::new());
        for item in chunk {
            match item {
                Ok(document) => {
                    positions.extend(document.position.clone());
                    documents.push(document);
                }
                Err(sayso::Failure { error }) => {
                    positions.extend(error.position().cloned());
                    progress.tell(&format!("sayso: {error}"));
                    failures.push((failed(&error), error.position().map(|position| position.source.name.clone())));
                }
            }
        }
        positions.iter().for_each(|position| self.files.reach(position));
        let mut names: Vec<&str> = positions.iter().map(|position| position.source.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        let inputs = self.files.reached(&names);
        let of = |name: Option<String>| inputs.iter().position(|input| Some(&input.name) == name.as_ref());
        let failures: Vec<FailedInput> = failures.into_iter().map(|(failure, name)| FailedInput { of: of(name), ..failure }).collect();
        let incoming: Vec<Incoming<'_>> = documents.iter().map(Stored::incoming).collect();
        self.record.set_now(&terminal::now());
        let (added, ids) = self.record.add_read(ReadBatch { documents: &incoming, failures: &failures, inputs: &inputs })?;
        self.files.kept(&inputs, &ids);
        self.tally.added += added;
        self.tally.failed += failures.len() as u64;
        for one in documents.iter().filter(|one| !one.document.coded) {
            *self.tally.not_coded.entry(one.document.language.clone()).or_default() += 1;
        }
        Ok(())
    }
}

fn sum_up(
    arguments: &Arguments,
    record: &Record,
    tally: &Tally,
    (elapsed, passed_over): (Duration, u64),
    linked: Option<&Outcome>,
) -> anyhow::Result<()> {
    let mut out = io::stdout().lock();
    let name = arguments.record.record.display();
    if tally.interrupted {
        writeln!(out, "Interrupted: the running batch was finished and is kept. Read the same inputs again to go on.\n")?;
    }
    writeln!(out, "Read {} into {name} in {}", summary::counted(tally.documents(), "document"), pace(tally.documents(), elapsed))?;
    let added = tally.added;
    let parts = [
        (added.new, "new"),
        (added.new_versions, "with a new text under a known id"),
        (added.replaced, "coded anew"),
        (added.unchanged, "unchanged"),
        (tally.failed, "could not be read (named above)"),
        (added.done_before, "left out: an earlier run had done with them (--again reads them anew)"),
        (passed_over, "passed over: records of archives without a report (requests, redirects, pictures)"),
    ];
    for (number, what) in parts.into_iter().filter(|(number, _)| *number > 0) {
        writeln!(out, "  {number:>6} {what}")?;
    }
    for (language, number) in &tally.not_coded {
        writeln!(out, "  {number:>6} kept but not coded: in another language ({language})")?;
    }
    let left_out = input::left_out(&arguments.reading.inputs).len();
    if left_out > 0 {
        writeln!(out, "  {left_out:>6} left out: files of other kinds in directories (name one to read it)")?;
    }
    if let Some(outcome) = linked {
        link::tell(&mut out, outcome)?;
    }
    writeln!(out)?;
    summary::write_if_quick(&mut out, record)
}

/// The time taken, with the rate where there was enough to measure it.
pub(crate) fn pace(documents: u64, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64();
    if seconds < 1.0 { format!("{seconds:.1} s") } else { format!("{seconds:.1} s ({:.0} a second)", documents as f64 / seconds) }
}
