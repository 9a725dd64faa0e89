//! What fills the official slots beside the five strings? Descriptions, types, numbers and effects, each said of its string, and the
//! incident's own day, place, stage and category.

use std::collections::BTreeMap;

use sayso::types::{ActorKind, Edtf, Place, PlaceKind, QuantityOf, Role, RoleName, Stance, Statement};
use sayso_coding::lexicon::NounClass;
use sayso_coding::mention::entity::EntityClass;
use serde::Deserialize;

use super::fills::{Fill, Text};
use super::incidents::Incident;
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
    /// Frames and incident types to what they do to people.
    harm: BTreeMap<String, String>,
    /// Frames and incident types to what they do to things.
    damage: BTreeMap<String, String>,
    /// Frames to the type of the weapon that they imply.
    implied: BTreeMap<String, String>,
}

/// A fill of an official slot, as the keys write it.
pub type SlotFill = (u8, String);

/// An incident as the official scorer sees it.
pub fn official(text: &Text<'_>, statements: &[Statement], incident: &Incident) -> Vec<SlotFill> {
    let codes = &text.conventions.codes;
    let published = text.document.published.known().map(|p| &p.date);
    let own: Vec<&Statement> = incident.statements.iter().map(|at| &statements[*at]).collect();
    let mut found = vec![(4, incident.kind.to_uppercase()), (5, "ACCOMPLISHED".to_owned())];
    found.extend(day(incident.day.as_ref(), published));
    found.extend(place(codes, incident.place.as_ref(), text.mentions.focus.as_deref()));
    let by_state = own.iter().any(|s| s.roles.iter().any(|r| r.role == RoleName::Actor && is_of_state(text, r)));
    found.push((8, (if by_state { "STATE-SPONSORED VIOLENCE" } else { "TERRORIST ACT" }).to_owned()));
    for fill in &incident.fills {
        found.extend(of_fill(text, &own, incident, fill));
    }
    if !incident.fills.iter().any(|f| f.slot == Slot::Instrument) {
        let implied = own.iter().find_map(|s| codes.implied.get(&s.rule));
        found.extend(implied.map(|kind| (7, kind.clone())));
    }
    found
}

/// Whether an actor is an organ of a state.
fn is_of_state(text: &Text<'_>, role: &Role) -> bool {
    use ActorKind as K;
    let kind = role.actor_id.as_deref().and_then(|id| text.kind(id));
    kind.is_some_and(|k| matches!(k, K::Military | K::Police | K::Government | K::State | K::Intelligence))
        || text.entity(role).is_some_and(|e| matches!(e.class, EntityClass::Noun(NounClass::Soldier | NounClass::Police)))
}

/// What a fill gives: itself, and what is said of it.
fn of_fill(text: &Text<'_>, own: &[&Statement], incident: &Incident, fill: &Fill) -> Vec<SlotFill> {
    let codes = &text.conventions.codes;
    let words = quoted(&fill.words);
    let head = text.content(fill.head);
    match fill.slot {
        Slot::PerpetratorIndividual => vec![(9, words)],
        Slot::PerpetratorOrganization => {
            let stances: Vec<Stance> = own.iter().flat_map(|s| s.responsibility.iter().map(|r| r.stance)).collect();
            vec![(11, format!("{}: {words}", confidence(&stances))), (10, words)]
        }
        Slot::Instrument => {
            let kind = weapon(codes, &fill.words).map(|kind| (7, format!("{kind}: {words}")));
            std::iter::once((6, words)).chain(kind).collect()
        }
        Slot::PhysicalTarget => {
            let kind = codes.things.get(text.tree.lemma(head)).map_or("OTHER", String::as_str);
            let damage = own.iter().find_map(|s| codes.damage.get(&s.rule)).or_else(|| codes.damage.get(&incident.kind));
            let mut found = vec![(13, format!("{kind}: {words}")), (14, format!("{}: {words}", number(text, head)))];
            found.extend(damage.map(|effect| (16, format!("{effect}: {words}"))));
            found.push((12, words));
            found
        }
        Slot::HumanTarget => {
            let mut found = person(text, own, incident, fill, &words);
            found.push((21, format!("1: {words}")));
            let title = text.mentions.entities.at(fill.head).and_then(|e| text.title(e));
            found.extend(title.map(|title| (19, format!("{}: {words}", quoted(&title)))));
            found.push((18, words));
            found
        }
        Slot::HumanDescription => {
            let mut found = person(text, own, incident, fill, &words);
            found.push((21, format!("{}: {words}", number(text, head))));
            found.push((19, words));
            found
        }
    }
}

