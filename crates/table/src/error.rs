//! What can go wrong with a table as a whole? A single bad row is no error: it is a row of the table of errors.

use std::fmt;

use arrow_schema::ArrowError;

/// Why a table cannot be read or written.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

/// What kind of fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The table lacks a column that is needed, or the column holds what cannot be read as that.
    Columns,
    /// The record cannot be read.
    Record,
    /// The file cannot be read or written.
    File,
    /// What is to be written does not fit the schema: a fault of this program.
    Internal,
}

impl ErrorKind {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorKind::Columns => "columns",
            ErrorKind::Record => "record",
            ErrorKind::File => "file",
            ErrorKind::Internal => "internal",
        }
    }
}

impl Error {
    /// What kind of fault it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into() }
    }

    /// Rows that do not go into the schema.
    pub(crate) fn internal(cause: impl fmt::Display) -> Error {
        Error::new(ErrorKind::Internal, format!("the rows do not go into their table ({cause}); please report this"))
    }

    /// A table that somebody gave and that does not hold what it should.
    pub(crate) fn columns(what: &str, cause: impl fmt::Display) -> Error {
        Error::new(ErrorKind::Columns, format!("{what}: {cause}"))
    }

    /// The file that is read or written fails.
    pub(crate) fn file(cause: impl fmt::Display) -> Error {
        Error::new(ErrorKind::File, format!("{cause}; check the file and the disk that it lies on"))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl From<sayso_store::Error> for Error {
    fn from(error: sayso_store::Error) -> Error {
        Error::new(ErrorKind::Record, error.to_string())
    }
}

impl From<Error> for ArrowError {
    fn from(error: Error) -> ArrowError {
        ArrowError::ExternalError(Box::new(error))
    }
}
