//! What do a clause's own words say of how surely it is so? Modals, adverbs, negation, conditions, and the modifiers of a noun event.

use sayso_types::{Modality, Relation, Tense, Upos};

use super::{Certainty, embedding, tense};
use crate::cues::{CertaintyPos, Cues, Effect};
use crate::syntax::Tree;

/// The modality and polarity that the words at `head` itself give it, whatever stands above.
pub(super) fn certainty(tree: &Tree<'_>, head: usize, cues: &Cues) -> Certainty {
    let mut found = Certainty::asserted();
    let bearer = embedding::auxiliaries_of(tree, head);
    for child in tree.children(bearer).chain(tree.children(head).filter(|_| bearer != head)) {
        found = found.with(tree, head, child, cues);
    }
    // "has yet to leave", "is to leave": the word before "to" tells.
    let to = tree.child(head, Relation::Mark).filter(|mark| tree.lemma(*mark) == "to").and_then(|mark| mark.checked_sub(1));
    match to.and_then(|before| cues.certainty(CertaintyPos::Mark, &format!("{} to", tree.lemma(before)))).map(|c| c.clause) {
        Some(Effect::Negates) => found = found.with_polarity(true),
        Some(Effect::Weakens(modality)) => found = found.weaker(modality, &[]),
        _ => {}
    }
    if found.modality == Modality::Hypothetical {
        found = would(tree, head, found, cues);
    } else if matches!(found.modality, Modality::Future | Modality::Possible) && has_condition(tree, head, cues) {
        found.modality = Modality::Hypothetical;
    }
    if has_inverted_condition(tree, head, cues) {
        found = found.weaker(Modality::Hypothetical, &[]);
    }
    if asks(tree, head) {
        found = found.weaker(Modality::Possible, &[]);
    }
    found
}

impl Certainty {
    /// What one child of a clause or noun adds.
    fn with(self, tree: &Tree<'_>, head: usize, child: usize, cues: &Cues) -> Certainty {
        use Relation as R;
        let effect = |pos| cues.certainty(pos, tree.lemma(child));
        let found = match tree.relation(child) {
            R::Aux => perfect(tree, child, cues).or_else(|| effect(CertaintyPos::Auxiliary).map(|c| c.clause)),
            R::Advmod if is_not_only(tree, child) => None,
            R::Advmod | R::CcPreconj | R::Cc => {
                let no_longer = tree.children(child).any(|c| matches!(tree.lemma(c), "no" | "not"));
                let own =
                    effect(CertaintyPos::Adverb).map(|c| c.clause).filter(|_| tree.relation(child) != R::Cc || tree.lemma(child) == "nor");
                if no_longer { Some(Effect::Negates) } else { own }
            }
            R::Amod if tree.token(head).pos != Upos::Verb => modifier(tree, child, cues),
            R::Det if tree.token(head).pos != Upos::Verb => effect(CertaintyPos::Determiner).map(|c| c.clause),
            R::Nsubj | R::NsubjPass | R::Obj | R::Obl if tree.token(head).pos == Upos::Verb || tree.relation(child) != R::Obj => {
                denied_argument(tree, child, cues)
            }
            _ => None,
        };
        match found {
            Some(Effect::Negates) if tree.relation(child) == R::Aux => self,
            Some(Effect::Negates) => {
                let ability = self.words.iter().any(|w| matches!(tree.lemma(*w), "can" | "could"));
                if ability { Certainty::asserted().with_polarity(true) } else { self.with_polarity(true) }
            }
            Some(Effect::Weakens(modality))
                if self.negated && matches!(tree.lemma(child), "can" | "could") && modality == Modality::Possible =>
            {
                self
            }
            Some(Effect::Weakens(modality)) => self.weaker(modality, &[child]),
            _ => self,
        }
    }
}

/// "must have left": a modal that means something else of what is past.
fn perfect(tree: &Tree<'_>, modal: usize, cues: &Cues) -> Option<Effect> {
    let next = tree.head(modal).and_then(|verb| tree.children(verb).find(|c| *c > modal && tree.relation(*c) == Relation::Aux))?;
    cues.certainty(CertaintyPos::Auxiliary, &format!("{} {}", tree.lemma(modal), tree.lemma(next))).map(|c| c.clause)
}

/// "Had the army attacked, …": a condition without "if", its auxiliary before its subject.
fn has_inverted_condition(tree: &Tree<'_>, clause: usize, cues: &Cues) -> bool {
    if tree.relation(clause) != Relation::Advcl || embedding::mark(tree, clause).is_some() {
        return false;
    }
    let mut children = tree.children(clause);
    let Some(subject) = children.find(|c| matches!(tree.relation(*c), Relation::Nsubj | Relation::NsubjPass)) else { return false };
    let inverts = |auxiliary: usize| {
        let found = cues.certainty(CertaintyPos::Mark, &tree.word(auxiliary).to_lowercase());
        found.is_some_and(|c| c.clause == Effect::Weakens(Modality::Hypothetical))
    };
    let mut before = tree.children(clause).take_while(|c| *c < subject);
    before.any(|c| matches!(tree.relation(c), Relation::Aux | Relation::AuxPass | Relation::Cop) && inverts(c))
}

