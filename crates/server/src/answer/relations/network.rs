//! Who is tied to whom, around an actor or in the whole record, as things are told to have stood on a day?

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sayso::linking::relations;
use sayso::types::Edtf;
use sayso::types::RelationType;
use sayso::types::record::GroupRecord;
use sayso_linking::relation::{Period, Relation};
use sayso_store::query::{Edge, NetworkFilter, Reach};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::standing::{Standing, standing};
use crate::desk::Reader;
use crate::fault::Fault;

/// So many ties of the whole record are drawn, the strongest.
const STRONGEST: usize = 40;

/// So many ties of each actor, unless it is asked otherwise.
const EDGES: usize = 12;

/// At most so many.
const MOST_EDGES: usize = 60;

/// Of so many relations the periods are looked at; of more only their first and last days.
const MOST_PERIODS: usize = 250;

/// A question for a network.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct NetworkAsked {
    /// The registry's id of the actor in the middle; without it the strongest ties of the whole record are told.
    #[serde(default)]
    pub(crate) actor: String,
    /// A day (EDTF: the last day that it can mean): only relations that can have held then. Without it all that were ever told.
    #[serde(default)]
    pub(crate) on: String,
    /// `2` goes on to those to whom these are tied.
    #[serde(default)]
    pub(crate) steps: String,
    /// Of each actor so many ties, the strongest (12; at most 60).
    #[serde(default)]
    pub(crate) edges: String,
    /// Only relations of these types: `allied_with,rival_of`.
    #[serde(default, rename = "type")]
    pub(crate) type_code: String,
}

/// A network of actors.
#[derive(Serialize, ToSchema)]
pub(crate) struct NetworkAnswer {
    /// The day as of which it is, where one was asked for.
    #[schema(value_type = Option<String>)]
    pub(crate) on: Option<Date>,
    /// The actors, the nearest first.
    pub(crate) nodes: Vec<NetworkNode>,
    /// Which two are tied, the strongest ties first.
    pub(crate) edges: Vec<NetworkEdge>,
    /// So many further ties are weaker than those told.
    pub(crate) weaker: u64,
    /// Whether all periods of the relations were looked at; else a relation may be told to hold in a gap between two.
    pub(crate) by_periods: bool,
}

/// An actor of a network.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct NetworkNode {
    /// The registry's id.
    pub(crate) id: String,
    /// What it is called.
    pub(crate) name: String,
    /// Steps from the actor in the middle; 0 for all in a network without one.
    pub(crate) steps: u64,
    /// To how many others it is tied that are not told here; `null` where that was not looked for.
    pub(crate) others: Option<u64>,
}

/// What ties two actors.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct NetworkEdge {
    /// One's id.
    pub(crate) one: String,
    /// The other's.
    pub(crate) other: String,
    /// In how many events both take part, whenever.
    pub(crate) events: u64,
    /// The last day of these.
    pub(crate) last_event: Option<String>,
    /// Their relations, the last told first; at most 20.
    pub(crate) relations: Vec<Tied>,
}

/// A relation of a network.
#[derive(Clone, Serialize, ToSchema)]
pub(crate) struct Tied {
    /// Its id.
    pub(crate) id: String,
    /// Which.
    #[serde(rename = "type")]
    pub(crate) type_code: String,
    /// Of support: funds, arms …
    pub(crate) mode: Option<String>,
    /// From whom.
    pub(crate) from: String,
    /// To whom.
    pub(crate) to: String,
    /// Whether it reads the same both ways.
    pub(crate) symmetric: bool,
    /// What is known of it on the day that was asked for.
    pub(crate) standing: Option<Standing>,
    /// When it held.
    pub(crate) periods: Vec<Period>,
    /// The first day of which it is told.
    pub(crate) earliest: Option<String>,
    /// The last day.
    pub(crate) latest: Option<String>,
    /// Whether it is told to have ended.
    pub(crate) ended: bool,
    /// How many independent sources tell it.
    pub(crate) sources: u64,
    /// How many statements deny it; `null` where that was not looked for.
    pub(crate) denied: Option<u64>,
}

/// The day that is asked for.
pub(super) fn day(text: &str) -> Result<Option<Date>, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let last = text.parse::<Edtf>().ok().and_then(|date| date.latest());
    last.map(Some).ok_or_else(|| Fault::invalid(format!("`{text}` is not a date"), "Write 2017, 2017-08 or 2017-08-31."))
}

pub(super) fn is_symmetric(type_code: &str) -> bool {
    RelationType::of_str(type_code).is_some_and(RelationType::is_symmetric)
}

