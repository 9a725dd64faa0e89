//! Which statements does a question mean? Last read ones first, each with its words, those that were looked for marked.

use std::ops::ControlFlow;

use rusqlite::types::Value;
use sayso_types::record::StatementRecord;

use super::condition::{Of, push_clauses};
use super::groups::days;
use super::lead::{self, Lead};
use super::summary::{FacetCounts, FindFacet, Sample, Summary, most_first};
use super::{Condition, Found, MOST_LOOKED_AT, Summed, Wanted, counted, tally};
use crate::ask::Json;
use crate::clause::Clauses;
use crate::query::{Cursor, page};
use crate::{Error, Record};

/// What stands around words that were looked for, in marked text.
pub const MARK_BEGINS: char = '\u{2}';
/// What ends them.
pub const MARK_ENDS: char = '\u{3}';

/// A statement that was found.
pub type StatementFound = Quoted;

/// A statement with its words, and who carries it.
#[derive(Clone, Debug, PartialEq)]
pub struct Quoted {
    /// The statement.
    pub statement: StatementRecord,
    /// Its evidence, with U+0002 before and U+0003 after words that were looked for.
    pub marked: String,
    /// The title of its document.
    pub title: Option<String>,
    /// The document's publisher.
    pub publisher: Option<String>,
    /// When the document was published (EDTF).
    pub published: Option<String>,
    /// What people decided of it: accepted, rejected, corrected; `None` is nothing yet.
    pub review: Option<String>,
}

/// What an index tells of a statement that was found.
struct Short {
    key: i64,
    type_code: String,
    country: Option<String>,
    modality: String,
    day: String,
    review: Option<String>,
}

impl Record {
    /// The statements that a question means, last read ones first.
    pub fn find_statements(&self, wanted: &Wanted) -> Result<Found<StatementFound>, Error> {
        let lead = lead::of_listed_statements(&wanted.clauses, self.view).unwrap_or_else(lead::all_statements);
        let below = wanted.paging.after.as_ref().map_or(i64::MAX, |cursor| cursor.key);
        let below = if below == i64::MAX && lead.words.is_none() { self.last_statement()? + 1 } else { below };
        let first_below = if wanted.paging.after.is_some() { self.last_statement()? + 1 } else { below };
        let window = self.statement_window(wanted, &lead, below)?;
        let limit = wanted.paging.limit;
        let listed: Vec<i64> = window.0.iter().map(|short| short.key).take(limit.saturating_add(1)).collect();
        let (listed, next) = page(listed, limit, |key| Cursor { place: String::new(), key: *key });
        let (looked_at, last) = window.1;
        let rest = (looked_at >= MOST_LOOKED_AT).then(|| Cursor { place: String::new(), key: last });
        let items = listed.iter().map(|key| self.quoted(*key, lead.words.as_deref())).collect::<Result<_, _>>()?;
        let (first, (looked_at, _)) = if wanted.paging.after.is_some() && wanted.summed == Summed::Wholly {
            self.statement_window(wanted, &lead, first_below)?
        } else {
            window
        };
        let summary = match wanted.summed {
            Summed::Not => None,
            Summed::Wholly => Some(self.summary_of_statements(&first, looked_at)?),
        };
        Ok(Found { items, next: next.or(rest), tally: tally(first.len(), looked_at), summary })
    }

    fn statement_window(&self, wanted: &Wanted, lead: &Lead, below: i64) -> Result<(Vec<Short>, (usize, i64)), Error> {
        let reach = self.reach(lead, below)?;
        let (sql, mut values) = lead.below(below);
        let mut clauses = Clauses::default();
        clauses.push_all(format!("{} AND {}", self.view.holds("s"), self.view.is_latest("s")), Vec::new());
        let asks_review = |clause: &super::Clause| clause.any.iter().any(|condition| matches!(condition, Condition::Review(_)));
        if !wanted.clauses.iter().any(asks_review) {
            clauses.push_all("s.review IS NOT 'rejected'".to_owned(), Vec::new());
        }
        push_clauses(&mut clauses, &wanted.clauses, &lead.heeds, Of::Statement, self.view);
        let sql = format!(
            "SELECT h.key, s.type, s.country, s.modality, coalesce(s.latest, s.earliest, ''), s.review FROM ({sql} LIMIT {MOST_LOOKED_AT}) AS h
             CROSS JOIN statements AS s INDEXED BY statements_in_short ON s.key = h.key WHERE {}",
            clauses.sql()
        );
        values.extend(clauses.into_values());
        let mut shorts = Vec::new();
        self.each_row(&sql, values, |row| {
            shorts.push(Short {
                key: row.get(0)?,
                type_code: row.get(1)?,
                country: row.get(2)?,
                modality: row.get(3)?,
                day: row.get(4)?,
                review: row.get(5)?,
            });
            Ok(ControlFlow::Continue(()))
        })?;
        Ok((shorts, reach))
    }

    fn summary_of_statements(&self, found: &[Short], looked_at: usize) -> Result<Summary, Error> {
        let counted = counted(looked_at);
        let count =
            |facet, value: &dyn Fn(&Short) -> Option<String>| FacetCounts { facet, values: most_first(found.iter().map(value)), counted };
        let mut facets = vec![
            count(FindFacet::Type, &|short| Some(short.type_code.clone())),
            count(FindFacet::Country, &|short| short.country.clone()),
            count(FindFacet::Modality, &|short| Some(short.modality.clone())),
            count(FindFacet::Review, &|short| short.review.clone()),
        ];
        let keys: Vec<i64> = found.iter().map(|short| short.key).collect();
        let deeper = self.deeper(&keys, Sample::Statements, counted)?;
        facets.extend(deeper.into_iter().filter(|counts| !matches!(counts.facet, FindFacet::Modality | FindFacet::Review)));
        Ok(Summary { days: days(found.iter().map(|short| short.day.as_str())), days_counted: counted, facets, ..Summary::default() })
    }

    fn last_statement(&self) -> Result<i64, Error> {
        let ask = || self.connection.prepare_cached("SELECT coalesce(max(key), 0) FROM statements")?.query_row([], |row| row.get(0));
        ask().map_err(|error| self.error(error))
    }

    /// The statement of a key, with its words.
    pub(super) fn quoted(&self, key: i64, words: Option<&str>) -> Result<Quoted, Error> {
        let sql = format!(
            "SELECT s.record, d.title, d.publisher, d.published, s.review FROM statements AS s
             LEFT JOIN documents AS d INDEXED BY documents_by_document ON d.document = s.document AND {} WHERE s.key = ? LIMIT 1",
            self.view.holds("d")
        );
        let mut found = None;
        self.each_row(&sql, [Value::from(key)], |row| {
            let statement = row.get::<_, Json<StatementRecord>>(0)?.0;
            let marked = statement.evidence.words.text.clone();
            found =
                Some(Quoted { statement, marked, title: row.get(1)?, publisher: row.get(2)?, published: row.get(3)?, review: row.get(4)? });
            Ok(ControlFlow::Break(()))
        })?;
        let Some(mut quoted) = found else { return Err(self.unknown("statement", &key.to_string())) };
        if let Some(words) = words {
            let sql =
                "SELECT highlight(statements_fts, 0, char(2), char(3)) FROM statements_fts WHERE statements_fts MATCH ? AND rowid = ?";
            self.each_row(sql, [Value::from(words.to_owned()), Value::from(key)], |row| {
                quoted.marked = row.get(0)?;
                Ok(ControlFlow::Break(()))
            })?;
        }
        Ok(quoted)
    }
}
