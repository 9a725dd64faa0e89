//! What does a source say? The statements of an informant, or those that a publisher carries.

use rusqlite::types::Value;
use sayso_types::record::StatementRecord;

use super::facet::Hits;
use super::{Cursor, Facets, Listed, Narrowing, Paging};
use crate::moment::View;
use crate::{Error, Record};

/// Who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Closest to the fact: the registry's id; of whoever has none, the name; without either, exactly the words. In whichever case.
    Informant(String),
    /// The publisher of the document, in whichever case.
    Publisher(String),
}

impl Record {
    /// The statements of a source, those of the last read document first. As with [`Record::search`], a page can be short and yet not
    /// the last.
    pub fn statements_by(&self, source: &Source, narrowing: &Narrowing, paging: &Paging) -> Result<Listed<StatementRecord>, Error> {
        self.hits_listed(hits(source, self.view, paging.after.as_ref()), narrowing, paging.limit)
    }

    /// How many statements a source makes, and of what kinds: exactly, or of the last read 10,000.
    pub fn facets_by(&self, source: &Source, narrowing: &Narrowing) -> Result<Facets, Error> {
        self.hits_counted(hits(source, self.view, None), narrowing)
    }
}

fn hits(source: &Source, view: View, after: Option<&Cursor>) -> Hits {
    let key = after.map_or(i64::MAX, |cursor| cursor.key);
    match source {
        Source::Informant(name) => Hits {
            sql: "SELECT statement AS key FROM participants INDEXED BY participants_by_source
                  WHERE part = 'source' AND distance = 0 AND coalesce(actor_id, name, words) = ? COLLATE NOCASE AND statement < ?
                  ORDER BY statement DESC"
                .to_owned(),
            values: vec![Value::from(name.clone()), Value::from(key)],
        },
        Source::Publisher(name) => {
            let document = after.map_or(Some(i64::MAX), |cursor| cursor.place.parse().ok()).unwrap_or(i64::MAX);
            let sql = format!(
                "SELECT s.key FROM documents AS d INDEXED BY documents_by_publisher
                 CROSS JOIN statements AS s INDEXED BY statements_by_document ON s.document = d.document
                 WHERE d.publisher = ? COLLATE NOCASE AND d.document <= ? AND {} AND {} AND (d.document < ? OR s.key < ?)
                 ORDER BY d.document DESC, s.key DESC",
                view.holds("d"),
                view.is_latest("d")
            );
            Hits { sql, values: vec![Value::from(name.clone()), Value::from(document), Value::from(document), Value::from(key)] }
        }
    }
}
