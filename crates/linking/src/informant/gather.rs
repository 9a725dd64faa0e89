//! How many independent sources tell it? Each once, with what tells it, and why the rest was not counted.

use std::collections::BTreeMap;

use sayso_types::{Modality, RoleName};
use serde::Serialize;

use super::{Informant, InformantKind, InformantWords};
use crate::event::Kinship;
use crate::telling::Telling;

/// Who tells it independently, and what was not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Independence {
    /// The independent sources, in the order in which they were read.
    pub sources: Vec<Source>,
    /// Every telling that adds no source, and why.
    pub uncounted: Vec<Uncounted>,
}

/// One independent source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Source {
    /// What to call it.
    pub name: String,
    /// What kind.
    pub kind: InformantKind,
    /// The registry's actor behind it.
    pub actor_id: Option<String>,
    /// Whether its own text is in the record.
    pub holding: Holding,
    /// Whether it is who is said to have done it.
    pub is_perpetrator: bool,
    /// The statements that it makes, by id.
    pub statements: Vec<String>,
    /// The documents that carry them, by id.
    pub carriers: Vec<String>,
    /// Why it counts.
    pub why: String,
}

/// Whether a source's own text is in the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Holding {
    /// It is.
    Held,
    /// It is only cited.
    CitedNotHeld,
    /// It spoke; there is no text of its own to hold.
    Spoken,
}

/// A telling that adds no source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Uncounted {
    /// The statement, by id.
    pub statement: String,
    /// The document that carries it, by id.
    pub document: String,
    /// Why it does not count.
    pub why: String,
}

