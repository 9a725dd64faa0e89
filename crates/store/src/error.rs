//! What can go wrong with a record file, and what can the person before it do?

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why a record cannot be opened, written or asked. Its message names the file, the cause and what to do.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    path: PathBuf,
    message: String,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What kind of fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no such file.
    NotFound,
    /// The file is something else: no SQLite database, or one that is not a record.
    NotARecord,
    /// A newer sayso wrote it.
    Newer,
    /// An older sayso wrote it, and it was opened only for reading.
    Older,
    /// The file or its directory cannot be opened or created.
    Unreachable,
    /// The file or its directory cannot be written.
    ReadOnly,
    /// Another program is writing and did not finish in time.
    Locked,
    /// The disk is full.
    Full,
    /// The file's contents are broken, or the disk fails.
    Damaged,
    /// What was given to be kept contradicts itself.
    Invalid,
    /// The id is that of no statement.
    Unknown,
    /// Several ids begin so.
    Ambiguous,
    /// Another fault of the database: one of this library.
    Internal,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, path: &Path, message: impl Into<String>) -> Error {
        Error { kind, path: path.to_owned(), message: message.into(), cause: None }
    }

    /// The database's error at `path`, told by what it means to a person.
    pub(crate) fn of_database(path: &Path, cause: rusqlite::Error) -> Error {
        let (kind, message) = told(&cause);
        Error { kind, path: path.to_owned(), message, cause: Some(Box::new(cause)) }
    }

    /// A kept JSON that does not read.
    pub(crate) fn of_json(path: &Path, what: &str, cause: serde_json::Error) -> Error {
        let message = format!("{what} does not read ({cause}); the file was changed by another program or a newer sayso");
        Error { kind: ErrorKind::Damaged, path: path.to_owned(), message, cause: Some(Box::new(cause)) }
    }

    /// What kind of fault it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The record's file; `:memory:` for one without.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.message)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

/// Kind and message of a database error.
fn told(error: &rusqlite::Error) -> (ErrorKind, String) {
    let (kind, message) = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => {
            (ErrorKind::NotARecord, "this is not a sayso record but another kind of file; name another file, and it will be made")
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            (ErrorKind::Locked, "another program is writing to this record; wait until it is done and try again")
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => {
            (ErrorKind::ReadOnly, "this record cannot be written; allow writing to the file and its directory, or name another file")
        }
        Some(ErrorCode::DiskFull) => {
            (ErrorKind::Full, "the disk is full; what was finished before is kept; free some space and read the same input again")
        }
        Some(ErrorCode::CannotOpen) => {
            (ErrorKind::Unreachable, "this file cannot be opened; check that its directory exists and that you may read and write there")
        }
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::SystemIoFailure) => {
            (ErrorKind::Damaged, "the file or the disk that it lies on is damaged; restore the record from a copy, or read the input anew")
        }
        _ if matches!(error, rusqlite::Error::FromSqlConversionFailure(..)) => {
            let message = format!("what it holds does not read ({error}); the file was changed by another program or a newer sayso");
            return (ErrorKind::Damaged, message);
        }
        _ => return (ErrorKind::Internal, format!("the database refused: {error}; please report this")),
    };
    (kind, message.to_owned())
}

/// Why a transaction was given up.
pub(crate) enum Fault {
    Database(rusqlite::Error),
    Refused(ErrorKind, String),
}

impl Fault {
    pub(crate) fn invalid(message: String) -> Fault {
        Fault::Refused(ErrorKind::Invalid, message)
    }

    pub(crate) fn unwritable(error: serde_json::Error) -> Fault {
        Fault::Database(rusqlite::Error::ToSqlConversionFailure(error.into()))
    }

    pub(crate) fn at(self, path: &Path) -> Error {
        match self {
            Fault::Database(error) => Error::of_database(path, error),
            Fault::Refused(kind, message) => Error::new(kind, path, message),
        }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Fault {
        Fault::Database(error)
    }
}
