//! What could be stated of selected words? What the coder reads in their sentence, and what is mentioned there to pick from.

use sayso_coding::mention::entity::{Entity, Referent};
use sayso_types::record::{DocumentRecord, PropositionRecord, StatementRecord, Words};
use sayso_types::{QuantityRule, Span};
use serde::Serialize;

use super::reading::Reading;
use super::values::with_nested;
use super::{
    Codes, Selection, Unfit, Writing, WrittenKind, WrittenPlace, WrittenQuantity, WrittenRole, WrittenSource, WrittenStance, WrittenTime,
};
use crate::Coder;

/// What could be stated of selected words.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Proposal {
    /// The sentences that hold the selected words.
    pub evidence: Selection,
    /// The selected words.
    pub trigger: Selection,
    /// What the coder reads in these sentences, however unsurely; what it reads at the selected words first.
    pub read: Vec<ReadThere>,
    /// Who is named or spoken of there.
    pub actors: Vec<FoundActor>,
    /// Which places.
    pub places: Vec<FoundPlace>,
    /// Which times.
    pub times: Vec<FoundTime>,
    /// Which quantities.
    pub quantities: Vec<FoundQuantity>,
    /// The codes that there are to choose from.
    pub codes: Codes,
}

/// A statement that the coder reads.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReadThere {
    /// The frame.
    pub rule: String,
    /// How probable it is that it is right.
    pub confidence: f32,
    /// The statement, as a person would send it.
    pub statement: Writing,
}

/// One who is spoken of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FoundActor {
    /// The words.
    pub words: Selection,
    /// The registry's actor.
    pub actor_id: Option<String>,
    /// Its preferred name, or the name that the words refer to.
    pub name: Option<String>,
}

/// A place that is spoken of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FoundPlace {
    /// The words.
    pub words: Selection,
    /// The gazetteer's name; `null` where it is not told which place is meant.
    pub name: Option<String>,
    /// First-order division.
    pub admin1: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// GeoNames id.
    pub geonames_id: Option<u32>,
}

/// A time that is spoken of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FoundTime {
    /// The words.
    pub words: Selection,
    /// What they mean, in EDTF; `null` where that cannot be told.
    pub edtf: Option<String>,
}

/// A quantity that is spoken of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FoundQuantity {
    /// The words.
    pub words: Selection,
    /// Lowest.
    pub low: Option<u64>,
    /// Most likely.
    pub best: Option<u64>,
    /// Highest.
    pub high: Option<u64>,
    /// Which rule reads them.
    pub rule: QuantityRule,
}

/// What could be stated of the words that are selected in a document: of "torched" in "rebels torched a clinic in Aru on Monday", the
/// rebels, the town and the day, each with what it means.
///
/// # Errors
/// The selection is not within the text.
pub fn suggest(coder: &Coder, codes: &Codes, document: &DocumentRecord, selected: &Selection) -> Result<Proposal, Unfit> {
    let reading = Reading::of(coder, document, selected)?;
    let words = reading.span("trigger", selected)?;
    let around = reading.sentences_around(words);
    let within = |span: Span| around.contains(span);
    let (evidence, trigger) = (reading.selection(around), reading.selection(words));
    let known = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let place = |mention: &sayso_coding::mention::PlaceMention| {
        let place = mention.place.known();
        FoundPlace {
            words: reading.selection(mention.span),
            name: place.map(|place| place.name.clone()),
            admin1: place.and_then(|place| known(&place.admin1)),
            country: place.and_then(|place| known(&place.country)),
            geonames_id: place.and_then(|place| place.geonames_id),
        }
    };
    let quantities = reading.mentions.quantities.iter().flat_map(with_nested).filter(|quantity| within(quantity.span));
    Ok(Proposal {
        read: read(&reading, coder, &evidence, &trigger),
        actors: reading
            .mentions
            .entities
            .all()
            .iter()
            .filter(|e| within(e.span) && e.can_act())
            .flat_map(|e| actors(&reading, e))
            .collect(),
        places: reading.mentions.places.iter().filter(|mention| within(mention.span)).map(place).collect(),
        times: (reading.mentions.times.iter().filter(|time| within(time.span)))
            .map(|time| FoundTime { words: reading.selection(time.span), edtf: time.edtf.known().map(ToString::to_string) })
            .collect(),
        quantities: quantities
            .map(|q| FoundQuantity { words: reading.selection(q.span), low: q.low, best: q.best, high: q.high, rule: q.rule })
            .collect(),
        evidence,
        trigger,
        codes: codes.clone(),
    })
}

