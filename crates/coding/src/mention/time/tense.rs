//! Does the clause around a time expression speak of what was or of what is to come?

use std::ops::Range;

use sayso_types::Upos;

use super::TimeRelation;
use super::grammar::Expr;
use super::lexicon::{TimeWord, Word};
use super::range::Found;
use super::view::View;
use crate::mention::quantity::piece::PieceKind;

/// Where the nearest verb puts its clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Past,
    Future,
    Unsaid,
}

/// The farthest verb that is looked at, in pieces.
const REACH: usize = 20;

/// Where the verb nearest to an expression puts it: the one before it, or else the one after.
pub(crate) fn direction(view: &View<'_>, found: &Found) -> Direction {
    let pieces = found.pieces();
    if view.is_possessive(pieces.end) {
        return event(view, &pieces);
    }
    let as_soon_as = pieces.start >= 3 && view.lower_is(pieces.start - 1, "as") && view.lower_is(pieces.start - 3, "as");
    let bound = matches!(found.relation, TimeRelation::By | TimeRelation::Until) && matches!(found.first.expr, Expr::Weekday { .. });
    // "Until Thursday, they had not left"
    let around = pieces.start.saturating_sub(REACH)..(pieces.end + REACH).min(view.pieces.len());
    let deadline = bound && !around.into_iter().any(|at| view.lower_is(at, "had"));
    if as_soon_as || deadline {
        return Direction::Future;
    }
    nearest(view, &pieces)
}

/// What the nearest verb says: the one before these pieces, or else the one after.
pub(crate) fn nearest(view: &View<'_>, pieces: &Range<usize>) -> Direction {
    let before = (pieces.start.saturating_sub(REACH)..pieces.start).rev().find_map(|at| verb(view, at));
    let after = || (pieces.end..(pieces.end + REACH).min(view.pieces.len())).find_map(|at| verb(view, at));
    before.or_else(after).unwrap_or(Direction::Unsaid)
}

/// "Wednesday's ruling": past, unless the clause itself says what will be.
fn event(view: &View<'_>, pieces: &Range<usize>) -> Direction {
    let around = pieces.start.saturating_sub(REACH)..(pieces.end + REACH).min(view.pieces.len());
    let will = |at: usize| view.lower_is(at, "will") || view.lower_is(at, "ll");
    if around.into_iter().any(will) { Direction::Future } else { Direction::Past }
}

/// What the verb at piece `at` says; `None` for what is no verb, or says nothing.
fn verb(view: &View<'_>, at: usize) -> Option<Direction> {
    let after_be = at > 0 && (view.lower_is(at - 1, "be") || view.lower_is(at - 1, "being"));
    match view.word(at) {
        // "could not be reached"
        Word::Future if view.lower_is(at, "could") && (view.lower_is(at + 1, "not") || is_denied(view, at)) => Some(Direction::Past),
        Word::Future | Word::Timetable => Some(Direction::Future),
        Word::Schedule => scheduled(view, at),
        // "will be held" is no past.
        Word::Past => (!after_be).then_some(Direction::Past),
        Word::Plan => plan(view, at),
        // "a report to be published in May"
        Word::To if view.lower_is(at + 1, "be") && at > 0 && matches!(view.pos(at - 1), Upos::Noun | Upos::Propn) => {
            Some(Direction::Future)
        }
        // "talks are to resume"
        Word::Other if matches!(view.words_at(at), "is" | "are") && view.word(at + 1) == Word::To => Some(Direction::Future),
        Word::Other | Word::NameHead => (!after_be && is_past_form(view, at)).then_some(Direction::Past),
        _ => None,
    }
}

/// "plans to", "scheduled for"; "had been expected to" speaks of the past.
fn plan(view: &View<'_>, at: usize) -> Option<Direction> {
    let past = at > 0 && ["been", "was", "were"].iter().any(|word| view.lower_is(at - 1, word));
    match view.word(at + 1) {
        _ if past => Some(Direction::Past),
        Word::To => Some(Direction::Future),
        Word::Relation(TimeWord::For) if view.pos(at) != Upos::Noun => Some(Direction::Future),
        _ => None,
    }
}

/// "Neither he nor his brother could be found."
fn is_denied(view: &View<'_>, at: usize) -> bool {
    (at.saturating_sub(REACH)..at).any(|before| view.word(before) == Word::Denial)
}

/// "has scheduled talks", "a rally is planned": to come, unless it "had been"; "as planned" says nothing.
fn scheduled(view: &View<'_>, at: usize) -> Option<Direction> {
    if (at.saturating_sub(2)..at).any(|before| view.lower_is(before, "as")) {
        return None;
    }
    let had = (at.saturating_sub(2)..at).any(|before| view.lower_is(before, "had"));
    Some(if had { Direction::Past } else { Direction::Future })
}

/// By its tag and lemma where it has them, else by its ending.
fn is_past_form(view: &View<'_>, at: usize) -> bool {
    let words = view.words_at(at);
    match (view.kind(at), view.pos(at)) {
        (Some(PieceKind::Letters), Upos::X) => words.len() > 3 && words.ends_with("ed"),
        (Some(PieceKind::Letters), Upos::Verb) => {
            let lemma = &view.analysis.tokens[view.pieces[at].token as usize].lemma;
            !lemma.eq_ignore_ascii_case(words) && !words.ends_with("ing") && !words.ends_with('s')
        }
        _ => false,
    }
}
