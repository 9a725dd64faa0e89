//! What changed between two moments of the record, and through whom?

mod groups;

use std::collections::BTreeMap;

use rusqlite::{Connection, Row};

use crate::history::told;
use crate::log::Deed;
use crate::moment::View;
use crate::{Error, Moment, Record, ask::Json};

/// How something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It is there only later.
    Added,
    /// It is there only earlier.
    Removed,
    /// It is there at both moments and not the same.
    Changed,
}

impl Change {
    /// The code as output writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Change::Added => "added",
            Change::Removed => "removed",
            Change::Changed => "changed",
        }
    }
}

/// A document, statement or group of statements that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// How.
    pub change: Change,
    /// Its id.
    pub id: String,
    /// The document's id, of a statement; of a document, what it is now: "version 2"; of a group, what it tells: "event assault, Kunduz".
    pub of: String,
    /// What is otherwise, of a group that changed: "weak → fair; killed 24 → 31"; else empty.
    pub what: String,
    /// Who or what made it so: "Ann: reject 5d1c", "sayso 0.2.0: read"; of a group, what came before it was linked anew.
    pub through: String,
}

/// What differs between two moments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Documents in their latest texts, by id.
    pub documents: Vec<Differing>,
    /// Statements of these that were not rejected, by id.
    pub statements: Vec<Differing>,
    /// Events, relations and series, by id.
    pub groups: Vec<Differing>,
}

impl Difference {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        *self == Difference::default()
    }
}

/// A row that stands at one of the moments only.
struct Standing {
    id: String,
    of: String,
    contents: String,
    /// The entry through which it came or went.
    entry: i64,
}

impl Record {
    /// What is otherwise at one moment than at an earlier one.
    pub fn diff(&self, earlier: &Moment, later: &Moment) -> Result<Difference, Error> {
        let (earlier, later) = (self.entry_at(earlier)?, self.entry_at(later)?);
        let ask = || {
            Ok(Difference {
                documents: differing(&self.connection, &documents(earlier, later), &documents(later, earlier))?,
                statements: differing(&self.connection, &statements(earlier, later), &statements(later, earlier))?,
                groups: groups::differing(&self.connection, earlier, later)?,
            })
        };
        ask().map_err(|error| self.error(error))
    }
}

impl Record {
    /// How many documents, events, relations and series were written between two moments: how much there is to compare.
    pub fn written_between(&self, earlier: &Moment, later: &Moment) -> Result<u64, Error> {
        let (earlier, later) = (self.entry_at(earlier)?, self.entry_at(later)?);
        let sql = "SELECT (SELECT count(*) FROM documents INDEXED BY documents_by_since WHERE since > ?1 AND since <= ?2)
                        + (SELECT count(*) FROM groups INDEXED BY groups_by_since WHERE since > ?1 AND since <= ?2)";
        let ask = || {
            self.connection.prepare_cached(&self.narrowed.of(sql))?.query_row([earlier.min(later), earlier.max(later)], |row| row.get(0))
        };
        ask().map_err(|error| self.error(error))
    }
}

/// The documents that stand at one moment and not so at the other.
fn documents(at: i64, other: i64) -> String {
    let (here, there) = (View::After(at), View::After(other));
    let entry = entry("d", at, other);
    format!(
        "SELECT d.id, 'version ' || d.version, d.record, {entry} FROM documents AS d WHERE {} AND {} AND NOT ({} AND {})",
        here.holds("d"),
        here.is_latest("d"),
        there.holds("d"),
        there.is_latest("d")
    )
}

/// The statements that stand at one moment and not so at the other.
fn statements(at: i64, other: i64) -> String {
    let (here, there) = (View::After(at), View::After(other));
    let entry = entry("s", at, other);
    format!(
        "SELECT s.id, s.record ->> '$.document_id', s.record, {entry} FROM statements AS s
         WHERE s.review IS NOT 'rejected' AND {} AND {} AND NOT ({} AND {})",
        here.holds("s"),
        here.is_latest("s"),
        there.holds("s"),
        there.is_latest("s")
    )
}

/// The entry through which a row stands at one moment and not at the other.
fn entry(table: &str, at: i64, other: i64) -> String {
    if at >= other {
        format!("{table}.since")
    } else {
        format!("min(coalesce({table}.until, {table}.superseded), coalesce({table}.superseded, {table}.until))")
    }
}

fn differing(connection: &Connection, earlier: &str, later: &str) -> rusqlite::Result<Vec<Differing>> {
    let (mut gone, come) = (standing(connection, earlier)?, standing(connection, later)?);
    let mut differing = Vec::new();
    for (id, row) in come {
        match gone.remove(&id) {
            None => differing.push(row.differing(connection, Change::Added)?),
            Some(former) if former.contents != row.contents => differing.push(row.differing(connection, Change::Changed)?),
            Some(_) => {}
        }
    }
    for row in gone.into_values() {
        differing.push(row.differing(connection, Change::Removed)?);
    }
    differing.sort_by(|a, b| (a.change, &a.id).cmp(&(b.change, &b.id)));
    Ok(differing)
}

fn standing(connection: &Connection, sql: &str) -> rusqlite::Result<BTreeMap<String, Standing>> {
    let mut query = connection.prepare(sql)?;
    let of_row = |row: &Row<'_>| {
        let id: String = row.get(0)?;
        Ok((id.clone(), Standing { id, of: row.get(1)?, contents: row.get(2)?, entry: row.get(3)? }))
    };
    query.query_map([], of_row)?.collect()
}

impl Standing {
    fn differing(self, connection: &Connection, change: Change) -> rusqlite::Result<Differing> {
        let sql =
            "SELECT l.who, l.what, c.action FROM log AS l LEFT JOIN decisions AS c ON c.key = l.entry ->> '$.decision' WHERE l.key = ?1";
        let through = connection.prepare_cached(sql)?.query_row([self.entry], |row| {
            let (who, what): (String, String) = (row.get(0)?, row.get(1)?);
            let action = row.get::<_, Option<Json<_>>>(2)?.map(|json| told(&json.0));
            Ok(match action {
                Some(action) if what == Deed::Decided.as_str() => format!("{who}: {action}"),
                Some(action) => format!("{who}: {what}: {action}"),
                None if what == Deed::Documents.as_str() => format!("{who}: read"),
                None => format!("{who}: {what}"),
            })
        })?;
        Ok(Differing { change, id: self.id, of: self.of, what: String::new(), through })
    }
}
