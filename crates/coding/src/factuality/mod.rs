//! Did it happen, does the wording have it? Modality, negation and tense of a predicate, with the words that make it less than sure.
//!
//! What the clause itself says is read first ([`clause`]); then each word above it, from the nearest to the farthest, does to the
//! reading what the lexicon says of it ([`embedding`]).

mod clause;
mod embedding;
mod outlook;
mod tense;

pub use outlook::judgement;

use sayso_types::{Modality, Span, Tense};

use crate::cues::{CueClass, CuePos, Cues, Effect};
use crate::syntax::Tree;
use embedding::Passes;

/// How surely the wording of a clause has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Factuality {
    /// How surely.
    pub modality: Modality,
    /// The words that make it less than asserted.
    pub hedge: Option<Span>,
    /// Whether it is said not to be so.
    pub negated: bool,
    /// Before, at or after the time of writing.
    pub tense: Tense,
}

/// A modality and polarity, with the words that make it less than asserted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Certainty {
    pub modality: Modality,
    pub words: Vec<usize>,
    pub negated: bool,
}

/// How surely the document has the happening at `head`, read from the clause at `predicate`: the trigger or its support verb.
///
/// In "Officials fear that the group may not leave", "leave" is possible, negated, hedged by "may".
pub fn factuality(tree: &Tree<'_>, predicate: usize, head: usize, cues: &Cues) -> Factuality {
    let mut certainty = clause::certainty(tree, predicate, cues);
    if head != predicate {
        certainty = certainty.and(&clause::certainty(tree, head, cues));
    }
    let mut only_hedges = false;
    // A participle that stands with its noun, "an attack planned for May", has nothing above it but what stands above the noun.
    let mut at = if tree.dominates(head, predicate) { head } else { predicate };
    for _ in 0..embedding::DEPTH {
        let Some(step) = embedding::step(tree, at, cues) else { break };
        if at == predicate && step.effect == Effect::Negates && is_word_of_saying(tree, at, cues) {
            // "denied the allegations": the allegations were made.
            break;
        }
        let above = match step.passes {
            Passes::All | Passes::Hedges => clause::certainty(tree, step.governor, cues),
            Passes::OnlyAbove => Certainty::asserted(),
        };
        only_hedges |= step.passes == Passes::Hedges;
        certainty = certainty.under(step.effect, &step.words, &above, only_hedges);
        at = step.governor;
    }
    let tense = tense::tense(tree, predicate, certainty.modality, cues);
    let read = Factuality { modality: certainty.modality, hedge: tree.span_of(&certainty.words), negated: certainty.negated, tense };
    outlook::corrected(read, tree.analysis.outlook(head))
}

fn is_word_of_saying(tree: &Tree<'_>, noun: usize, cues: &Cues) -> bool {
    cues.cue(CuePos::Noun, tree.lemma(noun)).is_some_and(|c| c.is(CueClass::Says))
}

impl Certainty {
    fn asserted() -> Certainty {
        Certainty { modality: Modality::Asserted, words: Vec::new(), negated: false }
    }

    /// Both said of one happening: the weaker modality, and either's negation.
    fn and(self, other: &Certainty) -> Certainty {
        let negated = self.negated || other.negated;
        self.weaker(other.modality, &other.words).with_polarity(negated)
    }

    fn weaker(self, modality: Modality, words: &[usize]) -> Certainty {
        if rank(modality) > rank(self.modality) { Certainty { modality, words: words.to_vec(), negated: self.negated } } else { self }
    }

    fn with_polarity(self, negated: bool) -> Certainty {
        Certainty { negated, ..self }
    }

    /// What is left of it under a word of that effect, `words`, of which `above` is so.
    fn under(self, effect: Effect, words: &[usize], above: &Certainty, only_hedges: bool) -> Certainty {
        if only_hedges {
            let hedges = matches!(above.modality, Modality::Probable | Modality::Possible | Modality::Unlikely);
            let own = if let Effect::Weakens(modality) = effect { self.weaker(modality, words) } else { self };
            return if hedges { own.weaker(above.modality, &above.words) } else { own };
        }
        match effect {
            Effect::Presupposes => self,
            Effect::Transparent => {
                let negated = self.negated != above.negated;
                self.weaker(above.modality, &above.words).with_polarity(negated)
            }
            Effect::Negates => {
                let negated = self.negated == above.negated;
                self.weaker(above.modality, &above.words).with_polarity(negated)
            }
            Effect::Weakens(Modality::Probable) if above.negated => self.weaker(Modality::Unlikely, words),
            Effect::Weakens(modality) => {
                let negated = self.negated != above.negated;
                self.weaker(modality, words).weaker(above.modality, &above.words).with_polarity(negated)
            }
        }
    }
}

/// The farther from asserted, the higher.
fn rank(modality: Modality) -> u8 {
    match modality {
        Modality::Asserted => 0,
        Modality::Future => 1,
        Modality::Probable => 2,
        Modality::Possible => 3,
        Modality::Unlikely => 4,
        Modality::Hypothetical => 5,
    }
}
