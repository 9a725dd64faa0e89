//! What crosses the edge? The JSON form of documents and statements, versioned; offsets count Unicode code points of the text.
//!
//! Every `text` with `start` and `end` is exactly the text between its offsets.

mod group;
mod stretch;

use serde::{Deserialize, Serialize};

use crate::{
    BlockKind, Credit, DateFound, EstimateType, EventType, GeoPrecision, Level, Modality, Phase, QuantityOf, QuantityRule, RelationType,
    RoleName, SourceKind, Stance, Tense, WherePrec,
};

pub use group::{GroupCount, GroupKind, GroupParty, GroupPlace, GroupRecord};
pub use stretch::Stretch;

/// The version of this form; raised with every change that a reader could notice.
pub const SCHEMA_VERSION: u32 = 1;

/// A stretch of the document's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Words {
    /// The words.
    pub text: String,
    /// Code points before them.
    pub start: usize,
    /// Code points before their end.
    pub end: usize,
}

/// One statement, as `sayso code` prints it and the store keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct StatementRecord {
    /// Stable: same document, same evidence, same coding, same id.
    pub id: String,
    /// The document's id.
    pub document_id: String,
    /// `kind`, `type`, and what belongs to it.
    #[serde(flatten)]
    pub proposition: PropositionRecord,
    /// Several happenings at once.
    pub aggregate: bool,
    /// Who takes part.
    pub roles: Vec<RoleRecord>,
    /// Where; `null` is unknown.
    pub place: Option<PlaceRecord>,
    /// When; `null` is unknown.
    pub time: Option<TimeRecord>,
    /// How many.
    pub quantities: Vec<QuantityRecord>,
    /// How surely.
    pub modality: Modality,
    /// The hedging words.
    pub hedge: Option<Words>,
    /// Said not to be so.
    pub negated: bool,
    /// Before, at or after the time of writing.
    pub tense: Tense,
    /// Who says so, outermost first.
    pub attribution: Vec<AttributionRecord>,
    /// Who claims, denies, blames, confirms.
    pub responsibility: Vec<ResponsibilityRecord>,
    /// Nobody has claimed it, it says.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unclaimed: bool,
    /// Where it stands.
    pub evidence: EvidenceRecord,
    /// The probability that it is right, from 0 to 1.
    pub confidence: f32,
    /// Which program and frame coded it.
    pub coder: CoderRecord,
}

/// `kind`, `type` and what belongs to the kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum PropositionRecord {
    /// Something happened.
    Event {
        /// PLOVER's type.
        #[serde(rename = "type")]
        event: EventType,
        /// PLOVER's mode.
        mode: Option<String>,
        /// PLOVER's contexts.
        contexts: Vec<String>,
        /// What came of it.
        outcome: Option<String>,
        /// ACLED's types, by crosswalk; `null` where ACLED has no such event.
        acled: Option<AcledTypes>,
    },
    /// Two actors stand in a relation.
    Relation {
        /// Which.
        #[serde(rename = "type")]
        relation: RelationType,
        /// Of support.
        mode: Option<String>,
        /// Holds, begins or ends.
        phase: Phase,
    },
    /// There are so many.
    Estimate {
        /// Of what.
        #[serde(rename = "type")]
        estimate: EstimateType,
    },
}

impl PropositionRecord {
    /// "event", "relation" or "estimate".
    pub fn kind(&self) -> &'static str {
        match self {
            PropositionRecord::Event { .. } => "event",
            PropositionRecord::Relation { .. } => "relation",
            PropositionRecord::Estimate { .. } => "estimate",
        }
    }

    /// The type's code: "assault", "allied_with", "strength".
    pub fn type_code(&self) -> &'static str {
        match self {
            PropositionRecord::Event { event, .. } => event.as_str(),
            PropositionRecord::Relation { relation, .. } => relation.as_str(),
            PropositionRecord::Estimate { estimate } => estimate.as_str(),
        }
    }

    /// The mode, where there is one.
    pub fn mode(&self) -> Option<&str> {
        match self {
            PropositionRecord::Event { mode, .. } | PropositionRecord::Relation { mode, .. } => mode.as_deref(),
            PropositionRecord::Estimate { .. } => None,
        }
    }
}

/// ACLED's event and sub-event type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AcledTypes {
    /// ACLED's `event_type`.
    pub event_type: String,
    /// ACLED's `sub_event_type`.
    pub sub_event_type: String,
}

/// One who takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RoleRecord {
    /// As what.
    pub role: RoleName,
    /// The words.
    #[serde(flatten)]
    pub words: Words,
    /// The registry's actor.
    pub actor_id: Option<String>,
    /// Its preferred name.
    pub name: Option<String>,
}

