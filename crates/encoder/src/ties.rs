//! Which two words of a sentence stand for things that are related? Biaffine scores over the words' vectors, as for arcs.

use std::ops::Range;

use sayso_types::{TieKind, Upos};

use crate::dense::Dense;
use crate::instructions::Instructions;
use crate::matrix::Matrix;
use crate::quantized::{Activation, Linear, Rows};

/// The least score of a relation that is told of: one in ten against none.
const LEAST: f32 = -2.0;

/// A relation between two words of a sentence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoredTie {
    /// The word that heads the first.
    pub from: usize,
    /// The word that heads the second.
    pub to: usize,
    /// How they are related: of all kinds the one with the greatest score.
    pub kind: TieKind,
    /// Its log-odds against none.
    pub score: f32,
}

/// The weights of relations between words.
#[derive(Clone, Debug)]
pub struct Ties {
    /// From a word's vector to what it is as the first of two and as the second.
    pub ends: Linear,
    /// Of each kind, from the first's view to what is sought in the second's; the last output is added.
    pub sought: Vec<(TieKind, Dense)>,
}

impl Ties {
    /// The relations between the nouns, names and pronouns of a sentence, in order.
    pub fn ties(&self, pos: &[Upos], words: &Matrix, sentence: Range<usize>, set: Instructions) -> Vec<ScoredTie> {
        let things: Vec<usize> = (0..pos.len()).filter(|at| matches!(pos[*at], Upos::Noun | Upos::Propn | Upos::Pron)).collect();
        if things.len() < 2 {
            return Vec::new();
        }
        let vectors: Vec<f32> = things.iter().flat_map(|at| words.row(sentence.start + at).iter().copied()).collect();
        let mut rows = Rows::default();
        set.quantize(&vectors, words.columns(), &mut rows);
        let mut views = Matrix::zeros(things.len(), self.ends.outputs());
        set.multiply(&self.ends, &rows, Activation::Gelu, views.values_mut());
        let size = self.ends.outputs() / 2;
        let (first, second) = (views.columns_of(0..size), views.columns_of(size..2 * size));
        let second = Dense::of_rows(size, (0..things.len()).map(|at| (second.row(at), 0.0)).collect::<Vec<_>>().into_iter());
        let scores: Vec<(TieKind, Matrix)> =
            self.sought.iter().map(|(kind, sought)| (*kind, scores(sought, &first, &second, set))).collect();
        let pairs = (0..things.len()).flat_map(|a| (0..things.len()).map(move |b| (a, b))).filter(|(a, b)| a != b);
        let best = |(a, b): (usize, usize)| {
            let of_kind =
                scores.iter().map(|(kind, scores)| ScoredTie { from: things[a], to: things[b], kind: *kind, score: scores.row(a)[b] });
            of_kind.max_by(|one, other| one.score.total_cmp(&other.score))
        };
        pairs.filter_map(best).filter(|tie| tie.score > LEAST).collect()
    }
}

/// The scores of one kind: a row for each first word.
fn scores(sought: &Dense, first: &Matrix, second: &Dense, set: Instructions) -> Matrix {
    let size = sought.inputs();
    let mut wanted = Matrix::zeros(first.rows(), sought.outputs());
    set.multiply_dense(sought, first.values(), wanted.values_mut());
    let mut scores = Matrix::zeros(first.rows(), second.outputs());
    set.multiply_dense(second, wanted.columns_of(0..size).values(), scores.values_mut());
    for row in 0..first.rows() {
        let added = wanted.row(row)[size];
        scores.row_mut(row).iter_mut().for_each(|score| *score += added);
    }
    scores
}

/// The kind of relation that is written so.
pub fn kind(text: &str) -> Option<TieKind> {
    match text {
        "FightingAgainst" => Some(TieKind::FightingAgainst),
        "AlliesOf" => Some(TieKind::AlliesOf),
        "BelongsTo" => Some(TieKind::BelongsTo),
        "InChargeOf" => Some(TieKind::InChargeOf),
        _ => None,
    }
}
