//! A list that was found, row by row to its end: for a file, never the whole of it in memory.

use std::io::Write;

use sayso::rows::{self, inert};
use sayso::types::record::DocumentRecord;
use sayso_store::query::find::{Found, Summed};
use serde_json::{Value, json};

use super::search::{As, Put, countries};
use crate::desk::Reader;
use crate::fault::Fault;
use crate::pages::segment;

/// So many hits are read at a time.
const PAGE: usize = 1_000;

/// So many rows does an XLSX file get, which is put together in memory.
pub(crate) const MOST_ROWS_OF_XLSX: u32 = 100_000;

/// What a list is written as.
pub(crate) struct Exporting {
    /// The question.
    pub(crate) q: String,
    /// As what it is answered.
    pub(crate) as_: As,
    /// As of when, as the rows say it.
    pub(crate) as_of: String,
    /// What stands before the path in links: `http://127.0.0.1:8787`.
    pub(crate) site: String,
}

/// One row, and the same as JSON.
struct Row {
    values: Vec<String>,
    json: Value,
    link: String,
}

/// The columns of a list: those of the thing, then as of when, and a link to the evidence.
fn columns(as_: As) -> Vec<&'static str> {
    let own: &[&str] = match as_ {
        As::Events | As::Relations | As::Estimates => &rows::group::COLUMNS,
        As::Documents => &rows::document::COLUMNS,
        As::Statements => &rows::statement::COLUMNS,
        As::Actors => &["id", "name", "number", "named"],
    };
    own.iter().copied().chain(["as_of", "link"]).collect()
}

impl Exporting {
    /// Writes the list as CSV, with a byte order mark where Excel is to read it.
    pub(crate) fn csv(&self, reader: Reader<'_>, mark: ByteOrderMark, out: &mut impl Write) -> Result<(), Fault> {
        if mark == ByteOrderMark::Written {
            out.write_all("\u{feff}".as_bytes()).map_err(|_| Fault::ended())?;
        }
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(columns(self.as_)).map_err(|_| Fault::ended())?;
        self.each(reader, |row| {
            let values = row.values.iter().chain([&self.as_of, &row.link]).map(|value| inert(value).into_owned());
            writer.write_record(values).map_err(|_| Fault::ended())
        })?;
        writer.flush().map_err(|_| Fault::ended())
    }

    /// Writes the list as JSON, one hit a line.
    pub(crate) fn jsonl(&self, reader: Reader<'_>, out: &mut impl Write) -> Result<(), Fault> {
        self.each(reader, |row| {
            let mut json = row.json;
            json["as_of"] = json!(self.as_of);
            json["link"] = json!(row.link);
            writeln!(out, "{json}").map_err(|_| Fault::ended())
        })
    }

    /// The list as an XLSX file: every value is text or a number, none a formula.
    pub(crate) fn xlsx(&self, reader: Reader<'_>) -> Result<Vec<u8>, Fault> {
        let failed = |_| Fault::ended();
        let mut workbook = rust_xlsxwriter::Workbook::new();
        let sheet = workbook.add_worksheet();
        sheet.set_name(self.as_.as_str()).map_err(failed)?;
        let bold = rust_xlsxwriter::Format::new().set_bold();
        for (at, column) in (0u16..).zip(columns(self.as_)) {
            sheet.write_string_with_format(0, at, column, &bold).map_err(failed)?;
        }
        sheet.set_freeze_panes(1, 0).map_err(failed)?;
        let mut number = 0;
        self.each(reader, |row| {
            number += 1;
            if number > MOST_ROWS_OF_XLSX {
                let what = format!("the list has more than {MOST_ROWS_OF_XLSX} rows, which is the most that an XLSX file gets");
                return Err(Fault::invalid(what, "Narrow the question, or take CSV or JSON lines, which have no such limit."));
            }
            for (at, value) in (0u16..).zip(row.values.iter().chain([&self.as_of, &row.link])) {
                // A cell holds 32,767 characters.
                let value: String = value.chars().take(32_767).collect();
                sheet.write_string(number, at, &value).map_err(|_| Fault::ended())?;
            }
            Ok(())
        })?;
        workbook.save_to_buffer().map_err(failed)
    }

    /// Hands on the rows of all pages.
    fn each(&self, reader: Reader<'_>, mut take: impl FnMut(Row) -> Result<(), Fault>) -> Result<(), Fault> {
        let put = Put::of(reader, countries(), &self.q)?;
        let mut cursor: Option<String> = None;
        let mut carrier: Option<DocumentRecord> = None;
        loop {
            let wanted = put.wanted(cursor.as_deref(), PAGE, if self.as_ == As::Actors { Summed::Wholly } else { Summed::Not })?;
            let next = match (self.as_, self.as_.group()) {
                (_, Some(kind)) => handed(reader.record.find_groups(&wanted, kind)?, |found| {
                    let group = &found.record;
                    let path = format!("/{}/{}", kind.as_str(), segment(&group.id));
                    take(self.row(rows::group::values(group), json!(group), &path))
                })?,
                (As::Documents, _) => handed(reader.record.find_documents(&wanted)?, |found| {
                    let stored = reader.record.document(&found.record.id)?;
                    let path = format!("/document/{}", segment(&stored.record.id));
                    take(self.row(rows::document::values(&stored), json!(stored.record), &path))
                })?,
                (As::Actors, _) => handed(reader.record.find_actors(&wanted)?, |found| {
                    let values = vec![found.id.clone(), found.name.clone(), found.number.to_string(), found.named.to_string()];
                    let json = json!({"id": found.id, "name": found.name, "number": found.number, "named": found.named});
                    let path = format!("/actor/{}", segment(&found.id));
                    take(self.row(values, json, &path))
                })?,
                (_, None) => handed(reader.record.find_statements(&wanted)?, |found| {
                    let statement = &found.statement;
                    if carrier.as_ref().is_none_or(|document| document.id != statement.document_id) {
                        carrier = Some(reader.record.document(&statement.document_id)?.record);
                    }
                    let Some(document) = &carrier else { return Ok(()) };
                    let path = format!("/statement/{}", segment(&statement.id));
                    take(self.row(rows::statement::values(statement, document), json!(statement), &path))
                })?,
            };
            match next {
                Some(next) => cursor = Some(next),
                None => return Ok(()),
            }
        }
    }

    fn row(&self, values: Vec<String>, json: Value, path: &str) -> Row {
        Row { values, json, link: format!("{}{path}", self.site) }
    }
}

/// Hands on what stands on a page; says where the next one begins.
fn handed<T>(found: Found<T>, mut take: impl FnMut(T) -> Result<(), Fault>) -> Result<Option<String>, Fault> {
    for item in found.items {
        take(item)?;
    }
    Ok(found.next.map(|cursor| cursor.to_string()))
}

/// Whether a text begins with a byte order mark, by which Excel knows that it is UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ByteOrderMark {
    /// It does.
    Written,
    /// It does not.
    LeftOut,
}
