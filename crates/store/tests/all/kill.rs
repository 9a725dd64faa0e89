//! What is left when the program is killed while it reads, decides, takes back and releases? All that it said was done, each thing
//! whole, and a record that verifies. `SAYSO_KILLS=200 cargo test -p sayso-store --test all kill` kills it more often.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use sayso_store::{DecisionFilter, ErrorKind, Filter, Record, Reviewed};
use sayso_types::decision::Action;
use sha2::{Digest, Sha256};

use crate::sample;
use crate::sample::{NOW, document, statement};

/// Names the record that a child process shall write.
const CHILD: &str = "SAYSO_STORE_KILL_CHILD";

const STATEMENTS: u64 = 10;
const BATCH: u64 = 5;

/// What a child said was finished.
#[derive(Debug, Default)]
struct Finished {
    documents: u64,
    decisions: u64,
    releases: u64,
}

#[test]
#[allow(clippy::disallowed_methods, reason = "the test starts itself as the process to be killed")]
fn what_was_finished_survives_a_kill_and_nothing_is_half() {
    if let Ok(path) = std::env::var(CHILD) {
        write_for_ever(Path::new(&path));
    }
    let kills: u64 = std::env::var("SAYSO_KILLS").map_or(4, |kills| kills.parse().expect("SAYSO_KILLS is a number"));
    let directory = tempfile::tempdir().unwrap();
    for round in 0..kills {
        // A record grows over five kills; then another begins.
        let path = directory.path().join(format!("record-{}", round / 5));
        let finished = kill_while_writing(&path, round);
        let record = Record::open_read_only(&path).unwrap();
        let documents = record.documents(&Filter::default()).unwrap();
        assert!(documents.len() as u64 >= finished.documents, "{} documents of {finished:?}", documents.len());
        assert_eq!(documents.len() as u64 % BATCH, 0, "batches are whole");
        let all = Filter { text: Some("killed".to_owned()), reviewed: Reviewed::All, ..Filter::default() };
        assert_eq!(record.count(&all).unwrap(), documents.len() as u64 * STATEMENTS, "documents and their index are whole");
        let decisions = record.decisions(&DecisionFilter::default()).unwrap();
        assert!(decisions.len() as u64 >= finished.decisions, "{} decisions of {finished:?}", decisions.len());
        let holding = decisions.iter().filter(|decision| decision.holds).count();
        assert_eq!(documents.iter().map(|one| one.statements).sum::<u64>() + holding as u64, documents.len() as u64 * STATEMENTS);
        assert!(record.releases().unwrap().len() as u64 >= finished.releases, "{finished:?}");
        drop(record);
        assert_eq!(Record::open_to_verify(&path).unwrap().verify(&mut |_| {}).unwrap(), [], "round {round}");
    }
}

/// Kills a writing process at some moment after it has finished some more things; what it said was finished.
fn kill_while_writing(path: &Path, round: u64) -> Finished {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::what_was_finished_survives_a_kill_and_nothing_is_half", "--nocapture"])
        .env(CHILD, path)
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut finished = Finished::default();
    let mut kill_after = 3 + round * 7 % 13;
    let mut killed = false;
    // What it still says while it is being killed it has finished as well.
    for line in lines.map_while(Result::ok) {
        match line.split_once(' ') {
            Some(("documents", number)) => finished.documents = number.parse().unwrap_or(finished.documents),
            Some(("decisions", number)) => finished.decisions = number.parse().unwrap_or(finished.decisions),
            Some(("releases", number)) => finished.releases = number.parse().unwrap_or(finished.releases),
            _ => continue,
        }
        kill_after = kill_after.saturating_sub(1);
        if kill_after == 0 && !killed {
            std::thread::sleep(Duration::from_micros(round * 379 % 4_000));
            child.kill().unwrap();
            killed = true;
        }
    }
    child.wait().unwrap();
    assert!(killed, "the child says what it has finished");
    finished
}

#[allow(clippy::print_stderr, reason = "tells the parent process")]
fn write_for_ever(path: &Path) -> ! {
    let mut record = Record::create_or_open(path, NOW).unwrap();
    let first = record.size().unwrap().documents;
    for batch in (first..).step_by(BATCH as usize) {
        let reports: Vec<sample::Report> = (batch..batch + BATCH).map(report).collect();
        record.add(&reports).unwrap();
        eprintln!("documents {}", batch + BATCH);
        let statement = record.anchor(&format!("report-{batch}-0-")).unwrap();
        let decision = record.decide("Ann", "it is a film", &Action::Reject { statement }).unwrap();
        eprintln!("decisions {}", decision.0);
        if batch % 3 == 0 {
            record.undo("Ann", "", Some(decision)).unwrap();
        }
        record.release(&batch.to_string(), "Ann", "", &[].into()).unwrap();
        eprintln!("releases {}", record.releases().unwrap().len());
    }
    unreachable!("the parent process kills this one");
}

fn report(number: u64) -> sample::Report {
    let id = format!("report-{number}");
    let text = format!("Report {number}. {}", "Gunmen killed three people. ".repeat(40));
    let mut document = document(&id, &text);
    document.text_sha256 = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
    let statements = (0..STATEMENTS).map(|n| statement(&id, &format!("{id}-{n}-"), "Gunmen killed three people.")).collect();
    (document, statements)
}

#[test]
fn of_two_that_decide_at_once_both_do_or_one_is_told_why_not() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("record");
    let mut record = Record::create_or_open(&path, NOW).unwrap();
    record.add(&[report(0)]).unwrap();
    std::thread::scope(|scope| {
        for who in ["Ann", "Ben"] {
            let path = &path;
            scope.spawn(move || {
                let mut record = Record::open_to_change(path, NOW).unwrap();
                for n in 0..STATEMENTS {
                    let statement = record.anchor(&format!("report-0-{n}-")).unwrap();
                    record.decide(who, "", &Action::Accept { statement }).unwrap();
                }
            });
        }
    });
    assert_eq!(record.decisions(&DecisionFilter::default()).unwrap().len() as u64, 2 * STATEMENTS);
    assert_eq!(record.verify(&mut |_| {}).unwrap(), []);
    let missing = Record::open_to_change(&directory.path().join("none"), NOW).unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::NotFound);
}
