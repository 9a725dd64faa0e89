//! What became of events, relations and series since an entry of the log? Which are new, which are no more, and where the statements
//! of these are now.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rusqlite::types::Value;

use crate::{Error, Record};

/// So many that are new, and that are no more, are named.
const NAMED: usize = 100;

/// What became of groups since an entry of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Became {
    /// The ids of those that are new, a hundred at most.
    pub made: Vec<String>,
    /// The ids of those that are no more, a hundred at most, each with the group in which most of its statements are now; `None` where
    /// these are in none.
    pub ended: BTreeMap<String, Option<String>>,
}

impl Record {
    /// The number of the log's last entry; 0 where it has none.
    pub fn last_entry(&self) -> Result<i64, Error> {
        self.connection.query_row("SELECT coalesce(max(key), 0) FROM log", [], |row| row.get(0)).map_err(|error| self.error(error))
    }

    /// What became of groups since an entry of the log.
    pub fn became(&self, since: i64) -> Result<Became, Error> {
        let made = "SELECT g.id FROM groups AS g INDEXED BY groups_by_since
                    WHERE g.since > ?1 AND g.until IS NULL AND NOT EXISTS (
                        SELECT 1 FROM groups AS o WHERE o.id = g.id AND o.since <= ?1 AND (o.until IS NULL OR o.until > ?1))
                    ORDER BY g.id LIMIT ?2";
        let ended = "SELECT DISTINCT g.id FROM groups AS g INDEXED BY groups_by_until
                     WHERE g.until > ?1 AND g.since <= ?1 AND NOT EXISTS (SELECT 1 FROM groups AS o WHERE o.id = g.id AND o.until IS NULL)
                     ORDER BY g.id LIMIT ?2";
        let mut became = Became { made: self.ids_of(made, since)?, ended: BTreeMap::new() };
        for id in self.ids_of(ended, since)? {
            let now = self.successor(&id, since)?;
            became.ended.insert(id, now);
        }
        Ok(became)
    }

    fn ids_of(&self, sql: &str, since: i64) -> Result<Vec<String>, Error> {
        let mut ids = Vec::new();
        let most = i64::try_from(NAMED).unwrap_or(i64::MAX);
        self.each_row(sql, [Value::from(since), Value::from(most)], |row| {
            ids.push(row.get(0)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(ids)
    }

    /// The group of the same kind in which most statements are now that were in one that is no more.
    fn successor(&self, id: &str, since: i64) -> Result<Option<String>, Error> {
        let sql = "SELECT now.group_id FROM members AS was
                   CROSS JOIN statements AS one ON one.key = was.statement
                   CROSS JOIN statements AS other ON other.id = one.id AND other.until IS NULL
                   CROSS JOIN members AS now ON now.statement = other.key AND now.until IS NULL
                   WHERE was.group_id = ?1 AND was.until > ?2 AND substr(now.group_id, 1, 2) = substr(?1, 1, 2)
                   GROUP BY now.group_id ORDER BY count(*) DESC, now.group_id LIMIT 1";
        let mut successor = None;
        self.each_row(sql, [Value::from(id.to_owned()), Value::from(since)], |row| {
            successor = Some(row.get(0)?);
            Ok(ControlFlow::Break(()))
        })?;
        Ok(successor)
    }
}
