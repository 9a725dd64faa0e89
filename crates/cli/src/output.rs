//! In which form does an answer leave: a table for people, JSON lines or CSV for programs?

use std::io::{self, BufWriter, StdoutLock, Write};

use clap::{Args, ValueEnum};
use comfy_table::{ContentArrangement, Table, presets};

use crate::terminal;

/// The form of an answer.
#[derive(Args)]
pub(crate) struct Output {
    /// In which form; a table at a terminal, else JSON lines, where nothing is said.
    #[arg(long, value_enum)]
    format: Option<Format>,
}

/// The forms.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table that fits the terminal.
    Table,
    /// One JSON object a line, whole.
    Jsonl,
    /// Comma-separated values with a header; several of one column are joined by "; ".
    Csv,
}

/// So many rows a table has where nobody says how many.
pub(crate) const TABLE_ROWS: u64 = 50;

impl Output {
    /// The form to use.
    pub(crate) fn format(&self) -> Format {
        self.format.unwrap_or(if terminal::is_seen() { Format::Table } else { Format::Jsonl })
    }
}

/// Standard output, buffered.
pub(crate) fn standard() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, io::stdout().lock())
}

/// Writes a table as wide as the terminal.
pub(crate) fn table(out: &mut impl Write, header: &[&str], rows: Vec<Vec<String>>) -> io::Result<()> {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic).set_header(header.to_vec());
    if !terminal::is_seen() {
        table.set_width(terminal::width());
    }
    for row in rows {
        table.add_row(row.iter().map(|cell| terminal::plain(cell)).collect::<Vec<_>>());
    }
    writeln!(out, "{}", table.trim_fmt())
}

/// Tells beneath a table how much of the whole it is.
pub(crate) fn tell_rest(shown: u64, all: u64, what: &str) {
    if all == 0 {
        terminal::tell(&format!("No {what} match. Leave out a filter, or see `sayso summary` for what there is."));
    } else if shown < all {
        terminal::tell(&format!("{shown} of {all} {what}; --limit 0 shows all"));
    }
}
