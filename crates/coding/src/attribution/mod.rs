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

use std::ops::Range;

use sayso_types::{Relation, Upos};

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
pub struct Governor {
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
    let told = chain(tree, predicate, head, cues).into_iter().filter(|g| !g.directs);
    let mut links: Vec<SourceLink> = told.filter_map(|g| g.source.map(|source| SourceLink { source, cue: g.cue })).collect();
    links.dedup_by_key(|link| link.source);
    links
}

/// All the cues that govern the clause at `predicate`, outermost first, also those that nobody is named for.
pub fn chain(tree: &Tree<'_>, predicate: usize, head: usize, cues: &Cues) -> Vec<Governor> {
    let Heard { mut chain, beyond } = by_syntax(tree, predicate, head, cues);
    let sentence = tree.analysis.sentence_of(head);
    for mut reach in order::reaches(tree, sentence, cues) {
        reach.voice.retain(|governor| !beyond.iter().any(|other| shares_words(governor, other)));
        let told = reach.content.contains(&head) && reach.content.contains(&predicate);
        if told && !reach.voice.iter().any(|g| stands_in_subject(tree, g, predicate)) {
            insert(&mut chain, reach.voice, head, &(0..0));
        }
    }
    if let Some((governor, quotation)) = quotation::speaker(tree, head, cues) {
        let mut voice = vec![governor];
        voice.extend(voice[0].cue.clone().into_iter().flat_map(|verb| beside::accounts(tree, verb, None, cues)));
        insert(&mut chain, voice, head, &quotation);
    }
    let mut chain = claim::with_claims(tree, chain, (predicate, head), cues);
    chain.retain(|governor| !begins_anew(tree, governor, head));
    chain.retain(|g| g.source != Some(head) && !g.cue.iter().any(|token| *token == head || *token == predicate));
    chain.reverse();
    chain
}

/// Whether who speaks is named right behind a semicolon that follows the happening: "Six killed; Moscow blames Kyiv" says nothing of who
/// told of the six.
fn begins_anew(tree: &Tree<'_>, governor: &Governor, head: usize) -> bool {
    let first = governor.source.into_iter().chain(governor.cue.iter().copied()).min();
    let phrase = first.map(|word| tree.subtree(word).into_iter().filter(|t| *t > head).min().unwrap_or(word).min(word));
    phrase.is_some_and(|at| at > head + 1 && tree.word(at - 1) == ";")
}

/// Who speaks beside a clause: those cited first, then who cites them.
type Voice = Vec<Governor>;

/// What the syntax tells of who speaks.
struct Heard {
    /// The governors of a clause, those closest to it first.
    chain: Vec<Governor>,
    /// Those above it in the tree that do not speak in it.
    beyond: Vec<Governor>,
}

/// The governors above and beside a clause.
fn by_syntax(tree: &Tree<'_>, predicate: usize, head: usize, cues: &Cues) -> Heard {
    let (mut chain, mut beyond): (Vec<Governor>, Vec<Governor>) = (Vec::new(), Vec::new());
    let mut outermost: Vec<Voice> = Vec::new();
    let (mut below, mut in_relative_clause, mut parted) = (None, false, false);
    for at in std::iter::once(predicate).chain(tree.ancestors(predicate)) {
        // What is said of a thing is not said of what a relative clause tells beside it.
        let told = below.filter(|child| !in_relative_clause || !is_nominal(tree, *child));
        let governor = told.and_then(|child| above::above(tree, at, child, cues));
        // Whom a verb of saying cites speaks for what it says, not for that it is said.
        if below.is_some() || above::cue_at(tree, at, cues).is_none_or(|(cue, _)| !cue.governs()) {
            chain.extend(beside::cited(tree, at, governor.as_ref().and_then(|g| g.source), below, cues));
        }
        let governed = governor.is_some();
        if parted {
            beyond.extend(governor)
        } else {
            chain.extend(governor)
        }
        for voice in beside::beside(tree, at, below, cues) {
            if scopes_over_all(tree, &voice, head) {
                outermost.push(voice);
            } else {
                chain.extend(voice);
            }
        }
        parted |= governed && speaks_alone(tree, at);
        in_relative_clause = !governed && below.is_some_and(|child| tree.relation(child) == Relation::AclRelcl);
        below = Some(at);
    }
    outermost.sort_by(|a, b| a.last().map(|g| &g.cue).cmp(&b.last().map(|g| &g.cue)));
    chain.extend(outermost.into_iter().flatten());
    Heard { chain, beyond }
}

