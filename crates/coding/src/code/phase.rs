//! Does a relation hold, begin or end? By a word beside its trigger or above it: "its former ally", "stopped funding".

use sayso_types::{Phase, Relation};

use super::{Coding, Instance};

/// What the words around a relation's trigger say of its phase; none where they leave it to the frame.
///
/// "has begun to arm the rebels" begins, "no longer shelters them", "ended its support" and "its erstwhile partner" are over. A relation
/// that is over is not denied; "has not stopped funding" says that it goes on.
pub(super) fn told(coding: &Coding<'_>, instance: &Instance<'_>) -> Option<Phase> {
    let words = &coding.knowledge.modes.phases;
    let tree = coding.tree;
    let bygone = tree
        .children(instance.head)
        .any(|c| matches!(tree.relation(c), Relation::Amod | Relation::Compound) && words.bygone.contains(tree.lemma(c)));
    let over = || [instance.head, instance.predicate].into_iter().any(|at| tree.children(at).any(|c| is_over(coding, c)));
    if bygone || over() {
        return Some(Phase::Ends);
    }
    let above = governor(coding, instance.predicate);
    let own = (instance.predicate != instance.head).then_some(instance.predicate);
    let verb =
        own.into_iter().chain(above).find(|verb| words.ends.contains(tree.lemma(*verb)) || words.begins.contains(tree.lemma(*verb)))?;
    if tree.children(verb).any(|c| matches!(tree.lemma(c), "not" | "never")) {
        return None;
    }
    Some(if words.ends.contains(tree.lemma(verb)) { Phase::Ends } else { Phase::Begins })
}

/// "no longer", "not … anymore".
fn is_over(coding: &Coding<'_>, adverb: usize) -> bool {
    coding.tree.relation(adverb) == Relation::Advmod
        && coding.knowledge.modes.phases.over.contains(&coding.tree.word(adverb).to_lowercase())
}

/// The verb that a clause or noun is the content of: "stopped" for "funding" in "stopped funding", "withdrew" for "support".
fn governor(coding: &Coding<'_>, at: usize) -> Option<usize> {
    let content =
        matches!(coding.tree.relation(at), Relation::Xcomp | Relation::Ccomp | Relation::Obj | Relation::NsubjPass | Relation::Advcl);
    coding.tree.head(at).filter(|_| content)
}
