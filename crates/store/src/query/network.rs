//! Who stands around an actor: by which relations and joint events, how many and when last?

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use rusqlite::types::Value;
use sayso_types::record::{GroupKind, GroupRecord};

use crate::ask::Json;
use crate::moment::View;
use crate::{Error, Record};

/// So many relations of a pair are listed, last told ones first.
const MOST_RELATIONS: u64 = 20;

/// A question for the network around an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkFilter {
    /// The registry's id.
    pub actor: String,
    /// How far.
    pub reach: Reach,
    /// Of each actor the strongest so many edges: those with most relations and joint events, of equals the last told.
    pub edges: usize,
}

/// How far a network goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// To whom the actor itself is tied.
    #[default]
    One,
    /// To whom these are tied as well.
    Two,
}

/// A network.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Network {
    /// The actors, the nearest first.
    pub nodes: Vec<Node>,
    /// What ties them.
    pub edges: Vec<Edge>,
}

/// An actor of a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The registry's id.
    pub id: String,
    /// What it is called in the group that tells of it last.
    pub name: String,
    /// Steps from the actor in the middle.
    pub steps: u64,
    /// How many others it is tied to beyond its edges shown; `None` for the outermost ones, whose own edges are not looked for.
    pub others: Option<u64>,
}

/// What ties two actors.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// The registry's id of the one nearer to the middle.
    pub one: String,
    /// The registry's id of the other.
    pub other: String,
    /// In how many events both take part, on one side or against each other.
    pub events: u64,
    /// The last day of these (`9999-12-31`: open).
    pub last_event: Option<String>,
    /// How many relations they have.
    pub relations: u64,
    /// These relations, last told ones first, up to 20.
    pub related: Vec<GroupRecord>,
}

/// An edge without its relations.
struct Tie {
    other: String,
    events: u64,
    last_event: Option<String>,
    relations: u64,
}

impl Record {
    /// The network around an actor; empty where the record ties it to nobody.
    pub fn network(&self, filter: &NetworkFilter) -> Result<Network, Error> {
        let reach = match filter.reach {
            Reach::One => 1,
            Reach::Two => 2,
        };
        let mut network = Network::default();
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        let mut drawn: BTreeSet<(String, String)> = BTreeSet::new();
        let mut border = vec![filter.actor.clone()];
        for steps in 0..=reach {
            let mut next = Vec::new();
            for actor in std::mem::take(&mut border) {
                let (ties, others) = if steps < reach {
                    self.ties(&actor, filter.edges).map(|(ties, others)| (ties, Some(others)))?
                } else {
                    (Vec::new(), None)
                };
                seen.insert(actor.clone(), network.nodes.len());
                network.nodes.push(Node { name: self.actor_name(&actor)?, id: actor.clone(), steps, others });
                for tie in ties {
                    if drawn.insert(pair(&actor, &tie.other)) {
                        if !seen.contains_key(&tie.other) && !next.contains(&tie.other) {
                            next.push(tie.other.clone());
                        }
                        network.edges.push(self.edge(&actor, tie)?);
                    }
                }
            }
            next.retain(|actor| !seen.contains_key(actor));
            border = next;
        }
        if network.edges.is_empty() {
            return Ok(Network::default());
        }
        Ok(network)
    }