impl NetworkAnswer {
    /// The answer to a question.
    pub(crate) fn of(reader: Reader<'_>, asked: &NetworkAsked) -> Result<NetworkAnswer, Fault> {
        let on = day(&asked.on)?;
        let (nodes, mut edges, weaker) = if asked.actor.trim().is_empty() { strongest(reader)? } else { around(reader, asked)? };
        let types: BTreeSet<&str> = asked.type_code.split(',').map(str::trim).filter(|code| !code.is_empty()).collect();
        if !types.is_empty() {
            edges.iter_mut().for_each(|edge| edge.related.retain(|relation| types.contains(relation.type_code.as_str())));
        }
        let ids: BTreeSet<String> = edges.iter().flat_map(|edge| &edge.related).map(|relation| relation.id.clone()).collect();
        let by_periods = ids.len() <= MOST_PERIODS;
        let ids: Vec<String> = ids.into_iter().collect();
        let known = if by_periods { relations(reader.linker, reader.record.reading(), &ids)? } else { BTreeMap::new() };
        let mut told: Vec<NetworkEdge> = edges.iter().map(|edge| told(edge, &known, on)).collect();
        // On a day, and of chosen types, what ties two actors is a relation.
        if on.is_some() || !types.is_empty() {
            told.retain(|edge| !edge.relations.is_empty());
        }
        let tied: BTreeSet<&str> = told.iter().flat_map(|edge| [edge.one.as_str(), edge.other.as_str()]).collect();
        let nodes = nodes.into_iter().filter(|node| tied.contains(node.id.as_str()) || node.id == asked.actor.trim()).collect();
        Ok(NetworkAnswer { on, nodes, edges: told, weaker, by_periods })
    }
}

/// The ties around an actor.
fn around(reader: Reader<'_>, asked: &NetworkAsked) -> Result<(Vec<NetworkNode>, Vec<Edge>, u64), Fault> {
    let reach = if asked.steps.trim() == "2" { Reach::Two } else { Reach::One };
    let edges = asked.edges.trim().parse().unwrap_or(EDGES).clamp(1, MOST_EDGES);
    let found = reader.record.network(&NetworkFilter { actor: asked.actor.trim().to_owned(), reach, edges })?;
    let weaker = found.nodes.iter().filter_map(|node| node.others).sum();
    let nodes = found.nodes.into_iter().map(|node| NetworkNode { id: node.id, name: node.name, steps: node.steps, others: node.others });
    Ok((nodes.collect(), found.edges, weaker))
}

/// The strongest ties of the whole record: those with most relations, and of equals with most events.
fn strongest(reader: Reader<'_>) -> Result<(Vec<NetworkNode>, Vec<Edge>, u64), Fault> {
    let pairs = reader.survey().pairs()?;
    let mut by_strength: Vec<&sayso_store::query::Pair> = pairs.iter().filter(|pair| pair.relations > 0).collect();
    by_strength.sort_by(|one, other| {
        let strength = |pair: &sayso_store::query::Pair| (pair.relations, pair.events);
        strength(other).cmp(&strength(one)).then_with(|| (&one.one, &one.other).cmp(&(&other.one, &other.other)))
    });
    let weaker = by_strength.len().saturating_sub(STRONGEST) as u64;
    by_strength.truncate(STRONGEST);
    let mut edges = Vec::new();
    let mut ids = BTreeSet::new();
    for pair in by_strength {
        edges.push(reader.record.edge_between(&pair.one, &pair.other)?);
        ids.extend([pair.one.clone(), pair.other.clone()]);
    }
    let node = |id: String| -> Result<NetworkNode, Fault> {
        Ok(NetworkNode { name: reader.record.name_of_actor(&id)?, id, steps: 0, others: None })
    };
    Ok((ids.into_iter().map(node).collect::<Result<_, _>>()?, edges, weaker))
}

fn told(edge: &Edge, known: &BTreeMap<String, Relation>, on: Option<Date>) -> NetworkEdge {
    let relations = edge.related.iter().map(|relation| tied(relation, known.get(&relation.id), on, edge));
    NetworkEdge {
        relations: relations.filter(|relation| relation.standing.is_none_or(Standing::holds)).collect(),
        one: edge.one.clone(),
        other: edge.other.clone(),
        events: edge.events,
        last_event: edge.last_event.clone(),
    }
}

fn tied(record: &GroupRecord, known: Option<&Relation>, on: Option<Date>, edge: &Edge) -> Tied {
    let ends: Vec<String> = record.parties.iter().map(|party| party.actor_id.clone().unwrap_or_else(|| party.name.clone())).collect();
    Tied {
        id: record.id.clone(),
        type_code: record.type_code.clone(),
        mode: record.mode.clone(),
        from: ends.first().unwrap_or(&edge.one).clone(),
        to: ends.get(1).unwrap_or(&edge.other).clone(),
        symmetric: is_symmetric(&record.type_code),
        standing: on.map(|on| known.map_or_else(|| in_short(record, on), |relation| standing(relation, on))),
        periods: known.map(|relation| relation.periods.clone()).unwrap_or_default(),
        earliest: record.earliest.clone(),
        latest: record.latest.clone(),
        ended: record.ended,
        sources: record.sources,
        denied: known.map(|relation| relation.denied.len() as u64),
    }
}

/// What is known of a relation on a day by its first and last day alone.
fn in_short(record: &GroupRecord, on: Date) -> Standing {
    let on = on.to_string();
    match (&record.earliest, &record.latest) {
        (None, None) => Standing::Undated,
        (Some(first), _) if *first > on => Standing::NotYet,
        (_, Some(last)) if *last < on && record.ended => Standing::Ended,
        (_, Some(last)) if *last < on => Standing::LastCited,
        _ => Standing::Cited,
    }
}
