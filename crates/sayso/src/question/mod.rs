//! What does a person ask of the record? Words, "phrases", prefix* and fields such as `type:assault`, read from any text and written
//! again as the one text that means the same.
//!
//! All parts must hold; `OR` between two binds them closer than that, and `-` or `NOT` before one asks that it does not hold.
//! `mosque OR church -type:protest date:2014..2015-03` asks for a mosque or a church, for no protest, and for a time.

mod ask;
mod countries;
mod field;
mod parse;
#[cfg(test)]
mod tests;
mod write;

use sayso_types::decision::Status;
use sayso_types::record::GroupKind;
use sayso_types::{Edtf, Modality};

pub use countries::Countries;
pub use field::Field;

/// A question: all parts must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// What must hold.
    pub parts: Vec<Part>,
}

/// Terms of which one will do, or of which none may hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Whether they must hold.
    pub sense: Sense,
    /// At least one.
    pub any: Vec<Term>,
}

/// Whether something must hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// One of them must.
    Wanted,
    /// None of them may.
    Unwanted,
}

/// One thing that is asked.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// A word or phrase, words with one space between them.
    Words(String),
    /// Words of which the last one goes on.
    Prefix(String),
    /// Events, relations, estimates.
    Kind(GroupKind),
    /// Type code.
    Type(String),
    /// Mode code.
    Mode(String),
    /// Who takes part: an id, or words of a name.
    Actor(String),
    /// Where: words of a place's name, or a country.
    Place(String),
    /// A country's code or name.
    Country(String),
    /// When it happened.
    Date(Span),
    /// Not wholly before.
    Since(Edtf),
    /// Not wholly after.
    Until(Edtf),
    /// When it was told; of documents, when they were published.
    Told(Span),
    /// Who says so: an id, or words of a name.
    Source(String),
    /// Who published it.
    Publisher(String),
    /// How far an event is established.
    Status(Status),
    /// At least so many independent sources.
    Sources(u64),
    /// Whether sources differ.
    Disputed(bool),
    /// Whether it is several happenings at once.
    Aggregate(bool),
    /// How surely.
    Modality(Modality),
    /// What people decided.
    Review(Reviewed),
    /// Whether its document repeats another.
    Origin(Origin),
}

/// A stretch of time with at least one end: `2014`, `2014..2015-03`, `2014..`.
#[derive(Clone, Debug, PartialEq)]
pub enum Span {
    /// Within what one date means.
    Within(Edtf),
    /// From one date to another.
    Between(Edtf, Edtf),
    /// From a date on.
    From(Edtf),
    /// Up to a date.
    To(Edtf),
}

/// What people decided of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reviewed {
    /// Nothing yet.
    Never,
    /// That it is right.
    Accepted,
    /// That it is wrong.
    Rejected,
    /// They corrected it.
    Corrected,
}

/// Whether a document's text is its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It repeats another.
    Copy,
    /// It repeats none.
    Own,
}

/// What was not understood of a question, where it stands and what was made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Code points before it.
    pub at: usize,
    /// As it was written.
    pub written: String,
    /// What is amiss, and what was made of it.
    pub why: String,
}

impl Question {
    /// What a text asks, and what of it was not understood. Any text asks something.
    ///
    /// `"air strike" place:Kano -type:protest` asks for a phrase, a place, and for no protest.
    pub fn read(text: &str) -> (Question, Vec<Remark>) {
        parse::read(text)
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Whether a term is one part of its own, that must hold.
    pub fn has(&self, term: &Term) -> bool {
        self.parts.iter().any(|part| part.is(term))
    }

    /// The question that asks a term as well.
    #[must_use]
    pub fn with(&self, term: Term) -> Question {
        let mut question = self.clone();
        if !question.has(&term) {
            question.parts.push(Part { sense: Sense::Wanted, any: vec![term] });
        }
        question
    }

    /// The question that does not ask a term, where it is one part of its own.
    #[must_use]
    pub fn without(&self, term: &Term) -> Question {
        Question { parts: self.parts.iter().filter(|part| !part.is(term)).cloned().collect() }
    }
}

impl Part {
    fn is(&self, term: &Term) -> bool {
        self.sense == Sense::Wanted && self.any.len() == 1 && self.any[0] == *term
    }
}
