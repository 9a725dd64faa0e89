//! `sayso explain`: what a stage makes of an input, as text.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use sayso::Stage;

use crate::ended::Ended;
use crate::reading::Reading;
use crate::terminal;

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    reading: Reading,
    /// Which stage.
    #[arg(long, value_enum, default_value_t = StageName::Statements)]
    stage: StageName,
}

#[derive(Clone, Copy, ValueEnum)]
enum StageName {
    /// The text, what the page says of itself, and which parts are boilerplate.
    Page,
    /// Sentences, words, syntax and names.
    Analysis,
    /// Actors, places, times and quantities.
    Mentions,
    /// The statements.
    Statements,
}

/// Prints the stage for each input.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    let coder = arguments.reading.coder()?;
    let stage = match arguments.stage {
        StageName::Page => Stage::Page,
        StageName::Analysis => Stage::Analysis,
        StageName::Mentions => Stage::Mentions,
        StageName::Statements => Stage::Statements,
    };
    let mut out = io::stdout().lock();
    let (mut read, mut failed) = (0, 0);
    for input in arguments.reading.inputs() {
        match input.and_then(|input| Ok((coder.document(&input)?, input.origin))) {
            Ok((document, origin)) => {
                if read > 0 {
                    writeln!(out)?;
                }
                writeln!(out, "== {}", terminal::one_line(&origin))?;
                write!(out, "{}", terminal::plain(&coder.explain(&document, stage)))?;
                read += 1;
            }
            Err(error) => {
                terminal::tell(&format!("sayso: {error}"));
                failed += 1;
            }
        }
    }
    Ok(Ended::of_inputs(read, failed))
}
