//! Which rows do the full-text indexes still lack? Those of a transaction are indexed together, which halves its price.

use rusqlite::Connection;

/// Each indexed table: its highest key, and what indexes the rows above a key.
const TABLES: [(&str, &str); 3] = [
    (
        "SELECT coalesce(max(key), 0) FROM documents",
        "INSERT INTO documents_fts (rowid, title, text) SELECT key, title, text FROM documents WHERE key > ?1",
    ),
    (
        "SELECT coalesce(max(key), 0) FROM statements",
        "INSERT INTO statements_fts (rowid, evidence, place, place_name, admin1)
         SELECT key, evidence, place, place_name, admin1 FROM statements WHERE key > ?1",
    ),
    (
        "SELECT coalesce(max(key), 0) FROM participants",
        "INSERT INTO participants_fts (rowid, name, words) SELECT key, name, words FROM participants WHERE key > ?1",
    ),
];

/// Of each indexed table, the highest key that its index has.
pub(crate) struct Indexed([i64; TABLES.len()]);

impl Indexed {
    /// All that stands in the tables now.
    pub(crate) fn all(connection: &Connection) -> rusqlite::Result<Indexed> {
        let mut highest = [0; TABLES.len()];
        for (key, (sql, _)) in highest.iter_mut().zip(TABLES) {
            *key = connection.prepare_cached(sql)?.query_row([], |row| row.get(0))?;
        }
        Ok(Indexed(highest))
    }

    /// Indexes what was inserted since; to be done before the commit.
    pub(crate) fn catch_up(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        for (key, (_, sql)) in self.0.iter().zip(TABLES) {
            connection.prepare_cached(sql)?.execute([key])?;
        }
        *self = Indexed::all(connection)?;
        Ok(())
    }
}
