//! What does linking read?

use rusqlite::Connection;
use rusqlite::types::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rusqlite::{Row, params_from_iter};
use sayso_types::record::{DocumentRecord, GroupRecord, StatementRecord};

use super::write::Membership;
use crate::ask::Json;
use crate::moment::View;
use crate::restricted::asked;
use crate::{Error, ErrorKind, Record};

/// A document with its number: that of its text, which stays when its metadata change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberedDocument {
    /// Its number.
    pub number: i64,
    /// The document.
    pub record: DocumentRecord,
}

/// A statement with its number and its document's.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberedStatement {
    /// Its number.
    pub number: i64,
    /// Its document's.
    pub document: i64,
    /// Which one of its document's, from 0: it stays when people decide on it, as its number does not.
    pub position: i64,
    /// The statement.
    pub record: StatementRecord,
}

/// What changed since the last linking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unlinked {
    /// Documents, by number, that are new or have other metadata.
    pub documents: Vec<i64>,
    /// Documents, by number, that hold no more: another text of theirs is the latest.
    pub former: Vec<i64>,
    /// Statements, by number, that are new.
    pub statements: Vec<i64>,
    /// Statements, by number, that hold no more or that people rejected.
    pub gone: Vec<i64>,
    /// Whether people decided or undid something.
    pub decided: bool,
}

impl Unlinked {
    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        *self == Unlinked::default()
    }
}

/// What can be read of a record for linking, as it stands or as it stood.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'r> {
    pub(crate) connection: &'r Connection,
    pub(crate) path: &'r Path,
    pub(crate) view: View,
    pub(crate) narrowed: bool,
}

impl Record {
    /// What can be read for linking, as of the moment that the record is looked at.
    pub fn reading(&self) -> Reading<'_> {
        Reading { connection: &self.connection, path: &self.path, view: self.view, narrowed: self.narrowed.narrow }
    }
}

