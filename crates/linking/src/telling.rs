//! Who tells it, in which report? A statement together with what linking knows of its document.

use std::ops::Range;

use jiff::civil::Date;
use sayso_types::record::StatementRecord;
use serde::{Deserialize, Serialize};

/// A statement and the report that makes it.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// The statement's number in the record; the order of numbers is the order of reading.
    pub key: i64,
    /// What it states.
    pub statement: &'a StatementRecord,
    /// The document that it stands in.
    pub report: &'a Report,
}

/// What linking knows of a document.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Its number in the record; the order of numbers is the order of reading.
    pub key: i64,
    /// Its id.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The outlet that it says it took its text from.
    pub credit: Option<String>,
    /// First and last day that its publication date can mean.
    pub published: Option<(Date, Date)>,
    /// The texts that it repeats, the one of which it holds most first; none where its text is its own.
    pub repeats: Vec<Repeat>,
}

/// A text that a document repeats.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Repeat {
    /// The number of the first document of that text.
    pub of: i64,
    /// That document's headline or id.
    pub title: String,
    /// The outlet that it credits, else the one that published it.
    pub outlet: Option<String>,
    /// Whether `outlet`'s own text is in the record, or only what it is credited for.
    pub held: bool,
    /// The sentence that says why it is a copy.
    pub why: String,
    /// Which code points of the document repeat it.
    #[cfg_attr(feature = "schema", schema(value_type = Vec<Object>))]
    pub passages: Vec<Range<usize>>,
}

impl Report {
    /// What to call it: its headline, else its id.
    pub fn name(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.id)
    }

    /// The text in whose words a statement stands. What a copy puts in or over another's words is taken for that other's too.
    fn repeat(&self, statement: &StatementRecord) -> Option<&Repeat> {
        let words = &statement.evidence.words;
        let shared = |p: &Range<usize>| p.end.min(words.end).saturating_sub(p.start.max(words.start));
        let stands = |repeat: &&Repeat| 2 * repeat.passages.iter().map(shared).sum::<usize>() >= words.end - words.start;
        self.repeats.iter().find(stands).or_else(|| self.repeats.first())
    }
}

impl<'a> Telling<'a> {
    /// The text that the statement is repeated from; `None` where it is the report's own.
    pub fn repeat(&self) -> Option<&'a Repeat> {
        self.report.repeat(self.statement)
    }

    /// The number of the document whose text says so: its own, or that of which it is a copy.
    pub fn text(&self) -> i64 {
        self.repeat().map_or(self.report.key, |repeat| repeat.of)
    }

    /// The last day on which it can have been published.
    pub fn day(&self) -> Option<Date> {
        self.report.published.map(|(_, latest)| latest)
    }
}
