//! Who says so? The chain of sources of a predicate, from the outermost speaker to the one closest to the fact.
//!
//! A cue can stand above what it attributes ("police said that …": [`above`]), beside it ("…, police said", "according to police":
//! [`beside`]) or in another sentence of the same quotation ([`quotation`]); where the syntax missed it, the order of the words tells
//! ([`order`]). Whoever speaks through a cue is found by [`source`].

mod above;
mod beside;
mod claim;
mod order;
mod quotation;
mod source;
mod span;

pub use span::{AttributionSpans, attributions};

use crate::cues::Cues;
use crate::syntax::Tree;

/// One link of a chain of sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLink {
    /// The head token of the source's noun phrase.
    pub source: usize,
    /// The tokens of the cue, in order.
    pub cue: Vec<usize>,
}

/// A cue that governs a clause: who speaks, by which words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Governor {
    /// The head token of the source; `None` where nobody is named, as in "it was reported that".
    pub source: Option<usize>,
    /// The tokens of the cue, in order.
    pub cue: Vec<usize>,
    /// Whether it only says what somebody wants done.
    pub directs: bool,
}

/// The sources of the clause at `predicate`, the trigger or its support verb, outermost first; empty is the document's own voice.
///
/// In "The ministry said villagers told troops that gunmen fled", the sources of "fled" are "ministry" and "villagers".
pub fn attribution(tree: &Tree<'_>, predicate: usize, head: usize, cues: &Cues) -> Vec<SourceLink> {
    let mut chain = by_syntax(tree, predicate, cues);
    let sentence = tree.analysis.sentence_of(head);
    for reach in order::reaches(tree, sentence, cues) {
        if reach.content.contains(&head) && reach.content.contains(&predicate) {
            insert(&mut chain, reach.governor, head);
        }
    }
    if let Some(governor) = quotation::speaker(tree, head, cues).filter(|g| !shares_words(&chain, g)) {
        chain.push(governor);
    }
    let chain = claim::with_claims(tree, chain, (predicate, head), cues);
    let chain = chain.into_iter().filter(|governor| !begins_anew(tree, governor, head));
    let own = |g: &Governor| g.cue.iter().any(|t| *t == head || *t == predicate) || g.source == Some(head);
    let told = chain.filter(|g| !own(g) && !g.directs);
    let mut links: Vec<SourceLink> = told.filter_map(|g| g.source.map(|source| SourceLink { source, cue: g.cue })).collect();
    links.dedup_by_key(|link| link.source);
    links.reverse();
    links
}

/// The governors above and beside a clause, those closest to it first.
fn by_syntax(tree: &Tree<'_>, predicate: usize, cues: &Cues) -> Vec<Governor> {
    let mut chain: Vec<Governor> = Vec::new();
    let mut below = None;
    for at in std::iter::once(predicate).chain(tree.ancestors(predicate)) {
        for governor in beside::beside(tree, at, below, cues) {
            chain.push(governor);
        }
        chain.extend(below.and_then(|child| above::above(tree, at, child, cues)));
        below = Some(at);
    }
    chain
}

/// Whether who speaks is named right behind a semicolon that follows the happening: "Six killed; Moscow blames Kyiv" says nothing of who
/// told of the six.
fn begins_anew(tree: &Tree<'_>, governor: &Governor, head: usize) -> bool {
    let first = governor.source.into_iter().chain(governor.cue.iter().copied()).min();
    let phrase = first.map(|word| tree.subtree(word).into_iter().filter(|t| *t > head).min().unwrap_or(word).min(word));
    phrase.is_some_and(|at| at > head + 1 && tree.word(at - 1) == ";")
}

fn shares_words(chain: &[Governor], governor: &Governor) -> bool {
    chain.iter().any(|g| g.cue.iter().any(|t| governor.cue.contains(t)))
}

/// Puts a governor that the syntax missed at its place: of cues before their content the later is the closer to the fact; one behind
/// it is the outermost.
fn insert(chain: &mut Vec<Governor>, governor: Governor, head: usize) {
    if shares_words(chain, &governor) {
        return;
    }
    let behind = |g: &Governor| g.cue.first().is_some_and(|t| *t > head);
    let at = if behind(&governor) { None } else { chain.iter().position(|g| behind(g) || g.cue < governor.cue) };
    chain.insert(at.unwrap_or(chain.len()), governor);
}
