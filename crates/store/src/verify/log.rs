//! Is the log whole, and does each row stand as its entry says that it was written?

use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;

use super::links::Links;
use super::rows::{Rows, lossy};
use super::{RESTORE, Verification};
use crate::error::Fault;
use crate::log::chained;
use crate::run;

/// One entry as it is kept.
pub(super) struct Entry {
    pub(super) key: i64,
    pub(super) at: String,
    pub(super) who: String,
    what: String,
    entry: String,
    sha256: String,
}

/// Follows the chain, and holds what each entry tells against the rows.
pub(super) fn check(connection: &Connection, verification: &mut Verification<'_>) -> Result<(), Fault> {
    let mut query = connection.prepare("SELECT key, at, who, what, entry, sha256 FROM log ORDER BY key")?;
    let mut entries = query.query([])?;
    let mut rows = Rows::default();
    let mut links = Links::default();
    let (mut former, mut expected) = (String::new(), 1);
    let mut last_at = String::new();
    while let Some(row) = entries.next()? {
        let text = |column| lossy(row, column);
        let entry = Entry { key: row.get(0)?, at: text(1), who: text(2), what: text(3), entry: text(4), sha256: text(5) };
        if entry.key != expected {
            verification.find("log", entry.key, format!("entry {expected} should come here; entries were taken out"), RESTORE);
        }
        if chained(&former, &entry.at, &entry.who, &entry.what, &entry.entry) != entry.sha256 {
            verification.find("log", entry.key, "the entry is not the one that was written, or one before it is not", RESTORE);
        }
        if entry.at < last_at {
            verification.find("log", entry.key, "the entry is dated before the one before it", RESTORE);
        }
        match serde_json::from_str(&entry.entry) {
            Ok(told) => check_entry(connection, verification, (&mut rows, &mut links), &entry, &told)?,
            Err(error) => verification.find("log", entry.key, format!("the entry does not read ({error})"), RESTORE),
        }
        expected = entry.key + 1;
        last_at.clone_from(&entry.at);
        former = entry.sha256;
        verification.advance(1);
    }
    rows.check_rest(connection, verification)?;
    verification.advance(1);
    links.check_rows(connection, verification)
}

fn check_entry(
    connection: &Connection,
    verification: &mut Verification<'_>,
    (rows, links): (&mut Rows, &mut Links),
    entry: &Entry,
    told: &Value,
) -> Result<(), Fault> {
    match entry.what.as_str() {
        "documents" => {
            for document in told["documents"].as_array().into_iter().flatten() {
                rows.check_document(connection, verification, entry, document, told["run"].as_i64())?;
            }
        }
        "decided" | "undone" | "redone" => rows.check_decision(connection, verification, entry, told)?,
        "linked" => links.check_linking(connection, verification, entry, told)?,
        "run begun" => {
            let key = told["run"].as_i64().unwrap_or_default();
            let kept = run::begun(connection, key).ok();
            if kept.is_none_or(|(program, kept)| program != entry.who || kept != *told) {
                verification.find("runs", key, "the run is not the one that the log tells of", RESTORE);
            }
        }
        "run finished" => {
            let key = told["run"].as_i64().unwrap_or_default();
            let kept = run::finished(connection, key).ok();
            if kept.is_none_or(|(_, kept)| kept != *told) {
                verification.find("runs", key, "the end of the run is not the one that the log tells of", RESTORE);
            }
        }
        "released" => {
            let name = told["name"].as_str().unwrap_or_default();
            let kept: Option<(i64, String)> = connection
                .query_row("SELECT log, manifest FROM releases WHERE name = ?1", [name], |row| Ok((row.get(0)?, lossy(row, 1))))
                .optional()?;
            if kept
                .is_none_or(|(log, manifest)| log != entry.key || serde_json::from_str(&manifest).ok().as_ref() != Some(&told["manifest"]))
            {
                verification.find("releases", None, format!("`{name}` is not the one that the log tells of"), RESTORE);
            }
        }
        // What other parts of the program note of their own work is held by the chain alone.
        _ => {}
    }
    Ok(())
}
