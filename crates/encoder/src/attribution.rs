//! Which words give something out as said, which words name who says it, and which say what? Scores only; what they mean for the
//! record is decided where the record is made.

use std::ops::Range;

use crate::dense::Dense;
use crate::instructions::Instructions;
use crate::matrix::{Matrix, greatest};
use crate::quantized::{Activation, Linear, Rows};

/// How many marks a word can have as part of a cue: outside, beginning, inside.
pub const MARKS: usize = 3;
/// The mark of a cue's first word.
const BEGINNING: usize = 1;

/// Scores of reported speech in one sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// For each word the scores of standing outside a cue, beginning one and being inside one.
    pub cue: Matrix,
    /// The words that most likely begin a cue.
    pub cues: Vec<usize>,
    /// For each of `cues` a row: the log-odds of each word that it belongs to the cue's source.
    pub source: Matrix,
    /// Likewise for the content.
    pub content: Matrix,
}

/// The weights of reported speech.
#[derive(Clone, Debug)]
pub struct Speech {
    /// From a word's vector to what it is as a cue, in a source and in a content.
    pub views: Linear,
    /// From the cue's view to what is sought in a source's; the last output is added.
    pub source: Dense,
    /// From the cue's view to what is sought in a content's.
    pub content: Dense,
}

impl Speech {
    /// The scores of the words `sentence`, which have these vectors and these scores of being part of a cue.
    pub fn attribution(&self, cue: Matrix, words: &Matrix, sentence: Range<usize>, set: Instructions) -> Attribution {
        let cues: Vec<usize> = (0..cue.rows()).filter(|word| greatest(cue.row(*word)) == BEGINNING).collect();
        let none = Matrix::zeros(0, cue.rows());
        if cues.is_empty() {
            return Attribution { cue, cues, source: none.clone(), content: none };
        }
        let mut rows = Rows::default();
        set.quantize(words.rows_of(sentence).values(), words.columns(), &mut rows);
        let mut views = Matrix::zeros(rows.count(), self.views.outputs());
        set.multiply(&self.views, &rows, Activation::Gelu, views.values_mut());
        let size = self.source.inputs();
        let of_cues: Vec<f32> = cues.iter().flat_map(|word| views.row(*word)[..size].iter().copied()).collect();
        let related = |weights: &Dense, view: Matrix| {
            let mut sought = Matrix::zeros(cues.len(), weights.outputs());
            set.multiply_dense(weights, &of_cues, sought.values_mut());
            let mut scores = Matrix::zeros(cues.len(), view.rows());
            let of_words: Vec<(&[f32], f32)> = (0..view.rows()).map(|word| (view.row(word), 0.0)).collect();
            set.multiply_dense(&Dense::of_rows(size, of_words.into_iter()), sought.columns_of(0..size).values(), scores.values_mut());
            for row in 0..cues.len() {
                let added = sought.row(row)[size];
                scores.row_mut(row).iter_mut().for_each(|score| *score += added);
            }
            scores
        };
        let source = related(&self.source, views.columns_of(size..2 * size));
        let content = related(&self.content, views.columns_of(2 * size..3 * size));
        Attribution { cue, cues, source, content }
    }
}
