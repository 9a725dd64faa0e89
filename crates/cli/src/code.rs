//! `sayso code`: reports in, statements out as JSON lines, nothing kept.

use std::io::{self, BufWriter, Write};

use clap::Args;
use sayso::{Coded, Failure, code_all_as};

use crate::ended::Ended;
use crate::reading::Reading;
use crate::terminal;

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    reading: Reading,
}

/// Prints the statements of all inputs in their order.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    let coder = arguments.reading.coder()?;
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let (mut read, mut failed) = (0, 0);
    code_all_as(
        &coder,
        arguments.reading.inputs(),
        |coded| lines(&coded),
        |chunk| {
            for item in chunk {
                match item {
                    Ok(lines) => {
                        out.write_all(&lines?)?;
                        read += 1;
                    }
                    Err(Failure { error }) => {
                        terminal::tell(&format!("sayso: {error}"));
                        failed += 1;
                    }
                }
            }
            anyhow::Ok(())
        },
    )?;
    out.flush()?;
    Ok(Ended::of_inputs(read, failed))
}

/// A document's statements, one a line.
fn lines(coded: &Coded) -> serde_json::Result<Vec<u8>> {
    let mut lines = Vec::new();
    for statement in &coded.statements {
        serde_json::to_writer(&mut lines, statement)?;
        lines.push(b'\n');
    }
    Ok(lines)
}
