//! Which weights of features say how often something is right? Logistic regression with a ridge, by Newton's method.

use std::collections::{BTreeMap, BTreeSet};

use sayso_coding::code::confidence::Feature;

/// Newton steps; the ridge makes the likelihood strictly concave, so that few are enough.
const STEPS: usize = 25;

/// The weights that make rows of features most likely right or wrong as they are. `ridge` is half the cost of a weight of 1, in
/// log-likelihood; the weight of the feature `always` costs nothing.
pub fn weights(judged: &[(&[Feature], bool)], ridge: f64, always: &str) -> BTreeMap<String, f64> {
    let names: BTreeSet<&str> = judged.iter().flat_map(|(features, _)| features.iter().map(|f| f.name.as_str())).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let column: BTreeMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let row = |(features, right): &(&[Feature], bool)| -> (Vec<(usize, f64)>, f64) {
        (features.iter().map(|f| (column[f.name.as_str()], f.value)).collect(), f64::from(*right))
    };
    let rows: Vec<_> = judged.iter().map(row).collect();
    let ridge: Vec<f64> = names.iter().map(|name| if *name == always { 1e-6 } else { ridge }).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equations_are_solved() {
        let found = solved(vec![vec![4.0, 1.0], vec![1.0, 3.0]], vec![1.0, 2.0]);
        assert!((found[0] - 1.0 / 11.0).abs() < 1e-9 && (found[1] - 7.0 / 11.0).abs() < 1e-9);
    }

    #[test]
    fn what_is_right_three_times_in_four_weighs_so() {
        let sure = [Feature { name: "always".to_owned(), value: 1.0 }];
        let rows: Vec<(&[Feature], bool)> = (0..8).map(|n| (&sure[..], n % 4 != 0)).collect();
        let weight = weights(&rows, 1.0, "always")["always"];
        assert!((weight - 3f64.ln()).abs() < 1e-3, "{weight}");
    }
}
