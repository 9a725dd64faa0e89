//! Are the columns of groups, the parties in them and the trees of where and when they lie what their contents give? Each group is
//! written once more into an empty record in memory, and what comes of it there is held against what stands here.

use std::collections::BTreeSet;

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Row, params};

use super::rows::lossy;
use super::{RESTORE, Verification};
use crate::error::Fault;
use crate::{Error, Record};

/// How many groups are written at a time.
const CHUNK: usize = 16_384;

/// A table that the triggers of `groups` fill: its columns, and which of them is the group's key.
struct Made {
    table: String,
    key: &'static str,
    columns: Vec<String>,
}

/// A group as it is kept.
struct Kept {
    key: i64,
    since: i64,
    until: Option<i64>,
    record: String,
}

/// Holds all groups against what their contents give.
pub(super) fn check(connection: &Connection, verification: &mut Verification<'_>) -> Result<(), Fault> {
    let mut after = i64::MIN;
    loop {
        let kept = kept(connection, after)?;
        let last = if kept.len() < CHUNK { i64::MAX } else { kept.last().map_or(i64::MAX, |group| group.key) };
        let memory = Record::in_memory("").map_err(|error: Error| Fault::Refused(error.kind(), error.to_string()))?;
        write(&memory.connection, verification, &kept)?;
        for made in tables(&memory.connection)? {
            compare(connection, &memory.connection, verification, &made, (after, last))?;
        }
        if last == i64::MAX {
            return Ok(());
        }
        after = last;
    }
}

fn kept(connection: &Connection, after: i64) -> rusqlite::Result<Vec<Kept>> {
    let mut query = connection.prepare_cached("SELECT key, since, until, record FROM groups WHERE key > ?1 ORDER BY key LIMIT ?2")?;
    let group = |row: &Row<'_>| Ok(Kept { key: row.get(0)?, since: row.get(1)?, until: row.get(2)?, record: lossy(row, 3) });
    query.query_map(params![after, CHUNK as i64], group)?.collect()
}

/// Writes groups as they were written; what cannot be is found.
fn write(memory: &Connection, verification: &mut Verification<'_>, kept: &[Kept]) -> Result<(), Fault> {
    memory.execute_batch("BEGIN")?;
    let mut insert = memory.prepare("INSERT INTO groups (key, since, record) VALUES (?1, ?2, ?3)")?;
    let mut close = memory.prepare("UPDATE groups SET until = ?2 WHERE key = ?1")?;
    for group in kept {
        if let Err(error) = insert.execute(params![group.key, group.since, group.record]) {
            verification.find("groups", group.key, format!("its contents do not read ({error})"), RESTORE);
        } else if group.until.is_some() {
            close.execute(params![group.key, group.until])?;
        }
    }
    Ok(memory.execute_batch("COMMIT")?)
}

/// `groups` and the tables that its triggers fill, as this program makes them.
fn tables(memory: &Connection) -> rusqlite::Result<Vec<Made>> {
    let mut query = memory.prepare(
        "SELECT t.name, c.name FROM pragma_table_list AS t JOIN pragma_table_xinfo(t.name) AS c
         WHERE t.schema = 'main' AND c.hidden <> 2 AND (
             t.name = 'groups' OR (t.type = 'virtual' AND t.name GLOB 'groups_*')
             OR EXISTS (SELECT 1 FROM pragma_table_xinfo(t.name) WHERE name = 'grouped'))
         ORDER BY t.name, c.cid",
    )?;
    let mut rows = query.query([])?;
    let mut tables: Vec<Made> = Vec::new();
    while let Some(row) = rows.next()? {
        let (table, column): (String, String) = (row.get(0)?, row.get(1)?);
        if tables.last().is_none_or(|last| last.table != table) {
            tables.push(Made { table, key: "key", columns: Vec::new() });
        }
        let Some(made) = tables.last_mut() else { continue };
        if column == "grouped" {
            made.key = "grouped";
        }
        made.columns.push(column);
    }
    // The number of a row that belongs to a group is any.
    tables.iter_mut().filter(|made| made.key == "grouped").for_each(|made| made.columns.retain(|column| column != "key"));
    Ok(tables)
}

/// Finds the groups for which a table has something else here than there.
fn compare(
    here: &Connection,
    there: &Connection,
    verification: &mut Verification<'_>,
    made: &Made,
    (after, last): (i64, i64),
) -> Result<(), Fault> {
    let (here, there) = (contents(here, made, after, last)?, contents(there, made, after, last)?);
    let mut differing: BTreeSet<i64> = BTreeSet::new();
    let (mut left, mut right) = (here.iter().peekable(), there.iter().peekable());
    while let Some((one, other)) = match (left.peek(), right.peek()) {
        (None, None) => None,
        (one, other) => Some((one.copied(), other.copied())),
    } {
        if one == other {
            left.next();
            right.next();
        } else if other.is_none() || one.is_some_and(|one| Some(one) < other) {
            differing.extend(left.next().map(|row| row.0));
        } else {
            differing.extend(right.next().map(|row| row.0));
        }
    }
    for key in differing {
        verification.find(&made.table, key, "what stands there is not what the contents of the group say", RESTORE);
    }
    Ok(())
}

/// What a table has for some groups, in order.
fn contents(connection: &Connection, made: &Made, after: i64, last: i64) -> rusqlite::Result<Vec<(i64, String)>> {
    let sql = format!("SELECT {key}, {} FROM {} WHERE {key} > ?1 AND {key} <= ?2", made.columns.join(", "), made.table, key = made.key);
    let mut query = connection.prepare(&sql)?;
    let columns = query.column_count();
    let row = |row: &Row<'_>| {
        let values = (1..columns).map(|column| row.get_ref(column).map(plain)).collect::<rusqlite::Result<Vec<Value>>>()?;
        Ok((row.get(0)?, format!("{values:?}")))
    };
    let mut rows = query.query_map([after, last], row)?.collect::<rusqlite::Result<Vec<_>>>()?;
    rows.sort_unstable();
    Ok(rows)
}

/// A value, with what does not read replaced.
fn plain(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Text(bytes) => Value::Text(String::from_utf8_lossy(bytes).into_owned()),
        other => other.try_into().unwrap_or(Value::Null),
    }
}
