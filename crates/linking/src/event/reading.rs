//! What of a statement's record tells which happening it speaks of?

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sayso_types::record::{EvidenceRecord, PlaceRecord, PropositionRecord, QuantityRecord, RoleRecord, StatementRecord, TimeRecord};
use sayso_types::{Edtf, Level, Modality, RoleName, Tense};

use super::days::Days;
use super::happening::{Account, Count, Happening, Number, Outlook, Participant, When, Where};
use super::knowledge::Knowledge;
use super::words::Words;

/// What reading a statement needs beside it.
#[derive(Clone, Copy)]
pub struct Reader<'r> {
    /// What is known for comparing happenings.
    pub knowledge: &'r Knowledge,
    /// A word's dictionary form.
    pub lemma: &'r dyn Fn(&str) -> String,
    /// The actors that people judged to be another's, with that other's id.
    pub identities: &'r BTreeMap<String, String>,
}

impl Happening {
    /// The happening that a statement speaks of; `None` of a relation or an estimate.
    ///
    /// "A suicide bomber attacked a mosque in Herat on Tuesday, killing at least 29 people" is an assault in Herat on that day, on a mosque,
    /// of 29 or more killed.
    pub fn of(key: i64, statement: &StatementRecord, account: &Arc<Account>, reader: &Reader<'_>) -> Option<Happening> {
        let PropositionRecord::Event { event, mode, .. } = &statement.proposition else { return None };
        let lemma = |word: &str| (reader.lemma)(word).to_lowercase();
        let knowledge = reader.knowledge;
        let words = lower(&statement.evidence.words.text);
        // A word that says nothing has no dictionary form either: "for" is no form of "forget".
        let lemmas: Vec<String> = words.iter().map(|word| if knowledge.is_passed(word) { word.clone() } else { lemma(word) }).collect();
        let weighed_elsewhere = known_by_name(statement);
        let wording = words.iter().zip(&lemmas).filter(|(word, _)| !weighed_elsewhere.contains(*word)).map(|(_, lemma)| lemma.as_str());
        let here: Vec<&str> = words.iter().map(String::as_str).collect();
        Some(Happening {
            sentence: u32::try_from(statement.evidence.sentence).unwrap_or(u32::MAX),
            event: Some(*event),
            mode: mode.as_deref().unwrap_or_default().into(),
            trigger: knowledge.trigger(&trigger(&statement.evidence, &lemma)),
            number: if statement.aggregate { Number::Several } else { Number::One },
            outlook: outlook(statement),
            participants: statement.roles.iter().map(|role| participant(role, reader)).collect(),
            place: statement.place.as_ref().and_then(place),
            time: statement.time.as_ref().and_then(when),
            counts: statement.quantities.iter().map(count).collect(),
            words: knowledge.words(wording),
            names: knowledge.words(capitalized(&statement.evidence.words.text).iter().map(String::as_str)),
            sites: sites(&statement.evidence.words.text, statement, reader),
            struck: struck(statement, reader),
            apart: knowledge.apart(&here, before_trigger(&statement.evidence)).unwrap_or_default().into(),
            ..Happening::of_account(key, account.clone())
        })
    }
}

impl Account {
    /// The account of a document by its publication date.
    pub fn published_on(published: &Edtf) -> Option<Days> {
        published.earliest().zip(published.latest()).map(|(first, last)| Days::between(first, last))
    }
}

/// The words of a text, lower case, without the marks around them and without "'s".
pub fn lower(text: &str) -> Vec<String> {
    plain(text).map(str::to_lowercase).collect()
}

/// The words of a text that are written with a capital, the first one left out, lower case.
fn capitalized(text: &str) -> Vec<String> {
    let is_capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    plain(text).skip(1).filter(is_capital).map(str::to_lowercase).collect()
}

fn plain(text: &str) -> impl Iterator<Item = &str> {
    let trimmed = text.split(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '/')).map(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
    });
    trimmed.filter(|word| !word.is_empty())
}

