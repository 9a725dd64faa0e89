//! Who tells it, in which report? A statement together with what linking knows of its document.

use std::ops::Range;

use jiff::civil::Date;
use sayso_types::record::StatementRecord;

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
#[derive(Clone, Debug, Default, PartialEq)]
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
    /// Whose text it repeats.
    pub origin: Origin,
}

/// Whose words a document's own voice speaks.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Origin {
    /// Its own.
    #[default]
    Own,
    /// Another document's, of which it is a copy.
    Copy {
        /// The number of the first document of that text.
        of: i64,
        /// That document's headline or id.
        title: String,
        /// The outlet that it credits, else the one that published it.
        outlet: Option<String>,
        /// Whether `outlet`'s own text is in the record, or only what it is credited for.
        held: bool,
        /// The sentence that says why it is a copy.
        why: String,
        /// Which code points of the text repeat it; what stands outside them is the document's own.
        passages: Vec<Range<usize>>,
    },
}

impl Report {
    /// What to call it: its headline, else its id.
    pub fn name(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.id)
    }

    /// Whether it repeats another document's text where a statement stands.
    pub fn repeats(&self, statement: &StatementRecord) -> bool {
        let words = &statement.evidence.words;
        match &self.origin {
            Origin::Own => false,
            Origin::Copy { passages, .. } => {
                let shared = |p: &Range<usize>| p.end.min(words.end).saturating_sub(p.start.max(words.start));
                2 * passages.iter().map(shared).sum::<usize>() >= words.end - words.start
            }
        }
    }
}

impl Telling<'_> {
    /// The number of the document whose text says so: its own, or that of which it is a copy.
    pub fn text(&self) -> i64 {
        match &self.report.origin {
            Origin::Copy { of, .. } if self.report.repeats(self.statement) => *of,
            _ => self.report.key,
        }
    }

    /// The last day on which it can have been published.
    pub fn day(&self) -> Option<Date> {
        self.report.published.map(|(_, latest)| latest)
    }
}
