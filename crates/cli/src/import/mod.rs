//! `sayso import`: the user's own files of other data sets beside the record, compared with it; lists of actors as candidates.

mod candidates;
mod compare;

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::{Args, Subcommand};
use sayso_exchange::import::actors::{Candidate, List};
use sayso_exchange::import::{Dataset, Rejected, TheirEvent};
use sayso_store::{Import, ImportedRow, NewImport, Record};
use sha2::{Digest, Sha256};

use crate::arguments::{AskedRecord, RecordFile};
use crate::ended::Ended;
use crate::output;
use crate::record_at::Signature;
use crate::statements::unwrapped;
use crate::terminal::{self, one_line};

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Lay your own file of ACLED beside the record.
    Acled(FileArguments),
    /// Lay your own file of UCDP's Georeferenced Event Dataset beside the record.
    Ged(FileArguments),
    /// Lay your own file of the Global Terrorism Database (as CSV) beside the record.
    Gtd(FileArguments),
    /// Lay your own file of POLECAT beside the record.
    Polecat(FileArguments),
    /// Take organizations and groups of a FollowTheMoney file (entities.ftm.json) as candidates of the registry of actors.
    Ftm(FileArguments),
    /// Take organizations and groups of a Wikidata dump (JSON, or packed with gzip) as candidates of the registry of actors.
    Wikidata(FileArguments),
    /// List what was imported.
    List(Listing),
    /// Remove an import for good; the log keeps that it was there.
    Remove(Removal),
    /// Compare an import with the record: what both tell, where they differ, what either has alone.
    Compare(compare::Comparing),
    /// List the candidates of an imported list of actors.
    Candidates(candidates::Candidates),
    /// Accept candidates: write them into a table for `--registry`.
    Accept(candidates::Acceptance),
}

#[derive(Args)]
struct FileArguments {
    /// The file, as it was downloaded.
    file: PathBuf,
    /// Under which terms you have it; kept with it.
    #[arg(long, value_name = "WORDS")]
    licence: String,
    /// Which version it is.
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// Write the rows that could not be read, and why, to this file [default: they are told].
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    #[command(flatten)]
    signature: Signature,
    #[command(flatten)]
    record: RecordFile,
}

#[derive(Args)]
struct Listing {
    #[command(flatten)]
    record: AskedRecord,
}

#[derive(Args)]
struct Removal {
    /// Its number, as `sayso import list` tells it.
    number: i64,
    #[command(flatten)]
    signature: Signature,
    #[command(flatten)]
    record: RecordFile,
}

/// Does what is asked.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    match &arguments.what {
        What::Acled(file) => events(file, Dataset::Acled),
        What::Ged(file) => events(file, Dataset::Ged),
        What::Gtd(file) => events(file, Dataset::Gtd),
        What::Polecat(file) => events(file, Dataset::Polecat),
        What::Ftm(file) => actors(file, List::Ftm),
        What::Wikidata(file) => actors(file, List::Wikidata),
        What::List(listing) => list(listing),
        What::Remove(removal) => remove(removal),
        What::Compare(comparing) => compare::run(comparing),
        What::Candidates(candidates) => candidates::show(candidates),
        What::Accept(acceptance) => candidates::accept(acceptance),
    }
}

/// A file that is hashed while it is read.
struct Hashed<R> {
    file: R,
    hash: Sha256,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let number = self.file.read(buffer)?;
        self.hash.update(&buffer[..number]);
        Ok(number)
    }
}

/// What is read of a file, and the SHA-256 of all its bytes.
fn hashed<T>(path: &Path, read: impl FnOnce(&mut Hashed<File>) -> Result<T, sayso_exchange::Error>) -> anyhow::Result<(T, String)> {
    let file = File::open(path).with_context(|| format!("{}: it cannot be opened", path.display()))?;
    let mut file = Hashed { file, hash: Sha256::new() };
    let found = read(&mut file).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))?;
    io::copy(&mut file, &mut io::sink()).with_context(|| format!("{}: it cannot be read to its end", path.display()))?;
    let digest: String = file.hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((found, digest))
}

fn events(arguments: &FileArguments, dataset: Dataset) -> anyhow::Result<Ended> {
    let (read, sha256) = hashed(&arguments.file, |file| dataset.read(file))?;
    let row = |event: &TheirEvent| -> anyhow::Result<ImportedRow> {
        Ok(ImportedRow {
            id: event.id.clone(),
            earliest: event.earliest.clone(),
            latest: event.latest.clone(),
            record: serde_json::to_value(event)?,
        })
    };
    let rows = read.events.iter().map(row).collect::<anyhow::Result<Vec<_>>>()?;
    keep(arguments, dataset.as_str(), sha256, &rows, &read.rejected, "events")
}

