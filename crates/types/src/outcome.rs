//! Known, or unknown and why? Never a stand-in value.

use serde::{Deserialize, Serialize};

/// A value, or the reason why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Outcome<T> {
    /// The text or the page says so.
    Known(T),
    /// It does not.
    Unknown(Unknown),
}

/// Why a value is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Unknown {
    /// Nothing states it.
    NotStated,
    /// Several readings remain, and nothing decides.
    Ambiguous,
    /// It is stated in words that are not understood.
    NotUnderstood,
}

impl<T> Outcome<T> {
    /// The value, if it is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Outcome::Known(value) => Some(value),
            Outcome::Unknown(_) => None,
        }
    }
}
