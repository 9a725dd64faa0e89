//! What of others' data lies beside the record, and where do they and the record tell of the same?

use sayso::question::Question;
use sayso_exchange::import::compare::{Comparison, Field, Verdict, Windows, compare};
use sayso_exchange::import::{Dataset, TheirEvent};
use sayso_exchange::{Export, Made};
use sayso_store::Import;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::desk::{PROGRAM, Reader};
use crate::fault::Fault;

/// So many rows of each outcome are told.
const MOST: usize = 200;

/// Data of others that lie beside the record.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ImportLine {
    /// Its number.
    pub(crate) number: i64,
    /// Whose: acled, ged, gtd, polecat, ftm, wikidata.
    pub(crate) dataset: String,
    /// Of which version.
    pub(crate) version: Option<String>,
    /// Under which terms the record's owner has them.
    pub(crate) licence: String,
    /// The file as it was named.
    pub(crate) file: String,
    /// SHA-256 of its bytes.
    pub(crate) sha256: String,
    /// How many rows.
    pub(crate) rows: u64,
    /// RFC 3339: when they came in.
    pub(crate) at: String,
    /// Who brought them in.
    pub(crate) who: String,
    /// Whether they are events, which can be compared; else a list of actors.
    pub(crate) is_of_events: bool,
}

impl ImportLine {
    fn of(import: Import) -> ImportLine {
        let Import { number, of, rows, at, who } = import;
        let is_of_events = Dataset::of_str(&of.dataset).is_some();
        ImportLine {
            number,
            dataset: of.dataset,
            version: of.version,
            licence: of.licence,
            file: of.file,
            sha256: of.sha256,
            rows,
            at,
            who,
            is_of_events,
        }
    }
}

/// How an import is compared.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ComparisonAsked {
    /// Days that may lie between two that are one, beyond what either leaves open (2; at most 60).
    #[serde(default)]
    days: String,
    /// Kilometres (50).
    #[serde(default)]
    km: String,
    /// Of ours only what this question finds, as in Search.
    #[serde(default)]
    pub(crate) q: String,
    /// `differing`, `matched`, `only-theirs` or `only-ours`: only these rows.
    #[serde(default)]
    pub(crate) only: String,
}

/// An import beside the record.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ComparisonAnswer {
    /// Which.
    pub(crate) import: ImportLine,
    /// Days that may lie between two that are one.
    pub(crate) days: i64,
    /// Kilometres.
    pub(crate) km: f64,
    /// How many are matched.
    pub(crate) matched: u64,
    /// How many of these differ on something.
    pub(crate) differing: u64,
    /// How many only theirs has.
    pub(crate) only_theirs: u64,
    /// How many only ours has, of the countries and the time that theirs covers.
    pub(crate) only_ours: u64,
    /// How many of ours were told less surely than within three months, and could not be compared.
    pub(crate) untimed: u64,
    /// Row by row, of each outcome the first 200.
    pub(crate) rows: Vec<ComparedRow>,
}

/// One row of a comparison.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ComparedRow {
    /// matched, only-theirs or only-ours.
    pub(crate) outcome: &'static str,
    /// Their id.
    pub(crate) theirs: Option<String>,
    /// Our event's id.
    pub(crate) ours: Option<String>,
    /// How alike the two are, from 0 to 1.
    pub(crate) likeness: Option<f64>,
    /// Field by field.
    pub(crate) fields: Vec<ComparedField>,
}

/// One field, side by side.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ComparedField {
    /// date, place, actors, killed, type.
    pub(crate) name: &'static str,
    /// As theirs has it.
    pub(crate) theirs: String,
    /// As ours has it.
    pub(crate) ours: String,
    /// agrees, differs, only-theirs, only-ours, untold.
    pub(crate) verdict: &'static str,
}

/// What lies beside the record.
pub(crate) fn imports(reader: Reader<'_>) -> Result<Vec<ImportLine>, Fault> {
    Ok(reader.record.imports()?.into_iter().map(ImportLine::of).collect())
}

