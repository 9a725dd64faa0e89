//! `sayso code`: reports in, statements out as JSON lines, nothing kept.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::Args;
use sayso::{Coded, Failure, code_all_as, input};

use crate::ended::Ended;
use crate::error_report::{ErrorReport, failed};
use crate::progress::{Done, Progress, Shown};
use crate::reading::Reading;
use crate::terminal;

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    reading: Reading,
    /// Also write what could not be read into this file: .csv or .jsonl, with input, where, kind and reason.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// How to show how far reading is.
    #[arg(long, value_enum, value_name = "HOW", default_value_t)]
    progress: Shown,
}

/// Prints the statements of all inputs in their order.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    let mut report = arguments.errors.as_deref().map(ErrorReport::create).transpose()?;
    let coder = arguments.reading.coder()?;
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let inputs = arguments.reading.inputs();
    // The statements themselves show on a terminal how far it is.
    let shown = if arguments.progress == Shown::Auto && terminal::is_seen() { Shown::None } else { arguments.progress };
    let progress = Progress::begin(shown, inputs.watch(), arguments.reading.size());
    let mut done = Done::default();
    let form = |coded: Coded| anyhow::Ok((coded.statements.len(), lines(&coded)?));
    code_all_as(&coder, input::ahead(inputs), form, |chunk| {
        for item in chunk {
            match item {
                Ok(coded) => {
                    let (statements, lines) = coded?;
                    out.write_all(&lines)?;
                    done.documents += 1;
                    done.statements += statements as u64;
                }
                Err(Failure { error }) => {
                    progress.tell(&format!("sayso: {error}"));
                    report.as_mut().map_or(Ok(()), |report| report.add(&failed(&error)))?;
                    done.failed += 1;
                }
            }
        }
        progress.show(done);
        anyhow::Ok(())
    })?;
    out.flush()?;
    progress.end(done);
    report.map_or(Ok(()), ErrorReport::end)?;
    Ok(Ended::of_inputs(done.documents, done.failed))
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
