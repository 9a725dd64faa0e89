//! What becomes of a statement's row by what people decided? Its coding with their decisions applied, in a row of its own.

use rusqlite::{Connection, Row, named_params, params};
use sayso_types::decision::Action;
use sayso_types::record::StatementRecord;
use serde::Serialize;
use serde_json::Value;

use crate::anchor;
use crate::ask::Json;
use crate::error::Fault;
use crate::filter::Review;
use crate::log::{Change, sha256};
use crate::written::{self, BY_PERSON};

/// A row of `statements` on which people decided, be it that they undid it.
pub(crate) struct DecidedRow {
    key: i64,
    /// Key, JSON and contents of the row as it was coded.
    base_key: i64,
    base_json: String,
    base: StatementRecord,
    document: i64,
    coding: i64,
    /// What was decided and holds, in the order in which it was.
    actions: Vec<Action>,
}

/// What the log tells of a row that decisions made.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Restated {
    /// `statements.key`.
    row: i64,
    id: String,
    /// The row as it was coded.
    made_from: i64,
    /// The decisions that bear on it, undone ones too.
    decisions: Vec<i64>,
    /// Of its JSON.
    sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<&'static str>,
}

/// What became of a row: the one that was made, and those that hold no longer.
pub(crate) struct Restatement {
    pub(crate) made: Option<Restated>,
    pub(crate) closed: Vec<i64>,
}

const COLUMNS: &str = "s.key, coalesce(s.made_from, s.key), b.record, s.document, s.coding
                       FROM statements AS s JOIN statements AS b ON b.key = coalesce(s.made_from, s.key)";

/// The rows of a document that hold and that people decided on, in order.
pub(crate) fn reviewed_of(connection: &Connection, document: i64) -> Result<Vec<DecidedRow>, Fault> {
    let sql = format!(
        "SELECT {COLUMNS} WHERE s.document = ?1 AND s.until IS NULL AND EXISTS (SELECT 1 FROM decided WHERE statement = s.key)
         ORDER BY s.position, s.key"
    );
    rows(connection, &sql, document)
}

/// The rows that a decision bears on and that hold; where none does, the last that did.
pub(crate) fn rows_of_decision(connection: &Connection, decision: i64) -> Result<Vec<DecidedRow>, Fault> {
    let of = "AS one JOIN decided ON decided.statement = one.key WHERE decided.decision = ?1";
    let sql = format!("SELECT {COLUMNS} WHERE s.key IN (SELECT one.key FROM statements {of} AND one.until IS NULL) ORDER BY s.key");
    let holding = rows(connection, &sql, decision)?;
    if !holding.is_empty() {
        return Ok(holding);
    }
    rows(connection, &format!("SELECT {COLUMNS} WHERE s.key = (SELECT max(one.key) FROM statements {of})"), decision)
}

/// The rows that hold although a newer coding of their text, or another text of their document, has nothing that what was decided
/// of them could hold for.
pub(crate) fn left_behind(connection: &Connection) -> Result<Vec<DecidedRow>, Fault> {
    let sql = format!(
        "SELECT {COLUMNS} WHERE s.review IS NOT NULL AND s.until IS NULL AND ?1 = ?1
           AND (s.coding NOT IN ({BY_PERSON}, (SELECT max(key) FROM codings WHERE document = s.document))
                OR (s.superseded IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM decided AS one JOIN decided AS other ON other.decision = one.decision
                        JOIN statements AS o ON o.key = other.statement
                        WHERE one.statement = s.key AND o.until IS NULL AND (o.superseded IS NULL OR o.document > s.document))))
         ORDER BY s.document, s.position, s.key"
    );
    rows(connection, &sql, 0)
}

fn rows(connection: &Connection, sql: &str, value: i64) -> Result<Vec<DecidedRow>, Fault> {
    let mut query = connection.prepare_cached(sql)?;
    let rows = query.query_map([value], |row| decided_row(connection, row))?;
    Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?)
}

fn decided_row(connection: &Connection, row: &Row<'_>) -> rusqlite::Result<DecidedRow> {
    let key = row.get(0)?;
    let mut query = connection.prepare_cached(
        "SELECT action FROM decided JOIN decisions ON decisions.key = decided.decision
         JOIN decision_states AS state ON state.decision = decided.decision AND state.until IS NULL
         WHERE decided.statement = ?1 ORDER BY decided.decision",
    )?;
    let actions = query.query_map([key], |row| Ok(row.get::<_, Json<Action>>(0)?.0))?.collect::<rusqlite::Result<_>>()?;
    let base: Json<StatementRecord> = row.get(2)?;
    Ok(DecidedRow { key, base_key: row.get(1)?, base_json: row.get(2)?, base: base.0, document: row.get(3)?, coding: row.get(4)?, actions })
}

