//! What do others' data say, kept beside the record and never mixed into it? Imports with their licence and hash, and their rows.

use std::ops::ControlFlow;

use rusqlite::{OptionalExtension, TransactionBehavior, named_params, params};
use serde_json::{Value, json};

use crate::error::Fault;
use crate::log::{Change, Deed};
use crate::{Error, ErrorKind, Record};

/// Data of others as they come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewImport {
    /// Whose they are: "acled", "ged".
    pub dataset: String,
    /// Of which version they are, where that is known.
    pub version: Option<String>,
    /// Under which terms the user has them, in their words.
    pub licence: String,
    /// The file as it was named.
    pub file: String,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

/// A row of theirs.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedRow {
    /// Their id.
    pub id: String,
    /// First possible day.
    pub earliest: Option<String>,
    /// Last possible day.
    pub latest: Option<String>,
    /// What was read of it.
    pub record: Value,
}

/// Data of others that the record keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// Its number.
    pub number: i64,
    /// What it is.
    pub of: NewImport,
    /// How many rows.
    pub rows: u64,
    /// RFC 3339: when it came in.
    pub at: String,
    /// Who brought it in.
    pub who: String,
}

impl Record {
    /// Keeps data of others; all rows or none. Gives its number.
    ///
    /// Fails with [`ErrorKind::Invalid`] where the same file of the same data set is kept already, or where two rows have one id.
    pub fn import(&mut self, import: &NewImport, rows: &[ImportedRow], who: &str) -> Result<i64, Error> {
        self.writable()?;
        let mut keep = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let same = "SELECT key FROM main.imports WHERE dataset = ?1 AND sha256 = ?2 AND removed IS NULL";
            let kept: Option<i64> = transaction.query_row(same, [&import.dataset, &import.sha256], |row| row.get(0)).optional()?;
            if let Some(kept) = kept {
                return Err(Fault::Refused(
                    ErrorKind::Invalid,
                    format!("this very file was imported already, as import {kept}; nothing has changed"),
                ));
            }
            let change = Change::begin(&transaction, &self.now)?;
            transaction.execute(
                "INSERT INTO main.imports (log, dataset, version, licence, file, sha256, rows)
                 VALUES (:log, :dataset, :version, :licence, :file, :sha256, :rows)",
                named_params! {
                    ":log": change.key(), ":dataset": import.dataset, ":version": import.version, ":licence": import.licence,
                    ":file": import.file, ":sha256": import.sha256, ":rows": rows.len() as i64,
                },
            )?;
            let number = transaction.last_insert_rowid();
            {
                let sql = "INSERT INTO main.imported (import, id, earliest, latest, record) VALUES (?1, ?2, ?3, ?4, ?5)";
                let mut insert = transaction.prepare_cached(sql)?;
                for row in rows {
                    insert.execute(params![number, row.id, row.earliest, row.latest, row.record.to_string()])?;
                }
            }
            let entry = json!({
                "import": number, "dataset": import.dataset, "version": import.version, "licence": import.licence, "file": import.file,
                "file_sha256": import.sha256, "rows": rows.len(),
            });
            change.end(&transaction, who, Deed::Imported, &entry)?;
            transaction.commit()?;
            Ok(number)
        };
        keep().map_err(|fault: Fault| fault.at(&self.path))
    }

    /// Removes the rows of an import for good; the log keeps that they were there.
    ///
    /// Fails with [`ErrorKind::Unknown`] where the record keeps no such import.
    pub fn remove_import(&mut self, number: i64, who: &str) -> Result<(), Error> {
        self.writable()?;
        let mut remove = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let change = Change::begin(&transaction, &self.now)?;
            let closed = "UPDATE main.imports SET removed = ?1 WHERE key = ?2 AND removed IS NULL";
            if transaction.execute(closed, [change.key(), number])? == 0 {
                return Err(Fault::Refused(
                    ErrorKind::Unknown,
                    format!("there is no import {number}; `sayso import list` names those that are kept"),
                ));
            }
            transaction.execute("DELETE FROM main.imported WHERE import = ?1", [number])?;
            change.end(&transaction, who, Deed::Imported, &json!({ "import": number, "removed": true }))?;
            transaction.commit()?;
            Ok(())
        };
        remove().map_err(|fault: Fault| fault.at(&self.path))
    }

    /// The imports that the record keeps, first one first.
    pub fn imports(&self) -> Result<Vec<Import>, Error> {
        let mut imports = Vec::new();
        let sql = "SELECT i.key, i.dataset, i.version, i.licence, i.file, i.sha256, i.rows, l.at, l.who
                   FROM main.imports AS i JOIN main.log AS l ON l.key = i.log WHERE i.removed IS NULL ORDER BY i.key";
        self.each_row(sql, [], |row| {
            let of = NewImport { dataset: row.get(1)?, version: row.get(2)?, licence: row.get(3)?, file: row.get(4)?, sha256: row.get(5)? };
            let rows = u64::try_from(row.get::<_, i64>(6)?).unwrap_or_default();
            imports.push(Import { number: row.get(0)?, of, rows, at: row.get(7)?, who: row.get(8)? });
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(imports)
    }

    /// Hands on the rows of an import, by time.
    pub fn each_imported(&self, number: i64, mut take: impl FnMut(ImportedRow)) -> Result<(), Error> {
        let sql = "SELECT id, earliest, latest, record FROM main.imported WHERE import = ? ORDER BY earliest, latest, key";
        self.each_row(sql, [rusqlite::types::Value::from(number)], |row| {
            let record = serde_json::from_str(&row.get::<_, String>(3)?).unwrap_or_default();
            take(ImportedRow { id: row.get(0)?, earliest: row.get(1)?, latest: row.get(2)?, record });
            Ok(ControlFlow::Continue(()))
        })
    }
}
