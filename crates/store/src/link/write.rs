//! What does linking write?

use super::read::list;
use super::{Linking, digest};
use crate::Error;
use rusqlite::{OptionalExtension, params};
use sayso_types::record::GroupRecord;

/// A statement of a group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Membership {
    /// Its number.
    pub statement: i64,
    /// The member that it is like, or that a person put it together with; `None` for the first.
    pub joined_to: Option<i64>,
    /// How surely they are one; `None` for the first, and where a person decided.
    pub score: Option<f64>,
}

/// A group as it is from now on.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupChange {
    /// In short.
    pub record: GroupRecord,
    /// Its statements.
    pub members: Vec<Membership>,
}

impl Linking<'_> {
    /// Forgets what is known of some documents for comparing them.
    pub fn forget_documents(&self, documents: &[i64]) -> Result<(), Error> {
        for sql in [
            "DELETE FROM sketches WHERE document IN (SELECT value FROM json_each(?1))",
            "DELETE FROM overlaps WHERE one IN (SELECT value FROM json_each(?1))",
            "DELETE FROM overlaps WHERE other IN (SELECT value FROM json_each(?1))",
        ] {
            self.execute(sql, [list(documents)])?;
        }
        Ok(())
    }

    /// Forgets what is known of some statements for comparing them.
    pub fn forget_statements(&self, statements: &[i64]) -> Result<(), Error> {
        for sql in [
            "DELETE FROM likes WHERE statement IN (SELECT value FROM json_each(?1))",
            "DELETE FROM pairs WHERE one IN (SELECT value FROM json_each(?1))",
            "DELETE FROM pairs WHERE other IN (SELECT value FROM json_each(?1))",
        ] {
            self.execute(sql, [list(statements)])?;
        }
        Ok(())
    }

    /// Forgets all that is known for comparing: what linking everything from nothing begins with.
    pub fn forget_all(&self) -> Result<(), Error> {
        let sql = "DELETE FROM sketches; DELETE FROM overlaps; DELETE FROM likes; DELETE FROM pairs;";
        self.transaction.execute_batch(sql).map_err(|error| self.failed(error))
    }

    /// Keeps keys of sketches: key and document.
    pub fn keep_sketches(&self, keys: &[(i64, i64)]) -> Result<(), Error> {
        self.keep_keys("INSERT OR IGNORE INTO sketches (key, document) VALUES (?1, ?2)", keys)
    }

    /// Keeps keys of statements: key and statement.
    pub fn keep_likes(&self, keys: &[(i64, i64)]) -> Result<(), Error> {
        self.keep_keys("INSERT OR IGNORE INTO likes (key, statement) VALUES (?1, ?2)", keys)
    }

    /// Rows in the order of their keys are written several times as fast.
    fn keep_keys(&self, sql: &str, keys: &[(i64, i64)]) -> Result<(), Error> {
        let mut sorted = keys.to_vec();
        sorted.sort_unstable();
        let keep = || {
            let mut insert = self.transaction.prepare_cached(sql)?;
            sorted.iter().try_for_each(|(key, of)| insert.execute(params![key, of]).map(drop))
        };
        keep().map_err(|error| self.failed(error))
    }

    /// Keeps how much of two documents stands in each other, as JSON.
    pub fn keep_overlaps(&self, overlaps: &[(i64, i64, String)]) -> Result<(), Error> {
        let keep = || {
            let sql = "INSERT OR REPLACE INTO overlaps (one, other, record) VALUES (?1, ?2, ?3)";
            let mut insert = self.transaction.prepare_cached(sql)?;
            overlaps.iter().try_for_each(|(one, other, record)| insert.execute(params![one, other, record]).map(drop))
        };
        keep().map_err(|error| self.failed(error))
    }

    /// Keeps how surely two statements speak of one event.
    pub fn keep_pairs(&self, pairs: &[(i64, i64, f32)]) -> Result<(), Error> {
        let keep = || {
            let sql = "INSERT OR REPLACE INTO pairs (one, other, score) VALUES (?1, ?2, ?3)";
            let mut insert = self.transaction.prepare_cached(sql)?;
            pairs.iter().try_for_each(|(one, other, score)| insert.execute(params![one, other, f64::from(*score)]).map(drop))
        };
        keep().map_err(|error| self.failed(error))
    }

    /// From now on a document repeats `origin`'s text as the JSON `record` tells; where there is none, it repeats nothing.
    pub fn set_origin(&mut self, document: i64, repeats: Option<(i64, &str)>) -> Result<(), Error> {
        if self.write_origin(document, repeats).map_err(|error| self.failed(error))? {
            self.written.origins += 1;
        }
        Ok(())
    }

    /// Whether it was written.
    fn write_origin(&mut self, document: i64, repeats: Option<(i64, &str)>) -> rusqlite::Result<bool> {
        let key = self.change.key();
        let former: Option<(i64, String)> = self
            .transaction
            .prepare_cached("SELECT key, record FROM origins WHERE document = ?1 AND until IS NULL")?
            .query_row([document], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        if former.as_ref().map(|(_, record)| record.as_str()) == repeats.map(|(_, record)| record) {
            return Ok(false);
        }
        if let Some((row, _)) = former {
            self.transaction.prepare_cached("UPDATE origins SET until = ?2 WHERE key = ?1")?.execute([row, key])?;
            self.rows.origins.close(row);
        }
        if let Some((origin, record)) = repeats {
            let row = self
                .transaction
                .prepare_cached("INSERT INTO origins (document, origin, since, record) VALUES (?1, ?2, ?3, ?4)")?
                .insert(params![document, origin, key, record])?;
            self.rows.origins.write(row, [document.to_string().as_str(), origin.to_string().as_str(), record]);
        }
        Ok(true)
    }

    /// From now on a group is so; what is as it was is left alone.
    pub fn set_group(&mut self, group: &GroupChange) -> Result<(), Error> {
        let json = serde_json::to_string(&group.record).map_err(|error| Error::of_json(self.path, "a group", error))?;
        let changed = self.write_group(group, &json).map_err(|error| self.failed(error))?;
        self.written.groups += u64::from(changed);
        Ok(())
    }

    /// Whether the group's record was written.
    fn write_group(&mut self, group: &GroupChange, json: &str) -> rusqlite::Result<bool> {
        let (key, id) = (self.change.key(), group.record.id.as_str());
        let former: Option<(i64, String)> = self
            .transaction
            .prepare_cached("SELECT key, record FROM groups WHERE id = ?1 AND until IS NULL")?
            .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let changed = former.as_ref().is_none_or(|(_, record)| record != json);
        if changed {
            if let Some((row, _)) = &former {
                self.transaction.prepare_cached("UPDATE groups SET until = ?2 WHERE key = ?1")?.execute([*row, key])?;
                self.rows.groups.close(*row);
            }
            let row = self.transaction.prepare_cached("INSERT INTO groups (since, record) VALUES (?1, ?2)")?.insert(params![key, json])?;
            self.rows.groups.write(row, [json]);
        }
        let known = if former.is_some() { self.known_members(id)? } else { Vec::new() };
        for (row, _) in known.iter().filter(|(_, old)| !group.members.contains(old)) {
            self.transaction.prepare_cached("UPDATE members SET until = ?2 WHERE key = ?1")?.execute([*row, key])?;
            self.rows.members.close(*row);
        }
        for member in group.members.iter().filter(|member| !known.iter().any(|(_, old)| old == *member)) {
            self.write_member(id, member)?;
        }
        Ok(changed)
    }

    fn write_member(&mut self, id: &str, member: &Membership) -> rusqlite::Result<()> {
        let Membership { statement, joined_to, score } = member;
        let sql = "INSERT INTO members (group_id, statement, joined_to, score, since) VALUES (?1, ?2, ?3, ?4, ?5)";
        let row = self.transaction.prepare_cached(sql)?.insert(params![id, statement, joined_to, score, self.change.key()])?;
        let joined_to = joined_to.map_or_else(String::new, |to| to.to_string());
        let score = score.map_or_else(String::new, digest::number);
        self.rows.members.write(row, [id, &statement.to_string(), &joined_to, &score]);
        self.written.memberships += 1;
        Ok(())
    }

    fn known_members(&self, id: &str) -> rusqlite::Result<Vec<(i64, Membership)>> {
        let sql = "SELECT key, statement, joined_to, score FROM members WHERE group_id = ?1 AND until IS NULL";
        let mut query = self.transaction.prepare_cached(sql)?;
        let rows = query
            .query_map([id], |row| Ok((row.get(0)?, Membership { statement: row.get(1)?, joined_to: row.get(2)?, score: row.get(3)? })))?;
        rows.collect()
    }

    /// From now on there is no such group.
    pub fn end_group(&mut self, id: &str) -> Result<(), Error> {
        let members = self.close("UPDATE members SET until = ?2 WHERE group_id = ?1 AND until IS NULL RETURNING key", id)?;
        members.into_iter().for_each(|row| self.rows.members.close(row));
        let groups = self.close("UPDATE groups SET until = ?2 WHERE id = ?1 AND until IS NULL RETURNING key", id)?;
        self.written.gone += u64::from(!groups.is_empty());
        groups.into_iter().for_each(|row| self.rows.groups.close(row));
        Ok(())
    }

    /// The rows that were closed.
    fn close(&self, sql: &str, id: &str) -> Result<Vec<i64>, Error> {
        let close = || {
            let mut update = self.transaction.prepare_cached(sql)?;
            update.query_map(params![id, self.change.key()], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()
        };
        close().map_err(|error| self.failed(error))
    }

    fn execute(&self, sql: &str, values: impl rusqlite::Params) -> Result<(), Error> {
        let run = || self.transaction.prepare_cached(sql)?.execute(values);
        run().map(drop).map_err(|error| self.failed(error))
    }
}
