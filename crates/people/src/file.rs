//! Which file holds the people of a record, and how is it opened so that nobody else reads it?

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::{Timestamp, Unit};
use rusqlite::{Connection, Transaction, TransactionBehavior};
use rusqlite_migration::{M, Migrations};

use crate::{Error, ErrorKind};

/// "SAYP" in the header of the file; set by the first migration.
const APPLICATION_ID: i64 = 0x5341_5950;

/// How long to wait for another program that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// The schema's versions, in order. A released one never changes.
fn migrations() -> Migrations<'static> {
    Migrations::new(vec![M::up(include_str!("../migrations/0001-people.sql")), M::up(include_str!("../migrations/0002-saved.sql"))])
}

/// The people of one record: one open SQLite file.
#[derive(Debug)]
pub struct People {
    pub(crate) connection: Connection,
    pub(crate) path: PathBuf,
}

impl People {
    /// Where the people of a record are kept: beside it, under its name with `.people` after it.
    pub fn path_of(record: &Path) -> PathBuf {
        let mut name = record.as_os_str().to_owned();
        name.push(".people");
        PathBuf::from(name)
    }

    /// The people of a record whose file is there already; `None` if nobody was ever added.
    ///
    /// # Errors
    /// The file cannot be opened, or is another kind of file.
    pub fn of_record(record: &Path) -> Result<Option<People>, Error> {
        let path = People::path_of(record);
        if path.exists() { People::create_or_open(&path).map(Some) } else { Ok(None) }
    }

    /// The people kept in the file at `path`, which is made, readable by its owner only, if there is none.
    ///
    /// # Errors
    /// The file cannot be opened, or is another kind of file, which is left as it is.
    pub fn create_or_open(path: &Path) -> Result<People, Error> {
        make_private(path)?;
        let connection = Connection::open(path).map_err(|cause| Error::of_database(path, &cause))?;
        People { connection, path: path.to_owned() }.settled()
    }

    /// People without a file, for tests and trials.
    ///
    /// # Errors
    /// There is no memory for it.
    pub fn in_memory() -> Result<People, Error> {
        let path = PathBuf::from(":memory:");
        let connection = Connection::open_in_memory().map_err(|cause| Error::of_database(&path, &cause))?;
        People { connection, path }.settled()
    }

    fn settled(mut self) -> Result<People, Error> {
        self.connection.busy_timeout(PATIENCE).map_err(|cause| self.error(&cause))?;
        let number = |sql| self.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(|cause| self.error(&cause));
        let known = (number("PRAGMA application_id")?, number("SELECT count(*) FROM sqlite_schema")?);
        if !matches!(known, (APPLICATION_ID, _) | (0, 0)) {
            let message = format!("{}: this is not a file of people; move it away", self.path.display());
            return Err(Error::new(ErrorKind::File, message));
        }
        let settings = [("journal_mode", "WAL"), ("foreign_keys", "ON"), ("secure_delete", "ON")];
        for (name, value) in settings {
            self.connection.pragma_update(None, name, value).map_err(|cause| self.error(&cause))?;
        }
        match migrations().to_latest(&mut self.connection) {
            Ok(()) => Ok(self),
            Err(rusqlite_migration::Error::MigrationDefinition(_)) => {
                let message = format!("{}: a newer sayso wrote this file of people; use that one", self.path.display());
                Err(Error::new(ErrorKind::File, message))
            }
            Err(rusqlite_migration::Error::RusqliteError { err, .. }) => Err(self.error(&err)),
            Err(other) => Err(Error::new(ErrorKind::Internal, format!("{}: {other}; please report this", self.path.display()))),
        }
    }

    pub(crate) fn error(&self, cause: &rusqlite::Error) -> Error {
        Error::of_database(&self.path, cause)
    }

    /// Does something wholly or not at all.
    pub(crate) fn wholly<T>(&mut self, change: impl FnOnce(&Transaction<'_>) -> Result<T, Stop>) -> Result<T, Error> {
        let path = self.path.clone();
        let done = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let done = change(&transaction)?;
            transaction.commit()?;
            Ok(done)
        };
        done().map_err(|stop: Stop| match stop {
            Stop::Database(cause) => Error::of_database(&path, &cause),
            Stop::Refused(error) => error,
        })
    }
}

/// Why a change was given up.
pub(crate) enum Stop {
    Database(rusqlite::Error),
    Refused(Error),
}

impl From<rusqlite::Error> for Stop {
    fn from(cause: rusqlite::Error) -> Stop {
        Stop::Database(cause)
    }
}

impl From<Error> for Stop {
    fn from(error: Error) -> Stop {
        Stop::Refused(error)
    }
}

/// A time as the file keeps it: in UTC, to the second.
pub(crate) fn kept(time: Timestamp) -> String {
    time.round(Unit::Second).unwrap_or(time).to_string()
}

/// Makes the file, if it is not there, so that nobody but its owner reads it; what SQLite puts beside it is as private.
fn make_private(path: &Path) -> Result<(), Error> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(_) if path.is_file() => Ok(()),
        Err(cause) => Err(Error::new(ErrorKind::File, format!("{}: it cannot be made ({cause})", path.display()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_are_sound() {
        migrations().validate().unwrap();
    }

    #[test]
    fn another_kind_of_file_is_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        let text = directory.path().join("text");
        std::fs::write(&text, "some text that is no database, of more than a few bytes ".repeat(40)).unwrap();
        assert_eq!(People::create_or_open(&text).unwrap_err().kind(), ErrorKind::File);
        let database = directory.path().join("database");
        Connection::open(&database).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
        assert_eq!(People::create_or_open(&database).unwrap_err().kind(), ErrorKind::File);
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_reads_it() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let path = People::path_of(&directory.path().join("record.sayso"));
        let _people = People::create_or_open(&path).unwrap();
        for entry in std::fs::read_dir(directory.path()).unwrap() {
            let entry = entry.unwrap();
            assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", entry.file_name());
        }
    }
}
