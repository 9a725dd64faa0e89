//! Between which two does a relation hold? A relation of one with several is one statement for each pair.

use sayso_types::{RelationType, RoleName};

use super::{Coding, Instance};
use crate::frame::Yields;
use crate::syntax::is_included;

/// An instance as it stands, or, of a relation, one for each pair of its sides.
///
/// "The RSF fights the army and the Joint Force" is two rivalries. What is only named as one of a group ("local militias, including the
/// TTP") stays with that group.
pub(super) fn pairs<'f>(coding: &Coding<'_>, instance: &Instance<'f>) -> Vec<Instance<'f>> {
    let Yields::Relation(relation) = instance.frame.yields else { return vec![instance.clone()] };
    let of = |name: RoleName| sides(coding, instance, name);
    let (mut actors, mut recipients) = (of(RoleName::Actor), of(RoleName::Recipient));
    if relation.is_symmetric() && recipients.is_empty() && actors.len() >= 2 {
        recipients = actors.split_off(1);
    }
    if actors.len() <= 1 && recipients.len() <= 1 || actors.is_empty() || recipients.is_empty() {
        return vec![with_sides(instance, relation, &actors.concat(), &recipients.concat())];
    }
    let mut found = Vec::new();
    for actor in &actors {
        for recipient in &recipients {
            found.push(with_sides(instance, relation, actor, recipient));
        }
    }
    found
}

/// The fillers of a role, each with those named as one of it.
fn sides(coding: &Coding<'_>, instance: &Instance<'_>, name: RoleName) -> Vec<Vec<usize>> {
    let mut found: Vec<Vec<usize>> = Vec::new();
    for (_, head) in instance.roles.iter().filter(|(role, _)| *role == name) {
        match found.last_mut() {
            Some(side) if is_included(coding.tree, *head) => side.push(*head),
            _ => found.push(vec![*head]),
        }
    }
    found
}

fn with_sides<'f>(instance: &Instance<'f>, _relation: RelationType, actors: &[usize], recipients: &[usize]) -> Instance<'f> {
    let mut pair = instance.clone();
    pair.roles.retain(|(role, _)| !matches!(role, RoleName::Actor | RoleName::Recipient));
    pair.roles.extend(actors.iter().map(|head| (RoleName::Actor, *head)));
    pair.roles.extend(recipients.iter().map(|head| (RoleName::Recipient, *head)));
    pair
}
