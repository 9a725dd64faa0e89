//! What can go wrong when data leave or come in, and what can a person do?

use std::io;

/// Why something was not written or not read. Its message says what, where and what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The record cannot be asked.
    #[error(transparent)]
    Store(#[from] sayso_store::Error),
    /// The program's own data do not load.
    #[error(transparent)]
    Data(#[from] sayso::Error),
    /// The file cannot be written, or whoever reads it went away.
    #[error("the file cannot be written: {0}; see whether the disk is full and whether you may write there")]
    Write(#[from] io::Error),
    /// What is asked cannot be done; the message says what can.
    #[error("{0}")]
    Refused(String),
    /// A fault of this program.
    #[error("{0}; please report this")]
    Internal(String),
}

impl From<csv::Error> for Error {
    fn from(error: csv::Error) -> Error {
        match error.into_kind() {
            csv::ErrorKind::Io(cause) => Error::Write(cause),
            other => Error::Internal(format!("this row cannot be written as CSV: {other:?}")),
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Error {
        if error.is_io() { Error::Write(error.into()) } else { Error::Internal(format!("this cannot be written as JSON: {error}")) }
    }
}

impl From<rust_xlsxwriter::XlsxError> for Error {
    fn from(error: rust_xlsxwriter::XlsxError) -> Error {
        Error::Internal(format!("the spreadsheet cannot be made: {error}"))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Error {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::DiskFull) => Error::Refused("the disk is full; free some space and export again".to_owned()),
            Some(rusqlite::ErrorCode::CannotOpen | rusqlite::ErrorCode::ReadOnly) => {
                Error::Refused("the file cannot be made there; check that the directory exists and that you may write in it".to_owned())
            }
            _ => Error::Internal(format!("the database refused: {error}")),
        }
    }
}
