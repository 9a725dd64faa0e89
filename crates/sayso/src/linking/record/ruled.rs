//! What did people decide, in terms of linking?

use std::collections::{BTreeMap, BTreeSet};

use sayso_linking::account::Settled;
use sayso_linking::origin;
use sayso_store::{Reading, Record, Ruling};
use sayso_types::decision::{Action, Judgement, Origin};
use sayso_types::record::GroupKind;

use super::super::whole::Ruled;

/// What the decisions that hold come to; a later one goes before an earlier one where they contradict each other.
pub fn ruled(reading: Reading<'_>) -> Result<Ruled, sayso_store::Error> {
    Ok(of_rulings(&reading.rulings()?))
}

/// The same of some rulings.
pub(super) fn of_rulings(rulings: &[Ruling]) -> Ruled {
    let mut ruled = Ruled::default();
    let mut judged: BTreeMap<(String, String), Judgement> = BTreeMap::new();
    for ruling in rulings {
        match &ruling.action {
            Action::Join { kind: GroupKind::Event, .. } => {
                let joined: BTreeSet<i64> = ruling.members.iter().copied().collect();
                ruled.apart.retain(|(one, other)| !(joined.contains(one) && joined.contains(other)));
                for other in ruling.members.iter().skip(1) {
                    ruled.together.insert(ordered(ruling.members[0], *other));
                }
            }
            Action::Split { kind: GroupKind::Event, .. } => {
                for pair in ruling.members.iter().flat_map(|one| ruling.from.iter().map(|other| ordered(*one, *other))) {
                    ruled.together.remove(&pair);
                    ruled.apart.insert(pair);
                }
            }
            Action::Actors { judgement, a, b } => drop(judged.insert((a.clone(), b.clone()), *judgement)),
            Action::Settle { attribute, value, .. } => {
                let text = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
                of_event(&mut ruled, &ruling.members, |settled| {
                    drop(settled.values.insert(attribute.clone(), (text.clone(), ruling.why.clone())))
                });
            }
            Action::Status { status, .. } => {
                of_event(&mut ruled, &ruling.members, |settled| settled.status = Some((*status, ruling.why.clone())));
            }
            Action::Reliability { source, grade } => drop(ruled.reliability.insert(source.clone(), *grade)),
            Action::Origin { origin, .. } => ruled.origins.extend(ruling.texts.map(|(one, other)| {
                let ruling = if *origin == Origin::Together { origin::Ruling::Together } else { origin::Ruling::Apart };
                origin::Judgement { one, other, ruling }
            })),
            _ => {}
        }
    }
    let of = |wanted: Judgement| judged.iter().filter(move |(_, judgement)| **judgement == wanted).map(|(pair, _)| pair.clone());
    let different: BTreeSet<(String, String)> = of(Judgement::Different).collect();
    ruled.identities = identities(of(Judgement::Same), &different);
    ruled.kin = of(Judgement::PartOf).collect();
    ruled
}

fn ordered(one: i64, other: i64) -> (i64, i64) {
    (one.min(other), one.max(other))
}

fn of_event(ruled: &mut Ruled, members: &[i64], mut set: impl FnMut(&mut Settled)) {
    for member in members {
        set(ruled.settled.entry(*member).or_default());
    }
}

/// Each actor that is another, with the one that stands for all of them: one of the registry before a candidate, then the first by id.
/// Clusters are made anew from the judgements; one that would hold two that are judged different is not made.
fn identities(same: impl Iterator<Item = (String, String)>, different: &BTreeSet<(String, String)>) -> BTreeMap<String, String> {
    let mut clusters: Vec<BTreeSet<String>> = Vec::new();
    for (one, other) in same {
        let mut joined = BTreeSet::from([one, other]);
        let (touched, rest): (Vec<_>, Vec<_>) = clusters.iter().cloned().partition(|cluster| !cluster.is_disjoint(&joined));
        joined.extend(touched.into_iter().flatten());
        let contradicted = different.iter().any(|(one, other)| joined.contains(one) && joined.contains(other));
        if !contradicted {
            clusters = rest;
            clusters.push(joined);
        }
    }
    let mut identities = BTreeMap::new();
    for cluster in clusters {
        let Some(first) = cluster.iter().min_by_key(|id| (id.starts_with("c:"), id.as_str())).cloned() else { continue };
        identities.extend(cluster.into_iter().filter(|id| *id != first).map(|id| (id, first.clone())));
    }
    identities
}

/// All ids under which an actor is known, itself among them: those that people judged to be the same.
///
/// # Errors
/// What the store says.
pub fn same_actors(reading: Reading<'_>, actor: &str) -> Result<Vec<String>, sayso_store::Error> {
    let identities = of_rulings(&reading.judgements()?).identities;
    let stands_for = |id: &str| identities.get(id).cloned().unwrap_or_else(|| id.to_owned());
    let of = stands_for(actor);
    let mut same: BTreeSet<String> = identities.iter().filter(|(_, other)| **other == of).map(|(id, _)| id.clone()).collect();
    same.extend([of, actor.to_owned()]);
    Ok(same.into_iter().collect())
}

/// The ids that a name of an actor or source can mean in questions, with all those that people judged to be the same; of whom the
/// registry does not have, the names.
///
/// # Errors
/// What the store says.
pub fn actors_meant(record: &Record, name: &str) -> Result<Vec<String>, sayso_store::Error> {
    let mut meant = BTreeSet::new();
    for id in record.parties_named(name)? {
        let same = same_actors(record.reading(), &id)?;
        meant.extend(same.into_iter().map(|id| id.strip_prefix("c:").map(ToOwned::to_owned).unwrap_or(id)));
        meant.insert(id);
    }
    Ok(meant.into_iter().collect())
}
