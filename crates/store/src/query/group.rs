//! What is one group: its statements, how each came into it, and what it was before it was put together or taken apart?

use std::ops::ControlFlow;

use rusqlite::types::Value;
use sayso_types::record::{GroupRecord, StatementRecord};

use super::{Cursor, Listed, Paging, one_more, page};
use crate::ask::Json;
use crate::{Error, Record};

/// A group as the record holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredGroup {
    /// In short.
    pub record: GroupRecord,
    /// RFC 3339: since when the record has a group of this id.
    pub since: String,
    /// RFC 3339: since when it is as it stands.
    pub changed: String,
    /// Groups from which statements came into it when it was put together with them or taken out of them.
    pub former: Vec<FormerGroup>,
}

/// A group from which statements came into another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerGroup {
    /// Its id.
    pub id: String,
    /// RFC 3339: when they came.
    pub at: String,
    /// All of it, or some.
    pub moved: Moved,
}

/// How much of a group came into another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// It is no more: the two were put together.
    Whole,
    /// It goes on without these statements.
    Part,
}

/// A statement of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupMember {
    /// The statement.
    pub statement: StatementRecord,
    /// The id of the member that it is like; `None` for the first.
    pub joined_to: Option<String>,
    /// How surely they are one; `None` for the first, and where a person decided.
    pub score: Option<f64>,
}

impl Record {
    /// The group of this id, or of the one id that begins so.
    ///
    /// Fails with [`ErrorKind::Unknown`](crate::ErrorKind::Unknown) or [`ErrorKind::Ambiguous`](crate::ErrorKind::Ambiguous).
    pub fn group(&self, id: &str) -> Result<StoredGroup, Error> {
        let ids = self.beginning("groups", id)?;
        let id = self.only("group", id, &ids)?;
        let sql = format!(
            "SELECT g.record, (SELECT at FROM log WHERE key = g.since),
                    (SELECT at FROM log WHERE key = (SELECT min(since) FROM groups WHERE id = g.id))
             FROM groups AS g WHERE g.id = ? AND {}",
            self.view.holds("g")
        );
        let mut found = None;
        self.each_row(&sql, [Value::from(id.to_owned())], |row| {
            found = Some((row.get::<_, Json<GroupRecord>>(0)?.0, row.get(1)?, row.get(2)?));
            Ok(ControlFlow::Break(()))
        })?;
        let Some((record, changed, since)) = found else { return Err(self.unknown("group", id)) };
        Ok(StoredGroup { former: self.former_groups(id)?, record, since, changed })
    }

    /// The statements of the group of exactly this id, in the order of reading.
    pub fn group_members(&self, id: &str, paging: &Paging) -> Result<Listed<GroupMember>, Error> {
        let sql = format!(
            "SELECT m.statement, s.record, (SELECT id FROM statements WHERE key = m.joined_to), m.score
             FROM members AS m CROSS JOIN statements AS s ON s.key = m.statement
             WHERE m.group_id = ? AND {} AND m.statement > ? ORDER BY m.statement LIMIT ?",
            self.view.holds("m")
        );
        let after = paging.after.as_ref().map_or(0, |cursor| cursor.key);
        let mut found = Vec::new();
        self.each_row(&sql, [Value::from(id.to_owned()), Value::from(after), one_more(paging.limit)], |row| {
            let member = GroupMember { statement: row.get::<_, Json<_>>(1)?.0, joined_to: row.get(2)?, score: row.get(3)? };
            found.push((row.get::<_, i64>(0)?, member));
            Ok(ControlFlow::Continue(()))
        })?;
        let (found, next) = page(found, paging.limit, |(key, _)| Cursor { place: String::new(), key: *key });
        Ok(Listed { items: found.into_iter().map(|(_, member)| member).collect(), next })
    }

    /// Where statements of a group were, if they left another group at the moment at which they came into this one.
    fn former_groups(&self, id: &str) -> Result<Vec<FormerGroup>, Error> {
        let sql = format!(
            "SELECT f.group_id, (SELECT at FROM log WHERE key = m.since),
                    EXISTS (SELECT 1 FROM groups AS o WHERE o.id = f.group_id AND (o.until IS NULL OR o.until > m.since) AND o.since <= m.since)
             FROM members AS m CROSS JOIN members AS f ON f.statement = m.statement AND f.until = m.since AND f.group_id <> m.group_id
             WHERE m.group_id = ? AND {} GROUP BY m.since, f.group_id ORDER BY m.since, f.group_id",
            self.view.holds("m")
        );
        let mut former = Vec::new();
        self.each_row(&sql, [Value::from(id.to_owned())], |row| {
            let moved = if row.get(2)? { Moved::Part } else { Moved::Whole };
            former.push(FormerGroup { id: row.get(0)?, at: row.get(1)?, moved });
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(former)
    }
}
