//! By which words and which name? Roles and sources of a statement, from the entities that fill them.

use sayso_types::{ActorKind, Relation, Role, RoleName, SourceKind, Span};

use super::Coding;
use crate::lexicon::NounClass;
use crate::mention::entity::{Entity, EntityClass, Referent};
use crate::syntax::noun_phrase;

/// The roles that one filler gives: one, or one for each actor that "the two groups" refers to.
pub(super) fn roles(coding: &Coding<'_>, role: RoleName, head: usize) -> Vec<Role> {
    let span = words(coding, head);
    let Some(entity) = coding.mentions.entities.at(head) else {
        return vec![Role { role, span, actor_id: None, name: None }];
    };
    match &entity.referent {
        Referent::Actors(actors) => actors
            .iter()
            .map(|actor| {
                let actor = coding.knowledge.registry.actor(*actor);
                Role { role, span, actor_id: Some(actor.id.clone()), name: Some(actor.name().to_owned()) }
            })
            .collect(),
        Referent::Named(name) => vec![Role { role, span, actor_id: None, name: Some(name.clone()) }],
        Referent::Described => vec![Role { role, span, actor_id: None, name: None }],
    }
}

/// The registry's id and name, or the plain name, of what a head refers to.
pub(super) fn identity(coding: &Coding<'_>, head: usize) -> (Option<String>, Option<String>) {
    roles(coding, RoleName::Actor, head).into_iter().next().map_or((None, None), |role| (role.actor_id, role.name))
}

/// The words of a filler: its noun phrase, with the count that belongs to it.
pub(super) fn words(coding: &Coding<'_>, head: usize) -> Span {
    let entity = coding.mentions.entities.at(head);
    let phrase =
        entity.map_or_else(|| noun_phrase(coding.tree, head), |e| if e.head == head { e.span } else { noun_phrase(coding.tree, head) });
    let name = coding
        .mentions
        .actors
        .iter()
        .find(|(range, _)| range.contains(&head))
        .map(|(range, _)| coding.tree.analysis.span_of(range.clone()));
    let toponym = coding.mentions.places.iter().find(|p| p.tokens.contains(&head)).map(|p| p.span);
    let measure = coding.tree.head(head).filter(|above| coding.tree.measured(*above) == head).map(|above| noun_phrase(coding.tree, above));
    let count = coding.mentions.quantities.iter().find(|q| q.noun == Some(head) && q.tokens.start < head).map(|q| q.span);
    [name, toponym, measure, count].into_iter().flatten().fold(phrase, Span::cover)
}

/// The words of a filler with the person's name that stands behind it: "the defence minister, Ana Silva".
pub(super) fn words_with_name(coding: &Coding<'_>, head: usize) -> Span {
    let tree = coding.tree;
    let is_person = |t: usize| coding.mentions.entities.at(t).is_some_and(|e| e.class == EntityClass::Person);
    let name = tree.children(head).find(|c| *c > head && tree.relation(*c) == Relation::Appos && is_person(*c));
    let words = words(coding, head);
    name.map_or(words, |name| words.cover(self::words(coding, name)))
}

/// What kind of source stands at `head`.
pub(super) fn source_kind(coding: &Coding<'_>, head: usize) -> SourceKind {
    let Some(entity) = coding.mentions.entities.at(head) else { return SourceKind::Unnamed };
    match entity.class {
        EntityClass::Noun(NounClass::Document) => SourceKind::Document,
        EntityClass::Person => SourceKind::Person,
        _ => of_actor(coding, entity),
    }
}

fn of_actor(coding: &Coding<'_>, entity: &Entity) -> SourceKind {
    if let Some(actor) = entity.referent.actors().first() {
        return match coding.knowledge.registry.actor(*actor).kind {
            ActorKind::State
            | ActorKind::Government
            | ActorKind::Military
            | ActorKind::Police
            | ActorKind::Intelligence
            | ActorKind::Office => SourceKind::Government,
            ActorKind::ArmedGroup | ActorKind::Militia => SourceKind::ArmedGroup,
            ActorKind::Media | ActorKind::Agency => SourceKind::Media,
            ActorKind::People => SourceKind::Unnamed,
            ActorKind::Person => SourceKind::Person,
            _ => SourceKind::Organization,
        };
    }
    match (&entity.class, &entity.referent) {
        (EntityClass::Organization, _) => SourceKind::Organization,
        (EntityClass::Noun(NounClass::Soldier | NounClass::Police | NounClass::Official | NounClass::Intelligence), _) => {
            SourceKind::Government
        }
        (_, Referent::Named(_)) => SourceKind::Person,
        _ => SourceKind::Unnamed,
    }
}
