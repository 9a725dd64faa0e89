//! What became of a document: from which input was it read, retrieved when and from where, with which hashes, by which program?

use std::collections::BTreeMap;

use rusqlite::{Connection, Row};

use super::{Entries, entries};
use crate::ask::Json;

/// So many digits of a hash tell versions apart.
const DIGITS: usize = 12;

/// One reading of a document.
struct ReadAt {
    entry: i64,
    version: i64,
    again: bool,
    retrieved: Option<String>,
    url: Option<String>,
    raw_sha256: String,
    text_sha256: String,
    run: Option<i64>,
}

/// The entries that touched a document, each with what it did where no decision did it.
pub(super) fn document_entries(connection: &Connection, id: &str) -> rusqlite::Result<Entries> {
    let sql = "
        SELECT c.since, 'statements coded: ' || c.statements
        FROM codings AS c WHERE c.document IN (SELECT document FROM documents WHERE id = ?1)
        UNION SELECT o.since, 'found to repeat the text of ' || (SELECT id FROM documents WHERE document = o.origin LIMIT 1)
              FROM origins AS o WHERE o.document IN (SELECT document FROM documents WHERE id = ?1)
        UNION SELECT o.until, 'no longer found to repeat the text of ' || (SELECT id FROM documents WHERE document = o.origin LIMIT 1)
              FROM origins AS o WHERE o.document IN (SELECT document FROM documents WHERE id = ?1) AND o.until IS NOT NULL
                   AND NOT EXISTS (SELECT 1 FROM origins AS n WHERE n.document = o.document AND n.since = o.until)
        UNION SELECT t.since, '' FROM decision_subjects JOIN decision_states AS t USING (decision) WHERE kind = 'document' AND id = ?1
        UNION SELECT t.until, '' FROM decision_subjects JOIN decision_states AS t USING (decision)
              WHERE kind = 'document' AND id = ?1 AND t.until IS NOT NULL";
    let mut found: BTreeMap<i64, String> = BTreeMap::new();
    for reading in readings(connection, id)? {
        found.insert(reading.entry, reading_told(connection, id, &reading)?);
    }
    for (entry, what) in entries(connection, sql, id)? {
        let told = found.entry(entry).or_default();
        *told = [told.as_str(), what.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
    }
    Ok(found.into_iter().collect())
}

fn readings(connection: &Connection, id: &str) -> rusqlite::Result<Vec<ReadAt>> {
    let sql = "SELECT since, version, key <> document, record ->> '$.retrieved', url, record ->> '$.raw_sha256', text_sha256, run
               FROM documents WHERE id = ?1 ORDER BY key";
    let reading = |row: &Row<'_>| {
        Ok(ReadAt {
            entry: row.get(0)?,
            version: row.get(1)?,
            again: row.get(2)?,
            retrieved: row.get(3)?,
            url: row.get(4)?,
            raw_sha256: row.get(5)?,
            text_sha256: row.get(6)?,
            run: row.get(7)?,
        })
    };
    connection.prepare_cached(sql)?.query_map([id], reading)?.collect()
}

fn reading_told(connection: &Connection, id: &str, reading: &ReadAt) -> rusqlite::Result<String> {
    let what = if reading.again { "read again with other metadata" } else { "read" };
    let parts = [
        Some(format!("{what}, version {}", reading.version)),
        input(connection, reading.entry, id)?.map(|input| format!("from {input}")),
        reading.retrieved.as_ref().map(|retrieved| format!("retrieved {retrieved}")),
        reading.url.as_ref().map(|url| format!("at {url}")),
        Some(format!("raw bytes SHA-256 {}", reading.raw_sha256)),
        Some(format!("text SHA-256 {}", reading.text_sha256)),
        reading.run.map(|run| versions(connection, run)).transpose()?,
    ];
    Ok(parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// The file, and the line in it, that it was read from.
fn input(connection: &Connection, entry: i64, id: &str) -> rusqlite::Result<Option<String>> {
    let sql = "SELECT e.value ->> '$.input' FROM log, json_each(log.entry, '$.documents') AS e
               WHERE log.key = ?1 AND e.value ->> '$.id' = ?2 ORDER BY e.key DESC LIMIT 1";
    rusqlite::OptionalExtension::optional(connection.prepare_cached(sql)?.query_row(rusqlite::params![entry, id], |row| row.get(0)))
        .map(Option::flatten)
}

/// With what a run read.
fn versions(connection: &Connection, run: i64) -> rusqlite::Result<String> {
    let sql = "SELECT versions FROM runs WHERE key = ?1";
    let versions: BTreeMap<String, String> = connection.prepare_cached(sql)?.query_row([run], |row| row.get::<_, Json<_>>(0))?.0;
    let short = |version: &str| version.chars().take(DIGITS).collect::<String>();
    let told: Vec<String> = versions.iter().map(|(name, version)| format!("{name} {}", short(version))).collect();
    let with = if told.is_empty() { String::new() } else { format!(" with {}", told.join(", ")) };
    Ok(format!("in run {run}{with}"))
}
