//! `sayso mcp`: the record for an assistant, over the Model Context Protocol at standard input and output.

use std::io::{self, IsTerminal};

use clap::Args;

use crate::arguments::RecordFile;
use crate::ended::Ended;
use crate::terminal;

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    record: RecordFile,
}

/// Answers an assistant until it goes away.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    if io::stdin().is_terminal() {
        terminal::tell("An assistant starts this and asks at standard input: see docs/assistants.md. Ctrl-C ends it.");
    }
    sayso_mcp::serve(&arguments.record.record)?;
    Ok(Ended::Well)
}
