//! Do the rows of documents, codings, statements and decisions stand as the log says that they were written and closed, and no others?

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Row, params};
use sayso_types::decision::Action;
use sayso_types::record::DocumentRecord;
use serde_json::Value;

use super::log::Entry;
use super::{REREAD, RESTORE, Verification};
use crate::add::publication;
use crate::error::Fault;
use crate::log::{sha256, sha256_of_all};
use crate::written::BY_PERSON;

/// What the log told so far: which rows there are to be, and which of them hold no longer.
#[derive(Default)]
pub(super) struct Rows {
    documents: Told,
    statements: Told,
    codings: BTreeSet<i64>,
    /// By text (`documents.document`): the entry at which another became the latest of its document.
    superseded: BTreeMap<i64, i64>,
    /// By decision: from and until which entry it held.
    states: BTreeMap<i64, Vec<(i64, Option<i64>)>>,
}

/// The rows of one table.
#[derive(Default)]
struct Told {
    written: BTreeSet<i64>,
    closed: BTreeMap<i64, i64>,
}

impl Told {
    fn close(&mut self, rows: &Value, entry: &Entry) {
        self.closed.extend(rows.as_array().into_iter().flatten().filter_map(Value::as_i64).map(|row| (row, entry.key)));
    }
}

impl Rows {
    /// Holds the rows of a document that was read against what was told of it.
    pub(super) fn check_document(
        &mut self,
        connection: &Connection,
        verification: &mut Verification<'_>,
        entry: &Entry,
        told: &Value,
        run: Option<i64>,
    ) -> Result<(), Fault> {
        if let Some(key) = told["row"].as_i64() {
            self.documents.written.insert(key);
            check_document_row(connection, verification, entry, told, (key, run))?;
        }
        if let Some(replaced) = told["replaces"].as_i64() {
            self.documents.closed.insert(replaced, entry.key);
        }
        if let Some(superseded) = told["supersedes"].as_i64() {
            self.superseded.insert(superseded, entry.key);
        }
        if let Some(coding) = told["coding"].as_i64() {
            self.codings.insert(coding);
            self.check_coding(connection, verification, entry, told, (coding, run))?;
        }
        self.check_effect(connection, verification, entry, told)
    }

