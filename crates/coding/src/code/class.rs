//! Can this word fill that role? What a frame's pattern asks of a filler, told from the entities.

use sayso_types::{PlaceKind, Relation, Upos};

use super::Coding;
use crate::frame::Class;
use crate::lexicon::NounClass as N;
use crate::mention::entity::{Entity, EntityClass};
use crate::mention::quantity::{QuantityClass, QuantityMention};

/// Whether the token at `head` is of a class.
pub(super) fn holds(coding: &Coding<'_>, class: Class, head: usize) -> bool {
    if is_time(coding, head) {
        return false;
    }
    if class == Class::Event {
        return is_event(coding, head);
    }
    let Some(entity) = coding.mentions.entities.at(head) else { return class == Class::Any };
    if is_empty_pronoun(coding, entity) {
        return false;
    }
    if class != Class::Any && entity.class == EntityClass::Pronoun && is_reflexive(coding.tree.word(head)) {
        // "rebranded itself": who does it to himself stands as the subject already.
        return false;
    }
    match class {
        Class::Any => true,
        Class::Actor => entity.can_act() && !is_event(coding, head) && !is_mere_place(coding, entity),
        Class::Named => entity.is_named() && entity.can_act(),
        Class::Group => entity.is_group(),
        Class::Body => is_body(coding, entity),
        Class::Individual => is_individual(coding, entity),
        Class::Person => entity.is_people() || is_counted_number(coding, head),
        Class::Place => entity.class == EntityClass::Place || matches!(entity.class, EntityClass::Noun(N::Territory | N::State)),
        Class::Territory => is_territory(coding, entity),
        Class::Building => is_building(coding, entity),
        Class::Weapon => entity.class == EntityClass::Noun(N::Weapon),
        Class::Money => entity.class == EntityClass::Noun(N::Money) || coding.tree.word(head).starts_with(['$', '€', '£']),
        Class::Target => !is_event(coding, head) && !is_abstract(coding, entity) && entity.class != EntityClass::Noun(N::Weapon),
        Class::Event => false,
    }
}

/// Whether a token stands inside a time expression.
pub(super) fn is_time(coding: &Coding<'_>, token: usize) -> bool {
    coding.mentions.times.iter().any(|t| t.tokens.contains(&token))
}

/// Whether a noun names a happening: by the lexicon, or because a frame of events is triggered by it.
pub(super) fn is_event(coding: &Coding<'_>, head: usize) -> bool {
    let named = coding.mentions.entities.at(head).is_some_and(|e| e.is_named());
    !named && coding.knowledge.nouns.class(coding.tree.lemma(head)) == Some(N::Event)
}

/// "the attack", "this attack": a noun for what was spoken of before.
pub(super) fn is_definite(coding: &Coding<'_>, head: usize) -> bool {
    let tree = coding.tree;
    tree.children(head).any(|c| tree.relation(c) == Relation::Det && matches!(tree.lemma(c), "the" | "this" | "that"))
}

/// Whether an entity is somebody under arms: a fighter, soldier or policeman, or an armed group or force of the registry.
pub(super) fn bears_arms(coding: &Coding<'_>, entity: &Entity) -> bool {
    use sayso_types::ActorKind as K;
    let kinds = entity.referent.actors().iter().map(|a| coding.knowledge.registry.actor(*a).kind);
    let armed = |kind: K| !matches!(kind, K::Person | K::People | K::Media | K::Agency | K::Ngo | K::Company | K::Party);
    matches!(entity.class, EntityClass::Noun(N::Fighter | N::Soldier | N::Police | N::Intelligence | N::Group | N::Relative))
        || kinds.into_iter().any(armed)
}

fn is_reflexive(word: &str) -> bool {
    word.ends_with("self") || word.ends_with("selves")
}

fn is_empty_pronoun(coding: &Coding<'_>, entity: &Entity) -> bool {
    let word = coding.tree.word(entity.head).to_lowercase();
    entity.class == EntityClass::Pronoun
        && !entity.is_named()
        && coding.knowledge.nouns.class(&word).is_none()
        && !matches!(word.as_str(), "they" | "them" | "he" | "him" | "she" | "her" | "we" | "us" | "others" | "one")
}

/// A town or province does not act; a country does.
fn is_mere_place(coding: &Coding<'_>, entity: &Entity) -> bool {
    entity.class == EntityClass::Place
        && (entity.referent.actors().is_empty()
            || place_kind(coding, entity.head).is_some_and(|k| !matches!(k, PlaceKind::Country | PlaceKind::Capital)))
}

fn place_kind(coding: &Coding<'_>, head: usize) -> Option<PlaceKind> {
    coding.mentions.places.iter().find(|p| p.tokens.contains(&head))?.place.known().map(|p| p.kind)
}

fn is_territory(coding: &Coding<'_>, entity: &Entity) -> bool {
    match entity.class {
        EntityClass::Place => true,
        // A town that the name tagger took for a person: "seized Ataq".
        EntityClass::Person | EntityClass::Organization if entity.tokens.len() == 1 => {
            coding.knowledge.gazetteer.has_name(coding.tree.word(entity.head))
        }
        // "Basra University", "Al-Shifa hospital".
        EntityClass::Organization => {
            matches!(coding.knowledge.nouns.class(&coding.tree.word(entity.head).to_lowercase()), Some(N::Territory | N::Building))
        }
        EntityClass::Noun(N::Territory | N::Building | N::State) => true,
        EntityClass::Actor => coding.mentions.places.iter().any(|p| p.tokens.contains(&entity.head)),
        _ => false,
    }
}

/// "a market", "the Presto restaurant".
fn is_building(coding: &Coding<'_>, entity: &Entity) -> bool {
    match entity.class {
        EntityClass::Noun(class) => class == N::Building,
        EntityClass::Organization => coding.knowledge.nouns.class(&coding.tree.word(entity.head).to_lowercase()) == Some(N::Building),
        _ => false,
    }
}

fn is_body(coding: &Coding<'_>, entity: &Entity) -> bool {
    let kind = |a: &crate::resolve::registry::ActorIndex| coding.knowledge.registry.actor(*a).kind;
    let no_state =
        entity.referent.actors().iter().all(|a| !matches!(kind(a), sayso_types::ActorKind::State | sayso_types::ActorKind::People));
    entity.is_group() && no_state && !matches!(entity.class, EntityClass::Noun(N::Fighter | N::Official | N::State))
}

/// A person by name or title, or "he" and "she".
fn is_individual(coding: &Coding<'_>, entity: &Entity) -> bool {
    let tree = coding.tree;
    match entity.class {
        EntityClass::Person => true,
        EntityClass::Noun(N::Leader) => tree.word(entity.head).to_lowercase() == tree.lemma(entity.head),
        EntityClass::Pronoun => matches!(tree.lemma(entity.head), "he" | "she"),
        _ => false,
    }
}

fn is_counted_number(coding: &Coding<'_>, head: usize) -> bool {
    let counts = |q: &QuantityMention| q.tokens.contains(&head) && (q.class.is_people() || q.class == QuantityClass::Unknown);
    coding.tree.token(head).pos == Upos::Num || coding.mentions.quantities.iter().any(counts)
}

/// A thing that is no person, group, place, building or weapon: "concern", "responsibility".
fn is_abstract(coding: &Coding<'_>, entity: &Entity) -> bool {
    entity.class == EntityClass::Thing && !is_counted_number(coding, entity.head)
}