/// The kinds of sites in some words of a statement, but those of who tells it: "the interior ministry said".
fn sites(text: &str, statement: &StatementRecord, reader: &Reader<'_>) -> Words {
    let tellers: BTreeSet<String> = statement.attribution.iter().flat_map(|link| lower(&link.source)).collect();
    let words: Vec<String> = lower(text).into_iter().filter(|word| !tellers.contains(word)).collect();
    let lemmas: Vec<String> = words.iter().map(|word| (reader.lemma)(word).to_lowercase()).collect();
    reader.knowledge.sites(words.iter().chain(&lemmas).map(String::as_str))
}

/// The kinds of sites that a statement says to suffer it, or to be where it is.
fn struck(statement: &StatementRecord, reader: &Reader<'_>) -> Words {
    let suffers = statement.roles.iter().filter(|role| role.role == RoleName::Recipient).map(|role| &role.words.text);
    let place = statement.place.iter().filter(|place| place.level == Level::Textual).map(|place| &place.words.text);
    let words: Vec<&str> = suffers.chain(place).map(String::as_str).collect();
    sites(&words.join(" "), statement, reader)
}

/// The words of the trigger, of places and of actors that have identifiers, lower case: those are compared as what they stand for.
fn known_by_name(statement: &StatementRecord) -> BTreeSet<String> {
    let trigger = std::iter::once(&statement.evidence.trigger.text);
    let actors = statement.roles.iter().filter(|role| role.actor_id.is_some()).map(|role| &role.words.text);
    let place = statement.place.iter().filter(|place| place.name.is_some()).map(|place| &place.words.text);
    trigger.chain(actors).chain(place).flat_map(|words| lower(words)).collect()
}

/// The lemma of the trigger: of several words, the last.
fn trigger(evidence: &EvidenceRecord, lemma: &dyn Fn(&str) -> String) -> String {
    lower(&evidence.trigger.text).last().map(|word| lemma(word)).unwrap_or_default()
}

/// How many words of the evidence stand before its trigger.
fn before_trigger(evidence: &EvidenceRecord) -> usize {
    let points = evidence.trigger.start.saturating_sub(evidence.words.start);
    let before: String = evidence.words.text.chars().take(points).collect();
    lower(&before).len()
}

fn outlook(statement: &StatementRecord) -> Outlook {
    match statement.modality {
        Modality::Future | Modality::Hypothetical => Outlook::Ahead,
        _ if statement.tense == Tense::Future => Outlook::Ahead,
        _ => Outlook::Behind,
    }
}

fn participant(role: &RoleRecord, reader: &Reader<'_>) -> Participant {
    let id = role.actor_id.as_ref().map(|id| reader.identities.get(id).unwrap_or(id));
    let words: Vec<String> = lower(&role.words.text).iter().map(|word| (reader.lemma)(word)).collect();
    Participant {
        role: role.role,
        actor_id: id.map(|id| id.as_str().into()),
        name: role.name.as_deref().unwrap_or(&role.words.text).into(),
        words: reader.knowledge.words(words.iter().map(String::as_str)),
    }
}

/// Where it is, if that can be looked up: "a taxi" is nowhere.
fn place(place: &PlaceRecord) -> Option<Where> {
    place.name.as_ref()?;
    Some(Where {
        geonames_id: place.geonames_id,
        name: place.name.as_deref().unwrap_or(&place.words.text).into(),
        country: place.country.as_deref().unwrap_or_default().into(),
        admin1: place.admin1.as_deref().unwrap_or_default().into(),
        coordinates: place.latitude.zip(place.longitude).map(|(lat, lon)| (lat as f32, lon as f32)),
        precision: place.where_prec.map(|precision| precision.0),
        level: place.level,
    })
}

fn when(time: &TimeRecord) -> Option<When> {
    let day = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
    Some(When { days: Days::between(day(&time.earliest)?, day(&time.latest)?), level: time.level })
}

fn count(quantity: &QuantityRecord) -> Count {
    Count { of: quantity.of, low: quantity.low, best: quantity.best, high: quantity.high }
}
