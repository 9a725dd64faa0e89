//! What is looked at to name an arc? Its two words, their neighbours and what already depends on them.

use super::{NO_HEAD, Sentence, State};
use crate::features::Features;
use crate::words::Word;

/// Fills `features` for the arc from `head` (the root is `state.len()`) to `dependent`.
pub fn extract(state: &State, sentence: Sentence<'_>, head: usize, dependent: usize, features: &mut Features) {
    features.clear();
    let none = Word::default();
    let word = |at: usize| sentence.words.get(at).unwrap_or(&none);
    let tag = |at: usize| sentence.tags.get(at).map_or(98, |tag| u32::from(*tag));
    let (h, d) = (word(head), word(dependent));
    let (ht, dt) = (tag(head), tag(dependent));
    let side = u32::from(dependent < head);
    let distance = head.abs_diff(dependent).min(6) as u32;
    features.add(0, [dt]);
    features.add(1, [d.lower]);
    features.add(2, [dt, ht, side]);
    features.add(3, [d.stem, ht, side]);
    features.add(4, [dt, h.stem, side]);
    features.add(5, [d.stem, h.stem, side]);
    features.add(6, [dt, ht, distance, side]);
    features.add(7, [d.suffix[2], ht, side]);
    features.add(8, [d.look, dt, ht, h.look]);
    features.add(9, [h.suffix[2], dt, side]);
    features.add(10, [d.lower, dt, h.lower, ht]);
    for (n, (at, tags)) in [(dependent, [dt, ht]), (head, [ht, dt])].into_iter().enumerate() {
        let n = n as u32 * 4;
        let (before, after) = (at.wrapping_sub(1), at + 1);
        features.add(11 + n, [tag(before), tags[0], tags[1], side]);
        features.add(12 + n, [tag(after), tags[0], tags[1], side]);
        features.add(13 + n, [word(before).lower, tags[0], tags[1]]);
        features.add(14 + n, [word(after).lower, tags[0], tags[1]]);
    }
    dependents(state, sentence, (head, dependent), [ht, dt, side], features);
}

fn dependents(state: &State, sentence: Sentence<'_>, (head, dependent): (usize, usize), [ht, dt, side]: [u32; 3], features: &mut Features) {
    let fold = |bits: u64| (bits ^ (bits >> 29)) as u32;
    let stem = |at: u32| sentence.words.get(at as usize).map_or(0, |word| word.stem);
    let lower = |at: u32| sentence.words.get(at as usize).map_or(0, |word| word.lower);
    let (h, d) = (state.node(head), state.node(dependent));
    let (first, last) = (lower(d.left[0]), lower(d.left[1]));
    let head_stem = stem(head as u32);
    let governs = if h.head == NO_HEAD { 99 } else { h.relation as u32 };
    features.add(20, [first, dt, ht, side]);
    features.add(21, [first, head_stem, dt]);
    features.add(22, [first, stem(dependent as u32)]);
    features.add(23, [first, last, ht, dt]);
    features.add(24, [fold(d.relations[0]), dt, ht, side]);
    features.add(25, [fold(h.relations[0]), dt, ht, side]);
    features.add(26, [fold(h.relations[1]), dt, ht, side]);
    features.add(27, [fold(h.relations[1]), head_stem, dt, side]);
    features.add(28, [fold(d.relations[0]), stem(dependent as u32), ht, side]);
    features.add(29, [governs, dt, ht, side]);
    features.add(30, [fold(d.relations[1]), dt, ht, side]);
    features.add(31, [fold(h.relations[0]), fold(h.relations[1]), dt, side]);
    features.add(32, [first, head_stem, stem(dependent as u32)]);
}
