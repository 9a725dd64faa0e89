//! What went wrong outside the pure stages: data that does not load, input that cannot be read.

use std::fmt;
use std::path::Path;

/// Why something could not be loaded or read.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
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

    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Error {
        Error { kind, message: message.into() }
    }

    pub(crate) fn data(cause: impl fmt::Display) -> Error {
        Error::new(ErrorKind::Data, cause.to_string())
    }

    /// A file that cannot be read, with what to do about it.
    pub(crate) fn unreadable(path: &Path, cause: &std::io::Error) -> Error {
        let advice = match cause.kind() {
            std::io::ErrorKind::NotFound => "there is no such file; check the name",
            std::io::ErrorKind::PermissionDenied => "it may not be read; check its permissions",
            std::io::ErrorKind::IsADirectory => "it is a directory",
            _ => "it cannot be read",
        };
        Error::new(ErrorKind::Unreadable, format!("{advice} ({cause})"))
            .at(path)
    }

    fn at(mut self, path: &Path) -> Error {
        self.message = format!("{}: {}", path.display(), self.message);
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
