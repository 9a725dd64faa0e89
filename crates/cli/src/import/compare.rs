//! `sayso import compare`: where another data set and the record tell of the same, where they differ, what either has alone.

use std::io::{self, Write};

use anyhow::ensure;
use clap::{Args, ValueEnum};
use sayso::linking::Linker;
use sayso::question::Question;
use sayso_exchange::import::compare::{self, Comparison, Verdict, Windows};
use sayso_exchange::import::{Dataset, TheirEvent};
use sayso_exchange::{Export, Made};
use sayso_store::{Import, Record};

use crate::arguments::AskedRecord;
use crate::ended::Ended;
use crate::link::PROGRAM;
use crate::output::{self, Format, Output};
use crate::statements::unwrapped;
use crate::terminal::{self, one_line};

#[derive(Args)]
pub(super) struct Comparing {
    /// Its number, as `sayso import list` tells it.
    number: i64,
    /// Of ours only what this question finds, as in Search.
    #[arg(value_name = "QUESTION")]
    question: Vec<String>,
    /// So many days may lie between two that are one, beyond what either leaves open: reports tell of the day before.
    #[arg(long, value_name = "DAYS", default_value_t = Windows::default().days, value_parser = clap::value_parser!(i64).range(0..=60))]
    days: i64,
    /// So many kilometres, beyond what either leaves open: towns are named for the villages around them.
    #[arg(long, value_name = "KM", default_value_t = Windows::default().km)]
    km: f64,
    /// How alike two must be in all, from 0 to 1: time and place weigh 0.35 each, actors 0.2, the dead 0.1.
    #[arg(long, value_name = "NUMBER", default_value_t = Windows::default().least)]
    least: f64,
    /// Which outcomes to list [default: all].
    #[arg(long, value_enum, value_name = "OUTCOME")]
    only: Option<Outcome>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    record: AskedRecord,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Outcome {
    /// Both tell it.
    Matched,
    /// Both tell it, and differ on something.
    Differing,
    /// Only theirs has it.
    OnlyTheirs,
    /// Only ours has it.
    OnlyOurs,
}

/// The import of a number.
fn import(record: &Record, number: i64) -> anyhow::Result<Import> {
    let found = record.imports()?.into_iter().find(|import| import.number == number);
    found.ok_or_else(|| anyhow::anyhow!("there is no import {number}; `sayso import list` names those that are kept"))
}

/// Compares, and tells what comes of it.
pub(super) fn run(comparing: &Comparing) -> anyhow::Result<Ended> {
    let record = comparing.record.open()?;
    let import = import(&record, comparing.number)?;
    ensure!(
        Dataset::of_str(&import.of.dataset).is_some(),
        "import {} is a list of actors; `sayso import candidates` shows it",
        import.number
    );
    let (question, remarks) = Question::read(&comparing.question.join(" "));
    if let Some(remark) = remarks.first() {
        anyhow::bail!("`{}` is not understood: {}", remark.written, remark.why);
    }
    let mut theirs: Vec<TheirEvent> = Vec::new();
    record.each_imported(import.number, |row| theirs.extend(serde_json::from_value(row.record).ok()))?;
    let (linker, made) = (Linker::embedded()?, Made { program: PROGRAM.to_owned(), now: terminal::now(), ..Made::default() });
    let export = Export { record: &record, linker: &linker, question: &question, made: &made };
    let windows = Windows { days: comparing.days, km: comparing.km.max(0.0), least: comparing.least };
    let mut comparison = compare::compare(&export, theirs, windows)?;
    let told = summary(&comparison, &import, windows);
    if let Some(only) = comparing.only {
        narrow(&mut comparison, only);
    }
    match comparing.output.format() {
        Format::Table => {
            let header = ["", "theirs", "ours", "days", "km", "date", "place", "actors", "killed: theirs", "ours"];
            let rows: Vec<Vec<String>> = compare::row(&comparison).map(|row| short(&row)).collect();
            if !rows.is_empty() {
                output::table(&mut io::stdout().lock(), &header, rows)?;
            }
        }
        Format::Csv => {
            let mut out = csv::Writer::from_writer(output::standard());
            out.write_record(compare::COLUMNS).map_err(unwrapped)?;
            compare::row(&comparison).try_for_each(|row| out.write_record(row)).map_err(unwrapped)?;
            out.flush()?;
        }
        Format::Jsonl => {
            let mut out = output::standard();
            serde_json::to_writer(&mut out, &comparison)?;
            writeln!(out)?;
            out.flush()?;
        }
    }
    told.iter().for_each(|line| terminal::tell(line));
    Ok(Ended::Well)
}

fn narrow(comparison: &mut Comparison, only: Outcome) {
    if !matches!(only, Outcome::Matched | Outcome::Differing) {
        comparison.matched.clear();
    }
    if only == Outcome::Differing {
        comparison.matched.retain(|pair| pair.fields.iter().any(|field| field.verdict == Verdict::Differs));
    }
    if only != Outcome::OnlyTheirs {
        comparison.only_theirs.clear();
    }
    if only != Outcome::OnlyOurs {
        comparison.only_ours.clear();
    }
}

fn short(row: &[String]) -> Vec<String> {
    let joined = |one: &str, other: &str| {
        if one == other || other.is_empty() {
            one.to_owned()
        } else if one.is_empty() {
            other.to_owned()
        } else {
            format!("{one} ≠ {other}")
        }
    };
    let our_id: String = row[2].chars().take(10).collect();
    let cell = |at: usize| one_line(&joined(&row[at + 1], &row[at + 2]));
    vec![
        row[0].clone(),
        row[1].clone(),
        our_id,
        row[4].clone(),
        row[5].clone(),
        cell(6),
        cell(9),
        row[12].clone(),
        row[16].clone(),
        row[17].clone(),
    ]
}

fn summary(comparison: &Comparison, import: &Import, windows: Windows) -> Vec<String> {
    let differing = |name: &str| {
        let fields = comparison.matched.iter().flat_map(|pair| &pair.fields);
        fields.filter(|field| field.name == name && field.verdict == Verdict::Differs).count()
    };
    let mut told = vec![
        format!(
            "Import {} ({}, {}): {} matched within {} days and {:.0} km; {} only theirs; {} only ours of its countries and time",
            import.number,
            import.of.dataset,
            one_line(&import.of.licence),
            comparison.matched.len(),
            windows.days,
            windows.km,
            comparison.only_theirs.len(),
            comparison.only_ours.len()
        ),
        format!(
            "Of those matched differ: {} on the date, {} on actors, {} on the dead",
            differing("date"),
            differing("actors"),
            differing("killed")
        ),
    ];
    if comparison.untimed > 0 {
        told.push(format!("{} of ours could not be compared: no time within three months is told", comparison.untimed));
    }
    told
}