/// Where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PlaceRecord {
    /// The words.
    #[serde(flatten)]
    pub words: Words,
    /// The gazetteer's name; `null` where it has no such place.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// First-order division.
    pub admin1: Option<String>,
    /// GeoNames id.
    pub geonames_id: Option<u32>,
    /// WGS 84 degrees.
    pub latitude: Option<f64>,
    /// WGS 84 degrees.
    pub longitude: Option<f64>,
    /// ACLED's code.
    pub geo_precision: Option<GeoPrecision>,
    /// UCDP GED's code.
    pub where_prec: Option<WherePrec>,
    /// Said here or taken from elsewhere.
    pub level: Level,
    /// Where it was taken from, for `context`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Words>,
}

/// When.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TimeRecord {
    /// The words.
    #[serde(flatten)]
    pub words: Words,
    /// EDTF.
    pub edtf: String,
    /// First possible day.
    pub earliest: Option<String>,
    /// Last possible day.
    pub latest: Option<String>,
    /// ACLED's code.
    pub time_precision: u8,
    /// UCDP GED's code.
    pub date_prec: u8,
    /// Said here or taken from elsewhere.
    pub level: Level,
    /// Where it was taken from, for `context`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Words>,
}

/// How many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct QuantityRecord {
    /// Of what.
    pub of: QuantityOf,
    /// The words.
    #[serde(flatten)]
    pub words: Words,
    /// Lowest.
    pub low: Option<u64>,
    /// Most likely.
    pub best: Option<u64>,
    /// Highest.
    pub high: Option<u64>,
    /// Which rule read the words.
    pub rule: QuantityRule,
}

/// One link of the chain of who says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AttributionRecord {
    /// The source's words.
    pub source: String,
    /// Where they stand.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// The registry's actor.
    pub actor_id: Option<String>,
    /// Its preferred name.
    pub name: Option<String>,
    /// What kind of source.
    pub kind: SourceKind,
    /// The cue's words.
    pub cue: String,
    /// Where they stand.
    pub cue_start: usize,
    /// Where they end.
    pub cue_end: usize,
}

/// A stance towards responsibility.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ResponsibilityRecord {
    /// Claimed, denied, blamed, confirmed.
    pub stance: Stance,
    /// The words for who.
    pub by: String,
    /// Where they stand.
    pub start: usize,
    /// Where they end.
    pub end: usize,
    /// The registry's actor.
    pub actor_id: Option<String>,
    /// Its preferred name.
    pub name: Option<String>,
}

/// Where a statement stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EvidenceRecord {
    /// The sentence or clause.
    #[serde(flatten)]
    pub words: Words,
    /// The sentence's number.
    pub sentence: usize,
    /// The words that brought it up.
    pub trigger: Words,
    /// The further places where the document, in the same voice, tells the same happening.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "schema", schema(no_recursion))]
    pub also: Vec<EvidenceRecord>,
}

/// Who coded it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CoderRecord {
    /// The program's version.
    pub version: String,
    /// The frame.
    pub rule: String,
    /// The language model's name.
    pub model: String,
}

impl CoderRecord {
    /// The rule of a statement that a person wrote; who it was, the decision says.
    pub const PERSON: &'static str = "person";

    /// A person, in the coder's place.
    pub fn person() -> CoderRecord {
        CoderRecord { version: String::new(), rule: CoderRecord::PERSON.to_owned(), model: String::new() }
    }

    /// Whether a person wrote the statement, and no program coded it.
    pub fn is_person(&self) -> bool {
        self.rule == CoderRecord::PERSON
    }
}

/// One document, as the store keeps it and exports print it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DocumentRecord {
    /// Given, or the SHA-256 of the raw bytes.
    pub id: String,
    /// Canonical address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Author.
    pub byline: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Credited outlet.
    pub credit: Option<Credit>,
    /// EDTF; `null` is unknown.
    pub published: Option<String>,
    /// How it was found.
    pub published_found: Option<DateFound>,
    /// RFC 3339, as the input says.
    pub retrieved: Option<String>,
    /// ISO 639 code.
    pub language: String,
    /// Whether it was coded, or the reason why not.
    pub coded: bool,
    /// SHA-256 of the raw bytes.
    pub raw_sha256: String,
    /// SHA-256 of the text.
    pub text_sha256: String,
    /// The frozen text.
    pub text: String,
    /// Its parts.
    pub blocks: Vec<BlockRecord>,
}

/// One part of a document's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct BlockRecord {
    /// Code points before it.
    pub start: usize,
    /// Code points before its end.
    pub end: usize,
    /// What it is.
    pub kind: BlockKind,
}
