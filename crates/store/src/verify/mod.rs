//! Is the record still what was written? Every content is held against the log, and the log against its own chain of hashes.

mod columns;
mod groups;
mod links;
mod log;
mod rows;

use std::fmt;

use rusqlite::{ErrorCode, TransactionBehavior};

use crate::error::Fault;
use crate::{Error, Record};

/// Something that is not as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// In which table.
    pub table: String,
    /// In which row; `None` where it is not a single one.
    pub row: Option<i64>,
    /// What is wrong with it, with the id that people know it by.
    pub fault: String,
    /// What to do.
    pub remedy: &'static str,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.table)?;
        if let Some(row) = self.row {
            write!(f, " {row}")?;
        }
        write!(f, ": {}; {}", self.fault, self.remedy)
    }
}

/// What to do where contents are not those that were written.
const RESTORE: &str = "restore the record from a copy";
/// What to do where something can be made again from what is kept.
const REREAD: &str = "restore the record from a copy, or read its document anew into another record";
/// What to do where linking can set it right.
const RELINK: &str = "restore the record from a copy, or link it anew with `sayso link --all`";
/// What to do where only an index is wrong.
const REINDEX: &str = "what was written is kept; export it, or restore the record from a copy";

/// How far a verification is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Steps done: entries of the log, and a few for the tables as a whole.
    pub done: u64,
    /// Steps in all.
    pub of: u64,
}

/// The findings so far, and who is told how far it is.
struct Verification<'v> {
    findings: Vec<Finding>,
    progress: Verified,
    tell: &'v mut dyn FnMut(Verified),
}

/// Steps beside the entries of the log.
const STEPS: u64 = 6;

impl Record {
    /// Holds all that the record has against its log: the chain of hashes, each document and statement against the hash that was
    /// written with it, each text against its own, decisions, runs, linkings and releases against their entries, the groups and
    /// copies that linking wrote against hashes of its rows, columns and indexes against the contents that they are made from. No
    /// finding is a record that nobody changed. The four tables that linking keeps for itself (sketches, overlaps, likes, pairs) are
    /// not looked at: `sayso link --all` makes them anew from what is.
    ///
    /// A full-text index is compared with its text only where the file may be written; nothing is written to it. Fails only
    /// where the file cannot be read at all.
    pub fn verify(&mut self, tell: &mut dyn FnMut(Verified)) -> Result<Vec<Finding>, Error> {
        let entries: u64 = self.connection.query_row("SELECT count(*) FROM log", [], |row| row.get(0)).unwrap_or(0);
        let progress = Verified { done: 0, of: entries + STEPS };
        let mut verification = Verification { findings: Vec::new(), progress, tell };
        verification.attempt("the file", |verification| columns::check_file(&self.connection, verification))?;
        verification.advance(1);
        verification.attempt("the full-text indexes", |verification| columns::check_full_text(&self.connection, verification))?;
        verification.advance(1);
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Deferred)
            .map_err(|error| Error::of_database(&self.path, error))?;
        verification.attempt("columns", |verification| columns::check(&transaction, verification))?;
        verification.advance(1);
        verification.attempt("groups", |verification| groups::check(&transaction, verification))?;
        verification.advance(1);
        verification.attempt("the log", |verification| log::check(&transaction, verification))?;
        verification.advance(1);
        Ok(verification.findings)
    }
}

impl Verification<'_> {
    fn find(&mut self, table: &str, row: impl Into<Option<i64>>, fault: impl Into<String>, remedy: &'static str) {
        self.findings.push(Finding { table: table.to_owned(), row: row.into(), fault: fault.into(), remedy });
    }

    fn advance(&mut self, steps: u64) {
        self.progress.done += steps;
        (self.tell)(self.progress);
    }

    /// Runs a part; where the file is too broken to be read there, that is what it finds.
    fn attempt(&mut self, what: &str, part: impl FnOnce(&mut Self) -> Result<(), Fault>) -> Result<(), Error> {
        match part(self) {
            Ok(()) => Ok(()),
            Err(Fault::Database(error)) => {
                let broken = match error.sqlite_error_code() {
                    Some(ErrorCode::DatabaseCorrupt) => "the file is broken there",
                    Some(ErrorCode::SystemIoFailure) => "the disk does not give it",
                    _ => "it does not read",
                };
                self.find(what, None, format!("{broken} ({error}), and what follows could not be looked at"), RESTORE);
                Ok(())
            }
            Err(Fault::Refused(_, message)) => {
                self.find(what, None, message, RESTORE);
                Ok(())
            }
        }
    }
}
