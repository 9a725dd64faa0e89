//! What does the registry say of an actor? Names with their kinds and dates, and dated links to and from others.

use sayso::types::{ActorKind, LinkKind, NameKind, Validity};
use serde::Serialize;
use utoipa::ToSchema;

use super::who::Who;
use crate::desk::Reader;

/// What the registry says of an actor.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct RegistryActor {
    /// What it is.
    pub(crate) kind: ActorKind,
    /// When it existed.
    #[serde(flatten)]
    pub(crate) holds: Holds,
    /// ISO 3166-1 alpha-3 codes, the main one first.
    pub(crate) countries: Vec<String>,
    /// The first is the preferred one.
    pub(crate) names: Vec<RegistryName>,
    /// Links to and from other actors.
    pub(crate) ties: Vec<RegistryTie>,
}

/// The dates between which something holds; a missing one is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Holds {
    /// EDTF: from this on.
    pub(crate) from: Option<String>,
    /// EDTF: up to this.
    pub(crate) until: Option<String>,
}

/// A name of an actor.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct RegistryName {
    /// As reports write it.
    pub(crate) text: String,
    /// What kind of name.
    pub(crate) kind: NameKind,
    /// Whether it is also an ordinary word or another thing's name, so that only context makes it this actor's.
    pub(crate) common: bool,
    /// When it is used.
    #[serde(flatten)]
    pub(crate) holds: Holds,
}

/// A link between two actors of the registry.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct RegistryTie {
    /// What kind of tie.
    pub(crate) kind: LinkKind,
    /// Whether it reads from this actor to the other, or from the other to this one.
    pub(crate) direction: Way,
    /// The other's id.
    pub(crate) id: String,
    /// What to call the other.
    pub(crate) name: String,
    /// When it holds.
    #[serde(flatten)]
    pub(crate) holds: Holds,
}

/// Which way a tie reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Way {
    /// From the actor to the other.
    Outward,
    /// From the other to the actor.
    Inward,
}

/// What the registry says of an actor, where it has it.
pub(super) fn registered(reader: Reader<'_>, who: &Who) -> Option<RegistryActor> {
    let actors = reader.linker.actors();
    let actor = actors.actor(&who.id)?;
    let called = |id: &str| actors.name(id).unwrap_or(id).to_owned();
    let outward = actor.links.iter().map(|link| RegistryTie {
        kind: link.kind,
        direction: Way::Outward,
        name: called(&link.to),
        id: link.to.clone(),
        holds: holds(&link.validity),
    });
    let inward = actors.linked_to(&actor.id).map(|(from, link)| RegistryTie {
        kind: link.kind,
        direction: Way::Inward,
        name: from.name().to_owned(),
        id: from.id.clone(),
        holds: holds(&link.validity),
    });
    let name = |name: &sayso::types::ActorName| RegistryName {
        text: name.text.clone(),
        kind: name.kind,
        common: name.common,
        holds: holds(&name.validity),
    };
    Some(RegistryActor {
        kind: actor.kind,
        holds: holds(&actor.validity),
        countries: actor.countries.clone(),
        names: actor.names.iter().map(name).collect(),
        ties: outward.chain(inward).collect(),
    })
}

fn holds(validity: &Validity) -> Holds {
    let text = |bound: &Option<sayso::types::Edtf>| bound.as_ref().map(|edtf| edtf.as_str().to_owned());
    Holds { from: text(&validity.from), until: text(&validity.until) }
}
