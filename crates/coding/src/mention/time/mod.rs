//! When? Time expressions of a document, reckoned to EDTF against its publication date and the times spoken of before.

mod amount;
mod calendar;
mod clock;
mod date;
mod grammar;
mod holiday;
mod lexicon;
mod quarter;
mod range;
mod reckon;
mod resolve;
mod shift;
mod tense;
#[cfg(test)]
mod tests;
mod timex;
mod view;

use std::ops::Range;

use sayso_types::{Analysis, Edtf, Outcome, Span};

use crate::mention::quantity::piece::{span_of, split_into, tokens_of};
use grammar::{Expr, words_into};
use range::{Found, found};
use resolve::{Resolved, Story};
use view::View;

pub use lexicon::{DayPart, TimeLexicon};
pub use timex::{Timex, TimexType, timexes};

/// What is known of the document's own time.
#[derive(Clone, Copy, Debug, Default)]
pub struct TimeAnchor<'a> {
    /// When the document was published; may be partial. Without it, what is said relative to it stays unknown.
    pub published: Option<&'a Edtf>,
}

/// One time expression.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeMention {
    /// Its tokens, without the preposition.
    pub tokens: Range<usize>,
    /// Its words, without the preposition: "the end of July".
    pub span: Span,
    /// With the preposition: "At the end of July".
    pub phrase: Span,
    /// The days that it can mean; for a length without a place in time, unknown.
    pub edtf: Outcome<Edtf>,
    /// A date, a length or a repetition.
    pub kind: TimeKind,
    /// How what is told lies to it.
    pub relation: TimeRelation,
    /// Whether the words alone give the date, or only together with another time.
    pub grounds: Grounds,
}

/// What a time expression gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeKind {
    /// A place in time: "on Tuesday", "over the past three years".
    Date,
    /// A length: "for two months".
    Duration,
    /// A repetition: "every Friday".
    Set,
    /// A name made of a date, which says nothing of the clause's time: "the September 11 attacks".
    Name,
}

/// How what is told lies to a time expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeRelation {
    /// In it: "in July", "on Tuesday", "between March and May".
    Within,
    /// From it on: "since 2011".
    Since,
    /// Up to it: "until March".
    Until,
    /// Not later than it: "by the end of 2015".
    By,
    /// "before 2014".
    Before,
    /// "after 12 June".
    After,
}

/// What a date was reckoned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grounds {
    /// The words alone: "31 August 2017".
    Stated,
    /// The publication date: "on Tuesday".
    Publication,
    /// A time spoken of before: "a day earlier".
    Story,
}

/// The time expressions of a text, in order, without overlap.
///
/// Published 2017-08, "At the end of July, rebels left the town" has one: "the end of July",
/// `2017-07-21/2017-07-31`.
pub fn times(text: &str, analysis: &Analysis, anchor: &TimeAnchor<'_>, lexicon: &TimeLexicon) -> Vec<TimeMention> {
    let mut mentions = Vec::new();
    read(text, analysis, anchor, lexicon, |view, found, resolved| mentions.push(mention(view, found, resolved)));
    mentions
}

fn mention(view: &View<'_>, found: &Found, resolved: Resolved) -> TimeMention {
    let pieces = found.pieces();
    let span = span_of(view.pieces, pieces.clone());
    TimeMention {
        tokens: tokens_of(view.pieces, pieces.clone()),
        span,
        phrase: span_of(view.pieces, found.phrase.min(pieces.start)..pieces.end),
        edtf: resolved.edtf,
        kind: kind(found),
        relation: found.relation,
        grounds: resolved.grounds,
    }
}

fn kind(found: &Found) -> TimeKind {
    match found.first.expr {
        Expr::Duration { .. } => TimeKind::Duration,
        Expr::Repeated { .. } => TimeKind::Set,
        Expr::Name { .. } => TimeKind::Name,
        _ => TimeKind::Date,
    }
}

/// Finds and reckons the time expressions in order, and hands each to `take`.
fn read(
    text: &str,
    analysis: &Analysis,
    anchor: &TimeAnchor<'_>,
    lexicon: &TimeLexicon,
    mut take: impl FnMut(&View<'_>, &Found, Resolved),
) {
    let (mut pieces, mut words) = (Vec::new(), Vec::new());
    let mut story = Story::new(anchor.published);
    for (number, sentence) in analysis.sentences.iter().enumerate() {
        split_into(&mut pieces, text, analysis, sentence);
        words_into(&mut words, text, &pieces, lexicon);
        let view = View { text, analysis, pieces: &pieces, words: &words, lexicon };
        story.enter(number);
        let mut at = 0;
        while at < pieces.len() {
            let Some(found) = found(&view, at) else {
                at += 1;
                continue;
            };
            at = found.pieces().end;
            let resolved = story.tell(&view, &found);
            take(&view, &found, resolved);
        }
    }
}
