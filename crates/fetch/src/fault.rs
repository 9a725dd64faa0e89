//! Why could an address not be read, and is it worth asking again?

use std::time::Duration;

/// Why an address gave nothing that can be read. Its message says what to do, where something can be done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Fault {
    /// What kind of fault it is.
    pub kind: FaultKind,
    message: String,
    /// How long the server asks to be left alone.
    pub retry_after: Option<Duration>,
}

/// The kinds of [`Fault`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The address is one that nothing is fetched from: private, with a password, another scheme or port.
    Address,
    /// The site's robots.txt asks not to be read.
    Robots,
    /// There is nothing there: 404, 410.
    Gone,
    /// The server refuses: 401, 403, 451 and the like.
    Refused,
    /// The server cannot answer now, or wants to be asked less often: 429, 5xx.
    Busy,
    /// No answer: no such host, no connection, broken off, too slow.
    Unreachable,
    /// The server's certificate is not to be trusted.
    Untrusted,
    /// More bytes than are read.
    TooLarge,
    /// It leads in a circle, or on and on.
    Redirect,
    /// What came is no feed, or no kind of page that is read.
    Unreadable,
}

impl Fault {
    /// A fault of a kind, with what is wrong and what to do.
    pub fn new(kind: FaultKind, message: impl Into<String>) -> Fault {
        Fault { kind, message: message.into(), retry_after: None }
    }

    pub(crate) fn after(mut self, wait: Option<Duration>) -> Fault {
        self.retry_after = wait;
        self
    }

    /// Whether asking again soon cannot help: the site or the user would have to change something.
    pub fn lasts(&self) -> bool {
        match self.kind {
            FaultKind::Busy | FaultKind::Unreachable => false,
            FaultKind::Address
            | FaultKind::Robots
            | FaultKind::Gone
            | FaultKind::Refused
            | FaultKind::Untrusted
            | FaultKind::TooLarge
            | FaultKind::Redirect
            | FaultKind::Unreadable => true,
        }
    }
}
