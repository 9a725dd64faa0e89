//! What changed since a moment? Documents, statements and groups that began, changed or ended, last change first.

use std::ops::ControlFlow;

use rusqlite::types::Value;

use super::{Cursor, Listed, Paging, one_more, page};
use crate::moment::View;
use crate::{Error, Moment, Record};

/// What can change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeOf {
    /// Documents: they begin, and change when their text or what is told of it is another.
    Documents,
    /// Statements.
    Statements,
    /// Events, relations and series of estimates.
    Groups,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The id of what changed.
    pub id: String,
    /// How.
    pub kind: ChangeKind,
    /// RFC 3339: when.
    pub at: String,
    /// Who did it: a person, or a program with its version.
    pub who: String,
    /// What was done, as the log says.
    pub deed: String,
}

/// How something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// It came into the record.
    Began,
    /// It is otherwise than before.
    Changed,
    /// It no longer holds.
    Ended,
}

impl Record {
    /// What changed after a moment, last change first; looked at as the record stood at another, up to that one.
    ///
    /// Fails with [`ErrorKind::Unknown`](crate::ErrorKind::Unknown) for a release that there is not.
    pub fn changes(&self, of: ChangeOf, since: &Moment, paging: &Paging) -> Result<Listed<Changed>, Error> {
        let from = self.entry_at(since)?;
        let to = match self.view {
            View::Now => i64::MAX,
            View::After(entry) => entry,
        };
        let after = paging.after.as_ref().and_then(|cursor| Some((cursor.place.parse::<i64>().ok()?, cursor.key)));
        let (entry, key) = after.unwrap_or((to, i64::MAX));
        let mut found = Vec::new();
        for (entry_column, sql) in streams(of) {
            let sql = format!(
                "{sql} AND {entry_column} > ? AND {entry_column} <= ? AND ({entry_column} < ? OR t.key < ?)
                 ORDER BY {entry_column} DESC, t.key DESC LIMIT ?"
            );
            let values = [from, entry, entry, key].map(Value::from).into_iter().chain([one_more(paging.limit)]);
            self.each_row(&sql, values, |row| {
                found.push((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, String>(2)?, kind(row.get(3)?)));
                Ok(ControlFlow::Continue(()))
            })?;
        }
        found.sort_unstable_by_key(|(entry, key, ..)| std::cmp::Reverse((*entry, *key)));
        let (found, next) = page(found, paging.limit, |(entry, key, _, _)| Cursor { place: entry.to_string(), key: *key });
        let items = found.into_iter().map(|(entry, _, id, kind)| self.changed(entry, id, kind)).collect::<Result<_, _>>()?;
        Ok(Listed { items, next })
    }

    fn changed(&self, entry: i64, id: String, kind: ChangeKind) -> Result<Changed, Error> {
        let ask = || {
            self.connection
                .prepare_cached("SELECT at, who, what FROM log WHERE key = ?1")?
                .query_row([entry], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        };
        let (at, who, deed) = ask().map_err(|error| self.error(error))?;
        Ok(Changed { id, kind, at, who, deed })
    }
}

/// The kinds as the queries below write them.
fn kind(number: i64) -> ChangeKind {
    match number {
        0 => ChangeKind::Began,
        1 => ChangeKind::Changed,
        _ => ChangeKind::Ended,
    }
}

/// The queries that together meet all changes: the column of the entry of the log, and entry, key, id and kind of each row.
///
/// A row that begins at the entry at which another of the same id ends is a change.
fn streams(of: ChangeOf) -> &'static [(&'static str, &'static str)] {
    match of {
        ChangeOf::Documents => &[(
            "t.since",
            "SELECT t.since, t.key, t.id, t.key <> t.document OR t.version > 1 FROM documents AS t INDEXED BY documents_by_since WHERE TRUE",
        )],
        ChangeOf::Statements => &[
            (
                "t.since",
                "SELECT t.since, t.key, t.id,
                        EXISTS (SELECT 1 FROM statements AS o
                                WHERE o.id = t.id AND o.key <> t.key AND (o.until = t.since OR o.superseded = t.since))
                 FROM statements AS t INDEXED BY statements_by_since WHERE t.until IS NOT t.since",
            ),
            (
                "t.until",
                "SELECT t.until, t.key, t.id, 2 FROM statements AS t INDEXED BY statements_by_until
                 WHERE t.until <> t.since AND t.superseded IS NULL
                   AND NOT EXISTS (SELECT 1 FROM statements AS n WHERE n.id = t.id AND n.since = t.until)",
            ),
            (
                "t.superseded",
                "SELECT t.superseded, t.key, t.id, 2 FROM statements AS t INDEXED BY statements_by_superseded
                 WHERE NOT EXISTS (SELECT 1 FROM statements AS n WHERE n.id = t.id AND n.since = t.superseded)",
            ),
        ],
        ChangeOf::Groups => &[
            (
                "t.since",
                "SELECT t.since, t.key, t.id, EXISTS (SELECT 1 FROM groups AS o WHERE o.id = t.id AND o.until = t.since)
                 FROM groups AS t INDEXED BY groups_by_since WHERE TRUE",
            ),
            (
                "t.until",
                "SELECT t.until, t.key, t.id, 2 FROM groups AS t INDEXED BY groups_by_until
                 WHERE NOT EXISTS (SELECT 1 FROM groups AS n WHERE n.id = t.id AND n.since = t.until)",
            ),
        ],
    }
}
