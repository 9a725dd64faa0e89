//! What waits for a person's eyes? Statements that nobody reviewed, that were read unsurely or drawn by lot, pairs of statements that
//! are nearly one event, names that the registry has not, and documents that share words without being copies.
//!
//! Each question walks an index from where the last page ended, over a bounded stretch: a page can hold fewer than were asked for and
//! yet not be the last.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use rusqlite::types::Value;
use sayso_types::record::StatementRecord;

use super::{Cursor, Listed, MOST_COUNTED, Paging, Tally};
use crate::ask::Json;
use crate::{Error, Record};

/// So many rows are looked at for one page.
const LOOKED_AT: i64 = 20_000;

/// Two statements that are nearly one event, or barely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NearPair {
    /// The one, by number.
    pub one: i64,
    /// The other; it was read before.
    pub other: i64,
    /// How surely they are one.
    pub score: f64,
}

impl Record {
    /// Statements that stand and that nobody reviewed, of the documents that were read last first; with a bound, only those that were
    /// coded less surely.
    pub fn unreviewed(&self, below: Option<f64>, paging: &Paging) -> Result<Listed<StatementRecord>, Error> {
        let (document, position) = place(paging.after.as_ref()).unwrap_or((i64::MAX, i64::MAX));
        let mut found = Vec::new();
        let mut looked_at = 0;
        let mut last = (document, position);
        if position < i64::MAX {
            self.unreviewed_of(document, position, below, |at, statement| {
                looked_at += 1;
                last = (document, at);
                found.extend(statement);
                found.len() < paging.limit
            })?;
        }
        let mut document = document;
        while found.len() < paging.limit && looked_at < LOOKED_AT {
            let Some(next) = self.document_before(document)? else { return Ok(Listed { items: found, next: None }) };
            document = next;
            last = (document, -1);
            self.unreviewed_of(document, -1, below, |at, statement| {
                looked_at += 1;
                last = (document, at);
                found.extend(statement);
                found.len() < paging.limit
            })?;
        }
        Ok(Listed { items: found, next: Some(Cursor { place: last.0.to_string(), key: last.1 }) })
    }

