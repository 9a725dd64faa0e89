//! Who says and who carries what stands in the record? Informants and publishers with how much they tell.
//!
//! Here alone an index of a whole table is walked through: that of sources, which holds nothing but their names.

use std::ops::ControlFlow;

use rusqlite::types::Value;

use super::{Cursor, Listed, MOST_COUNTED, Paging, Tally, one_more, page};
use crate::{Error, Record};

/// So many mentions of sources are counted for an order by their number.
const MOST_RANKED: i64 = 4_000_000;

/// Which sources.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SourceOf {
    /// Those who say so, closest to the fact.
    #[default]
    Informants,
    /// Those who publish it.
    Publishers,
}

/// A question for sources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceFilter {
    /// Which.
    pub of: SourceOf,
    /// Whose names begin so, in whichever case, in the order of names; without it all, those who tell most first.
    pub begins: Option<String>,
    /// Which page.
    pub paging: Paging,
}

/// How much a source tells. What it told in former versions is counted too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCount {
    /// An informant's registry id, else its name, else the words; a publisher's name.
    pub name: String,
    /// How many statements.
    pub statements: Tally,
    /// In how many documents.
    pub documents: Tally,
}

impl Record {
    /// The sources that a filter means.
    pub fn sources(&self, filter: &SourceFilter) -> Result<Listed<SourceCount>, Error> {
        let (names, next) = match &filter.begins {
            Some(begins) => self.sources_that_begin(filter, begins)?,
            None => self.sources_ranked(filter)?,
        };
        let items = names.into_iter().map(|name| self.source_count(filter.of, name)).collect::<Result<_, _>>()?;
        Ok(Listed { items, next })
    }

    fn sources_ranked(&self, filter: &SourceFilter) -> Result<(Vec<String>, Option<Cursor>), Error> {
        let (name, from) = (name_of(filter.of), from(filter.of));
        let sql = format!(
            "SELECT name FROM (SELECT name, count(*) AS number FROM
                 (SELECT {name} AS name FROM {from} AND {name} > '' COLLATE NOCASE ORDER BY {name} COLLATE NOCASE LIMIT {MOST_RANKED})
             GROUP BY name COLLATE NOCASE) ORDER BY number DESC, name LIMIT ? OFFSET ?"
        );
        let offset = filter.paging.after.as_ref().map_or(0, |cursor| cursor.key.max(0));
        let mut names = Vec::new();
        self.each_row(&sql, [one_more(filter.paging.limit), Value::from(offset)], |row| {
            names.push(row.get::<_, String>(0)?);
            Ok(ControlFlow::Continue(()))
        })?;
        let reached = offset.saturating_add(i64::try_from(filter.paging.limit).unwrap_or(i64::MAX));
        Ok(page(names, filter.paging.limit, |_| Cursor { place: String::new(), key: reached }))
    }

    /// One name after another is looked up, each the next after the one before.
    fn sources_that_begin(&self, filter: &SourceFilter, begins: &str) -> Result<(Vec<String>, Option<Cursor>), Error> {
        let (name, from) = (name_of(filter.of), from(filter.of));
        let next = |comparison: &str| {
            format!(
                "SELECT {name} FROM {from} AND {name} {comparison} ? COLLATE NOCASE AND {name} < ? COLLATE NOCASE
                 ORDER BY {name} COLLATE NOCASE LIMIT 1"
            )
        };
        let end = Value::from(format!("{begins}{}", char::MAX));
        let (mut names, mut last) = (Vec::new(), filter.paging.after.as_ref().map(|cursor| cursor.place.clone()));
        while names.len() <= filter.paging.limit {
            let (sql, from) = match &last {
                Some(last) => (next(">"), last.clone()),
                None => (next(">="), begins.to_owned()),
            };
            let mut found = None;
            self.each_row(&sql, [Value::from(from), end.clone()], |row| {
                found = row.get::<_, Option<String>>(0)?;
                Ok(ControlFlow::Break(()))
            })?;
            let Some(found) = found else { break };
            last = Some(found.clone());
            names.push(found);
        }
        Ok(page(names, filter.paging.limit, |name: &String| Cursor { place: name.clone(), key: 0 }))
    }

    fn source_count(&self, of: SourceOf, name: String) -> Result<SourceCount, Error> {
        let sql = match of {
            SourceOf::Informants => {
                "SELECT count(*), count(DISTINCT document) FROM (
                     SELECT s.document FROM (SELECT statement FROM participants INDEXED BY participants_by_source
                         WHERE part = 'source' AND distance = 0 AND coalesce(actor_id, name, words) = ?1 COLLATE NOCASE LIMIT ?2) AS h
                     CROSS JOIN statements AS s INDEXED BY statements_in_short ON s.key = h.statement)"
            }
            SourceOf::Publishers => {
                "SELECT coalesce(sum(c.statements), 0), count(DISTINCT h.document) FROM (
                     SELECT document FROM documents INDEXED BY documents_by_publisher WHERE publisher = ?1 COLLATE NOCASE LIMIT ?2) AS h
                 LEFT JOIN codings AS c INDEXED BY codings_by_document ON c.document = h.document"
            }
        };
        let mut counted = (0, 0);
        self.each_row(sql, [Value::from(name.clone()), Value::from(MOST_COUNTED as i64)], |row| {
            counted = (row.get::<_, u64>(0)?, row.get::<_, u64>(1)?);
            Ok(ControlFlow::Break(()))
        })?;
        let full = match of {
            SourceOf::Informants => counted.0 >= MOST_COUNTED,
            SourceOf::Publishers => counted.1 >= MOST_COUNTED,
        };
        let tally = |number: u64| if full { Tally::AtLeast(number) } else { Tally::Exactly(number) };
        Ok(SourceCount { name, statements: tally(counted.0), documents: tally(counted.1) })
    }
}

fn name_of(of: SourceOf) -> &'static str {
    match of {
        SourceOf::Informants => "coalesce(actor_id, name, words)",
        SourceOf::Publishers => "publisher",
    }
}

fn from(of: SourceOf) -> &'static str {
    match of {
        SourceOf::Informants => "participants INDEXED BY participants_by_source WHERE part = 'source' AND distance = 0",
        SourceOf::Publishers => "documents INDEXED BY documents_by_publisher WHERE TRUE",
    }
}
