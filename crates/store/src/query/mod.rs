//! What do views ask of a record? Groups, full text, places, relations, networks, sources and changes: each by an index, a page at
//! a time, now or as of an earlier moment.
//!
//! No question reads a whole table, and none that could find very much finds it silently in part: what was counted only up to a
//! bound says so ([`Tally`], [`Facets::counted`]).

mod area;
mod became;
mod change;
mod cited;
mod decided;
mod entry;
mod facet;
pub mod find;
mod geometry;
mod group;
mod listing;
mod mark;
mod network;
#[cfg(test)]
mod plans;
mod relation;
mod review;
mod search;
mod source;
mod source_list;
mod taking_part;
mod tie;
mod whereabouts;

use std::fmt;
use std::str::FromStr;

use rusqlite::types::Value;
use sayso_types::Edtf;

use crate::clause::Clauses;

pub use area::{AreaFilter, EventsWithin, Imprecise, PlacedEvent};
pub use became::Became;
pub use change::{ChangeKind, ChangeOf, Changed};
pub use cited::{Cited, CitedDocument};
pub use decided::Consequences;
pub use entry::{Deed, Done, LogEntry, LogFilter};
pub use facet::{Counted, Facet, FacetCount, Facets, Narrowing};
pub use geometry::Area;
pub use group::{FormerGroup, GroupMember, Moved, StoredGroup};
pub use listing::GroupFilter;
pub use mark::{EventMark, EventMarks};
pub use network::{Edge, Network, NetworkFilter, Node, Reach};
pub use relation::{Direction, RelationAsOf, Standing};
pub use review::NearPair;
pub use search::Search;
pub use source::Source;
pub use source_list::{SourceCount, SourceFilter, SourceOf};
pub use taking_part::{MentionedName, Participant, YearCount};
pub use tie::Pair;

#[cfg(test)]
pub(crate) use plans::note;

/// So many are counted one by one; of more it is only said that there are at least as many.
pub(crate) const MOST_COUNTED: u64 = 10_000;

/// A page of an answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed<T> {
    /// What stands on it.
    pub items: Vec<T>,
    /// Where the next page begins; `None` on the last one. A page can hold fewer than were asked for and yet not be the last.
    pub next: Option<Cursor>,
}

/// Which page of an answer is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// At most so many on it.
    pub limit: usize,
    /// What the page before said of where this one begins; `None` asks for the first.
    pub after: Option<Cursor>,
}

impl Default for Paging {
    fn default() -> Paging {
        Paging { limit: 50, after: None }
    }
}

/// Where a page ends and the next begins: as text `2017-08-31~1042`. It holds for the question that it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(crate) place: String,
    pub(crate) key: i64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}~{}", self.place, self.key)
    }
}

/// A text that no page said of where the next begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CursorError {
    text: String,
}

impl fmt::Display for CursorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not the beginning of a page; leave it out for the first page", self.text)
    }
}

impl std::error::Error for CursorError {}

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Cursor, CursorError> {
        let parts = text.rsplit_once('~').and_then(|(place, key)| Some((place, key.parse().ok()?)));
        parts.map(|(place, key)| Cursor { place: place.to_owned(), key }).ok_or_else(|| CursorError { text: text.to_owned() })
    }
}

/// A number, counted to its end or up to a bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tally {
    /// So many.
    Exactly(u64),
    /// So many were counted, and there may be more.
    AtLeast(u64),
}

impl Tally {
    /// What counting up to [`MOST_COUNTED`] came to.
    fn of_counted(number: u64) -> Tally {
        if number < MOST_COUNTED { Tally::Exactly(number) } else { Tally::AtLeast(number) }
    }

    /// How many were counted.
    pub fn number(self) -> u64 {
        match self {
            Tally::Exactly(number) | Tally::AtLeast(number) => number,
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Tally::Exactly(number) => write!(f, "{number}"),
            Tally::AtLeast(number) => write!(f, "at least {number}"),
        }
    }
}

/// A stretch of time, from the first day that `since` can mean to the last that `until` can; open where one is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Window {
    /// Its beginning.
    pub since: Option<Edtf>,
    /// Its end.
    pub until: Option<Edtf>,
    /// Which uncertain times it takes in.
    pub overlap: Overlap,
}

/// Which uncertain times a stretch of time takes in. What has no known time is in none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overlap {
    /// Those that can lie in it: "in 2017" is in August 2017.
    #[default]
    Possible,
    /// Those that lie in it whatever they mean: "in 2017" is in 2017, not in August 2017.
    Certain,
}

impl Window {
    fn first(&self) -> Option<String> {
        self.since.as_ref().and_then(Edtf::earliest).map(|day| day.to_string())
    }

    fn last(&self) -> Option<String> {
        self.until.as_ref().and_then(Edtf::latest).map(|day| day.to_string())
    }

    /// That groups `g` lie in it, by their `earliest` and by `day`, which is as it is defined for `groups`.
    fn push(&self, clauses: &mut Clauses, day: &str) {
        clauses.push(format!("{day} <> ''"), []);
        match self.overlap {
            Overlap::Possible => {
                if let Some(first) = self.first() {
                    clauses.push(format!("{day} >= ?"), [Value::from(first)]);
                }
                if let Some(last) = self.last() {
                    clauses.push("(g.earliest IS NULL OR g.earliest <= ?)", [Value::from(last)]);
                }
            }
            Overlap::Certain => {
                if let Some(first) = self.first() {
                    clauses.push(format!("{day} >= ?"), [Value::from(first.clone())]);
                    clauses.push("g.earliest >= ?", [Value::from(first)]);
                }
                if let Some(last) = self.last() {
                    clauses.push(format!("{day} <= ?"), [Value::from(last)]);
                }
            }
        }
    }
}

/// The first `limit` of what was found, which was looked for to one more, and where the next page begins.
fn page<T>(mut found: Vec<T>, limit: usize, cursor: impl Fn(&T) -> Cursor) -> (Vec<T>, Option<Cursor>) {
    let more = found.len() > limit;
    found.truncate(limit);
    let next = if more { found.last().map(cursor) } else { None };
    (found, next)
}

/// A limit and one more, for SQL.
fn one_more(limit: usize) -> Value {
    Value::from(i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1))
}
