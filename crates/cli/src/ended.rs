//! How did a command end, and which exit status tells it?

use std::io;
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// All that was asked is done.
    Well,
    /// Some inputs could not be read; each was named.
    SomeFailed,
    /// Nothing could be done.
    NothingDone,
    /// The user broke it off; what was finished is kept.
    Interrupted,
}

impl Ended {
    /// How the reading of inputs ended, by how many were read and how many were not.
    pub(crate) fn of_inputs(read: u64, failed: u64) -> Ended {
        match (read, failed) {
            (_, 0) => Ended::Well,
            (0, _) => Ended::NothingDone,
            _ => Ended::SomeFailed,
        }
    }
}

impl From<Ended> for ExitCode {
    fn from(ended: Ended) -> ExitCode {
        ExitCode::from(match ended {
            Ended::Well => 0,
            Ended::SomeFailed => 1,
            Ended::NothingDone => 3,
            Ended::Interrupted => 130,
        })
    }
}

/// Whether the reader of standard output has gone, as `head` does: no fault of anybody's.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}

/// The error in one line: its own message alone, since those of this program name cause and remedy; with the causes where it is
/// the system's.
pub(crate) fn message(error: &anyhow::Error) -> String {
    let full = error.chain().any(|cause| cause.is::<io::Error>());
    let text = if full { format!("{error:#}") } else { error.to_string() };
    text.replace('\n', " ")
}
