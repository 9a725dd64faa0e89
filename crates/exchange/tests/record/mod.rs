//! A linked record of a few invented reports, exported in each form.
#![allow(dead_code, reason = "each suite uses a part of it")]

use std::path::PathBuf;
use std::sync::LazyLock;

use sayso::linking::{Linker, Scope, link_record};
use sayso::question::Question;
use sayso::{Coder, Input, export};
use sayso_exchange::{Choice, Error, Export, Format, Made, Written};
use sayso_store::Record;

pub const NOW: &str = "2032-04-09T08:00:00Z";

const REPORTS: &str = include_str!("reports.jsonl");

/// The record, as bytes: coded once.
static RECORD: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("record.sayso");
    let coder = Coder::embedded().unwrap();
    let coded = |line: &str| {
        let document = coder.document(&serde_json::from_str::<Input>(line).unwrap()).unwrap();
        (export::document_record(&document), coder.records(&document))
    };
    let mut record = Record::create_or_open(&path, NOW).unwrap();
    record.add(&REPORTS.lines().map(coded).collect::<Vec<_>>()).unwrap();
    link_record(&LINKER, &mut record, Scope::Everything, "sayso test", &serde_json::json!({})).unwrap();
    drop(record);
    std::fs::read(&path).unwrap()
});

pub static LINKER: LazyLock<Linker> = LazyLock::new(|| Linker::embedded().unwrap());

/// The record in a directory of its own.
pub fn record() -> (tempfile::TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("record.sayso");
    std::fs::write(&path, &*RECORD).unwrap();
    (directory, path)
}

pub fn made() -> Made {
    Made {
        program: "sayso 0.1.0".to_owned(),
        now: NOW.to_owned(),
        as_of: None,
        site: "http://127.0.0.1:8787".to_owned(),
        licence: Some("CC BY 4.0, our desk".to_owned()),
    }
}

/// What a question finds, in a form.
pub fn exported(question: &str, format: Format, choice: Choice) -> Result<(Vec<u8>, Written), Error> {
    let (_directory, path) = record();
    let record = Record::open_read_only(&path).unwrap();
    let (question, remarks) = Question::read(question);
    assert!(remarks.is_empty(), "{remarks:?}");
    let made = made();
    let export = Export { record: &record, linker: &LINKER, question: &question, made: &made };
    let mut bytes = Vec::new();
    let written = sayso_exchange::write(&export, format, choice, &mut bytes)?;
    Ok((bytes, written))
}

/// The same as text.
pub fn text(question: &str, format: Format) -> String {
    String::from_utf8(exported(question, format, Choice::default()).unwrap().0).unwrap()
}
