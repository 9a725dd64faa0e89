//! Which versions of the record were frozen under a name, and what exactly was in them?

use sayso_store::{Record, Release};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::desk::Reader;
use crate::fault::Fault;

/// A version of the record that was frozen under a name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ReleaseAnswer {
    /// Its name.
    pub(crate) name: String,
    /// RFC 3339: when it was made.
    pub(crate) at: String,
    /// Who made it.
    pub(crate) who: String,
    /// Why; empty where nobody said.
    pub(crate) why: String,
    /// What it holds: how many of what, the SHA-256 of each part's lines, the hash of the log before it, and with what it was read.
    #[schema(value_type = Object)]
    pub(crate) manifest: Value,
}

/// Under which name the record is to be frozen, and why.
#[derive(Clone, Debug, Deserialize, ToSchema)]
pub(crate) struct ReleaseAsked {
    /// The name; no other release may have it.
    pub(crate) name: String,
    /// Why.
    #[serde(default)]
    pub(crate) why: String,
}

impl From<Release> for ReleaseAnswer {
    fn from(release: Release) -> ReleaseAnswer {
        let manifest = serde_json::to_value(&release.manifest).unwrap_or_default();
        ReleaseAnswer { name: release.name, at: release.at, who: release.who, why: release.why, manifest }
    }
}

/// All releases, last one first.
pub(crate) fn releases(reader: Reader<'_>) -> Result<Vec<ReleaseAnswer>, Fault> {
    Ok(reader.record.releases()?.into_iter().rev().map(ReleaseAnswer::from).collect())
}

/// Freezes the record.
pub(crate) fn release(record: &mut Record, who: &str, asked: &ReleaseAsked) -> Result<ReleaseAnswer, Fault> {
    let name = asked.name.trim();
    if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        return Err(Fault::invalid("a release needs a name of a hundred letters at most", "Name it, as 2031-05 or v2; nothing was made."));
    }
    if record.releases()?.iter().any(|release| release.name == name) {
        return Err(Fault::conflict(
            format!("there is a release `{name}`"),
            "A release is never changed; choose another name. Nothing was made.",
        ));
    }
    Ok(record.release(name, who, asked.why.trim(), &sayso::versions())?.into())
}
