//! Who judges a sentence's words? The one seam between coding and weights.

use std::ops::Range;

use crate::{Claim, NameClass, Outlook, Relation, Upos};

/// Reads sentences: part of speech, syntax and names of their words.
///
/// `language` implements it with weights, tests with a table, so that what builds on a reading never sees a tensor. A sentence's
/// reading depends on that sentence alone, never on its neighbours in the batch.
pub trait Scorer: Send + Sync {
    /// Parts of speech and names of each sentence; `arcs` stays empty.
    fn tags(&self, sentences: &[&[&str]]) -> Vec<Reading>;

    /// Fills in the syntax of sentences whose parts of speech are known.
    fn arcs(&self, sentences: &[&[&str]], readings: &mut [Reading]);

    /// Reads such sentences as closely as the scorer can: fills in the syntax and, where it reads better than `tags` did, puts better parts
    /// of speech and names in place of those, and who says what and whether it happened.
    fn closely(&self, sentences: &[&[&str]], readings: &mut [Reading]) {
        self.arcs(sentences, readings);
    }
}

/// What a scorer says of one sentence's words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// One for each word.
    pub pos: Vec<Upos>,
    /// One for each word, or none at all where syntax was not asked for.
    pub arcs: Vec<Arc>,
    /// In order, without overlap.
    pub names: Vec<NameSpan>,
    /// Who says what, in the order of the cues; word indices.
    pub claims: Vec<Claim>,
    /// One for each word, or none at all where it was not judged.
    pub outlooks: Vec<Outlook>,
}

/// What a word depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arc {
    /// Index of the head word in the sentence; the word's own index for the root.
    pub head: usize,
    /// How it depends on it.
    pub relation: Relation,
}

/// Words of one sentence that are a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameSpan {
    /// Word indices.
    pub words: Range<usize>,
    /// What it names.
    pub kind: NameClass,
}
