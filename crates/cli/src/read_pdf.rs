//! `sayso read-pdf`: what the process does in which another sayso has a PDF read, so that no PDF takes the run down. Not for people.

use std::io;

use clap::Args;
use sayso::input::{Cage, cage};

use crate::ended::Ended;

#[derive(Args)]
pub(crate) struct Arguments {
    /// Seconds of processor time.
    #[arg(long, default_value_t = cage::Limits::default().seconds)]
    seconds: u64,
    /// Bytes of memory.
    #[arg(long, default_value_t = cage::Limits::default().memory)]
    memory: u64,
    /// Pages.
    #[arg(long, default_value_t = cage::Limits::default().pages)]
    pages: usize,
}

/// The name of the command.
const NAME: &str = "read-pdf";

/// Where this program has PDF read: in a process of its own, or a thread where it does not know its own file.
pub(crate) fn cage() -> Cage {
    std::env::current_exe().map_or(Cage::Thread, |program| Cage::Process(program, vec![NAME.into()]))
}

/// Reads a PDF from standard input and answers on standard output.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    let Arguments { seconds, memory, pages } = *arguments;
    cage::serve(io::stdin().lock(), io::stdout().lock(), cage::Limits { seconds, memory, pages })?;
    Ok(Ended::Well)
}
