//! What keeps a whole watch from going on: a faulty list of feeds, or a state file that cannot be used?

use std::fmt;

/// Why nothing can be watched. Its message names the file, the place in it and what to do.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

/// The kinds of [`Error`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The list of feeds is faulty.
    Watchlist,
    /// The state file cannot be opened, read or written.
    State,
    /// Another program watches for the same record.
    AtWork,
    /// The system does not let this program use the network.
    Network,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into() }
    }

    /// What kind of fault it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
