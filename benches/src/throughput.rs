//! How many documents a second, in how much memory, and which stage takes the time? Over the same way as `sayso code`.

use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use sayso::input::{Defaults, inputs};
use sayso::{Coded, Coder, code_all_as, export};
use sayso_coding::code;

use crate::documents::{Feed, Sentences};

/// One run over some documents.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// Documents coded.
    pub documents: usize,
    /// Statements written.
    pub statements: usize,
    /// From the first byte read to the last written.
    pub took: Duration,
    /// Time that the processors spent on it, all threads together, where the system says it.
    pub processor: Option<Duration>,
    /// Most memory that the process has held so far, in bytes, where the system says it.
    pub memory: Option<u64>,
}

impl Run {
    /// Documents a second.
    pub fn rate(&self) -> f64 {
        self.documents as f64 / self.took.as_secs_f64().max(f64::MIN_POSITIVE)
    }

    /// One line to read.
    pub fn line(&self) -> String {
        let memory = self.memory.map_or_else(|| "unknown".to_owned(), |bytes| format!("{} MB", bytes >> 20));
        let processor = self.processor.map_or_else(String::new, |time| {
            format!(", {:.3} ms of processor each", time.as_secs_f64() * 1e3 / self.documents.max(1) as f64)
        });
        let each = self.took.as_secs_f64() * 1e3 / self.documents.max(1) as f64;
        format!(
            "{:>6} documents: {:>7.1} a second, {each:.3} ms each{processor}, {:.2} s, {} statements, peak memory {memory}",
            self.documents,
            self.rate(),
            self.took.as_secs_f64(),
            self.statements
        )
    }
}

/// Codes `count` made-up documents of a feed from a file of JSON lines in `folder` to JSON lines that nobody keeps.
///
/// # Errors
/// Names a file that cannot be written or read.
pub fn run(coder: &Coder, (sentences, feed): (&Sentences, Feed), count: usize, folder: &Path) -> anyhow::Result<Run> {
    let path = folder.join(format!("{count}.jsonl"));
    write((sentences, feed), count, &path)?;
    let before = processor_time();
    let start = Instant::now();
    let (mut documents, mut statements) = (0, 0);
    let mut out = BufWriter::new(std::io::sink());
    let inputs = inputs(std::slice::from_ref(&path), &Defaults::default(), Box::new(std::io::empty()));
    let lines = |coded: Coded| -> serde_json::Result<(usize, Vec<u8>)> { Ok((coded.statements.len(), json_lines(&coded.statements)?)) };
    code_all_as(coder, inputs, lines, |chunk| {
        for item in chunk {
            let (number, lines) = item.map_err(|failure| failure.error)??;
            out.write_all(&lines)?;
            documents += 1;
            statements += number;
        }
        anyhow::Ok(())
    })?;
    out.flush()?;
    let took = start.elapsed();
    let processor = processor_time().zip(before).map(|(after, before)| after.saturating_sub(before));
    let run = Run { documents, statements, took, processor, memory: peak_memory() };
    std::fs::remove_file(&path)?;
    Ok(run)
}

fn write((sentences, feed): (&Sentences, Feed), count: usize, path: &Path) -> anyhow::Result<()> {
    let mut file = BufWriter::new(std::fs::File::create(path).with_context(|| path.display().to_string())?);
    sentences.write(feed, count, &mut file)?;
    Ok(file.flush()?)
}

fn json_lines(statements: &[sayso::types::record::StatementRecord]) -> serde_json::Result<Vec<u8>> {
    let mut lines = Vec::new();
    for statement in statements {
        serde_json::to_writer(&mut lines, statement)?;
        lines.push(b'\n');
    }
    Ok(lines)
}

/// What the kernel counted as the process's largest resident set (`VmHWM`), on Linux.
pub fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok().map(|kb| kb << 10)
}

/// What the kernel counted as the process's time on processors, in and out of the kernel, on Linux; it counts in hundredths of a second.
fn processor_time() -> Option<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(") ")?;
    let ticks: u64 = fields.split(' ').skip(11).take(2).map_while(|field| field.parse::<u64>().ok()).sum();
    Some(Duration::from_millis(ticks * 10))
}

/// The stages of the way, in order.
pub const STAGES: [&str; 6] = ["input", "page", "analysis", "mentions", "coding", "serialization"];

/// The time that each stage takes on one thread over `count` documents.
///
/// # Errors
/// Names a file that cannot be written, or a document that does not read.
pub fn stages(coder: &Coder, (sentences, feed): (&Sentences, Feed), count: usize, folder: &Path) -> anyhow::Result<[Duration; 6]> {
    let path = folder.join("stages.jsonl");
    write((sentences, feed), count, &path)?;
    let mut took = [Duration::ZERO; 6];
    let mut inputs = inputs(std::slice::from_ref(&path), &Defaults::default(), Box::new(std::io::empty()));
    while let Some(input) = timed(&mut took[0], || inputs.next()) {
        let input = input?;
        let document = timed(&mut took[1], || coder.document(&input))?;
        let analysis = timed(&mut took[2], || coder.analysis(&document));
        let mentions = timed(&mut took[3], || coder.mentions(&document, &analysis));
        let statements = timed(&mut took[4], || code::statements(&document, &analysis, &mentions, coder.knowledge()));
        timed(&mut took[5], || json_lines(&export::statement_records(&document, &statements, "benchmark")))?;
    }
    std::fs::remove_file(&path)?;
    Ok(took)
}

fn timed<T>(total: &mut Duration, stage: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = stage();
    *total += start.elapsed();
    done
}
