//! How is a whole document shown at the command line: its text with every coded word marked, then its statements?

use std::io::Write;

use sayso::export;
use sayso::marks::{Mark, marks};
use sayso::types::record::StatementRecord;
use sayso_store::{Filter, Record, StoredDocument};

use crate::marking::Style;
use crate::show::document_lines;
use crate::terminal::{one_line, plain};

/// Writes what is known of the document, its text, and its statements.
pub(crate) fn write(out: &mut impl Write, style: Style, record: &Record, document: &StoredDocument) -> anyhow::Result<()> {
    let statements = record.statements(&Filter { documents: vec![document.record.id.clone()], ..Filter::default() })?;
    let title = document.record.title.clone().unwrap_or_else(|| "Document without a title".to_owned());
    writeln!(out, "{}\n", style.strong(&one_line(&title)))?;
    document_lines(out, &document.record)?;
    for (repeat, original) in sayso::linking::repeats(record, &document.record.id)?.1 {
        writeln!(out, "  {:<15}{}: {}", "copy of", original.id, one_line(&repeat.why))?;
    }
    let marks: Vec<Mark> = statements.iter().flat_map(marks).collect();
    for block in &document.record.blocks {
        let text = style.marked(&document.record.text, block.start..block.end, if block.kind.is_coded() { &marks } else { &[] });
        if block.kind.is_coded() {
            writeln!(out, "\n{text}")?;
        } else {
            writeln!(out, "\n{}", style.faint(&format!("({}, not coded) {text}", kind_name(block.kind))))?;
        }
    }
    if let Some(legend) = style.legend(&marks) {
        writeln!(out, "\n{legend}")?;
    }
    list(out, style, &statements)
}

fn kind_name(kind: sayso::types::BlockKind) -> String {
    serde_json::to_value(kind).ok().and_then(|value| Some(value.as_str()?.to_owned())).unwrap_or_default()
}

fn list(out: &mut impl Write, style: Style, statements: &[StatementRecord]) -> anyhow::Result<()> {
    writeln!(out, "\n{}", style.strong(&crate::summary::counted(statements.len() as u64, "statement")))?;
    for statement in statements {
        let id: String = statement.id.chars().take(8).collect();
        writeln!(out, "  {}  {}", style.faint(&id), plain(&export::line(statement)).replace('\n', " "))?;
    }
    Ok(())
}
