//! How well is it read whether something happened? Predicates with a label from -3 (it did not) to 3 (it did), of several corpora.

use std::collections::BTreeMap;

use sayso::Coder;
use sayso::types::CodePoints;
use sayso_coding::factuality::{factuality, judgement};
use sayso_coding::syntax::Tree;
use serde::Deserialize;

use super::plain::{Stretch, document};
use super::{Corpus, Measures, Reading, f1, one_file};

/// Of each corpus: `mae`, the mean distance of value and label (lower is better), `r`, their correlation, `macro_f1` over the three
/// classes did not (below -1), open, and did (above 1), and `uncertain_f1`, that of the second. Without a corpus's name: of [`HEADLINE`].
pub const CORPUS: Corpus = Corpus { name: "factuality", files: one_file, measure };

/// The corpus with published figures: newspaper predicates of the University of Washington (Lee et al. 2015).
const HEADLINE: &str = "uw";

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
        let values = values(reading, coder, row);
        by_corpus.entry(&row.corpus).or_default().extend(row.targets.iter().map(|t| t.label).zip(values));
    }
    let mut measures = Measures::new();
    for (corpus, pairs) in &by_corpus {
        let mean = pairs.iter().map(|(label, value)| (label - value).abs()).sum::<f64>() / pairs.len().max(1) as f64;
        measures.insert(format!("{corpus}.mae"), mean);
        measures.insert(format!("{corpus}.r"), correlation(pairs));
        measures.insert(format!("{corpus}.macro_f1"), macro_f1(pairs));
        measures.insert(format!("{corpus}.uncertain_f1"), class_f1(pairs, 0));
    }
    for name in ["macro_f1", "uncertain_f1"] {
        if let Some(value) = measures.get(&format!("{HEADLINE}.{name}")).copied() {
            measures.insert(name.to_owned(), value);
        }
    }
    Ok((rows.len(), measures))
}

/// The value of each target of a row.
fn values(reading: &Reading<'_>, coder: &Coder, row: &Row) -> Vec<f64> {
    let document = document(&row.text, None);
    let analysis = coder.full_analysis(&document);
    let tree = Tree::new(&document.text, &analysis);
    let points = CodePoints::new(&document.text);
    let at = |target: &Target| analysis.tokens.iter().position(|token| Stretch::of(token.span, &points).shared(target.span) > 0);
    let read = |token: usize| factuality(&tree, token, token, &coder.knowledge().cues);
    let judged = |target: &Target| {
        let token = at(target);
        let (read, outlook) = (token.map(read), token.and_then(|t| analysis.outlook(t)));
        let value = read.as_ref().map_or(3.0, |read| judgement(read, outlook));
        let item = || {
            let by_words = read.as_ref().map(|r| (r.modality, r.negated));
            format!("{} {by_words:?} {outlook:?}: {}", row.corpus, row.text)
        };
        if class(value) != class(target.label) {
            reading.report(&item(), &value, &target.label);
        }
        value
    };
    row.targets.iter().map(judged).collect()
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
    let present: Vec<i8> = [-1, 0, 1].into_iter().filter(|c| pairs.iter().any(|p| class(p.0) == *c)).collect();
    present.iter().map(|c| class_f1(pairs, *c)).sum::<f64>() / present.len().max(1) as f64
}

fn class_f1(pairs: &[(f64, f64)], c: i8) -> f64 {
    let gold = pairs.iter().filter(|p| class(p.0) == c).count();
    let found = pairs.iter().filter(|p| class(p.1) == c).count();
    let right = pairs.iter().filter(|p| class(p.0) == c && class(p.1) == c).count();
    f1(right, found, gold)
}

/// -1 it did not happen, 0 open, 1 it did.
fn class(value: f64) -> i8 {
    i8::from(value > 1.0) - i8::from(value < -1.0)
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
