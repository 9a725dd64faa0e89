//! How well is a text read? Treebank scores as in the CoNLL 2018 shared task, name spans, lemmas and sentence boundaries.

mod boundaries;
mod treebank;

pub use boundaries::{boundaries, paragraphs, tokens_kept};
pub use treebank::{Tree, TreeWord, TreebankScores, read_treebank, treebank};

use sayso_types::{NameSpan, Upos};

use crate::{Lexicon, lowered};

/// Counts of a span measure: found and true, found, true.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpanScore {
    /// Found and true.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// True.
    pub gold: usize,
}

impl SpanScore {
    /// Adds the spans of one text.
    pub fn add<T: PartialEq>(&mut self, found: &[T], gold: &[T]) {
        self.right += found.iter().filter(|span| gold.contains(span)).count();
        self.found += found.len();
        self.gold += gold.len();
    }

    /// The part of what was found that is true, in percent.
    pub fn precision(&self) -> f64 {
        percent(self.right, self.found)
    }

    /// The part of what is true that was found, in percent.
    pub fn recall(&self) -> f64 {
        percent(self.right, self.gold)
    }

    /// The harmonic mean of precision and recall, in percent.
    pub fn f1(&self) -> f64 {
        percent(2 * self.right, self.found + self.gold)
    }
}

/// Counts exact spans with exact kinds, for sentences in parallel.
pub fn names(found: &[Vec<NameSpan>], gold: &[Vec<NameSpan>]) -> SpanScore {
    let mut score = SpanScore::default();
    for (found, gold) in found.iter().zip(gold) {
        score.add(found, gold);
    }
    score
}

/// The part of the words of trees, names left out, whose lemma is found where their part of speech is known, in percent.
pub fn lemmas(trees: &[Tree], lexicon: &Lexicon) -> f64 {
    let words = trees.iter().flat_map(|tree| &tree.words).filter(|word| word.pos != Upos::Propn && word.lemma != "_");
    let (mut right, mut all) = (0, 0);
    for word in words {
        all += 1;
        right += usize::from(lexicon.lemma(&word.form, word.pos) == lowered(&word.lemma));
    }
    percent(right, all)
}

pub(crate) fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}