/// "alleged", "planned" before a noun event.
fn modifier(tree: &Tree<'_>, child: usize, cues: &Cues) -> Option<Effect> {
    let lemma = tree.word(child).to_lowercase();
    let found = cues.certainty(CertaintyPos::Adjective, &lemma).or_else(|| cues.certainty(CertaintyPos::Adjective, tree.lemma(child)));
    found.map(|c| c.nominal)
}

/// "No group attacked", "nobody was hurt", "killed no civilians".
fn denied_argument(tree: &Tree<'_>, argument: usize, cues: &Cues) -> Option<Effect> {
    let negative = |t: usize| cues.certainty(CertaintyPos::Determiner, tree.lemma(t)).map(|c| c.clause);
    let determiner =
        tree.children(argument).find(|c| matches!(tree.relation(*c), Relation::Det | Relation::CcPreconj) && negative(*c).is_some());
    if let Some(determiner) = determiner {
        return negative(determiner);
    }
    (matches!(tree.token(argument).pos, Upos::Pron | Upos::Noun | Upos::Det)).then(|| negative(argument)).flatten()
}

fn is_not_only(tree: &Tree<'_>, not: usize) -> bool {
    let next = not + 1;
    tree.lemma(not) == "not" && next < tree.analysis.tokens.len() && matches!(tree.lemma(next), "only" | "just" | "merely")
}

/// "would" is the future of a past word of saying, else a mere idea; "would likely" is likely.
fn would(tree: &Tree<'_>, head: usize, found: Certainty, cues: &Cues) -> Certainty {
    let is_would = found.words.iter().any(|w| matches!(tree.lemma(*w), "would" | "'d"));
    if !is_would {
        return found;
    }
    let words = found.words.clone();
    let bearer = embedding::auxiliaries_of(tree, head);
    let likely = tree.children(bearer).find(|c| {
        tree.relation(*c) == Relation::Advmod
            && cues.certainty(CertaintyPos::Adverb, tree.lemma(*c)).is_some_and(|c| c.clause == Effect::Weakens(Modality::Probable))
    });
    let modality = if has_condition(tree, head, cues) {
        Modality::Hypothetical
    } else if likely.is_some() {
        Modality::Probable
    } else if is_reported_in_the_past(tree, bearer, cues) {
        Modality::Future
    } else {
        Modality::Hypothetical
    };
    Certainty { modality, words, negated: found.negated }
}

/// "if …", "unless …", "without …" beside the clause.
fn has_condition(tree: &Tree<'_>, head: usize, cues: &Cues) -> bool {
    tree.children(head).any(|child| match tree.relation(child) {
        Relation::Advcl => {
            let mark = embedding::mark(tree, child);
            mark.and_then(|m| cues.certainty(CertaintyPos::Mark, &m)).is_some_and(|c| c.clause == Effect::Weakens(Modality::Hypothetical))
        }
        Relation::Obl => tree.preposition(child).as_deref() == Some("without"),
        _ => false,
    })
}

/// Whether a past verb of saying, thinking or planning stands over the clause or beside it.
fn is_reported_in_the_past(tree: &Tree<'_>, clause: usize, cues: &Cues) -> bool {
    let says = |verb: usize| {
        cues.cue_of(tree.token(verb).pos, tree.lemma(verb)).is_some_and(crate::cues::Cue::governs)
            && tense::tense(tree, verb, Modality::Asserted, cues) == Tense::Past
    };
    let beside = |at: usize| tree.children(at).any(|c| tree.relation(c) == Relation::Parataxis && says(c));
    beside(clause)
        || tree.ancestors(clause).zip(std::iter::once(clause).chain(tree.ancestors(clause))).any(|(above, below)| {
            (matches!(tree.relation(below), Relation::Ccomp | Relation::Acl | Relation::Parataxis) && says(above)) || beside(above)
        })
}

/// Whether the clause is asked: a root in a sentence that ends in a question mark.
fn asks(tree: &Tree<'_>, head: usize) -> bool {
    if tree.relation(head) != Relation::Root {
        return false;
    }
    let sentence = &tree.analysis.sentences[tree.analysis.sentence_of(head)];
    let mut ends = sentence.tokens.clone().rev().take(2);
    ends.any(|t| tree.word(t) == "?")
}
