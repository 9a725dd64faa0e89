//! A reading that was broken off goes on where it was: nothing is lost, nothing is read twice, and each input is counted once.
#![cfg(unix)]

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use flate2::Compression;
use flate2::write::GzEncoder;
use sayso_store::Record;
use serde_json::Value;

use crate::support::{Place, ended, many};

/// A web archive packed record by record, with a request before each page; every hundredth record is cut.
fn archive(numbers: std::ops::Range<usize>) -> Vec<u8> {
    let record = |kind: &str, number: usize, payload: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2017-09-01T08:00:00Z\r\nWARC-Target-URI: https://news.example/{number}\r\n\
             Content-Type: application/http; msgtype={kind}\r\nContent-Length: {}\r\n\r\n{payload}\r\n\r\n",
            payload.len()
        )
    };
    let mut bytes = Vec::new();
    for number in numbers {
        let page = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><article><p>Gunmen killed {number} farmers near Jos on Monday, \
             police said. The governor condemned the attack and called for calm.</p></article></body></html>"
        );
        for text in [record("request", number, "GET / HTTP/1.1\r\n\r\n"), record("response", number, &page)] {
            let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(text.as_bytes()).unwrap();
            let mut packed = packed.finish().unwrap();
            if number % 100 == 50 && text.contains("response") {
                packed.truncate(packed.len() - 30);
            }
            bytes.extend(packed);
        }
    }
    bytes
}

/// A place with a thousand reports of two kinds, some of them broken.
fn with_inputs() -> Place {
    let place = Place::new();
    let lines: String = many(0..700)
        .lines()
        .enumerate()
        .map(|(number, line)| if number % 90 == 7 { "{broken\n".to_owned() } else { format!("{line}\n") })
        .collect();
    place.write("in/a.jsonl", lines);
    place.write("in/b.warc.gz", archive(1000..1500));
    place.write("in/c.txt", "Gunmen killed six farmers near Jos on Monday, police said.");
    place
}

/// All that a record tells, whenever it was told: documents with their statements, and what could not be read.
fn told(place: &Place, record: &str) -> (BTreeSet<String>, BTreeSet<String>, BTreeSet<String>) {
    let lines = |command: &str| -> BTreeSet<String> {
        let printed = place.prints(&[command, "--format", "jsonl", "--limit", "0", "--record", record]);
        let bare = |line: &str| {
            let mut value: Value = serde_json::from_str(line).unwrap();
            for field in ["added", "log", "since"] {
                value.as_object_mut().unwrap().remove(field);
            }
            value.to_string()
        };
        printed.lines().map(bare).collect()
    };
    let runs = Record::open_read_only(&place.path(record)).unwrap().runs().unwrap();
    let failures: Vec<String> =
        runs.iter().flat_map(|run| &run.failures).map(|failure| format!("{}: {}", failure.input, failure.reason)).collect();
    let number = failures.len();
    let failures: BTreeSet<String> = failures.into_iter().collect();
    assert_eq!(failures.len(), number, "no failure is kept twice");
    (lines("documents"), lines("statements"), failures)
}

const READ: [&str; 6] = ["read", "in", "--profile", "fast", "--no-link", "--progress"];

