//! How does a statement that a person makes of a document's words come into the record? As a row of no coding, so that no coding
//! takes its place.

use rusqlite::{Connection, OptionalExtension, named_params, params};
use sayso_types::decision::TextAnchor;
use sayso_types::record::StatementRecord;
use serde::Serialize;

use crate::anchor;
use crate::ask::Json;
use crate::error::Fault;
use crate::log::{Change, sha256};

/// What `statements.coding` is of a row that a person wrote: no coding has this key.
pub(crate) const BY_PERSON: i64 = 0;

/// What the log tells of a row that a person wrote: how it stood before anything further was decided of it. The row that holds is made
/// from it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct WrittenRow {
    /// `statements.key`.
    pub(crate) row: i64,
    id: String,
    /// `documents.document`.
    document: i64,
    position: i64,
    /// Of its JSON.
    sha256: String,
}

/// Writes what a person wrote, or finds it where it was written before and undone. The row to which the decision belongs, and what was
/// written, where it was not there.
pub(crate) fn enter(
    connection: &Connection,
    change: &Change,
    text: &TextAnchor,
    statement: &StatementRecord,
) -> Result<(i64, Option<WrittenRow>), Fault> {
    let document = document_of(connection, text)?;
    check(text, &document.text, statement)?;
    refuse_twins(connection, document.key, statement)?;
    let former: Option<i64> = connection
        .prepare_cached("SELECT max(key) FROM statements WHERE document = ?1 AND coding = ?2 AND id = ?3")?
        .query_row(params![document.key, BY_PERSON, statement.id], |row| row.get(0))?;
    if let Some(row) = former {
        return Ok((row, None));
    }
    let written = insert(connection, change, document.key, statement)?;
    Ok((written.row, Some(written)))
}

/// A text in which something can be written.
struct Text {
    /// `documents.document`.
    key: i64,
    text: String,
}

fn document_of(connection: &Connection, text: &TextAnchor) -> Result<Text, Fault> {
    let found = connection
        .prepare_cached("SELECT document, text, text_sha256 FROM documents WHERE id = ?1 AND until IS NULL AND superseded IS NULL")?
        .query_row([&text.document], |row| Ok((Text { key: row.get(0)?, text: row.get(1)? }, row.get::<_, String>(2)?)))
        .optional()?;
    match found {
        Some((found, sha256)) if sha256 == text.text_sha256 => Ok(found),
        Some(_) => {
            Err(Fault::invalid(format!("document `{}` has another text now; look at it again and mark the words anew", text.document)))
        }
        None => Err(Fault::Refused(crate::ErrorKind::Unknown, format!("no document has the id `{}`", text.document))),
    }
}

/// That it is of the document, signed as a person's, and that all its words stand where it says.
fn check(document: &TextAnchor, text: &str, statement: &StatementRecord) -> Result<(), Fault> {
    if statement.document_id != document.document || statement.id.is_empty() || !statement.coder.is_person() {
        let message = format!("what a person writes names its document `{}`, has an id, and no program as its coder", document.document);
        return Err(Fault::invalid(message));
    }
    let mut given = statement.clone();
    for stretch in given.stretches() {
        let found: String = text.chars().skip(*stretch.start).take(stretch.end.saturating_sub(*stretch.start)).collect();
        if found != stretch.text || found.is_empty() {
            let (field, words, start, end) = (&stretch.field, stretch.text, *stretch.start, *stretch.end);
            let message = format!("{field}: the document does not say “{words}” from {start} to {end}; give the words as they stand there");
            return Err(Fault::invalid(message));
        }
    }
    Ok(())
}

/// The record counts nothing twice: what stands in it already is accepted or corrected, not written.
fn refuse_twins(connection: &Connection, document: i64, statement: &StatementRecord) -> Result<(), Fault> {
    let mut query = connection.prepare_cached("SELECT record, review FROM statements WHERE document = ?1 AND until IS NULL")?;
    let mut rows = query.query([document])?;
    while let Some(row) = rows.next()? {
        let (standing, review): (Json<StatementRecord>, Option<String>) = (row.get(0)?, row.get(1)?);
        if standing.0.id == statement.id || anchor::very_same(&standing.0, statement) {
            let id = &standing.0.id;
            return Err(Fault::invalid(if review.as_deref() == Some("rejected") {
                format!("the record has this statement, as `{id}`, and it was rejected; undo that, or accept it")
            } else {
                format!("the record has this statement already, as `{id}`; accept or correct that one")
            }));
        }
    }
    Ok(())
}

