//! Is anything found that was changed, behind the record's back, in what linking wrote?

use std::path::Path;

use rusqlite::Connection;
use sayso_store::{Finding, Record};

use crate::linked::linked;

fn verified(path: &Path) -> Vec<Finding> {
    Record::open_to_verify(path).unwrap().verify(&mut |_| {}).unwrap()
}

/// The record's file, with nothing that would keep it from being changed.
fn unguarded(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    let triggers: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    triggers.iter().for_each(|trigger| connection.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap());
    connection
}

#[test]
fn a_linked_record_that_nobody_changed_has_no_findings() {
    let directory = tempfile::tempdir().unwrap();
    let path = linked(directory.path());
    let mut steps = Vec::new();
    let findings = Record::open_to_verify(&path).unwrap().verify(&mut |verified| steps.push(verified)).unwrap();
    assert_eq!(findings, []);
    assert_eq!(steps.last().unwrap().done, steps.last().unwrap().of);
}

#[test]
fn what_was_changed_of_a_linking_is_named() {
    for (sql, table, said) in [
        ("UPDATE groups SET record = json_set(record, '$.sources', 3) WHERE until IS NULL AND id = 'e-one'", "groups", "e-one"),
        ("UPDATE groups SET since = 3 WHERE id = 'e-two'", "groups", "e-two is not told of by the log: entry 3 is no linking"),
        ("UPDATE groups SET until = NULL WHERE id = 'e-two'", "groups", "the rows that end with"),
        ("UPDATE groups SET until = 6 WHERE id = 'e-two'", "groups", "the rows that end with"),
        ("UPDATE groups SET until = 5 WHERE id = 'r-three'", "groups", "the rows that end with"),
        ("UPDATE groups SET until = 4 WHERE id = 'e-two'", "groups", "entry 4 of the log is none"),
        ("UPDATE groups SET since = 1 WHERE id = 'r-three'", "groups", "r-three is not told of by the log"),
        ("DELETE FROM groups WHERE id = 'r-three'", "groups", "wrote 3 rows, and 2 are there"),
        ("INSERT INTO groups (since, record) SELECT since, record FROM groups WHERE id = 'r-three'", "groups", "r-three holds twice"),
        ("UPDATE members SET group_id = 'r-three' WHERE key = 1", "members", "statement 1 in r-three"),
        ("UPDATE members SET statement = 3 WHERE key = 1", "members", "statement 3 in e-one"),
        (
            "UPDATE members SET joined_to = 2 WHERE key = 2",
            "members",
            "statement 1 in e-one or one of the next 4 of its rows is not what entry 2",
        ),
        (
            "UPDATE members SET score = NULL WHERE key = 2",
            "members",
            "statement 1 in e-one or one of the next 4 of its rows is not what entry 2",
        ),
        ("UPDATE members SET until = NULL", "members", "the rows that end with"),
        ("DELETE FROM members WHERE key = 2", "members", "wrote 5 rows, and 4 are there"),
        (
            "INSERT INTO members (group_id, statement, since) SELECT group_id, statement, since FROM members WHERE key = 1",
            "members",
            "twice",
        ),
        ("UPDATE origins SET origin = 2", "origins", "document 2"),
        ("UPDATE origins SET record = replace(record, 'all', 'none')", "origins", "document 2"),
        ("UPDATE origins SET until = NULL", "origins", "the rows that end with"),
        ("DELETE FROM origins", "origins", "wrote 1 rows, and 0 are there"),
        ("UPDATE parties SET actor_id = 'isis' WHERE actor_id IS NOT NULL", "parties", "contents"),
        ("DELETE FROM parties WHERE name = 'farmers'", "parties", "contents"),
        ("DELETE FROM groups_where", "groups_where", "contents"),
        ("UPDATE groups_where SET east = east + 1, last = last + 1", "groups_where", "contents"),
        ("INSERT INTO groups_where (key, west, east, south, north, first, last) VALUES (99, 1, 1, 1, 1, 1, 1)", "groups_where", "contents"),
        ("DELETE FROM groups_where_formerly", "groups_where_formerly", "contents"),
        ("UPDATE parties SET until = NULL", "parties", "contents"),
        ("DELETE FROM ties", "ties", "contents"),
        ("UPDATE ties SET other = 'isis' WHERE other = 'haqqani'", "ties", "contents"),
        ("UPDATE linkings SET seen = 0", "linkings", "not the one"),
        ("UPDATE linkings SET versions = '{}'", "linkings", "not the one"),
        ("DELETE FROM linkings", "linkings", "not the one"),
        ("INSERT INTO linkings (log, seen, versions) VALUES (1, 0, '{}')", "linkings", "does not tell"),
    ] {
        let directory = tempfile::tempdir().unwrap();
        let path = linked(directory.path());
        let connection = unguarded(&path);
        connection.execute_batch(sql).unwrap();
        assert!(connection.changes() > 0, "{sql} changes something");
        drop(connection);
        let findings = verified(&path);
        let found = findings.iter().any(|finding| finding.table == table && finding.to_string().contains(said));
        assert!(found, "{sql}: {findings:?}");
    }
}

#[test]
fn a_flipped_byte_of_what_linking_wrote_is_found_and_named() {
    let directory = tempfile::tempdir().unwrap();
    let path = linked(directory.path());
    Connection::open(&path).unwrap().execute_batch("VACUUM").unwrap();
    let file = std::fs::read(&path).unwrap();
    for (words, table) in [
        ("\"name\":\"Kunduz\"", "groups"),
        ("\"status\":\"fair\"", "groups"),
        ("\"best\":31", "groups"),
        ("\"id\":\"r-three\"", "groups"),
        ("all of its words stand in it", "origins"),
    ] {
        let places: Vec<usize> = file
            .windows(words.len())
            .enumerate()
            .filter(|(at, window)| *window == words.as_bytes() && ![2, 5].contains(&file[at / 4096 * 4096]))
            .map(|(at, _)| at)
            .collect();
        assert!(!places.is_empty(), "{words}");
        for (number, place) in places.iter().enumerate() {
            let at = place + (number * 5 + 3) % words.len();
            let mut flipped = file.clone();
            flipped[at] ^= 1 << (number % 7);
            std::fs::write(&path, &flipped).unwrap();
            let findings = verified(&path);
            assert!(findings.iter().any(|f| f.table == table && f.row.is_some()), "byte {at} of `{words}`: {findings:?}");
        }
    }
}
