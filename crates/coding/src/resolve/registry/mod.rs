//! Which actor do these words name? The actor registry, with names and links that hold between dates.

mod alike;
mod find;
mod load;

use std::collections::{BTreeMap, BTreeSet};

use sayso_types::{Actor, Edtf, LinkKind, WordMap};

use alike::Persons;
pub use find::{ActorContext, ActorName, actor_names, decide, known_names, names_armed_group};
pub use load::{load, with_own};
pub use sayso_types::pieces;

/// The number of an actor in its registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorIndex(u32);

/// All actors, found by id or by name. An alias never merges two actors: a shared name leads to each of them.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    actors: Vec<Actor>,
    by_id: BTreeMap<String, ActorIndex>,
    states: BTreeMap<String, ActorIndex>,
    nodes: Vec<Node>,
    persons: Persons,
    /// The actors of a user's own file, whose names go before the program's.
    own: BTreeSet<ActorIndex>,
}

/// One node of the trie of names: the names that end here, and the pieces that go on.
#[derive(Clone, Debug, Default)]
struct Node {
    ends: Vec<(ActorIndex, u32)>,
    next: WordMap<u32>,
}

/// A part of a state that acts for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Organ {
    /// Government and officials.
    Government,
    /// Armed forces.
    Military,
    /// Police.
    Police,
    /// Intelligence service.
    Intelligence,
}

impl Organ {
    /// All of them.
    pub const ALL: [Organ; 4] = [Organ::Government, Organ::Military, Organ::Police, Organ::Intelligence];

    /// Its code in ids and lexicons: "military".
    pub fn as_str(self) -> &'static str {
        match self {
            Organ::Government => "government",
            Organ::Military => "military",
            Organ::Police => "police",
            Organ::Intelligence => "intelligence",
        }
    }

    /// The organ of a code.
    pub fn of_str(code: &str) -> Option<Organ> {
        Organ::ALL.into_iter().find(|o| o.as_str() == code)
    }
}

impl Registry {
    /// The actor with that number.
    pub fn actor(&self, index: ActorIndex) -> &Actor {
        &self.actors[index.0 as usize]
    }

    /// All actors, in the order of their files, composed organs last.
    pub fn actors(&self) -> &[Actor] {
        &self.actors
    }

    /// The actor with that id.
    pub fn by_id(&self, id: &str) -> Option<ActorIndex> {
        self.by_id.get(id).copied()
    }

    /// An organ of a state: "afghanistan" and military give "afghanistan-military".
    pub fn organ(&self, state: ActorIndex, organ: Organ) -> Option<ActorIndex> {
        self.by_id(&format!("{}-{}", self.actor(state).id, organ.as_str()))
    }

    /// The state whose first country has that ISO 3166-1 alpha-3 code.
    pub fn state_of(&self, country: &str) -> Option<ActorIndex> {
        self.states.get(country).copied()
    }

    /// The actors to whom an actor has a link of that kind; undated text takes links of any date.
    pub fn linked(&self, from: ActorIndex, kind: LinkKind, date: Option<&Edtf>) -> Vec<ActorIndex> {
        let holds = |v: &sayso_types::Validity| match date.and_then(|d| d.earliest().zip(d.latest())) {
            Some((earliest, latest)) => v.holds(earliest, latest),
            None => true,
        };
        let links = self.actor(from).links.iter().filter(|l| l.kind == kind && holds(&l.validity));
        links.filter_map(|l| self.by_id(&l.to)).collect()
    }
}
