//! How well do found templates agree with a key's, by the convention of Du, Rush and Cardie (2021)? Templates of one type are paired
//! one to one so that the document's F1 is best; a filler is right if each of its strings is one of the key's.

use std::collections::BTreeMap;

use super::template::Template;
use crate::eval::f1_of;

/// Right of those found, found, found of those in the key, in the key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Found fills that are right.
    pub right: usize,
    /// Found fills.
    pub found: usize,
    /// Fills of the key that were found.
    pub met: usize,
    /// Fills of the key.
    pub gold: usize,
}

impl Tally {
    /// F1 in percent: precision over found fills, recall over the key's.
    pub fn f1(self) -> f64 {
        f1_of((self.right, self.found), (self.met, self.gold))
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Tally) {
        self.right += other.right;
        self.found += other.found;
        self.met += other.met;
        self.gold += other.gold;
    }
}

/// The tallies of the type and of each slot, in the order of the templates.
pub type Tallies = [Tally; 6];

/// The tallies of one document.
pub fn tallies(found: &[Template], gold: &[Template]) -> Tallies {
    let pairs = best_pairs(found, gold);
    let mut tallies = Tallies::default();
    for template in found {
        tallies[0].found += 1;
        for (slot, fillers) in template.fillers.iter().enumerate() {
            tallies[slot + 1].found += fillers.len();
        }
    }
    for template in gold {
        tallies[0].gold += 1;
        for (slot, fillers) in template.fillers.iter().enumerate() {
            tallies[slot + 1].gold += fillers.len();
        }
    }
    for (f, g) in pairs {
        tallies[0].right += 1;
        tallies[0].met += 1;
        for slot in 0..found[f].fillers.len() {
            let (right, met) = agreement(&found[f], &gold[g], slot);
            tallies[slot + 1].right += right;
            tallies[slot + 1].met += met;
        }
    }
    tallies
}

/// How many found fillers of a slot are right, and how many of the key's were found.
pub fn agreement(found: &Template, gold: &Template, slot: usize) -> (usize, usize) {
    let (found, gold) = (&found.fillers[slot], &gold.fillers[slot]);
    let right = found.iter().filter(|f| gold.iter().any(|g| f.is_of(g))).count();
    let met = gold.iter().filter(|g| found.iter().any(|f| f.is_of(g))).count();
    (right, met)
}

fn may_pair(found: &Template, gold: &Template) -> bool {
    found.types == gold.types || found.types.iter().all(|t| gold.types.contains(t))
}

/// A way to pair the first found templates: its right and met fills, and the pairs.
type State = (usize, usize, Vec<(usize, usize)>);

/// The pairing with the best F1: all sets of key templates used so far, each with those states that no other beats in both counts.
pub fn best_pairs(found: &[Template], gold: &[Template]) -> Vec<(usize, usize)> {
    let mut front: BTreeMap<u64, Vec<State>> = BTreeMap::from([(0, vec![State::default()])]);
    for (f, template) in found.iter().enumerate() {
        let mut next: BTreeMap<u64, Vec<State>> = BTreeMap::new();
        for (used, states) in &front {
            for state in states {
                next.entry(*used).or_default().push(state.clone());
                for (g, key) in gold.iter().enumerate().take(64) {
                    if used >> g & 1 == 0 && may_pair(template, key) {
                        let slots = (0..template.fillers.len()).map(|slot| agreement(template, key, slot));
                        let (right, met) = slots.fold((1, 1), |sum, one| (sum.0 + one.0, sum.1 + one.1));
                        let mut pairs = state.2.clone();
                        pairs.push((f, g));
                        next.entry(used | 1 << g).or_default().push((state.0 + right, state.1 + met, pairs));
                    }
                }
            }
        }
        front = next.into_iter().map(|(used, states)| (used, unbeaten(states))).collect();
    }
    let (all_found, all_gold) = (found.iter().map(Template::size).sum(), gold.iter().map(Template::size).sum());
    let score = |state: &State| f1_of((state.0, all_found), (state.1, all_gold));
    let states = front.into_values().flatten();
    let best = states.reduce(|best, state| if score(&state) > score(&best) { state } else { best });
    best.map(|(_, _, pairs)| pairs).unwrap_or_default()
}

fn unbeaten(mut states: Vec<State>) -> Vec<State> {
    states.sort_by_key(|state| (std::cmp::Reverse(state.0), std::cmp::Reverse(state.1)));
    let mut most: Option<usize> = None;
    states.retain(|state| {
        let kept = most.is_none_or(|most| state.1 > most);
        if kept {
            most = Some(state.1);
        }
        kept
    });
    states
}

#[cfg(test)]
mod tests {
    use super::super::template::Filler;
    use super::*;

    fn template(kind: &str, fillers: [&[&[&str]]; 5]) -> Template {
        let of = |slot: &[&[&str]]| slot.iter().filter_map(|mentions| Filler::new(mentions.iter().copied())).collect();
        Template { types: kind.split('/').map(str::to_owned).collect(), fillers: fillers.map(of) }
    }

    fn check(found: &[Template], gold: &[Template], expected: (usize, usize, usize, usize)) {
        let sum = tallies(found, gold).into_iter().fold(Tally::default(), |mut sum, one| {
            sum += one;
            sum
        });
        assert_eq!((sum.right, sum.found, sum.met, sum.gold), expected, "{found:?} against {gold:?}");
    }

    #[test]
    fn templates_pair_within_their_type() {
        let gold = [template("bombing", [&[&["rebels", "two rebels"]], &[], &[&["bank"]], &[], &[]])];
        check(&[template("attack", [&[&["rebels"]], &[], &[], &[], &[]])], &gold, (0, 2, 0, 3));
        check(&[template("bombing", [&[&["The Rebels"]], &[], &[&["shop"]], &[], &[]])], &gold, (2, 3, 2, 3));
    }

    #[test]
    fn a_filler_with_a_string_that_the_key_lacks_is_wrong() {
        let gold = [template("attack", [&[&["rebels"]], &[], &[], &[], &[]])];
        check(&[template("attack", [&[&["rebels", "men"]], &[], &[], &[], &[]])], &gold, (1, 2, 1, 2));
    }

    #[test]
    fn the_pairing_with_most_fills_is_taken() {
        let gold = [template("attack", [&[], &[], &[], &[&["ana"]], &[]]), template("attack", [&[], &[], &[], &[&["luis"]], &[]])];
        let found = [template("attack", [&[], &[], &[], &[&["luis"]], &[]]), template("attack", [&[], &[], &[], &[&["ana"]], &[]])];
        check(&found, &gold, (4, 4, 4, 4));
        check(&found[..1], &gold, (2, 2, 2, 4));
    }

    #[test]
    fn a_key_with_two_types_takes_either() {
        let gold = [template("bombing/attack", [&[], &[], &[], &[], &[]])];
        check(&[template("attack", [&[], &[], &[], &[], &[]])], &gold, (1, 1, 1, 1));
    }
}
