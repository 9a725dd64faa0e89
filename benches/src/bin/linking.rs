//! How long does it take to link a record, from nothing and after a hundred more documents? Of 10 statements a document:
//! `cargo run --release -p sayso-benches --bin linking -- FOLDER 1000 10000 100000`. A number with `+` before it adds a hundred to the record of
//! that size that is there: `+100000`.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark prints, and reads the clock")]

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context;
use sayso::linking::{Linker, Scope, link_record, versions};
use sayso_benches::record::report;
use sayso_store::Record;

const NOW: &str = "2031-01-01T00:00:00Z";
/// Documents in one transaction.
const BATCH: u64 = 256;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().context("name a folder for the records")?);
    println!("| documents | statements | written, s | linked from nothing, s | groups | 100 more linked, s | file, MB | peak memory, MB |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- |");
    let linker = Linker::embedded()?;
    for size in arguments {
        if let Some(size) = size.strip_prefix('+') {
            more(&linker, &folder, size.parse().context("sizes are numbers of documents")?)?;
            continue;
        }
        let size: u64 = size.parse().context("sizes are numbers of documents")?;
        let path = folder.join(format!("linking-{size}.sayso"));
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{suffix}", path.display()));
        }
        let mut record = Record::create_or_open(&path, NOW)?;
        let begun = Instant::now();
        add(&mut record, 0..size)?;
        let written = begun.elapsed();
        let begun = Instant::now();
        let outcome = link_record(&linker, &mut record, Scope::Changed, "benchmark", &versions())?;
        let linked = begun.elapsed();
        add(&mut record, size..size + 100)?;
        let begun = Instant::now();
        link_record(&linker, &mut record, Scope::Changed, "benchmark", &versions())?;
        let more = begun.elapsed();
        let file = std::fs::metadata(&path)?.len() / 1_000_000;
        println!(
            "| {size} | {} | {:.1} | {:.1} | {} | {:.2} | {file} | {} |",
            size * 10,
            written.as_secs_f64(),
            linked.as_secs_f64(),
            outcome.written.groups,
            more.as_secs_f64(),
            peak_megabytes()
        );
    }
    Ok(())
}

/// Adds a hundred documents to a record that is there, and links what they touch.
fn more(linker: &Linker, folder: &std::path::Path, size: u64) -> anyhow::Result<()> {
    let mut record = Record::create_or_open(&folder.join(format!("linking-{size}.sayso")), NOW)?;
    let first = record.size()?.documents;
    add(&mut record, first..first + 100)?;
    let begun = Instant::now();
    let outcome = link_record(linker, &mut record, Scope::Changed, "benchmark", &versions())?;
    println!(
        "100 more than {first} linked in {:.2} s: {:?}; {} MB at most",
        begun.elapsed().as_secs_f64(),
        outcome.written,
        peak_megabytes()
    );
    Ok(())
}

fn add(record: &mut Record, numbers: std::ops::Range<u64>) -> anyhow::Result<()> {
    let mut from = numbers.start;
    while from < numbers.end {
        let to = (from + BATCH).min(numbers.end);
        record.add(&(from..to).map(report).collect::<Vec<_>>())?;
        from = to;
    }
    Ok(())
}

/// The most memory that this process has held, where the system tells.
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or_default() / 1000
}
