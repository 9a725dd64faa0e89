//! `sayso read`: reports into the record, batch by batch, so that nothing finished is lost however it ends.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use sayso::linking::{Outcome, Scope};
use sayso::types::record::{DocumentRecord, StatementRecord};
use sayso::{Coded, code_all_as, export, input};
use sayso_store::{Added, Failure, Incoming, Record};
use signal_hook::consts::{SIGINT, SIGTERM};

use crate::arguments::RecordFile;
use crate::ended::Ended;
use crate::progress::Progress;
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
}

/// What a run has done so far.
#[derive(Default)]
struct Tally {
    added: Added,
    failures: Vec<Failure>,
    /// Documents that were kept but not coded, by language.
    not_coded: BTreeMap<String, u64>,
    interrupted: bool,
}

impl Tally {
    fn documents(&self) -> u64 {
        self.added.new + self.added.new_versions + self.added.replaced + self.added.unchanged
    }

    fn ended(&self) -> Ended {
        if self.interrupted { Ended::Interrupted } else { Ended::of_inputs(self.documents(), self.failures.len() as u64) }
    }
}

/// Reads all inputs into the record and sums up the run and the record.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    if addresses::are_all(&arguments.reading.inputs)? {
        return addresses::run(&arguments.reading, &arguments.network, &arguments.record, arguments.no_link);
    }
    if !arguments.reading.any_exists() {
        return Ok(nothing_there(&arguments.reading));
    }
    let coder = arguments.reading.coder()?;
    let mut record = Record::create_or_open(&arguments.record.record, &terminal::now())?;
    let names: Vec<String> = arguments.reading.inputs.iter().map(|path| path.display().to_string()).collect();
    let run = record.begin_run(link::PROGRAM, &names, &coder.versions())?;
    let stop = interruption()?;
    let mut tally = Tally::default();
    let progress = Progress::begin();
    let read = code_all_as(&coder, arguments.reading.inputs(), stored, |chunk| {
        let (documents, failures) = parted(chunk);
        failures.iter().for_each(|failure| progress.tell(&format!("sayso: {}: {}", failure.input, failure.reason)));
        record.set_now(&terminal::now());
        keep(&mut record, &documents, &mut tally)?;
        tally.failures.extend(failures);
        progress.advance(documents.len() as u64, tally.added.statements);
        if stop.load(Ordering::Relaxed) { Err(Stopped::ByUser) } else { Ok(()) }
    });
    let elapsed = progress.elapsed();
    progress.end();
    match read {
        Ok(()) => {}
        Err(Stopped::ByUser) => tally.interrupted = true,
        Err(Stopped::ByRecord(error)) => return Err(error.into()),
    }
    record.finish_run(run, &terminal::now(), tally.added, &tally.failures)?;
    let linked = if arguments.no_link || tally.interrupted { None } else { Some(link::link(&mut record, Scope::Changed)?) };
    sum_up(arguments, &record, &tally, elapsed, linked.as_ref())?;
    Ok(tally.ended())
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
}

impl Stored {
    fn incoming(&self) -> Incoming<'_> {
        Incoming { document: &self.document, statements: &self.statements, input: Some(&self.origin) }
    }
}

fn stored(coded: Coded) -> Stored {
    Stored { document: export::document_record(&coded.document), statements: coded.statements, origin: coded.origin }
}

fn parted(chunk: Vec<Result<Stored, sayso::Failure>>) -> (Vec<Stored>, Vec<Failure>) {
    let (mut documents, mut failures) = (Vec::new(), Vec::new());
    for item in chunk {
        match item {
            Ok(document) => documents.push(document),
            Err(sayso::Failure { error }) => {
                failures.push(Failure { input: error.origin().to_owned(), reason: error.reason().to_owned() });
            }
        }
    }
    (documents, failures)
}

fn keep(record: &mut Record, documents: &[Stored], tally: &mut Tally) -> Result<(), sayso_store::Error> {
    tally.added += record.add_from(&documents.iter().map(Stored::incoming).collect::<Vec<_>>())?;
    for one in documents.iter().filter(|one| !one.document.coded) {
        *tally.not_coded.entry(one.document.language.clone()).or_default() += 1;
    }
    Ok(())
}

fn sum_up(arguments: &Arguments, record: &Record, tally: &Tally, elapsed: Duration, linked: Option<&Outcome>) -> anyhow::Result<()> {
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
        (tally.failures.len() as u64, "could not be read (named above)"),
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
    summary::write(&mut out, record)
}

/// The time taken, with the rate where there was enough to measure it.
pub(crate) fn pace(documents: u64, elapsed: Duration) -> String {
    let seconds = elapsed.as_secs_f64();
    if seconds < 1.0 { format!("{seconds:.1} s") } else { format!("{seconds:.1} s ({:.0} a second)", documents as f64 / seconds) }
}
