//! What do several statements speak of together? An event, a relation or a series of estimates, summed up for lists and queries.
//!
//! The whole account, with every value and who gives it, is computed from the statements when it is asked for.

use serde::{Deserialize, Serialize};

use crate::actor::codes;
use crate::{QuantityOf, RoleName};

/// A group of statements that speak of one event, relation or series, summed up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GroupRecord {
    /// Stable: made of the statement that the group began with, or of what makes a relation or series one.
    pub id: String,
    /// What it is.
    pub kind: GroupKind,
    /// The type's code.
    #[serde(rename = "type")]
    pub type_code: String,
    /// The mode's code, where one is told.
    pub mode: Option<String>,
    /// Several happenings at once: a round-up, which is no incident.
    pub aggregate: bool,
    /// Of an event, how far it is established.
    pub status: Option<String>,
    /// Of an event, the Admiralty code's credibility, 1 to 6.
    pub credibility: Option<u8>,
    /// How many independent sources tell it.
    pub sources: u64,
    /// How many statements it has.
    pub statements: u64,
    /// In how many documents.
    pub documents: u64,
    /// The time shown (EDTF).
    pub time: Option<String>,
    /// First possible day; of a relation the first on which it is told to hold.
    pub earliest: Option<String>,
    /// Last possible day; of a relation that is told to have ended, of its end, else the last on which it is told to hold.
    pub latest: Option<String>,
    /// Of a relation, whether it is told to have ended.
    pub ended: bool,
    /// The place shown.
    pub place: Option<GroupPlace>,
    /// Who takes part.
    pub parties: Vec<GroupParty>,
    /// How many.
    pub counts: Vec<GroupCount>,
    /// The attributes on which independent sources differ.
    pub disputed: Vec<String>,
    /// The first day on which it was told.
    pub first_told: Option<String>,
    /// The last day on which it was told.
    pub last_told: Option<String>,
}

codes! {
    /// What statements are grouped as.
    GroupKind {
        /// One happening.
        Event = "event",
        /// One relation of two actors.
        Relation = "relation",
        /// One series of estimates.
        Estimate = "estimate",
    }
}

/// Where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GroupPlace {
    /// The name.
    pub name: String,
    /// GeoNames id.
    pub geonames_id: Option<u32>,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// First-order division.
    pub admin1: Option<String>,
    /// WGS 84 degrees.
    pub latitude: Option<f64>,
    /// WGS 84 degrees.
    pub longitude: Option<f64>,
    /// UCDP GED's code.
    pub where_prec: Option<u8>,
}

/// One who takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GroupParty {
    /// As what.
    pub role: RoleName,
    /// The registry's actor.
    pub actor_id: Option<String>,
    /// What to call it.
    pub name: String,
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GroupCount {
    /// Of what.
    pub of: QuantityOf,
    /// Lowest of the value shown.
    pub low: Option<u64>,
    /// Most likely of the value shown.
    pub best: Option<u64>,
    /// Highest of the value shown.
    pub high: Option<u64>,
    /// Lowest of all values.
    pub least: Option<u64>,
    /// Highest of all values.
    pub most: Option<u64>,
}
