//! Who is meant, across documents? An actor of the registry by its id, another by its name, and what is only described within one
//! text alone.

use sayso_types::pieces;
use sayso_types::record::RoleRecord;
use serde::Serialize;

use crate::telling::Telling;

/// One end of a relation, or whom an estimate counts.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Party {
    /// What makes two of them one.
    #[serde(skip)]
    pub(crate) identity: String,
    /// The registry's actor.
    pub actor_id: Option<String>,
    /// What to call it.
    pub name: String,
}

impl Party {
    /// Whom a role of a telling means.
    pub fn of(role: &RoleRecord, telling: &Telling<'_>) -> Party {
        let name = role.name.clone().unwrap_or_else(|| role.words.text.clone());
        let identity = match (&role.actor_id, &role.name) {
            (Some(id), _) => id.clone(),
            (None, Some(name)) => format!("“{}", pieces(name).join(" ")),
            (None, None) => format!("“{} {}", pieces(&name).join(" "), telling.text()),
        };
        Party { identity, actor_id: role.actor_id.clone(), name }
    }
}
