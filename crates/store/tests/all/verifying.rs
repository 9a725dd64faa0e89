//! Is anything found that was changed in a record behind its back?

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use sayso_store::{Filter, Finding, Record};
use sayso_types::decision::Action;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::sample;
use crate::sample::{NOW, document, place, source, statement, time};

fn report(id: &str, text: &str, statements: usize) -> sample::Report {
    let hash: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
    let mut document = document(id, text);
    document.raw_sha256.clone_from(&hash);
    document.text_sha256 = hash;
    document.published = Some("2017-09-01".to_owned());
    document.publisher = Some("Example Wire".to_owned());
    let statements = (0..statements).map(|number| {
        let mut statement = statement(id, &format!("{id}-{number}"), text);
        statement.evidence.trigger.start = number;
        statement.place = Some(place("Kunduz", Some(("Kunduz", "AFG", 1))));
        statement.time = Some(time("2017-08-31"));
        statement.attribution = vec![source("officials", None)];
        statement
    });
    (document, statements.collect())
}

/// A record with all that a record can have: a run, a second text, other metadata, a newer coding, decisions undone and redone.
fn written(directory: &Path) -> PathBuf {
    let path = directory.join("record");
    let mut record = Record::create_or_open(&path, NOW).unwrap();
    let run = record.begin_run("sayso 0.1.0", &["reports.jsonl".to_owned()], &[("rules".to_owned(), "7".to_owned())].into()).unwrap();
    let first = report("kunduz", "Gunmen killed three people near the bridge of Kunduz.", 3);
    let second = report("mosul", "A convoy was ambushed on the road out of Mosul.", 2);
    let added = record.add(&[first.clone(), second]).unwrap();
    record.finish_run(run, NOW, added, &[]).unwrap();
    let action = |record: &Record, id: &str| Action::Reject { statement: record.anchor(id).unwrap() };
    let reject = action(&record, "kunduz-0");
    record.decide("Ann", "it is a film", &reject).unwrap();
    let statement = record.anchor("kunduz-1").unwrap();
    let correct = Action::Correct { statement, path: "/place/name".to_owned(), before: json!("Kunduz"), after: json!("Baghlan") };
    record.decide("Ann", "as the map has it", &correct).unwrap();
    let mut by_person = sample::statement("kunduz", "by-person", "Gunmen killed three people near the bridge of Kunduz.");
    by_person.coder = sayso_types::record::CoderRecord::person();
    for stretch in by_person.stretches() {
        let at = first.0.text.find(stretch.text).unwrap_or_default();
        (*stretch.start, *stretch.end) = (at, at + stretch.text.len());
    }
    by_person.roles.clear();
    by_person.evidence.trigger = sample::words("Gunmen");
    let write = Action::Write { document: record.text_anchor("kunduz").unwrap(), statement: Box::new(by_person) };
    record.decide("Ann", "nobody coded it", &write).unwrap();
    record.undo("Ann", "a slip", None).unwrap();
    record.redo("Ann", "none", None).unwrap();
    record.undo("Ben", "it is not", Some(sayso_store::DecisionId(2))).unwrap();
    record.redo("Ann", "it is", None).unwrap();
    assert!(record.statement("by-person").is_ok());
    let mut recoded = first;
    recoded.0.title = Some("Killings at a bridge".to_owned());
    recoded.1.iter_mut().for_each(|statement| statement.confidence = 0.5);
    recoded.1[2].negated = true;
    record.add(&[recoded]).unwrap();
    record.add(&[report("mosul", "A convoy was ambushed on the road out of Mosul, and nobody was hurt.", 1)]).unwrap();
    record.release("first", "Ann", "for the yearbook", &[("rules".to_owned(), "7".to_owned())].into()).unwrap();
    path
}

fn verified(path: &Path) -> Vec<Finding> {
    Record::open_to_verify(path).unwrap().verify(&mut |_| {}).unwrap()
}

#[test]
fn a_record_that_nobody_changed_has_no_findings() {
    let directory = tempfile::tempdir().unwrap();
    let path = written(directory.path());
    let mut steps = Vec::new();
    let findings = Record::open_to_verify(&path).unwrap().verify(&mut |verified| steps.push(verified)).unwrap();
    assert_eq!(findings, []);
    assert!(steps.windows(2).all(|two| two[0].done < two[1].done && two[0].of == two[1].of));
    assert_eq!(steps.last().unwrap().done, steps.last().unwrap().of);
    let read_only = Record::open_read_only(&path).unwrap().verify(&mut |_| {}).unwrap();
    assert_eq!(read_only, []);
}