/// Reads, and is killed as soon as a batch is kept.
fn killed(place: &Place) {
    let mut child = place.bare(&[&READ[..], &["json"]].concat()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    let errors = BufReader::new(child.stderr.take().unwrap());
    for line in errors.lines().map_while(Result::ok) {
        if line.starts_with('{') {
            child.kill().unwrap();
            break;
        }
    }
    child.wait().unwrap();
}

#[test]
fn a_reading_killed_thrice_comes_to_what_an_unbroken_one_does() {
    let place = with_inputs();
    place.sayso(&[&READ[..], &["none", "--record", "whole.sayso"]].concat()).assert().code(1);
    for _ in 0..3 {
        killed(&place);
    }
    let kept = place.documents();
    assert!((200..1190).contains(&kept), "{kept}: it was killed on its way");
    let (status, output, errors) = ended(place.sayso(&[&READ[..], &["none"]].concat()));
    assert_eq!(status, 1, "{errors}");
    let before: usize =
        output.lines().find(|line| line.contains("an earlier run had done")).unwrap().split_whitespace().next().unwrap().parse().unwrap();
    assert!(before >= kept, "{before} were left out, {kept} documents were there");
    assert_eq!(told(&place, "record.sayso"), told(&place, "whole.sayso"));
    let findings = Record::open_to_verify(&place.path("record.sayso")).unwrap().verify(&mut |_| {}).unwrap();
    assert_eq!(findings, []);
    let total = before + number(&output, "new") + number(&output, "could not be read");
    assert_eq!(total, 700 + 500 + 1, "each input is in one of the counts: {output}");
}

/// The number that a summary gives for something.
fn number(summary: &str, what: &str) -> usize {
    let line = summary.lines().find(|line| line.trim_start().split_once(' ').is_some_and(|(_, rest)| rest.starts_with(what)));
    line.map_or(0, |line| line.split_whitespace().next().unwrap().parse().unwrap())
}

#[test]
fn what_is_done_is_left_out_until_it_changes() {
    let place = Place::new();
    place.write("a.jsonl", many(0..20));
    let read = |arguments: &[&str]| place.prints(&[&["read", "a.jsonl", "--profile", "fast", "--no-link"], arguments].concat());
    assert_eq!(number(&read(&[]), "new"), 20);
    let again = read(&[]);
    assert_eq!((number(&again, "left out"), number(&again, "unchanged")), (20, 0), "{again}");
    assert_eq!(number(&read(&["--again"]), "unchanged"), 20);
    let otherwise = read(&["--publisher", "Example Wire"]);
    assert_eq!(number(&otherwise, "coded anew"), 20, "other settings give other documents: {otherwise}");
    place.write("a.jsonl", many(0..25));
    let longer = read(&[]);
    assert_eq!((number(&longer, "new"), number(&longer, "left out")), (5, 0), "{longer}");
}

#[test]
fn the_error_report_names_all_that_could_not_be_read_also_before_an_interruption() {
    let place = with_inputs();
    killed(&place);
    let arguments = [&READ[..], &["none", "--errors", "errors.csv"]].concat();
    place.sayso(&arguments).assert().code(1);
    let report = std::fs::read_to_string(place.path("errors.csv")).unwrap();
    let mut rows = csv::Reader::from_reader(report.as_bytes());
    assert_eq!(rows.headers().unwrap(), vec!["input", "where", "kind", "reason"]);
    let rows: Vec<Vec<String>> = rows.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    assert_eq!(rows.len(), 8 + 5, "{report}");
    let line = rows.iter().find(|row| row[1] == "8").unwrap();
    assert_eq!((line[0].as_str(), line[2].as_str()), ("in/a.jsonl", "json"));
    assert!(rows.iter().any(|row| row[0] == "in/b.warc.gz" && row[1].starts_with("record ") && row[2] == "damaged"), "{report}");
    let (status, _, errors) = ended(place.sayso(&["read", "in", "--errors", "errors.txt"]));
    assert_eq!(status, 3);
    assert!(errors.contains("name it .csv or .jsonl"), "{errors}");
}

#[test]
fn code_reports_errors_and_progress_to_programs() {
    let place = Place::new();
    place.write("a.jsonl", format!("{}{{\"id\": 1\n", many(0..5)));
    let (status, output, errors) =
        ended(place.sayso(&["code", "a.jsonl", "--profile", "fast", "--errors", "errors.jsonl", "--progress", "json"]));
    assert_eq!((status, output.lines().count()), (1, 5), "{errors}");
    let failure: Value = serde_json::from_str(&std::fs::read_to_string(place.path("errors.jsonl")).unwrap()).unwrap();
    assert_eq!((&failure["where"], &failure["kind"]), (&"6".into(), &"json".into()));
    let last: Value = serde_json::from_str(errors.lines().rfind(|line| line.starts_with('{')).unwrap()).unwrap();
    assert_eq!((&last["progress"], &last["documents"], &last["failed"]), (&"ended".into(), &5.into(), &1.into()));
    assert_eq!(last["bytes"], last["of_bytes"], "{last}");
}
