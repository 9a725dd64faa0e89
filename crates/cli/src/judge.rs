//! `sayso judge`: what people decide about what linking found, about sources, and about who may see what.

use std::io::{self, Write};

use anyhow::{Context, anyhow};
use clap::{Args, Subcommand, ValueEnum};
use sayso::decide::{Refusal, Request};
use sayso::linking::{Linker, Scope, preview};
use sayso_store::Record;
use sayso_types::decision::{Action, Judgement, Origin, Reliability, Sensitivity, Status};

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
    /// Only those who may see what is restricted see it, and nobody else what rests on it.
    Restrict {
        /// The id of a document, statement, event, relation or series; or publisher:NAME for all that somebody publishes.
        id: String,
        #[command(flatten)]
        deciding: Deciding,
    },
    /// Whoever may read the record sees it again.
    Open {
        /// As it was restricted.
        id: String,
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
    | What::Origin { deciding, .. }
    | What::Restrict { deciding, .. }
    | What::Open { deciding, .. }) = &arguments.what;
    let who = deciding.signature.who()?;
    let mut record = Record::open_to_change(&deciding.record.record, &terminal::now())?;
    let action = action(&record, &request(&arguments.what)?)?;
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

/// What is asked, by the words of the command line.
fn request(what: &What) -> anyhow::Result<Request> {
    Ok(match what {
        What::Join { ids, .. } => Request::Join { ids: ids.clone() },
        What::Split { event, out, .. } => Request::Split { event: event.clone(), out: out.clone() },
        What::Settle { event, attribute, value, .. } => {
            Request::Settle { event: event.clone(), attribute: attribute.clone(), value: value.clone() }
        }
        What::Status { event, status, .. } => Request::Status {
            event: event.clone(),
            status: Status::of_str(status).with_context(|| {
                let all: Vec<&str> = Status::ALL.iter().map(|status| status.as_str()).collect();
                format!("`{status}` is no status; write one of {}", all.join(", "))
            })?,
        },
        What::Actors { judgement, one, other, .. } => Request::Actors {
            judgement: match judgement {
                JudgementName::Same => Judgement::Same,
                JudgementName::Different => Judgement::Different,
                JudgementName::PartOf => Judgement::PartOf,
                JudgementName::Unsure => Judgement::Unsure,
            },
            a: one.clone(),
            b: other.clone(),
        },
        What::Reliability { source, grade, .. } => Request::Reliability {
            source: source.clone(),
            grade: Reliability::of_str(&grade.to_ascii_uppercase())
                .with_context(|| format!("`{grade}` is no grade; write A, B, C, D, E or F"))?,
        },
        What::Restrict { id, .. } => Request::Sensitivity { id: id.clone(), sensitivity: Sensitivity::Restricted },
        What::Open { id, .. } => Request::Sensitivity { id: id.clone(), sensitivity: Sensitivity::Open },
        What::Origin { origin, one, other, .. } => Request::Origin {
            a: one.clone(),
            b: other.clone(),
            origin: match origin {
                OriginName::Together => Origin::Together,
                OriginName::Apart => Origin::Apart,
            },
        },
    })
}

/// The decision that a request is; what it names and the record has not is told with the command that lists it.
pub(crate) fn action(record: &Record, request: &Request) -> anyhow::Result<Action> {
    request.action(record, Linker::embedded).map_err(|refusal| match refusal {
        Refusal::NoEvent(_) => anyhow!("{refusal}; `sayso events` lists them"),
        refusal => refusal.into(),
    })
}
