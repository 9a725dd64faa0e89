//! Which reports does a table of articles hold? One a row, by a map from its columns to what is known of a report.

mod columns;
mod dates;
mod delimited;
mod parquet;

pub use columns::{ColumnMap, ColumnNames, Field};
pub use dates::DayOrder;

pub(crate) use columns::Layout;
pub(crate) use delimited::Delimited;
pub(crate) use parquet::Parquet;

use crate::{Content, Fault, FaultKind, Known, Place, Report};

/// A cell: its characters, or its bytes where they are not UTF-8.
pub(crate) enum Cell {
    Text(String),
    Bytes(Vec<u8>),
}

impl Cell {
    fn of(bytes: &[u8]) -> Cell {
        std::str::from_utf8(bytes).map_or_else(|_| Cell::Bytes(bytes.to_vec()), |text| Cell::Text(text.to_owned()))
    }

    fn into_text(self) -> String {
        match self {
            Cell::Text(text) => text,
            Cell::Bytes(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    fn is_blank(&self) -> bool {
        match self {
            Cell::Text(text) => text.trim().is_empty(),
            Cell::Bytes(bytes) => bytes.trim_ascii().is_empty(),
        }
    }
}

/// The report of a row, whose cells `cell` gives by column; an empty cell gives nothing.
pub(crate) fn report(layout: &Layout, days: DayOrder, place: Place, mut cell: impl FnMut(usize) -> Option<Cell>) -> Result<Report, Fault> {
    let mut take = |field: Field| layout.column(field).and_then(&mut cell).filter(|cell| !cell.is_blank());
    let content = match (take(Field::Html), take(Field::Text)) {
        (Some(Cell::Text(html)), _) => Content::Html(html),
        (Some(Cell::Bytes(html)), _) => Content::HtmlBytes(html, String::new()),
        (None, Some(Cell::Text(text))) => Content::Text(text),
        (None, Some(Cell::Bytes(text))) => Content::TextBytes(text, String::new()),
        (None, None) => return Err(Fault::new(FaultKind::NoText, &place, "the row has no text")),
    };
    let mut text = |field: Field| take(field).map(Cell::into_text);
    let published = text(Field::Published).map(|date| dates::edtf(&date, days)).transpose();
    let published = published.map_err(|reason| Fault::new(FaultKind::Columns, &place, reason))?;
    let known = Known {
        id: text(Field::Id),
        title: text(Field::Title),
        url: text(Field::Url),
        publisher: text(Field::Publisher),
        published,
        credit: text(Field::Credit),
        byline: text(Field::Byline),
        language: text(Field::Language),
        retrieved: text(Field::Retrieved),
    };
    Ok(Report { content, known, place })
}
