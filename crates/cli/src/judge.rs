//! `sayso join`, `split`, `settle`, `grade`, `actors-judge`, `reliability`, `origin`: what people decide about what linking found.

use std::io::{self, Write};

use anyhow::{Context, bail};
use clap::{Args, Subcommand, ValueEnum};
use sayso::linking::{Linker, Scope, View, preview, view};
use sayso_linking::account::Profile;
use sayso_store::Record;
use sayso_types::decision::{Action, Anchor, GroupAnchor, Judgement, Origin, Reliability, Status};
use sayso_types::record::GroupKind;

use crate::arguments::RecordFile;
use crate::ended::Ended;
use crate::record_at::Signature;
use crate::{link, terminal};

/// What is decided, by whom, and whether to only show what it would change.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: What,
}

/// Who decides, and where.
#[derive(Args)]
struct Deciding {
    #[command(flatten)]
    signature: Signature,
    /// Only show what it would change.
    #[arg(long)]
    preview: bool,
    #[command(flatten)]
    record: RecordFile,
}

#[derive(Subcommand)]
enum What {
    /// Events, or statements, speak of one event.
    Join {
        /// Ids of events (e-…) or statements, two or more.
        #[arg(required = true, num_args = 2..)]
        ids: Vec<String>,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// Statements, or all that one document tells, speak of another event than the rest of theirs.
    Split {
        /// The event (e-…).
        event: String,
        /// Ids of the statements, or of a document, that are taken out.
        #[arg(required = true)]
        out: Vec<String>,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// One of an event's differing values is the one to show; the others stay.
    Settle {
        /// The event (e-…).
        event: String,
        /// Which attribute: killed, place, time, actor …
        attribute: String,
        /// The value, as `sayso show` prints it.
        value: String,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// An event is established so far.
    Status {
        /// The event (e-…).
        event: String,
        /// confirmed, fair, weak, contested, discounted, unrealized.
        status: String,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// How two actors stand to each other; registry ids, or names of actors that the registry has not.
    Actors {
        /// How.
        #[arg(value_enum)]
        judgement: JudgementName,
        /// The one; with part-of the part.
        one: String,
        /// The other; with part-of the whole.
        other: String,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// How reliable a source is, A to F, by the Admiralty code.
    Reliability {
        /// Its name as `sayso show` prints it.
        source: String,
        /// A completely, B usually, C fairly, D not usually reliable, E unreliable, F cannot be judged.
        grade: String,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// Whether two documents give one text.
    Origin {
        /// Whether they do.
        #[arg(value_enum)]
        origin: OriginName,
        /// The one document.
        one: String,
        /// The other.
        other: String,
        #[command(flatten)]
        deciding: Deciding,
    },
}

#[derive(Clone, Copy, ValueEnum)]
enum JudgementName {
    /// They are one.
    Same,
    /// They are two.
    Different,
    /// The first belongs to the second.
    PartOf,
    /// It cannot be told.
    Unsure,
}

#[derive(Clone, Copy, ValueEnum)]
enum OriginName {
    /// One is a copy of the other, or both are of a third.
    Together,
    /// Each is its own.
    Apart,
}

/// Keeps the decision and links what it touches, or shows what that would change.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    let (What::Join { deciding, .. }
    | What::Split { deciding, .. }
    | What::Settle { deciding, .. }
    | What::Status { deciding, .. }
    | What::Actors { deciding, .. }
    | What::Reliability { deciding, .. }
    | What::Origin { deciding, .. }) = &arguments.what;
    let who = deciding.signature.who()?;
    let mut record = Record::open_to_change(&deciding.record.record, &terminal::now())?;
    let action = action(&record, &arguments.what)?;
    let mut out = io::stdout().lock();
    if deciding.preview {
        return shown(&mut out, &mut record, &who, &deciding.signature.why, &action);
    }
    let id = record.decide(&who, &deciding.signature.why, &action)?;
    writeln!(out, "Decision {id} holds; `sayso undo {id}` takes it back")?;
    link::tell(&mut out, &link::link(&mut record, Scope::Changed)?)?;
    Ok(Ended::Well)
}

/// What a decision would change, on a copy of the record in memory's place: nothing is kept.
fn shown(out: &mut impl Write, record: &mut Record, who: &str, why: &str, action: &Action) -> anyhow::Result<Ended> {
    let linker = Linker::embedded()?;
    let mut linking = record.linking()?;
    linking.suppose(who, why, action)?;
    let outcome = preview(&linker, &mut linking)?;
    drop(linking);
    let written = outcome.written;
    writeln!(
        out,
        "This changes {} and {}, relations and series among them; nothing has been kept",
        crate::summary::counted(written.memberships, "statement"),
        crate::summary::counted(written.groups + written.gone, "event")
    )?;
    Ok(Ended::Well)
}

fn action(record: &Record, what: &What) -> anyhow::Result<Action> {
    Ok(match what {
        What::Join { ids, .. } => Action::Join { kind: GroupKind::Event, members: anchors(record, ids)? },
        What::Split { event, out, .. } => {
            let members = anchors(record, out)?;
            let mut from = anchors(record, std::slice::from_ref(event))?;
            let within: Vec<Anchor> = members.into_iter().filter(|anchor| from.iter().any(|f| f.statement == anchor.statement)).collect();
            from.retain(|anchor| within.iter().all(|member| member.statement != anchor.statement));
            if within.is_empty() || from.is_empty() {
                bail!("nothing is left to split: of `{event}` some statements must be named, and not all; `sayso show {event}` lists them");
            }
            Action::Split { kind: GroupKind::Event, members: within, from }
        }
        What::Settle { event, attribute, value, .. } => settle(record, event, attribute, value)?,
        What::Status { event, status, .. } => Action::Status {
            event: group_anchor(record, event)?,
            status: Status::of_str(status).with_context(|| {
                let all: Vec<&str> = Status::ALL.iter().map(|status| status.as_str()).collect();
                format!("`{status}` is no status; write one of {}", all.join(", "))
            })?,
        },
        What::Actors { judgement, one, other, .. } => Action::Actors {
            judgement: match judgement {
                JudgementName::Same => Judgement::Same,
                JudgementName::Different => Judgement::Different,
                JudgementName::PartOf => Judgement::PartOf,
                JudgementName::Unsure => Judgement::Unsure,
            },
            a: actor(one),
            b: actor(other),
        },
        What::Reliability { source, grade, .. } => Action::Reliability {
            source: source.clone(),
            grade: Reliability::of_str(&grade.to_ascii_uppercase())
                .with_context(|| format!("`{grade}` is no grade; write A, B, C, D, E or F"))?,
        },
        What::Origin { origin, one, other, .. } => Action::Origin {
            a: record.text_anchor(one)?,
            b: record.text_anchor(other)?,
            origin: match origin {
                OriginName::Together => Origin::Together,
                OriginName::Apart => Origin::Apart,
            },
        },
    })
}

/// An actor's id: of the registry as it is, of another the candidate's by its name.
fn actor(name: &str) -> String {
    let is_id = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-') || name.starts_with("c:");
    if is_id { name.to_owned() } else { sayso::linking::candidate_id(name) }
}

fn settle(record: &Record, event: &str, attribute: &str, value: &str) -> anyhow::Result<Action> {
    let Some(View::Event(told)) = view(&Linker::embedded()?, record.reading(), event, Profile::Sources)? else {
        bail!("there is no event `{event}`; `sayso events` lists them");
    };
    let names = || told.account.attributes.iter().map(|a| a.name.as_str()).collect::<Vec<_>>().join(", ");
    let found = told.account.attributes.iter().find(|a| a.name.as_str() == attribute);
    let found = found.with_context(|| format!("nothing is told of its `{attribute}`, only of {}", names()))?;
    if !found.values.iter().any(|told| told.text == value) {
        let values: Vec<&str> = found.values.iter().map(|told| told.text.as_str()).collect();
        bail!("nobody tells `{value}`; its `{attribute}` is told as {}", values.join(", "));
    }
    Ok(Action::Settle { event: group_anchor(record, event)?, attribute: attribute.to_owned(), value: value.into() })
}

/// The statements that ids mean: an event's, a document's, or a statement itself.
fn anchors(record: &Record, ids: &[String]) -> anyhow::Result<Vec<Anchor>> {
    let mut anchors = Vec::new();
    for id in ids {
        if id.starts_with("e-") {
            anchors.extend(group_anchor(record, id)?.members);
        } else if let Ok(anchor) = record.anchor(id) {
            anchors.push(anchor);
        } else {
            let document = record.document(id).with_context(|| format!("`{id}` is no event, statement or document"))?;
            let filter = sayso_store::Filter { documents: vec![document.record.id], ..sayso_store::Filter::default() };
            for statement in record.statements(&filter)? {
                anchors.push(record.anchor(&statement.id)?);
            }
        }
    }
    Ok(anchors)
}

fn group_anchor(record: &Record, id: &str) -> anyhow::Result<GroupAnchor> {
    let members = record.reading().members(&[id.to_owned()])?;
    if members.is_empty() {
        bail!("there is no event `{id}`; `sayso events` lists them");
    }
    let ids = record.reading().ids(&members.iter().map(|(_, member)| member.statement).collect::<Vec<_>>())?;
    let members = ids.values().map(|id| record.anchor(id)).collect::<Result<Vec<_>, _>>()?;
    Ok(GroupAnchor { id: id.to_owned(), members })
}
