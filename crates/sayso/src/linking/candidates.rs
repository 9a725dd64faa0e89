//! What was linked nearly, or barely? Events that are almost one, with what speaks for it and against it, and documents that share words
//! without being copies.

use std::collections::BTreeSet;

use sayso_linking::event::{Ground, likeness};
use sayso_linking::origin::Overlap;
use sayso_store::Record;
use sayso_store::query::NearPair;
use sayso_types::record::DocumentRecord;

use super::Linker;
use super::record::ruled;
use super::view::stories_by_statement;

/// So many grounds are named for and against.
const GROUNDS: usize = 6;

/// Two events that are nearly one.
#[derive(Clone, Debug, PartialEq)]
pub struct NearEvents {
    /// The ids of the two.
    pub events: [String; 2],
    /// The ids of the statements, one of each, that are most alike.
    pub statements: [String; 2],
    /// How surely they are one, from 0 to 1.
    pub score: f64,
    /// What speaks for it, the weightiest first.
    pub grounds: Vec<String>,
    /// What speaks against it, the weightiest first.
    pub against: Vec<String>,
}

/// Two documents that share words, and of which neither is a copy.
#[derive(Clone, Debug, PartialEq)]
pub struct SharedText {
    /// The two; the first was read later.
    pub documents: [DocumentRecord; 2],
    /// The part of the words of each that stands in the other.
    pub shares: [f64; 2],
}

/// The events of two statements that are nearly one; `None` where they are one, or a person has put them apart, or either is in none.
///
/// # Errors
/// What the store says.
pub fn near_events(linker: &Linker, record: &Record, pair: &NearPair) -> Result<Option<NearEvents>, sayso_store::Error> {
    let reading = record.reading();
    let event_of = |statement: i64| -> Result<Option<String>, sayso_store::Error> {
        Ok(reading.groups_of(&[statement])?.into_iter().find(|id| id.starts_with("e-")))
    };
    let (Some(one), Some(other)) = (event_of(pair.one)?, event_of(pair.other)?) else { return Ok(None) };
    if one == other {
        return Ok(None);
    }
    let ruled = ruled::ruled(reading)?;
    let members = |id: &String| -> Result<BTreeSet<i64>, sayso_store::Error> {
        Ok(reading.members(std::slice::from_ref(id))?.into_iter().map(|(_, member)| member.statement).collect())
    };
    let (ones, others) = (members(&one)?, members(&other)?);
    let between = |(a, b): &(i64, i64)| (ones.contains(a) && others.contains(b)) || (ones.contains(b) && others.contains(a));
    if ruled.apart.iter().any(between) {
        return Ok(None);
    }
    let linker = linker.with_kin(&ruled.kin);
    let ids = reading.ids(&[pair.one, pair.other])?;
    let (Some(a), Some(b)) = (ids.get(&pair.one), ids.get(&pair.other)) else { return Ok(None) };
    let stories = stories_by_statement(&linker, reading, &[pair.one, pair.other], &ruled)?;
    let (mut grounds, mut against) = (Vec::new(), Vec::new());
    if let (Some(story), Some(of)) = (stories.get(&pair.one), stories.get(&pair.other)) {
        let likeness = likeness(&story.whole, &of.whole, linker.kinship(), linker.knowledge());
        (grounds, against) = (sentences(&likeness.grounds), sentences(&likeness.against));
    }
    Ok(Some(NearEvents { events: [one, other], statements: [a.clone(), b.clone()], score: pair.score, grounds, against }))
}

fn sentences(grounds: &[Ground]) -> Vec<String> {
    grounds.iter().take(GROUNDS).map(|ground| ground.sentence.clone()).collect()
}

/// The two documents of an overlap as it is kept, if at least so much of either stands in the other and neither is a copy of the other;
/// `None` too where a person has judged them.
///
/// # Errors
/// What the store says.
pub fn shared_text(record: &Record, overlap: &str, least: f64) -> Result<Option<SharedText>, sayso_store::Error> {
    let Ok(overlap) = serde_json::from_str::<Overlap>(overlap) else { return Ok(None) };
    let reading = record.reading();
    let pair = [overlap.one.max(overlap.other), overlap.one.min(overlap.other)];
    if overlap.most() < least
        || ruled::ruled(reading)?.origins.iter().any(|judged| pair.contains(&judged.one) && pair.contains(&judged.other))
    {
        return Ok(None);
    }
    let documents = reading.documents(&pair)?;
    let reports = super::record::origins::reports(reading, &documents)?;
    let origin = |number: i64| reports.get(&number).and_then(|report| report.repeats.first()).map_or(number, |repeat| repeat.of);
    if origin(pair[0]) == origin(pair[1]) {
        return Ok(None);
    }
    let mut found: Vec<DocumentRecord> = Vec::new();
    for number in pair {
        found.extend(documents.iter().find(|document| document.number == number).map(|document| document.record.clone()));
    }
    let share = |number: i64| if number == overlap.one { overlap.of_one.all() } else { overlap.of_other.all() };
    Ok(<[DocumentRecord; 2]>::try_from(found).ok().map(|documents| SharedText { documents, shares: [share(pair[0]), share(pair[1])] }))
}
