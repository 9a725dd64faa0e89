//! Others' data lie beside the record: marked, whole or not at all, removable, and no part of what it says.

use sayso_store::query::{Deed, Done, LogFilter};
use sayso_store::{ErrorKind, ImportedRow, NewImport, Record};
use serde_json::json;

const NOW: &str = "2032-04-09T08:00:00Z";

fn acled(sha256: &str) -> NewImport {
    NewImport {
        dataset: "acled".to_owned(),
        version: Some("2032-04".to_owned()),
        licence: "ACLED terms, our desk's key".to_owned(),
        file: "acled.csv".to_owned(),
        sha256: sha256.to_owned(),
    }
}

fn row(id: &str) -> ImportedRow {
    ImportedRow { id: id.to_owned(), earliest: Some("2031-03-03".to_owned()), latest: None, record: json!({"notes": "six"}) }
}

#[test]
fn what_is_imported_is_kept_with_its_terms_and_stands_in_the_log() {
    let mut record = Record::in_memory(NOW).unwrap();
    let number = record.import(&acled("aa"), &[row("AFG1"), row("AFG2")], "Amina").unwrap();
    let kept = record.imports().unwrap();
    assert_eq!((kept.len(), kept[0].rows, kept[0].who.as_str(), kept[0].at.as_str()), (1, 2, "Amina", NOW));
    assert_eq!(kept[0].of, acled("aa"));
    let mut rows = Vec::new();
    record.each_imported(number, |row| rows.push(row)).unwrap();
    assert_eq!(rows, [row("AFG1"), row("AFG2")]);
    let entry = record.log(&LogFilter::default()).unwrap().items.remove(0);
    assert_eq!((entry.deed, entry.who.as_str()), (Deed::Imported, "Amina"));
    assert_eq!(entry.done, Done::Imported { import: number, dataset: Some("acled".to_owned()), rows: 2 });
    assert_eq!(record.size().unwrap().documents, 0, "none of it is a document or statement of ours");
    assert_eq!(record.verify(&mut |_| {}).unwrap(), []);
}

#[test]
fn the_same_file_is_imported_once_and_two_rows_of_one_id_never() {
    let mut record = Record::in_memory(NOW).unwrap();
    record.import(&acled("aa"), &[row("AFG1")], "Amina").unwrap();
    assert_eq!(record.import(&acled("aa"), &[row("AFG1")], "Amina").unwrap_err().kind(), ErrorKind::Invalid);
    assert!(record.import(&acled("bb"), &[row("AFG1"), row("AFG1")], "Amina").is_err());
    assert_eq!(record.imports().unwrap().len(), 1, "all rows or none");
}

#[test]
fn what_is_removed_is_gone_and_the_log_says_so() {
    let mut record = Record::in_memory(NOW).unwrap();
    let number = record.import(&acled("aa"), &[row("AFG1")], "Amina").unwrap();
    record.remove_import(number, "Amina").unwrap();
    assert_eq!(record.imports().unwrap(), []);
    let mut rows = 0;
    record.each_imported(number, |_| rows += 1).unwrap();
    assert_eq!(rows, 0);
    assert_eq!(record.remove_import(number, "Amina").unwrap_err().kind(), ErrorKind::Unknown);
    record.import(&acled("aa"), &[row("AFG1")], "Amina").unwrap();
    assert_eq!(record.verify(&mut |_| {}).unwrap(), []);
}