fn actors(arguments: &FileArguments, list: List) -> anyhow::Result<Ended> {
    let (read, sha256) = hashed(&arguments.file, |file| list.read(file))?;
    let row = |candidate: &Candidate| -> anyhow::Result<ImportedRow> {
        Ok(ImportedRow { id: candidate.id.clone(), earliest: None, latest: None, record: serde_json::to_value(candidate)? })
    };
    let rows = read.candidates.iter().map(row).collect::<anyhow::Result<Vec<_>>>()?;
    terminal::tell(&format!(
        "Passed over {} entities: of other kinds, or persons without a public role by the list's own topics",
        read.passed
    ));
    keep(arguments, list.as_str(), sha256, &rows, &read.rejected, "candidates")
}

fn keep(
    arguments: &FileArguments,
    dataset: &str,
    sha256: String,
    rows: &[ImportedRow],
    rejected: &[Rejected],
    what: &str,
) -> anyhow::Result<Ended> {
    ensure!(!arguments.licence.trim().is_empty(), "say under which terms you have the file: --licence \"…\"");
    report(arguments, rejected)?;
    ensure!(!rows.is_empty(), "{}: nothing of it could be read", arguments.file.display());
    let import = NewImport {
        dataset: dataset.to_owned(),
        version: arguments.version.clone(),
        licence: arguments.licence.clone(),
        file: arguments.file.display().to_string(),
        sha256,
    };
    let mut record = Record::open_to_change(&arguments.record.record, &terminal::now())?;
    let number = record.import(&import, rows, &arguments.signature.who()?)?;
    let mut out = io::stdout().lock();
    writeln!(out, "Import {number}: {} {what} of {dataset} lie beside the record, none of them in it", rows.len())?;
    let next = if what == "events" { format!("sayso import compare {number}") } else { "sayso import candidates".to_owned() };
    writeln!(out, "Next: {next} --record {}", arguments.record.record.display())?;
    Ok(if rejected.is_empty() { Ended::Well } else { Ended::SomeFailed })
}

/// How many rows that could not be read are told one by one.
const TOLD: usize = 10;

fn report(arguments: &FileArguments, rejected: &[Rejected]) -> anyhow::Result<()> {
    if let Some(path) = &arguments.errors {
        let mut out = csv::Writer::from_path(path).with_context(|| format!("{}: it cannot be written", path.display()))?;
        out.write_record(["file", "line", "why"]).map_err(unwrapped)?;
        for row in rejected {
            let values = [arguments.file.display().to_string(), row.line.to_string(), row.why.clone()];
            out.write_record(values.map(|value| sayso::rows::inert(&value).into_owned())).map_err(unwrapped)?;
        }
        out.flush()?;
        return Ok(());
    }
    for row in rejected.iter().take(TOLD) {
        terminal::tell(&format!("{}:{}: {}", arguments.file.display(), row.line, one_line(&row.why)));
    }
    if rejected.len() > TOLD {
        terminal::tell(&format!("{} further rows could not be read; --errors FILE writes them all", rejected.len() - TOLD));
    }
    Ok(())
}

fn list(listing: &Listing) -> anyhow::Result<Ended> {
    let imports = listing.record.open()?.imports()?;
    if imports.is_empty() {
        terminal::tell("Nothing was imported. `sayso import acled FILE --licence \"…\"` lays a file beside the record.");
        return Ok(Ended::Well);
    }
    let row = |import: &Import| {
        let of = &import.of;
        let sha256 = of.sha256.chars().take(12).collect::<String>();
        vec![
            import.number.to_string(),
            of.dataset.clone(),
            of.version.clone().unwrap_or_default(),
            import.rows.to_string(),
            one_line(&of.licence),
            one_line(&of.file),
            sha256,
            format!("{} by {}", import.at, one_line(&import.who)),
        ]
    };
    let header = ["number", "data set", "version", "rows", "licence", "file", "sha256", "imported"];
    output::table(&mut io::stdout().lock(), &header, imports.iter().map(row).collect())?;
    Ok(Ended::Well)
}

fn remove(removal: &Removal) -> anyhow::Result<Ended> {
    let mut record = Record::open_to_change(&removal.record.record, &terminal::now())?;
    record.remove_import(removal.number, &removal.signature.who()?)?;
    writeln!(io::stdout().lock(), "Removed import {}; the log keeps that it was there", removal.number)?;
    Ok(Ended::Well)
}
