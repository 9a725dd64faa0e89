//! What can be wrong with an encoder's files? A tensor that is missing or of another shape, or a list that is not as expected.

use std::fmt;

/// A model that cannot be loaded; its message names the tensor or line and what was expected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

/// What kind of thing could not be loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The file of weights as a whole.
    Weights,
    /// One tensor of it.
    Tensor,
    /// A list of labels in its metadata.
    Labels,
    /// The vocabulary of word pieces.
    Vocabulary,
}

impl Error {
    pub(crate) fn weights(what: impl fmt::Display) -> Error {
        Error { kind: ErrorKind::Weights, message: format!("encoder: {what}") }
    }

    pub(crate) fn tensor(name: &str, what: impl fmt::Display) -> Error {
        Error { kind: ErrorKind::Tensor, message: format!("encoder: tensor `{name}`: {what}") }
    }

    pub(crate) fn labels(name: &str, what: impl fmt::Display) -> Error {
        Error { kind: ErrorKind::Labels, message: format!("encoder: labels `{name}`: {what}") }
    }

    pub(crate) fn vocabulary(what: impl fmt::Display) -> Error {
        Error { kind: ErrorKind::Vocabulary, message: format!("vocabulary: {what}") }
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
