//! What is known of this word? Maps and sets from words, made for looking up.
#![allow(clippy::disallowed_types, reason = "what is here is never walked, so that the order of hashes says nothing")]

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Values by words, found in about the time of reading the word once; it cannot be walked through, so that it has no order.
#[derive(Clone, Debug, PartialEq)]
pub struct WordMap<V>(HashMap<Box<str>, V, BuildHasherDefault<WordHasher>>);

/// A set of words, as [`WordMap`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WordSet(WordMap<()>);

impl<V> Default for WordMap<V> {
    fn default() -> Self {
        WordMap(HashMap::default())
    }
}

impl<V> WordMap<V> {
    /// The value of a word.
    #[inline]
    pub fn get(&self, word: &str) -> Option<&V> {
        self.0.get(word)
    }

    /// Whether a word has a value.
    #[inline]
    pub fn contains(&self, word: &str) -> bool {
        self.0.contains_key(word)
    }

    /// Gives a word a value, and returns the one that it had.
    pub fn insert(&mut self, word: &str, value: V) -> Option<V> {
        self.0.insert(word.into(), value)
    }

    /// The value of a word, which becomes the default where there was none.
    pub fn or_default(&mut self, word: &str) -> &mut V
    where
        V: Default,
    {
        self.0.entry(word.into()).or_default()
    }
}

impl<W: AsRef<str>, V> FromIterator<(W, V)> for WordMap<V> {
    fn from_iter<I: IntoIterator<Item = (W, V)>>(entries: I) -> Self {
        WordMap(entries.into_iter().map(|(word, value)| (word.as_ref().into(), value)).collect())
    }
}

impl WordSet {
    /// Whether it has a word.
    #[inline]
    pub fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    /// Adds a word.
    pub fn insert(&mut self, word: &str) {
        self.0.insert(word, ());
    }
}

impl<W: AsRef<str>> FromIterator<W> for WordSet {
    fn from_iter<I: IntoIterator<Item = W>>(words: I) -> Self {
        WordSet(words.into_iter().map(|word| (word, ())).collect())
    }
}

/// Hashes words by eight bytes at a time; nobody who writes words to be read here gains by making them collide.
#[derive(Clone, Copy, Debug, Default)]
pub struct WordHasher(u64);

impl WordHasher {
    fn add(&mut self, part: u64) {
        let mixed = (self.0 ^ part).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

impl Hasher for WordHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.add(u64::from_le_bytes(*eight));
        }
        self.add(rest.iter().fold(rest.len() as u64, |part, byte| part << 8 | u64::from(*byte)));
    }

    /// What ends a word adds nothing: its length is hashed.
    fn write_u8(&mut self, _: u8) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_by_all_their_letters() {
        let words = ["", "a", "attack", "attacked", "attackers", "attackert", "reconnaissance", "reconnaissancf"];
        let map: WordMap<usize> = words.iter().enumerate().map(|(at, word)| (word, at)).collect();
        for (at, word) in words.iter().enumerate() {
            assert_eq!(map.get(word), Some(&at));
        }
        assert!(!map.contains("attacks") && !map.contains("\0") && map.contains(""));
    }
}