/// Fails where what a decision made of a row says the very same as what a person wrote, or that as a coding says: one of them would
/// count twice.
pub(crate) fn refuse_same(connection: &Connection, row: i64) -> Result<(), Fault> {
    let mut query = connection.prepare_cached(
        "SELECT s.record, o.record FROM statements AS s JOIN statements AS o
             ON o.document = s.document AND o.until IS NULL AND o.key <> s.key AND (o.coding = ?2 OR s.coding = ?2)
         WHERE s.key = ?1 AND s.review IS NOT 'rejected' AND o.review IS NOT 'rejected'",
    )?;
    let mut rows = query.query([row, BY_PERSON])?;
    while let Some(row) = rows.next()? {
        let (made, other): (Json<StatementRecord>, Json<StatementRecord>) = (row.get(0)?, row.get(1)?);
        if anchor::very_same(&made.0, &other.0) {
            let message = "this makes it the same statement as `{}`, which would then count twice; decide about that one first";
            return Err(Fault::invalid(message.replace("{}", &other.0.id)));
        }
    }
    Ok(())
}

/// Writes the row from which the one that holds is made; it is closed from the beginning.
pub(crate) fn insert(connection: &Connection, change: &Change, document: i64, statement: &StatementRecord) -> Result<WrittenRow, Fault> {
    let json = serde_json::to_string(statement).map_err(Fault::unwritable)?;
    let position: i64 = connection
        .prepare_cached(
            "SELECT coalesce(max(position), -1) FROM statements
             WHERE document = ?1 AND until IS NULL AND record ->> '$.evidence.trigger.start' <= ?2",
        )?
        .query_row(params![document, statement.evidence.trigger.start], |row| row.get(0))?;
    connection
        .prepare_cached(
            "INSERT INTO statements (document, position, coding, since, until, superseded, record)
             VALUES (:document, :position, :coding, :since, :since,
                     (SELECT superseded FROM documents WHERE document = :document AND until IS NULL), :record)",
        )?
        .execute(named_params! {
            ":document": document, ":position": position, ":coding": BY_PERSON, ":since": change.key(), ":record": json,
        })?;
    let row = connection.last_insert_rowid();
    Ok(WrittenRow { row, id: statement.id.clone(), document, position, sha256: sha256(&json) })
}

/// Closes the rows of codings that say the very same as a statement that a person wrote and that is put back, so that it is not counted
/// twice; fails where people decided on one of these.
pub(crate) fn close_twins(connection: &Connection, change: &Change, document: i64, statement: &StatementRecord) -> Result<Vec<i64>, Fault> {
    let mut query = connection.prepare_cached(
        "SELECT s.key, s.record, s.review FROM statements AS s WHERE s.document = ?1 AND s.until IS NULL AND s.coding <> ?2 ORDER BY s.key",
    )?;
    let standing = query
        .query_map([document, BY_PERSON], |row| Ok((row.get(0)?, row.get::<_, Json<StatementRecord>>(1)?.0, row.get(2)?)))?
        .collect::<rusqlite::Result<Vec<(i64, StatementRecord, Option<String>)>>>()?;
    let mut closed = Vec::new();
    for (key, twin, review) in standing.into_iter().filter(|(_, twin, _)| anchor::very_same(twin, statement)) {
        if review.is_some() {
            let message = "a newer reading says the same, as `{}`, and people decided on that; decide about that one";
            return Err(Fault::invalid(message.replace("{}", &twin.id)));
        }
        connection.prepare_cached("UPDATE statements SET until = ?2 WHERE key = ?1")?.execute(params![key, change.key()])?;
        closed.push(key);
    }
    Ok(closed)
}
