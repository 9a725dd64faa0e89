//! To which noun or verb does a phrase belong that the parser hung beside it, or that another shares?

use sayso_types::{Relation, Upos};

use super::arguments::Argument;
use super::{Function, Tree};

/// The phrases that stand right behind a noun, or behind its own "of" phrase, and hang elsewhere: "the capture of Goma by the rebels" with
/// "by the rebels" below "Goma", "ignored a recommendation from the Pentagon" with "from the Pentagon" beside "recommendation".
pub(super) fn misplaced(tree: &Tree<'_>, noun: usize) -> Vec<Argument> {
    let mut found = Vec::new();
    for of in tree.children(noun).filter(|c| *c > noun && tree.preposition(*c).as_deref() == Some("of")) {
        let by = tree.children(of).filter(|c| *c > of && tree.relation(*c) == Relation::Nmod);
        found.extend(by.filter(|c| tree.preposition(*c).as_deref() == Some("by")).map(|head| with("by", head)));
    }
    if tree.relation(noun) == Relation::Obj {
        let beside = tree.head(noun).into_iter().flat_map(|verb| tree.children(verb));
        for oblique in beside.filter(|c| *c > noun && tree.relation(*c) == Relation::Obl) {
            let Some(preposition) = tree.preposition(oblique).filter(|p| p == "from") else { continue };
            let behind = tree.subtree(oblique).into_iter().min() == Some(noun + 1);
            found.extend(behind.then(|| with(&preposition, oblique)));
        }
    }
    found
}

fn with(preposition: &str, head: usize) -> Argument {
    Argument { function: Function::Preposition(preposition.to_owned()), head }
}

/// "With Rwandans backing, the rebels took the town": what "with" sets beside a clause is done to whom the clause is about.
pub(super) fn accompanied(tree: &Tree<'_>, verb: usize, found: &[Argument]) -> Option<usize> {
    let has = |function: Function| found.iter().any(|a| a.function == function);
    let above = tree.head(verb).filter(|_| tree.relation(verb) == Relation::Advcl && tree.is_gerund(verb))?;
    let with = tree.child(verb, Relation::Mark).is_some_and(|mark| tree.lemma(mark) == "with");
    let subject = tree.child(above, Relation::Nsubj).or_else(|| tree.child(above, Relation::NsubjPass));
    subject.filter(|_| with && has(Function::Subject) && !has(Function::Object))
}

/// "trains and arms the rebels", "found and detained the man": two active verbs with one object between them, on whichever of them it was hung.
pub(super) fn object_in_common(tree: &Tree<'_>, verb: usize, passive: bool, found: &[Argument]) -> Option<usize> {
    if passive || found.iter().any(|a| matches!(a.function, Function::Object | Function::Clause)) {
        return None;
    }
    let is_verb = |t: usize| tree.token(t).pos == Upos::Verb && !tree.is_passive(t);
    let close = |first: usize, second: usize| {
        first < second && second - first == 2 && tree.relation(second) == Relation::Conj && is_verb(first) && is_verb(second)
    };
    let before = tree.head(verb).filter(|above| close(*above, verb));
    let behind = || tree.children(verb).find(|c| close(verb, *c));
    let object = tree.child(before.or_else(behind)?, Relation::Obj)?;
    (object > verb).then_some(object)
}
