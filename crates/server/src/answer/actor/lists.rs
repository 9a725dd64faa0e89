//! With whom does an actor stand, what did it do, what did it say and what is said of it? Lists, newest first, a page at a time.

use std::collections::BTreeMap;

use sayso::types::Edtf;
use sayso::types::record::{GroupKind, GroupRecord, StatementRecord};
use sayso_store::query::{self, Counted, Facets, GroupFilter, Source};
use serde::Serialize;
use utoipa::ToSchema;

use super::ActorAsked;
use super::names::Way;
use super::ties::ends;
use super::who::{ActorName, Who};
use crate::answer::paged::{Count, PageAsked, Paged};
use crate::desk::Reader;
use crate::fault::Fault;

/// So many stand on a page of a list of its own.
const USUAL: usize = 50;

/// A relation of an actor.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ActorRelation {
    /// The relation.
    pub(crate) relation: GroupRecord,
    /// Whether it reads from this actor to the other.
    pub(crate) direction: Way,
    /// The other.
    pub(crate) other: ActorName,
    /// What is known of the day that is asked for; `null` where none is.
    pub(crate) standing: Option<Standing>,
}

/// What is known of a relation on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = StandingThen)]
pub(crate) enum Standing {
    /// It is told of a day not after it and of one not before it.
    Cited,
    /// It is last told of a day before it, and not told to have ended.
    LastCited,
    /// No day is known of which it is told.
    Undated,
}

/// The events of an actor.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ActorEvents {
    /// How many there are.
    pub(crate) all: Count,
    /// How many by the year of the last day that they can mean, last year first; of the last 10,000.
    pub(crate) years: Vec<Year>,
    /// Those of the page.
    #[serde(flatten)]
    pub(crate) page: Paged<GroupRecord>,
}

/// How many events an actor has in a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Year {
    /// The year; `9999` where the time is open, `null` where it is not known.
    pub(crate) year: Option<String>,
    /// How many.
    pub(crate) events: u64,
}

/// Statements of or about an actor.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct ActorStatements {
    /// How many there are.
    pub(crate) statements: Count,
    /// In how many documents, of those counted.
    pub(crate) documents: u64,
    /// Those of the page, last read first.
    #[serde(flatten)]
    pub(crate) page: Paged<StatementRecord>,
}

/// The relations of an actor.
pub(crate) fn relations(reader: Reader<'_>, id: &str, asked: &ActorAsked, page: &PageAsked) -> Result<Paged<ActorRelation>, Fault> {
    relations_of(reader, &Who::of(reader, id)?, asked, page)
}

pub(super) fn relations_of(reader: Reader<'_>, who: &Who, asked: &ActorAsked, page: &PageAsked) -> Result<Paged<ActorRelation>, Fault> {
    let paging = page.paging(USUAL)?;
    let of = |relation: GroupRecord, standing| {
        let (direction, other) = ends(who, &relation);
        ActorRelation { direction, other, standing, relation }
    };
    let Some(on) = asked.on.as_deref().map(str::trim).filter(|on| !on.is_empty()) else {
        let (kinds, actors) = (vec![GroupKind::Relation], who.stands_as.clone());
        let listed = reader.record.groups(&GroupFilter { kinds, actors, paging, ..GroupFilter::default() })?;
        return Ok(Paged::of(listed, |relation| of(relation, None)));
    };
    let on: Edtf = on.parse().map_err(|why| Fault::invalid(format!("{why}"), "Give a date after `on=`."))?;
    let listed = reader.record.relations_of(who.participant.as_str(), &on, &paging)?;
    let standing = |standing| match standing {
        query::Standing::Cited => Standing::Cited,
        query::Standing::LastCited => Standing::LastCited,
        query::Standing::Undated => Standing::Undated,
    };
    Ok(Paged::of(listed, |found| of(found.record, Some(standing(found.standing)))))
}

/// The events of an actor.
pub(crate) fn events(reader: Reader<'_>, id: &str, page: &PageAsked) -> Result<ActorEvents, Fault> {
    events_of(reader, &Who::of(reader, id)?, page)
}

pub(super) fn events_of(reader: Reader<'_>, who: &Who, page: &PageAsked) -> Result<ActorEvents, Fault> {
    let (years, all) = reader.record.years_of(&who.participant)?;
    let (kinds, actors) = (vec![GroupKind::Event], who.stands_as.clone());
    let listed = reader.record.groups(&GroupFilter { kinds, actors, paging: page.paging(USUAL)?, ..GroupFilter::default() })?;
    let years = years.into_iter().map(|count| Year { year: count.year, events: count.events }).collect();
    Ok(ActorEvents { all: all.into(), years, page: Paged::of(listed, |event| event) })
}

/// What an actor said.
pub(crate) fn said(reader: Reader<'_>, id: &str, page: &PageAsked) -> Result<ActorStatements, Fault> {
    said_by(reader, &Who::of(reader, id)?, page)
}

pub(super) fn said_by(reader: Reader<'_>, who: &Who, page: &PageAsked) -> Result<ActorStatements, Fault> {
    let source = Source::Informant(who.participant.as_str().to_owned());
    let facets = reader.record.facets_by(&source, &BTreeMap::new())?;
    let listed = reader.record.statements_by(&source, &BTreeMap::new(), &page.paging(USUAL)?)?;
    Ok(statements(&facets, Paged::of(listed, |statement| statement)))
}

/// What is said of an actor.
pub(crate) fn told(reader: Reader<'_>, id: &str, page: &PageAsked) -> Result<ActorStatements, Fault> {
    told_of(reader, &Who::of(reader, id)?, page)
}

pub(super) fn told_of(reader: Reader<'_>, who: &Who, page: &PageAsked) -> Result<ActorStatements, Fault> {
    let facets = reader.record.facets_of(&who.participant, &BTreeMap::new())?;
    let listed = reader.record.statements_of(&who.participant, &BTreeMap::new(), &page.paging(USUAL)?)?;
    Ok(statements(&facets, Paged::of(listed, |statement| statement)))
}

fn statements(facets: &Facets, page: Paged<StatementRecord>) -> ActorStatements {
    let exact = facets.counted == Counted::All;
    ActorStatements { statements: Count { number: facets.statements, exact }, documents: facets.documents, page }
}
