//! Which words do two tellings share, and how much does that say? Sets of words, each with its weight, quick to compare.

use std::hash::Hasher;

use sayso_types::WordHasher;
use serde::{Deserialize, Serialize};

/// A set of words with their weights: rare ones weigh more.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Words {
    /// A hash and the weight of each word, in the order of the hashes.
    entries: Box<[(u32, f32)]>,
    /// The words in that order, a blank between two.
    text: Box<str>,
    /// The length of the vector of the weights.
    norm: f32,
}

/// The word that brings a happening up.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Trigger {
    /// Its lemma, lower case.
    pub lemma: Box<str>,
    /// Its row in the table of triggers, where that has it.
    pub(super) row: Option<u32>,
    /// How much it says that two texts share it.
    pub(super) weight: f32,
}

/// A word's hash: the same in every run and on every machine.
pub(super) fn hash(word: &str) -> u64 {
    let mut hasher = WordHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

impl Words {
    /// The set of some words, each with its weight.
    pub fn weighed<W: AsRef<str>>(words: impl IntoIterator<Item = (W, f32)>) -> Words {
        let mut rows: Vec<(u32, f32, W)> = words.into_iter().map(|(w, weight)| ((hash(w.as_ref()) >> 32) as u32, weight, w)).collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.2.as_ref().cmp(b.2.as_ref())));
        rows.dedup_by_key(|row| row.0);
        let norm = rows.iter().map(|row| row.1 * row.1).sum::<f32>().sqrt();
        let text: Vec<&str> = rows.iter().map(|row| row.2.as_ref()).collect();
        let text = text.join(" ").into_boxed_str();
        Words { entries: rows.iter().map(|row| (row.0, row.1)).collect(), text, norm }
    }

    /// The words of both.
    #[must_use]
    pub fn with(&self, other: &Words) -> Words {
        let weighed = |words: &Words| {
            words.iter().zip(words.entries.iter()).map(|(word, (_, weight))| (word.to_owned(), *weight)).collect::<Vec<_>>()
        };
        Words::weighed(weighed(self).into_iter().chain(weighed(other)))
    }

    /// The same set, which can be compared but no longer spells its words: it takes less than half the memory.
    #[must_use]
    pub fn unspelled(&self) -> Words {
        Words { text: Box::default(), ..self.clone() }
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The words, in the order of their hashes.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.text.split(' ').filter(|word| !word.is_empty())
    }

    /// How alike two sets are: the cosine of their weights, from 0 to 1.
    pub fn likeness(&self, other: &Words) -> f32 {
        if self.norm <= 0.0 || other.norm <= 0.0 {
            return 0.0;
        }
        let mut product = 0.0;
        self.meet(other, |at, there| product += self.entries[at].1 * other.entries[there].1);
        product / (self.norm * other.norm)
    }

    /// Whether they have a word in common.
    pub fn meets(&self, other: &Words) -> bool {
        let mut met = false;
        self.meet(other, |_, _| met = true);
        met
    }

    /// The words that both have, the weightiest first.
    pub fn shared<'w>(&'w self, other: &Words) -> Vec<&'w str> {
        let words: Vec<&str> = self.iter().collect();
        let mut shared = Vec::new();
        self.meet(other, |at, _| shared.push((self.entries[at].1, words[at])));
        shared.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
        shared.into_iter().map(|(_, word)| word).collect()
    }

    /// One number for the set, the same for the same words, spelled or not.
    pub fn signature(&self) -> u64 {
        let mut hasher = WordHasher::default();
        for (word, _) in &self.entries {
            hasher.write(&word.to_le_bytes());
        }
        hasher.finish()
    }

    /// Calls for each common word with its two positions.
    fn meet(&self, other: &Words, mut found: impl FnMut(usize, usize)) {
        let (mut at, mut there) = (0, 0);
        while at < self.entries.len() && there < other.entries.len() {
            match self.entries[at].0.cmp(&other.entries[there].0) {
                std::cmp::Ordering::Less => at += 1,
                std::cmp::Ordering::Greater => there += 1,
                std::cmp::Ordering::Equal => {
                    found(at, there);
                    (at, there) = (at + 1, there + 1);
                }
            }
        }
    }
}
