//! Why could no document be made of an input?

use std::fmt;

/// An input that is not a document, with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

/// The kinds of [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// There are no bytes, or only white space.
    Empty,
    /// The bytes are not text: a picture, an archive, a program.
    Binary,
    /// There are more bytes than the limit allows.
    TooLarge,
    /// The page holds no text of a report.
    NoText,
}

impl Error {
    /// What is wrong, for a program to act on.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
