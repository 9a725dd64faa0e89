//! Can every record that was ever written still be opened, asked and added to?

use std::path::PathBuf;

use rusqlite::Connection;
use sayso_store::{DecisionFilter, Filter, Moment, Record, Reviewed, Versions};
use sayso_types::Modality;

use crate::sample::{NOW, document, statement};

/// A record of version 1 as SQL: the schema and a few rows.
const FIRST: &str = include_str!("../compat/v1.sql");

/// A file that version 1 wrote: a corrected report, two others, an acceptance, a rejection and a correction.
const FIRST_FILE: &[u8] = include_bytes!("../compat/v1.record");

fn opened(make: impl FnOnce(&PathBuf)) -> (tempfile::TempDir, Record) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("former");
    make(&path);
    let record = Record::create_or_open(&path, NOW).unwrap();
    (directory, record)
}

fn ids(record: &Record, filter: &Filter) -> Vec<String> {
    record.statements(filter).unwrap().into_iter().map(|statement| statement.id).collect()
}

#[test]
fn former_records_are_opened_asked_and_added_to() {
    let (_directory, mut record) = opened(|path| Connection::open(path).unwrap().execute_batch(FIRST).unwrap());
    assert_eq!(record.document("kunduz").unwrap().record.title.as_deref(), Some("Attack in Kunduz"));
    let asked = Filter {
        text: Some("killed".to_owned()),
        actors: vec!["taliban".to_owned()],
        places: vec!["kunduz".to_owned()],
        since: Some("2017-08".parse().unwrap()),
        sources: vec!["officials".to_owned()],
        reviewed: Reviewed::All,
        ..Filter::default()
    };
    assert_eq!(record.statements(&asked).unwrap()[0].evidence.words.text, "the Taliban killed three people in Kunduz on Thursday");
    assert!(ids(&record, &Filter::default()).is_empty(), "it was rejected");
    assert_eq!(record.decisions(&DecisionFilter::default()).unwrap()[0].who, "reviewer");
    assert_eq!(record.runs().unwrap()[0].failures[0].input, "reports.jsonl:2");
    assert_eq!(record.add(&[(document("new", "text"), vec![statement("new", "n1", "text")])]).unwrap().new, 1);
    assert_eq!(record.size().unwrap().statements, 1);
}

#[test]
fn a_former_file_gets_its_history() {
    let (_directory, mut record) = opened(|path| std::fs::write(path, FIRST_FILE).unwrap());
    assert_eq!(ids(&record, &Filter::default()), ["b200", "c300", "6e2d"]);
    assert_eq!(record.statement("c300").unwrap().modality, Modality::Possible, "as it was corrected");
    assert_eq!(ids(&record, &Filter { versions: Versions::All, reviewed: Reviewed::All, ..Filter::default() }).len(), 5);
    for (time, expected) in [
        ("2017-09-01T07:59:59Z", vec![]),
        ("2017-09-01T08:00:00Z", vec!["5d1c", "77aa", "b200", "c300"]),
        ("2017-09-02T09:00:00Z", vec!["5d1c", "b200", "c300"]),
        ("2017-09-03T08:00:00Z", vec!["b200", "c300", "6e2d"]),
    ] {
        record.look_back(&Moment::Time(time.to_owned())).unwrap();
        assert_eq!(ids(&record, &Filter::default()), expected, "{time}");
        assert_eq!(record.size().unwrap().statements, expected.len() as u64, "{time}");
    }
    record.look_back(&Moment::Time("2017-09-02T09:01:59Z".to_owned())).unwrap();
    assert_eq!(record.statement("c300").unwrap().modality, Modality::Asserted, "not yet corrected");
    assert_eq!(record.decisions(&DecisionFilter::default()).unwrap().len(), 2);
}

/// A schema that records out there have is history; changes go into a further migration.
#[test]
fn a_released_migration_never_changes() {
    let schema = |sql: &str| {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(sql).unwrap();
        let mut query = connection.prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").unwrap();
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<Vec<(String, String)>, _>>().unwrap()
    };
    assert_eq!(schema(include_str!("../../migrations/0001-record.sql")), schema(FIRST));
}
