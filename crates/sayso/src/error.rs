//! What went wrong outside the pure stages: data that does not load, input that cannot be read.

use std::fmt;
use std::path::Path;

/// Why something could not be loaded or read.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    origin: String,
    reason: String,
}

/// What kind of fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// A data file of the program or the user is faulty.
    Data,
    /// A file or directory cannot be read.
    Unreadable,
    /// A line of JSON does not read.
    Json,
    /// A page or text gives no document.
    Page,
}

impl Error {
    /// What kind of fault it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Which input it is: a path, with the line of a JSON line; empty where it is none.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What is wrong and what can be done, without the origin.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    pub(crate) fn new(kind: ErrorKind, reason: impl Into<String>) -> Error {
        Error { kind, origin: String::new(), reason: reason.into() }
    }

    pub(crate) fn data(cause: impl fmt::Display) -> Error {
        Error::new(ErrorKind::Data, cause.to_string())
    }

    /// A file that cannot be read, with what to do about it.
    pub(crate) fn unreadable(path: &Path, cause: &std::io::Error) -> Error {
        let advice = match cause.kind() {
            std::io::ErrorKind::NotFound => "there is no such file; check the name".to_owned(),
            std::io::ErrorKind::PermissionDenied => "it may not be read; check its permissions".to_owned(),
            _ => format!("it cannot be read ({cause}); check the file and the disk that it lies on"),
        };
        Error::new(ErrorKind::Unreadable, advice).at(path.display())
    }

    /// The same fault in the input `origin`.
    pub(crate) fn at(mut self, origin: impl fmt::Display) -> Error {
        self.origin = origin.to_string();
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.origin.is_empty() {
            write!(f, "{}: ", self.origin)?;
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Error {}
