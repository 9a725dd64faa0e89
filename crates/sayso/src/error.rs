//! What went wrong outside the pure stages: data that does not load, input that cannot be read.

use std::fmt;
use std::path::Path;

use sayso_intake::FaultKind;

use crate::input::Position;

/// Why something could not be loaded or read.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    origin: String,
    place: String,
    reason: String,
    position: Option<Position>,
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
    /// The bytes are not what the file's kind asks for: cut off, overwritten, or of another kind.
    Damaged,
    /// It is larger than a report can be.
    TooLarge,
    /// A table lacks a column, or a cell of it does not read.
    Columns,
    /// It is locked with a password.
    Locked,
    /// It took longer, or more memory, than one report may.
    GaveUp,
    /// There is no text in it.
    NoText,
}

impl ErrorKind {
    /// The code that error reports write.
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorKind::Data => "data",
            ErrorKind::Unreadable => "unreadable",
            ErrorKind::Json => "json",
            ErrorKind::Page => "page",
            ErrorKind::Damaged => "damaged",
            ErrorKind::TooLarge => "too-large",
            ErrorKind::Columns => "columns",
            ErrorKind::Locked => "locked",
            ErrorKind::GaveUp => "gave-up",
            ErrorKind::NoText => "no-text",
        }
    }

    pub(crate) fn of_fault(kind: FaultKind) -> ErrorKind {
        match kind {
            FaultKind::Unreadable => ErrorKind::Unreadable,
            FaultKind::Damaged => ErrorKind::Damaged,
            FaultKind::TooLarge => ErrorKind::TooLarge,
            FaultKind::Json => ErrorKind::Json,
            FaultKind::Columns => ErrorKind::Columns,
            FaultKind::Locked => ErrorKind::Locked,
            FaultKind::GaveUp => ErrorKind::GaveUp,
            FaultKind::NoText => ErrorKind::NoText,
        }
    }
}

impl Error {
    /// What kind of fault it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Which input it is: a path, with the line, record or row where the file has several; empty where it is none.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The line, record or row where the file has several, as the origin ends with it; else empty.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What is wrong and what can be done, without the origin.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Where in the file that it came from the input stands; `None` where that is not known.
    pub fn position(&self) -> Option<&Position> {
        self.position.as_ref()
    }

    pub(crate) fn new(kind: ErrorKind, reason: impl Into<String>) -> Error {
        Error { kind, origin: String::new(), place: String::new(), reason: reason.into(), position: None }
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

    /// The same fault at a place of the input that `origin` ends with.
    pub(crate) fn place_of(mut self, place: &str) -> Error {
        place.clone_into(&mut self.place);
        self
    }

    /// The same fault at a position of a file.
    pub(crate) fn within(mut self, position: Option<Position>) -> Error {
        self.position = position;
        self
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
