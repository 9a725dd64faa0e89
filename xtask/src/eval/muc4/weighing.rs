//! Which incidents and fills does the task want? A logistic model over what they show of themselves, fitted to the keys of the training
//! part.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use sayso::Coder;
use sayso_coding::code::Confidence;
use sayso_coding::code::confidence::Feature;

use super::incidents::{Draft, drafts, with_text};
use super::template::{Filler, Keyed, Report, Slot, Template};
use super::{Conventions, input, modern};
use crate::eval::logistic;
use crate::root;

/// Where the weights lie, from the root.
const WEIGHTS: &str = "evals/muc4_weights.tsv";

/// The training part, in the folder of the corpora.
const TRAINING: &str = "muc4/train.jsonl.gz";

/// Half the cost of a weight of 1, in log-likelihood.
const RIDGE: f64 = 2.0;

/// A feature that fewer rows than this show is left out.
const SEEN: usize = 8;

/// Something to be judged, with whether it is right.
pub type Row = (Vec<Feature>, bool);

/// The fitted model.
#[derive(Debug)]
pub struct Weighing(Confidence);

impl Weighing {
    /// Reads the fitted weights.
    pub fn read() -> anyhow::Result<Weighing> {
        let text = std::fs::read_to_string(root().join(WEIGHTS)).context(WEIGHTS)?;
        let lines = (1..).zip(text.lines()).filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
        let row = |(number, line): (usize, &str)| {
            let place = || format!("{WEIGHTS}:{number}: expected a feature and its weight");
            let (name, weight) = line.split_once('\t').with_context(place)?;
            Ok((name.to_owned(), weight.parse::<f64>().with_context(place)?))
        };
        Ok(Weighing(Confidence::new(lines.map(row).collect::<anyhow::Result<_>>()?)))
    }

    /// How probable it is that something with these features is right.
    pub fn of(&self, features: &[Feature]) -> f64 {
        self.0.of(features)
    }
}

/// Fits the weights to the keys of the training part below `data` and writes them.
///
/// # Errors
/// Says what cannot be read or written.
pub fn fit(data: &Path) -> anyhow::Result<()> {
    let conventions = Conventions::read()?;
    let coder = Coder::embedded()?;
    let training = told(&coder, &conventions, &data.join(TRAINING))?;
    let fills = fills(&training);
    let mut table = fitted(&fills);
    let incidents = incidents(&training, &Weighing(Confidence::new(table.clone())));
    table.extend(fitted(&incidents));
    let right = |rows: &[Row]| rows.iter().filter(|(_, right)| *right).count();
    println!("{} incidents, {} right; {} fills, {} right", incidents.len(), right(&incidents), fills.len(), right(&fills));
    std::fs::write(root().join(WEIGHTS), written(&table)).context(WEIGHTS)
}

/// The incidents of one report, each with the key that tells of it.
type Told = Vec<(Draft, Option<Keyed>)>;

/// The incidents of a part's reports.
fn told(coder: &Coder, conventions: &Conventions, file: &Path) -> anyhow::Result<Vec<Told>> {
    let mut all = Vec::new();
    for line in unpacked(file)?.lines() {
        let report: Report = serde_json::from_str(line).with_context(|| file.display().to_string())?;
        let document = coder.document(&input(&report)).with_context(|| report.docid.clone())?;
        let keys = report.keyed();
        let found = with_text(coder, &document, conventions, drafts);
        let pairs = paired(&found, &keys);
        let key = |at: usize| pairs.iter().find(|(d, _)| *d == at).map(|(_, k)| keys[*k].clone());
        all.push(found.into_iter().enumerate().map(|(at, draft)| (draft, key(at))).collect());
    }
    Ok(all)
}

/// A file's text, unpacked where it is packed.
fn unpacked(path: &Path) -> anyhow::Result<String> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    if path.extension().is_none_or(|end| end != "gz") {
        return Ok(String::from_utf8(bytes)?);
    }
    let mut text = String::new();
    std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(bytes.as_slice()), &mut text)?;
    Ok(text)
}

/// The candidates of incidents that a key tells of, right where the key has them.
fn fills(told: &[Told]) -> Vec<Row> {
    let known = told.iter().flatten().filter_map(|(draft, key)| Some((draft, key.as_ref()?)));
    known.flat_map(|(draft, key)| draft.candidates.iter().map(|c| (c.features.clone(), key.has(c.slot, &c.words)))).collect()
}

/// The incidents, right where a key tells of them.
fn incidents(told: &[Told], model: &Weighing) -> Vec<Row> {
    let of = |report: &Told| -> Vec<Row> {
        let all: Vec<Draft> = report.iter().map(|(draft, _)| draft.clone()).collect();
        report.iter().map(|(draft, key)| (draft.features(&all, model), key.is_some())).collect()
    };
    told.iter().flat_map(of).collect()
}

fn written(table: &BTreeMap<String, f64>) -> String {
    let head = "# What incidents and fills show of themselves, and its weight in log-odds that the task wants them.\n\
                # Made by `cargo xtask data muc4` from the keys of the training part.\n";
    let lines = table.iter().map(|(name, weight)| format!("{name}\t{weight:.2}\n"));
    std::iter::once(head.to_owned()).chain(lines.filter(|line| !line.ends_with("\t0.00\n") && !line.ends_with("\t-0.00\n"))).collect()
}

/// The weights that rows give, those of each slot apart: no feature is of two.
fn fitted(rows: &[Row]) -> BTreeMap<String, f64> {
    let mut apart: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
    for row in rows {
        let of = row.0.first().map_or("", |f| f.name.as_str());
        apart.entry(of).or_default().push(row.clone());
    }
    let of = |(always, rows): (&str, Vec<Row>)| {
        let rows = common(&rows);
        let rows: Vec<(&[Feature], bool)> = rows.iter().map(|(features, right)| (features.as_slice(), *right)).collect();
        logistic::weights(&rows, RIDGE, always)
    };
    apart.into_iter().flat_map(of).collect()
}

/// The rows without the features that hardly any shows.
fn common(rows: &[Row]) -> Vec<Row> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (features, _) in rows {
        features.iter().for_each(|f| *seen.entry(&f.name).or_default() += 1);
    }
    let kept = |features: &[Feature]| features.iter().filter(|f| seen[f.name.as_str()] >= SEEN).cloned().collect();
    rows.iter().map(|(features, right)| (kept(features), *right)).collect()
}

/// Which draft is told by which key: pairs of one type, with most fills that could be right.
fn paired(drafts: &[Draft], keys: &[Keyed]) -> Vec<(usize, usize)> {
    let possible = |draft: &Draft| {
        let fillers = Slot::ALL.map(|slot| {
            let right = draft.candidates.iter().filter(|c| c.slot == slot && keys.iter().any(|k| k.has(slot, &c.words)));
            right.filter_map(|c| Filler::new([c.words.as_str()])).collect()
        });
        Template { types: vec![draft.incident.kind.clone()], fillers }
    };
    let found: Vec<Template> = drafts.iter().map(possible).collect();
    let gold: Vec<Template> = keys.iter().map(|k| k.template.clone()).collect();
    modern::best_pairs(&found, &gold)
}
