//! How did an actor's relations run through time? A lane for each, with its periods, and where friends became enemies or enemies friends.

use std::collections::BTreeMap;

use sayso::linking::relations;
use sayso::types::record::{GroupKind, GroupRecord};
use sayso_linking::relation::{Period, Relation, Reversal, reversals};
use sayso_store::query::{GroupFilter, Paging};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::network::is_symmetric;
use crate::desk::Reader;
use crate::fault::Fault;

/// So many lanes are told, those told last.
const MOST: usize = 60;

/// A question for lanes of time.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TimelineAsked {
    /// The registry's ids, or names exactly, of whose relations are told; several with commas between.
    #[serde(default)]
    pub(crate) actor: String,
    /// Only relations of these types: `splinter_of,merged_into`.
    #[serde(default, rename = "type")]
    pub(crate) type_code: String,
}

/// The relations of some actors through time.
#[derive(Serialize, ToSchema)]
pub(crate) struct Timeline {
    /// One for each relation, those of one type beside each other, the first begun first.
    pub(crate) lanes: Vec<Lane>,
    /// The first day of any.
    pub(crate) first: Option<String>,
    /// The last day of any.
    pub(crate) last: Option<String>,
    /// Whether there are more relations than are told: those told last are.
    pub(crate) more: bool,
}

/// One relation through time.
#[derive(Clone, Serialize, ToSchema)]
#[schema(as = TimelineLane)]
pub(crate) struct Lane {
    /// The relation in short.
    pub(crate) relation: GroupRecord,
    /// Whether it reads the same both ways.
    pub(crate) symmetric: bool,
    /// When it held, with gaps between.
    pub(crate) periods: Vec<Period>,
    /// How many statements say that it does not hold.
    pub(crate) denied: u64,
    /// Where the two turned from friends to enemies or back, told with the later relation.
    pub(crate) turns: Vec<Reversal>,
}

impl Timeline {
    /// The answer to a question; no lanes where no actor is asked for.
    pub(crate) fn of(reader: Reader<'_>, asked: &TimelineAsked) -> Result<Timeline, Fault> {
        let listed =
            |text: &str| -> Vec<String> { text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(ToOwned::to_owned).collect() };
        let actors = listed(&asked.actor);
        if actors.is_empty() {
            return Ok(Timeline { lanes: Vec::new(), first: None, last: None, more: false });
        }
        let found = reader.record.groups(&GroupFilter {
            kinds: vec![GroupKind::Relation],
            actors,
            types: listed(&asked.type_code),
            paging: Paging { limit: MOST, after: None },
            ..GroupFilter::default()
        })?;
        let ids: Vec<String> = found.items.iter().map(|relation| relation.id.clone()).collect();
        let known = relations(reader.linker, reader.record.reading(), &ids)?;
        let turns = turns(&known);
        let lane = |relation: GroupRecord| {
            let told = known.get(&relation.id);
            Lane {
                symmetric: is_symmetric(&relation.type_code),
                periods: told.map(|told| told.periods.clone()).unwrap_or_default(),
                denied: told.map_or(0, |told| told.denied.len() as u64),
                turns: turns.get(&relation.id).cloned().unwrap_or_default(),
                relation,
            }
        };
        let mut lanes: Vec<Lane> = found.items.into_iter().map(lane).collect();
        lanes.sort_by(|one, other| {
            let order = |lane: &Lane| (lane.relation.type_code.clone(), lane.relation.earliest.clone(), lane.relation.id.clone());
            order(one).cmp(&order(other))
        });
        let days = || {
            lanes
                .iter()
                .flat_map(|lane| &lane.periods)
                .flat_map(|period| [sayso_exchange::network::begin(period), sayso_exchange::network::end(period)])
        };
        let (first, last) = (days().flatten().min(), days().flatten().max());
        Ok(Timeline { first: first.map(|day| day.to_string()), last: last.map(|day| day.to_string()), more: found.next.is_some(), lanes })
    }
}

/// Where pairs of actors turned, by the id of the relation that then began.
fn turns(known: &BTreeMap<String, Relation>) -> BTreeMap<String, Vec<Reversal>> {
    let mut by_pair: BTreeMap<[&str; 2], Vec<(&String, &Relation)>> = BTreeMap::new();
    for (id, relation) in known {
        let mut pair = [end(&relation.key.actor), end(&relation.key.recipient)];
        pair.sort_unstable();
        by_pair.entry(pair).or_default().push((id, relation));
    }
    let mut turns: BTreeMap<String, Vec<Reversal>> = BTreeMap::new();
    for relations in by_pair.values() {
        let all: Vec<&Relation> = relations.iter().map(|(_, relation)| *relation).collect();
        for reversal in reversals(&all) {
            let began = |relation: &Relation| relation.periods.iter().any(|period| period.first_cited == reversal.day);
            let is_told = |relation: &Relation| began(relation) && reversal.why.ends_with(&named(relation, &reversal));
            let last = relations.iter().rfind(|(_, relation)| is_told(relation));
            if let Some((id, _)) = last {
                turns.entry((*id).clone()).or_default().push(reversal.clone());
            }
        }
    }
    turns
}

fn end(party: &sayso_linking::Party) -> &str {
    party.actor_id.as_deref().unwrap_or(&party.name)
}

/// How a reversal names the relation that began.
fn named(relation: &Relation, reversal: &Reversal) -> String {
    let day = reversal.day.map(|day| format!(" ({day})")).unwrap_or_default();
    format!("{} {} {}{day}", relation.key.actor.name, relation.key.relation.as_str(), relation.key.recipient.name)
}