/// What the coder reads in the sentences, what it reads nearest to the selected words first.
fn read(reading: &Reading<'_>, coder: &Coder, evidence: &Selection, trigger: &Selection) -> Vec<ReadThere> {
    let records = coder.records_of(reading.document(), &reading.analysis, &reading.mentions);
    let stands = |words: &Words| evidence.start <= words.start && words.end <= evidence.end;
    let mut found: Vec<&StatementRecord> = records.iter().filter(|record| stands(&record.evidence.trigger)).collect();
    let away = |words: &Words| {
        let overlaps = words.start < trigger.end && trigger.start < words.end;
        if overlaps { 0 } else { 1 + words.start.abs_diff(trigger.start) }
    };
    found.sort_by_key(|record| away(&record.evidence.trigger));
    let as_read = |record: &StatementRecord| ReadThere {
        rule: record.coder.rule.clone(),
        confidence: record.confidence,
        statement: Writing::of(record),
    };
    found.into_iter().map(as_read).collect()
}

/// The words of one who is spoken of, once for each actor that they refer to.
fn actors(reading: &Reading<'_>, entity: &Entity) -> Vec<FoundActor> {
    let words = reading.selection(entity.span);
    let registry = &reading.knowledge().registry;
    match &entity.referent {
        Referent::Actors(actors) => actors
            .iter()
            .map(|actor| registry.actor(*actor))
            .map(|actor| FoundActor { words: words.clone(), actor_id: Some(actor.id.clone()), name: Some(actor.name().to_owned()) })
            .collect(),
        Referent::Named(name) => vec![FoundActor { words, actor_id: None, name: Some(name.clone()) }],
        Referent::Described => vec![FoundActor { words, actor_id: None, name: None }],
    }
}

impl Writing {
    /// A statement as a person would send it.
    pub fn of(record: &StatementRecord) -> Writing {
        let selection = |text: &str, start, end| Selection { start, end, text: Some(text.to_owned()) };
        let (kind, contexts, outcome, phase) = match &record.proposition {
            PropositionRecord::Event { contexts, outcome, .. } => (WrittenKind::Event, contexts.clone(), outcome.clone(), None),
            PropositionRecord::Relation { phase, .. } => (WrittenKind::Relation, Vec::new(), None, Some(*phase)),
            PropositionRecord::Estimate { .. } => (WrittenKind::Estimate, Vec::new(), None, None),
        };
        let roles = record.roles.iter().map(|role| WrittenRole {
            role: role.role,
            words: (&role.words).into(),
            actor_id: role.actor_id.clone(),
            name: role.name.clone().filter(|_| role.actor_id.is_none()),
        });
        let place = record.place.as_ref().map(|place| WrittenPlace {
            words: (&place.words).into(),
            geonames_id: place.geonames_id,
            name: place.name.clone().filter(|_| place.geonames_id.is_none()),
            country: place.country.clone().filter(|_| place.geonames_id.is_none()),
        });
        let quantities = record.quantities.iter().map(|quantity| WrittenQuantity {
            of: quantity.of,
            words: (&quantity.words).into(),
            low: quantity.low,
            best: quantity.best,
            high: quantity.high,
        });
        let attribution = record.attribution.iter().map(|link| WrittenSource {
            words: selection(&link.source, link.start, link.end),
            cue: selection(&link.cue, link.cue_start, link.cue_end),
            kind: link.kind,
            actor_id: link.actor_id.clone(),
            name: link.name.clone().filter(|_| link.actor_id.is_none()),
        });
        let responsibility = record.responsibility.iter().map(|stance| WrittenStance {
            stance: stance.stance,
            words: selection(&stance.by, stance.start, stance.end),
            actor_id: stance.actor_id.clone(),
            name: stance.name.clone().filter(|_| stance.actor_id.is_none()),
        });
        Writing {
            kind,
            type_code: record.proposition.type_code().to_owned(),
            mode: record.proposition.mode().map(str::to_owned),
            contexts,
            outcome,
            phase,
            aggregate: record.aggregate,
            modality: record.modality,
            hedge: record.hedge.as_ref().map(Selection::from),
            negated: record.negated,
            tense: Some(record.tense),
            evidence: (&record.evidence.words).into(),
            trigger: (&record.evidence.trigger).into(),
            roles: roles.collect(),
            place,
            time: record.time.as_ref().map(|time| WrittenTime { words: (&time.words).into(), edtf: Some(time.edtf.clone()) }),
            quantities: quantities.collect(),
            attribution: attribution.collect(),
            responsibility: responsibility.collect(),
            unclaimed: record.unclaimed,
        }
    }
}
