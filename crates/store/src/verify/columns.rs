//! Are the file's pages, its indexes and the columns that are made from contents what they should be?

use rusqlite::{Connection, ErrorCode};

use super::rows::lossy;
use super::{REINDEX, RESTORE, Verification};
use crate::error::Fault;

/// Of each table with contents, the stored columns that are made from its JSON.
const MADE: [(&str, &[(&str, &str)]); 2] = [
    ("documents", &[("id", "$.id"), ("text_sha256", "$.text_sha256"), ("publisher", "$.publisher"), ("language", "$.language")]),
    (
        "statements",
        &[
            ("id", "$.id"),
            ("kind", "$.kind"),
            ("type", "$.type"),
            ("mode", "$.mode"),
            ("modality", "$.modality"),
            ("negated", "$.negated"),
            ("earliest", "$.time.earliest"),
            ("latest", "$.time.latest"),
            ("place_name", "$.place.name"),
            ("country", "$.place.country"),
            ("where_prec", "$.place.where_prec"),
            ("confidence", "$.confidence"),
        ],
    ),
];

/// Whether SQLite finds its pages and indexes whole.
pub(super) fn check_file(connection: &Connection, verification: &mut Verification<'_>) -> Result<(), Fault> {
    let mut query = connection.prepare("PRAGMA integrity_check(100)")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let told: String = row.get(0)?;
        if told != "ok" {
            verification.find("the file", None, told, RESTORE);
        }
    }
    Ok(())
}

/// Whether the full-text indexes have the words of the contents, all of them and no others.
pub(super) fn check_full_text(connection: &Connection, verification: &mut Verification<'_>) -> Result<(), Fault> {
    for table in ["documents_fts", "statements_fts", "participants_fts"] {
        let compared = connection.execute(&format!("INSERT INTO {table} ({table}, rank) VALUES ('integrity-check', 1)"), []);
        match compared {
            Ok(_) => {}
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ReadOnly) => {}
            Err(error) => verification.find(table, None, format!("the index does not fit the contents ({error})"), REINDEX),
        }
    }
    Ok(())
}

/// Whether every stored column that is made from a JSON, and every participant, is what the JSON gives.
pub(super) fn check(connection: &Connection, verification: &mut Verification<'_>) -> Result<(), Fault> {
    for (table, columns) in MADE {
        let differs: Vec<String> = columns.iter().map(|(column, path)| format!("{column} IS NOT (record ->> '{path}')")).collect();
        let sql = format!(
            "SELECT key, id FROM {table} WHERE CASE WHEN json_valid(record) THEN {} ELSE FALSE END ORDER BY key",
            differs.join(" OR ")
        );
        let mut query = connection.prepare(&sql)?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let (key, id): (i64, String) = (row.get(0)?, lossy(row, 1));
            verification.find(table, key, format!("a column of `{id}` is not what its contents say"), RESTORE);
        }
    }
    check_participants(connection, verification)
}

/// What the trigger of the migration makes of a statement's JSON, compared with what there is.
fn check_participants(connection: &Connection, verification: &mut Verification<'_>) -> Result<(), Fault> {
    const DIFFERING: &str = "
        WITH expected AS (
            SELECT s.key AS statement, value ->> 'role' AS part, 0 AS distance, value ->> 'actor_id' AS actor_id,
                   value ->> 'name' AS name, value ->> 'text' AS words
            FROM statements AS s, json_each(s.record, '$.roles') WHERE s.key BETWEEN ?1 AND ?2 AND json_valid(s.record)
            UNION ALL
            SELECT s.key, 'source', json_array_length(s.record, '$.attribution') - 1 - e.key, value ->> 'actor_id', value ->> 'name',
                   value ->> 'source'
            FROM statements AS s, json_each(s.record, '$.attribution') AS e WHERE s.key BETWEEN ?1 AND ?2 AND json_valid(s.record)
            UNION ALL
            SELECT s.key, value ->> 'stance', 0, value ->> 'actor_id', value ->> 'name', value ->> 'by'
            FROM statements AS s, json_each(s.record, '$.responsibility') WHERE s.key BETWEEN ?1 AND ?2 AND json_valid(s.record)
        ), actual AS (
            SELECT statement, part, distance, actor_id, name, words FROM participants WHERE statement BETWEEN ?1 AND ?2
        )
        SELECT statement FROM (SELECT * FROM expected EXCEPT SELECT * FROM actual)
        UNION SELECT statement FROM (SELECT * FROM actual EXCEPT SELECT * FROM expected)
        UNION SELECT statement FROM (
            SELECT statement, count(*) AS number FROM expected GROUP BY statement
            EXCEPT SELECT statement, count(*) FROM actual GROUP BY statement)
        ORDER BY statement";
    const ROWS: i64 = 10_000;
    let last: i64 = connection.query_row(
        "SELECT max(coalesce(max(key), 0), (SELECT coalesce(max(statement), 0) FROM participants)) FROM statements",
        [],
        |row| row.get(0),
    )?;
    let mut query = connection.prepare(DIFFERING)?;
    let mut first = 1;
    while first <= last {
        let end = first.saturating_add(ROWS);
        let mut rows = query.query([first, end - 1])?;
        while let Some(row) = rows.next()? {
            let statement: i64 = row.get(0)?;
            verification.find(
                "participants",
                None,
                format!("those of statement {statement} are not those that its contents name"),
                RESTORE,
            );
        }
        first = end;
    }
    Ok(())
}
