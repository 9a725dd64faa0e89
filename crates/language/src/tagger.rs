//! Which part of speech is each word? A greedy tagger from left to right over one linear model.

use sayso_types::Upos;

use crate::features::Features;
use crate::table::{Table, best};
use crate::words::Word;

/// Classes of the tagger's table: the tags of [`Upos::ALL`], padded.
pub const CLASSES: usize = 20;

/// The tagger's weights.
pub type Tagger = Table<CLASSES>;

const NONE: u32 = 99;

/// The part of speech of each word.
pub fn tag(table: &Tagger, words: &[Word]) -> Vec<Upos> {
    let mut features = Features::new();
    let mut tags: Vec<Upos> = Vec::with_capacity(words.len());
    for at in 0..words.len() {
        extract(words, &tags, at, &mut features);
        let sums = table.score(features.keys());
        tags.push(Upos::ALL[best(&sums, Upos::ALL.len())]);
    }
    tags
}

/// What the tagger looks at to tag word `at`, given the tags before it.
pub fn extract(words: &[Word], tags: &[Upos], at: usize, features: &mut Features) {
    features.clear();
    let none = Word::default();
    let word = |offset: isize| at.checked_add_signed(offset).and_then(|i| words.get(i)).unwrap_or(&none);
    let tag = |back: usize| at.checked_sub(back).map_or(NONE, |i| tags[i] as u32);
    let (this, left, left2, right, right2) = (word(0), word(-1), word(-2), word(1), word(2));
    let (one, two) = (tag(1), tag(2));
    form(this, at, features);
    features.add(20, [one]);
    features.add(21, [one, two]);
    features.add(22, [one, this.lower]);
    features.add(23, [one, this.suffix[2]]);
    features.add(24, [one, this.shape]);
    features.add(25, [left.lower]);
    features.add(26, [left.suffix[2]]);
    features.add(27, [left2.lower]);
    features.add(28, [right.lower]);
    features.add(29, [right.suffix[2]]);
    features.add(30, [right2.lower]);
    features.add(31, [this.lower, right.lower]);
    features.add(32, [left.lower, this.lower]);
    features.add(33, [right.shape, this.shape]);
    features.add(34, [this.suffix[2], right.suffix[2]]);
    features.add(35, [one, right.lower]);
    features.add(36, [left.lower, right.lower]);
    features.add(37, [one, this.suffix[1], right.suffix[1]]);
    features.add(38, [left.look, this.look, right.look]);
    features.add(39, [one, two, this.lower]);
}

fn form(word: &Word, at: usize, features: &mut Features) {
    features.add(0, [0]);
    features.add(1, [word.lower]);
    features.add(2, [word.exact]);
    features.add(3, [word.shape]);
    for (n, affix) in word.suffix.into_iter().chain(word.prefix).enumerate() {
        features.add(4 + n as u32, [affix]);
    }
    features.add(12, [word.look, u32::from(at == 0)]);
    features.add(13, [word.suffix[2], word.look]);
    features.add(14, [word.stem]);
}
