//! One actor: who it is by the registry and as told, how strong, with whom it stands, what it did, what it said and what is said of it.

mod alike;
mod estimates;
mod lists;
mod names;
mod ties;
mod who;

use sayso::types::record::StatementRecord;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::paged::{PageAsked, Paged};
use crate::desk::Reader;
use crate::fault::Fault;

pub(crate) use alike::{Alike, Judged};
pub(crate) use estimates::{Point, Series};
pub(crate) use lists::{ActorEvents, ActorRelation, ActorStatements, Standing, Year, events, relations, said, told};
pub(crate) use names::{Holds, RegistryActor, RegistryName, RegistryTie, Way};
pub(crate) use ties::{Sentence, Tie};
pub(crate) use who::{ActorName, Known, Who};

/// So many of each list stand on the screen of an actor; the rest is on the list's own.
const SHOWN: usize = 10;

/// What is asked of an actor, beside the moment.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct ActorAsked {
    /// A day, month or year (EDTF): only relations in which it can have stood then, each with how that is known. Without it, all.
    pub(crate) on: Option<String>,
}

/// An actor with all that its screen shows.
#[derive(Serialize, ToSchema)]
pub(crate) struct ActorAnswer {
    /// Its id: the registry's, a candidate's (`c:…`), or the name of whoever has neither.
    pub(crate) id: String,
    /// What to call it.
    pub(crate) name: String,
    /// Who knows it.
    pub(crate) known: Known,
    /// Other ids that people judged to be the same.
    pub(crate) same_as: Vec<ActorName>,
    /// What the registry says of it.
    pub(crate) registry: Option<RegistryActor>,
    /// Parents, factions, successors and other identities, as told in the record.
    pub(crate) ties: Vec<Tie>,
    /// How people judged it to stand to other actors, last judgement first.
    pub(crate) judged: Vec<Judged>,
    /// Others that look like it, and that nobody made one with it.
    pub(crate) alike: Vec<Alike>,
    /// Its strength and other numbers over time.
    pub(crate) series: Vec<Series>,
    /// The day of which relations are asked.
    pub(crate) on: Option<String>,
    /// Relations, newest first.
    pub(crate) relations: Paged<ActorRelation>,
    /// Events, newest first, with how many there are in each year.
    pub(crate) events: ActorEvents,
    /// What it said.
    pub(crate) said: ActorStatements,
    /// What is said of it.
    pub(crate) told: ActorStatements,
}

impl ActorAnswer {
    /// The answer for an id or name.
    pub(crate) fn of(reader: Reader<'_>, id: &str, asked: &ActorAsked) -> Result<ActorAnswer, Fault> {
        let who = Who::of(reader, id)?;
        let first = PageAsked { after: None, limit: Some(SHOWN) };
        Ok(ActorAnswer {
            same_as: who.same_as(reader),
            registry: names::registered(reader, &who),
            ties: ties::ties(reader, &who)?,
            judged: alike::judged(reader, &who)?,
            alike: alike::alike(reader, &who)?,
            series: estimates::series(reader, &who)?,
            on: asked.on.clone(),
            relations: lists::relations_of(reader, &who, asked, &first)?,
            events: lists::events_of(reader, &who, &first)?,
            said: lists::said_by(reader, &who, &first)?,
            told: lists::told_of(reader, &who, &first)?,
            id: who.id,
            name: who.name,
            known: who.known,
        })
    }
}

/// Who says a statement, closest to the fact, in the words for them; `None` where it is the document's own voice.
pub(crate) fn speaker(statement: &StatementRecord) -> Option<String> {
    statement.attribution.last().map(|link| link.name.clone().unwrap_or_else(|| link.source.clone()))
}