    fn check_coding(
        &mut self,
        connection: &Connection,
        verification: &mut Verification<'_>,
        entry: &Entry,
        told: &Value,
        (coding, run): (i64, Option<i64>),
    ) -> Result<(), Fault> {
        let id = told["id"].as_str().unwrap_or_default();
        let hashes: Vec<&str> = told["statements"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let document = told["document"].as_i64().unwrap_or_default();
        let whole = connection
            .prepare_cached(
                "SELECT document = ?2 AND since = ?3 AND run IS ?4 AND statements = ?5 AND sha256 = ?6 FROM codings WHERE key = ?1",
            )?
            .query_row(params![coding, document, entry.key, run, hashes.len(), sha256_of_all(hashes.iter().copied())], |row| row.get(0))
            .optional()?;
        if whole != Some(true) {
            verification.find("codings", coding, format!("the coding of `{id}` is not the one that was written"), REREAD);
        }
        let mut query = connection.prepare_cached(
            "SELECT key, id, record, since, review FROM statements
             WHERE document = ?1 AND coding = ?2 AND made_from IS NULL ORDER BY position, key",
        )?;
        let mut rows = query.query([document, coding])?;
        let mut number = 0;
        while let Some(row) = rows.next()? {
            let key = row.get(0)?;
            self.statements.written.insert(key);
            let same = hashes.get(number).is_some_and(|hash| *hash == sha256(bytes(row, 2)));
            if !same || row.get::<_, i64>(3)? != entry.key || row.get_ref(4)? != rusqlite::types::ValueRef::Null {
                let fault = format!("statement `{}` of document `{id}` is not the one that was written", lossy(row, 1));
                verification.find("statements", key, fault, REREAD);
            }
            number += 1;
        }
        if number != hashes.len() {
            let fault = format!("document `{id}` has {number} statements of coding {coding}, and {} were written", hashes.len());
            verification.find("statements", None, fault, REREAD);
        }
        Ok(())
    }

    /// Holds a decision, and what it did, against what was told of it.
    pub(super) fn check_decision(
        &mut self,
        connection: &Connection,
        verification: &mut Verification<'_>,
        entry: &Entry,
        told: &Value,
    ) -> Result<(), Fault> {
        let key = told["decision"].as_i64().unwrap_or_default();
        let states = self.states.entry(key).or_default();
        match states.last_mut() {
            Some((_, until @ None)) => *until = Some(entry.key),
            _ => states.push((entry.key, None)),
        }
        if let Some(action) = told.get("action") {
            let kept = connection
                .prepare_cached("SELECT log, who, at, why, action FROM decisions WHERE key = ?1")?
                .query_row([key], |row| Ok((row.get::<_, i64>(0)?, lossy(row, 1), lossy(row, 2), lossy(row, 3), lossy(row, 4))))
                .optional()?;
            let same = kept.is_some_and(|(log, who, at, why, kept)| {
                log == entry.key
                    && (who, at) == (entry.who.clone(), entry.at.clone())
                    && told["why"] == why
                    && serde_json::from_str::<Value>(&kept).is_ok_and(|kept| kept == *action)
            });
            if !same || !has_subjects(connection, key, action)? {
                verification.find("decisions", key, "the decision is not the one that was made", RESTORE);
            }
        }
        self.check_effect(connection, verification, entry, told)
    }

    /// Holds the rows that decisions made against what was told of them.
    fn check_effect(
        &mut self,
        connection: &Connection,
        verification: &mut Verification<'_>,
        entry: &Entry,
        told: &Value,
    ) -> Result<(), Fault> {
        self.statements.close(&told["closed"], entry);
        let written = &told["written"];
        for written in
            written.as_array().map_or_else(|| std::slice::from_ref(written), Vec::as_slice).iter().filter(|told| told.is_object())
        {
            self.check_written(connection, verification, entry, written)?;
        }
        for made in told["decided"].as_array().into_iter().flatten() {
            let key = made["row"].as_i64().unwrap_or_default();
            self.statements.written.insert(key);
            let same = connection
                .prepare_cached(
                    "SELECT s.record, s.since = ?2 AND s.made_from = ?3 AND s.review IS ?4 AND s.document = b.document
                            AND s.coding = b.coding AND s.position = b.position,
                            (SELECT json_group_array(decision) FROM (SELECT decision FROM decided WHERE statement = s.key ORDER BY 1))
                     FROM statements AS s JOIN statements AS b ON b.key = s.made_from WHERE s.key = ?1",
                )?
                .query_row(params![key, entry.key, made["made_from"].as_i64(), made["review"].as_str()], |row| {
                    let decisions: Value = serde_json::from_str(&lossy(row, 2)).unwrap_or_default();
                    Ok(made["sha256"] == sha256(bytes(row, 0)) && row.get(1)? && has_all(&decisions, &made["decisions"]))
                })
                .optional()?;
            if same != Some(true) {
                let fault = format!("statement `{}` is not what was decided", made["id"].as_str().unwrap_or_default());
                verification.find("statements", key, fault, RESTORE);
            }
        }
        Ok(())
    }

    /// Holds the row of a statement that a person wrote against what was told of it.
    fn check_written(
        &mut self,
        connection: &Connection,
        verification: &mut Verification<'_>,
        entry: &Entry,
        told: &Value,
    ) -> Result<(), Fault> {
        let key = told["row"].as_i64().unwrap_or_default();
        self.statements.written.insert(key);
        self.statements.closed.insert(key, entry.key);
        let same = connection
            .prepare_cached(
                "SELECT record, document IS ?2 AND position IS ?3 AND since = ?4 AND coding = ?5 AND made_from IS NULL AND review IS NULL
                 FROM statements WHERE key = ?1",
            )?
            .query_row(params![key, told["document"].as_i64(), told["position"].as_i64(), entry.key, BY_PERSON], |row| {
                Ok(told["sha256"] == sha256(bytes(row, 0)) && row.get(1)?)
            })
            .optional()?;
        if same != Some(true) {
            let fault = format!("statement `{}` is not the one that a person wrote", told["id"].as_str().unwrap_or_default());
            verification.find("statements", key, fault, RESTORE);
        }
        Ok(())
    }

    /// Looks for rows that the log does not tell of, and for those that hold, or do not, against it.
    pub(super) fn check_rest(&self, connection: &Connection, verification: &mut Verification<'_>) -> Result<(), Fault> {
        for (table, told) in [("documents", &self.documents), ("statements", &self.statements)] {
            let mut query = connection.prepare(&format!("SELECT key, document, until, superseded, id FROM {table} ORDER BY key"))?;
            let mut rows = query.query([])?;
            while let Some(row) = rows.next()? {
                let (key, document): (i64, i64) = (row.get(0)?, row.get(1)?);
                let (until, superseded): (Option<i64>, Option<i64>) = (row.get(2)?, row.get(3)?);
                if !told.written.contains(&key) {
                    verification.find(table, key, format!("the log does not tell of `{}`", lossy(row, 4)), RESTORE);
                }
                let expected = told.closed.get(&key).copied();
                if until != expected || !self.is_superseded(document, until, superseded) {
                    let fault = format!("`{}` does not hold from when to when the log says", lossy(row, 4));
                    verification.find(table, key, fault, RESTORE);
                }
            }
        }
        self.check_codings_and_states(connection, verification)
    }

    /// Whether a row of a text ceased to be of the latest one when the log says.
    fn is_superseded(&self, document: i64, until: Option<i64>, superseded: Option<i64>) -> bool {
        match (self.superseded.get(&document), until) {
            (None, _) => superseded.is_none(),
            // What held no longer by then need not have been touched.
            (Some(entry), Some(until)) if until <= *entry => superseded.is_none_or(|at| at == *entry),
            (Some(entry), _) => superseded == Some(*entry),
        }
    }

    fn check_codings_and_states(&self, connection: &Connection, verification: &mut Verification<'_>) -> Result<(), Fault> {
        let mut query = connection.prepare("SELECT key FROM codings ORDER BY key")?;
        let keys = query.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
        for key in keys.into_iter().filter(|key| !self.codings.contains(key)) {
            verification.find("codings", key, "the log does not tell of it", RESTORE);
        }
        let mut query = connection
            .prepare("SELECT key, since, until FROM decisions LEFT JOIN decision_states ON decision = key ORDER BY key, since")?;
        let mut states: BTreeMap<i64, Vec<(i64, Option<i64>)>> = BTreeMap::new();
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let states = states.entry(row.get(0)?).or_default();
            if let Some(since) = row.get(1)? {
                states.push((since, row.get(2)?));
            }
        }
        for (key, states) in &states {
            if self.states.get(key) != Some(states) {
                verification.find("decision_states", *key, "the decision does not hold from when to when the log says", RESTORE);
            }
        }
        Ok(())
    }
}

