//! What can be wrong with what is loaded? A lexicon's line, or a model's bytes.

use std::fmt;

/// A lexicon or model that cannot be loaded; its message names the place and what was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

/// What kind of thing could not be loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// A line of a word list.
    Lexicon,
    /// A model of another make or version.
    ModelVersion,
    /// A model whose bytes are cut short or changed.
    ModelBytes,
}

impl Error {
    pub(crate) fn lexicon(file: &str, line: usize, expected: impl fmt::Display) -> Error {
        Error { kind: ErrorKind::Lexicon, message: format!("{file}:{line}: {expected}") }
    }

    pub(crate) fn version(expected: impl fmt::Display) -> Error {
        Error { kind: ErrorKind::ModelVersion, message: format!("linear model: {expected}") }
    }

    pub(crate) fn bytes(expected: impl fmt::Display) -> Error {
        Error { kind: ErrorKind::ModelBytes, message: format!("linear model: {expected}") }
    }

    /// What kind of thing could not be loaded.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
