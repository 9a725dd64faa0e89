//! To which noun does a prepositional phrase belong that the parser hung beside or below it?

use sayso_types::Relation;

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
