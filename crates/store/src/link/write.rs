//! What does linking write?

use rusqlite::params;
use sayso_types::record::GroupRecord;
use sha2::Digest;

use super::Linking;
use super::read::list;
use crate::Error;

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
        let key = self.change.key();
        let set = || {
            let former: Option<(i64, String)> = rusqlite::OptionalExtension::optional(
                self.transaction
                    .prepare_cached("SELECT key, record FROM origins WHERE document = ?1 AND until IS NULL")?
                    .query_row([document], |row| Ok((row.get(0)?, row.get(1)?))),
            )?;
            if former.as_ref().map(|(_, record)| record.as_str()) == repeats.map(|(_, record)| record) {
                return Ok(false);
            }
            if let Some((row, _)) = former {
                self.transaction.prepare_cached("UPDATE origins SET until = ?2 WHERE key = ?1")?.execute([row, key])?;
            }
            if let Some((origin, record)) = repeats {
                self.transaction
                    .prepare_cached("INSERT INTO origins (document, origin, since, record) VALUES (?1, ?2, ?3, ?4)")?
                    .execute(params![document, origin, key, record])?;
            }
            Ok(true)
        };
        if set().map_err(|error: rusqlite::Error| self.failed(error))? {
            self.written.origins += 1;
            self.digest.update(format!("origin {document} {}\n", repeats.map_or("", |(_, record)| record)));
        }
        Ok(())
    }

    /// From now on a group is so; what is as it was is left alone.
    pub fn set_group(&mut self, group: &GroupChange) -> Result<(), Error> {
        let json = serde_json::to_string(&group.record).map_err(|error| Error::of_json(self.path, "a group", error))?;
        let (changed, moved) = self.write_group(group, &json).map_err(|error| self.failed(error))?;
        if changed {
            self.written.groups += 1;
            self.digest.update(format!("group {json}\n"));
        }
        for membership in &moved {
            self.digest.update(format!("member {} {}\n", group.record.id, membership.statement));
        }
        self.written.memberships += moved.len() as u64;
        Ok(())
    }

    /// Whether the group's record was written, and which memberships.
    fn write_group(&self, group: &GroupChange, json: &str) -> rusqlite::Result<(bool, Vec<Membership>)> {
        let (key, id) = (self.change.key(), group.record.id.as_str());
        let former: Option<(i64, String)> = rusqlite::OptionalExtension::optional(
            self.transaction
                .prepare_cached("SELECT key, record FROM groups WHERE id = ?1 AND until IS NULL")?
                .query_row([id], |row| Ok((row.get(0)?, row.get(1)?))),
        )?;
        let changed = former.as_ref().is_none_or(|(_, record)| record != json);
        if changed {
            if let Some((row, _)) = &former {
                self.transaction.prepare_cached("UPDATE groups SET until = ?2 WHERE key = ?1")?.execute([*row, key])?;
            }
            self.transaction.prepare_cached("INSERT INTO groups (since, record) VALUES (?1, ?2)")?.execute(params![key, json])?;
        }
        let known = if former.is_some() { self.known_members(id)? } else { Vec::new() };
        let kept = |row: &(i64, Membership)| group.members.contains(&row.1);
        for (row, _) in known.iter().filter(|row| !kept(row)) {
            self.transaction.prepare_cached("UPDATE members SET until = ?2 WHERE key = ?1")?.execute([*row, key])?;
        }
        let fresh = group.members.iter().filter(|member| !known.iter().any(|(_, old)| old == *member));
        let moved: Vec<Membership> = fresh.copied().collect();
        let sql = "INSERT INTO members (group_id, statement, joined_to, score, since) VALUES (?1, ?2, ?3, ?4, ?5)";
        let mut insert = self.transaction.prepare_cached(sql)?;
        for member in &moved {
            insert.execute(params![id, member.statement, member.joined_to, member.score, key])?;
        }
        Ok((changed, moved))
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
        let key = self.change.key();
        let end = || {
            let sql = "UPDATE members SET until = ?2 WHERE group_id = ?1 AND until IS NULL";
            self.transaction.prepare_cached(sql)?.execute(params![id, key])?;
            let sql = "UPDATE groups SET until = ?2 WHERE id = ?1 AND until IS NULL";
            self.transaction.prepare_cached(sql)?.execute(params![id, key])
        };
        if end().map_err(|error| self.failed(error))? > 0 {
            self.written.gone += 1;
            self.digest.update(format!("gone {id}\n"));
        }
        Ok(())
    }

    fn execute(&self, sql: &str, values: impl rusqlite::Params) -> Result<(), Error> {
        let run = || self.transaction.prepare_cached(sql)?.execute(values);
        run().map(drop).map_err(|error| self.failed(error))
    }
}
