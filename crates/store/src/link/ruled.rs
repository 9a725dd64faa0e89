//! What did people decide that bears on linking, and on which documents and statements does it bear now?

use std::collections::BTreeSet;

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params};
use sayso_types::decision::{Action, Anchor, TextAnchor};
use sayso_types::record::StatementRecord;

use super::Reading;
use crate::anchor;
use crate::ask::Json;
use crate::{Error, words};

/// A decision that holds and bears on linking, with what it names found in the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruling {
    /// What was decided.
    pub action: Action,
    /// Why.
    pub why: String,
    /// The statements that it puts together or takes out, by number; those of an event that it settles.
    pub members: Vec<i64>,
    /// Those that it takes them out of, by number.
    pub from: Vec<i64>,
    /// The two documents that it judges, by number.
    pub texts: Option<(i64, i64)>,
}

impl Reading<'_> {
    /// The decisions that hold and bear on linking, first one first. What they name and the record has no more is left out.
    pub fn rulings(&self) -> Result<Vec<Ruling>, Error> {
        self.rulings_of("what NOT IN ('write', 'accept', 'reject', 'correct', 'vote', 'sensitivity')")
    }

    /// Those of them that judge how two actors stand to each other.
    pub fn judgements(&self) -> Result<Vec<Ruling>, Error> {
        self.rulings_of("what = 'actors'")
    }

    fn rulings_of(&self, which: &str) -> Result<Vec<Ruling>, Error> {
        let mut held: Vec<(Action, String)> = Vec::new();
        let sql = format!(
            "SELECT action, why FROM decisions AS d
             WHERE {which}
               AND EXISTS (SELECT 1 FROM decision_states AS t WHERE t.decision = d.key AND {}) ORDER BY key",
            self.view.holds("t")
        );
        self.each(&sql, [], |row| {
            held.push((row.get::<_, Json<_>>(0)?.0, row.get(1)?));
            Ok(())
        })?;
        held.into_iter().map(|(action, why)| self.ruling(action, why)).collect()
    }

    /// The documents on which decisions bear that were made, undone or redone after an entry of the log.
    pub fn documents_ruled(&self, seen: i64) -> Result<Vec<i64>, Error> {
        let mut changed: Vec<Action> = Vec::new();
        let sql = "SELECT action FROM decisions WHERE key IN
                     (SELECT decision FROM decision_states WHERE since > ?1 OR until > ?1) ORDER BY key";
        self.each(sql, [Value::from(seen)], |row| {
            changed.push(row.get::<_, Json<_>>(0)?.0);
            Ok(())
        })?;
        let mut documents = BTreeSet::new();
        for action in changed {
            let ruling = self.ruling(action, String::new())?;
            documents.extend(self.documents_of(&[ruling.members, ruling.from].concat())?);
            documents.extend(ruling.texts.into_iter().flat_map(|(one, other)| [one, other]));
            match &ruling.action {
                Action::Actors { a, b, .. } => documents.extend(self.documents_with(&[a, b])?),
                Action::Reliability { source, .. } => documents.extend(self.documents_with(&[source])?),
                _ => {}
            }
        }
        Ok(documents.into_iter().collect())
    }

    /// The documents that speak of an actor or source by its id or name, or that are published by it.
    fn documents_with(&self, names: &[&String]) -> Result<Vec<i64>, Error> {
        let names: Vec<&str> = names.iter().map(|name| name.strip_prefix("c:").unwrap_or(name)).collect();
        let sql = "SELECT DISTINCT document FROM statements WHERE until IS NULL AND superseded IS NULL AND key IN (
                       SELECT statement FROM participants WHERE actor_id IN (SELECT value FROM json_each(?1))
                       UNION SELECT statement FROM participants WHERE key IN (SELECT rowid FROM participants_fts WHERE participants_fts MATCH ?2))
                   UNION SELECT document FROM documents WHERE until IS NULL AND superseded IS NULL
                     AND publisher COLLATE NOCASE IN (SELECT value FROM json_each(?1))";
        let matching = words::any_of(names.iter().copied()).unwrap_or_else(|| "\"\"".to_owned());
        let mut found = Vec::new();
        self.each(sql, [Value::from(serde_json::json!(names).to_string()), Value::from(matching)], |row| {
            found.push(row.get(0)?);
            Ok(())
        })?;
        Ok(found)
    }

    fn ruling(&self, action: Action, why: String) -> Result<Ruling, Error> {
        let (mut members, mut from, mut texts) = (Vec::new(), Vec::new(), None);
        match &action {
            Action::Join { members: anchors, .. } => members = self.found(anchors)?,
            Action::Split { members: anchors, from: others, .. } => (members, from) = (self.found(anchors)?, self.found(others)?),
            Action::Settle { event, .. } | Action::Status { event, .. } => members = self.found(&event.members)?,
            Action::Origin { a, b, .. } => texts = self.text(a)?.zip(self.text(b)?),
            _ => {}
        }
        Ok(Ruling { action, why, members, from, texts })
    }

    fn found(&self, anchors: &[Anchor]) -> Result<Vec<i64>, Error> {
        let found = anchors.iter().map(|anchor| self.statement_at(anchor)).collect::<Result<Vec<_>, _>>()?;
        Ok(found.into_iter().flatten().collect())
    }

    /// The statement that an anchor names: by its id, else by where it stands in the same text.
    pub(crate) fn statement_at(&self, anchor: &Anchor) -> Result<Option<i64>, Error> {
        let by_id = || {
            self.connection
                .prepare_cached(
                    "SELECT key FROM statements WHERE id = ?1 AND until IS NULL AND superseded IS NULL ORDER BY key DESC LIMIT 1",
                )?
                .query_row([&anchor.statement], |row| row.get(0))
                .optional()
        };
        if let Some(key) = by_id().map_err(|error| Error::of_database(self.path, error))? {
            return Ok(Some(key));
        }
        let Some(document) = self.text(&TextAnchor { document: anchor.document.clone(), text_sha256: anchor.text_sha256.clone() })? else {
            return Ok(None);
        };
        let coded = self.statements(&self.statements_of(&[document])?)?;
        let records: Vec<&StatementRecord> = coded.iter().map(|statement| &statement.record).collect();
        Ok(anchor::of_anchor(anchor, records.into_iter()).map(|number| coded[number].number))
    }

    /// The document of a text that holds, by number.
    fn text(&self, anchor: &TextAnchor) -> Result<Option<i64>, Error> {
        let sql = "SELECT document FROM documents WHERE id = ?1 AND until IS NULL
                   ORDER BY superseded IS NULL DESC, text_sha256 = ?2 DESC, document DESC LIMIT 1";
        let ask =
            || self.connection.prepare_cached(sql)?.query_row(params![anchor.document, anchor.text_sha256], |row| row.get(0)).optional();
        ask().map_err(|error| Error::of_database(self.path, error))
    }
}