impl ComparisonAnswer {
    /// An import compared with the record.
    pub(crate) fn of(reader: Reader<'_>, number: &str, asked: &ComparisonAsked) -> Result<ComparisonAnswer, Fault> {
        let import = imports(reader)?.into_iter().find(|import| import.number.to_string() == number);
        let import = import
            .ok_or_else(|| Fault::unknown(format!("there is no import {number}"), "The page of imports lists those that are kept."))?;
        if !import.is_of_events {
            return Err(Fault::invalid(
                format!("import {number} is a list of actors"),
                "Only events are compared; `sayso import candidates` shows it.",
            ));
        }
        let windows = asked.windows()?;
        let (question, _) = Question::read(&asked.q);
        let mut theirs: Vec<TheirEvent> = Vec::new();
        reader.record.each_imported(import.number, |row| theirs.extend(serde_json::from_value(row.record).ok()))?;
        let made = Made { program: PROGRAM.to_owned(), ..Made::default() };
        let export = Export { record: reader.record, linker: reader.linker, question: &question, made: &made };
        let comparison = compare(&export, theirs, windows)?;
        let differs = |fields: &[Field]| fields.iter().any(|field| field.verdict == Verdict::Differs);
        let differing = comparison.matched.iter().filter(|pair| differs(&pair.fields)).count() as u64;
        Ok(ComparisonAnswer {
            import,
            days: windows.days,
            km: windows.km,
            matched: comparison.matched.len() as u64,
            differing,
            only_theirs: comparison.only_theirs.len() as u64,
            only_ours: comparison.only_ours.len() as u64,
            untimed: comparison.untimed,
            rows: rows(&comparison, &asked.only),
        })
    }
}

impl ComparisonAsked {
    fn windows(&self) -> Result<Windows, Fault> {
        let mut windows = Windows::default();
        let wrong = |text: &str, what: &str| {
            Fault::invalid(format!("`{text}` is no number of {what}"), "Write days=2 and km=50, or leave them out.")
        };
        if !self.days.trim().is_empty() {
            let days = self.days.trim().parse().ok().filter(|days| (0..=60).contains(days));
            windows.days = days.ok_or_else(|| wrong(&self.days, "days from 0 to 60"))?;
        }
        if !self.km.trim().is_empty() {
            let km = self.km.trim().parse().ok().filter(|km: &f64| (0.0..=1_000.0).contains(km));
            windows.km = km.ok_or_else(|| wrong(&self.km, "kilometres from 0 to 1000"))?;
        }
        Ok(windows)
    }
}

fn rows(comparison: &Comparison, only: &str) -> Vec<ComparedRow> {
    let told = |field: &Field| ComparedField {
        name: field.name,
        theirs: field.theirs.clone(),
        ours: field.ours.clone(),
        verdict: field.verdict.as_str(),
    };
    let differs = |fields: &[Field]| fields.iter().any(|field| field.verdict == Verdict::Differs);
    let mut rows = Vec::new();
    if matches!(only, "" | "matched" | "differing") {
        let pairs = comparison.matched.iter().filter(|pair| only != "differing" || differs(&pair.fields));
        rows.extend(pairs.take(MOST).map(|pair| ComparedRow {
            outcome: "matched",
            theirs: Some(pair.theirs.id.clone()),
            ours: Some(pair.ours.group.id.clone()),
            likeness: Some((pair.likeness * 100.0).round() / 100.0),
            fields: pair.fields.iter().map(told).collect(),
        }));
    }
    if matches!(only, "" | "only-theirs") {
        rows.extend(comparison.only_theirs.iter().take(MOST).map(|event| ComparedRow {
            outcome: "only-theirs",
            theirs: Some(event.id.clone()),
            ours: None,
            likeness: None,
            fields: event.fields().iter().map(told).collect(),
        }));
    }
    if matches!(only, "" | "only-ours") {
        rows.extend(comparison.only_ours.iter().take(MOST).map(|event| ComparedRow {
            outcome: "only-ours",
            theirs: None,
            ours: Some(event.group.id.clone()),
            likeness: None,
            fields: event.fields().iter().map(told).collect(),
        }));
    }
    rows
}
