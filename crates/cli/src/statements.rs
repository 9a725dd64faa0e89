//! `sayso statements`: what single documents say, filtered.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::ControlFlow;

use clap::Args;
use sayso::types::record::{DocumentRecord, StatementRecord};
use sayso_store::{Filter, Kind, Record};

use crate::arguments::AskedRecord;
use crate::ended::Ended;
use crate::filter::FilterArguments;
use crate::output::{self, Format, Output, TABLE_ROWS};
use crate::statement_rows;

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) filter: FilterArguments,
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(flatten)]
    pub(crate) record: AskedRecord,
}

impl Arguments {
    /// The record, the filter with its limit, and the form.
    pub(crate) fn question(&self) -> anyhow::Result<(Record, Filter, Format)> {
        let record = self.record.open()?;
        let format = self.output.format();
        let limit = self.filter.limit((format == Format::Table).then_some(TABLE_ROWS));
        let filter = Filter { limit, ..self.filter.filter() };
        let filter = Filter { actors: known_as(&record, &filter.actors)?, sources: known_as(&record, &filter.sources)?, ..filter };
        Ok((record, filter, format))
    }
}

/// Actors with all ids and names under which people judged them to be known.
fn known_as(record: &Record, actors: &[String]) -> anyhow::Result<Vec<String>> {
    let mut known = Vec::new();
    for actor in actors {
        let same = sayso::linking::same_actors(record.reading(), actor)?;
        known.extend(same.into_iter().map(|id| id.strip_prefix("c:").map(ToOwned::to_owned).unwrap_or(id)));
    }
    Ok(known)
}

/// Lists the statements that the filters mean.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    let (record, filter, format) = arguments.question()?;
    match format {
        Format::Table => table(&record, &filter, arguments.filter.kind())?,
        Format::Jsonl => {
            let mut out = output::standard();
            each(&record, &filter, |statement| {
                serde_json::to_writer(&mut out, &statement)?;
                Ok(out.write_all(b"\n")?)
            })?;
            out.flush()?;
        }
        Format::Csv => csv(&record, &filter)?,
    }
    Ok(Ended::Well)
}

fn table(record: &Record, filter: &Filter, kind: Option<Kind>) -> anyhow::Result<()> {
    let statements = record.statements(filter)?;
    if !statements.is_empty() {
        let rows = statements.iter().map(|statement| statement_rows::row(statement, kind)).collect();
        output::table(&mut io::stdout().lock(), statement_rows::header(kind), rows)?;
    }
    let what = kind.map_or("statements".to_owned(), |kind| format!("{}s", kind.as_str()));
    output::tell_rest(statements.len() as u64, record.count(filter)?, &what);
    Ok(())
}

fn csv(record: &Record, filter: &Filter) -> anyhow::Result<()> {
    let mut documents: BTreeMap<String, DocumentRecord> = BTreeMap::new();
    let mut out = csv::Writer::from_writer(output::standard());
    out.write_record(sayso::rows::statement::COLUMNS).map_err(unwrapped)?;
    each(record, filter, |statement| {
        if !documents.contains_key(&statement.document_id) {
            let text_free = DocumentRecord { text: String::new(), blocks: Vec::new(), ..record.document(&statement.document_id)?.record };
            documents.insert(statement.document_id.clone(), text_free);
        }
        let document = &documents[&statement.document_id];
        out.write_record(sayso::rows::statement::values(&statement, document)).map_err(unwrapped)
    })?;
    Ok(out.flush()?)
}

/// The cause beneath an error of writing CSV, so that a closed pipe is known as such.
pub(crate) fn unwrapped(error: csv::Error) -> anyhow::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(cause) => cause.into(),
        other => anyhow::anyhow!("this row cannot be written as CSV: {other:?}"),
    }
}

/// Calls `take` with each statement; its error ends the listing.
fn each(record: &Record, filter: &Filter, mut take: impl FnMut(StatementRecord) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let mut taken = Ok(());
    record.each_statement(filter, |statement| {
        taken = take(statement);
        if taken.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    taken
}
