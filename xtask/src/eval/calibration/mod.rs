//! Does a statement's confidence say how often such statements are right? Statements that the gold of several corpora can judge.
//!
//! A corpus judges those of its statements that its gold speaks of ([`judged`]); [`reliability`] compares their confidence with how many
//! were right, and [`fit`] makes the weights of `data/models/confidence/` from them.

mod fit;
pub mod judged;
mod reliability;

use std::path::Path;

use anyhow::{Context, ensure};
use sayso_coding::code::Confidence;

use super::{Corpus, Measures, Reading, Split};
use crate::root;
use judged::{Judged, SOURCES};
use reliability::{Forecast, accuracy, brier, equal_counts, equal_widths};

/// `ece`: how far confidence is from the share of right statements, on average over ten bins of equal width, from 0 to 1; `ece_counts`:
/// the same over ten bins of equal count; `calibrated`: 1 less the greater of them; `accuracy`: the share of right statements; `brier`:
/// the mean squared error; the accuracy, the mean confidence and the number of statements of each corpus. Items are statements.
pub(super) const CORPUS: Corpus = Corpus { name: "calibration", files, measure };

/// Where the weights lie, from the root.
const WEIGHTS: &str = "data/models/confidence/weights.tsv";

fn files(split: Split) -> Vec<String> {
    SOURCES.iter().map(|source| format!("{}/{}.jsonl", source.corpus, split.as_str())).collect()
}

fn measure(reading: &Reading<'_>) -> anyhow::Result<(usize, Measures)> {
    let judged = judged::all(reading)?;
    let forecasts = |of: &dyn Fn(&&Judged) -> bool| -> Vec<Forecast> {
        judged.iter().filter(of).map(|j| Forecast { confidence: j.confidence, right: j.right }).collect()
    };
    let all = forecasts(&|_| true);
    let (widths, counts) = (equal_widths(&all), equal_counts(&all));
    let mut measures = Measures::from([
        ("ece".to_owned(), widths),
        ("ece_counts".to_owned(), counts),
        ("calibrated".to_owned(), 1.0 - widths.max(counts)),
        ("accuracy".to_owned(), accuracy(&all)),
        ("brier".to_owned(), brier(&all)),
    ]);
    for source in SOURCES {
        let own = forecasts(&|j| j.corpus == source.corpus);
        if !own.is_empty() {
            let mean = own.iter().map(|f| f.confidence).sum::<f64>() / own.len() as f64;
            let named = |what: &str| format!("{}.{what}", source.corpus);
            measures.extend([(named("accuracy"), accuracy(&own)), (named("confidence"), mean), (named("statements"), own.len() as f64)]);
        }
    }
    for one in &judged {
        reading.report(&format!("{} {}", one.corpus, one.document), &(one.right, one.confidence, &one.rule), &(true, 1.0, &one.rule));
    }
    Ok((judged.len(), measures))
}

/// Fits the weights to the development parts below `data` and writes them, with what they were fitted to.
///
/// # Errors
/// Says what cannot be read or written, or that nothing was judged.
pub fn fit(data: &Path) -> anyhow::Result<()> {
    let judged = judged::of_both_profiles(data)?;
    ensure!(!judged.is_empty(), "no statement was judged; `--data DIR` says where the corpora are");
    let crossed = fit::crossed(&judged);
    let forecast = |(j, confidence): (&Judged, &f64)| Forecast { confidence: *confidence, right: j.right };
    let forecasts: Vec<Forecast> = judged.iter().zip(&crossed).map(forecast).collect();
    let (widths, counts) = (equal_widths(&forecasts), equal_counts(&forecasts));
    println!("{} statements, {:.4} right", judged.len(), accuracy(&forecasts));
    println!("cross-validated: ece {widths:.4}, ece_counts {counts:.4}, brier {:.4}", brier(&forecasts));
    for source in SOURCES {
        let own: Vec<Forecast> = judged.iter().zip(&crossed).filter(|(j, _)| j.corpus == source.corpus).map(forecast).collect();
        println!("  {}: {} statements, {:.4} right, brier {:.4}", source.corpus, own.len(), accuracy(&own), brier(&own));
    }
    let weights = fit::weights(&judged.iter().collect::<Vec<_>>());
    let text = fit::table(&judged, &weights, (widths, counts));
    Confidence::load(WEIGHTS, &text)?;
    std::fs::write(root().join(WEIGHTS), text).context(WEIGHTS)
}
