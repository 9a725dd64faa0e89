//! How well do statements make the incident templates of the Message Understanding Conferences? Reports of terrorism in Latin
//! America, 1988 to 1990, written in capitals.
//!
//! An adapter ([`incidents`]) makes one incident of all that a document's statements say of it, and gathers the phrases that could fill
//! its slots ([`candidates`]), written as the keys do ([`fills`]). What the task wants of them says a model fitted to the keys of the
//! training part ([`weighing`]).

mod candidates;
mod fills;
mod incidents;
mod judged;
mod modern;
mod official;
mod slots;
mod template;
mod weighing;

use anyhow::Context;
use sayso::Input;
use serde::Deserialize;

use super::{Corpus, Measures, Reading, one_file, percent};
use crate::root;
use incidents::{Incident, Switches, incidents, with_text};
pub use judged::judged;
use modern::{Tallies, Tally, tallies};
use official::{Generality, Official, Points, points};
use slots::Codes;
use template::{Report, Template};
use weighing::Weighing;
pub use weighing::fit;

/// `modern_f1`: micro F1 over incident type and five string slots; `type_f1` and one for each slot beside it;
/// `official_f`: F of the scoring of 1992 over all slots, without the judges' history; `relevant`: the share of
/// documents rightly said to hold an incident or none.
pub const CORPUS: Corpus = Corpus { name: "muc4", files: one_file, measure };

/// Names of the tallies.
const PARTS: [&str; 6] = ["type", "individual", "organization", "target", "victim", "weapon"];

/// The conventions of the task, as `evals/muc4.toml` holds them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conventions {
    /// ISO 3166-1 alpha-3 codes of the countries whose incidents are relevant.
    countries: Vec<String>,
    /// Older incidents than so many days before the report are not relevant.
    days: i32,
    /// Frames whose events are war and no terrorism.
    war: Vec<String>,
    /// How probable it has to be that the task wants an incident.
    keep_incident: f64,
    /// How probable it has to be that a fill is right.
    keep_fill: f64,
    /// Frame or mode to incident type.
    types: std::collections::BTreeMap<String, String>,
    /// Lemmas that tell the incident type where they stand in the sentence's trigger or instrument.
    words: std::collections::BTreeMap<String, String>,
    /// Nouns that name no perpetrator, target or weapon by themselves.
    empty: Vec<String>,
    /// Nouns that name things that are a target as such.
    things: Vec<String>,
    /// Nouns of organizations of state, which are an organization as such.
    organs: Vec<String>,
    /// Nouns of people that can be perpetrators, beside those who bear arms.
    doers: Vec<String>,
    /// Nouns that are left out before "of" and what they hold.
    containers: Vec<String>,
    /// Nouns that are kept with what follows "of".
    members: Vec<String>,
    /// Adjectives that count, which a fill leaves out.
    measures: Vec<String>,
    /// How the official slots are written.
    codes: Codes,
    /// How many sentences away a perpetrator may stand.
    reach: usize,
}

impl Conventions {
    fn read() -> anyhow::Result<Conventions> {
        let text = std::fs::read_to_string(root().join("evals/muc4.toml")).context("evals/muc4.toml")?;
        toml::from_str(&text).context("evals/muc4.toml")
    }
}

fn measure(reading: &Reading<'_>) -> anyhow::Result<(usize, Measures)> {
    let conventions = Conventions::read()?;
    let generality = std::fs::read_to_string(root().join("evals/muc4_official.toml")).context("evals/muc4_official.toml")?;
    let generality: Generality = toml::from_str(&generality).context("evals/muc4_official.toml")?;
    let coder = reading.coder()?;
    let weighing = Weighing::read()?;
    let reports: Vec<Report> = reading.rows()?;
    let mut sums = Tallies::default();
    let mut relevant = 0;
    let mut official = Points::default();
    let mut responses = Vec::new();
    for report in &reports {
        let document = coder.document(&input(report)).with_context(|| report.docid.clone())?;
        let (found, fills) = with_text(coder, &document, &conventions, |text, statements| {
            let found = incidents(text, statements, &weighing, Switches { relevance: true });
            let fills: Vec<_> = found.iter().map(|i| slots::official(text, statements, i)).collect();
            (found, fills)
        });
        let templates: Vec<Template> = found.iter().map(Incident::template).collect();
        let gold = report.gold();
        let one = tallies(&templates, &gold);
        sums.iter_mut().zip(one).for_each(|(sum, one)| *sum += one);
        relevant += usize::from(templates.is_empty() == gold.is_empty());
        let response: Vec<Official> =
            fills.iter().map(|f| Official::new(false, f.iter().map(|(slot, text)| (*slot, text.as_str())))).collect();
        official += points(&report.official(), &response, &generality);
        reading.report(&report.docid, &templates, &gold);
        responses.push((report.docid.clone(), found, fills));
    }
    // The corpus's own scorers read what this names.
    if let Ok(path) = std::env::var("MUC4_RESPONSE") {
        std::fs::write(&path, responses.iter().map(|(id, found, fills)| incidents::response(id, found, fills)).collect::<String>())
            .context(path)?;
    }
    let all = sums.iter().fold(Tally::default(), |mut all, one| {
        all += *one;
        all
    });
    let mut measures = Measures::from([("modern_f1".to_owned(), all.f1()), ("relevant".to_owned(), percent(relevant, reports.len()))]);
    measures.insert("official_f".to_owned(), official.f());
    measures.insert("modern_precision".to_owned(), percent(all.right, all.found));
    measures.insert("modern_recall".to_owned(), percent(all.met, all.gold));
    measures.extend(PARTS.iter().zip(sums).map(|(name, tally)| (format!("{name}_f1"), tally.f1())));
    Ok((reports.len(), measures))
}

fn input(report: &Report) -> Input {
    Input { text: Some(unwrapped(&report.body)), published: report.pub_date.clone(), ..Input::text("") }
}

/// Paragraphs of one line each, without the editors' remarks in brackets being parted from their sentence.
fn unwrapped(body: &str) -> String {
    body.trim().split("\n\n").map(|part| part.replace('\n', " ")).collect::<Vec<_>>().join("\n\n")
}