fn check_document_row(
    connection: &Connection,
    verification: &mut Verification<'_>,
    entry: &Entry,
    told: &Value,
    (key, run): (i64, Option<i64>),
) -> Result<(), Fault> {
    let id = told["id"].as_str().unwrap_or_default();
    let mut query = connection.prepare_cached(
        "SELECT record, document IS ?2 AND version IS ?3 AND since IS ?4 AND run IS ?5, published_earliest, published_latest, added,
                (SELECT added FROM documents WHERE key = ?6)
         FROM documents WHERE key = ?1",
    )?;
    let mut rows =
        query.query(params![key, told["document"].as_i64(), told["version"].as_i64(), entry.key, run, told["replaces"].as_i64()])?;
    let Some(row) = rows.next()? else {
        verification.find("documents", key, format!("document `{id}` is gone"), REREAD);
        return Ok(());
    };
    let record = bytes(row, 0);
    if told["sha256"] != sha256(record) {
        verification.find("documents", key, format!("document `{id}` is not the one that was written"), REREAD);
    }
    let text = |column| optional_lossy(row, column);
    let added = text(5).unwrap_or_else(|| entry.at.clone());
    let Ok(document) = serde_json::from_slice::<DocumentRecord>(record) else { return Ok(()) };
    if !row.get::<_, bool>(1)? || publication(&document) != (text(2), text(3)) || text(4) != Some(added) {
        verification.find("documents", key, format!("a column of document `{id}` is not what was written"), RESTORE);
    }
    if document.text_sha256 != sha256(&document.text)
        || told["text_sha256"] != document.text_sha256
        || told["raw_sha256"] != document.raw_sha256
    {
        verification.find("documents", key, format!("the text of document `{id}` is not the one that its hash is of"), REREAD);
    }
    Ok(())
}

/// Whether a decision can be found by just what it is about.
fn has_subjects(connection: &Connection, decision: i64, action: &Value) -> Result<bool, Fault> {
    let Ok(action) = serde_json::from_value::<Action>(action.clone()) else { return Ok(false) };
    let expected: BTreeSet<(String, String)> =
        action.subjects().into_iter().map(|(kind, id)| (kind.as_str().to_owned(), id.to_owned())).collect();
    let mut find = connection.prepare_cached("SELECT 1 FROM decision_subjects WHERE kind = ?1 AND id = ?2 AND decision = ?3")?;
    for (kind, id) in &expected {
        if !find.exists(params![kind, id, decision])? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether a list has all of another: a later decision about the same row may have joined it.
fn has_all(list: &Value, of: &Value) -> bool {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    of.as_array().into_iter().flatten().all(|item| list.contains(item))
}

/// The bytes of a column of text, readable or not.
fn bytes<'r>(row: &'r Row<'_>, column: usize) -> &'r [u8] {
    row.get_ref(column).ok().and_then(|value| value.as_bytes().ok()).unwrap_or_default()
}

/// A column of text; what does not read is replaced.
pub(super) fn lossy(row: &Row<'_>, column: usize) -> String {
    String::from_utf8_lossy(bytes(row, column)).into_owned()
}

fn optional_lossy(row: &Row<'_>, column: usize) -> Option<String> {
    row.get_ref(column).ok().and_then(|value| Some(String::from_utf8_lossy(value.as_bytes().ok()?).into_owned()))
}
