//! What is wrong with a data file? The file, the line and what was expected.

use std::fmt;

/// Why a data file cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Error {
    kind: ErrorKind,
    file: String,
    line: usize,
    expected: String,
}

/// What kind of fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// A line or value that does not read.
    Syntax,
    /// A code that no table has.
    UnknownCode,
    /// A reference to something that is not there.
    Dangling,
    /// The same key twice.
    Duplicate,
}

impl Error {
    /// A fault in `file` at `line` (counted from 1; 0 where the whole file is meant).
    pub fn new(kind: ErrorKind, file: &str, line: usize, expected: impl Into<String>) -> Error {
        Error { kind, file: file.to_owned(), line, expected: expected.into() }
    }

    /// What kind of fault it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.expected),
            line => write!(f, "{}:{line}: {}", self.file, self.expected),
        }
    }
}

/// The rows of a tab-separated table: number of the line and its cells, comments (`#`) and empty lines left out.
pub(crate) fn rows(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|(number, line)| (number + 1, line.split('\t').map(str::trim).collect()))
}