/// The independent sources of what tellings tell: distinct informants, and of documents' own voices distinct outlets.
///
/// Only who says that it is so counts; a denial, a plan and a supposition do not.
pub fn independence(tellings: &[Telling<'_>], words: &InformantWords, kinship: &Kinship) -> Independence {
    let mut uncounted = BTreeMap::new();
    let mut told: Vec<(usize, Informant)> = Vec::new();
    for (at, telling) in tellings.iter().enumerate() {
        match unasserted(telling) {
            Some(why) => drop(uncounted.insert(at, why.to_owned())),
            None => told.push((at, Informant::of(telling, words))),
        }
    }
    let mut groups: Vec<Vec<(usize, Informant)>> = Vec::new();
    told = resolved(told, tellings);
    told.sort_by_key(|(at, informant)| (std::cmp::Reverse(informant.precision(kinship)), tellings[*at].key));
    for (at, informant) in told {
        match groups.iter_mut().find(|group| group.iter().any(|(_, member)| member.is(&informant, kinship))) {
            Some(group) => group.push((at, informant)),
            None => groups.push(vec![(at, informant)]),
        }
    }
    for group in &mut groups {
        group.sort_by_key(|(at, _)| tellings[*at].key);
        for (at, informant) in &group[1..] {
            uncounted.insert(*at, repeated(tellings, (group[0].0, &group[0].1), (*at, informant)));
        }
    }
    groups.sort_by_key(|group| tellings[group[0].0].key);
    Independence {
        sources: groups.iter().map(|group| source(tellings, group, kinship)).collect(),
        uncounted: uncounted.into_iter().map(|(at, why)| uncounted_telling(&tellings[at], why)).collect(),
    }
}

/// The informants, whoever is only "he" being the one who spoke before in the same text.
fn resolved(mut told: Vec<(usize, Informant)>, tellings: &[Telling<'_>]) -> Vec<(usize, Informant)> {
    told.sort_by_key(|(at, _)| tellings[*at].key);
    for number in 0..told.len() {
        if !told[number].1.is_pronoun() {
            continue;
        }
        let text = tellings[told[number].0].text();
        let speaks = |(at, informant): &&(usize, Informant)| {
            tellings[*at].text() == text && informant.kind != InformantKind::Voice && !informant.is_pronoun()
        };
        if let Some((_, speaker)) = told[..number].iter().rev().find(speaks) {
            told[number].1 = speaker.clone();
        }
    }
    told
}

fn uncounted_telling(telling: &Telling<'_>, why: String) -> Uncounted {
    Uncounted { statement: telling.statement.id.clone(), document: telling.report.id.clone(), why }
}

/// Why a telling does not say that it is so; `None` where it does.
fn unasserted(telling: &Telling<'_>) -> Option<&'static str> {
    match telling.statement.modality {
        _ if telling.statement.negated => Some("it says that this is not so"),
        Modality::Future => Some("it speaks of it as planned or expected"),
        Modality::Hypothetical => Some("it only supposes it"),
        Modality::Unlikely => Some("it calls it unlikely"),
        Modality::Asserted | Modality::Probable | Modality::Possible => None,
    }
}

/// Why a telling adds nothing to another of the same informant.
fn repeated(tellings: &[Telling<'_>], (first, counted): (usize, &Informant), (at, informant): (usize, &Informant)) -> String {
    let (first, telling) = (&tellings[first], &tellings[at]);
    let place = if first.report.key == telling.report.key { "above in the same report".to_owned() } else { format!("in {}", cited(first)) };
    match telling.repeat() {
        Some(repeat) if first.text() == telling.text() => format!("it repeats the text of {}: {}", cited(first), repeat.why),
        _ if informant.kind == InformantKind::Voice => format!("the same outlet, {}, tells it {place}", counted.name),
        _ if informant.kind == InformantKind::Unnamed => {
            format!("“{}” cannot be told apart from “{}” {place}", informant.name, counted.name)
        }
        _ if informant.name == counted.name => format!("the same informant, {}, is counted {place}", counted.name),
        _ => format!("{} speaks as {}, counted {place}", informant.name, counted.name),
    }
}

/// "«headline» (publisher, day)".
fn cited(telling: &Telling<'_>) -> String {
    let report = telling.report;
    let published = telling.day().map(|day| day.to_string());
    let about: Vec<&str> = [report.publisher.as_deref(), published.as_deref()].into_iter().flatten().collect();
    if about.is_empty() { format!("«{}»", report.name()) } else { format!("«{}» ({})", report.name(), about.join(", ")) }
}

fn source(tellings: &[Telling<'_>], group: &[(usize, Informant)], kinship: &Kinship) -> Source {
    let (first, informant) = (&tellings[group[0].0], &group[0].1);
    let mut carriers: Vec<String> = group.iter().map(|(at, _)| tellings[*at].report.id.clone()).collect();
    let mut seen = std::collections::BTreeSet::new();
    carriers.retain(|carrier| seen.insert(carrier.clone()));
    let holding = holding(tellings, group);
    let cited_only = if holding == Holding::CitedNotHeld { "; cited, not held" } else { "" };
    let why = match informant.kind {
        InformantKind::Voice => format!("{} tells it itself in {}{cited_only}", informant.name, cited(first)),
        InformantKind::Witness => format!("{} saw it, as told in {}", informant.name, cited(first)),
        InformantKind::Named | InformantKind::Unnamed => format!("{} says so in {}{cited_only}", informant.name, cited(first)),
    };
    let actor_id = group.iter().find_map(|(_, informant)| informant.actor_id.clone());
    let is_perpetrator = actor_id.as_deref().is_some_and(|speaker| {
        let roles = tellings.iter().flat_map(|telling| &telling.statement.roles);
        let mut doers = roles.filter(|role| role.role == RoleName::Actor).filter_map(|role| role.actor_id.as_deref());
        doers.any(|doer| kinship.is_within(doer, speaker) || kinship.is_within(speaker, doer))
    });
    Source {
        name: informant.name.clone(),
        kind: informant.kind,
        actor_id,
        holding,
        is_perpetrator,
        statements: group.iter().map(|(at, _)| tellings[*at].statement.id.clone()).collect(),
        carriers,
        why,
    }
}

/// Whether the informant's own text is among the reports.
fn holding(tellings: &[Telling<'_>], group: &[(usize, Informant)]) -> Holding {
    let informant = &group[0].1;
    let held = group.iter().any(|(at, _)| {
        let telling = &tellings[*at];
        match telling.repeat() {
            Some(repeat) => repeat.held,
            None => telling.report.credit.is_none() && telling.statement.attribution.is_empty(),
        }
    });
    match informant.kind {
        InformantKind::Voice if held => Holding::Held,
        InformantKind::Voice => Holding::CitedNotHeld,
        _ if informant.is_text => Holding::CitedNotHeld,
        _ => Holding::Spoken,
    }
}
