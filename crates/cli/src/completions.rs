//! `sayso completions`: what a shell needs to complete commands.

use std::io::{self, Write};

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::ended::Ended;

#[derive(Args)]
pub(crate) struct Arguments {
    /// Which shell.
    shell: Shell,
}

/// Prints the shell's script.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut crate::arguments::Arguments::command(), "sayso", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Ended::Well)
}
