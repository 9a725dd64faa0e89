//! Reads a great number of reports into a record through `sayso read`, ends it by force on the way, and tells whether anything was lost,
//! how fast it was and how much memory it took.
//!
//! `cargo run --release -p sayso-benches --bin million -- run FOLDER 1000000 --form warc` prints a table for `benches/record.md`.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark prints, and reads the clock")]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use clap::{Parser, Subcommand};
use sayso_benches::copies::{Examples, Form};
use sayso_store::Record;

#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: What,
}

#[derive(Subcommand)]
enum What {
    /// Only write so many copies of the examples to standard output
    Write {
        count: u64,
        #[arg(long, value_enum, default_value = "jsonl")]
        form: Form,
    },
    /// Read so many through `sayso read`, ending it by force on the way
    Run {
        /// Where the reports and the record are put; what lies there of an earlier run is replaced
        folder: PathBuf,
        count: u64,
        #[arg(long, value_enum, default_value = "jsonl")]
        form: Form,
        /// How often reading is ended by force
        #[arg(long, default_value_t = 3)]
        kills: u64,
        /// The program; the one beside this one where nothing is said
        #[arg(long)]
        sayso: Option<PathBuf>,
        /// How much is spent on reading
        #[arg(long, default_value = "fast")]
        profile: String,
    },
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        What::Write { count, form } => {
            let mut out = BufWriter::new(std::io::stdout().lock());
            Examples::read()?.write(form, count, &mut out)?;
            Ok(out.flush()?)
        }
        What::Run { folder, count, form, kills, sayso, profile } => {
            let beside = || std::env::current_exe().map(|own| own.with_file_name("sayso"));
            let sayso = sayso.map_or_else(beside, Ok)?;
            ensure!(sayso.exists(), "{}: there is no sayso; build it or name it with --sayso", sayso.display());
            run(&Reading { sayso, folder, count, form, profile }, kills)
        }
    }
}

/// What is read, and how.
struct Reading {
    sayso: PathBuf,
    folder: PathBuf,
    count: u64,
    form: Form,
    profile: String,
}

/// One start of the program.
#[derive(Debug, Default)]
struct Start {
    documents: u64,
    took: Duration,
    /// Resident memory in bytes: at its most, and by tenths of the run.
    peak: u64,
    samples: Vec<(Duration, u64)>,
    killed: bool,
}

fn run(reading: &Reading, kills: u64) -> anyhow::Result<()> {
    let input = reading.write()?;
    let record = reading.folder.join("million.sayso");
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", record.display()));
    }
    let mut starts = Vec::new();
    for kill in 1..=kills {
        let until = reading.count * kill / (kills + 1);
        starts.push(reading.start(&input, &record, Some(until))?);
    }
    starts.push(reading.start(&input, &record, None)?);
    let kept = Record::open_read_only(&record)?;
    let (size, runs) = (kept.size()?, kept.runs()?);
    let failed: usize = runs.iter().map(|run| run.failures.len()).sum();
    report(reading, &starts, (size.documents, size.statements, failed), &record)?;
    ensure!(size.documents == reading.count && failed == 0, "{} documents of {} are in the record", size.documents, reading.count);
    Ok(())
}

impl Reading {
    /// Writes the reports.
    fn write(&self) -> anyhow::Result<PathBuf> {
        std::fs::create_dir_all(&self.folder).with_context(|| self.folder.display().to_string())?;
        let name = if self.form == Form::Jsonl { "million.jsonl" } else { "million.warc.gz" };
        let path = self.folder.join(name);
        let mut out = BufWriter::with_capacity(1 << 20, File::create(&path)?);
        Examples::read()?.write(self.form, self.count, &mut out)?;
        out.flush()?;
        Ok(path)
    }

    /// Starts the program; ends it by force once the record holds about `until` documents.
    fn start(&self, input: &Path, record: &Path, until: Option<u64>) -> anyhow::Result<Start> {
        let begun = Instant::now();
        let mut child = Command::new(&self.sayso)
            .args(["read", "--no-link", "--progress", "json", "--profile", &self.profile, "--record"])
            .args([record, input])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let seen = Arc::new(AtomicU64::new(0));
        let done = watch(&mut child, &seen)?;
        let mut start = Start::default();
        while child.try_wait()?.is_none() {
            if let Some(memory) = memory(child.id()) {
                start.samples.push((begun.elapsed(), memory));
                start.peak = start.peak.max(memory);
            }
            if until.is_some_and(|until| seen.load(Ordering::Relaxed) >= until) {
                child.kill()?;
                start.killed = true;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        let status = child.wait()?;
        ensure!(start.killed || status.success(), "sayso ended with {status}");
        start.documents = done.join().map_err(|_| anyhow::anyhow!("the progress could not be read"))?;
        start.took = begun.elapsed();
        Ok(start)
    }
}

/// Follows the progress of a program: `seen` is how many documents are in the record, what comes back how many of them this start read.
fn watch(child: &mut Child, seen: &Arc<AtomicU64>) -> anyhow::Result<std::thread::JoinHandle<u64>> {
    let errors = BufReader::new(child.stderr.take().context("no standard error")?);
    let seen = Arc::clone(seen);
    Ok(std::thread::spawn(move || {
        let mut documents = 0;
        for line in errors.lines().map_while(Result::ok) {
            let Ok(progress) = serde_json::from_str::<BTreeMap<String, serde_json::Value>>(&line) else { continue };
            let number = |name: &str| progress.get(name).and_then(serde_json::Value::as_u64).unwrap_or_default();
            documents = number("documents");
            seen.store(documents + number("done_before"), Ordering::Relaxed);
        }
        documents
    }))
}

/// The resident memory of a process without the pages of files that it maps, on Linux.
fn memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kb| kb << 10)
}

/// The greatest memory in each quarter of a start, behind its first tenth, in which data are loaded.
fn quarters(start: &Start) -> String {
    let end = start.took.as_secs_f64();
    let of = |from: f64, to: f64| {
        let within = start.samples.iter().filter(|(at, _)| (from * end..to * end).contains(&at.as_secs_f64()));
        within.map(|(_, memory)| memory >> 20).max().unwrap_or_default().to_string()
    };
    [of(0.1, 0.25), of(0.25, 0.5), of(0.5, 0.75), of(0.75, 1.0)].join(" / ")
}

fn report(reading: &Reading, starts: &[Start], (documents, statements, failed): (u64, u64, usize), record: &Path) -> anyhow::Result<()> {
    let form = if reading.form == Form::Jsonl { "JSON lines" } else { "WARC.gz, a request before each page" };
    println!("{} copies of the examples as {form}, profile {}:\n", reading.count, reading.profile);
    println!("| start | ended by | documents it read | seconds | documents a second | peak memory, MB | by quarters of the run, MB |");
    println!("| ---: | --- | ---: | ---: | ---: | ---: | --- |");
    for (number, start) in starts.iter().enumerate() {
        let seconds = start.took.as_secs_f64();
        let by = if start.killed { "SIGKILL" } else { "itself" };
        let rate = start.documents as f64 / seconds;
        println!("| {} | {by} | {} | {seconds:.1} | {rate:.0} | {} | {} |", number + 1, start.documents, start.peak >> 20, quarters(start));
    }
    let size = std::fs::metadata(record)?.len() >> 20;
    println!("\nIn the record: {documents} documents of {}, {statements} statements, {failed} failures; {size} MB.", reading.count);
    Ok(())
}
