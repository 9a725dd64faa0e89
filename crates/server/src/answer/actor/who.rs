//! Who is asked about? An actor of the registry, a candidate for it, or whoever bears exactly a name.

use sayso::linking::{candidate_id, same_actors};
use sayso_store::query::{GroupFilter, Paging, Participant};
use serde::Serialize;
use utoipa::ToSchema;

use crate::desk::Reader;
use crate::fault::Fault;

/// Who knows an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Known {
    /// The registry that the program carries.
    Registry,
    /// A registry of the user's own, with which the record was read.
    OwnRegistry,
    /// Nobody yet: reports name it.
    Candidate,
}

/// An actor's id with what to call it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct ActorName {
    /// The id.
    pub(crate) id: String,
    /// What to call it.
    pub(crate) name: String,
}

/// The actor that is asked about.
pub(crate) struct Who {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) known: Known,
    /// As statements name it.
    pub(super) participant: Participant,
    /// As groups name it and those that people judged to be the same.
    pub(super) stands_as: Vec<String>,
    /// All its ids, as people judged.
    pub(super) ids: Vec<String>,
}

impl Who {
    /// The actor of an id or name that the record or the registry has.
    pub(super) fn of(reader: Reader<'_>, id: &str) -> Result<Who, Fault> {
        let id = id.trim();
        if let Some(actor) = reader.linker.actors().actor(id) {
            return Who::identified(reader, id, actor.name().to_owned(), Known::Registry);
        }
        if let Some(spelled) = id.strip_prefix("c:") {
            return Who::candidate(reader, id, spelled);
        }
        let named = Participant::Named(id.to_owned());
        let one = Paging { limit: 1, after: None };
        if !reader.record.statements_of(&named, &Default::default(), &one)?.items.is_empty() {
            return Who::named(reader, &candidate_id(id), vec![id.to_owned()]);
        }
        let told = reader.record.statements_of(&Participant::Registered(id.to_owned()), &Default::default(), &one)?.items.pop();
        let role = told.and_then(|statement| statement.roles.into_iter().find(|role| role.actor_id.as_deref() == Some(id)));
        match role {
            Some(role) => Who::identified(reader, id, role.name.unwrap_or(role.words.text), Known::OwnRegistry),
            None => Who::in_groups(reader, id),
        }
    }

    /// Whoever is only described, in a group: such have neither id nor name in statements.
    fn in_groups(reader: Reader<'_>, id: &str) -> Result<Who, Fault> {
        let filter = GroupFilter { actors: vec![id.to_owned()], paging: Paging { limit: 1, after: None }, ..GroupFilter::default() };
        if reader.record.groups(&filter)?.items.is_empty() {
            return Err(unknown(id));
        }
        Who::named(reader, &candidate_id(id), vec![id.to_owned()])
    }

    fn candidate(reader: Reader<'_>, id: &str, spelled: &str) -> Result<Who, Fault> {
        let names = reader.record.names_with(spelled)?;
        let names: Vec<String> =
            names.into_iter().filter(|found| found.actor_id.is_none() && candidate_id(&found.name) == id).map(|found| found.name).collect();
        if names.is_empty() { Err(unknown(id)) } else { Who::named(reader, id, names) }
    }

    fn identified(reader: Reader<'_>, id: &str, name: String, known: Known) -> Result<Who, Fault> {
        let ids = same_actors(reader.record.reading(), id)?;
        let participant = Participant::Registered(id.to_owned());
        Ok(Who { id: id.to_owned(), name, known, participant, stands_as: ids.clone(), ids })
    }

    fn named(reader: Reader<'_>, id: &str, names: Vec<String>) -> Result<Who, Fault> {
        let ids = same_actors(reader.record.reading(), id)?;
        let stands_as = names.iter().chain(&ids).cloned().collect();
        let name = names.into_iter().next().unwrap_or_default();
        Ok(Who { id: id.to_owned(), participant: Participant::Named(name.clone()), name, known: Known::Candidate, stands_as, ids })
    }

    /// The other ids that people judged to be the same.
    pub(super) fn same_as(&self, reader: Reader<'_>) -> Vec<ActorName> {
        self.ids.iter().filter(|id| **id != self.id).map(|id| named(reader, id)).collect()
    }

    /// Whether a group's party is this actor.
    pub(super) fn is(&self, actor_id: Option<&str>, name: &str) -> bool {
        self.stands_as.iter().any(|known| known == actor_id.unwrap_or(name))
    }
}

/// An id with what to call it.
pub(super) fn named(reader: Reader<'_>, id: &str) -> ActorName {
    let name = reader.linker.actors().name(id).unwrap_or_else(|| id.strip_prefix("c:").unwrap_or(id));
    ActorName { id: id.to_owned(), name: name.to_owned() }
}

fn unknown(id: &str) -> Fault {
    Fault::unknown(
        format!("nobody in the record or the registry has the id or exactly the name `{id}`"),
        "Search lists actors: /?as=actors. Ids of the registry are lower case with hyphens; a name must be whole.",
    )
}
