//! What has been seen, what waits and what failed? One SQLite file beside the record, `RECORD.watch`: a kill at any moment leaves it
//! as of the last step that was finished, and an entry counts as fetched only once its document is in the record.

mod entries;
mod feeds;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use crate::error::{Error, ErrorKind};
pub(crate) use entries::{Kept, Told, Waiting};
pub(crate) use feeds::{DueFeed, Found};

/// "SAYW" in the header of the file.
const APPLICATION_ID: i64 = 0x5341_5957;

/// How many versions the schema has had.
const VERSIONS: i64 = 1;

/// The state of a watch: one open SQLite file, held by one program at a time.
#[derive(Debug)]
pub struct State {
    connection: Connection,
    path: PathBuf,
}

impl State {
    /// The state file of a record.
    pub fn path_beside(record: &Path) -> PathBuf {
        let mut name = record.as_os_str().to_owned();
        name.push(".watch");
        PathBuf::from(name)
    }

    /// The state at `path`, made there if there is none, and held until it is dropped.
    ///
    /// # Errors
    /// Says that another program watches, that the file is something else, or why it cannot be used.
    pub fn open(path: &Path) -> Result<State, Error> {
        let connection = Connection::open(path).map_err(|error| fault(path, &error))?;
        State::of(connection, path)
    }

    /// A state without a file, for tests and trials.
    ///
    /// # Errors
    /// Where memory is short.
    pub fn in_memory() -> Result<State, Error> {
        let path = Path::new(":memory:");
        State::of(Connection::open_in_memory().map_err(|error| fault(path, &error))?, path)
    }

    fn of(connection: Connection, path: &Path) -> Result<State, Error> {
        let mut state = State { connection, path: path.to_owned() };
        state.prepare().map_err(|error| fault(path, &error))?;
        let number = |sql| state.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(|error| fault(path, &error));
        let (application, version) = (number("PRAGMA application_id")?, number("PRAGMA user_version")?);
        let tables = number("SELECT count(*) FROM sqlite_schema")?;
        match (application, version) {
            (0, 0) if tables == 0 => {
                let mark = format!("PRAGMA application_id = {APPLICATION_ID}");
                state.connection.execute_batch(&mark).map_err(|error| fault(path, &error))?;
                let migrations = Migrations::new(vec![M::up(include_str!("schema.sql"))]);
                migrations.to_latest(&mut state.connection).map_err(|error| {
                    Error::new(ErrorKind::State, format!("{}: the state of the watch cannot be made: {error}", path.display()))
                })?;
            }
            (APPLICATION_ID, VERSIONS) => {}
            (APPLICATION_ID, newer) => {
                let message = format!("{}: another version of sayso wrote this (schema {newer}); use that one", path.display());
                return Err(Error::new(ErrorKind::State, message));
            }
            _ => return Err(Error::new(ErrorKind::State, format!("{}: this is not the state of a watch; move it away", path.display()))),
        }
        Ok(state)
    }

    /// Takes the file for this program alone; the system gives it back however the program ends.
    fn prepare(&mut self) -> rusqlite::Result<()> {
        self.connection.busy_timeout(std::time::Duration::ZERO)?;
        self.connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        self.connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
        self.connection.pragma_update(None, "synchronous", "FULL")?;
        self.connection.execute_batch("BEGIN EXCLUSIVE; COMMIT")
    }

    /// Does something in one transaction.
    fn change<T>(&mut self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        let whole = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = work(&transaction)?;
            transaction.commit()?;
            Ok(done)
        };
        whole().map_err(|error| fault(&self.path, &error))
    }

    /// Asks something.
    fn ask<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Error> {
        work(&self.connection).map_err(|error| fault(&self.path, &error))
    }
}

fn fault(path: &Path, error: &rusqlite::Error) -> Error {
    let path = path.display();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            Error::new(ErrorKind::AtWork, format!("{path}: another `sayso watch` is at work on this record; end it first"))
        }
        Some(ErrorCode::NotADatabase) => Error::new(ErrorKind::State, format!("{path}: this is not the state of a watch; move it away")),
        Some(ErrorCode::DiskFull) => {
            Error::new(ErrorKind::State, format!("{path}: the disk is full; free some space and watch again: nothing is lost"))
        }
        _ => Error::new(ErrorKind::State, format!("{path}: the state of the watch cannot be used ({error})")),
    }
}
