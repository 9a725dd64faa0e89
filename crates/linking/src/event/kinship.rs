//! Which actors are parts of which? A faction's attack is also its parent's.

use std::collections::{BTreeMap, BTreeSet};

use sayso_types::{Actor, LinkKind, WordMap};

/// Which actors are parts of which, at any remove.
#[derive(Clone, Debug, Default)]
pub struct Kinship {
    parents: WordMap<BTreeSet<String>>,
}

impl Kinship {
    /// The kinship that the registry's links make: parts, wings, organs and successors.
    pub fn of(actors: &[Actor]) -> Kinship {
        Kinship::of_links(links(actors))
    }

    /// The kinship of pairs of a part and its whole.
    pub fn of_links(links: impl IntoIterator<Item = (String, String)>) -> Kinship {
        let mut direct: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (part, whole) in links {
            direct.entry(part).or_default().push(whole);
        }
        let mut parents = WordMap::default();
        for actor in direct.keys() {
            let mut above = BTreeSet::new();
            let mut waiting: Vec<&String> = direct[actor].iter().collect();
            while let Some(parent) = waiting.pop() {
                if above.insert(parent.clone()) {
                    waiting.extend(direct.get(parent).into_iter().flatten());
                }
            }
            above.remove(actor);
            parents.insert(actor, above);
        }
        Kinship { parents }
    }

    /// Whether the one is the other, or a part of it at any remove.
    pub fn is_within(&self, part: &str, whole: &str) -> bool {
        part == whole || self.parents.get(part).is_some_and(|above| above.contains(whole))
    }

    /// All that it is a part of.
    pub fn above(&self, actor: &str) -> impl Iterator<Item = &str> {
        self.parents.get(actor).into_iter().flatten().map(String::as_str)
    }
}

/// The pairs of a part and its whole that the registry's links make.
pub fn links(actors: &[Actor]) -> Vec<(String, String)> {
    let is_kin = |kind| {
        use LinkKind::{MergedInto, OrganOf, PartOf, RenamedTo, WingOf};
        matches!(kind, PartOf | WingOf | OrganOf | MergedInto | RenamedTo)
    };
    let of = |actor: &Actor| {
        let kin = actor.links.iter().filter(|link| is_kin(link.kind));
        kin.map(|link| (actor.id.clone(), link.to.clone())).collect::<Vec<_>>()
    };
    actors.iter().flat_map(of).collect()
}
