//! Which statements count the same thing, and how did the count change over time?

use std::collections::BTreeSet;

use jiff::civil::Date;
use sayso_types::record::PropositionRecord;
use sayso_types::{EstimateType, RoleName};
use serde::Serialize;

use crate::account::Numbers;
use crate::event::Kinship;
use crate::identity::Party;
use crate::informant::{Independence, Informant, InformantWords, independence};
use crate::telling::Telling;

/// What makes two estimates one: what is counted, of whom, and for a count without an actor in which country.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EstimateKey {
    /// Of what.
    #[serde(rename = "type")]
    pub estimate: EstimateType,
    /// Of whom; several that are counted as one are never split.
    pub parties: BTreeSet<Party>,
    /// ISO 3166-1 alpha-3 code of where, where no actor is named.
    pub country: Option<String>,
}

/// The estimates of one thing over time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Series {
    /// Of what.
    #[serde(flatten)]
    pub key: EstimateKey,
    /// One after another, by the day of which they tell.
    pub points: Vec<Point>,
    /// Who tells them independently.
    pub independence: Independence,
}

/// One estimate.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Point {
    /// The last day of the time of which it tells, else of its publication.
    pub day: Option<Date>,
    /// The time of which it tells (EDTF); `null` where only the publication dates it.
    pub time: Option<String>,
    /// The words: "as many as 7,000 fighters".
    pub text: String,
    /// The numbers.
    #[serde(flatten)]
    pub numbers: Numbers,
    /// Who says so.
    pub informant: String,
    /// The statement, by id.
    pub statement: String,
}

/// What an estimate statement counts; `None` where nothing tells of whom or where.
pub fn key(telling: &Telling<'_>) -> Option<EstimateKey> {
    let PropositionRecord::Estimate { estimate } = telling.statement.proposition else { return None };
    let counted = telling.statement.roles.iter().filter(|role| matches!(role.role, RoleName::Actor | RoleName::Recipient));
    let named: BTreeSet<Party> =
        counted.filter(|role| role.actor_id.is_some() || role.name.is_some()).map(|role| Party::of(role, telling)).collect();
    let country = telling.statement.place.as_ref().and_then(|place| place.country.clone());
    match (named.is_empty(), country) {
        (false, _) => Some(EstimateKey { estimate, parties: named, country: None }),
        (true, Some(country)) => Some(EstimateKey { estimate, parties: named, country: Some(country) }),
        (true, None) => None,
    }
}

impl EstimateKey {
    /// A text that is the same for the same estimate: what ids are made of.
    pub fn identity(&self) -> String {
        let parties: Vec<&str> = self.parties.iter().map(|party| party.identity.as_str()).collect();
        format!("{}|{}|{}", self.estimate.as_str(), parties.join("+"), self.country.as_deref().unwrap_or_default())
    }
}

/// The series that tellings of one key make.
pub fn series(key: EstimateKey, tellings: &[Telling<'_>], words: &InformantWords, kinship: &Kinship) -> Series {
    let mut points: Vec<Point> = tellings.iter().flat_map(|telling| points(telling, words)).collect();
    points.sort_by_key(|point| point.day);
    Series { key, points, independence: independence(tellings, words, kinship) }
}

fn points(telling: &Telling<'_>, words: &InformantWords) -> Vec<Point> {
    let statement = telling.statement;
    let latest = statement.time.as_ref().and_then(|time| time.latest.as_ref()?.parse().ok());
    let point = |quantity: &sayso_types::record::QuantityRecord| Point {
        day: latest.or(telling.day()),
        time: statement.time.as_ref().map(|time| time.edtf.clone()),
        text: quantity.words.text.clone(),
        numbers: Numbers { low: quantity.low, best: quantity.best, high: quantity.high },
        informant: Informant::of(telling, words).name,
        statement: statement.id.clone(),
    };
    statement.quantities.iter().map(point).collect()
}
