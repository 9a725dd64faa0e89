//! How well are an operation's day, province, group, killed and captured read? NATO's press releases from Afghanistan, 2009 to 2013.
//!
//! The gold holds one operation a release, so an adapter ([`operation`]) makes one of a document's statements and mentions.

mod judged;
mod operation;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use jiff::civil::Date;
use sayso::Input;
use serde::Deserialize;

use super::{Corpus, Measures, Reading, one_file, percent};
use crate::root;
pub use judged::judged;
use operation::operation;

/// `date`, `province`, `group`, `killed`, `captured`: the percentage of releases in which the field is exactly the gold's; `all`, in
/// which all five are; `date_near`, in which the day is at most one from the gold's, which for whole months lies a day early.
pub const CORPUS: Corpus = Corpus { name: "isaf", files: one_file, measure };

#[derive(Deserialize)]
struct Release {
    id: String,
    text: String,
    gold: Gold,
}

#[derive(Deserialize)]
struct Gold {
    start_date: String,
    province: Vec<String>,
    target_group: Vec<String>,
    min_killed: u64,
    min_captured: u64,
}

/// What the gold and the adapter say of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Operation {
    date: Option<Date>,
    provinces: BTreeSet<String>,
    groups: BTreeSet<String>,
    killed: u64,
    captured: u64,
}

/// How the gold writes what the record has by other names: `evals/isaf.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spellings {
    /// Where all operations were.
    country: String,
    /// The gazetteer's division to the gold's province.
    provinces: BTreeMap<String, String>,
    /// The registry's actor to the gold's group.
    groups: BTreeMap<String, String>,
    /// The number that the gold writes for "several".
    several: u64,
    /// The numbers that it writes for other words without a number.
    uncounted: BTreeMap<String, u64>,
    /// Words of a time that lasts until the release: "the past 24 hours".
    up_to_now: Vec<String>,
    /// The frames by which people are killed.
    killing: BTreeSet<String>,
    /// Verbs that tell of a killing inside another frame.
    killing_verbs: BTreeSet<String>,
    /// The frames by which people are captured.
    capture: BTreeSet<String>,
    /// Words after a count that begin a list of some of those counted.
    among: Vec<String>,
}

fn measure(reading: &Reading<'_>) -> anyhow::Result<(usize, Measures)> {
    let spellings = Spellings::read()?;
    let coder = reading.coder()?;
    let releases: Vec<Release> = reading.rows()?;
    let mut right: BTreeMap<&str, usize> = BTreeMap::new();
    for release in &releases {
        let gold = release.gold.operation();
        let found = coder.document(&Input::text(&release.text)).map(|document| operation(coder, &document, &spellings));
        let found = found.with_context(|| release.id.clone())?;
        for (field, is_right) in agreement(&found, &gold) {
            *right.entry(field).or_default() += usize::from(is_right);
        }
        reading.report(&release.id, &found, &gold);
    }
    Ok((releases.len(), right.into_iter().map(|(field, n)| (field.to_owned(), percent(n, releases.len()))).collect()))
}

fn agreement(found: &Operation, gold: &Operation) -> [(&'static str, bool); 7] {
    let apart = found.date.zip(gold.date).and_then(|(found, gold)| found.since(gold).ok()).map(|span| span.get_days());
    [
        ("date", found.date == gold.date),
        ("date_near", apart.is_some_and(|days| days.abs() <= 1)),
        ("province", found.provinces == gold.provinces),
        ("group", found.groups == gold.groups),
        ("killed", found.killed == gold.killed),
        ("captured", found.captured == gold.captured),
        ("all", found == gold),
    ]
}

impl Spellings {
    fn read() -> anyhow::Result<Spellings> {
        let text = std::fs::read_to_string(root().join("evals/isaf.toml")).context("evals/isaf.toml")?;
        toml::from_str(&text).context("evals/isaf.toml")
    }

    /// The gold's province of a division.
    fn province(&self, division: &str) -> String {
        self.provinces.get(division).cloned().unwrap_or_else(|| division.to_lowercase())
    }
}

impl Gold {
    fn operation(&self) -> Operation {
        let members =
            |joined: &[String]| joined.iter().flat_map(|m| m.split(';')).map(|m| m.trim().to_owned()).filter(|m| !m.is_empty()).collect();
        Operation {
            date: self.start_date.parse().ok(),
            provinces: members(&self.province),
            groups: members(&self.target_group),
            killed: self.min_killed,
            captured: self.min_captured,
        }
    }
}
