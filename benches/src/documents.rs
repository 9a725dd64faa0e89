//! What is measured on? Reports of 600 words, put together from made-up sentences by a seeded generator: same seed, same documents.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Context;
use serde::Deserialize;
use serde_json::json;

/// Words of a document, at least.
pub const WORDS: usize = 600;

/// Sentences of a paragraph.
const PARAGRAPH: u64 = 3;

/// The sentences and what fills their slots: `benches/sentences.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sentences {
    conflict: Vec<String>,
    other: Vec<String>,
    slots: BTreeMap<String, Vec<String>>,
}

/// How much of a feed is news of conflict; of such a document a sentence in five is other news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Feed {
    /// Every document
    Conflict,
    /// One document in two
    #[default]
    Half,
    /// One document in ten
    Mixed,
}

impl Feed {
    fn is_of_conflict(self, number: usize) -> bool {
        match self {
            Feed::Conflict => true,
            Feed::Half => number.is_multiple_of(2),
            Feed::Mixed => number.is_multiple_of(10),
        }
    }
}

impl Sentences {
    /// The sentences of the repository.
    ///
    /// # Errors
    /// Says what in the file does not read.
    pub fn read() -> anyhow::Result<Sentences> {
        toml::from_str(include_str!("../sentences.toml")).context("benches/sentences.toml")
    }

    /// Writes `count` documents of a feed as JSON lines.
    ///
    /// # Errors
    /// Only those of `out`.
    pub fn write(&self, feed: Feed, count: usize, out: &mut impl Write) -> anyhow::Result<()> {
        for number in 0..count {
            let mut chance = Chance::new(number as u64);
            let (month, day) = (1 + chance.below(12), 1 + chance.below(28));
            let line = json!({
                "id": format!("made-up-{number}"),
                "title": self.filled(self.sentence(&mut chance, feed.is_of_conflict(number)), &mut chance),
                "published": format!("2017-{month:02}-{day:02}"),
                "text": self.text(feed.is_of_conflict(number), &mut chance),
            });
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    fn text(&self, conflict: bool, chance: &mut Chance) -> String {
        let (mut text, mut words) = (String::new(), 0);
        for at in 0.. {
            let sentence = self.filled(self.sentence(chance, conflict), chance);
            words += sentence.split_whitespace().count();
            text.push_str(&sentence);
            if words >= WORDS {
                break;
            }
            text.push_str(if (at + 1) % PARAGRAPH == 0 { "\n\n" } else { " " });
        }
        text
    }

    fn sentence(&self, chance: &mut Chance, conflict: bool) -> &str {
        let of_conflict = conflict && chance.below(5) > 0;
        chance.one_of(if of_conflict { &self.conflict } else { &self.other })
    }

    /// The sentence with every slot filled.
    fn filled(&self, sentence: &str, chance: &mut Chance) -> String {
        let mut text = String::with_capacity(sentence.len() * 2);
        let mut rest = sentence;
        while let Some((before, after)) = rest.split_once('{') {
            let (slot, after) = after.split_once('}').unwrap_or((after, ""));
            text.push_str(before);
            match slot {
                "person" => text.push_str(&format!("{} {}", self.of_slot("given", chance), self.of_slot("family", chance))),
                _ => text.push_str(self.of_slot(slot, chance)),
            }
            rest = after;
        }
        text + rest
    }

    fn of_slot(&self, slot: &str, chance: &mut Chance) -> &str {
        self.slots.get(slot).map_or("", |words| chance.one_of(words))
    }
}

/// Numbers that look like chance and are the same in every run (SplitMix64, Steele and others 2014).
struct Chance(u64);

impl Chance {
    fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn one_of<'w>(&mut self, words: &'w [String]) -> &'w str {
        words.get(self.below(words.len().max(1) as u64) as usize).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_long_enough_filled_and_the_same_each_time() {
        let sentences = Sentences::read().expect("benches/sentences.toml");
        let (mut one, mut other) = (Vec::new(), Vec::new());
        sentences.write(Feed::Half, 20, &mut one).expect("a vector takes all");
        sentences.write(Feed::Half, 20, &mut other).expect("a vector takes all");
        assert_eq!(one, other);
        for line in String::from_utf8(one).expect("UTF-8").lines() {
            let document: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let text = document["text"].as_str().expect("a text");
            assert!((WORDS..WORDS + 60).contains(&text.split_whitespace().count()));
            assert!(!text.contains(['{', '}']) && !text.contains("  "), "{text}");
        }
    }
}
