//! What depends on what, and how? Biaffine scores of arcs and of their names (Dozat & Manning 2017) over the words' vectors.

use std::ops::Range;

use sayso_types::{Arc, Relation};

use crate::dense::Dense;
use crate::instructions::Instructions;
use crate::matrix::{Matrix, greatest};
use crate::quantized::{Activation, Linear, Rows};
use crate::tree;

/// The weights of arcs and their names.
#[derive(Clone, Debug)]
pub struct Syntax {
    /// From a word's vector to what it is as the head of an arc and as its dependent, and the same for the arc's name.
    pub views: Linear,
    /// The view of the root, which is no word.
    pub root: Vec<f32>,
    /// From the dependent's view of an arc to what is sought in the head's.
    pub arcs: Dense,
    /// From the dependent's view of a name to what is sought in the head's, for each value of the head's view and a last 1 in turn:
    /// one number for each relation.
    pub labels: Linear,
    /// The relations, in the order of their numbers.
    pub relations: Vec<Relation>,
}

/// The views of some words.
pub struct Views {
    arc_heads: Matrix,
    arc_dependents: Matrix,
    label_heads: Matrix,
    label_dependents: Matrix,
}

impl Syntax {
    /// The views of words whose vectors were rounded to bytes.
    pub fn views(&self, words: &Rows, set: Instructions) -> Views {
        let mut views = Matrix::zeros(words.count(), self.views.outputs());
        set.multiply(&self.views, words, Activation::Gelu, views.values_mut());
        let (arc, label) = (self.arcs.inputs(), self.labels.inputs());
        Views {
            arc_heads: views.columns_of(0..arc),
            arc_dependents: views.columns_of(arc..2 * arc),
            label_heads: views.columns_of(2 * arc..2 * arc + label),
            label_dependents: views.columns_of(2 * arc + label..2 * (arc + label)),
        }
    }

    /// The arcs of the words `sentence`, read in stretches of so many words.
    ///
    /// Nearly every sentence is one stretch. Where it is longer, each stretch makes a tree, and the roots of the later ones stand beside
    /// the first's.
    pub fn arcs(&self, views: &Views, sentence: Range<usize>, stretches: impl Iterator<Item = usize>, set: Instructions) -> Vec<Arc> {
        let mut arcs: Vec<Arc> = Vec::with_capacity(sentence.len());
        let mut root = None;
        for length in stretches {
            let first = arcs.len();
            let words = sentence.start + first..sentence.start + first + length;
            let heads = tree::heads(&self.arc_scores(views, words.clone(), set));
            let relations = self.relations(views, words, &heads, set);
            for (at, (head, relation)) in (first..).zip(heads.iter().zip(relations)) {
                arcs.push(match (head.checked_sub(1), root) {
                    (Some(head), _) => Arc { head: first + head, relation },
                    (None, Some(root)) => Arc { head: root, relation: Relation::Parataxis },
                    (None, None) => Arc { head: at, relation: Relation::Root },
                });
            }
            root = root.or(heads.iter().position(|head| *head == 0));
        }
        arcs
    }

    /// For each of the words a row of scores: of being the root, then of depending on each of the words.
    fn arc_scores(&self, views: &Views, words: Range<usize>, set: Instructions) -> Matrix {
        let inputs = self.arcs.inputs();
        let mut sought = Matrix::zeros(words.len(), self.arcs.outputs());
        set.multiply_dense(&self.arcs, views.arc_dependents.rows_of(words.clone()).values(), sought.values_mut());
        let heads = std::iter::once(&self.root[..inputs]).chain(words.clone().map(|word| views.arc_heads.row(word)));
        let heads: Vec<(&[f32], f32)> = heads.map(|head| (head, 0.0)).collect();
        let mut scores = Matrix::zeros(words.len(), words.len() + 1);
        set.multiply_dense(&Dense::of_rows(inputs, heads.into_iter()), sought.values(), scores.values_mut());
        scores
    }

    /// How each of the words depends on its head.
    fn relations(&self, views: &Views, words: Range<usize>, heads: &[usize], set: Instructions) -> Vec<Relation> {
        let mut rows = Rows::default();
        set.quantize(views.label_dependents.rows_of(words.clone()).values(), self.labels.inputs(), &mut rows);
        let mut sought = Matrix::zeros(rows.count(), self.labels.outputs());
        set.multiply(&self.labels, &rows, Activation::Linear, sought.values_mut());
        let mut scores = vec![0.0; self.relations.len()];
        let relation = |(row, head): (usize, &usize)| {
            let Some(head) = head.checked_sub(1) else { return Relation::Root };
            set.combine(views.label_heads.row(words.start + head), sought.row(row), &mut scores);
            let root = self.relations.iter().position(|relation| *relation == Relation::Root);
            if let Some(root) = root {
                scores[root] = f32::NEG_INFINITY;
            }
            self.relations[greatest(&scores)]
        };
        heads.iter().enumerate().map(relation).collect()
    }
}
