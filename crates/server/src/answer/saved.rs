//! The questions that a person keeps.

use form_urlencoded::Serializer;
use sayso_people::Saved;
use serde::Serialize;
use utoipa::ToSchema;

use super::search::As;
use crate::fault::Fault;
use crate::people::access::Access;
use crate::person::Person;

/// The questions that a person keeps.
#[derive(Serialize, ToSchema)]
pub(crate) struct Kept {
    /// By name.
    pub(crate) saved: Vec<Saved>,
}

impl Kept {
    /// A person's.
    pub(crate) async fn of(access: &Access, person: &Person) -> Result<Kept, Fault> {
        let name = person.name.clone();
        Ok(Kept { saved: access.people(move |people, _| people.saved(&name)).await? })
    }
}

/// The query of an address that asks a kept question.
pub(crate) fn query(saved: &Saved) -> String {
    Serializer::new(String::new()).append_pair("q", &saved.q).append_pair("as", shown(saved).as_str()).finish()
}

/// As what a kept question is answered.
pub(crate) fn shown(saved: &Saved) -> As {
    As::ALL.into_iter().find(|each| each.as_str() == saved.shown).unwrap_or_default()
}
