//! What are documents and statements to each other? What linking reads of the record and what it writes, in one transaction.
//!
//! Linking is computed outside, from what a [`Linking`] reads; what it found is written through the same, and holds together or not
//! at all. Only what changed since the last linking need be looked at again ([`Linking::unlinked`]).

mod digest;
mod read;
mod ruled;
mod turn;
mod write;

use std::collections::BTreeMap;

use rusqlite::{Transaction, TransactionBehavior};
use sayso_types::decision::Action;
use serde::Serialize;

use crate::log::{Change, Deed};
use crate::moment::View;
use crate::{Error, Record, decision};

pub(crate) use digest::{Differs, RowsDigest, RowsTold, number};
pub use read::{NumberedDocument, NumberedStatement, Reading, Unlinked};
pub use ruled::Ruling;
pub use turn::{GroupTurn, Turn};
pub use write::{GroupChange, Membership};

/// A linking in its making. What is written through it is in the record once it ends; dropped before, it leaves no trace.
pub struct Linking<'r> {
    transaction: Transaction<'r>,
    path: &'r std::path::Path,
    change: Change,
    written: Written,
    rows: RowsWritten,
}

/// The rows that a linking wrote and closed, table by table.
#[derive(Default)]
struct RowsWritten {
    origins: RowsDigest,
    groups: RowsDigest,
    members: RowsDigest,
}

/// How much a linking wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Written {
    /// Documents whose origin was found or changed.
    pub origins: u64,
    /// Groups that are new or changed.
    pub groups: u64,
    /// Groups that are no more.
    pub gone: u64,
    /// Statements that came into a group or into another.
    pub memberships: u64,
}

/// What the log tells of a linking.
#[derive(Serialize)]
struct Entry<'a> {
    /// The last entry of the log that it took into account.
    seen: i64,
    versions: &'a serde_json::Value,
    #[serde(flatten)]
    written: Written,
    /// By table, what tells its rows from all others.
    rows: BTreeMap<&'static str, RowsTold>,
}

impl Record {
    /// Begins a linking. Until it ends or is dropped, nobody else can write.
    pub fn linking(&mut self) -> Result<Linking<'_>, Error> {
        self.writable()?;
        let path = &self.path;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = transaction.map_err(|error| Error::of_database(path, error))?;
        let change = Change::begin(&transaction, &self.now).map_err(|error| Error::of_database(path, error))?;
        Ok(Linking { transaction, path, change, written: Written::default(), rows: RowsWritten::default() })
    }
}

impl Linking<'_> {
    /// Ends it: `who` linked, with these `versions` of program and data. Where nothing was written, the record stays as it is.
    pub fn end(self, who: &str, versions: &serde_json::Value) -> Result<Written, Error> {
        let Linking { transaction, path, change, written, rows } = self;
        let rows = [("origins", rows.origins), ("groups", rows.groups), ("members", rows.members)];
        let rows = rows.map(|(table, digest)| (table, digest.told())).into_iter().collect();
        let end =
            || {
                let (key, seen) = (change.key(), change.key() - 1);
                let entry = Entry { seen, versions, written, rows };
                change.end(&transaction, who, Deed::Linked, &entry)?;
                transaction
                    .prepare_cached("INSERT INTO linkings (log, seen, versions) VALUES (?1, ?2, ?3)")?
                    .execute(rusqlite::params![key, seen, versions.to_string()])?;
                transaction.commit()
            };
        end().map_err(|error| Error::of_database(path, error))?;
        Ok(written)
    }

    /// What can be read in it.
    pub fn reading(&self) -> Reading<'_> {
        Reading { connection: &self.transaction, path: self.path, view: View::Now, narrowed: false }
    }

    /// Takes a decision as made, so that what it changes can be seen. It is kept only if the linking ends, which it must not: drop it.
    pub fn suppose(&mut self, who: &str, why: &str, action: &Action) -> Result<(), Error> {
        decision::suppose(&self.transaction, &self.change, who, why, action).map_err(|fault| fault.at(self.path))
    }

    /// What it has written so far.
    pub fn written(&self) -> Written {
        self.written
    }

    fn failed(&self, error: rusqlite::Error) -> Error {
        Error::of_database(self.path, error)
    }
}
