//! Which actors of the registry are called much like a name? Names that read the same but for vowels, signs and spaces; that two are
//! called alike makes them no one actor, but it is worth a person's look.

use std::collections::{BTreeMap, BTreeSet};

use sayso_coding::resolve::gazetteer::{key, skeleton};
use sayso_types::{Actor, NameKind};

use super::Linker;

/// Names of fewer consonants are alike by chance.
const FEWEST: usize = 3;

/// An actor of the registry that is called much like a name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alike {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The name of it that is alike.
    pub by: String,
}

/// The actors of the registry by the consonants of their names.
#[derive(Clone, Debug, Default)]
pub(super) struct Called {
    /// By consonants: the actor's number, and the name.
    by_bones: BTreeMap<Vec<u8>, Vec<(usize, String)>>,
    /// Id and name of each actor.
    actors: Vec<(String, String)>,
    by_id: BTreeMap<String, usize>,
}

impl Called {
    pub(super) fn of(actors: &[Actor]) -> Called {
        let mut called = Called::default();
        for (number, actor) in actors.iter().enumerate() {
            called.actors.push((actor.id.clone(), actor.name().to_owned()));
            called.by_id.insert(actor.id.clone(), number);
            for name in actor.names.iter().filter(|name| name.kind != NameKind::Domain) {
                called.by_bones.entry(bones(&name.text)).or_default().push((number, name.text.clone()));
            }
        }
        called
    }
}

fn bones(name: &str) -> Vec<u8> {
    skeleton(key(name).as_bytes()).into_iter().filter(u8::is_ascii_alphanumeric).collect()
}

impl Linker {
    /// The actors of the registry that are called much like a name, in the order of their ids.
    pub fn called_like(&self, name: &str) -> Vec<Alike> {
        let bones = bones(name);
        let found = if bones.len() < FEWEST { None } else { self.data.called.by_bones.get(&bones) };
        let mut seen = BTreeSet::new();
        let mut alike: Vec<Alike> = found
            .into_iter()
            .flatten()
            .filter(|(number, _)| seen.insert(*number))
            .map(|(number, by)| {
                let (id, name) = &self.data.called.actors[*number];
                Alike { id: id.clone(), name: name.clone(), by: by.clone() }
            })
            .collect();
        alike.sort();
        alike
    }

    /// The actors of the registry of which a name is much like a name of the actor of an id; the actor itself is left out.
    pub fn called_like_actor(&self, id: &str) -> Vec<Alike> {
        let called = &self.data.called;
        let Some(number) = called.by_id.get(id) else { return Vec::new() };
        let name = &called.actors[*number].1;
        self.called_like(name).into_iter().filter(|alike| alike.id != id).collect()
    }

    /// What the registry calls the actor of an id.
    pub fn actor_name(&self, id: &str) -> Option<&str> {
        let called = &self.data.called;
        called.by_id.get(id).map(|number| called.actors[*number].1.as_str())
    }
}