    /// The strongest ties of an actor, and to how many others it has weaker ones.
    fn ties(&self, actor: &str, most: usize) -> Result<(Vec<Tie>, u64), Error> {
        let sql = format!(
            "SELECT t.other, count(*) FILTER (WHERE t.kind = 'event'), max(t.day) FILTER (WHERE t.kind = 'event'),
                    count(*) FILTER (WHERE t.kind = 'relation'), max(t.day)
             FROM ties AS t WHERE t.actor = ? AND {} AND t.kind <> 'estimate' GROUP BY t.other",
            self.view.holds("t")
        );
        let mut ties: Vec<(u64, String, Tie)> = Vec::new();
        self.each_row(&sql, [Value::from(actor.to_owned())], |row| {
            let (events, relations) = (row.get::<_, u64>(1)?, row.get::<_, u64>(3)?);
            let last_event = row.get::<_, Option<String>>(2)?.filter(|day| !day.is_empty());
            ties.push((events + relations, row.get(4)?, Tie { other: row.get(0)?, events, last_event, relations }));
            Ok(ControlFlow::Continue(()))
        })?;
        let others = ties.len().saturating_sub(most) as u64;
        ties.sort_by(|one, other| (other.0, &other.1).cmp(&(one.0, &one.1)).then_with(|| one.2.other.cmp(&other.2.other)));
        ties.truncate(most);
        Ok((ties.into_iter().map(|(_, _, tie)| tie).collect(), others))
    }

    /// What ties two actors; an edge of nothing where nothing does.
    pub fn edge_between(&self, one: &str, other: &str) -> Result<Edge, Error> {
        let sql = format!(
            "SELECT count(*) FILTER (WHERE t.kind = 'event'), max(t.day) FILTER (WHERE t.kind = 'event'),
                    count(*) FILTER (WHERE t.kind = 'relation')
             FROM ties AS t WHERE t.actor = ? AND t.other = ? AND {} AND t.kind <> 'estimate'",
            self.view.holds("t")
        );
        let mut tie = Tie { other: other.to_owned(), events: 0, last_event: None, relations: 0 };
        self.each_row(&sql, [one, other].map(|id| Value::from(id.to_owned())), |row| {
            tie.events = row.get(0)?;
            tie.last_event = row.get::<_, Option<String>>(1)?.filter(|day| !day.is_empty());
            tie.relations = row.get(2)?;
            Ok(ControlFlow::Break(()))
        })?;
        self.edge(one, tie)
    }

    fn edge(&self, actor: &str, tie: Tie) -> Result<Edge, Error> {
        let Tie { other, events, last_event, relations } = tie;
        let mut related = Vec::new();
        if relations > 0 {
            let sql = format!(
                "SELECT g.record FROM ties AS t CROSS JOIN groups AS g ON g.key = t.grouped
                 WHERE t.actor = ? AND t.other = ? AND t.kind = 'relation' AND {}
                 ORDER BY t.day DESC, t.grouped DESC LIMIT {MOST_RELATIONS}",
                self.view.holds("t")
            );
            self.each_row(&sql, [actor, &other].map(|id| Value::from(id.to_owned())), |row| {
                related.push(row.get::<_, Json<GroupRecord>>(0)?.0);
                Ok(ControlFlow::Continue(()))
            })?;
        }
        Ok(Edge { one: actor.to_owned(), other, events, last_event, relations, related })
    }

    /// What an actor is called in the group that tells of it last; its id where none does.
    pub(super) fn actor_name(&self, actor: &str) -> Result<String, Error> {
        let (index, held) = match self.view {
            View::Now => ("parties_by_actor", "p.until IS NULL"),
            View::After(_) => ("parties_by_actor_ever", "TRUE"),
        };
        let sql = format!(
            "SELECT p.name FROM parties AS p INDEXED BY {index} WHERE p.actor = ? AND p.kind = ? AND {held} ORDER BY p.day DESC LIMIT 1"
        );
        for kind in [GroupKind::Event, GroupKind::Relation] {
            let mut name = None;
            self.each_row(&sql, [actor, kind.as_str()].map(|value| Value::from(value.to_owned())), |row| {
                name = Some(row.get(0)?);
                Ok(ControlFlow::Break(()))
            })?;
            if let Some(name) = name {
                return Ok(name);
            }
        }
        Ok(actor.to_owned())
    }
}

fn pair(one: &str, other: &str) -> (String, String) {
    (one.min(other).to_owned(), one.max(other).to_owned())
}
