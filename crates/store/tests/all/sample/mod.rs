//! Small documents and statements to keep and ask for.

pub mod groups;

use sayso_types::record::{
    AttributionRecord, CoderRecord, DocumentRecord, EvidenceRecord, PlaceRecord, PropositionRecord, QuantityRecord, RoleRecord,
    StatementRecord, TimeRecord, Words,
};
use sayso_types::{
    Edtf, EstimateType, EventType, GeoPrecision, Level, Modality, Phase, QuantityOf, QuantityRule, RelationType, RoleName, SourceKind,
    Tense, WherePrec,
};

pub const NOW: &str = "2017-09-01T08:00:00Z";

pub type Report = (DocumentRecord, Vec<StatementRecord>);

/// A document of this id and text, published on a day; its "hashes" are the text itself.
pub fn document(id: &str, text: &str) -> DocumentRecord {
    DocumentRecord {
        id: id.to_owned(),
        url: None,
        title: None,
        byline: None,
        publisher: None,
        credit: None,
        published: None,
        published_found: None,
        retrieved: None,
        language: "en".to_owned(),
        coded: true,
        raw_sha256: text.to_owned(),
        text_sha256: text.to_owned(),
        text: text.to_owned(),
        blocks: Vec::new(),
    }
}

/// An assault by "gunmen" that the document itself asserts, time and place unknown.
pub fn statement(document: &str, id: &str, evidence: &str) -> StatementRecord {
    StatementRecord {
        id: id.to_owned(),
        document_id: document.to_owned(),
        proposition: event(EventType::Assault, None),
        aggregate: false,
        roles: vec![role(RoleName::Actor, "gunmen", None)],
        place: None,
        time: None,
        quantities: vec![killed(3)],
        modality: Modality::Asserted,
        hedge: None,
        negated: false,
        tense: Tense::Past,
        attribution: Vec::new(),
        responsibility: Vec::new(),
        unclaimed: false,
        evidence: EvidenceRecord { words: words(evidence), sentence: 0, trigger: words("killed"), also: Vec::new() },
        confidence: 0.93,
        coder: CoderRecord { version: "0.1.0".to_owned(), rule: "assault.kill".to_owned(), model: "linear".to_owned() },
    }
}

pub fn event(event: EventType, mode: Option<&str>) -> PropositionRecord {
    PropositionRecord::Event { event, mode: mode.map(str::to_owned), contexts: Vec::new(), outcome: None, acled: None }
}

pub fn relation(relation: RelationType) -> PropositionRecord {
    PropositionRecord::Relation { relation, mode: None, phase: Phase::Holds }
}

pub fn estimate(estimate: EstimateType) -> PropositionRecord {
    PropositionRecord::Estimate { estimate }
}

pub fn words(text: &str) -> Words {
    Words { text: text.to_owned(), start: 0, end: text.chars().count() }
}

/// A part in it: the words, and the registry's id and name where it has one.
pub fn role(role: RoleName, text: &str, actor: Option<(&str, &str)>) -> RoleRecord {
    RoleRecord { role, words: words(text), actor_id: actor.map(|a| a.0.to_owned()), name: actor.map(|a| a.1.to_owned()) }
}

pub fn source(text: &str, actor: Option<(&str, &str)>) -> AttributionRecord {
    AttributionRecord {
        source: text.to_owned(),
        start: 0,
        end: text.chars().count(),
        actor_id: actor.map(|a| a.0.to_owned()),
        name: actor.map(|a| a.1.to_owned()),
        kind: SourceKind::Unnamed,
        cue: "said".to_owned(),
        cue_start: 0,
        cue_end: 4,
    }
}

/// A place: the words, and name, country and UCDP precision where the gazetteer has it.
pub fn place(text: &str, known: Option<(&str, &str, u8)>) -> PlaceRecord {
    PlaceRecord {
        words: words(text),
        name: known.map(|k| k.0.to_owned()),
        country: known.map(|k| k.1.to_owned()),
        admin1: None,
        geonames_id: None,
        latitude: known.map(|_| 34.528_130_1),
        longitude: known.map(|_| 69.172_33),
        geo_precision: known.map(|_| GeoPrecision(1)),
        where_prec: known.map(|k| WherePrec(k.2)),
        level: Level::Textual,
        from: None,
    }
}

pub fn time(edtf: &str) -> TimeRecord {
    let value: Edtf = edtf.parse().expect("EDTF");
    TimeRecord {
        words: words("then"),
        edtf: edtf.to_owned(),
        earliest: value.earliest().map(|day| day.to_string()),
        latest: value.latest().map(|day| day.to_string()),
        time_precision: value.time_precision(),
        date_prec: value.date_prec(),
        level: Level::Textual,
        from: None,
    }
}

pub fn killed(number: u64) -> QuantityRecord {
    QuantityRecord {
        of: QuantityOf::Killed,
        words: words("three people"),
        low: Some(number),
        best: Some(number),
        high: Some(number),
        rule: QuantityRule::Exact,
    }
}
