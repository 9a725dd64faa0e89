//! `sayso history`, `verify`, `release`, `releases`, `diff`: what became of the record, and whether it is what was written.

use std::collections::BTreeMap;
use std::io::{self, Write};

use clap::Args;
use sayso_store::{Differing, Record, Release};
use serde_json::json;

use crate::arguments::{AskedRecord, RecordFile};
use crate::ended::Ended;
use crate::output;
use crate::progress::VerifyProgress;
use crate::record_at::{self, Signature};
use crate::summary::counted;
use crate::terminal::{self, one_line};

#[derive(Args)]
pub(crate) struct History {
    /// The id of an event (e-…), a relation (r-…), a series (n-…), a statement or a document, or the beginning of one, or a decision's
    /// number; also of what is no more.
    id: String,
    /// One JSON object a line.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    record: AskedRecord,
}

#[derive(Args)]
pub(crate) struct Verify {
    /// One JSON object a finding.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    record: RecordFile,
}

#[derive(Args)]
pub(crate) struct Freeze {
    /// The release's name: 2017-09, "first draft".
    name: String,
    #[command(flatten)]
    signature: Signature,
    #[command(flatten)]
    record: RecordFile,
}

#[derive(Args)]
pub(crate) struct Releases {
    /// One JSON object a release.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    record: AskedRecord,
}

#[derive(Args)]
pub(crate) struct Diff {
    /// The earlier moment: a release, a date (its end) or a time.
    a: String,
    /// The later moment.
    b: String,
    /// One JSON object a difference.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    record: RecordFile,
}

/// Tells what became of an event, relation, series, statement, document or decision.
pub(crate) fn history(arguments: &History) -> anyhow::Result<Ended> {
    let steps = arguments.record.open()?.history(&arguments.id)?;
    let mut out = output::standard();
    for step in &steps {
        if arguments.json {
            let line = json!({ "entry": step.entry, "at": step.at, "who": step.who, "what": step.what, "why": step.why });
            writeln!(out, "{line}")?;
        } else {
            writeln!(out, "{}  {}  {}", step.at, one_line(&step.who), one_line(&step.what))?;
            if !step.why.is_empty() {
                writeln!(out, "{:22}because: {}", "", one_line(&step.why))?;
            }
        }
    }
    out.flush()?;
    Ok(Ended::Well)
}

/// Holds a record against its log.
pub(crate) fn verify(arguments: &Verify) -> anyhow::Result<Ended> {
    let mut record = Record::open_to_verify(&arguments.record.record)?;
    let progress = VerifyProgress::begin();
    let findings = record.verify(&mut |verified| progress.show(verified))?;
    progress.end();
    let mut out = output::standard();
    for finding in &findings {
        if arguments.json {
            let line = json!({ "table": finding.table, "row": finding.row, "fault": finding.fault, "remedy": finding.remedy });
            writeln!(out, "{line}")?;
        } else {
            writeln!(out, "{}", one_line(&finding.to_string()))?;
        }
    }
    if findings.is_empty() && !arguments.json {
        writeln!(out, "{} is what was written: its log is whole, and all that it holds is as the log tells.", record.path().display())?;
    }
    out.flush()?;
    if findings.is_empty() {
        return Ok(Ended::Well);
    }
    terminal::tell(&format!("sayso: {}: {}", record.path().display(), counted(findings.len() as u64, "finding")));
    Ok(Ended::NothingDone)
}

/// Freezes the record under a name.
pub(crate) fn release(arguments: &Freeze) -> anyhow::Result<Ended> {
    let who = arguments.signature.who()?;
    let mut record = Record::open_to_change(&arguments.record.record, &terminal::now())?;
    let release = record.release(&arguments.name, &who, &arguments.signature.why, &sayso::versions())?;
    tell(&mut io::stdout().lock(), &release)?;
    Ok(Ended::Well)
}

/// Lists releases.
pub(crate) fn releases(arguments: &Releases) -> anyhow::Result<Ended> {
    let releases = arguments.record.open()?.releases()?;
    let mut out = output::standard();
    for release in &releases {
        if arguments.json {
            let line = json!({
                "name": release.name, "at": release.at, "who": release.who, "why": release.why, "manifest": release.manifest,
            });
            writeln!(out, "{line}")?;
        } else {
            tell(&mut out, release)?;
        }
    }
    out.flush()?;
    if releases.is_empty() && !arguments.json {
        terminal::tell("There are no releases; `sayso release NAME` makes one.");
    }
    Ok(Ended::Well)
}

fn tell(out: &mut impl Write, release: &Release) -> io::Result<()> {
    let manifest = &release.manifest;
    writeln!(out, "{}  {}  {}", one_line(&release.name), release.at, one_line(&release.who))?;
    if !release.why.is_empty() {
        writeln!(out, "  because: {}", one_line(&release.why))?;
    }
    let held = [
        counted(manifest.documents, "document"),
        counted(manifest.statements, "statement"),
        counted(manifest.decisions, "decision"),
        format!("events, relations and series: {}", manifest.groups),
    ];
    writeln!(out, "  {}", held.join(", "))?;
    let hashes = [
        ("documents", &manifest.documents_sha256),
        ("statements", &manifest.statements_sha256),
        ("events", &manifest.groups_sha256),
        ("and in them", &manifest.members_sha256),
        ("log", &manifest.log_sha256),
    ];
    for (of, hash) in hashes.into_iter().filter(|(_, hash)| !hash.is_empty()) {
        writeln!(out, "  {of:<11} SHA-256 {hash}")?;
    }
    let versions: Vec<String> = manifest.versions.iter().map(|(name, version)| format!("{name} {version}")).collect();
    writeln!(out, "  {}", one_line(&versions.join(", ")))
}

/// Tells what differs between two moments.
pub(crate) fn diff(arguments: &Diff) -> anyhow::Result<Ended> {
    let record = Record::open_read_only(&arguments.record.record)?;
    let (a, b) = (record_at::moment(&record, &arguments.a)?, record_at::moment(&record, &arguments.b)?);
    let difference = record.diff(&a, &b)?;
    let mut out = output::standard();
    for (kind, differing) in [("document", &difference.documents), ("statement", &difference.statements), ("event", &difference.groups)] {
        if arguments.json {
            for one in differing {
                let mut line = json!({ "kind": kind, "change": one.change.as_str(), "id": one.id, "of": one.of, "through": one.through });
                if !one.what.is_empty() {
                    line["what"] = json!(one.what);
                }
                writeln!(out, "{line}")?;
            }
        } else {
            list(&mut out, kind, differing)?;
        }
    }
    out.flush()?;
    if difference.is_empty() && !arguments.json {
        terminal::tell("Nothing differs.");
    }
    Ok(Ended::Well)
}

fn list(out: &mut impl Write, kind: &str, differing: &[Differing]) -> io::Result<()> {
    let mut numbers: BTreeMap<_, u64> = BTreeMap::new();
    for one in differing {
        *numbers.entry(one.change).or_default() += 1;
    }
    for (change, number) in &numbers {
        writeln!(out, "{} {}", counted(*number, kind), change.as_str())?;
        for one in differing.iter().filter(|one| one.change == *change) {
            writeln!(out, "  {}  {}  {}", one_line(&one.id), one_line(&one.of), one_line(&one.through))?;
            if !one.what.is_empty() {
                writeln!(out, "      {}", one_line(&one.what))?;
            }
        }
    }
    Ok(())
}
