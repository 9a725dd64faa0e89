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

    /// The groups in which the statements stand that the group of exactly this id had last; of one that still is, itself. Statements
    /// are followed by their ids, since every decision on one gives it another row.
    ///
    /// Fails with [`ErrorKind::Unknown`] where the record never had such a group.
    pub fn successors(&self, group: &str) -> Result<Vec<GroupRecord>, Error> {
        let sql = format!(
            "SELECT DISTINCT m.group_id
             FROM (SELECT DISTINCT statement FROM members INDEXED BY members_by_group
                   WHERE group_id = ?1 AND (until IS NULL OR until = (SELECT max(until) FROM members WHERE group_id = ?1))) AS chosen
             CROSS JOIN statements AS f ON f.key = chosen.statement
             CROSS JOIN statements AS s INDEXED BY statements_by_id ON s.id = f.id
             CROSS JOIN members AS m INDEXED BY members_by_statement ON m.statement = s.key
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

    /// The ids of the documents that give the text of the document of exactly this id again, first read one first.
    pub fn copies_of(&self, document: &str) -> Result<Vec<String>, Error> {
        let sql = format!(
            "SELECT DISTINCT d.id FROM documents AS f CROSS JOIN origins AS o INDEXED BY origins_by_origin ON o.origin = f.document
             CROSS JOIN documents AS d INDEXED BY documents_by_document ON d.document = o.document
             WHERE f.id = ? AND {} AND {} AND {} ORDER BY o.document LIMIT {MOST_SUCCESSORS}",
            self.view.holds("f"),
            self.view.holds("o"),
            self.view.holds("d")
        );
        let mut ids = Vec::new();
        self.each_row(&sql, [Value::from(document.to_owned())], |row| {
            ids.push(row.get(0)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(ids)
    }

    /// The events that some statement of the event of exactly this id was found like, the most alike first, with how alike: what was
    /// compared and not joined, or joined otherwise.
    pub fn events_like(&self, event: &str) -> Result<Vec<(GroupRecord, f64)>, Error> {
        let holds = |table: &str| self.view.holds(table);
        let sql = format!(
            "WITH chosen AS (SELECT statement FROM members INDEXED BY members_by_group WHERE group_id = ?1 AND {}),
                  alike AS (SELECT p.other, p.score FROM chosen CROSS JOIN pairs AS p ON p.one = chosen.statement
                            UNION ALL
                            SELECT p.one, p.score FROM chosen CROSS JOIN pairs AS p INDEXED BY pairs_by_other ON p.other = chosen.statement)
             SELECT m.group_id, max(h.score) AS score
             FROM alike AS h CROSS JOIN members AS m INDEXED BY members_by_statement ON m.statement = h.other
             WHERE m.group_id <> ?1 AND m.group_id >= 'e-' AND m.group_id < 'e.' AND {}
             GROUP BY m.group_id ORDER BY score DESC, m.group_id LIMIT {MOST_SUCCESSORS}",
            holds("members"),
            holds("m")
        );
        let mut found: Vec<(String, f64)> = Vec::new();
        self.each_row(&sql, [Value::from(event.to_owned())], |row| {
            found.push((row.get(0)?, row.get(1)?));
            Ok(ControlFlow::Continue(()))
        })?;
        found.into_iter().map(|(id, score)| Ok((self.group(&id)?.record, score))).collect()
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
