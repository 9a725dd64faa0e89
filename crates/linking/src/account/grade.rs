//! How far is an event established, and how credible is what is told of it? Each grade with the sentence that explains it.
//!
//! The status is Airwars' grading computed from the pattern of sources; credibility is the Admiralty code's second half (NATO
//! AJP-2.1), proposed by rule, where 1 needs two independent informants. The code's first half, how reliable a source is, people
//! alone decide.

use sayso_types::decision::{Reliability, Status};
use sayso_types::record::PropositionRecord;
use sayso_types::{EventType, Modality, RoleName, Stance};
use serde::{Deserialize, Serialize};

use super::{Lane, Weighing};
use crate::event::Kinship;
use crate::informant::Independence;
use crate::telling::Telling;

/// A grade and the sentence that explains it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Graded<G> {
    /// The grade.
    pub grade: G,
    /// Why.
    pub why: String,
}

/// How credible information is, by the Admiralty code: 1 confirmed by other sources, 2 probably true, 3 possibly true,
/// 4 doubtful, 5 improbable, 6 cannot be judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Credibility(pub u8);

fn graded<G>(grade: G, why: impl Into<String>) -> Graded<G> {
    Graded { grade, why: why.into() }
}

/// The status of an event, or the one that a person gave it.
pub(super) fn status(tellings: &[Telling<'_>], independence: &Independence, lanes: &[Lane], weighing: &Weighing<'_>) -> Graded<Status> {
    if let Some((status, why)) = &weighing.settled.status {
        return graded(*status, format!("Graded by a person: {why}"));
    }
    if independence.sources.is_empty() {
        return unasserted(tellings);
    }
    if let Some(why) = withdrawn(tellings, independence).or_else(|| refuted(tellings, independence, weighing)) {
        return graded(Status::Discounted, why);
    }
    if let Some(why) = contested(tellings, lanes, weighing.kinship) {
        return graded(Status::Contested, why);
    }
    let accepts = |lane: &&Lane| lane.stance == Stance::Claimed || (lane.stance == Stance::Confirmed && own(lane));
    if let Some(lane) = lanes.iter().filter(accepts).find(|lane| !suffers(lane, tellings, weighing.kinship)) {
        return graded(Status::Confirmed, format!("{} has said that it was its doing, and nobody contests that.", lane.by));
    }
    match independence.sources.as_slice() {
        [only] => graded(Status::Weak, format!("One source alone tells it: {}.", only.name)),
        sources => graded(Status::Fair, format!("{} independent sources tell it: {}.", sources.len(), names(independence))),
    }
}

/// Whether whom it names is attacked in the event: who is attacked strikes back, and that is no account of who attacked.
fn suffers(lane: &Lane, tellings: &[Telling<'_>], kinship: &Kinship) -> bool {
    let roles = || tellings.iter().filter(|telling| is_assault(telling)).flat_map(|telling| &telling.statement.roles);
    let mut recipients = roles().filter(|role| role.role == RoleName::Recipient).filter_map(|role| role.actor_id.as_deref());
    lane.actor_id.as_deref().is_some_and(|actor| recipients.any(|other| kinship.is_within(actor, other) || kinship.is_within(other, actor)))
}

fn is_assault(telling: &Telling<'_>) -> bool {
    matches!(telling.statement.proposition, PropositionRecord::Event { event: EventType::Assault, .. })
}

fn own(lane: &Lane) -> bool {
    lane.by_actor_id == lane.actor_id && (lane.by_actor_id.is_some() || lane.by == lane.actor)
}

fn names(independence: &Independence) -> String {
    let names: Vec<&str> = independence.sources.iter().map(|source| source.name.as_str()).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.join(""),
    }
}

fn unasserted(tellings: &[Telling<'_>]) -> Graded<Status> {
    if tellings.iter().any(|telling| telling.statement.negated) {
        graded(Status::Discounted, "It is told only as not so.")
    } else {
        graded(Status::Unrealized, "It is told only as planned, expected or supposed.")
    }
}

/// Whether every source that told it has later said, in the same voice, that it is not so.
fn withdrawn(tellings: &[Telling<'_>], independence: &Independence) -> Option<String> {
    let denials: Vec<&Telling<'_>> = tellings.iter().filter(|telling| telling.statement.negated).collect();
    let by_same = |denial: &&&Telling<'_>, source: &crate::informant::Source| {
        let outlet = denial.report.credit.as_ref().or(denial.report.publisher.as_ref());
        let speaker = denial.statement.attribution.last();
        let same = match speaker {
            None => outlet == Some(&source.name),
            Some(link) => {
                link.actor_id.as_ref().is_some_and(|id| source.actor_id.as_ref() == Some(id))
                    || link.source == source.name
                    || link.name.as_ref() == Some(&source.name)
            }
        };
        same && tellings.iter().any(|told| source.statements.contains(&told.statement.id) && told.day() <= denial.day())
    };
    let last =
        independence.sources.iter().map(|source| denials.iter().find(|denial| by_same(denial, source))).collect::<Option<Vec<_>>>()?;
    let denial = last.last()?;
    Some(format!("Who told it has withdrawn it: “{}”.", denial.statement.evidence.words.text))
}

/// Whether more sources that have no part in it say that it did not happen than say that it did.
fn refuted(tellings: &[Telling<'_>], independence: &Independence, weighing: &Weighing<'_>) -> Option<String> {
    let denials: Vec<Telling<'_>> = tellings.iter().filter(|telling| telling.statement.negated).copied().collect();
    let affirmed: Vec<sayso_types::record::StatementRecord> =
        denials.iter().map(|telling| sayso_types::record::StatementRecord { negated: false, ..telling.statement.clone() }).collect();
    let affirmed: Vec<Telling<'_>> = denials.iter().zip(&affirmed).map(|(telling, statement)| Telling { statement, ..*telling }).collect();
    let deniers = crate::informant::independence(&affirmed, weighing.words, weighing.kinship);
    let outsiders = deniers.sources.iter().filter(|source| !source.is_perpetrator).count();
    (outsiders > independence.sources.len())
        .then(|| format!("{outsiders} independent sources say that it is not so, {} that it is.", independence.sources.len()))
}

/// Why whose doing it was is disputed; `None` where it is not.
fn contested(tellings: &[Telling<'_>], lanes: &[Lane], kinship: &Kinship) -> Option<String> {
    let akin = |one: &Lane, other: &Lane| match (&one.actor_id, &other.actor_id) {
        (Some(one), Some(other)) => kinship.is_within(one, other) || kinship.is_within(other, one),
        _ => one.actor == other.actor,
    };
    let named = |lane: &&Lane| matches!(lane.stance, Stance::Claimed | Stance::Blamed | Stance::Confirmed);
    let accusations: Vec<&Lane> = lanes.iter().filter(named).filter(|lane| !suffers(lane, tellings, kinship)).collect();
    for (at, one) in accusations.iter().enumerate() {
        if let Some(other) = accusations[at + 1..].iter().find(|other| one.by != other.by && !akin(one, other)) {
            return Some(format!("{}; {}.", told(one), told(other)));
        }
    }
    let denial = lanes.iter().find(|lane| lane.stance == Stance::Denied)?;
    let accusation = accusations.iter().find(|lane| lane.stance == Stance::Blamed && akin(lane, denial));
    Some(match accusation {
        Some(accusation) => format!("{}; {}.", told(accusation), told(denial)),
        None => format!("{}.", told(denial)),
    })
}

/// "Interior Ministry blames the Taliban".
fn told(lane: &Lane) -> String {
    match lane.stance {
        Stance::Claimed => format!("{} has claimed it", lane.by),
        Stance::Confirmed => format!("{} has confirmed that it was {}", lane.by, lane.actor),
        Stance::Blamed => format!("{} holds {} responsible", lane.by, lane.actor),
        Stance::Denied if lane.by == lane.actor => format!("{} denies it", lane.by),
        Stance::Denied => format!("{} says that it was not {}", lane.by, lane.actor),
    }
}

/// The credibility that the rule proposes.
pub(super) fn credibility(
    tellings: &[Telling<'_>],
    independence: &Independence,
    status: &Graded<Status>,
    weighing: &Weighing<'_>,
) -> Graded<Credibility> {
    let hedged =
        tellings.iter().filter(|telling| !telling.statement.negated).all(|telling| telling.statement.modality != Modality::Asserted);
    let reliability = |name: &String| weighing.settled.reliability.get(name).copied();
    let trusted = independence.sources.iter().find(|source| reliability(&source.name).is_some_and(|grade| grade <= Reliability::B));
    let (grade, why) = match (status.grade, independence.sources.len()) {
        (Status::Unrealized, _) => (6, "it has not happened yet as far as is told".to_owned()),
        (Status::Discounted, _) => (5, "it is withdrawn or refuted".to_owned()),
        (_, 0) => (6, "nobody says that it is so".to_owned()),
        (Status::Contested, 1) => (4, "one source tells it, and whose doing it was is disputed".to_owned()),
        (Status::Contested, number) => (2, format!("{number} independent sources tell it, but whose doing it was is disputed")),
        (_, 1) if hedged => (4, "one source tells it, and not as certain".to_owned()),
        (_, 1) => match trusted {
            Some(source) => (2, format!("one source tells it, {}, which is graded as reliable", source.name)),
            None => (3, "one source tells it".to_owned()),
        },
        (_, number) if hedged => (3, format!("{number} independent sources tell it, none as certain")),
        (_, number) => (1, format!("{number} independent sources confirm each other")),
    };
    graded(Credibility(grade), why)
}
