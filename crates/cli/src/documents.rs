//! `sayso documents`: what was read, from whom, of when.

use std::io::{self, Write};
use std::ops::ControlFlow;

use sayso::rows;
use sayso_store::{Filter, Record, StoredDocument};
use serde_json::{Value, json};

use crate::ended::Ended;
use crate::output::{self, Format};
use crate::statements::{Arguments, unwrapped};
use crate::terminal::one_line;

/// Lists the documents that the filters mean.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    let (record, filter, format) = arguments.question()?;
    match format {
        Format::Table => table(&record, &filter)?,
        Format::Jsonl => {
            let mut out = output::standard();
            each(&record, &filter, |document| Ok(writeln!(out, "{}", as_json(document)?)?))?;
            out.flush()?;
        }
        Format::Csv => {
            let mut out = csv::Writer::from_writer(output::standard());
            out.write_record(rows::document::COLUMNS).map_err(unwrapped)?;
            each(&record, &filter, |document| out.write_record(rows::document::values(document)).map_err(unwrapped))?;
            out.flush()?;
        }
    }
    Ok(Ended::Well)
}

fn table(record: &Record, filter: &Filter) -> anyhow::Result<()> {
    let mut rows = Vec::new();
    each(record, filter, |document| {
        rows.push(row(document));
        Ok(())
    })?;
    let shown = rows.len() as u64;
    if shown > 0 {
        let header = ["id", "title", "publisher", "published", "credit", "language", "statements"];
        output::table(&mut io::stdout().lock(), &header, rows)?;
    }
    let mut all = shown;
    if filter.limit == Some(shown) || shown == 0 {
        all = 0;
        each(record, &Filter { limit: None, ..filter.clone() }, |_| {
            all += 1;
            Ok(())
        })?;
    }
    output::tell_rest(shown, all, "documents");
    Ok(())
}

fn row(document: &StoredDocument) -> Vec<String> {
    let record = &document.record;
    let known = |text: &Option<String>| text.as_deref().map(one_line).unwrap_or_default();
    let title = record.title.as_deref().or_else(|| record.text.lines().find(|line| !line.trim().is_empty())).unwrap_or_default();
    vec![
        record.id.chars().take(12).collect(),
        one_line(&title.chars().take(100).collect::<String>()),
        known(&record.publisher),
        known(&record.published),
        record.credit.as_ref().map(|credit| one_line(&credit.name)).unwrap_or_default(),
        if record.coded { record.language.clone() } else { format!("{} (not coded)", record.language) },
        document.statements.to_string(),
    ]
}

fn as_json(document: &StoredDocument) -> serde_json::Result<Value> {
    let mut value = serde_json::to_value(&document.record)?;
    value["version"] = json!(document.version);
    value["added"] = json!(document.added);
    value["statements"] = json!(document.statements);
    Ok(value)
}

/// Calls `take` with each document; its error ends the listing.
fn each(record: &Record, filter: &Filter, mut take: impl FnMut(&StoredDocument) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let mut taken = Ok(());
    record.each_document(filter, |document| {
        taken = take(&document);
        if taken.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    taken
}
