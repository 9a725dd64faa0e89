//! `sayso compare`: a copy beside its original.

use std::io::{self, Write};

use clap::Args;
use sayso::linking::{Fate, copy};

use crate::arguments::AskedRecord;
use crate::ended::Ended;
use crate::marking::Style;
use crate::terminal::one_line;

#[derive(Args)]
pub(crate) struct Arguments {
    /// A document's id, or the beginning of one.
    copy: String,
    /// Another's; where none is named, the one whose text it repeats.
    original: Option<String>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    record: AskedRecord,
}

/// Lays the one beside the other, words that were put in marked `{+…+}`, left out `[-…-]`, moved `<…>`.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    let record = arguments.record.open()?;
    let Some(laid) = copy(&record, &arguments.copy, arguments.original.as_deref())? else {
        anyhow::bail!("`{}` repeats no other document's text as far as was found; name another to compare it with", arguments.copy);
    };
    let mut out = io::stdout().lock();
    if arguments.json {
        writeln!(out, "{}", serde_json::to_string_pretty(&laid)?)?;
        return Ok(Ended::Well);
    }
    let style = Style::of_output();
    let name = |title: &Option<String>, id: &str| one_line(title.as_deref().unwrap_or(id));
    writeln!(out, "{}  {}", style.strong(&name(&laid.copy.title, &laid.copy.id)), style.faint(&laid.copy.id))?;
    writeln!(out, "beside {}  {}", style.strong(&name(&laid.original.title, &laid.original.id)), style.faint(&laid.original.id))?;
    if let Some(repeat) = &laid.repeat {
        writeln!(out, "{}", one_line(&repeat.why))?;
    }
    writeln!(out)?;
    for piece in &laid.pieces {
        let text = one_line(&piece.text);
        match piece.fate {
            Fate::Kept => write!(out, "{text} ")?,
            Fate::Moved => write!(out, "<{text}> ")?,
            Fate::LeftOut => write!(out, "{} ", style.faint(&format!("[-{text}-]")))?,
            Fate::PutIn => write!(out, "{} ", style.strong(&format!("{{+{text}+}}")))?,
        }
    }
    writeln!(out)?;
    Ok(Ended::Well)
}
