//! `sayso accept`, `reject`, `correct`, `undo`, `redo`, `decisions`: what people decide about statements.

use std::io::{self, Write};

use clap::Args;
use sayso::decide::Request;
use sayso::types::decision::{Action, SubjectKind};
use sayso_store::{Decision, DecisionFilter, DecisionId, Record, told};
use serde_json::json;

use crate::arguments::{AskedRecord, RecordFile};
use crate::ended::Ended;
use crate::judge;
use crate::link;
use crate::output::{self, Format, Output};
use crate::record_at::Signature;
use crate::terminal;

#[derive(Args)]
pub(crate) struct Review {
    /// The statements' ids, or the beginnings of them.
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    #[command(flatten)]
    signature: Signature,
    #[command(flatten)]
    record: RecordFile,
}

#[derive(Args)]
pub(crate) struct Correct {
    /// The statement's id, or the beginning of it.
    id: String,
    /// Which value, as `sayso statements --format jsonl` prints it: place/name, quantities/0/best, negated.
    #[arg(value_name = "FIELD")]
    path: String,
    /// What it is: a number, true, false, null or a word; more in JSON.
    #[arg(value_name = "VALUE", allow_negative_numbers = true)]
    value: String,
    #[command(flatten)]
    signature: Signature,
    #[command(flatten)]
    record: RecordFile,
}

#[derive(Args)]
pub(crate) struct Turn {
    /// The decision's number; the last one where none is given.
    decision: Option<i64>,
    #[command(flatten)]
    signature: Signature,
    #[command(flatten)]
    record: RecordFile,
}

#[derive(Args)]
pub(crate) struct Decisions {
    /// Only those about this statement, document, actor or source, by its id.
    #[arg(value_name = "ID")]
    about: Option<String>,
    /// Only those by this person.
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Only those that no longer find their words in a newer reading of their document.
    #[arg(long)]
    unanchored: bool,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    record: AskedRecord,
}

/// Accepts statements.
pub(crate) fn accept(arguments: &Review) -> anyhow::Result<Ended> {
    decide(arguments, |statement| Request::Accept { statement })
}

/// Rejects statements.
pub(crate) fn reject(arguments: &Review) -> anyhow::Result<Ended> {
    decide(arguments, |statement| Request::Reject { statement })
}

fn decide(arguments: &Review, request: impl Fn(String) -> Request) -> anyhow::Result<Ended> {
    let who = arguments.signature.who()?;
    let mut record = Record::open_to_change(&arguments.record.record, &terminal::now())?;
    for id in &arguments.ids {
        let action = judge::action(&record, &request(id.clone()))?;
        let decision = record.decide(&who, &arguments.signature.why, &action)?;
        done(decision, &action)?;
    }
    link::after_decision(&mut record)?;
    Ok(Ended::Well)
}

/// Corrects one value of a statement.
pub(crate) fn correct(arguments: &Correct) -> anyhow::Result<Ended> {
    let who = arguments.signature.who()?;
    let mut record = Record::open_to_change(&arguments.record.record, &terminal::now())?;
    let path = format!("/{}", arguments.path.trim_start_matches('/'));
    let after = serde_json::from_str(&arguments.value).unwrap_or_else(|_| json!(arguments.value));
    let action = judge::action(&record, &Request::Correct { statement: arguments.id.clone(), path, before: None, after })?;
    done(record.decide(&who, &arguments.signature.why, &action)?, &action)?;
    link::after_decision(&mut record)?;
    Ok(Ended::Well)
}

fn done(decision: DecisionId, action: &Action) -> io::Result<()> {
    writeln!(io::stdout().lock(), "Decision {decision}: {}. `sayso undo {decision}` takes it back.", terminal::one_line(&told(action)))
}

/// Takes a decision back.
pub(crate) fn undo(arguments: &Turn) -> anyhow::Result<Ended> {
    turn(arguments, "no longer holds", Record::undo)
}

/// Makes a decision hold again.
pub(crate) fn redo(arguments: &Turn) -> anyhow::Result<Ended> {
    turn(arguments, "holds again", Record::redo)
}

type Turned = fn(&mut Record, &str, &str, Option<DecisionId>) -> Result<DecisionId, sayso_store::Error>;

fn turn(arguments: &Turn, now: &str, turned: Turned) -> anyhow::Result<Ended> {
    let who = arguments.signature.who()?;
    let mut record = Record::open_to_change(&arguments.record.record, &terminal::now())?;
    let decision = turned(&mut record, &who, &arguments.signature.why, arguments.decision.map(DecisionId))?;
    let all = record.decisions(&DecisionFilter::default())?;
    let action = all.iter().find(|one| one.id == decision).map(|one| told(&one.action)).unwrap_or_default();
    writeln!(io::stdout().lock(), "Decision {decision} {now}: {}.", terminal::one_line(&action))?;
    link::after_decision(&mut record)?;
    Ok(Ended::Well)
}

/// Lists decisions.
pub(crate) fn decisions(arguments: &Decisions) -> anyhow::Result<Ended> {
    let record = arguments.record.open()?;
    let mut decisions = found(&record, arguments)?;
    if arguments.unanchored {
        let lost: Vec<DecisionId> = record.unanchored()?.into_iter().flat_map(|one| one.decisions).collect();
        decisions.retain(|decision| lost.contains(&decision.id));
    }
    if arguments.output.format() == Format::Jsonl {
        let mut out = output::standard();
        for decision in &decisions {
            let mut value = serde_json::to_value(&decision.action)?;
            let signed = [("decision", json!(decision.id.0)), ("who", json!(decision.who)), ("at", json!(decision.at))];
            for (name, field) in signed.into_iter().chain([("why", json!(decision.why)), ("holds", json!(decision.holds))]) {
                value[name] = field;
            }
            writeln!(out, "{value}")?;
        }
        return Ok(out.flush().map(|()| Ended::Well)?);
    }
    let rows: Vec<Vec<String>> = decisions.iter().map(row).collect();
    if rows.is_empty() {
        terminal::tell("No decisions match.");
        return Ok(Ended::Well);
    }
    output::table(&mut io::stdout().lock(), &["no.", "when", "who", "decision", "why", ""], rows)?;
    Ok(Ended::Well)
}

fn found(record: &Record, arguments: &Decisions) -> anyhow::Result<Vec<Decision>> {
    let filter = |about| DecisionFilter { about, who: arguments.by.clone(), ..DecisionFilter::default() };
    let Some(id) = &arguments.about else { return Ok(record.decisions(&filter(None))?) };
    let id = record.statement(id).map_or_else(|_| id.clone(), |statement| statement.id);
    let mut all = Vec::new();
    for kind in SubjectKind::ALL {
        all.extend(record.decisions(&filter(Some((*kind, id.clone()))))?);
    }
    all.sort_by_key(|decision| decision.id);
    all.dedup_by_key(|decision| decision.id);
    Ok(all)
}

fn row(decision: &Decision) -> Vec<String> {
    vec![
        decision.id.to_string(),
        decision.at.clone(),
        terminal::one_line(&decision.who),
        terminal::one_line(&told(&decision.action)),
        terminal::one_line(&decision.why),
        if decision.holds { String::new() } else { "undone".to_owned() },
    ]
}
