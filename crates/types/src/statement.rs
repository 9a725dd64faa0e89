//! What does a document say? One proposition in one place, with who says it and how surely.

use crate::Edtf;
use crate::actor::codes;
use crate::record::AcledTypes;
use crate::{EstimateType, EventType, Level, Phase, PlaceValue, Quantity, RelationType, Span};
/// One proposition that one document makes in one place.
///
/// "Afghan officials said Taliban fighters massacred dozens of civilians" is an assault by the Taliban on civilians, killed at
/// least 24, attributed to Afghan officials.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// What is said to have happened, to hold or to count.
    pub proposition: Proposition,
    /// Whether it speaks of several happenings at once; such a statement is never one incident.
    pub aggregate: bool,
    /// Who takes part, and as what.
    pub roles: Vec<Role>,
    /// Where.
    pub place: Option<PlaceValue>,
    /// When.
    pub time: Option<TimeValue>,
    /// How many.
    pub quantities: Vec<Quantity>,
    /// How surely the wording has it.
    pub modality: Modality,
    /// The words that make it less than asserted: "reportedly".
    pub hedge: Option<Span>,
    /// Whether it is said not to be so.
    pub negated: bool,
    /// Before, at or after the time of writing.
    pub tense: Tense,
    /// Who says so, outermost first; empty is the document's own voice.
    pub attribution: Vec<Attribution>,
    /// Who claims, denies or is blamed.
    pub responsibility: Vec<Responsibility>,
    /// Whether it is said that nobody has claimed it.
    pub unclaimed: bool,
    /// Where it is said.
    pub evidence: Evidence,
    /// Where the same speaker tells the same happening again.
    pub also: Vec<Evidence>,
    /// The probability that it is right, from 0 to 1; DESIGN.md says on what it was calibrated.
    pub confidence: f32,
    /// The frame that coded it: "assault.attack-on".
    pub rule: String,
}

/// What a statement states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proposition {
    /// Something happened.
    Event {
        /// PLOVER's type.
        event: EventType,
        /// PLOVER's mode, where the words tell.
        mode: Option<String>,
        /// PLOVER's contexts.
        contexts: Vec<String>,
        /// territory-taken, territory-retaken, territory-transferred, disrupted or failed.
        outcome: Option<String>,
        /// ACLED's types for it, by crosswalk.
        acled: Option<AcledTypes>,
    },
    /// Two actors stand in a relation.
    Relation {
        /// Which.
        relation: RelationType,
        /// Of support: funds, arms, trains, shelters, troops, intelligence, political.
        mode: Option<String>,
        /// Holds, begins or ends.
        phase: Phase,
    },
    /// There are so many.
    Estimate {
        /// Of what.
        estimate: EstimateType,
    },
}

/// One who takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    /// As what.
    pub role: RoleName,
    /// The words, even where they only refer: "the militant group".
    pub span: Span,
    /// The registry's actor that they name or refer to.
    pub actor_id: Option<String>,
    /// Its preferred name; or the name that a description or pronoun refers to, where the registry has none.
    pub name: Option<String>,
}

codes! {
    /// As what somebody or something takes part.
    RoleName {
        /// Who does it; both sides of a fight.
        Actor = "actor",
        /// To whom it is done.
        Recipient = "recipient",
        /// With what: a weapon, a vehicle.
        Instrument = "instrument",
        /// What it is about: a demand's content, a thing seized.
        Theme = "theme",
        /// Where it begins: "from Syria".
        Origin = "origin",
    }
}

/// When a statement's happening took place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeValue {
    /// The words.
    pub span: Span,
    /// What they mean.
    pub edtf: Edtf,
    /// Textual or from context (then `span` is where it was taken from).
    pub level: Level,
}

codes! {
    /// How surely the wording has it.
    Modality {
        /// It is so.
        Asserted = "asserted",
        /// "expects", "likely".
        Probable = "probable",
        /// "may", "reportedly", "is considering".
        Possible = "possible",
        /// "looks unlikely".
        Unlikely = "unlikely",
        /// "will", "plans to".
        Future = "future",
        /// "would … if".
        Hypothetical = "hypothetical",
    }
}

codes! {
    /// Before, at or after the time of writing.
    Tense {
        /// Before the time of writing.
        Past = "past",
        /// At the time of writing.
        Present = "present",
        /// After the time of writing.
        Future = "future",
    }
}

/// One link of the chain of who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The words for the source: "a recent U.N. report".
    pub source: Span,
    /// The registry's actor behind them.
    pub actor_id: Option<String>,
    /// Its preferred name, or the name of the person whom a pronoun refers to.
    pub name: Option<String>,
    /// What kind of source.
    pub kind: SourceKind,
    /// The words that attribute: "has said".
    pub cue: Span,
}

codes! {
    /// What kind of source speaks.
    SourceKind {
        /// A named person.
        Person = "person",
        /// An organization.
        Organization = "organization",
        /// A state's organ or official.
        Government = "government",
        /// An armed group or its spokesman.
        ArmedGroup = "armed-group",
        /// An outlet.
        Media = "media",
        /// A report, statement or other text.
        Document = "document",
        /// Somebody without a name: "residents", "a source".
        Unnamed = "unnamed",
    }
}

/// Who claims, denies, blames or confirms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Responsibility {
    /// What they do.
    pub stance: Stance,
    /// The words for who does so.
    pub by: Span,
    /// The registry's actor.
    pub actor_id: Option<String>,
    /// Its preferred name.
    pub name: Option<String>,
}

codes! {
    /// A stance towards responsibility.
    Stance {
        /// "claimed responsibility".
        Claimed = "claimed",
        /// "denied".
        Denied = "denied",
        /// "blamed X".
        Blamed = "blamed",
        /// "confirmed".
        Confirmed = "confirmed",
    }
}

/// Where a document says something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Evidence {
    /// The clause or sentence that says it.
    pub span: Span,
    /// The words that brought it up: "attack".
    pub trigger: Span,
    /// Number of the sentence.
    pub sentence: usize,
}
