//! Who claims it, who is blamed by whom, who denies, who confirms?

use sayso_types::record::{PropositionRecord, RoleRecord, StatementRecord};
use sayso_types::{EventType, RoleName, Stance, pieces};

use super::{Lane, Weighing};
use crate::informant::{Informant, InformantKind};
use crate::telling::Telling;

/// The lanes of an event, in the order of reading. Nobody is blamed for what is no conflict, but whoever takes part may announce it: "the
/// ministry said that it had freed ten men".
pub(super) fn lanes(tellings: &[Telling<'_>], weighing: &Weighing<'_>) -> Vec<Lane> {
    let mut lanes: Vec<Lane> = Vec::new();
    for telling in tellings {
        if is_conflict(telling.statement) {
            lanes.extend(stated(telling));
            lanes.extend(attributed(telling, weighing));
        } else if is_deed(telling.statement) {
            lanes.extend(announced(telling, tellings, weighing));
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    lanes.retain(|lane| seen.insert((lane.stance.as_str(), lane.by.clone(), lane.actor.clone(), lane.statement.clone())));
    lanes
}

fn is_conflict(statement: &StatementRecord) -> bool {
    matches!(statement.proposition, PropositionRecord::Event { event, .. } if event.is_material_conflict())
}

/// What is done, not only said.
fn is_deed(statement: &StatementRecord) -> bool {
    use EventType::{Agree, Aid, Concede, Cooperate, Retreat};
    matches!(statement.proposition, PropositionRecord::Event { event: Agree | Aid | Concede | Cooperate | Retreat, .. })
}

/// That one who takes part says so: by the statement itself, or, where that names nobody, by any other of the event.
fn announced(telling: &Telling<'_>, all: &[Telling<'_>], weighing: &Weighing<'_>) -> Option<Lane> {
    let informant = Informant::of(telling, weighing.words);
    if telling.statement.negated || informant.kind != InformantKind::Named {
        return None;
    }
    let of = |telling: &Telling<'_>| doers(telling.statement).find(|role| speaks_as(&informant, role, telling, weighing)).cloned();
    let names_nobody = doers(telling.statement).next().is_none();
    let doer = of(telling).or_else(|| if names_nobody { all.iter().find_map(of) } else { None })?;
    Some(lane(telling, Stance::Confirmed, (informant.name.clone(), doer.actor_id.clone()), (name(&doer), doer.actor_id.clone())))
}

/// Whether an informant is who takes part in a role, or speaks for it.
fn speaks_as(informant: &Informant, role: &RoleRecord, telling: &Telling<'_>, weighing: &Weighing<'_>) -> bool {
    informant.is(&Informant::taking_part(role, telling, weighing.words), weighing.kinship)
}

/// What the statement says of responsibility in so many words.
fn stated<'a>(telling: &'a Telling<'_>) -> impl Iterator<Item = Lane> + 'a {
    let doer = doers(telling.statement).next();
    telling.statement.responsibility.iter().map(move |responsibility| {
        let by = responsibility.name.clone().unwrap_or_else(|| responsibility.by.clone());
        let by_actor_id = responsibility.actor_id.clone();
        let (actor, actor_id) = match responsibility.stance {
            Stance::Blamed => doer.map_or_else(|| ("unknown".to_owned(), None), |doer| (name(doer), doer.actor_id.clone())),
            Stance::Claimed | Stance::Denied | Stance::Confirmed => (by.clone(), by_actor_id.clone()),
        };
        lane(telling, responsibility.stance, (by, by_actor_id), (actor, actor_id))
    })
}

/// What follows from who says that a named actor did it: itself, or another.
fn attributed<'a>(telling: &'a Telling<'_>, weighing: &'a Weighing<'_>) -> impl Iterator<Item = Lane> + 'a {
    let named: Vec<&RoleRecord> = doers(telling.statement).collect();
    // Of a fight, which has two sides, nobody is said to be the one who did it.
    let only = if named.len() == 1 { named } else { Vec::new() };
    only.into_iter().filter_map(move |doer| {
        let informant = Informant::of(telling, weighing.words);
        // Whom only a pronoun leads to is no party by that; nor is whoever has no name, "an official".
        let is_party = doer.actor_id.is_some() || pieces(&doer.words.text).iter().any(|piece| pieces(&name(doer)).contains(piece));
        let has_name = telling.statement.attribution.last().is_some_and(|link| link.actor_id.is_some() || link.name.is_some());
        let speaks_of_itself = is_party && has_name && speaks_as(&informant, doer, telling, weighing);
        let stance = match (telling.statement.negated, speaks_of_itself) {
            (true, _) => Stance::Denied,
            (false, true) => Stance::Claimed,
            // A voice that tells who did it without a source takes nobody's side; it is told under `actor`.
            (false, false) if informant.kind == InformantKind::Voice || !is_party => return None,
            (false, false) => Stance::Blamed,
        };
        let by = (informant.name, informant.actor_id);
        Some(lane(telling, stance, by, (name(doer), doer.actor_id.clone())))
    })
}

/// Those who are named as doing it.
fn doers(statement: &StatementRecord) -> impl Iterator<Item = &RoleRecord> {
    statement.roles.iter().filter(|role| role.role == RoleName::Actor && (role.actor_id.is_some() || role.name.is_some()))
}

fn name(role: &RoleRecord) -> String {
    role.name.clone().unwrap_or_else(|| role.words.text.clone())
}

fn lane(telling: &Telling<'_>, stance: Stance, by: (String, Option<String>), actor: (String, Option<String>)) -> Lane {
    Lane {
        stance,
        by: by.0,
        by_actor_id: by.1,
        actor: actor.0,
        actor_id: actor.1,
        statement: telling.statement.id.clone(),
        day: telling.day(),
    }
}
