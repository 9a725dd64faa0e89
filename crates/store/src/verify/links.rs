//! Do the rows of origins, groups and members stand as the linkings that wrote and closed them told, and no others?

use std::collections::BTreeMap;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value;

use super::log::Entry;
use super::rows::lossy;
use super::{RELINK, RESTORE, Verification};
use crate::error::Fault;
use crate::link::{Differs, RowsDigest, RowsTold, number};

/// Of each table that linking writes: the columns that are hashed, what to call a row, and what only one row that holds can have.
const TABLES: [(&str, &str, &str, &str); 3] = [
    ("origins", "document, origin, record", "'document ' || document", "document"),
    ("groups", "record", "id", "id"),
    ("members", "group_id, statement, joined_to, score", "'statement ' || statement || ' in ' || group_id", "group_id, statement"),
];

/// The linkings that the log tells of, each with what it tells of its rows, by table; of the first ones it tells nothing.
#[derive(Default)]
pub(super) struct Links {
    linkings: BTreeMap<i64, Option<BTreeMap<String, RowsTold>>>,
}

impl Links {
    /// Holds a linking against what was told of it.
    pub(super) fn check_linking(
        &mut self,
        connection: &Connection,
        verification: &mut Verification<'_>,
        entry: &Entry,
        told: &Value,
    ) -> Result<(), Fault> {
        self.linkings.insert(entry.key, RowsTold::of_entry(told));
        let kept = connection
            .prepare_cached("SELECT seen, versions FROM linkings WHERE log = ?1")?
            .query_row([entry.key], |row| Ok((row.get::<_, i64>(0)?, lossy(row, 1))))
            .optional()?;
        let same = kept.is_some_and(|(seen, versions)| {
            told["seen"] == seen && serde_json::from_str::<Value>(&versions).is_ok_and(|versions| versions == told["versions"])
        });
        if !same {
            verification.find("linkings", entry.key, "the linking is not the one that the log tells of", RESTORE);
        }
        Ok(())
    }

    /// Goes once through every table that linkings write.
    pub(super) fn check_rows(&self, connection: &Connection, verification: &mut Verification<'_>) -> Result<(), Fault> {
        let mut query = connection.prepare("SELECT log FROM linkings ORDER BY log")?;
        let keys = query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
        for key in keys.into_iter().filter(|key| !self.linkings.contains_key(key)) {
            verification.find("linkings", key, "the log does not tell of it", RESTORE);
        }
        for (table, columns, name, single) in TABLES {
            let digests = self.digests(connection, verification, (table, columns, name))?;
            self.compare(connection, verification, (table, name), digests)?;
            check_single(connection, verification, (table, name, single))?;
        }
        Ok(())
    }

    /// What the rows of a table are, by linking.
    fn digests(
        &self,
        connection: &Connection,
        verification: &mut Verification<'_>,
        (table, columns, name): (&str, &str, &str),
    ) -> Result<BTreeMap<i64, RowsDigest>, Fault> {
        let mut digests: BTreeMap<i64, RowsDigest> = BTreeMap::new();
        let mut query = connection.prepare(&format!("SELECT key, since, until, {name}, {columns} FROM {table} ORDER BY key"))?;
        let number_of_columns = query.column_count();
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (key, since, until): (i64, i64, Option<i64>) = (row.get(0)?, row.get(1)?, row.get(2)?);
            if !self.linkings.contains_key(&since) {
                let fault = format!("{} is not told of by the log: entry {since} is no linking", lossy(row, 3));
                verification.find(table, key, fault, RESTORE);
            }
            let hashed = (4..number_of_columns).map(|column| hashed(row, column)).collect::<rusqlite::Result<Vec<_>>>()?;
            digests.entry(since).or_default().write(key, &hashed);
            let Some(until) = until else { continue };
            if !self.linkings.contains_key(&until) || until < since {
                let fault = format!("{} does not hold until a linking: entry {until} of the log is none after it", lossy(row, 3));
                verification.find(table, key, fault, RESTORE);
            }
            digests.entry(until).or_default().close(key);
        }
        Ok(digests)
    }

    fn compare(
        &self,
        connection: &Connection,
        verification: &mut Verification<'_>,
        (table, name): (&str, &str),
        mut digests: BTreeMap<i64, RowsDigest>,
    ) -> Result<(), Fault> {
        for (entry, told) in &self.linkings {
            let found = digests.remove(entry).unwrap_or_default();
            let Some(told) = told.as_ref() else { continue };
            let Some(told) = told.get(table) else {
                verification.find("log", *entry, format!("what the entry tells of {table} does not read"), RESTORE);
                continue;
            };
            for differs in found.against(told) {
                let (row, fault) = match differs {
                    Differs::Number(told, found) => (None, format!("entry {entry} of the log wrote {told} rows, and {found} are there")),
                    Differs::Rows { first, rows } => (Some(first), suspects(connection, (table, name), first, rows, *entry)?),
                    Differs::Closed => (None, format!("the rows that end with entry {entry} of the log are not those that it ended")),
                };
                verification.find(table, row, fault, RESTORE);
            }
        }
        Ok(())
    }
}

/// The rows of which one is not as it was written, by name.
fn suspects(connection: &Connection, (table, name): (&str, &str), first: i64, rows: u64, entry: i64) -> Result<String, Fault> {
    let sql = format!("SELECT {name} FROM {table} WHERE key = ?1");
    let named: String = connection.query_row(&sql, params![first], |row| Ok(lossy(row, 0)))?;
    let others = match rows {
        1 => String::new(),
        2 => " or the next of its rows".to_owned(),
        _ => format!(" or one of the next {} of its rows", rows - 1),
    };
    Ok(format!("{named}{others} is not what entry {entry} of the log wrote"))
}

/// Whether of what only one row that holds can have, only one has it.
fn check_single(
    connection: &Connection,
    verification: &mut Verification<'_>,
    (table, name, single): (&str, &str, &str),
) -> Result<(), Fault> {
    let sql = format!("SELECT max(key), {name} FROM {table} WHERE until IS NULL GROUP BY {single} HAVING count(*) > 1");
    let mut query = connection.prepare(&sql)?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let key: i64 = row.get(0)?;
        verification.find(table, key, format!("{} holds twice", lossy(row, 1)), RELINK);
    }
    Ok(())
}

/// A column as it was hashed when it was written.
fn hashed(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<u8>> {
    Ok(match row.get_ref(column)? {
        ValueRef::Null => Vec::new(),
        ValueRef::Integer(value) => value.to_string().into_bytes(),
        ValueRef::Real(value) => number(value).into_bytes(),
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.to_vec(),
    })
}
