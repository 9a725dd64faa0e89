//! What does the record hold? Statements and documents that a filter means, and each by its id.

use std::ops::ControlFlow;

use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, Value, ValueRef};
use rusqlite::{Row, params_from_iter};
use sayso_types::record::{DocumentRecord, StatementRecord};

use crate::clause::{of_documents, of_statements};
use crate::{Error, ErrorKind, Filter, Order, Record};

/// A document as the record holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDocument {
    /// The document.
    pub record: DocumentRecord,
    /// Which of the texts under its id, from 1.
    pub version: u64,
    /// RFC 3339: when it was first read.
    pub added: String,
    /// How many statements it makes.
    pub statements: u64,
}

impl Record {
    /// The statements that a filter means.
    pub fn statements(&self, filter: &Filter) -> Result<Vec<StatementRecord>, Error> {
        collected(|take| self.each_statement(filter, take))
    }

    /// Hands on the statements that a filter means, one at a time, until `take` breaks off: for more than fit in memory.
    pub fn each_statement(&self, filter: &Filter, mut take: impl FnMut(StatementRecord) -> ControlFlow<()>) -> Result<(), Error> {
        let clauses = of_statements(filter, self.view);
        let order = match filter.order {
            Order::Reading => "s.document, s.position, s.key",
            Order::Oldest => "coalesce(s.earliest, s.latest) NULLS LAST, s.document, s.position, s.key",
            Order::Newest => "coalesce(s.latest, s.earliest) DESC NULLS LAST, s.document, s.position, s.key",
            Order::Surest => "s.confidence DESC, s.document, s.position, s.key",
        };
        let sql = format!("SELECT s.record FROM statements AS s WHERE {} ORDER BY {order} LIMIT ? OFFSET ?", clauses.sql());
        let values = clauses.into_values().into_iter().chain(page(filter));
        self.each_row(&sql, values, |row| Ok(take(row.get::<_, Json<_>>(0)?.0)))
    }

    /// The documents that a filter means: those that meet what it asks of documents, and make a statement that meets what it asks
    /// of statements.
    pub fn documents(&self, filter: &Filter) -> Result<Vec<StoredDocument>, Error> {
        collected(|take| self.each_document(filter, take))
    }

    /// Hands on the documents that a filter means, one at a time, until `take` breaks off: for more than fit in memory.
    pub fn each_document(&self, filter: &Filter, mut take: impl FnMut(StoredDocument) -> ControlFlow<()>) -> Result<(), Error> {
        let (clauses, stated) = of_documents(filter, self.view);
        let order = match filter.order {
            Order::Reading | Order::Surest => "d.document",
            Order::Oldest => "coalesce(d.published_earliest, d.published_latest) NULLS LAST, d.document",
            Order::Newest => "coalesce(d.published_latest, d.published_earliest) DESC NULLS LAST, d.document",
        };
        let states = stated.as_ref().map_or_else(String::new, |stated| {
            format!("AND EXISTS (SELECT 1 FROM statements AS s WHERE s.document = d.document AND {})", stated.sql())
        });
        let sql = format!(
            "SELECT {} FROM documents AS d WHERE {} {states} ORDER BY {order} LIMIT ? OFFSET ?",
            self.stored_document(),
            clauses.sql()
        );
        let stated = stated.map_or_else(Vec::new, |stated| stated.into_values());
        let values = clauses.into_values().into_iter().chain(stated).chain(page(filter));
        self.each_row(&sql, values, |row| Ok(take(stored_document(row)?)))
    }

    /// The statement of this id, or of the one id that begins so; of several versions of its document, the latest one's.
    ///
    /// Fails with [`ErrorKind::Unknown`] or [`ErrorKind::Ambiguous`].
    pub fn statement(&self, id: &str) -> Result<StatementRecord, Error> {
        let ids = self.beginning("statements", id)?;
        let id = self.only("statement", id, &ids)?;
        let sql = format!(
            "SELECT s.record FROM statements AS s WHERE s.id = ?1 AND {} ORDER BY s.document DESC, s.position LIMIT 1",
            self.view.holds("s")
        );
        self.connection.query_row(&sql, [id], |row| Ok(row.get::<_, Json<_>>(0)?.0)).map_err(|error| self.error(error))
    }

    /// RFC 3339: since when the statement of exactly this id is as it stands.
    pub fn statement_since(&self, id: &str) -> Result<String, Error> {
        let sql = format!(
            "SELECT l.at FROM statements AS s CROSS JOIN log AS l ON l.key = s.since WHERE s.id = ? AND {} ORDER BY s.since DESC LIMIT 1",
            self.view.holds("s")
        );
        let mut since = None;
        self.each_row(&sql, [Value::from(id.to_owned())], |row| {
            since = Some(row.get(0)?);
            Ok(ControlFlow::Break(()))
        })?;
        since.ok_or_else(|| self.unknown("statement", id))
    }

