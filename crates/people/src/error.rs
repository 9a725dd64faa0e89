//! What can go wrong with the people of a record, and what can be done about it?

use std::path::Path;

use rusqlite::ErrorCode;

/// Why people cannot be read or changed. Its message names the cause and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

/// What kind of fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no such person, session or token.
    Unknown,
    /// There is one already, or it is the last of its kind.
    Conflict,
    /// What was given cannot be a name, a role or a password.
    Invalid,
    /// The file cannot be opened, read or written, or is another kind of file.
    File,
    /// The system gives no random numbers, or the database refused.
    Internal,
}

impl Error {
    /// What kind of fault it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into() }
    }

    pub(crate) fn nobody(name: &str) -> Error {
        Error::new(ErrorKind::Unknown, format!("nobody here is named `{name}`; `sayso people list` names everyone"))
    }

    pub(crate) fn of_database(path: &Path, cause: &rusqlite::Error) -> Error {
        let path = path.display();
        let (kind, message) = match cause.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => (ErrorKind::File, format!("{path}: this is not a file of people; move it away")),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                (ErrorKind::File, format!("{path}: another program is writing to it; try again"))
            }
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                (ErrorKind::File, format!("{path}: it cannot be opened or written; allow that to whoever runs sayso"))
            }
            Some(ErrorCode::DiskFull) => (ErrorKind::File, format!("{path}: the disk is full; free some space")),
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::SystemIoFailure) => {
                (ErrorKind::File, format!("{path}: the file or its disk is damaged; restore it from a copy"))
            }
            _ => (ErrorKind::Internal, format!("{path}: the database refused: {cause}; please report this")),
        };
        Error { kind, message }
    }
}
