//! What may be opened as a record, by whom at once, and what does a person read when it may not?

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use sayso_store::{ErrorKind, Filter, Record};

use crate::sample;
use crate::sample::{NOW, document, statement};

fn report(number: u64) -> sample::Report {
    let id = format!("report-{number}");
    let statements = (0..5).map(|n| statement(&id, &format!("{id}-{n}"), "Gunmen killed three people.")).collect();
    (document(&id, &format!("Report {number}.")), statements)
}

/// A database made by other means than a record's.
fn database(path: &Path, sql: &str) -> PathBuf {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.execute_batch(sql).unwrap();
    path.to_owned()
}

#[test]
fn what_is_no_record_is_refused_and_left_as_it_is() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name);
    fs::write(path("text"), "A report, and no record of it. ".repeat(100)).unwrap();
    fs::write(path("short"), "text").unwrap();
    let other = database(&path("other"), "CREATE TABLE letters (text TEXT)");
    let foreign = database(&path("foreign"), "PRAGMA application_id = 7; CREATE TABLE t (x)");
    for (file, kind) in [
        (path("text"), ErrorKind::NotARecord),
        (path("short"), ErrorKind::NotARecord),
        (other, ErrorKind::NotARecord),
        (foreign, ErrorKind::NotARecord),
        (path("text").join("below"), ErrorKind::Unreachable),
        (path("no").join("directory"), ErrorKind::Unreachable),
        (directory.path().to_owned(), ErrorKind::Unreachable),
    ] {
        let before = fs::read(&file).ok();
        let error = Record::create_or_open(&file, NOW).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().starts_with(&format!("{}: ", file.display())), "{error}");
        assert_eq!(fs::read(&file).ok(), before, "{}", file.display());
        let read_only = Record::open_read_only(&file).unwrap_err();
        assert!([kind, ErrorKind::NotFound].contains(&read_only.kind()), "{read_only}");
    }
}

#[test]
fn an_empty_file_becomes_a_record_only_when_written() {
    let file = tempfile::NamedTempFile::new().unwrap();
    assert_eq!(Record::open_read_only(file.path()).unwrap_err().kind(), ErrorKind::NotARecord);
    Record::create_or_open(file.path(), NOW).unwrap();
    assert_eq!(Record::open_read_only(file.path()).unwrap().size().unwrap().documents, 0);
}

#[test]
fn a_newer_schema_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("record");
    drop(Record::create_or_open(&path, NOW).unwrap());
    database(&path, "PRAGMA user_version = 99");
    for opened in [Record::create_or_open(&path, NOW), Record::open_read_only(&path)] {
        let error = opened.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Newer);
        let expected = format!("{}: a newer sayso wrote this record (schema 99, this one knows 6); use that one", path.display());
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn who_only_reads_neither_makes_nor_writes_a_record() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("record");
    assert_eq!(Record::open_read_only(&path).unwrap_err().kind(), ErrorKind::NotFound);
    assert!(!path.exists());
    Record::create_or_open(&path, NOW).unwrap().add(&[report(1)]).unwrap();
    let mut record = Record::open_read_only(&path).unwrap();
    assert_eq!(record.add(&[report(2)]).unwrap_err().kind(), ErrorKind::ReadOnly);
    assert_eq!(record.size().unwrap().documents, 1);
}

#[test]
fn a_reader_sees_whole_batches_while_another_writes() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("record");
    let mut writer = Record::create_or_open(&path, NOW).unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let reader = Record::open_read_only(&path).unwrap();
            let mut seen = 0;
            while !done.load(Ordering::Relaxed) {
                let documents = reader.documents(&Filter::default()).unwrap();
                assert!(documents.iter().all(|document| document.statements == 5));
                assert!(documents.len().is_multiple_of(10) && documents.len() >= seen);
                seen = documents.len();
            }
        });
        for batch in 0..20 {
            let reports: Vec<sample::Report> = (batch * 10..batch * 10 + 10).map(report).collect();
            writer.add(&reports).unwrap();
        }
        done.store(true, Ordering::Relaxed);
        reading.join().unwrap();
    });
}

#[test]
fn several_may_make_and_write_the_same_record() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("record");
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let path = &path;
            scope.spawn(move || {
                let mut record = Record::create_or_open(path, NOW).unwrap();
                for number in 0..5 {
                    record.add(&[report(writer * 5 + number)]).unwrap();
                }
            });
        }
    });
    assert_eq!(Record::open_read_only(&path).unwrap().size().unwrap().documents, 20);
}

#[test]
fn a_name_with_odd_characters_is_a_name() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("file:über?mode=memory#50%.db");
    Record::create_or_open(&path, NOW).unwrap().add(&[report(1)]).unwrap();
    assert!(path.exists());
    assert_eq!(Record::open_read_only(&path).unwrap().size().unwrap().documents, 1);
}
