//! Why could a gazetteer file or table not be opened?

/// What is wrong, in kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The bytes are no gazetteer file, or one of another version.
    NotAGazetteer,
    /// The file is cut short or its sections do not fit together.
    Damaged,
    /// A line of a table is not as expected.
    Table,
    /// More places, names or divisions than the format holds.
    TooLarge,
}

/// A gazetteer file or table that could not be opened; the message names the file, the place in it, and what was expected.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

impl Error {
    pub(super) fn of(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into() }
    }

    /// What is wrong, in kind.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}
