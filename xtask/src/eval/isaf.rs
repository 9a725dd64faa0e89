//! How well are an operation's day, province, group, killed and captured read? NATO's press releases from Afghanistan, 2009 to 2013.
//!
//! The gold holds one operation a release, so an adapter makes one of a document's statements and mentions: what the release opens
//! with is the operation, what it tells of the target's past is not.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Context;
use jiff::civil::Date;
use sayso::types::{
    Document, EventType, Modality, PlaceKind, Proposition, Quantity, QuantityOf, QuantityRule, Statement,
};
use sayso::{Coder, Input};
use sayso_coding::code;
use sayso_coding::mention::Mentions;
use sayso_coding::mention::time::{TimeKind, TimeMention};
use serde::Deserialize;

use super::{Corpus, Measures, Reading, Split, percent};
use crate::root;

/// `date`, `province`, `group`, `killed`, `captured`: the percentage of releases in which the field is exactly the gold's; `all`, in
/// which all five are.
pub const CORPUS: Corpus = Corpus { name: "isaf", files, measure };

fn files(split: Split) -> Vec<String> {
    vec![format!("{}.jsonl", split.as_str())]
}

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
    /// The gazetteer's division to the gold's province.
    provinces: BTreeMap<String, String>,
    /// The registry's actor to the gold's group.
    groups: BTreeMap<String, String>,
    /// The number that the gold writes for "several".
    several: u64,
}

fn measure(reading: &Reading<'_>) -> anyhow::Result<(usize, Measures)> {
    let spellings = std::fs::read_to_string(root().join("evals/isaf.toml")).context("evals/isaf.toml")?;
    let spellings: Spellings = toml::from_str(&spellings).context("evals/isaf.toml")?;
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

fn agreement(found: &Operation, gold: &Operation) -> [(&'static str, bool); 6] {
    [
        ("date", found.date == gold.date),
        ("province", found.provinces == gold.provinces),
        ("group", found.groups == gold.groups),
        ("killed", found.killed == gold.killed),
        ("captured", found.captured == gold.captured),
        ("all", found == gold),
    ]
}

impl Gold {
    fn operation(&self) -> Operation {
        let members = |joined: &[String]| joined.iter().flat_map(|m| m.split(';')).map(|m| m.trim().to_owned()).filter(|m| !m.is_empty()).collect();
        Operation {
            date: self.start_date.parse().ok(),
            provinces: members(&self.province),
            groups: members(&self.target_group),
            killed: self.min_killed,
            captured: self.min_captured,
        }
    }
}

/// The operation that a release tells of first.
fn operation(coder: &Coder, document: &Document, spellings: &Spellings) -> Operation {
    let analysis = coder.analysis(document);
    let mentions = coder.mentions(document, &analysis);
    let statements = code::statements(document, &analysis, &mentions, coder.knowledge());
    let incidents: Vec<&Statement> = statements.iter().filter(|s| is_incident(s)).collect();
    Operation {
        date: date(document, &incidents, &mentions),
        provinces: province(&incidents, &mentions, spellings).into_iter().collect(),
        groups: group(coder, &mentions, spellings).into_iter().collect(),
        killed: total(document, &incidents, QuantityOf::Killed, spellings),
        captured: total(document, &incidents, QuantityOf::Captured, spellings),
    }
}

/// Something that was done, asserted to have been.
fn is_incident(statement: &Statement) -> bool {
    let of_operation = matches!(&statement.proposition, Proposition::Event { event: EventType::Assault | EventType::Coerce, .. });
    of_operation && !statement.negated && statement.modality == Modality::Asserted
}

/// The first incident's day, else the first day that the report names, else its own.
fn date(document: &Document, incidents: &[&Statement], mentions: &Mentions) -> Option<Date> {
    let day = |t: &TimeMention| t.edtf.known().and_then(|edtf| edtf.exact_day()).filter(|_| t.kind == TimeKind::Date);
    let of_incident = incidents.iter().find_map(|s| s.time.as_ref()?.edtf.exact_day());
    let published = document.published.known().and_then(|p| p.date.exact_day());
    of_incident.or_else(|| mentions.times.iter().find_map(day)).or(published)
}

/// The division of the first incident whose place is in one, else the first that is named.
fn province(incidents: &[&Statement], mentions: &Mentions, spellings: &Spellings) -> Option<String> {
    let of_incidents = incidents.iter().filter_map(|s| s.place.as_ref()?.place.as_ref());
    let named = mentions.places.iter().filter_map(|m| m.place.known()).filter(|p| p.kind == PlaceKind::Admin1);
    let any = mentions.places.iter().filter_map(|m| m.place.known());
    let mut places = of_incidents.chain(named).chain(any).filter(|p| !p.admin1.is_empty());
    let division = &places.next()?.admin1;
    Some(spellings.provinces.get(division).cloned().unwrap_or_else(|| division.to_lowercase()))
}

/// The group that is named most, the first of several.
fn group(coder: &Coder, mentions: &Mentions, spellings: &Spellings) -> Option<String> {
    let named = mentions.actors.iter().filter_map(|(_, actor)| spellings.groups.get(&coder.knowledge().registry.actor(*actor).id));
    let mut counts: Vec<(&String, usize)> = Vec::new();
    for group in named {
        match counts.iter_mut().find(|(g, _)| *g == group) {
            Some((_, count)) => *count += 1,
            None => counts.push((group, 1)),
        }
    }
    counts.iter().rev().max_by_key(|(_, count)| *count).map(|(group, _)| (*group).clone())
}

/// The greatest number of the kind that an incident has; reports repeat their first sentence with other words.
fn total(_document: &Document, incidents: &[&Statement], of: QuantityOf, spellings: &Spellings) -> u64 {
    let counts = incidents.iter().flat_map(|s| &s.quantities).filter(|q| q.of == of);
    counts.filter_map(|q| number(q, spellings)).max().unwrap_or(0)
}

fn number(quantity: &Quantity, spellings: &Spellings) -> Option<u64> {
    match quantity.rule {
        QuantityRule::Several => Some(spellings.several),
        _ => quantity.best.or(quantity.low),
    }
}
