//! What does a question of several conditions find? Groups, statements, documents or actors, newest first, each with the statement for
//! which it was found; how many; and of what kinds they are.
//!
//! A group is found when one of its statements meets what is asked of words, place, source, publisher, modality and review, and the
//! group itself what is asked of kind, type, time, actors, country, status and sources. Where something leads to statements (words, a
//! place, a source, a publisher, a review), a window of the [`MOST_LOOKED_AT`] last read ones is looked at, and what is found in it
//! comes in order of time; then comes the next window. Else an index is walked in order of time.

mod actors;
mod condition;
mod documents;
mod groups;
mod lead;
mod statements;
mod summary;

use sayso_types::record::GroupKind;

use super::{Counted, Cursor, Paging, Tally, Window};
use crate::Review;

pub use actors::{ActorFound, NamedActor};
pub use documents::DocumentFound;
pub use groups::GroupFound;
pub use statements::{MARK_BEGINS, MARK_ENDS, Quoted, StatementFound};
pub use summary::{DayCount, FacetCounts, FindFacet, Summary, ValueCount};

/// So many statements, documents or groups are looked at in one window.
pub const MOST_LOOKED_AT: usize = 10_000;

/// A question: all clauses must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// What must hold.
    pub clauses: Vec<Clause>,
    /// Which page.
    pub paging: Paging,
    /// Whether what is found is also summed up.
    pub summed: Summed,
}

/// Whether what is found is summed up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Summed {
    /// Counted by facets and days.
    #[default]
    Wholly,
    /// Only listed.
    Not,
}

/// Conditions of which one will do, or of which none may hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// None may hold.
    pub negated: bool,
    /// One of them, where it is not negated.
    pub any: Vec<Condition>,
}

/// Something that is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// A word, a "phrase" or the prefix* of one: in the evidence or the names of the place; of documents, in title or text.
    Words(String),
    /// Words of the place's text, name or first-order division.
    Place(String),
    /// ISO 3166-1 alpha-3 code of the country.
    Country(String),
    /// What it is.
    Kind(GroupKind),
    /// Type code.
    Type(String),
    /// Mode code.
    Mode(String),
    /// Who takes part.
    Actor(Party),
    /// Who says so, closest to the fact.
    Source(Party),
    /// The document's publisher, in whichever case.
    Publisher(String),
    /// When it happened, or held.
    Time(Window),
    /// When it was told.
    Told(Window),
    /// Of events, how far they are established.
    Status(String),
    /// Told by at least so many independent sources.
    Sources(u64),
    /// Sources differ on some attribute, or on none.
    Disputed(bool),
    /// Several happenings at once, or one.
    Aggregate(bool),
    /// How surely.
    Modality(String),
    /// What people decided; `None` is nothing yet.
    Review(Option<Review>),
    /// It stands in a document that repeats another, or in one that repeats none.
    Copy(bool),
    /// What nothing meets.
    Nothing,
}

/// An actor or source as it was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    /// As written: an id, or words of a name.
    pub named: String,
    /// The registry's ids, and of whoever has none the name or words, that it can mean: [`crate::Record::parties_named`].
    pub ids: Vec<String>,
}

/// A page of what was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<T> {
    /// What stands on it.
    pub items: Vec<T>,
    /// Where the next page begins; `None` on the last one. A page can hold fewer than were asked for and yet not be the last.
    pub next: Option<Cursor>,
    /// How many were found, whatever the page.
    pub tally: Tally,
    /// Of what kinds.
    pub summary: Option<Summary>,
}

/// Of what was looked at, whether that was all.
pub(super) fn counted(looked_at: usize) -> Counted {
    if looked_at < MOST_LOOKED_AT { Counted::All } else { Counted::Newest(looked_at as u64) }
}

/// A number as exact as the looking was.
pub(super) fn tally(number: usize, looked_at: usize) -> Tally {
    if looked_at < MOST_LOOKED_AT { Tally::Exactly(number as u64) } else { Tally::AtLeast(number as u64) }
}
