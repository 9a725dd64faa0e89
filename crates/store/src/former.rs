//! How does a record of version 1 get its history? Its log is made from what it tells of when each thing came in.

use rusqlite::{Connection, Transaction, params};
use rusqlite_migration::{HookError, HookResult};
use sayso_types::decision::{Action, Anchor};
use sayso_types::record::{DocumentRecord, StatementRecord};
use serde_json::{Value, json};

use crate::ask::Json;
use crate::error::Fault;
use crate::index::Indexed;
use crate::log::{Change, Deed, sha256, sha256_of_all};
use crate::{decision, run};

/// Writes an entry of the log for each moment that the migration found, and applies what was decided.
pub(crate) fn write_history(transaction: &Transaction<'_>) -> HookResult {
    let mut indexed = Indexed::all(transaction)?;
    let moments: Vec<(i64, String, String, i64)> = transaction
        .prepare("SELECT key, at, what, about FROM moments ORDER BY key")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (key, at, what, about) in moments {
        let change = Change::begin(transaction, &at)?;
        write(transaction, change, key, &what, about).map_err(|fault| match fault {
            Fault::Database(error) => HookError::from(error),
            Fault::Refused(_, message) => HookError::Hook(message),
        })?;
    }
    indexed.catch_up(transaction)?;
    transaction.execute_batch("DROP TABLE moments; DROP TABLE former_decisions;")?;
    Ok(())
}

fn write(connection: &Connection, change: Change, key: i64, what: &str, about: i64) -> Result<(), Fault> {
    match what {
        "run begun" => {
            let (program, entry) = run::begun(connection, about)?;
            change.end(connection, &program, Deed::RunBegun, &entry)?;
        }
        "run finished" => {
            let (program, entry) = run::finished(connection, about)?;
            change.end(connection, &program, Deed::RunFinished, &entry)?;
        }
        "documents" => {
            let entry = json!({ "documents": documents(connection, key)? });
            change.end(connection, "sayso", Deed::Documents, &entry)?;
        }
        _ => carry_over(connection, change, about)?,
    }
    Ok(())
}

/// What the log tells of the documents of a moment, as [`Record::add`](crate::Record::add) would.
fn documents(connection: &Connection, since: i64) -> Result<Vec<Value>, Fault> {
    let mut query = connection.prepare_cached(
        "SELECT d.document, d.version, d.record, (SELECT former.document FROM documents AS former
                                                     WHERE former.id = d.id AND former.version = d.version - 1)
             FROM documents AS d WHERE d.since = ?1 ORDER BY d.key",
    )?;
    let rows = query
        .query_map([since], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
        .collect::<rusqlite::Result<Vec<(i64, i64, String, Option<i64>)>>>()?;
    let mut entries = Vec::new();
    for (document, version, json, former) in rows {
        let record: DocumentRecord = serde_json::from_str(&json).map_err(unreadable)?;
        let hashes = connection
            .prepare_cached("SELECT record FROM statements WHERE document = ?1 AND made_from IS NULL ORDER BY position")?
            .query_map([document], |row| Ok(sha256(row.get::<_, String>(0)?)))?
            .collect::<rusqlite::Result<Vec<String>>>()?;
        connection
            .prepare_cached("UPDATE codings SET sha256 = ?2 WHERE key = ?1")?
            .execute(params![document, sha256_of_all(hashes.iter().map(String::as_str))])?;
        entries.push(json!({
            "id": record.id, "document": document, "version": version, "raw_sha256": record.raw_sha256,
            "text_sha256": record.text_sha256, "row": document, "sha256": sha256(&json), "supersedes": former, "coding": document,
            "statements": hashes,
        }));
    }
    Ok(entries)
}

fn carry_over(connection: &Connection, change: Change, key: i64) -> Result<(), Fault> {
    let (what, who, why, before, after, text) = connection.query_row(
        "SELECT c.what, c.who, c.why, c.before, c.after, d.text_sha256 FROM former_decisions AS c
         JOIN statements AS s ON s.key = c.statement JOIN documents AS d ON d.document = s.document WHERE c.key = ?1",
        [key],
        |row| {
            let (what, who, why): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let before: Json<StatementRecord> = row.get(3)?;
            Ok((what, who, why, before.0, row.get::<_, Option<Json<Value>>>(4)?.map(|json| json.0), row.get::<_, String>(5)?))
        },
    )?;
    let statement = Anchor::of(&before, &text);
    let (action, known) = match (what.as_str(), after) {
        ("accept", _) => (Action::Accept { statement }, true),
        (_, None) => (Action::Reject { statement }, what == "reject"),
        (_, Some(after)) => {
            let before = serde_json::to_value(&before).map_err(Fault::unwritable)?;
            (Action::Correct { statement, path: String::new(), before, after }, what == "correct")
        }
    };
    // The earlier version left the word for what was decided to the caller.
    let why = if known { why } else { format!("{what}: {why}") };
    decision::carry_over(connection, change, &who, &why, &action)
}

fn unreadable(error: serde_json::Error) -> Fault {
    Fault::Database(rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into()))
}
