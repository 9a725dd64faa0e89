//! Which weights make confidence say how often statements are right? Logistic regression with a ridge, by Newton's method.
//!
//! The ridge draws every weight but that of `always` towards nothing, and so a family of frames of which little was judged towards the
//! rate of all.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use jiff::Zoned;
use sayso_coding::code::Confidence;
use sha2::{Digest, Sha256};

use super::judged::{Judged, SOURCES};

/// Half the ridge's cost of a weight of 1, in log-likelihood.
const RIDGE: f64 = 6.0;

/// Parts of the cross-validation.
const FOLDS: usize = 10;

/// Newton steps; the ridge makes the likelihood strictly concave, so that few are enough.
const STEPS: usize = 25;

/// The weights that judged statements give.
pub fn weights(judged: &[&Judged]) -> BTreeMap<String, f64> {
    let names: BTreeSet<&str> = judged.iter().flat_map(|j| j.features.iter().map(|f| f.name.as_str())).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let column: BTreeMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let row = |j: &&Judged| -> (Vec<(usize, f64)>, f64) {
        (j.features.iter().map(|f| (column[f.name.as_str()], f.value)).collect(), f64::from(j.right))
    };
    let rows: Vec<_> = judged.iter().map(row).collect();
    let ridge: Vec<f64> = names.iter().map(|name| if *name == "always" { 1e-6 } else { RIDGE }).collect();
    let mut weights = vec![0.0; names.len()];
    for _ in 0..STEPS {
        let mut gradient: Vec<f64> = weights.iter().zip(&ridge).map(|(w, r)| -r * w).collect();
        let mut curvature: Vec<Vec<f64>> =
            (0..names.len()).map(|at| (0..names.len()).map(|to| if at == to { ridge[at] } else { 0.0 }).collect()).collect();
        for (row, right) in &rows {
            let odds: f64 = row.iter().map(|(at, value)| weights[*at] * value).sum();
            let probability = 1.0 / (1.0 + (-odds).exp());
            for (at, value) in row {
                gradient[*at] += value * (right - probability);
                for (to, other) in row {
                    curvature[*at][*to] += probability * (1.0 - probability) * value * other;
                }
            }
        }
        weights.iter_mut().zip(solved(curvature, gradient)).for_each(|(weight, step)| *weight += step);
    }
    names.into_iter().map(str::to_owned).zip(weights).collect()
}

/// The solution of linear equations with a positive definite matrix, by Gaussian elimination.
fn solved(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for at in 0..size {
        let pivot = matrix[at].clone();
        for below in at + 1..size {
            let factor = matrix[below][at] / pivot[at];
            matrix[below].iter_mut().zip(&pivot).for_each(|(cell, above)| *cell -= factor * above);
            right[below] -= factor * right[at];
        }
    }
    for at in (0..size).rev() {
        let known: f64 = (at + 1..size).map(|to| matrix[at][to] * right[to]).sum();
        right[at] = (right[at] - known) / matrix[at][at];
    }
    right
}

/// The confidence of each statement by weights that were fitted without its document.
pub fn crossed(judged: &[Judged]) -> Vec<f64> {
    let mut found = vec![0.0; judged.len()];
    for fold in 0..FOLDS {
        let others: Vec<&Judged> = judged.iter().filter(|j| fold_of(j) != fold).collect();
        let model = Confidence::new(weights(&others));
        for (confidence, one) in found.iter_mut().zip(judged).filter(|(_, j)| fold_of(j) == fold) {
            *confidence = model.of(&one.features);
        }
    }
    found
}

/// The part of the cross-validation that a document is in, the same in every run.
fn fold_of(judged: &Judged) -> usize {
    usize::from(Sha256::digest(judged.document.as_bytes())[0]) % FOLDS
}

/// The file of weights, which says what they were fitted to.
pub fn table(judged: &[Judged], weights: &BTreeMap<String, f64>, (widths, counts): (f64, f64)) -> String {
    let mut text = "# Weights of what statements show of themselves, in log-odds that they are right: feature and weight.\n".to_owned();
    let of = |corpus: &str| judged.iter().filter(|j| j.corpus == corpus).count();
    let sources: Vec<String> = SOURCES.iter().map(|s| format!("{} {}", s.corpus, of(s.corpus))).collect();
    let _ = writeln!(
        text,
        "# Made on {} by `cargo xtask data confidence` from judged statements, read with and without the encoder: {}.",
        Zoned::now().date(),
        sources.join(", ")
    );
    let _ =
        writeln!(text, "# Cross-validated by document: expected calibration error {widths:.3} (equal widths), {counts:.3} (equal counts).");
    for (name, weight) in weights {
        let _ = writeln!(text, "{name}\t{weight:.3}");
    }
    text
}

#[cfg(test)]
mod tests {
    use sayso_coding::code::confidence::Feature;

    use super::*;

    fn judged(frame: &str, right: usize, all: usize) -> Vec<Judged> {
        let feature = |name: &str| Feature { name: name.to_owned(), value: 1.0 };
        let one = |n: usize| Judged {
            corpus: "isaf",
            document: format!("{frame} {n}"),
            rule: format!("{frame}.any"),
            features: vec![feature("always"), feature(&format!("frame.{frame}"))],
            confidence: 0.0,
            right: n < right,
        };
        (0..all).map(one).collect()
    }

    #[test]
    fn a_family_that_was_judged_often_has_its_own_rate_and_a_rare_one_that_of_all() {
        let all = [judged("assault", 450, 500), judged("coerce", 250, 500), judged("aid", 2, 2)].concat();
        let model = Confidence::new(weights(&all.iter().collect::<Vec<_>>()));
        let of = |one: &Judged| model.of(&one.features);
        assert!((of(&all[0]) - 0.9).abs() < 0.02 && (of(&all[500]) - 0.5).abs() < 0.02);
        assert!(of(&all[1000]) < 0.85, "two that were right do not make a family sure: {}", of(&all[1000]));
    }

    #[test]
    fn equations_are_solved() {
        let found = solved(vec![vec![4.0, 1.0], vec![1.0, 3.0]], vec![1.0, 2.0]);
        assert!((found[0] - 1.0 / 11.0).abs() < 1e-9 && (found[1] - 7.0 / 11.0).abs() < 1e-9);
    }
}
