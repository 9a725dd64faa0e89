//! What do others' data say of the same? A user's own ACLED, UCDP GED, GTD and POLECAT files, read by the names of their columns, laid beside
//! the record and compared with it; lists of actors as candidates of the registry.
//!
//! Their rows stay theirs: they lie in tables of their own, with version, licence and hash, and nothing of the record is made of them.

pub mod actors;
pub mod compare;
mod dataset;
mod row;

use serde::{Deserialize, Serialize};

pub use dataset::Dataset;

/// An event as another data set has it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TheirEvent {
    /// Their id.
    pub id: String,
    /// First possible day, by their precision.
    pub earliest: Option<String>,
    /// Last possible day.
    pub latest: Option<String>,
    /// The place's name.
    pub place: Option<String>,
    /// ISO 3166-1 alpha-3, where the country's name or number is known.
    pub country: Option<String>,
    /// WGS 84 degrees; none where their precision says that the point stands for a country.
    pub latitude: Option<f64>,
    /// WGS 84 degrees.
    pub longitude: Option<f64>,
    /// Kilometres by which the point can be off, by their precision.
    pub km: f64,
    /// What they call it.
    pub called: String,
    /// PLOVER's types that it can be.
    pub can_be: Vec<String>,
    /// Who takes part, as they name them.
    pub actors: Vec<String>,
    /// Dead at the least.
    pub low: Option<u64>,
    /// Dead, most likely; ACLED's 0, which is "none or unknown", is unknown.
    pub best: Option<u64>,
    /// Dead at the most.
    pub high: Option<u64>,
    /// Their sources.
    pub source: String,
    /// Their words on it.
    pub notes: String,
}

/// What was read of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileRead {
    /// Its events.
    pub events: Vec<TheirEvent>,
    /// Lines that were no event as expected.
    pub rejected: Vec<Rejected>,
}

/// A line that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Its number in the file, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub why: String,
}