#[test]
fn what_was_changed_is_named() {
    for (sql, table) in [
        ("UPDATE documents SET record = replace(record, 'convoy', 'column')", "documents"),
        ("UPDATE documents SET published_latest = '2018-01-01' WHERE key = 1", "documents"),
        ("UPDATE documents SET until = 2 WHERE until IS NULL", "documents"),
        ("UPDATE documents SET superseded = NULL", "documents"),
        ("UPDATE documents SET added = '2016'", "documents"),
        ("UPDATE statements SET record = replace(record, 'gunmen', 'police') WHERE key = 2", "statements"),
        ("UPDATE statements SET record = replace(record, 'Baghlan', 'Kabul') WHERE made_from IS NOT NULL", "statements"),
        ("UPDATE statements SET until = 2 WHERE until IS NULL", "statements"),
        ("UPDATE statements SET record = replace(record, 'Gunmen', 'Police') WHERE id = 'by-person' AND made_from IS NULL", "statements"),
        (
            "UPDATE statements SET record = replace(record, 'Gunmen', 'Police') WHERE id = 'by-person' AND made_from IS NOT NULL",
            "statements",
        ),
        ("UPDATE statements SET coding = 1 WHERE id = 'by-person'", "statements"),
        ("UPDATE statements SET position = 1 WHERE id = 'by-person'", "statements"),
        ("UPDATE statements SET until = NULL WHERE id = 'by-person' AND made_from IS NULL", "statements"),
        ("UPDATE decisions SET action = replace(action, 'by-person', 'by-nobody')", "decisions"),
        ("UPDATE statements SET review = NULL", "statements"),
        ("UPDATE statements SET superseded = NULL", "statements"),
        ("DELETE FROM statements WHERE key = 5", "statements"),
        (
            "INSERT INTO statements (document, position, coding, since, record) SELECT document, 9, coding, since, record FROM statements",
            "statements",
        ),
        ("UPDATE participants SET actor_id = 'taliban'", "participants"),
        ("DELETE FROM participants WHERE key = 1", "participants"),
        ("UPDATE codings SET statements = 7", "codings"),
        ("UPDATE decisions SET who = 'Zoe'", "decisions"),
        ("UPDATE decisions SET why = ''", "decisions"),
        ("DELETE FROM decision_subjects", "decisions"),
        ("UPDATE decision_states SET until = NULL", "decision_states"),
        ("UPDATE runs SET program = 'another'", "runs"),
        ("UPDATE runs SET counts = NULL", "runs"),
        ("UPDATE releases SET manifest = '{}'", "releases"),
        ("UPDATE log SET who = 'Zoe' WHERE key = 4", "log"),
        ("UPDATE log SET at = '2016-01-01T00:00:00Z' WHERE key = 4", "log"),
        ("DELETE FROM log WHERE key = 3", "log"),
    ] {
        let directory = tempfile::tempdir().unwrap();
        let path = written(directory.path());
        let connection = Connection::open(&path).unwrap();
        let triggers: Vec<String> = connection
            .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        triggers.iter().for_each(|trigger| connection.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap());
        assert!(connection.execute(sql, []).unwrap() > 0, "{sql} changes something");
        drop(connection);
        let findings = verified(&path);
        assert!(findings.iter().any(|finding| finding.table == table), "{sql}: {findings:?}");
    }
}

/// Every place where some words stand in the file as contents: an inner page of a tree (it begins with 2 or 5) has none, and what
/// stands there are remains of when the tree was one page.
fn places(file: &[u8], words: &str) -> Vec<usize> {
    const PAGE: usize = 4096;
    let found = file.windows(words.len()).enumerate().filter(|(_, window)| *window == words.as_bytes()).map(|(at, _)| at);
    found.filter(|at| ![2, 5].contains(&file[at / PAGE * PAGE])).collect()
}

#[test]
fn a_flipped_byte_is_found() {
    let directory = tempfile::tempdir().unwrap();
    let path = written(directory.path());
    // Pages that were rewritten can hold remains of what stands elsewhere now, which are no contents.
    Connection::open(&path).unwrap().execute_batch("VACUUM").unwrap();
    let file = std::fs::read(&path).unwrap();
    let words = [
        "near the bridge of Kunduz",
        "ambushed on the road out",
        "\"modality\":\"asserted\"",
        "\"actor_id\":null",
        "as the map has it",
        "it is a film",
        "reports.jsonl",
        "Killings at a bridge",
        "\"text_sha256\":\"",
        "for the yearbook",
        "Baghlan",
        "\"latest\":\"2017-08-31\"",
    ];
    // A fixed sequence of numbers without a pattern (Knuth's MMIX).
    let mut number = 2_463_534_242_u64;
    let mut next = |below: usize| {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (number >> 33) as usize % below
    };
    for round in 0..48 {
        let words = words[round % words.len()];
        let places = places(&file, words);
        let at = places[next(places.len())] + next(words.len());
        let mut flipped = file.clone();
        flipped[at] ^= 1 << next(7);
        std::fs::write(&path, &flipped).unwrap();
        let findings = verified(&path);
        assert!(!findings.is_empty(), "byte {at} of `{words}`: {:?} for {:?}", flipped[at] as char, file[at] as char);
    }
}

#[test]
fn a_record_is_whole_after_a_former_version_was_brought_up_to_date() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("record");
    std::fs::write(&path, include_bytes!("../compat/v1.record")).unwrap();
    drop(Record::create_or_open(&path, NOW).unwrap());
    assert_eq!(verified(&path), []);
    assert_eq!(Record::open_read_only(&path).unwrap().count(&Filter::default()).unwrap(), 3);
}
