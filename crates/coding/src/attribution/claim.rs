//! What does a scorer's own reading of who says what add to the syntax? Cues that the syntax missed, and better sources for those it found.

use sayso_types::{Claim, Relation};

use super::above::cue_at;
use super::{Governor, insert};
use crate::cues::{CueClass, Cues};
use crate::syntax::Tree;

/// The chain with what the claims say of the clause at `predicate` with the happening at `head`, those closest to it first.
///
/// Where the syntax hangs "said" in the wrong place, the claim that what is said holds the clause still has its source.
pub(super) fn with_claims(tree: &Tree<'_>, mut chain: Vec<Governor>, (predicate, head): (usize, usize), cues: &Cues) -> Vec<Governor> {
    let holds = |claim: &&Claim| claim.content.contains(&head) && claim.content.contains(&predicate);
    // "…, according to a rights group, which blamed the army": the relative clause tells nothing of what stands outside it.
    let aside = |claim: &&Claim| {
        let clause = claim.cue.first().map(|cue| tree.clause_head(*cue));
        clause.is_some_and(|clause| tree.relation(clause) == Relation::AclRelcl && !tree.dominates(clause, head))
    };
    for claim in tree.analysis.claims.iter().filter(holds).filter(|claim| !aside(claim)) {
        let Some(source) = source(tree, claim) else { continue };
        let told = chain.iter_mut().find(|governor| governor.cue.iter().any(|token| claim.cue.contains(token)));
        match told {
            // "a source in the ministry": part of whom the syntax found says less than all.
            Some(governor) if governor.source.is_some_and(|whole| whole != source && tree.dominates(whole, source)) => {}
            Some(governor) => governor.source = Some(source),
            None if speaks(tree, claim, cues) => {
                let governor = Governor { source: Some(source), cue: claim.cue.clone(), directs: false };
                if chain.iter().all(|other| other.source != Some(source)) {
                    insert(&mut chain, vec![governor], head, &(0..0));
                }
            }
            None => {}
        }
    }
    chain
}

/// The head of a claim's source: the first of its words that hangs on none of the others.
pub(super) fn source(tree: &Tree<'_>, claim: &Claim) -> Option<usize> {
    let within = |word: usize| tree.head(word).is_some_and(|head| claim.source.contains(&head));
    claim.source.iter().copied().find(|word| !within(*word))
}

/// Whether a cue tells that something is so, as the lexicon has it: no plan, no wish, no belief.
fn speaks(tree: &Tree<'_>, claim: &Claim, cues: &Cues) -> bool {
    let tells = |classes: &[CueClass]| {
        let said = classes.iter().any(|class| !matches!(class, CueClass::Directs | CueClass::Silent | CueClass::Thinks));
        said && !classes.contains(&CueClass::Directs)
    };
    claim.cue.iter().filter_map(|token| cue_at(tree, *token, cues)).any(|(cue, _)| tells(&cue.classes))
}
