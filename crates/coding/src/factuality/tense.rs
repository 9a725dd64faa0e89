//! Before, at or after the time of writing? The tense of a clause, by its verb's form and auxiliaries, else by the clause above.

use sayso_types::{Modality, Relation, Tense, Upos};

use crate::cues::{CertaintyPos, Cues};
use crate::syntax::Tree;

const DEPTH: usize = 8;

/// The tense of the clause at `predicate`, of which that modality holds.
pub(super) fn tense(tree: &Tree<'_>, predicate: usize, modality: Modality, cues: &Cues) -> Tense {
    if modality == Modality::Future {
        return Tense::Future;
    }
    let mut at = predicate;
    for _ in 0..DEPTH {
        if let Some(tense) = of_clause(tree, at, cues) {
            return tense;
        }
        match tree.head(at) {
            Some(above) => at = above,
            None => break,
        }
    }
    Tense::Past
}

/// The tense that a clause's own words tell; `None` for infinitives, participles and nouns.
fn of_clause(tree: &Tree<'_>, head: usize, cues: &Cues) -> Option<Tense> {
    let head = super::embedding::auxiliaries_of(tree, head);
    let auxiliaries = tree.children(head).filter(|c| matches!(tree.relation(*c), Relation::Aux | Relation::AuxPass | Relation::Cop));
    let mut found = None;
    for auxiliary in auxiliaries {
        match tree.word(auxiliary).to_lowercase().as_str() {
            "will" | "shall" | "'ll" | "’ll" | "wo" => return Some(Tense::Future),
            "was" | "were" | "did" | "had" | "has" | "have" | "'ve" | "’ve" | "been" => found = Some(Tense::Past),
            "is" | "are" | "am" | "'re" | "’re" | "do" | "does" | "may" | "can" | "must" => found = found.or(Some(Tense::Present)),
            _ => {}
        }
    }
    if found.is_some() || !matches!(tree.token(head).pos, Upos::Verb | Upos::Aux) {
        return found;
    }
    own_form(tree, head, cues)
}

fn own_form(tree: &Tree<'_>, verb: usize, cues: &Cues) -> Option<Tense> {
    let word = tree.word(verb).to_lowercase();
    let lemma = tree.lemma(verb);
    let infinite = tree
        .children(verb)
        .any(|c| matches!(tree.relation(c), Relation::Aux) || (tree.relation(c) == Relation::Mark && tree.lemma(c) == "to"));
    if word.ends_with("ing") && lemma != word || infinite {
        return None;
    }
    if word == lemma {
        if tree.relation(verb) == Relation::Xcomp {
            // "let the men leave".
            return None;
        }
        let past = cues.certainty(CertaintyPos::Invariant, lemma).is_some();
        return Some(if past { Tense::Past } else { Tense::Present });
    }
    Some(if word.ends_with('s') && !word.ends_with("ss") && word.chars().take(2).eq(lemma.chars().take(2)) && word.len() > lemma.len() {
        Tense::Present
    } else {
        Tense::Past
    })
}