    /// Hands on the statements of a document that nobody reviewed, after a place in it; `None` for those that are left out.
    fn unreviewed_of(
        &self,
        document: i64,
        position: i64,
        below: Option<f64>,
        mut take: impl FnMut(i64, Option<StatementRecord>) -> bool,
    ) -> Result<(), Error> {
        let sql = "SELECT s.position, CASE WHEN s.confidence < ?3 THEN s.record END FROM statements AS s INDEXED BY statements_by_document
                   WHERE s.document = ?1 AND s.position > ?2 AND s.until IS NULL AND s.superseded IS NULL AND s.review IS NULL
                   ORDER BY s.position";
        let values = [Value::from(document), Value::from(position), Value::from(below.unwrap_or(f64::MAX))];
        self.each_row(sql, values, |row| {
            let statement = row.get::<_, Option<Json<StatementRecord>>>(1)?.map(|json| json.0);
            Ok(if take(row.get(0)?, statement) { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
        })
    }

    /// The last document that has statements, of those before one.
    fn document_before(&self, document: i64) -> Result<Option<i64>, Error> {
        let sql = "SELECT document FROM statements INDEXED BY statements_by_document WHERE document < ?1 ORDER BY document DESC LIMIT 1";
        let mut found = None;
        self.each_row(sql, [Value::from(document)], |row| {
            found = Some(row.get(0)?);
            Ok(ControlFlow::Break(()))
        })?;
        Ok(found)
    }

    /// How many statements nobody reviewed; counted up to ten thousand.
    pub fn count_unreviewed(&self) -> Result<Tally, Error> {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM statements INDEXED BY statements_by_document
                   WHERE document > 0 AND until IS NULL AND superseded IS NULL AND review IS NULL LIMIT ?1)";
        let mut number = 0_i64;
        self.each_row(sql, [Value::from(i64::try_from(MOST_COUNTED).unwrap_or(i64::MAX))], |row| {
            number = row.get(0)?;
            Ok(ControlFlow::Break(()))
        })?;
        Ok(Tally::of_counted(number.unsigned_abs()))
    }

    /// Pairs of statements whose likeness lies between two bounds, those that were read last first.
    pub fn near_pairs(&self, least: f64, below: f64, paging: &Paging) -> Result<Listed<NearPair>, Error> {
        let (one, other) = place(paging.after.as_ref()).unwrap_or((i64::MAX, i64::MAX));
        let sql = "SELECT one, other, score FROM pairs WHERE (one, other) < (?1, ?2) ORDER BY one DESC, other DESC LIMIT ?3";
        let mut looked_at = 0;
        let (mut items, mut last) = (Vec::new(), None);
        self.each_row(sql, [Value::from(one), Value::from(other), Value::from(LOOKED_AT)], |row| {
            let pair = NearPair { one: row.get(0)?, other: row.get(1)?, score: row.get(2)? };
            looked_at += 1;
            last = Some(Cursor { place: pair.one.to_string(), key: pair.other });
            if pair.score >= least && pair.score < below {
                items.push(pair);
            }
            Ok(if items.len() < paging.limit { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
        })?;
        let ended = items.len() < paging.limit && looked_at < LOOKED_AT;
        Ok(Listed { items, next: last.filter(|_| !ended) })
    }

    /// How much documents have in common, as it is kept, those that were read last first; the next page begins after the last of them.
    pub fn overlaps_before(&self, paging: &Paging) -> Result<Listed<String>, Error> {
        let (one, other) = place(paging.after.as_ref()).unwrap_or((i64::MAX, i64::MAX));
        let sql = "SELECT one, other, record FROM overlaps WHERE (one, other) < (?1, ?2) ORDER BY one DESC, other DESC LIMIT ?3";
        let (mut items, mut last) = (Vec::new(), None);
        self.each_row(sql, [Value::from(one), Value::from(other), Value::from(i64::try_from(paging.limit).unwrap_or(i64::MAX))], |row| {
            last = Some(Cursor { place: row.get::<_, i64>(0)?.to_string(), key: row.get(1)? });
            items.push(row.get(2)?);
            Ok(ControlFlow::Continue(()))
        })?;
        let next = last.filter(|_| items.len() == paging.limit);
        Ok(Listed { items, next })
    }

    /// Names and ids of those who take part in something, in the order of the alphabet, after one: `true` where it is a name that the
    /// registry has not.
    pub fn parties_after(&self, name: &str, limit: usize) -> Result<Vec<(String, bool)>, Error> {
        let sql = "SELECT actor, actor_id IS NULL FROM parties INDEXED BY parties_by_actor
                   WHERE actor > ?1 AND until IS NULL ORDER BY actor LIMIT 1";
        let mut found: Vec<(String, bool)> = Vec::new();
        while found.len() < limit {
            let after = found.last().map_or(name, |(last, _)| last.as_str()).to_owned();
            let mut next = None;
            self.each_row(sql, [Value::from(after)], |row| {
                next = Some((row.get(0)?, row.get(1)?));
                Ok(ControlFlow::Break(()))
            })?;
            let Some(next) = next else { break };
            found.push(next);
        }
        Ok(found)
    }

    /// The number of the last row that was coded: with it a sample that was drawn can be drawn again, whatever is decided or read after.
    pub fn last_coded(&self) -> Result<i64, Error> {
        let mut last = 0;
        self.each_row("SELECT key FROM statements WHERE key > 0 AND made_from IS NULL ORDER BY key DESC LIMIT 1", [], |row| {
            last = row.get(0)?;
            Ok(ControlFlow::Break(()))
        })?;
        Ok(last)
    }

    /// The statements that stand of some rows as they were coded, in the order that is given; what no longer stands, and what is no such
    /// row, is left out.
    pub fn coded_at(&self, rows: &[i64]) -> Result<Vec<(i64, StatementRecord)>, Error> {
        let sql = "SELECT s.record FROM statements AS b CROSS JOIN statements AS s ON s.id = b.id
                   WHERE b.key = ?1 AND b.made_from IS NULL AND s.until IS NULL AND s.superseded IS NULL LIMIT 1";
        let mut found = Vec::new();
        let mut seen = BTreeSet::new();
        for row in rows.iter().filter(|row| seen.insert(**row)) {
            self.each_row(sql, [Value::from(*row)], |of| {
                found.push((*row, of.get::<_, Json<StatementRecord>>(0)?.0));
                Ok(ControlFlow::Break(()))
            })?;
        }
        Ok(found)
    }
}

/// Both numbers of a cursor.
fn place(cursor: Option<&Cursor>) -> Option<(i64, i64)> {
    cursor.and_then(|cursor| Some((cursor.place.parse().ok()?, cursor.key)))
}
