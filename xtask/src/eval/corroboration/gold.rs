//! What does a careful reader of the reports find? The copies, the happenings with each mention, and who counts as a source;
//! `evals/corroboration/README.md` tells the format and by which policy sources are counted.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, ensure};
use sayso::Input;
use sayso::types::{EstimateType, EventType, Phase, QuantityOf, RelationType};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::soundness;

/// The reports on one topic and their gold.
#[derive(Debug)]
pub struct Topic {
    /// Its folder.
    pub name: String,
    /// In the order of the file; each with an id and a text.
    pub reports: Vec<Report>,
    pub gold: Gold,
}

/// A report as the program reads it.
#[derive(Debug)]
pub struct Report {
    pub id: String,
    pub text: String,
    /// The whole of it, with these two.
    pub input: Input,
}

/// What is known of a topic's reports.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gold {
    #[serde(default, rename = "origin")]
    pub origins: Vec<Origin>,
    #[serde(default, rename = "event")]
    pub events: Vec<Event>,
    #[serde(default, rename = "relation")]
    pub relations: Vec<Relation>,
    #[serde(default, rename = "estimate")]
    pub estimates: Vec<Estimate>,
    #[serde(default, rename = "aggregate")]
    pub aggregates: Vec<Aggregate>,
}

/// Reports that are copies of one text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The report that the others come from.
    pub first: String,
    pub copies: Vec<Copied>,
}

/// One copy.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Copied {
    pub report: String,
    pub kind: CopyKind,
}

/// What was done to a text that was taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CopyKind {
    /// Nothing.
    Exact,
    /// Parts were left out.
    Abridged,
    /// Some of it was written anew.
    Edited,
    /// It was put together with others.
    Merged,
}

/// A happening.
#[derive(Debug, Deserialize)]
pub struct Event {
    #[serde(rename = "type")]
    pub kind: EventType,
    /// PLOVER's, where it has one for this.
    pub mode: Option<String>,
    pub status: Status,
    /// Why the status is what it is.
    pub reason: String,
    #[serde(flatten)]
    pub told: Told,
}

/// How two actors stand to each other.
#[derive(Debug, Deserialize)]
pub struct Relation {
    #[serde(rename = "type")]
    pub kind: RelationType,
    pub phase: Phase,
    pub actor: String,
    pub recipient: String,
    #[serde(flatten)]
    pub told: Told,
}

/// How many there are of something, over time.
#[derive(Debug, Deserialize)]
pub struct Estimate {
    #[serde(rename = "type")]
    pub kind: EstimateType,
    /// Whose, or where.
    pub of: String,
    #[serde(flatten)]
    pub told: Told,
}

/// Where and by whom something is told.
#[derive(Debug, Deserialize)]
pub struct Told {
    pub name: String,
    pub description: String,
    /// How many independent sources there are.
    pub independent: usize,
    /// Them, and why each counts.
    pub informants: Vec<Reasoned>,
    /// Who might be taken for one, and why it does not count.
    pub not_counted: Vec<Reasoned>,
    /// What is counted, with each differing number.
    #[serde(default)]
    pub values: BTreeMap<QuantityOf, Vec<Value>>,
    #[serde(rename = "mention")]
    pub mentions: Vec<Mention>,
    /// Keys that nothing reads; there are none in sound gold.
    #[serde(flatten)]
    pub unknown: BTreeMap<String, toml::Value>,
}

/// A source, or what might be taken for one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reasoned {
    pub name: String,
    pub why: String,
}

/// A number and who gives it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Value {
    /// The one number; none where there are two.
    pub value: Option<u64>,
    pub low: Option<u64>,
    pub high: Option<u64>,
    #[serde(default)]
    pub bound: Bound,
    pub informant: String,
    pub reports: Vec<String>,
}

/// How a number is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// It or, of two, between them.
    #[default]
    Exact,
    /// It or more.
    AtLeast,
    /// It or less.
    AtMost,
    /// Near it.
    About,
}