impl DecidedRow {
    pub(crate) fn key(&self) -> i64 {
        self.key
    }

    /// The statement as it was coded.
    pub(crate) fn base(&self) -> &StatementRecord {
        &self.base
    }

    /// The statement as it stands.
    pub(crate) fn statement(&self) -> Result<StatementRecord, Fault> {
        Ok(decided(&self.base, &self.actions)?.0.unwrap_or_else(|| self.base.clone()))
    }

    /// The decisions that bear on it and hold.
    pub(crate) fn decisions(&self, connection: &Connection) -> rusqlite::Result<Vec<i64>> {
        let mut query = connection.prepare_cached(
            "SELECT decision FROM decided WHERE statement = ?1 AND EXISTS (
                 SELECT 1 FROM decision_states AS t WHERE t.decision = decided.decision AND t.until IS NULL)",
        )?;
        query.query_map([self.key], |row| row.get(0))?.collect()
    }

    /// Whether anything that was decided of it holds.
    pub(crate) fn is_decided(&self) -> bool {
        !self.actions.is_empty()
    }

    /// Whether a person wrote it, and no program coded it.
    pub(crate) fn is_written(&self) -> bool {
        self.coding == BY_PERSON
    }

    /// What a person wrote, with its words where they stand in another text; `None` where they do not, or where it was corrected to
    /// words of the former text.
    pub(crate) fn moved(&self, text: &str) -> Option<StatementRecord> {
        if self.actions.iter().any(is_of_its_text) { None } else { anchor::moved(&self.base, text) }
    }

    /// Whether what was decided of it holds for another coding of it as well: that says the same, or nothing but values were
    /// corrected, and these it reads as before.
    pub(crate) fn applies_to(&self, coded: &StatementRecord) -> bool {
        self.actions.is_empty()
            || anchor::same_substance(&self.base, coded)
            || (anchor::same_words(&self.base, coded) && !self.actions.iter().any(is_of_its_text))
            || self.actions.iter().all(|action| matches!(action, Action::Correct { path, .. } if self.reads_alike(coded, path)))
    }

    /// Whether another coding has the same at a path; in a list, the same whole entry.
    fn reads_alike(&self, coded: &StatementRecord, path: &str) -> bool {
        let numbered = path
            .match_indices('/')
            .map(|(at, _)| at)
            .chain([path.len()])
            .skip(1)
            .find(|&end| path[..end].rsplit('/').next().is_some_and(|step| step.chars().all(|c| c.is_ascii_digit())));
        let path = &path[..numbered.unwrap_or(path.len())];
        let at = |statement| serde_json::to_value(statement).ok().map(|value: Value| value.pointer(path).cloned());
        !path.is_empty() && at(&self.base).is_some_and(|before| at(coded) == Some(before))
    }

    /// Puts a row in its place that has what is decided now. Of a row that stayed behind a newer coding, and of which nothing is
    /// decided any more, the newer coding's takes the place. Fails where that would count a statement twice.
    pub(crate) fn restate(&self, connection: &Connection, change: &Change) -> Result<Restatement, Fault> {
        let restatement = self.restate_row(connection, change)?;
        if let Some(made) = &restatement.made {
            written::refuse_same(connection, made.row)?;
        }
        Ok(restatement)
    }

    fn restate_row(&self, connection: &Connection, change: &Change) -> Result<Restatement, Fault> {
        let closed = connection
            .prepare_cached("UPDATE statements SET until = ?2 WHERE key = ?1 AND until IS NULL RETURNING key")?
            .query_map(params![self.key, change.key()], |row| row.get(0))?
            .collect::<rusqlite::Result<Vec<i64>>>()?;
        if self.is_written() {
            return self.restate_written(connection, change, closed);
        }
        let made = if self.is_decided() || self.is_of_last_coding(connection)? {
            Some(self.write(connection, change, self.base_key, &self.base_json, &self.base)?)
        } else {
            let newer = self.newer(connection)?;
            newer.map(|(key, (json, record))| self.write(connection, change, key, &json, &record)).transpose()?
        };
        Ok(Restatement { made, closed })
    }

    /// The same of what a person wrote: it holds while its writing does. What the last coding says just so stands in its place where it
    /// holds no longer, and behind it where it holds again.
    fn restate_written(&self, connection: &Connection, change: &Change, mut closed: Vec<i64>) -> Result<Restatement, Fault> {
        let held = !closed.is_empty();
        let made = if self.actions.iter().any(|action| matches!(action, Action::Write { .. })) {
            if !held {
                closed.extend(written::close_twins(connection, change, self.document, &self.base)?);
            }
            Some(self.write(connection, change, self.base_key, &self.base_json, &self.base)?)
        } else {
            let twin = if held { self.newer(connection)? } else { None };
            let of_twin = |(key, (base_json, base))| DecidedRow {
                key,
                base_key: key,
                base_json,
                base,
                document: self.document,
                coding: self.coding,
                actions: Vec::new(),
            };
            let made = twin.map(of_twin).map(|twin| twin.write(connection, change, twin.base_key, &twin.base_json, &twin.base));
            made.transpose()?
        };
        Ok(Restatement { made, closed })
    }

    /// Writes the row that has what is decided of it for a newer coding, whose row is of this key.
    pub(crate) fn carry(&self, connection: &Connection, change: &Change, base: i64) -> Result<Option<Restated>, Fault> {
        if !self.is_decided() {
            self.copy_decisions(connection, base)?;
            return Ok(None);
        }
        let (json, record): (String, Json<StatementRecord>) = connection
            .prepare_cached("SELECT record, record FROM statements WHERE key = ?1")?
            .query_row([base], |row| Ok((row.get(0)?, row.get(1)?)))?;
        self.write(connection, change, base, &json, &record.0).map(Some)
    }

    fn write(&self, connection: &Connection, change: &Change, base: i64, json: &str, record: &StatementRecord) -> Result<Restated, Fault> {
        let (corrected, review) = decided(record, &self.actions)?;
        let json = match corrected {
            None => json.to_owned(),
            Some(corrected) => serde_json::to_string(&corrected).map_err(Fault::unwritable)?,
        };
        connection
            .prepare_cached(
                "INSERT INTO statements (document, position, coding, made_from, since, superseded, review, record)
                 SELECT document, position, coding, key, :since,
                        (SELECT superseded FROM documents AS d WHERE d.document = s.document AND d.until IS NULL), :review, :record
                 FROM statements AS s WHERE key = :base",
            )?
            .execute(named_params! {
                ":since": change.key(), ":review": review.map(Review::as_str), ":record": json, ":base": base,
            })?;
        let row = connection.last_insert_rowid();
        self.copy_decisions(connection, row)?;
        let decisions = connection
            .prepare_cached("SELECT decision FROM decided WHERE statement = ?1 ORDER BY decision")?
            .query_map([row], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let review = review.map(Review::as_str);
        Ok(Restated { row, id: record.id.clone(), made_from: base, decisions, sha256: sha256(&json), review })
    }

    fn copy_decisions(&self, connection: &Connection, row: i64) -> rusqlite::Result<()> {
        connection
            .prepare_cached("INSERT OR IGNORE INTO decided (statement, decision) SELECT ?2, decision FROM decided WHERE statement = ?1")?
            .execute(params![self.key, row])?;
        Ok(())
    }

    fn is_of_last_coding(&self, connection: &Connection) -> rusqlite::Result<bool> {
        connection
            .prepare_cached("SELECT max(key) = ?2 FROM codings WHERE document = ?1")?
            .query_row(params![self.document, self.coding], |row| row.get(0))
    }

    /// The statement of the last coding of its text that this row stands in front of, where it is of a former one.
    pub(crate) fn newer_statement(&self, connection: &Connection) -> rusqlite::Result<Option<StatementRecord>> {
        let newer = if self.is_of_last_coding(connection)? { None } else { self.newer(connection)? };
        Ok(newer.map(|(_, (_, statement))| statement))
    }

    /// The statement of the last coding that this row stands in front of.
    fn newer(&self, connection: &Connection) -> rusqlite::Result<Option<(i64, (String, StatementRecord))>> {
        let mut query = connection.prepare_cached(
            "SELECT s.key, s.record, s.record,
                    s.until IS NOT NULL AND NOT EXISTS (SELECT 1 FROM statements AS made WHERE made.document = s.document
                                                        AND made.made_from = s.key AND made.until IS NULL)
             FROM statements AS s WHERE s.document = ?1 AND s.made_from IS NULL
                  AND s.coding = (SELECT max(key) FROM codings WHERE document = ?1)
             ORDER BY s.position",
        )?;
        let coded = query
            .query_map([self.document], |row| Ok((row.get(0)?, (row.get(1)?, row.get::<_, Json<StatementRecord>>(2)?.0), row.get(3)?)))?
            .collect::<rusqlite::Result<Vec<(i64, (String, StatementRecord), bool)>>>()?;
        let mut records = coded.iter().map(|(_, (_, record), _)| record);
        let found = if self.is_written() {
            records.position(|record| anchor::very_same(&self.base, record))
        } else {
            anchor::in_the_same_text(&self.base, records)
        };
        Ok(found.and_then(|found| coded.into_iter().nth(found)).filter(|(_, _, is_free)| *is_free).map(|(key, json, _)| (key, json)))
    }
}

