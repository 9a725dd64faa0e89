//! Where does a statement stand, and where is what a group that is no more had?

use std::ops::ControlFlow;

use rusqlite::types::Value;
use sayso_types::record::GroupRecord;

use crate::{Error, ErrorKind, Record};

/// So many groups are named of one that was taken apart.
const MOST_SUCCESSORS: usize = 20;

impl Record {
    /// The events, relations and series that the statement of exactly this id stands in.
    pub fn groups_with(&self, statement: &str) -> Result<Vec<GroupRecord>, Error> {
        let sql = format!(
            "SELECT DISTINCT m.group_id FROM statements AS s INDEXED BY statements_by_id
             CROSS JOIN members AS m INDEXED BY members_by_statement ON m.statement = s.key
             WHERE s.id = ? AND {} ORDER BY 1",
            self.view.holds("m")
        );
        self.groups_named(&sql, Value::from(statement.to_owned()))
    }

    /// The groups in which the statements stand that the group of exactly this id had last; of one that still is, itself.
    ///
    /// Fails with [`ErrorKind::Unknown`] where the record never had such a group.
    pub fn successors(&self, group: &str) -> Result<Vec<GroupRecord>, Error> {
        let sql = format!(
            "SELECT DISTINCT m.group_id
             FROM (SELECT DISTINCT statement FROM members INDEXED BY members_by_group
                   WHERE group_id = ?1 AND (until IS NULL OR until = (SELECT max(until) FROM members WHERE group_id = ?1))) AS chosen
             CROSS JOIN members AS m INDEXED BY members_by_statement ON m.statement = chosen.statement
             WHERE {} ORDER BY 1 LIMIT {MOST_SUCCESSORS}",
            self.view.holds("m")
        );
        let successors = self.groups_named(&sql, Value::from(group.to_owned()))?;
        let known = "SELECT 1 FROM members INDEXED BY members_by_group WHERE group_id = ? LIMIT 1";
        let mut was = !successors.is_empty();
        if !was {
            self.each_row(known, [Value::from(group.to_owned())], |_| {
                was = true;
                Ok(ControlFlow::Break(()))
            })?;
        }
        if was {
            Ok(successors)
        } else {
            Err(Error::new(ErrorKind::Unknown, self.path(), format!("the record never had a group `{group}`")))
        }
    }

    fn groups_named(&self, sql: &str, value: Value) -> Result<Vec<GroupRecord>, Error> {
        let mut ids: Vec<String> = Vec::new();
        self.each_row(sql, [value], |row| {
            ids.push(row.get(0)?);
            Ok(ControlFlow::Continue(()))
        })?;
        ids.iter().map(|id| Ok(self.group(id)?.record)).collect()
    }
}
