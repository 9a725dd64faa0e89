//! How are weights learned? An averaged perceptron (Collins 2002) over hashed features, written out as small integers.

#![allow(clippy::disallowed_types, reason = "the map is never iterated; rows stand in the order in which they were first seen")]

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use sayso_language::table::Row;

/// A multi-class perceptron in training.
pub struct Learner<const N: usize> {
    index: HashMap<u32, u32, BuildHasherDefault<KeyIsHash>>,
    rows: Vec<Learned<N>>,
    step: u32,
}

struct Learned<const N: usize> {
    key: u32,
    seen: u32,
    weights: [f32; N],
    sums: [f32; N],
    since: [u32; N],
}

/// Features are hashes already.
#[derive(Default)]
pub struct KeyIsHash(u64);

impl Hasher for KeyIsHash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, key: u32) {
        self.0 = (self.0 << 32 | u64::from(key)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

impl<const N: usize> Learner<N> {
    /// One that has seen nothing.
    pub fn new() -> Learner<N> {
        Learner { index: HashMap::default(), rows: Vec::new(), step: 0 }
    }

    /// The sum of the features' weights for each class.
    pub fn score(&self, keys: &[u32]) -> [f32; N] {
        let mut sums = [0.0; N];
        for row in keys.iter().filter_map(|key| self.index.get(key)) {
            for (sum, weight) in sums.iter_mut().zip(&self.rows[*row as usize].weights) {
                *sum += weight;
            }
        }
        sums
    }

    /// Counts a decision, and moves weight from class `guess` to class `truth` where they differ.
    pub fn learn(&mut self, keys: &[u32], truth: usize, guess: usize) {
        self.step += 1;
        if truth == guess {
            return;
        }
        for key in keys {
            let fresh = self.rows.len() as u32;
            let at = *self.index.entry(*key).or_insert(fresh);
            if at == fresh {
                self.rows.push(Learned { key: *key, seen: 0, weights: [0.0; N], sums: [0.0; N], since: [0; N] });
            }
            let row = &mut self.rows[at as usize];
            row.seen += 1;
            row.add(truth, 1.0, self.step);
            row.add(guess, -1.0, self.step);
        }
    }

    /// The averaged weights as small integers, the greatest 127; features that moved fewer than `least` times are left out, and so are
    /// those none of whose weights reaches `smallest`.
    pub fn rows(&self, least: u32, smallest: i8) -> Vec<Row<N>> {
        let rows = self.rows.iter().filter(|row| row.seen >= least).map(|row| (row.key, row.averaged(self.step)));
        let rows: Vec<_> = rows.collect();
        let greatest = rows.iter().flat_map(|(_, row)| row).fold(f32::MIN_POSITIVE, |greatest, weight| greatest.max(weight.abs()));
        let small = rows.into_iter().map(|(key, row)| (key, row.map(|weight| (weight / greatest * 127.0).round() as i8)));
        small.filter(|(_, row)| row.iter().any(|weight| weight.abs() >= smallest)).collect()
    }
}

impl<const N: usize> Learned<N> {
    fn add(&mut self, class: usize, amount: f32, step: u32) {
        self.sums[class] += (step - self.since[class]) as f32 * self.weights[class];
        self.since[class] = step;
        self.weights[class] += amount;
    }

    fn averaged(&self, step: u32) -> [f32; N] {
        std::array::from_fn(|class| {
            let sum = self.sums[class] + (step - self.since[class]) as f32 * self.weights[class];
            sum / step as f32
        })
    }
}

/// A small generator of repeatable numbers (Knuth's MMIX).
pub struct Dice(u64);

impl Dice {
    /// One that begins at `seed`.
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    /// The next number below `bound`, which is above 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    /// Puts items in another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.below(at + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use sayso_language::table::Table;

    use super::*;

    #[test]
    fn what_was_learned_survives_in_small_integers() {
        let mut learner = Learner::<4>::new();
        let examples: [(&[u32], usize); 3] = [(&[1, 9], 0), (&[2, 9], 1), (&[3, 9], 1)];
        for _ in 0..20 {
            for (keys, truth) in examples {
                let sums = learner.score(keys);
                learner.learn(keys, truth, usize::from(sums[1] > sums[0]));
            }
        }
        let table = Table::of_rows(learner.rows(1, 1).into_iter());
        for (keys, truth) in examples {
            assert_eq!(sayso_language::table::best(&table.score(keys), 2), truth);
        }
    }
}
