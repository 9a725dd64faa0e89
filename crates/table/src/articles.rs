//! Which article stands in each row of a table? Texts of any of Arrow's kinds, by a map of columns.

use std::collections::BTreeMap;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_cast::cast;
use arrow_schema::DataType;
use sayso::Input;
use sayso::input::FileFormat;

use crate::{Error, ErrorKind};

/// What is known of an article, as an [`Input`] and a line of JSON name it.
const FIELDS: [&str; 11] = ["id", "text", "html", "title", "url", "publisher", "published", "credit", "byline", "language", "retrieved"];

/// Which column of a table holds what; a field that is not named is taken from the column of its own name, where there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    named: BTreeMap<&'static str, String>,
}

impl Columns {
    /// The columns of a map from fields (`text`, `published` …) to the table's own names.
    ///
    /// # Errors
    /// Names the field that there is not.
    pub fn of<'a>(named: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Columns, Error> {
        let mut columns = Columns::default();
        for (field, column) in named {
            let Some(known) = FIELDS.iter().find(|known| **known == field) else {
                let message = format!("`{field}` is nothing that is known of an article; name one of {}", FIELDS.join(", "));
                return Err(Error::new(ErrorKind::Columns, message));
            };
            columns.named.insert(known, column.to_owned());
        }
        Ok(columns)
    }

    /// The column that holds a field, where the table has it.
    fn find(&self, batch: &RecordBatch, field: &str) -> Result<Option<ArrayRef>, Error> {
        let name = self.named.get(field).map_or(field, String::as_str);
        match batch.column_by_name(name) {
            Some(column) => Ok(Some(column.clone())),
            None if self.named.contains_key(field) => Err(lacking(batch, &format!("no column `{name}`, which is to hold `{field}`"))),
            None => Ok(None),
        }
    }
}

fn lacking(batch: &RecordBatch, what: &str) -> Error {
    let schema = batch.schema();
    let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    Error::new(ErrorKind::Columns, format!("the table has {what}; its columns are {}", names.join(", ")))
}

/// The articles of a table, one for each row; what they are called in messages is their row, counted from `first`.
///
/// `text` and `html` may be bytes, which are decoded as a file's are; `published` may be a date or a time.
///
/// # Errors
/// Says which column lacks, or cannot be read as text.
pub fn articles(batch: &RecordBatch, columns: &Columns, first: i64) -> Result<Vec<Input>, Error> {
    let mut texts: BTreeMap<&str, ArrayRef> = BTreeMap::new();
    let mut bytes: Vec<(FileFormat, ArrayRef)> = Vec::new();
    for field in FIELDS {
        let Some(column) = columns.find(batch, field)? else { continue };
        let is_bytes = matches!(value_type(column.data_type()), DataType::Binary | DataType::LargeBinary | DataType::BinaryView);
        match (field, is_bytes) {
            ("html", true) => bytes.push((FileFormat::Html, as_type(field, &column, &DataType::LargeBinary)?)),
            ("text", true) => bytes.push((FileFormat::Text, as_type(field, &column, &DataType::LargeBinary)?)),
            _ => drop(texts.insert(field, as_text(field, &column)?)),
        }
    }
    if !texts.contains_key("text") && !texts.contains_key("html") && bytes.is_empty() {
        return Err(lacking(batch, "neither a column `text` nor a column `html`; say which column holds which (text = its name)"));
    }
    let row = |at: usize| {
        let text = |field: &str| {
            let column = texts.get(field)?.as_string::<i64>();
            (!column.is_null(at)).then(|| column.value(at)).filter(|text| !text.trim().is_empty()).map(str::to_owned)
        };
        let given = bytes.iter().map(|(format, column)| (format, column.as_binary::<i64>())).find(|(_, column)| !column.is_null(at));
        Input {
            id: text("id"),
            text: text("text"),
            html: text("html"),
            title: text("title"),
            url: text("url"),
            publisher: text("publisher"),
            published: text("published"),
            credit: text("credit"),
            byline: text("byline"),
            language: text("language"),
            retrieved: text("retrieved"),
            bytes: given.map(|(format, column)| (column.value(at).to_vec(), *format)),
            origin: format!("row {}", first.saturating_add(i64::try_from(at).unwrap_or(i64::MAX))),
            ..Input::default()
        }
    };
    Ok((0..batch.num_rows()).map(row).collect())
}

/// The type of a column's values, whether they stand in a dictionary or not.
fn value_type(of: &DataType) -> &DataType {
    match of {
        DataType::Dictionary(_, values) => values,
        other => other,
    }
}

/// A column as text; of times the day, since a publication date is one.
fn as_text(field: &str, column: &ArrayRef) -> Result<ArrayRef, Error> {
    let day = field == "published" && matches!(value_type(column.data_type()), DataType::Timestamp(..) | DataType::Date64);
    let column = if day { &as_type(field, column, &DataType::Date32)? } else { column };
    as_type(field, column, &DataType::LargeUtf8)
}

fn as_type(field: &str, column: &ArrayRef, to: &DataType) -> Result<ArrayRef, Error> {
    cast(column, to).map_err(|error| Error::columns(&format!("the column that is to hold `{field}` is {}", column.data_type()), error))
}
