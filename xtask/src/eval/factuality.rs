//! How well is it read whether something happened? Predicates with a label from -3 (it did not) to 3 (it did), of several corpora.

use std::collections::BTreeMap;

use sayso::Coder;
use sayso::types::{CodePoints, Modality};
use sayso_coding::factuality::factuality;
use sayso_coding::syntax::Tree;
use serde::Deserialize;

use super::plain::{Stretch, document};
use super::{Corpus, Measures, Reading, f1, one_file};

/// Of each corpus: `mae`, the mean distance of value and label (lower is better), `r`, their correlation, and `macro_f1` over the three
/// classes did not (below -1), open, and did (above 1).
pub const CORPUS: Corpus = Corpus { name: "factuality", files: one_file, measure };

#[derive(Deserialize)]
struct Row {
    corpus: String,
    text: String,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    span: Stretch,
    label: f64,
}

fn measure(reading: &Reading<'_>) -> anyhow::Result<(usize, Measures)> {
    let coder = reading.coder()?;
    let rows: Vec<Row> = reading.rows()?;
    let mut by_corpus: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    for row in &rows {
        let values = values(coder, row);
        by_corpus.entry(&row.corpus).or_default().extend(row.targets.iter().map(|t| t.label).zip(values));
    }
    let mut measures = Measures::new();
    for (corpus, pairs) in &by_corpus {
        let mean = pairs.iter().map(|(label, value)| (label - value).abs()).sum::<f64>() / pairs.len().max(1) as f64;
        measures.insert(format!("{corpus}.mae"), mean);
        measures.insert(format!("{corpus}.r"), correlation(pairs));
        measures.insert(format!("{corpus}.macro_f1"), macro_f1(pairs));
    }
    Ok((rows.len(), measures))
}

/// The value of each target of a row.
fn values(coder: &Coder, row: &Row) -> Vec<f64> {
    let document = document(&row.text, None);
    let analysis = coder.full_analysis(&document);
    let tree = Tree::new(&document.text, &analysis);
    let points = CodePoints::new(&document.text);
    let at = |target: &Target| analysis.tokens.iter().position(|token| Stretch::of(token.span, &points).shared(target.span) > 0);
    let value = |token: usize| {
        let read = factuality(&tree, token, token, &coder.knowledge().cues);
        if read.negated { -certainty(read.modality) } else { certainty(read.modality) }
    };
    row.targets.iter().map(|target| at(target).map_or(3.0, value)).collect()
}

/// Where the corpora's annotators put the wordings, between 0 and 3.
fn certainty(modality: Modality) -> f64 {
    match modality {
        Modality::Asserted => 3.0,
        Modality::Probable => 1.5,
        Modality::Possible => 0.5,
        Modality::Future => 0.5,
        Modality::Hypothetical => 0.0,
        Modality::Unlikely => -1.5,
    }
}

fn correlation(pairs: &[(f64, f64)]) -> f64 {
    let count = pairs.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / count;
    let (label, value) = (mean(|p| p.0), mean(|p| p.1));
    let covariance: f64 = pairs.iter().map(|p| (p.0 - label) * (p.1 - value)).sum();
    let spread =
        pairs.iter().map(|p| (p.0 - label).powi(2)).sum::<f64>().sqrt() * pairs.iter().map(|p| (p.1 - value).powi(2)).sum::<f64>().sqrt();
    if spread > 0.0 { covariance / spread } else { 0.0 }
}

/// The mean of the classes' F1, of those classes that the gold has.
fn macro_f1(pairs: &[(f64, f64)]) -> f64 {
    let class = |value: f64| i8::from(value > 1.0) - i8::from(value < -1.0);
    let of_class = |c: i8| {
        let gold = pairs.iter().filter(|p| class(p.0) == c).count();
        let found = pairs.iter().filter(|p| class(p.1) == c).count();
        let right = pairs.iter().filter(|p| class(p.0) == c && class(p.1) == c).count();
        (gold > 0).then(|| f1(right, found, gold))
    };
    let scores: Vec<f64> = [-1, 0, 1].into_iter().filter_map(of_class).collect();
    scores.iter().sum::<f64>() / scores.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agreement_is_whole_and_its_opposite_is_none() {
        let same = [(3.0, 3.0), (-3.0, -3.0), (0.0, 0.0)];
        assert!((correlation(&same) - 1.0).abs() < 1e-9 && (macro_f1(&same) - 100.0).abs() < 1e-9);
        let opposite = [(3.0, -3.0), (-3.0, 3.0)];
        assert!((correlation(&opposite) + 1.0).abs() < 1e-9 && macro_f1(&opposite) < 1e-9);
    }
}
