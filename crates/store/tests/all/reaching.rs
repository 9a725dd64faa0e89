//! How far files are read is kept with what was read of them, all or nothing, and what could not be read is told whichever run met it.

use std::collections::BTreeMap;

use sayso_store::{Added, FailedInput, Incoming, InputId, InputReached, ReadBatch, Record};
use sayso_types::record::DocumentRecord;
use serde_json::json;
use sha2::{Digest, Sha256};

const NOW: &str = "2017-09-01T08:00:00Z";

fn document(id: usize) -> DocumentRecord {
    let text = format!("Report {id}.");
    let sha256: String = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
    let json = json!({
        "id": id.to_string(), "language": "en", "coded": true, "raw_sha256": sha256, "text_sha256": sha256, "text": text, "blocks": [],
    });
    serde_json::from_value(json).unwrap()
}

fn reached(id: Option<InputId>, number: u64) -> InputReached {
    let name = "/reports/a.jsonl".to_owned();
    InputReached { id, name, identity: "i".to_owned(), settings: "s".to_owned(), number, offset: 10 * number, within: 0, items: number }
}

fn failed(line: usize) -> FailedInput {
    let place = line.to_string();
    FailedInput { input: format!("a.jsonl:{line}"), place, kind: "json".to_owned(), reason: "no JSON".to_owned(), of: Some(0) }
}

/// Keeps so many documents, and one line that is none, as read of a file up to a line.
fn keep(record: &mut Record, documents: std::ops::Range<usize>, line: usize, id: Option<InputId>) -> (Added, InputId) {
    let documents: Vec<DocumentRecord> = documents.map(document).collect();
    let incoming: Vec<Incoming<'_>> =
        documents.iter().map(|document| Incoming { document, statements: &[], input: Some("a.jsonl") }).collect();
    let (failures, inputs) = ([failed(line)], [reached(id, line as u64)]);
    let (added, ids) = record.add_read(ReadBatch { documents: &incoming, failures: &failures, inputs: &inputs }).unwrap();
    (added, ids[0])
}

#[test]
fn a_reading_goes_on_where_it_was_and_tells_what_failed_before() {
    let mut record = Record::in_memory(NOW).unwrap();
    let first = record.begin_run("sayso", &["a.jsonl".to_owned()], &BTreeMap::new()).unwrap();
    let (added, id) = keep(&mut record, 0..3, 4, None);
    assert_eq!((added.new, record.inputs_reached("s").unwrap()), (3, vec![reached(Some(id), 4)]));
    assert_eq!(record.inputs_reached("other settings").unwrap(), []);
    // The first run was broken off: what it could not read is kept all the same.
    let second = record.begin_run("sayso", &["a.jsonl".to_owned()], &BTreeMap::new()).unwrap();
    let (_, same) = keep(&mut record, 3..5, 7, Some(id));
    assert_eq!((same, record.inputs_reached("s").unwrap()), (id, vec![reached(Some(id), 7)]));
    record.finish_run(second, NOW, Added { done_before: 4, ..Added::default() }, &[]).unwrap();
    let lines = |failures: Vec<FailedInput>| failures.into_iter().map(|failure| failure.place).collect::<Vec<_>>();
    assert_eq!(lines(record.failures_of(second, &[id]).unwrap()), ["4", "7"]);
    assert_eq!(lines(record.failures_of(second, &[]).unwrap()), ["7"]);
    assert_eq!(lines(record.failures_of(first, &[id]).unwrap()), ["4"]);
    let runs = record.runs().unwrap();
    assert_eq!((runs[0].failures.len(), runs[0].added.done_before, runs[1].failures.len()), (1, 4, 1));
    assert_eq!(record.verify(&mut |_| {}).unwrap(), []);
}

#[test]
fn of_several_readings_of_a_file_the_last_one_counts() {
    let mut record = Record::in_memory(NOW).unwrap();
    record.begin_run("sayso", &[], &BTreeMap::new()).unwrap();
    keep(&mut record, 0..3, 9, None);
    let (added, again) = keep(&mut record, 0..3, 4, None);
    assert_eq!((added.unchanged, record.inputs_reached("s").unwrap()), (3, vec![reached(Some(again), 4)]));
}

#[test]
fn what_cannot_be_kept_takes_how_far_it_was_read_with_it() {
    let mut record = Record::in_memory(NOW).unwrap();
    let batch = ReadBatch { documents: &[], failures: &[failed(1)], inputs: &[reached(None, 1)] };
    assert!(record.add_read(batch).is_err(), "no run has begun");
    assert_eq!(record.inputs_reached("s").unwrap(), []);
}