impl Reading<'_> {
    /// That a row of documents or statements stands.
    fn standing(&self, table: &str) -> String {
        format!("({} AND {})", self.view.holds(table), self.view.is_latest(table))
    }

    /// The last entry of the log that was taken into account by a linking; 0 where there was none.
    pub fn seen(&self) -> Result<i64, Error> {
        self.one("SELECT coalesce(max(seen), 0) FROM linkings")
    }

    /// What changed since.
    pub fn unlinked(&self) -> Result<Unlinked, Error> {
        let seen = self.seen()?;
        let (documents, statements) = (self.standing("documents"), self.standing("statements"));
        let numbers = |sql: &str| self.numbers(sql, [Value::from(seen)]);
        // Left to itself, SQLite reads the whole tables in the order that is asked for.
        Ok(Unlinked {
            documents: numbers(&format!(
                "SELECT DISTINCT document FROM documents INDEXED BY documents_by_since WHERE since > ?1 AND {documents} ORDER BY 1"
            ))?,
            former: numbers(
                "SELECT DISTINCT document FROM documents INDEXED BY documents_by_superseded WHERE superseded > ?1 AND since <= ?1 ORDER BY 1",
            )?,
            statements: numbers(&format!(
                "SELECT key FROM statements INDEXED BY statements_by_since
                 WHERE since > ?1 AND {statements} AND review IS NOT 'rejected' ORDER BY 1"
            ))?,
            gone: numbers(
                "SELECT key FROM statements INDEXED BY statements_by_until WHERE until > ?1 AND since <= ?1
                 UNION SELECT key FROM statements INDEXED BY statements_by_superseded WHERE superseded > ?1 AND since <= ?1 ORDER BY 1",
            )?,
            decided: !numbers("SELECT 1 FROM decision_states WHERE since > ?1 OR until > ?1 LIMIT 1")?.is_empty(),
        })
    }

    /// Hands on every document that holds, in the order of reading.
    pub fn each_document(&self, mut take: impl FnMut(NumberedDocument)) -> Result<(), Error> {
        let standing = self.standing("documents");
        self.each(&format!("SELECT document, record FROM documents WHERE {standing} ORDER BY document"), [], |row| {
            take(numbered_document(row)?);
            Ok(())
        })
    }

    /// The documents of some numbers that hold, in the order of reading.
    pub fn documents(&self, numbers: &[i64]) -> Result<Vec<NumberedDocument>, Error> {
        let standing = self.standing("documents");
        let mut found = Vec::new();
        let sql = format!(
            "SELECT document, record FROM documents WHERE document IN (SELECT value FROM json_each(?1)) AND {standing} ORDER BY document"
        );
        self.each(&sql, [list(numbers)], |row| {
            found.push(numbered_document(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The number of the latest text of a document.
    pub fn number_of(&self, id: &str) -> Result<i64, Error> {
        let sql = format!("SELECT document FROM documents WHERE id = ?1 AND {} ORDER BY version DESC LIMIT 1", self.standing("documents"));
        let number = self.numbers(&sql, [Value::from(id.to_owned())])?.pop();
        number.ok_or_else(|| Error::new(ErrorKind::Unknown, self.path, format!("no document has the id `{id}`")))
    }

    /// Hands on every statement that holds, in the order of reading.
    pub fn each_statement(&self, mut take: impl FnMut(NumberedStatement)) -> Result<(), Error> {
        let standing = self.standing("statements");
        let sql =
            format!("SELECT key, document, record, position FROM statements WHERE {standing} AND review IS NOT 'rejected' ORDER BY key");
        self.each(&sql, [], |row| {
            take(numbered_statement(row)?);
            Ok(())
        })
    }

    /// The statements of some numbers that hold, in the order of reading.
    pub fn statements(&self, numbers: &[i64]) -> Result<Vec<NumberedStatement>, Error> {
        let standing = self.standing("statements");
        let mut found = Vec::with_capacity(numbers.len());
        let sql = format!(
            "SELECT key, document, record, position FROM statements
             WHERE key IN (SELECT value FROM json_each(?1)) AND {standing} AND review IS NOT 'rejected' ORDER BY key"
        );
        self.each(&sql, [list(numbers)], |row| {
            found.push(numbered_statement(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The numbers of the statements that some documents make.
    pub fn statements_of(&self, documents: &[i64]) -> Result<Vec<i64>, Error> {
        let standing = self.standing("statements");
        let sql = format!(
            "SELECT key FROM statements WHERE document IN (SELECT value FROM json_each(?1)) AND {standing}
             AND review IS NOT 'rejected' ORDER BY key"
        );
        self.numbers(&sql, [list(documents)])
    }

    /// The documents whose sketch has one of some keys: key and number, at most `most` a key, in the order of reading.
    pub fn sketched(&self, keys: &[i64], most: u32) -> Result<Vec<(i64, i64)>, Error> {
        self.under_keys("SELECT document FROM sketches WHERE key = ?1 ORDER BY document LIMIT ?2", keys, most)
    }

    /// The statements that have one of some keys: key and number, at most `most` a key, last read first.
    pub fn alike(&self, keys: &[i64], most: u32) -> Result<Vec<(i64, i64)>, Error> {
        self.under_keys("SELECT statement FROM likes WHERE key = ?1 ORDER BY statement DESC LIMIT ?2", keys, most)
    }

    fn under_keys(&self, sql: &str, keys: &[i64], most: u32) -> Result<Vec<(i64, i64)>, Error> {
        let mut found = Vec::new();
        for key in keys {
            self.each(sql, [Value::from(*key), Value::from(most)], |row| {
                found.push((*key, row.get(0)?));
                Ok(())
            })?;
        }
        Ok(found)
    }

    /// The overlaps of some documents with any, as JSON.
    pub fn overlaps(&self, documents: &[i64]) -> Result<Vec<String>, Error> {
        let mut found = Vec::new();
        let sql = "SELECT record FROM overlaps WHERE one IN (SELECT value FROM json_each(?1))
                   UNION SELECT record FROM overlaps WHERE other IN (SELECT value FROM json_each(?1))";
        self.each(sql, [list(documents)], |row| {
            found.push(row.get(0)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// What some documents repeat: number, and the JSON that was kept of it.
    pub fn origins(&self, documents: &[i64]) -> Result<Vec<(i64, String)>, Error> {
        let mut found = Vec::new();
        let sql = format!(
            "SELECT document, record FROM origins WHERE document IN (SELECT value FROM json_each(?1)) AND {}",
            self.view.holds("origins")
        );
        self.each(&sql, [list(documents)], |row| {
            found.push((row.get(0)?, row.get(1)?));
            Ok(())
        })?;
        Ok(found)
    }

    /// How surely statements speak of one event: the pairs of which both are among some.
    pub fn pairs(&self, statements: &[i64]) -> Result<Vec<(i64, i64, f32)>, Error> {
        let mut found = Vec::new();
        let sql = "WITH chosen AS MATERIALIZED (SELECT value AS key FROM json_each(?1))
                   SELECT one, other, score FROM chosen JOIN pairs ON one = chosen.key WHERE other IN (SELECT key FROM chosen)";
        self.each(sql, [list(statements)], |row| {
            found.push((row.get(0)?, row.get(1)?, row.get(2)?));
            Ok(())
        })?;
        Ok(found)
    }

    /// The groups in which some statements are, by id.
    pub fn groups_of(&self, statements: &[i64]) -> Result<Vec<String>, Error> {
        let mut found = Vec::new();
        let sql = format!(
            "SELECT DISTINCT group_id FROM members WHERE statement IN (SELECT value FROM json_each(?1)) AND {} ORDER BY 1",
            self.view.holds("members")
        );
        self.each(&sql, [list(statements)], |row| {
            found.push(row.get(0)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// The members of some groups, in the order of reading.
    pub fn members(&self, groups: &[String]) -> Result<Vec<(String, Membership)>, Error> {
        let mut found = Vec::new();
        let sql = format!(
            "SELECT group_id, statement, joined_to, score FROM members
             WHERE group_id IN (SELECT value FROM json_each(?1)) AND {} ORDER BY group_id, statement",
            self.view.holds("members")
        );
        let ids = Value::from(serde_json::json!(groups).to_string());
        self.each(&sql, [ids], |row| {
            found.push((row.get(0)?, Membership { statement: row.get(1)?, joined_to: row.get(2)?, score: row.get(3)? }));
            Ok(())
        })?;
        Ok(found)
    }

    /// The relations of two actors of the registry, whichever way round, by id.
    pub fn relations_between(&self, one: &str, other: &str) -> Result<Vec<String>, Error> {
        let mut found = Vec::new();
        let sql = format!(
            "SELECT DISTINCT groups.id FROM ties AS t CROSS JOIN groups ON groups.key = t.grouped
             WHERE t.actor = ?1 AND t.other = ?2 AND t.kind = 'relation' AND {} ORDER BY 1",
            self.view.holds("t")
        );
        self.each(&sql, [Value::from(one.to_owned()), Value::from(other.to_owned())], |row| {
            found.push(row.get(0)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// Hands on every membership that holds: group and statement.
    pub fn each_member(&self, mut take: impl FnMut(&str, i64)) -> Result<(), Error> {
        self.each("SELECT group_id, statement FROM members WHERE until IS NULL", [], |row| {
            take(row.get_ref(0)?.as_str()?, row.get(1)?);
            Ok(())
        })
    }

    /// The documents of some statements, whether these hold or not; only documents that hold.
    pub fn documents_of(&self, statements: &[i64]) -> Result<Vec<i64>, Error> {
        let standing = self.standing("documents");
        let sql = format!(
            "SELECT DISTINCT document FROM documents WHERE {standing} AND document IN
               (SELECT document FROM statements WHERE key IN (SELECT value FROM json_each(?1))) ORDER BY document"
        );
        self.numbers(&sql, [list(statements)])
    }

    /// The ids of some statements, by number.
    pub fn ids(&self, statements: &[i64]) -> Result<BTreeMap<i64, String>, Error> {
        let mut ids = BTreeMap::new();
        self.each("SELECT key, id FROM statements WHERE key IN (SELECT value FROM json_each(?1))", [list(statements)], |row| {
            ids.insert(row.get(0)?, row.get(1)?);
            Ok(())
        })?;
        Ok(ids)
    }

    /// Of the ids that events could get by their statements, those that are in use.
    pub fn taken(&self, statements: &BTreeMap<i64, String>) -> Result<BTreeSet<String>, Error> {
        let ids: Vec<String> = statements.values().map(|id| format!("e-{id}")).collect();
        Ok(self.groups(&ids)?.into_iter().map(|group| group.id).collect())
    }

    /// Groups by id, as they stand.
    pub fn groups(&self, ids: &[String]) -> Result<Vec<GroupRecord>, Error> {
        let mut found = Vec::new();
        let sql = format!(
            "SELECT record FROM groups WHERE id IN (SELECT value FROM json_each(?1)) AND {} ORDER BY id",
            self.view.holds("groups")
        );
        let ids = Value::from(serde_json::json!(ids).to_string());
        self.each(&sql, [ids], |row| {
            found.push(row.get::<_, Json<_>>(0)?.0);
            Ok(())
        })?;
        Ok(found)
    }

    fn one(&self, sql: &str) -> Result<i64, Error> {
        self.connection.query_row(sql, [], |row| row.get(0)).map_err(|error| Error::of_database(self.path, error))
    }

    fn numbers(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<Vec<i64>, Error> {
        let mut found = Vec::new();
        self.each(sql, values, |row| {
            found.push(row.get(0)?);
            Ok(())
        })?;
        Ok(found)
    }

    pub(super) fn each(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value>,
        mut take: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
    ) -> Result<(), Error> {
        #[cfg(test)]
        crate::query::note(sql);
        let ask = || {
            let mut query = self.connection.prepare_cached(&asked(sql, self.narrowed))?;
            let mut rows = query.query(params_from_iter(values))?;
            while let Some(row) = rows.next()? {
                take(row)?;
            }
            Ok(())
        };
        ask().map_err(|error| Error::of_database(self.path, error))
    }
}

fn numbered_document(row: &Row<'_>) -> rusqlite::Result<NumberedDocument> {
    Ok(NumberedDocument { number: row.get(0)?, record: row.get::<_, Json<_>>(1)?.0 })
}

fn numbered_statement(row: &Row<'_>) -> rusqlite::Result<NumberedStatement> {
    Ok(NumberedStatement { number: row.get(0)?, document: row.get(1)?, position: row.get(3)?, record: row.get::<_, Json<_>>(2)?.0 })
}

/// Numbers as one value, for `json_each`.
pub(super) fn list(numbers: &[i64]) -> Value {
    Value::from(serde_json::json!(numbers).to_string())
}
