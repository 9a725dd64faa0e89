//! What can be wrong with a file or one report in it, and what can the person before it do?

use std::fmt;
use std::io;

use crate::Place;

/// A file, or one report in it, that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind of fault it is.
    pub kind: FaultKind,
    /// Where in the file.
    pub place: Place,
    /// What is wrong and what can be done.
    pub reason: String,
}

/// What kind of fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The file, or the device that it lies on, cannot be read.
    Unreadable,
    /// The bytes are not what the file's kind asks for: cut off, overwritten, or of another kind.
    Damaged,
    /// It is larger than a report can be.
    TooLarge,
    /// A line of JSON does not read.
    Json,
    /// A table lacks the columns that it was said to have, or none of them can be the text.
    Columns,
    /// It is locked with a password.
    Locked,
    /// It took longer, or more memory, than one report may.
    GaveUp,
    /// It holds no text: pictures alone, or nothing.
    NoText,
}

impl Fault {
    pub(crate) fn new(kind: FaultKind, place: &Place, reason: impl Into<String>) -> Fault {
        Fault { kind, place: place.clone(), reason: reason.into() }
    }

    /// What a reader of bytes said: damage where they are wrong, else a file that cannot be read.
    pub(crate) fn of_reading(place: &Place, cause: &io::Error) -> Fault {
        match cause.kind() {
            io::ErrorKind::NotFound => Fault::new(FaultKind::Unreadable, place, "there is no such file; check the name"),
            io::ErrorKind::PermissionDenied => Fault::new(FaultKind::Unreadable, place, "it may not be read; check its permissions"),
            io::ErrorKind::UnexpectedEof => Fault::new(FaultKind::Damaged, place, "it is cut off here; fetch it again"),
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other => {
                Fault::new(FaultKind::Damaged, place, format!("it is damaged here ({cause}); fetch it again"))
            }
            _ => Fault::new(
                FaultKind::Unreadable,
                place,
                format!("it cannot be read ({cause}); check the file and the disk that it lies on"),
            ),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.label.is_empty() {
            write!(f, "{}: ", self.place.label)?;
        }
        f.write_str(&self.reason)
    }
}

impl std::error::Error for Fault {}
