//! Which words are names, and of what? A greedy tagger of beginnings and insides over one linear model.

use sayso_types::{NameClass, NameSpan, Upos};

use crate::features::Features;
use crate::table::{Table, best};
use crate::words::Word;

/// Classes of the table: [`Mark::COUNT`], padded.
pub const CLASSES: usize = 12;

/// The weights of the name tagger.
pub type Names = Table<CLASSES>;

/// The kinds of name, in the order of their numbers.
pub const KINDS: [NameClass; 4] = [NameClass::Person, NameClass::Organization, NameClass::Location, NameClass::Other];

/// Where a word stands in a name: outside (0), beginning one (odd) or inside one (even) of kind `(number - 1) / 2`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark(pub u8);

impl Mark {
    /// How many there are.
    pub const COUNT: usize = 1 + 2 * KINDS.len();
    /// Outside any name.
    pub const OUTSIDE: Mark = Mark(0);

    /// The first word of a name of kind number `kind`.
    pub fn begin(kind: usize) -> Mark {
        Mark(1 + 2 * kind as u8)
    }

    /// A later word of a name of kind number `kind`.
    pub fn inside(kind: usize) -> Mark {
        Mark(2 + 2 * kind as u8)
    }

    /// The kind's number, where the word stands in a name.
    pub fn kind(self) -> Option<usize> {
        (self.0 > 0).then(|| usize::from(self.0 - 1) / 2)
    }

    /// Whether the word is the first of a name.
    pub fn begins(self) -> bool {
        self.0 % 2 == 1
    }

    fn may_follow(self, last: Mark) -> bool {
        self.0 == 0 || self.begins() || last.kind() == self.kind()
    }
}

/// The names of a sentence, in order, without overlap.
pub fn names(table: &Names, words: &[Word], tags: &[Upos]) -> Vec<NameSpan> {
    spans(&marks(table, words, tags))
}

/// The mark of each word.
pub fn marks(table: &Names, words: &[Word], tags: &[Upos]) -> Vec<Mark> {
    let mut features = Features::new();
    let mut marks: Vec<Mark> = Vec::with_capacity(words.len());
    for at in 0..words.len() {
        if !may_be_named(words, tags, at) {
            marks.push(Mark::OUTSIDE);
            continue;
        }
        extract(words, tags, &marks, at, &mut features);
        let mut sums = table.score(features.keys());
        let last = marks.last().copied().unwrap_or_default();
        for (number, sum) in sums.iter_mut().enumerate() {
            if !Mark(number as u8).may_follow(last) {
                *sum = i16::MIN;
            }
        }
        marks.push(Mark(best(&sums, Mark::COUNT) as u8));
    }
    marks
}

/// Whether a word can stand in a name at all: one with a capital, digit or sign, a proper noun, or one between two such.
pub fn may_be_named(words: &[Word], tags: &[Upos], at: usize) -> bool {
    let candid = |at: usize| words.get(at).is_some_and(|word| word.look != 0 || tags[at] == Upos::Propn);
    candid(at) || candid(at + 1) || at.checked_sub(1).is_some_and(candid)
}

/// The names that marks make.
pub fn spans(marks: &[Mark]) -> Vec<NameSpan> {
    let mut spans: Vec<NameSpan> = Vec::new();
    let mut last = Mark::OUTSIDE;
    for (at, mark) in marks.iter().enumerate() {
        if let Some(kind) = mark.kind() {
            match spans.last_mut() {
                Some(span) if *mark == Mark::inside(kind) && last.kind() == Some(kind) => span.words.end = at + 1,
                _ => spans.push(NameSpan { words: at..at + 1, kind: KINDS[kind] }),
            }
        }
        last = *mark;
    }
    spans
}

/// What is looked at to mark word `at`, given the marks before it.
pub fn extract(words: &[Word], tags: &[Upos], marks: &[Mark], at: usize, features: &mut Features) {
    features.clear();
    let none = Word::default();
    let word = |offset: isize| at.checked_add_signed(offset).and_then(|i| words.get(i)).unwrap_or(&none);
    let tag = |offset: isize| at.checked_add_signed(offset).and_then(|i| tags.get(i)).map_or(99, |tag| *tag as u32);
    let mark = |back: usize| at.checked_sub(back).map_or(99, |i| u32::from(marks[i].0));
    let (this, left, right) = (word(0), word(-1), word(1));
    let (one, two) = (mark(1), mark(2));
    features.add(0, [one]);
    features.add(1, [one, two]);
    for (n, offset) in [0, -1, 1, -2, 2].into_iter().enumerate() {
        let n = n as u32 * 6;
        let word = word(offset);
        features.add(10 + n, [word.lower]);
        features.add(11 + n, [word.shape]);
        features.add(12 + n, [word.suffix[2]]);
        features.add(13 + n, [tag(offset), one]);
        features.add(14 + n, [word.lower, one]);
        features.add(15 + n, [word.prefix[2]]);
    }
    features.add(50, [this.exact]);
    features.add(51, [this.lower, right.lower]);
    features.add(52, [left.lower, this.lower]);
    features.add(53, [left.look, this.look, right.look]);
    features.add(54, [this.shape, one, right.shape]);
    features.add(55, [this.suffix[3]]);
    features.add(56, [word(-2).lower, left.lower]);
    features.add(57, [right.lower, word(2).lower]);
    features.add(58, [u32::from(at == 0), this.look, tag(0)]);
    features.add(59, [left.lower, tag(0), one]);
    features.add(60, [right.lower, tag(0), one]);
    features.add(61, [tag(-1), tag(0), tag(1), one]);
    features.add(62, [this.suffix[1], tag(0), one]);
    features.add(63, [left.stem, right.stem]);
    features.add(64, [this.stem, one]);
}
