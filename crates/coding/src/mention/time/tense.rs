//! Does the clause around a time expression speak of what was or of what is to come?

use std::ops::Range;

use sayso_types::Upos;

use super::lexicon::Word;
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
const REACH: usize = 14;

/// Where the verb nearest to these pieces puts them: the one before them, or else the one after.
pub(crate) fn direction(view: &View<'_>, pieces: &Range<usize>) -> Direction {
    let before = (pieces.start.saturating_sub(REACH)..pieces.start).rev().find_map(|at| verb(view, at));
    let after = || (pieces.end..(pieces.end + REACH).min(view.pieces.len())).find_map(|at| verb(view, at));
    before.or_else(after).unwrap_or(Direction::Unsaid)
}

/// What the verb at piece `at` says; `None` for what is no verb, or says nothing.
fn verb(view: &View<'_>, at: usize) -> Option<Direction> {
    match view.word(at) {
        Word::Future => Some(Direction::Future),
        Word::Past => Some(Direction::Past),
        Word::Plan if view.word(at + 1) == Word::To || view.word(at + 1) == Word::Relation(super::lexicon::TimeWord::For) => {
            Some(Direction::Future)
        }
        Word::Other | Word::NameHead if view.kind(at) == Some(PieceKind::Letters) => {
            let words = view.words_at(at);
            let past_form = words.len() > 3 && words.ends_with("ed") && matches!(view.pos(at), Upos::Verb | Upos::Aux | Upos::X);
            past_form.then_some(Direction::Past)
        }
        _ => None,
    }
}