/// The confidence with which organizations are said to have done it, by the statements' stances.
fn confidence(stances: &[Stance]) -> &'static str {
    match stances {
        stances if stances.contains(&Stance::Claimed) => "CLAIMED OR ADMITTED",
        stances if stances.contains(&Stance::Blamed) => "SUSPECTED OR ACCUSED",
        _ => "REPORTED AS FACT",
    }
}

/// An instrument's type.
fn weapon<'c>(codes: &'c Codes, words: &str) -> Option<&'c str> {
    let words = words.to_lowercase();
    let fitting = codes.weapons.iter().filter(|(noun, _)| words.contains(noun.as_str()));
    fitting.max_by_key(|(noun, _)| noun.len()).map(|(_, kind)| kind.as_str())
}

/// The day: exact, or up to the day of the report.
fn day(day: Option<&Edtf>, published: Option<&Edtf>) -> Option<SlotFill> {
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
fn place(codes: &Codes, place: Option<&Place>, focus: Option<&str>) -> Option<SlotFill> {
    let country = codes.countries.get(place.map(|p| p.country.as_str()).filter(|c| codes.countries.contains_key(*c)).or(focus)?)?;
    let inner = place.and_then(|p| match p.kind {
        PlaceKind::Populated | PlaceKind::Capital => Some(format!(": {} (CITY)", p.name.to_uppercase())),
        PlaceKind::Admin1 => Some(format!(": {} (DEPARTMENT)", p.name.to_uppercase())),
        _ => None,
    });
    Some((3, format!("{country}{}", inner.unwrap_or_default())))
}

/// A string as the keys write it.
fn quoted(words: &str) -> String {
    format!("\"{}\"", words.to_uppercase().replace('"', "\\\""))
}

/// Type and effect of a human target.
fn person(text: &Text<'_>, own: &[&Statement], incident: &Incident, fill: &Fill, words: &str) -> Vec<SlotFill> {
    let codes = &text.conventions.codes;
    let entity = text.mentions.entities.at(fill.head);
    let title = entity.and_then(|e| text.title(e));
    let own_words = fill.words.to_lowercase();
    let told = title.iter().map(String::as_str).chain([own_words.as_str()]).flat_map(|t| t.rsplit(' ')).map(str::to_lowercase);
    let by_word = told.into_iter().find_map(|word| codes.people.get(&word).or_else(|| codes.people.get(word.trim_end_matches('s'))));
    let class = match entity.map(|e| e.class) {
        Some(EntityClass::Noun(class)) => format!("{class:?}").to_lowercase(),
        _ => "civilian".to_owned(),
    };
    let kind = by_word.or_else(|| codes.classes.get(&class)).map_or("CIVILIAN", String::as_str);
    let hit =
        |s: &&&Statement| s.roles.iter().any(|r| r.role == RoleName::Recipient && text.entity(r).is_some_and(|e| e.head == fill.head));
    let effect = own.iter().filter(hit).find_map(|s| harm(codes, s));
    let told = || own.iter().find_map(|s| harm(codes, s)).or_else(|| codes.harm.get(&incident.kind).map(String::as_str));
    let effect = effect.or_else(|| told().filter(|_| incident.kind != "kidnapping"));
    let mut found = vec![(20, format!("{kind}: {words}"))];
    found.extend(effect.map(|effect| (23, format!("{effect}: {words}"))));
    found
}

/// What a statement says was done to people.
fn harm<'c>(codes: &'c Codes, statement: &Statement) -> Option<&'c str> {
    let counts = |of: QuantityOf| statement.quantities.iter().any(|q| q.of == of);
    let of_frame = codes.harm.get(&statement.rule).map(String::as_str);
    of_frame.or_else(|| counts(QuantityOf::Killed).then_some("DEATH")).or_else(|| counts(QuantityOf::Injured).then_some("INJURY"))
}

/// How many: the count before a noun, one, or several.
fn number(text: &Text<'_>, head: usize) -> String {
    let counted = text.mentions.quantities.iter().find(|q| q.noun == Some(head)).and_then(|q| q.best);
    let plural = text.tree.word(head).to_lowercase() != text.tree.lemma(head);
    counted.map_or_else(|| (if plural { "PLURAL" } else { "1" }).to_owned(), |n| n.to_string())
}
