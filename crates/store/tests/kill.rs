//! What is left when the program is killed while it writes? Each finished document, whole; no half one.
#![allow(clippy::unwrap_used, reason = "a test")]

mod sample;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use sample::{NOW, document, statement};
use sayso_store::{Filter, Record};

/// Names the record that a child process shall write.
const CHILD: &str = "SAYSO_STORE_KILL_CHILD";

const STATEMENTS: u64 = 40;
const BATCH: u64 = 5;

#[test]
#[allow(clippy::disallowed_methods, reason = "the test starts itself as the process to be killed")]
fn finished_documents_survive_a_kill_and_none_is_half() {
    if let Ok(path) = std::env::var(CHILD) {
        write_for_ever(Path::new(&path));
    }
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("record");
    for round in 1..=3 {
        let finished = kill_while_writing(&path, 4 * round);
        let record = Record::open_read_only(&path).unwrap();
        let documents = record.documents(&Filter::default()).unwrap();
        assert!(documents.len() as u64 >= finished, "{} of at least {finished} documents", documents.len());
        assert_eq!(documents.len() as u64 % BATCH, 0, "batches are whole");
        assert!(documents.iter().all(|document| document.statements == STATEMENTS), "documents are whole");
        let found = record.statements(&Filter { text: Some("killed".to_owned()), ..Filter::default() }).unwrap();
        assert_eq!(found.len() as u64, documents.len() as u64 * STATEMENTS, "and so is the index");
    }
}

/// Kills a writing process after it has finished some more batches; how many documents it said were finished.
fn kill_while_writing(path: &Path, batches: usize) -> u64 {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "finished_documents_survive_a_kill_and_none_is_half", "--nocapture"])
        .env(CHILD, path)
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let finished = lines.map_while(Result::ok).filter_map(|line| line.strip_prefix("finished ")?.parse().ok()).nth(batches);
    child.kill().unwrap();
    child.wait().unwrap();
    finished.expect("the child says what it has finished")
}

#[allow(clippy::print_stderr, reason = "tells the parent process")]
fn write_for_ever(path: &Path) -> ! {
    let mut record = Record::create_or_open(path, NOW).unwrap();
    let first = record.size().unwrap().documents;
    for batch in (first..).step_by(BATCH as usize) {
        let reports: Vec<sample::Report> = (batch..batch + BATCH).map(report).collect();
        record.add(&reports).unwrap();
        eprintln!("finished {}", batch + BATCH);
    }
    unreachable!("the parent process kills this one");
}

fn report(number: u64) -> sample::Report {
    let id = format!("report-{number}");
    let statements = (0..STATEMENTS).map(|n| statement(&id, &format!("{id}-{n}"), "Gunmen killed three people.")).collect();
    (document(&id, &format!("Report {number}. {}", "Gunmen killed three people. ".repeat(40))), statements)
}