    /// The latest version of the document of this id, or of the one id that begins so.
    ///
    /// Fails with [`ErrorKind::Unknown`] or [`ErrorKind::Ambiguous`].
    pub fn document(&self, id: &str) -> Result<StoredDocument, Error> {
        let ids = self.beginning("documents", id)?;
        let id = self.only("document", id, &ids)?;
        let (holds, latest) = (self.view.holds("d"), self.view.is_latest("d"));
        let sql = format!("SELECT {} FROM documents AS d WHERE d.id = ?1 AND {holds} AND {latest}", self.stored_document());
        self.connection.query_row(&sql, [id], stored_document).map_err(|error| self.error(error))
    }

    /// The columns of a [`StoredDocument`], from `documents AS d`.
    fn stored_document(&self) -> String {
        let holds = self.view.holds("s");
        format!(
            "d.record, d.version, d.added,
             (SELECT count(*) FROM statements AS s WHERE s.document = d.document AND s.review IS NOT 'rejected' AND {holds})"
        )
    }

    /// Up to three ids that begin so, in order.
    pub(crate) fn beginning(&self, table: &str, id: &str) -> Result<Vec<String>, Error> {
        let holds = self.view.holds("t");
        let sql = format!("SELECT DISTINCT id FROM {table} AS t WHERE id >= ?1 AND id < ?2 AND {holds} ORDER BY id LIMIT 3");
        let mut ids = Vec::new();
        let values = [Value::from(id.to_owned()), Value::from(format!("{id}{}", char::MAX))];
        self.each_row(&sql, values, |row| {
            ids.push(row.get(0)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(ids)
    }

    /// The id that was meant among those found: itself, or the only one.
    pub(crate) fn only<'a>(&self, what: &str, asked: &str, found: &'a [String]) -> Result<&'a str, Error> {
        match found {
            [] => Err(self.unknown(what, asked)),
            [first, ..] if first == asked => Ok(first),
            [only] => Ok(only),
            several => {
                let message = format!("several {what}s' ids begin with `{asked}`: {}; write more of it", several.join(", "));
                Err(Error::new(ErrorKind::Ambiguous, &self.path, message))
            }
        }
    }

    pub(crate) fn unknown(&self, what: &str, asked: &str) -> Error {
        Error::new(ErrorKind::Unknown, &self.path, format!("no {what} has the id `{asked}` or one that begins so"))
    }

    /// Runs a query and hands on its rows until `take` breaks off.
    pub(crate) fn each_row(
        &self,
        sql: &str,
        values: impl IntoIterator<Item = Value>,
        mut take: impl FnMut(&Row<'_>) -> rusqlite::Result<ControlFlow<()>>,
    ) -> Result<(), Error> {
        #[cfg(test)]
        crate::query::note(sql);
        let ask = || {
            let mut query = self.connection.prepare_cached(&self.narrowed.of(sql))?;
            let mut rows = query.query(params_from_iter(values.into_iter().collect::<Vec<_>>()))?;
            while let Some(row) = rows.next()? {
                if take(row)?.is_break() {
                    break;
                }
            }
            Ok(())
        };
        ask().map_err(|error| self.error(error))
    }
}

/// A kept JSON, read.
pub(crate) struct Json<T>(pub(crate) T);

impl<T: serde::de::DeserializeOwned> FromSql for Json<T> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Json<T>> {
        serde_json::from_str(value.as_str()?).map(Json).map_err(FromSqlError::other)
    }
}

/// Values of `LIMIT ? OFFSET ?`; a negative limit is none.
pub(crate) fn page(filter: &Filter) -> [Value; 2] {
    let whole = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    [Value::from(filter.limit.map_or(-1, whole)), Value::from(whole(filter.offset))]
}

fn stored_document(row: &Row<'_>) -> rusqlite::Result<StoredDocument> {
    Ok(StoredDocument { record: row.get::<_, Json<_>>(0)?.0, version: row.get(1)?, added: row.get(2)?, statements: row.get(3)? })
}

fn collected<T>(each: impl FnOnce(&mut dyn FnMut(T) -> ControlFlow<()>) -> Result<(), Error>) -> Result<Vec<T>, Error> {
    let mut all = Vec::new();
    each(&mut |one| {
        all.push(one);
        ControlFlow::Continue(())
    })?;
    Ok(all)
}
