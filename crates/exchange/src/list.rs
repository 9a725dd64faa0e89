//! How is a list of what was found written, row by row? As CSV, JSON lines and XLSX: the forms that lose nothing of each thing's columns.

use std::io::Write;

use sayso::rows::{self, inert};
use sayso_types::record::GroupKind;
use serde_json::{Value, json};

use crate::Error;
use crate::told::{Export, Written};

/// So many rows does an XLSX file get, which is put together in memory.
pub const MOST_ROWS_OF_XLSX: u32 = 100_000;

/// Of what a list is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// The events that statements tell of together.
    #[default]
    Events,
    /// Relations of two actors.
    Relations,
    /// Series of estimates.
    Estimates,
    /// Single statements.
    Statements,
    /// Documents.
    Documents,
    /// Actors.
    Actors,
}

impl What {
    /// All of them.
    pub const ALL: [What; 6] = [What::Events, What::Relations, What::Estimates, What::Statements, What::Documents, What::Actors];

    /// Its code.
    pub fn as_str(self) -> &'static str {
        match self {
            What::Events => "events",
            What::Relations => "relations",
            What::Estimates => "estimates",
            What::Statements => "statements",
            What::Documents => "documents",
            What::Actors => "actors",
        }
    }

    /// What a code means.
    pub fn of_str(code: &str) -> Option<What> {
        What::ALL.into_iter().find(|what| what.as_str() == code)
    }

    /// The columns: those of the thing, then as of when, and a link to the evidence.
    fn columns(self) -> Vec<&'static str> {
        let own: &[&str] = match self {
            What::Events | What::Relations | What::Estimates => &rows::group::COLUMNS,
            What::Documents => &rows::document::COLUMNS,
            What::Statements => &rows::statement::COLUMNS,
            What::Actors => &["id", "name", "number", "named"],
        };
        own.iter().copied().chain(["as_of", "link"]).collect()
    }
}

/// Whether a text begins with a byte order mark, by which Excel knows that it is UTF-8.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ByteOrderMark {
    /// It does.
    Written,
    /// It does not.
    #[default]
    LeftOut,
}

/// One row, and the same as JSON.
struct Row {
    values: Vec<String>,
    json: Value,
    link: String,
}

/// Writes a list as CSV, with a byte order mark where Excel is to read it.
///
/// # Errors
/// The record cannot be read, or the file not written.
pub fn csv(export: &Export<'_>, what: What, mark: ByteOrderMark, out: &mut dyn Write) -> Result<Written, Error> {
    if mark == ByteOrderMark::Written {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(what.columns())?;
    let as_of = export.made.as_of().to_owned();
    let written = each(export, what, |row| {
        let values = row.values.iter().chain([&as_of, &row.link]).map(|value| inert(value).into_owned());
        Ok(writer.write_record(values)?)
    })?;
    writer.flush()?;
    Ok(written)
}

/// Writes a list as JSON, one thing a line.
///
/// # Errors
/// The record cannot be read, or the file not written.
pub fn jsonl(export: &Export<'_>, what: What, out: &mut dyn Write) -> Result<Written, Error> {
    each(export, what, |row| {
        let mut json = row.json;
        json["as_of"] = json!(export.made.as_of());
        json["link"] = json!(row.link);
        Ok(writeln!(out, "{json}")?)
    })
}

/// The list as an XLSX file: every value is text or a number, none a formula.
///
/// # Errors
/// The record cannot be read, or the list is longer than [`MOST_ROWS_OF_XLSX`].
pub fn xlsx(export: &Export<'_>, what: What) -> Result<(Vec<u8>, Written), Error> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name(what.as_str())?;
    let bold = rust_xlsxwriter::Format::new().set_bold();
    for (at, column) in (0u16..).zip(what.columns()) {
        sheet.write_string_with_format(0, at, column, &bold)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    let mut number = 0;
    let as_of = export.made.as_of().to_owned();
    let written = each(export, what, |row| {
        number += 1;
        if number > MOST_ROWS_OF_XLSX {
            return Err(Error::Refused(format!(
                "the list has more than {MOST_ROWS_OF_XLSX} rows, which is the most that an XLSX file gets; narrow the question, or take CSV or JSON lines, which have no such limit"
            )));
        }
        for (at, value) in (0u16..).zip(row.values.iter().chain([&as_of, &row.link])) {
            // A cell holds 32,767 characters.
            let value: String = value.chars().take(32_767).collect();
            sheet.write_string(number, at, &value)?;
        }
        Ok(())
    })?;
    Ok((workbook.save_to_buffer()?, written))
}

/// Hands on the rows of what is found.
fn each(export: &Export<'_>, what: What, mut take: impl FnMut(Row) -> Result<(), Error>) -> Result<Written, Error> {
    let mut written = Written::default();
    let mut take = |values: Vec<String>, json: Value, kind: &str, id: &str| {
        written.written += 1;
        take(Row { values, json, link: export.link(kind, &segment(id)) })
    };
    match what {
        What::Events | What::Relations | What::Estimates => {
            let kind = match what {
                What::Relations => GroupKind::Relation,
                What::Estimates => GroupKind::Estimate,
                _ => GroupKind::Event,
            };
            export.each_group(kind, |group| take(rows::group::values(&group), json!(group), kind.as_str(), &group.id))?;
        }
        What::Documents => {
            export.each_document(|stored| take(rows::document::values(stored), json!(stored.record), "document", &stored.record.id))?
        }
        What::Statements => export.each_statement(|statement, document| {
            take(rows::statement::values(statement, &document.record), json!(statement), "statement", &statement.id)
        })?,
        What::Actors => export.each_actor(|found| {
            let values = vec![found.id.clone(), found.name.clone(), found.number.to_string(), found.named.to_string()];
            let json = json!({"id": found.id, "name": found.name, "number": found.number, "named": found.named});
            take(values, json, "actor", &found.id)
        })?,
    }
    Ok(written)
}

/// A text as one segment of an address's path.
pub(crate) fn segment(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut segment, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            segment.push(char::from(byte));
        } else {
            let _ = write!(segment, "%{byte:02X}");
        }
        segment
    })
}
