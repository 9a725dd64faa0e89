//! What fills the official slots beside the five strings? Descriptions, types, numbers and effects, each said of its string, and the
//! incident's own day, place, stage and category.

use std::collections::BTreeMap;

use sayso::types::{ActorKind, Edtf, Place, PlaceKind, QuantityOf, RoleName, Stance, Statement};
use sayso_coding::lexicon::NounClass;
use sayso_coding::mention::entity::{Entity, EntityClass};
use serde::Deserialize;

use super::fills::Text;
use super::template::Slot;

/// How the official slots write what the record has by other names.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codes {
    /// ISO 3166-1 alpha-3 to the name of the country.
    countries: BTreeMap<String, String>,
    /// The class of a noun to the type of a human target.
    classes: BTreeMap<String, String>,
    /// Words in the phrase of a human target to its type.
    people: BTreeMap<String, String>,
    /// Nouns to the type of a physical target.
    things: BTreeMap<String, String>,
    /// Nouns to the type of an instrument.
    weapons: BTreeMap<String, String>,
    /// Frames to what they do to people.
    harm: BTreeMap<String, String>,
    /// Frames to what they do to things.
    damage: BTreeMap<String, String>,
}

/// A fill of an official slot, as the keys write it.
pub type SlotFill = (u8, String);

/// The fills that one statement gives.
pub fn of_statement(text: &Text<'_>, statement: &Statement) -> Vec<SlotFill> {
    let codes = &text.conventions.codes;
    let mut found = Vec::new();
    for role in statement.roles.iter().filter(|r| r.role == RoleName::Recipient) {
        let Some(entity) = text.entity(role) else { continue };
        let names = text.people(entity);
        let head = text.content(entity.head);
        if names.is_empty() && is_people(text, entity) {
            let words = quoted(&text.phrase(head));
            found.push((19, words.clone()));
            found.push((21, format!("{}: {words}", number(text, head))));
            found.extend(person(text, statement, entity, &words));
        }
        for name in names {
            let words = quoted(&name);
            found.push((21, format!("1: {words}")));
            found.extend(person(text, statement, entity, &words));
        }
        for (slot, words) in text.target(role) {
            if slot == Slot::PhysicalTarget {
                let words = quoted(&words);
                let kind = codes.things.get(text.tree.lemma(head)).map_or("OTHER", String::as_str);
                found.push((13, format!("{kind}: {words}")));
                found.push((14, format!("{}: {words}", number(text, head))));
                found.extend(codes.damage.get(&statement.rule).map(|effect| (16, format!("{effect}: {words}"))));
            }
        }
    }
    for role in statement.roles.iter().filter(|r| r.role == RoleName::Actor) {
        let fills = text.perpetrator(role);
        let military = role
            .actor_id
            .as_deref()
            .and_then(|id| text.kind(id))
            .is_some_and(|k| matches!(k, ActorKind::Military | ActorKind::Police | ActorKind::Government | ActorKind::State))
            || text.entity(role).is_some_and(|e| matches!(e.class, EntityClass::Noun(NounClass::Soldier | NounClass::Police)));
        if !fills.is_empty() {
            found.push((8, (if military { "STATE-SPONSORED VIOLENCE" } else { "TERRORIST ACT" }).to_owned()));
        }
    }
    found
}

/// The confidence with which organizations are said to have done it, by the statements' stances.
pub fn confidence(stances: &[Stance]) -> &'static str {
    match stances {
        stances if stances.contains(&Stance::Claimed) => "CLAIMED OR ADMITTED",
        stances if stances.contains(&Stance::Blamed) => "SUSPECTED OR ACCUSED",
        _ => "REPORTED AS FACT",
    }
}

/// An instrument's type, said of its words.
pub fn weapon(codes: &Codes, words: &str) -> Option<SlotFill> {
    let words_lower = words.to_lowercase();
    let kind = codes.weapons.iter().filter(|(noun, _)| words_lower.contains(noun.as_str())).max_by_key(|(noun, _)| noun.len())?;
    Some((7, format!("{}: {}", kind.1, quoted(words))))
}

/// The day: exact, or up to the day of the report.
pub fn day(day: Option<&Edtf>, published: Option<&Edtf>) -> Option<SlotFill> {
    let written = |date: jiff::civil::Date| date.strftime("%d %b %y").to_string().to_uppercase();
    let exact = day.and_then(Edtf::exact_day).map(written);
    let range = || {
        let (from, until) = (day?.earliest()?, day?.latest()?);
        Some(format!("{} - {}", written(from), written(until)))
    };
    let until = || published.and_then(Edtf::latest).map(|date| format!("- {}", written(date)));
    exact.or_else(range).or_else(until).map(|text| (2, text))
}

/// The place: country, and the town or division in it.
pub fn place(codes: &Codes, place: Option<&Place>, focus: Option<&str>) -> Option<SlotFill> {
    let country = codes.countries.get(place.map(|p| p.country.as_str()).filter(|c| codes.countries.contains_key(*c)).or(focus)?)?;
    let inner = place.and_then(|p| match p.kind {
        PlaceKind::Populated | PlaceKind::Capital => Some(format!(": {} (CITY)", p.name.to_uppercase())),
        PlaceKind::Admin1 => Some(format!(": {} (DEPARTMENT)", p.name.to_uppercase())),
        _ => None,
    });
    Some((3, format!("{country}{}", inner.unwrap_or_default())))
}

/// A string as the keys write it.
pub fn quoted(words: &str) -> String {
    format!("\"{}\"", words.to_uppercase().replace('"', "\\\""))
}

fn is_people(text: &Text<'_>, entity: &Entity) -> bool {
    use NounClass as N;
    let named = !matches!(entity.class, EntityClass::Noun(_));
    let class = match entity.class {
        EntityClass::Noun(class) => Some(class),
        _ => None,
    };
    !named
        && class.is_some_and(|c| {
            matches!(c, N::Civilian | N::Official | N::Leader | N::Soldier | N::Police | N::Member | N::Crowd | N::Relative)
        })
        && !text.is_one_of(&text.conventions.empty, entity.head)
}

/// Type and effect of a human target.
fn person(text: &Text<'_>, statement: &Statement, entity: &Entity, words: &str) -> Vec<SlotFill> {
    let codes = &text.conventions.codes;
    let by_word = entity.tokens.clone().find_map(|t| codes.people.get(text.tree.lemma(t)));
    let class = match entity.class {
        EntityClass::Noun(class) => format!("{class:?}").to_lowercase(),
        _ => "civilian".to_owned(),
    };
    let kind = by_word.or_else(|| codes.classes.get(&class)).map_or("CIVILIAN", String::as_str);
    let killed = statement.quantities.iter().any(|q| q.of == QuantityOf::Killed).then_some("DEATH");
    let injured = || statement.quantities.iter().any(|q| q.of == QuantityOf::Injured).then_some("INJURY");
    let of_frame = codes.harm.get(&statement.rule).map(String::as_str);
    let effect = of_frame.or(killed).or_else(injured);
    let mut found = vec![(20, format!("{kind}: {words}"))];
    found.extend(effect.map(|effect| (23, format!("{effect}: {words}"))));
    found
}

/// How many: the count before a noun, one, or several.
fn number(text: &Text<'_>, head: usize) -> String {
    let counted = text.mentions.quantities.iter().find(|q| q.noun == Some(head)).and_then(|q| q.best);
    let plural = text.tree.word(head).to_lowercase() != text.tree.lemma(head);
    counted.map_or_else(|| (if plural { "PLURAL" } else { "1" }).to_owned(), |n| n.to_string())
}
