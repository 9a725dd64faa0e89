//! In whose words is something told? Statements with what their documents say of themselves: what a footnote names.

use std::ops::ControlFlow;

use rusqlite::Row;
use rusqlite::types::Value;
use sayso_types::record::StatementRecord;

use super::{Cursor, Listed, Paging, one_more, page};
use crate::ask::Json;
use crate::{Error, Record};

/// A statement with its document.
#[derive(Clone, Debug, PartialEq)]
pub struct Cited {
    /// The statement.
    pub statement: StatementRecord,
    /// The document that makes it.
    pub document: CitedDocument,
}

/// What a document says of itself, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitedDocument {
    /// Its id.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The outlet that it says it took its text from.
    pub credit: Option<String>,
    /// When it was published (EDTF).
    pub published: Option<String>,
    /// The last day that this can mean.
    pub day: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// RFC 3339: when it was retrieved, as the input says.
    pub retrieved: Option<String>,
}

/// The columns of a [`Cited`], from `statements AS s` and `documents AS d`.
const COLUMNS: &str = "s.key, s.record, d.id, d.record ->> '$.title', d.publisher, d.record ->> '$.credit.name',
                       d.record ->> '$.published', d.published_latest, d.record ->> '$.url', d.record ->> '$.retrieved'";

impl Record {
    /// The statements of the group of exactly this id, with their documents, in the order of reading.
    pub fn group_cited(&self, id: &str, paging: &Paging) -> Result<Listed<Cited>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM members AS m CROSS JOIN statements AS s ON s.key = m.statement
             CROSS JOIN documents AS d ON d.document = s.document
             WHERE m.group_id = ? AND {} AND {} AND m.statement > ? ORDER BY m.statement LIMIT ?",
            self.view.holds("m"),
            self.view.holds("d")
        );
        let after = paging.after.as_ref().map_or(0, |cursor| cursor.key);
        let values = [Value::from(id.to_owned()), Value::from(after), one_more(paging.limit)];
        let (found, next) = page(self.cited(&sql, values)?, paging.limit, |(key, _)| Cursor { place: String::new(), key: *key });
        Ok(Listed { items: found.into_iter().map(|(_, cited)| cited).collect(), next })
    }

    /// The statement of exactly this id with its document; `None` where it does not hold.
    pub fn statement_cited(&self, id: &str) -> Result<Option<Cited>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM statements AS s CROSS JOIN documents AS d ON d.document = s.document
             WHERE s.id = ? AND {} AND {} ORDER BY s.document DESC, s.position LIMIT 1",
            self.view.holds("s"),
            self.view.holds("d")
        );
        Ok(self.cited(&sql, [Value::from(id.to_owned())])?.pop().map(|(_, cited)| cited))
    }

    fn cited(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<Vec<(i64, Cited)>, Error> {
        let mut found = Vec::new();
        self.each_row(sql, values, |row| {
            found.push((row.get(0)?, cited(row)?));
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(found)
    }
}

fn cited(row: &Row<'_>) -> rusqlite::Result<Cited> {
    let document = CitedDocument {
        id: row.get(2)?,
        title: row.get(3)?,
        publisher: row.get(4)?,
        credit: row.get(5)?,
        published: row.get(6)?,
        day: row.get(7)?,
        url: row.get(8)?,
        retrieved: row.get(9)?,
    };
    Ok(Cited { statement: row.get::<_, Json<_>>(1)?.0, document })
}
