//! Which two are meant, and which is the other of the two? "the two groups", "both sides", "the two rivals", "its former ally".

use sayso_types::{Relation, Upos};

use super::classify::EntityInput;
use super::refer::{FAR, REACH, is_armed};
use super::{Entities, Referent};
use crate::resolve::registry::ActorIndex;

/// Whether a phrase says that it speaks of two: "the two rivals", "both groups".
pub(super) fn is_pair(input: &EntityInput<'_>, head: usize) -> bool {
    let tree = input.tree;
    tree.word(head).to_lowercase() != tree.lemma(head) && tree.children(head).any(|c| c < head && matches!(tree.lemma(c), "two" | "both"))
}

/// Whom a phrase that speaks of two means.
pub(super) fn two_of(input: &EntityInput<'_>, found: &Entities, index: usize) -> Option<Referent> {
    is_pair(input, found.all()[index].head).then(|| two_groups(input, found, index)).flatten()
}

/// "the two groups": the first two different groups of the nearest sentence that names two; else, of a phrase that says "two" or "both",
/// the last two that were spoken of.
pub(super) fn two_groups(input: &EntityInput<'_>, found: &Entities, index: usize) -> Option<Referent> {
    let tree = input.tree;
    let head = found.all()[index].head;
    let sentence = tree.analysis.sentence_of(head);
    for back in 0..=REACH.min(sentence) {
        let there = named_before(input, found, index).filter(|(at, _)| tree.analysis.sentence_of(*at) == sentence - back);
        let mut groups = distinct(there.map(|(_, actor)| actor));
        if groups.len() >= 2 {
            groups.truncate(2);
            return Some(Referent::Actors(groups));
        }
    }
    if !is_pair(input, head) {
        return None;
    }
    let mut near: Vec<(usize, ActorIndex)> = named_before(input, found, index).collect();
    near.retain(|(at, _)| sentence - tree.analysis.sentence_of(*at) <= FAR);
    let mut last = distinct(near.into_iter().rev().map(|(_, actor)| actor));
    last.truncate(2);
    last.reverse();
    (last.len() == 2).then_some(Referent::Actors(last))
}

/// "JNIM accused its former ally": of the armed groups spoken of, the last that is not the owner of the ally, where the owner is known.
pub(super) fn the_other(input: &EntityInput<'_>, found: &Entities, index: usize) -> Option<Referent> {
    let tree = input.tree;
    let head = found.all()[index].head;
    let opposes = tree.token(head).pos == Upos::Noun && input.nouns.is_counterpart(tree.lemma(head));
    let single = tree.word(head).to_lowercase() == tree.lemma(head);
    let owner = tree.child(head, Relation::NmodPoss).filter(|o| tree.token(*o).pos == Upos::Pron && opposes && single)?;
    // "its rival, the Front", "its ally in Gao": the phrase itself says who.
    let told = tree.children(head).any(|c| c > head && matches!(tree.relation(c), Relation::Appos | Relation::Flat | Relation::Nmod));
    let owner = *found.at(owner)?.referent.actors().first().filter(|_| !told)?;
    let sentence = tree.analysis.sentence_of(head);
    let others =
        named_before(input, found, index).filter(|(at, actor)| *actor != owner && sentence - tree.analysis.sentence_of(*at) <= FAR);
    others.last().map(|(_, actor)| Referent::Actors(vec![actor]))
}

/// The armed groups spoken of before a phrase, in the order of the text, with the tokens that stand for them.
fn named_before<'i>(input: &'i EntityInput<'_>, found: &'i Entities, index: usize) -> impl Iterator<Item = (usize, ActorIndex)> + 'i {
    let spoken = found.all()[..index].iter().filter(|e| !only_describes(input, e.head));
    spoken.flat_map(|e| e.referent.actors().iter().map(|a| (e.head, *a))).filter(|(_, actor)| is_armed(input, *actor))
}

fn distinct(actors: impl Iterator<Item = ActorIndex>) -> Vec<ActorIndex> {
    let mut found: Vec<ActorIndex> = Vec::new();
    for actor in actors {
        if !found.contains(&actor) {
            found.push(actor);
        }
    }
    found
}

/// A name inside another phrase, as its modifier or apposition: "al-Qaeda" in "JNIM, an al-Qaeda affiliate".
fn only_describes(input: &EntityInput<'_>, head: usize) -> bool {
    let tree = input.tree;
    let modifies = |t: usize| matches!(tree.relation(t), Relation::Compound | Relation::Amod | Relation::NmodPoss | Relation::Appos);
    modifies(head) || tree.ancestors(head).take(3).any(|a| tree.relation(a) == Relation::Appos)
}
