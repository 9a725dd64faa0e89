//! Who says so? The chain of sources of a predicate, from the outermost speaker to the one closest to the fact.
//!
//! A cue can stand above what it attributes ("police said that …": [`above`]), beside it ("…, police said", "according to police":
//! [`beside`]) or in another sentence of the same quotation ([`quotation`]). Whoever speaks through a cue is found by [`source`].

mod above;
mod beside;
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

/// A cue that governs a clause: who speaks, by which words, and where those words stand.
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
    let mut links: Vec<SourceLink> = Vec::new();
    let mut cue_tokens: Vec<usize> = Vec::new();
    let mut below = None;
    for at in std::iter::once(predicate).chain(tree.ancestors(predicate)) {
        let mut governors = beside::beside(tree, at, below, cues);
        governors.extend(below.and_then(|child| above::above(tree, at, child, cues)));
        let own = |g: &Governor| g.cue.contains(&head) || g.cue.contains(&predicate);
        for governor in governors.into_iter().filter(|g| !own(g) && !g.directs) {
            cue_tokens.extend(&governor.cue);
            links.extend(governor.source.filter(|s| *s != head).map(|source| SourceLink { source, cue: governor.cue }));
        }
        below = Some(at);
    }
    let speaker = quotation::speaker(tree, head, cues).filter(|g| !g.cue.iter().any(|t| cue_tokens.contains(t) || *t == head || *t == predicate));
    links.extend(speaker.and_then(|g| g.source.map(|source| SourceLink { source, cue: g.cue })));
    links.dedup();
    links.reverse();
    links
}
