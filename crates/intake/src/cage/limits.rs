//! How does a process keep itself to so much memory and time?

use std::io;

use super::Limits;

/// Asks the system to refuse this process more memory than that, and to end it after so much processor time.
#[cfg(unix)]
pub(super) fn keep(limits: Limits) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let of = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    setrlimit(Resource::As, of(limits.memory))?;
    setrlimit(Resource::Cpu, of(limits.seconds))?;
    // A crash is an answer too, and no image of it is wanted.
    setrlimit(Resource::Core, of(0))?;
    Ok(())
}

/// Elsewhere the time alone is held, by the process that waits.
#[cfg(not(unix))]
pub(super) fn keep(_: Limits) -> io::Result<()> {
    Ok(())
}
