//! Which weights make the gold of the training part most likely? `data/linking/mentions.tsv`, by logistic regression.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use flate2::read::GzDecoder;
use sayso::linking::Linker;
use sayso_coding::code::confidence::Feature;
use sayso_linking::event::{Kinship, Knowledge, strengths};

use super::mentions::{Row, Told, told};
use super::{conll, grouped, knowledge, labels, topics};
use crate::eval::logistic;
use crate::root;

/// The vectors of triggers are learned from the even topics (`training/linking/words.py`), so that among the others they are as right as
/// among new ones.
const LEARNED_BY_TRIGGERS: fn(&Row) -> bool = |row| row.topic.parse::<u32>().is_ok_and(|topic| topic.is_multiple_of(2));
/// Of so many pairs that are not one, one is learned from.
const ONE_IN: usize = 5;
/// Half the cost of a weight of 1.
const RIDGE: f64 = 1.0;
/// What is tried on top of the base weight, so that the usual average likeness parts groups best.
const SHIFTS: [f64; 6] = [0.0, 0.3, 0.6, 0.9, 1.2, 1.5];

const HEAD: &str = "# How much each ground says for two mentions of whatever kind being of one happening, as a logarithm of odds; fitted to ECB+ (train) by\n\
                    # `cargo xtask data mentions`: ground, weight.\n";

/// Fits the weights to the training part below `data` and writes them.
///
/// # Errors
/// Says what cannot be read or written.
pub fn fit(data: &Path) -> anyhow::Result<()> {
    let path = data.join("ecb_plus/train.jsonl.gz");
    let file = std::fs::File::open(&path).with_context(|| path.display().to_string())?;
    let text = std::io::read_to_string(GzDecoder::new(file)).with_context(|| path.display().to_string())?;
    let mut rows = text.lines().map(serde_json::from_str).collect::<Result<Vec<Row>, _>>().with_context(|| path.display().to_string())?;
    rows.retain(|row| !LEARNED_BY_TRIGGERS(row));
    let (linker, knowledge) = (Linker::embedded()?, knowledge()?);
    let told = told(&rows, &linker, &knowledge);
    let pairs = pairs(&told, &knowledge);
    let judged: Vec<(&[Feature], bool)> = pairs.iter().map(|(features, right)| (&features[..], *right)).collect();
    let weights = logistic::weights(&judged, RIDGE, "base");
    let gold: Vec<&str> = told.iter().map(|t| t.mention.gold()).collect();
    let mut best = (0.0, String::new());
    for shift in SHIFTS {
        let mut table = HEAD.to_owned();
        for (name, weight) in &weights {
            let base = if name == "base" { shift - (ONE_IN as f64).ln() } else { 0.0 };
            writeln!(table, "{name}\t{:.3}", weight + base)?;
        }
        write(&table)?;
        let groups = grouped(&told, &topics(&told), &super::knowledge()?);
        let mean = conll::conll(&gold, &labels(&told, &groups)).mean();
        println!("base + {shift}: {mean:.2} on the training part");
        if mean > best.0 {
            best = (mean, table);
        }
    }
    write(&best.1)
}

fn write(table: &str) -> anyhow::Result<()> {
    let path = root().join("data/linking/mentions.tsv");
    std::fs::write(&path, table).with_context(|| path.display().to_string())
}

/// The grounds of the pairs of each topic, and whether the pair is one.
fn pairs(told: &[Told<'_>], knowledge: &Knowledge) -> Vec<(Vec<Feature>, bool)> {
    let kinship = Kinship::default();
    let mut pairs = Vec::new();
    let mut passed = 0;
    for topic in topics(told) {
        for (at, one) in topic.iter().enumerate() {
            for other in &topic[..at] {
                let (one, other) = (&told[*one], &told[*other]);
                let right = one.mention.gold() == other.mention.gold();
                passed += usize::from(!right);
                if !right && passed % ONE_IN != 0 {
                    continue;
                }
                let Some(strengths) = strengths(&one.happening, &other.happening, &kinship, knowledge) else { continue };
                let feature = |(name, value): (&str, f32)| (value != 0.0).then(|| Feature { name: name.to_owned(), value: value.into() });
                pairs.push((strengths.into_iter().filter_map(feature).collect(), right));
            }
        }
    }
    pairs
}
