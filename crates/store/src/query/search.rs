//! Which statements have these words, and of what kinds are they?

use rusqlite::types::Value;
use sayso_types::record::StatementRecord;

use super::facet::Hits;
use super::{Facets, Listed, Narrowing, Paging};
use crate::{Error, Record, words};

/// A search for words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    /// Words, "phrases" and prefix*, all of which must stand in a statement's evidence or the names of its place.
    pub text: String,
    /// Which of the statements found.
    pub narrowing: Narrowing,
    /// Which page.
    pub paging: Paging,
}

impl Record {
    /// The statements that a search finds, last read one first.
    ///
    /// One answer looks at no more than 10,000 statements that have the words; where of these too few are meant, the page is short
    /// and the next one goes on from there.
    pub fn search(&self, search: &Search) -> Result<Listed<StatementRecord>, Error> {
        let Some(hits) = hits(search, search.paging.after.as_ref().map_or(i64::MAX, |cursor| cursor.key)) else {
            return Ok(Listed { items: Vec::new(), next: None });
        };
        self.hits_listed(hits, &search.narrowing, search.paging.limit)
    }

    /// How many statements a search finds, whatever its page, and of what kinds: exactly, or of the last read 10,000 that have the
    /// words.
    pub fn search_facets(&self, search: &Search) -> Result<Facets, Error> {
        let Some(hits) = hits(search, i64::MAX) else { return Ok(Facets::default()) };
        self.hits_counted(hits, &search.narrowing)
    }
}

/// The statements that have the words, with a key below one; `None` where there is nothing to look for.
fn hits(search: &Search, before: i64) -> Option<Hits> {
    let expression = words::all_of(&search.text)?;
    let sql = "SELECT rowid AS key FROM statements_fts WHERE statements_fts MATCH ? AND rowid < ? ORDER BY rowid DESC".to_owned();
    Some(Hits { sql, values: vec![Value::from(expression), Value::from(before)] })
}