/// A sentence or clause that tells of something.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mention {
    pub report: String,
    /// Found once in the report's text.
    pub words: String,
    /// The word that names what happened, where it is marked.
    pub trigger: Option<String>,
    pub informant: Informant,
    #[serde(default)]
    pub stance: Vec<Stance>,
    /// Whether it says that it happened, or holds.
    #[serde(default = "yes")]
    pub asserts: bool,
}

fn yes() -> bool {
    true
}

/// Who really says something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(from = "String")]
pub enum Informant {
    /// The document itself.
    Voice,
    /// The last link of the attribution.
    Named(String),
}

impl From<String> for Informant {
    fn from(name: String) -> Informant {
        if name == "voice" { Informant::Voice } else { Informant::Named(name) }
    }
}

/// How an informant stands to what is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stance {
    /// It was us.
    Claimed,
    /// It was not us, or did not happen.
    Denied,
    /// It was they.
    Blamed,
    /// It is so, after others said it.
    Confirmed,
    /// Nobody says it was them.
    Unclaimed,
    /// We said so, and it was not so.
    Withdrawn,
}

/// How far a happening can be believed, by the pattern of its sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// A party accepts it and none contests it.
    Confirmed,
    /// Two or more independent sources.
    Fair,
    /// One.
    Weak,
    /// Competing claims, a denial by the accused, or blame on both sides.
    Contested,
    /// Withdrawn.
    Discounted,
}

/// A mention of several happenings at once, which belongs to none.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aggregate {
    pub report: String,
    pub words: String,
    pub informant: Informant,
}

impl Gold {
    /// Everything that is told: events, relations, estimates.
    pub fn told(&self) -> impl Iterator<Item = &Told> {
        let relations = self.relations.iter().map(|r| &r.told);
        self.events.iter().map(|e| &e.told).chain(relations).chain(self.estimates.iter().map(|e| &e.told))
    }
}

/// The topics of a half of the corpus by name, each checked.
///
/// # Errors
///
/// A file that cannot be read, or gold that does not agree with its reports or with itself.
pub fn topics(half: &Path) -> anyhow::Result<Vec<Topic>> {
    let entries = fs::read_dir(half).with_context(|| format!("{} is not there", half.display()))?;
    let mut folders = entries.map(|e| Ok(e?.path())).collect::<anyhow::Result<Vec<_>>>()?;
    folders.sort();
    let topics = folders.iter().map(|folder| topic(folder)).collect::<anyhow::Result<Vec<_>>>()?;
    soundness::distinct_ids(&topics)?;
    Ok(topics)
}

fn topic(folder: &Path) -> anyhow::Result<Topic> {
    let (reports_file, gold_file) = (folder.join("reports.jsonl"), folder.join("gold.toml"));
    let name = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let reports = (1..)
        .zip(text(&reports_file)?.lines())
        .map(|(number, line)| report(line).with_context(|| format!("{}:{number}", reports_file.display())))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let gold = parsed(&text(&gold_file)?).with_context(|| gold_file.display().to_string())?;
    let topic = Topic { name, reports, gold };
    soundness::sound(&topic).with_context(|| gold_file.display().to_string())?;
    Ok(topic)
}

fn report(line: &str) -> anyhow::Result<Report> {
    let input: Input = serde_json::from_str(line)?;
    let id = input.id.clone().context("the report has no `id`")?;
    let text = input.text.clone().with_context(|| format!("`{id}` has no `text`"))?;
    ensure!(input.published.is_some() && input.publisher.is_some(), "`{id}` wants a `publisher` and when it was `published`");
    Ok(Report { id, text, input })
}

fn parsed<T: DeserializeOwned>(text: &str) -> anyhow::Result<T> {
    Ok(toml::from_str(text)?)
}

fn text(file: &Path) -> anyhow::Result<String> {
    fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}
