//! Among which happenings may the like of one be found? Keys: happenings that can be one have a key in common, others seldom do.

use std::hash::Hasher;

use sayso_types::{RoleName, WordHasher};

use super::happening::{Happening, Number, Outlook, Participant};
use super::kinship::Kinship;
use super::knowledge::Knowledge;
use super::words::hash;

/// How many weeks a time may span to be looked for by weeks.
const WEEKS: i32 = 6;
/// At most so many keys.
const KEYS: usize = 24;
/// At most so many of one kind in a week.
const OF_ONE_KIND: usize = 4;

/// The keys of a happening, sorted.
///
/// A kind of event in a week, with where it is, who acts, who suffers, how many or at what kind of site. What has neither place nor time has
/// few: the words of its sentence, and those who take part by name.
pub fn keys(happening: &Happening, kinship: &Kinship, knowledge: &Knowledge) -> Vec<i64> {
    let families = families(happening, knowledge);
    let facets = facets(happening, kinship);
    let mut keys = Vec::new();
    let side = match (happening.number, happening.outlook) {
        (Number::Several, _) => 1,
        (Number::One, Outlook::Ahead) => 2,
        (Number::One, _) => 0,
    };
    for week in weeks(happening) {
        for family in &families {
            keys.extend(facets.iter().map(|facet| key(&[side, *family, week as u64, *facet])));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys.truncate(KEYS);
    if happening.words.len() > 2 {
        keys.push(key(&[side, hash(&happening.trigger.lemma), happening.words.signature()]));
    }
    if weeks(happening).is_empty() {
        keys.extend(timeless(happening, &families).into_iter().map(|facet| key(&[side, facet])));
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn key(parts: &[u64]) -> i64 {
    let mut hasher = WordHasher::default();
    for part in parts {
        hasher.write(&part.to_le_bytes());
    }
    hasher.finish().cast_signed()
}

/// The types under which it is looked for: of two that one happening can be coded as, one key does for both.
fn families(happening: &Happening, knowledge: &Knowledge) -> Vec<u64> {
    let Some(event) = happening.event else { return vec![u64::MAX] };
    let pair = |other| ((event.min(other) as u64) << 8) | event.max(other) as u64;
    let mut families = vec![pair(event)];
    families.extend(knowledge.beside(event).map(pair));
    families
}

/// The weeks in which it may lie, none where that is not known or too many. Times that meet have a week in common.
fn weeks(happening: &Happening) -> Vec<i32> {
    let Some(days) = happening.likely_days() else { return Vec::new() };
    let (first, last) = (days.first().div_euclid(7), days.last().div_euclid(7));
    if last - first > WEEKS { Vec::new() } else { (first..=last).collect() }
}

/// What it is looked for by, within its kind and week.
fn facets(happening: &Happening, kinship: &Kinship) -> Vec<u64> {
    let mut facets = Vec::new();
    let place = happening.place.as_ref();
    let country = place.map_or(0, |place| hash(&place.country));
    if let Some(place) = place.filter(|place| !place.is_country()) {
        let division = if place.admin1.is_empty() { &place.name } else { &place.admin1 };
        facets.push(tagged(1, country, hash(division)));
    }
    let mut add = |tag: u64, values: Vec<u64>| facets.extend(values.into_iter().take(OF_ONE_KIND).map(|value| tagged(tag, country, value)));
    let actors = with_parents(happening, RoleName::Actor, kinship);
    let counts = happening.counts.iter().filter_map(|count| Some(count.number().filter(|n| *n > 1)? << 8 | count.of as u64));
    add(2, actors.clone());
    add(3, counts.collect());
    add(4, happening.sites.iter().map(hash).collect());
    let targets = with_parents(happening, RoleName::Recipient, kinship);
    if actors.is_empty() {
        add(5, targets.clone());
    }
    for actor in actors.iter().take(OF_ONE_KIND) {
        facets.extend(targets.iter().take(OF_ONE_KIND).map(|target| tagged(6, *actor, *target)));
    }
    facets.sort_unstable();
    facets.dedup();
    facets
}

fn tagged(tag: u64, country: u64, value: u64) -> u64 {
    key(&[tag, country, value]).cast_unsigned()
}

fn with_parents(happening: &Happening, role: RoleName, kinship: &Kinship) -> Vec<u64> {
    let in_role = |p: &&Participant| p.role == role;
    let ids = happening.participants.iter().filter(in_role).filter_map(|p| p.actor_id.as_deref());
    let mut all: Vec<u64> = ids.flat_map(|id| std::iter::once(id).chain(kinship.above(id)).map(hash)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// What an undated happening is looked for by.
fn timeless(happening: &Happening, families: &[u64]) -> Vec<u64> {
    let place = happening.place.as_ref().filter(|place| place.is_exact());
    let counts = || happening.counts.iter().filter_map(|count| count.number().filter(|n| *n > 1));
    let mut facets: Vec<u64> = Vec::new();
    for family in families {
        if let Some(place) = place {
            facets.extend(counts().take(OF_ONE_KIND).map(|count| key(&[7, *family, hash(&place.name), count]).cast_unsigned()));
            facets.extend(happening.sites.iter().take(OF_ONE_KIND).map(|s| key(&[8, *family, hash(&place.name), hash(s)]).cast_unsigned()));
        }
    }
    facets
}
