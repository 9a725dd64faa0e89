//! What is counted? The noun after a number: by the syntax where it was read, else by parts of speech and the lexicon.

use sayso_types::{Relation, Upos};

use super::lexicon::{Counted, Indefinite, Plurality, Word};
use super::number::NumberWord;
use super::phrase::Sentence;
use super::piece::PieceKind;

/// The noun that a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Noun {
    /// Its piece.
    pub(crate) piece: usize,
    /// What the lexicon says of it.
    pub(crate) counted: Option<Counted>,
}

/// The farthest that a noun stands from its number, in pieces.
const REACH: usize = 8;

/// The noun that the number before piece `at` counts, not beyond `limit`; `number` is the number's own last piece.
pub(crate) fn noun(view: &Sentence<'_>, number: usize, at: usize, limit: usize) -> Option<Noun> {
    let limit = limit.min(at + REACH);
    let begin = past_partitive(view, at);
    by_syntax(view, number, begin, limit).or_else(|| by_words(view, begin, limit + begin - at))
}

/// Past "of", "of the", "of its": "dozens of civilians", "three of his associates".
fn past_partitive(view: &Sentence<'_>, at: usize) -> usize {
    if view.word(at) != Word::Of {
        return at;
    }
    let mut next = at + 1;
    while matches!(view.word(next), Word::Determiner) {
        next += 1;
    }
    next
}

/// The head of the number in the syntax, where it is a noun after it.
fn by_syntax(view: &Sentence<'_>, number: usize, at: usize, limit: usize) -> Option<Noun> {
    if !view.parsed {
        return None;
    }
    let token = &view.analysis.tokens[view.pieces[number].token as usize];
    let head = token.head;
    let nominal = matches!(view.analysis.tokens.get(head)?.pos, Upos::Noun | Upos::Propn | Upos::Sym);
    if !matches!(token.relation, Relation::Nummod | Relation::Amod | Relation::Det) || !nominal {
        return None;
    }
    let piece = (at..limit.min(view.pieces.len())).rev().find(|piece| view.pieces[*piece].token as usize == head)?;
    let blocked = (at..piece).any(|between| matches!(view.mark(between), Some("," | ";" | ":" | "(" | ")")));
    let measure = (at..piece).any(|between| view.unit(between));
    (!blocked && !measure).then(|| Noun { piece, counted: view.counted(piece) })
}

/// The last noun of the unbroken run after the number.
fn by_words(view: &Sentence<'_>, at: usize, limit: usize) -> Option<Noun> {
    let (mut found, mut plural_found) = (None, false);
    let mut next = at;
    while next < limit.min(view.pieces.len()) {
        let hyphen = view.mark(next).is_some_and(|mark| matches!(mark, "-" | "‑")) && view.pieces[next].glued;
        if hyphen || view.possessive(next) {
            next += 1 + usize::from(!hyphen || view.word(next + 1) == Word::Digits);
            continue;
        }
        if initial(view, next) {
            next += 2;
            continue;
        }
        let described = found.is_none() && describes(view, next);
        if view.pieces[next].kind != PieceKind::Letters || (ends_noun_phrase(view, next) && !described) {
            if !joins_names(view, next) {
                break;
            }
            next += 1;
            continue;
        }
        let counted = view.counted(next).filter(|counted| match counted.number {
            Plurality::Many | Plurality::Mass => true,
            Plurality::One => found.is_none() || !plural_found,
            Plurality::State => next == at,
        });
        let tagged = view.pos(next) == Upos::Noun;
        if counted.is_some() || tagged {
            let plural = counted.is_none_or(|counted| counted.number != Plurality::One);
            plural_found = plural && counted.is_none_or(|counted| counted.number != Plurality::Mass);
            found = Some(Noun { piece: next, counted });
            let goes_on = !view.verbal(next + 1)
                && view.counted(next + 1).is_some_and(|after| match after.number {
                    Plurality::Many | Plurality::Mass => true,
                    Plurality::One => !plural_found,
                    Plurality::State => false,
                });
            if plural && !goes_on {
                break;
            }
        }
        next += 1;
    }
    found
}

/// A capital with its point: the "U." of "U.N.".
fn initial(view: &Sentence<'_>, at: usize) -> bool {
    view.words_at(at).len() == 1 && view.capital(at) && view.mark(at + 1) == Some(".") && view.pieces[at + 1].glued
}

/// Words that no noun phrase goes on after.
fn ends_noun_phrase(view: &Sentence<'_>, at: usize) -> bool {
    let by_word = matches!(
        view.word(at),
        Word::Stop
            | Word::Of
            | Word::To
            | Word::Or
            | Word::Determiner
            | Word::Include
            | Word::Whom
            | Word::Between
            | Word::No
            | Word::Per
            | Word::Percent
            | Word::Number(NumberWord::And | NumberWord::Article)
            | Word::Indefinite(Indefinite::Several | Indefinite::Some)
    );
    let by_tag = matches!(view.pos(at), Upos::Aux | Upos::Adp | Upos::Pron | Upos::Sconj | Upos::Cconj | Upos::Det)
        || view.pos(at) == Upos::Verb && !view.counted(at + 1).is_some_and(|after| after.number != Plurality::One);
    by_word || by_tag || view.words_at(at).ends_with("ing") && view.pos(at) == Upos::X && view.counted(at).is_none()
}

/// "suspected" in "one suspected Taliban insurgent": a participle before the noun counted and its names.
fn describes(view: &Sentence<'_>, at: usize) -> bool {
    let noun = (at + 1..at + 4).find(|next| !view.capital(*next) || view.counted(*next).is_some());
    view.pos(at) == Upos::Verb && view.words_at(at).ends_with("ed") && noun.is_some_and(|noun| view.counted(noun).is_some())
}

/// "and" between two names before a noun: "900 Fano and OLA gunmen".
fn joins_names(view: &Sentence<'_>, at: usize) -> bool {
    let and = view.word(at) == Word::Number(NumberWord::And);
    let names = at > 0 && view.capital(at - 1) && view.capital(at + 1);
    let noun_follows = (at + 2..at + 5).any(|next| view.counted(next).is_some_and(|counted| counted.number != Plurality::One));
    and && names && noun_follows
}
