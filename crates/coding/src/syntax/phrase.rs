//! Which words make up a noun phrase? The head with what names it, without clauses, appositions and coordination.

use std::ops::Range;

use sayso_types::{Relation, Span, Upos};

use super::Tree;

/// The tokens of the noun phrase around `head`: determiner, modifiers, the noun, and an "of" or short locative phrase behind it.
///
/// "elders of the mostly nomadic Zaghawa people" is one phrase; in "gunmen, who fled" the relative clause is left out.
pub fn noun_phrase_tokens(tree: &Tree<'_>, head: usize) -> Range<usize> {
    let (mut start, mut end) = (head, head + 1);
    for child in tree.children(head) {
        if child < head && belongs_before(tree, child) {
            start = start.min(edge(tree, child));
        }
        if child > head && belongs_behind(tree, head, child) && gap_is_inside(tree, end, child) {
            end = end.max(noun_phrase_tokens(tree, child).end);
        }
    }
    if let Some(case) = tree.case_of_name(head).filter(|case| *case == start) {
        start = case + 1;
    }
    after_aside(tree, start, head)..end
}

/// "In late March, Malian soldiers": what stands before a comma and begins with a preposition is no part of the phrase.
fn after_aside(tree: &Tree<'_>, start: usize, head: usize) -> usize {
    if !matches!(tree.token(start).pos, Upos::Adp | Upos::Sconj) {
        return start;
    }
    (start..head).rev().find(|t| tree.word(*t) == ",").map_or(start, |comma| comma + 1)
}

/// The span of [`noun_phrase_tokens`].
pub fn noun_phrase(tree: &Tree<'_>, head: usize) -> Span {
    tree.analysis.span_of(noun_phrase_tokens(tree, head))
}

fn belongs_before(tree: &Tree<'_>, child: usize) -> bool {
    use Relation as R;
    match tree.relation(child) {
        R::Det | R::DetPredet | R::Amod | R::Compound | R::NmodPoss | R::Nummod | R::Flat | R::NmodUnmarked | R::Fixed => true,
        R::Advmod => !matches!(tree.lemma(child), "also" | "however" | "then" | "now"),
        R::Nmod => tree.preposition(child).is_none(),
        R::Punct => matches!(tree.word(child), "-" | "“" | "\"" | "‘"),
        _ => false,
    }
}

/// The first token of a modifier's subtree, conjunctions left out where they reach over the head.
fn edge(tree: &Tree<'_>, child: usize) -> usize {
    let leftmost = tree.children(child).filter(|c| *c < child && tree.relation(*c) != Relation::Punct).min();
    leftmost.map_or(child, |left| edge(tree, left).min(child))
}

fn belongs_behind(tree: &Tree<'_>, head: usize, child: usize) -> bool {
    use Relation as R;
    match tree.relation(child) {
        R::Flat | R::Compound | R::Fixed | R::Nummod | R::Goeswith => true,
        // "regional governor Ana Silva", "the monitoring project Skywatch": a name right behind, with no comma.
        R::Appos => {
            let first = tree.subtree(child).into_iter().min().unwrap_or(child);
            tree.token(child).pos == Upos::Propn && tree.token(first).pos == Upos::Propn && first - 1 == last_before(tree, head, first)
        }
        R::Nmod | R::NmodUnmarked => {
            let short = tree.subtree(child).len() <= 8;
            match tree.preposition(child).as_deref() {
                Some("of") => short,
                Some("in" | "for" | "from" | "at") => short && child - head <= 4 && tree.token(child).pos == Upos::Propn,
                _ => false,
            }
        }
        _ => false,
    }
}

/// The last token of a noun's own words before a token: the noun itself, but for what is flat or compounded behind it.
fn last_before(tree: &Tree<'_>, head: usize, token: usize) -> usize {
    tree.children(head)
        .filter(|c| *c > head && *c < token && matches!(tree.relation(*c), Relation::Flat | Relation::Compound))
        .last()
        .unwrap_or(head)
}

/// Whether nothing stands between the phrase so far and its next part but words of that part.
fn gap_is_inside(tree: &Tree<'_>, end: usize, child: usize) -> bool {
    (end..child).all(|between| tree.dominates(child, between))
}