/// "police said gunmen fled, and the mayor said …": a coordinated clause with a speaker of its own is not said by the one before.
fn speaks_alone(tree: &Tree<'_>, verb: usize) -> bool {
    let coordinator = tree.child(verb, Relation::Cc).and_then(|cc| cc.checked_sub(1));
    let has_subject =
        tree.children(verb).any(|c| c < verb && matches!(tree.relation(c), Relation::Nsubj | Relation::NsubjPass | Relation::Expl));
    tree.relation(verb) == Relation::Conj && has_subject && coordinator.is_some_and(|before| tree.word(before) == ",")
}

fn is_nominal(tree: &Tree<'_>, child: usize) -> bool {
    matches!(tree.relation(child), Relation::Obj | Relation::NsubjPass | Relation::Nmod | Relation::Obl)
}

/// Whether an attribution beside a clause, set off at either end of its sentence, holds of all of the sentence: "X said that …,
/// according to Y". One inside the quotation that the predicate stands in holds of that only.
fn scopes_over_all(tree: &Tree<'_>, voice: &Voice, head: usize) -> bool {
    let Some(first) = voice.iter().filter_map(|g| g.cue.first()).min() else { return false };
    let sentence = tree.analysis.sentence_of(head);
    let start = tree.analysis.sentences[sentence].tokens.start;
    let opens = *first < head && (start..*first).all(|t| !matches!(tree.token(t).pos, Upos::Punct | Upos::Verb));
    let inner = quotation::quotations(tree, sentence).iter().any(|q| q.tokens.contains(&head) && q.tokens.contains(first));
    !inner && (opens || *first > head)
}

/// "A report saying that … was published": what is said in the subject of a predicate is not said of it.
fn stands_in_subject(tree: &Tree<'_>, governor: &Governor, predicate: usize) -> bool {
    let Some(cue) = governor.cue.first() else { return false };
    let path: Vec<usize> = std::iter::once(*cue).chain(tree.ancestors(*cue)).collect();
    let below = path.iter().position(|t| *t == predicate).and_then(|at| at.checked_sub(1)).map(|at| path[at]);
    below.is_some_and(|child| child < predicate && matches!(tree.relation(child), Relation::Nsubj | Relation::NsubjPass))
}

/// Puts those that the syntax missed at their place, who cites right above those that are cited; `quotation` is what they say word for
/// word: those who speak in it are closer to the fact.
fn insert(chain: &mut Vec<Governor>, voice: Voice, head: usize, quotation: &Range<usize>) {
    let mut above = None;
    for governor in voice.into_iter().rev() {
        let same = chain.iter().position(|g| shares_words(g, &governor));
        let at = same.or(above).unwrap_or_else(|| place(chain, &governor, head, quotation));
        if same.is_none() {
            chain.insert(at, governor);
        }
        above = Some(at);
    }
}

/// Of cues before their content the later is the closer to the fact, of cues behind it the earlier, and those behind stand above
/// those before.
fn place(chain: &[Governor], governor: &Governor, head: usize, quotation: &Range<usize>) -> usize {
    let behind = |g: &Governor| g.cue.first().is_some_and(|token| *token > head);
    let outside = |g: &Governor| g.cue.first().is_some_and(|token| !quotation.contains(token));
    let is_above = |g: &Governor| if behind(governor) { behind(g) && g.cue > governor.cue } else { behind(g) || g.cue < governor.cue };
    chain.iter().position(|g| outside(g) && is_above(g)).unwrap_or(chain.len())
}

fn shares_words(one: &Governor, other: &Governor) -> bool {
    one.cue.iter().any(|token| other.cue.contains(token))
}
