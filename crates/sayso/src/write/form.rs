//! What does a person send who makes a statement of a document's words?

use serde::{Deserialize, Serialize};

use sayso_types::record::Words;
use sayso_types::{Modality, Phase, QuantityOf, RoleName, SourceKind, Stance, Tense};

/// A statement as a person makes it. What is left out is unknown; offsets are code points of the document's text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Writing {
    /// What it states.
    pub kind: WrittenKind,
    /// The type's code: "assault", "allied_with", "strength".
    #[serde(rename = "type")]
    pub type_code: String,
    /// The mode's code, of an event or of support: "suicide-attack", "funds".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// Codes of an event's contexts: "military".
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contexts: Vec<String>,
    /// The code of what came of an event: "territory-taken".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Of a relation: whether it holds, begins or ends; needed there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// Several happenings at once.
    #[serde(default)]
    pub aggregate: bool,
    /// How surely the words have it.
    pub modality: Modality,
    /// The hedging words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hedge: Option<Selection>,
    /// Said not to be so.
    pub negated: bool,
    /// Before, at or after the time of writing; left out, it is read from the clause of the trigger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tense: Option<Tense>,
    /// The sentence or clause that says it.
    pub evidence: Selection,
    /// The words in it that bring it up.
    pub trigger: Selection,
    /// Who takes part.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<WrittenRole>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<WrittenPlace>,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<WrittenTime>,
    /// How many.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quantities: Vec<WrittenQuantity>,
    /// Who says so, outermost first; empty is the document's own voice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attribution: Vec<WrittenSource>,
    /// Who claims, denies, blames, confirms.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub responsibility: Vec<WrittenStance>,
    /// Nobody has claimed it, it says.
    #[serde(default)]
    pub unclaimed: bool,
}

/// What a statement states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum WrittenKind {
    /// Something happened.
    Event,
    /// Two actors stand in a relation.
    Relation,
    /// There are so many.
    Estimate,
}

/// Words that were selected in a document's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// Code points before them.
    pub start: usize,
    /// Code points before their end.
    pub end: usize,
    /// The words; where given, they must be those that stand there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// One who takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WrittenRole {
    /// As what.
    pub role: RoleName,
    /// The words for them.
    pub words: Selection,
    /// The registry's actor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor_id: Option<String>,
    /// The name of one whom the registry has not and the words only refer to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WrittenPlace {
    /// The words.
    pub words: Selection,
    /// The place's GeoNames id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geonames_id: Option<u32>,
    /// Else its name in the gazetteer. Without either, the words are looked up as the coder does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The country of the place of that name (ISO 3166-1 alpha-3).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

/// When.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WrittenTime {
    /// The words.
    pub words: Selection,
    /// What they mean, in EDTF; left out, the words are read against the document's date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edtf: Option<String>,
}

/// How many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WrittenQuantity {
    /// Of what.
    pub of: QuantityOf,
    /// The words.
    pub words: Selection,
    /// Lowest; where none of the three numbers is given, the words are read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<u64>,
    /// Most likely.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best: Option<u64>,
    /// Highest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<u64>,
}

/// One link of the chain of who says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WrittenSource {
    /// The words for the source.
    pub words: Selection,
    /// The words that attribute.
    pub cue: Selection,
    /// What kind of source.
    pub kind: SourceKind,
    /// The registry's actor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor_id: Option<String>,
    /// The name of one whom the registry has not and the words only refer to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A stance towards responsibility.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WrittenStance {
    /// Claimed, denied, blamed, confirmed.
    pub stance: Stance,
    /// The words for who.
    pub words: Selection,
    /// The registry's actor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor_id: Option<String>,
    /// The name of one whom the registry has not and the words only refer to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl From<&Words> for Selection {
    fn from(words: &Words) -> Selection {
        Selection { start: words.start, end: words.end, text: Some(words.text.clone()) }
    }
}
