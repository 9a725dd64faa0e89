//! Of whom is an actor told to be a part, from whom did it split, into whom did it go, and by what other names does it go? Each with the
//! sentences that say so.

use sayso::types::RelationType;
use sayso::types::RoleName;
use sayso::types::record::{GroupKind, GroupRecord};
use sayso_store::query::{Cited, GroupFilter, Paging};
use serde::Serialize;
use utoipa::ToSchema;

use super::names::Way;
use super::speaker;
use super::who::{ActorName, Who};
use crate::desk::Reader;
use crate::fault::Fault;

/// So many ties are shown, and of each so many sentences.
const MOST_TIES: usize = 20;
const MOST_SENTENCES: usize = 3;

/// The relations that tell who an actor is.
const KIN: [RelationType; 5] = {
    use RelationType::{AlsoKnownAs, DistinctFrom, MergedInto, PartOf, SplinterOf};
    [PartOf, SplinterOf, MergedInto, AlsoKnownAs, DistinctFrom]
};

/// A relation that tells who an actor is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Tie {
    /// The relation.
    pub(crate) relation: GroupRecord,
    /// Whether it reads from this actor to the other.
    pub(crate) direction: Way,
    /// The other.
    pub(crate) other: ActorName,
    /// The first sentences that tell it.
    pub(crate) sentences: Vec<Sentence>,
}

/// A sentence that tells something, with where it stands and who says so.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TieSentence)]
pub(crate) struct Sentence {
    /// The statement's id.
    pub(crate) statement: String,
    /// The words.
    pub(crate) text: String,
    /// Whether it is told as not so.
    pub(crate) negated: bool,
    /// Who says so, closest to the fact; `null` is the document's own voice.
    pub(crate) said_by: Option<String>,
    /// The document's id.
    pub(crate) document: String,
    /// Its headline.
    pub(crate) title: Option<String>,
    /// Who published it.
    pub(crate) publisher: Option<String>,
    /// When (EDTF).
    pub(crate) published: Option<String>,
    /// Its address.
    pub(crate) url: Option<String>,
    /// How surely it is told.
    pub(crate) surely: String,
}

impl From<Cited> for Sentence {
    fn from(cited: Cited) -> Sentence {
        let Cited { statement, document } = cited;
        Sentence {
            said_by: speaker(&statement),
            negated: statement.negated,
            surely: statement.modality.as_str().to_owned(),
            text: statement.evidence.words.text,
            statement: statement.id,
            document: document.id,
            title: document.title,
            publisher: document.publisher,
            published: document.published,
            url: document.url,
        }
    }
}

/// The ties of an actor, last told first.
pub(super) fn ties(reader: Reader<'_>, who: &Who) -> Result<Vec<Tie>, Fault> {
    let filter = GroupFilter {
        kinds: vec![GroupKind::Relation],
        types: KIN.iter().map(|kind| kind.as_str().to_owned()).collect(),
        actors: who.stands_as.clone(),
        paging: Paging { limit: MOST_TIES, after: None },
        ..GroupFilter::default()
    };
    let mut ties = Vec::new();
    for relation in reader.record.groups(&filter)?.items {
        let cited = reader.record.group_cited(&relation.id, &Paging { limit: MOST_SENTENCES, after: None })?;
        let (direction, other) = ends(who, &relation);
        ties.push(Tie { direction, other, sentences: cited.items.into_iter().map(Sentence::from).collect(), relation });
    }
    Ok(ties)
}

/// Which way a relation reads from an actor, and to whom.
pub(super) fn ends(who: &Who, relation: &GroupRecord) -> (Way, ActorName) {
    let party = |role: RoleName| relation.parties.iter().find(|party| party.role == role);
    let name = |party: &sayso::types::record::GroupParty| ActorName {
        id: party.actor_id.clone().unwrap_or_else(|| party.name.clone()),
        name: party.name.clone(),
    };
    let nobody = || ActorName { id: String::new(), name: String::new() };
    match party(RoleName::Actor) {
        Some(actor) if !who.is(actor.actor_id.as_deref(), &actor.name) => (Way::Inward, name(actor)),
        _ => (Way::Outward, party(RoleName::Recipient).map_or_else(nobody, name)),
    }
}
