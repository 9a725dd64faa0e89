//! Which weights make confidence say how often statements are right? Logistic regression with a ridge.
//!
//! The ridge draws every weight but that of `always` towards nothing, and so a family of frames of which little was judged towards the
//! rate of all.

use std::collections::BTreeMap;
use std::fmt::Write;

use jiff::Zoned;
use sayso_coding::code::Confidence;
use sayso_coding::code::confidence::Feature;
use sha2::{Digest, Sha256};

use super::judged::{Judged, SOURCES};
use crate::eval::logistic;

/// Half the ridge's cost of a weight of 1, in log-likelihood.
const RIDGE: f64 = 6.0;

/// Parts of the cross-validation.
const FOLDS: usize = 10;

/// The weights that judged statements give.
pub fn weights(judged: &[&Judged]) -> BTreeMap<String, f64> {
    let rows: Vec<(&[Feature], bool)> = judged.iter().map(|j| (j.features.as_slice(), j.right)).collect();
    logistic::weights(&rows, RIDGE, "always")
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
}