/// A statement as decisions have it: what it is corrected to, if it is, and what they come to.
pub(crate) fn decided(statement: &StatementRecord, actions: &[Action]) -> Result<(Option<StatementRecord>, Option<Review>), Fault> {
    let (mut corrected, mut judged): (Option<Value>, Option<Review>) = (None, None);
    for action in actions {
        match action {
            Action::Write { .. } | Action::Accept { .. } => judged = Some(Review::Accepted),
            Action::Reject { .. } => judged = Some(Review::Rejected),
            Action::Correct { path, before, after, .. } if path.is_empty() => corrected = Some(rebased(after, before, statement)?),
            Action::Correct { path, after, .. } => {
                let value = match corrected.take() {
                    Some(value) => value,
                    None => serde_json::to_value(statement).map_err(Fault::unwritable)?,
                };
                corrected = Some(with(value, path, after)?);
            }
            _ => {}
        }
    }
    let review = match judged {
        Some(Review::Rejected) => judged,
        _ if corrected.is_some() => Some(Review::Corrected),
        _ => judged,
    };
    Ok((corrected.map(|value| statement_of(value, statement)).transpose()?, review))
}

/// What a statement was corrected to as a whole, for another coding of it: which statement it is and who coded it are that one's.
fn rebased(after: &Value, before: &Value, statement: &StatementRecord) -> Result<Value, Fault> {
    let (mut rebased, own) = (after.clone(), serde_json::to_value(statement).map_err(Fault::unwritable)?);
    for field in ["id", "document_id", "coder"] {
        if rebased.is_object() && after.get(field) == before.get(field) {
            rebased[field] = own[field].clone();
        }
    }
    Ok(rebased)
}

