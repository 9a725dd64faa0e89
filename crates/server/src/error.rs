//! Why could the record not be served, and what can the person before it do?

use std::io;
use std::net::SocketAddr;
use std::path::Path;

/// Why serving could not begin or go on; its message names the cause and what to do.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    kind: ErrorKind,
    message: String,
}

/// What kind of fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Other machines could reach the address, and there is nobody to let in.
    NoPeople,
    /// The people of the record cannot be read, or a name cannot be a person's.
    People,
    /// The address cannot be had.
    Taken,
    /// The record cannot be opened.
    Record,
    /// The program's own data does not load.
    Data,
    /// The system's network fails.
    Network,
}

impl Error {
    /// What kind of fault it is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    pub(crate) fn no_people(address: SocketAddr, record: &Path) -> Error {
        let message = format!(
            "{address}: other machines could reach this address, and nobody is known who may come in; \
             add the first person with `sayso people add NAME --role admin --record {}`, or use 127.0.0.1",
            record.display()
        );
        Error { kind: ErrorKind::NoPeople, message }
    }

    pub(crate) fn no_name() -> Error {
        let message = "nobody says in whose name you decide; add --by NAME, or set SAYSO_USER".to_owned();
        Error { kind: ErrorKind::People, message }
    }

    #[expect(clippy::needless_pass_by_value, reason = "it ends here")]
    pub(crate) fn people(cause: sayso_people::Error) -> Error {
        Error { kind: ErrorKind::People, message: cause.to_string() }
    }

    pub(crate) fn taken(address: SocketAddr, cause: &io::Error) -> Error {
        let advice = match cause.kind() {
            io::ErrorKind::AddrInUse => "another program uses this port".to_owned(),
            io::ErrorKind::PermissionDenied => "this port needs more rights".to_owned(),
            _ => format!("this address cannot be had ({cause})"),
        };
        Error { kind: ErrorKind::Taken, message: format!("{address}: {advice}; name another, or port 0 for any free one") }
    }

    #[expect(clippy::needless_pass_by_value, reason = "it ends here")]
    pub(crate) fn record(cause: sayso_store::Error) -> Error {
        Error { kind: ErrorKind::Record, message: cause.to_string() }
    }

    #[expect(clippy::needless_pass_by_value, reason = "it ends here")]
    pub(crate) fn data(cause: sayso::Error) -> Error {
        Error { kind: ErrorKind::Data, message: cause.to_string() }
    }

    #[expect(clippy::needless_pass_by_value, reason = "it ends here")]
    pub(crate) fn network(cause: io::Error) -> Error {
        Error { kind: ErrorKind::Network, message: format!("the network of this machine fails: {cause}") }
    }
}
