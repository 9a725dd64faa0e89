//! Can every record that was ever written still be opened, asked and added to?
#![allow(clippy::unwrap_used, reason = "a test")]

mod sample;

use rusqlite::Connection;
use sample::{NOW, document, statement};
use sayso_store::{Filter, Record};

/// Records as former versions wrote them.
const FORMER: [(&str, &str); 1] = [("v1", include_str!("compat/v1.sql"))];

#[test]
fn former_records_are_opened_asked_and_added_to() {
    for (version, sql) in FORMER {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(version);
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let mut record = Record::create_or_open(&path, NOW).unwrap();
        assert_eq!(record.document("kunduz").unwrap().record.title.as_deref(), Some("Attack in Kunduz"), "{version}");
        let asked = Filter {
            text: Some("killed".to_owned()),
            actors: vec!["taliban".to_owned()],
            places: vec!["kunduz".to_owned()],
            since: Some("2017-08".parse().unwrap()),
            sources: vec!["officials".to_owned()],
            ..Filter::default()
        };
        assert_eq!(record.statements(&asked).unwrap()[0].evidence.words.text, "the Taliban killed three people in Kunduz on Thursday");
        assert_eq!(record.decisions("5d1c").unwrap()[0].who, "reviewer");
        assert_eq!(record.runs().unwrap()[0].failures[0].input, "reports.jsonl:2");
        assert_eq!(record.add(&[(document("new", "text"), vec![statement("new", "n1", "text")])]).unwrap().new, 1);
        assert_eq!(record.size().unwrap().statements, 2);
    }
}

/// A schema that records out there have is history; changes go into a further migration.
#[test]
fn a_released_migration_never_changes() {
    let schema = |connection: &Connection| {
        let mut query = connection.prepare("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name").unwrap();
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<Vec<(String, String)>, _>>().unwrap()
    };
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("present");
    drop(Record::create_or_open(&path, NOW).unwrap());
    let former = Connection::open_in_memory().unwrap();
    former.execute_batch(FORMER[FORMER.len() - 1].1).unwrap();
    assert_eq!(schema(&Connection::open(&path).unwrap()), schema(&former));
}