/// Whether what was decided names places in the text of which it was decided.
fn is_of_its_text(action: &Action) -> bool {
    fn has_offsets(value: &Value) -> bool {
        match value {
            Value::Object(fields) => fields.iter().any(|(name, value)| name == "start" || has_offsets(value)),
            Value::Array(items) => items.iter().any(has_offsets),
            _ => false,
        }
    }
    matches!(action, Action::Correct { after, .. } if has_offsets(after))
}

/// The JSON with another value at a path.
fn with(mut json: Value, path: &str, value: &Value) -> Result<Value, Fault> {
    if let Some(place) = json.pointer_mut(path) {
        *place = value.clone();
        return Ok(json);
    }
    let parent = path.rsplit_once('/').and_then(|(parent, field)| Some((json.pointer_mut(parent)?.as_object_mut()?, field)));
    match parent {
        Some((fields, field)) => {
            fields.insert(field.to_owned(), value.clone());
            Ok(json)
        }
        None => Err(Fault::invalid(format!("the statement has nothing at `{path}` that could be corrected"))),
    }
}

/// The statement that a corrected JSON is; its id, its document and who coded it cannot be another.
fn statement_of(json: Value, before: &StatementRecord) -> Result<StatementRecord, Fault> {
    let after: StatementRecord = serde_json::from_value(json)
        .map_err(|error| Fault::invalid(format!("what it is corrected to is no statement ({error}); nothing was changed")))?;
    if (&after.id, &after.document_id, &after.coder) != (&before.id, &before.document_id, &before.coder) {
        let message = "a statement's id, document and coder cannot be corrected; nothing was changed";
        return Err(Fault::invalid(message.to_owned()));
    }
    Ok(after)
}
