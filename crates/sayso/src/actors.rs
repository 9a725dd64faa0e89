//! Who can act, by the registry that the program carries? Its actors by id, which links lead to each, and who bears which name.

use std::collections::{BTreeMap, BTreeSet};

use sayso_types::{Actor, ActorLink, ActorName, pieces};

/// The actors of a registry, found by id, by name and by who is tied to them.
#[derive(Clone, Debug, Default)]
pub struct Actors {
    by_id: BTreeMap<String, Actor>,
    /// By id, the ids of those that have a link to it.
    linked_from: BTreeMap<String, BTreeSet<String>>,
    /// By the pieces of a name, the ids of those that bear it.
    bearers: BTreeMap<String, BTreeSet<String>>,
}

impl Actors {
    /// The actors of some registry.
    pub fn of(actors: &[Actor]) -> Actors {
        let mut all = Actors::default();
        for actor in actors {
            for link in &actor.links {
                all.linked_from.entry(link.to.clone()).or_default().insert(actor.id.clone());
            }
            for name in &actor.names {
                all.bearers.entry(spelled(&name.text)).or_default().insert(actor.id.clone());
            }
            all.by_id.insert(actor.id.clone(), actor.clone());
        }
        all
    }

    /// The actor of an id.
    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.by_id.get(id)
    }

    /// What to call an actor of the registry; `None` where it has no such.
    pub fn name(&self, id: &str) -> Option<&str> {
        self.by_id.get(id).map(Actor::name)
    }

    /// The actors that have a link to one, each with that link.
    pub fn linked_to<'a>(&'a self, id: &'a str) -> impl Iterator<Item = (&'a Actor, &'a ActorLink)> {
        let from = self.linked_from.get(id).into_iter().flatten().filter_map(|from| self.by_id.get(from));
        from.flat_map(move |actor| actor.links.iter().filter(move |link| link.to == id).map(move |link| (actor, link)))
    }

    /// The actors that bear a name, in whichever spelling.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Actor> {
        self.bearers.get(&spelled(name)).into_iter().flatten().filter_map(|id| self.by_id.get(id))
    }

    /// The other actors that bear a name of this one, each with that name. A shared name never makes two actors one.
    pub fn namesakes(&self, id: &str) -> Vec<(&Actor, &ActorName)> {
        let names = self.by_id.get(id).map_or(&[][..], |actor| &actor.names);
        let mut found: BTreeMap<&str, (&Actor, &ActorName)> = BTreeMap::new();
        for name in names {
            for actor in self.named(&name.text).filter(|actor| actor.id != id) {
                found.entry(&actor.id).or_insert((actor, name));
            }
        }
        found.into_values().collect()
    }
}

/// A name so that all spellings of it are one.
fn spelled(name: &str) -> String {
    pieces(name).iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registry() -> Actors {
        Actors::of(crate::data::registry().expect("the registry loads").actors())
    }

    #[test]
    fn links_are_found_from_both_ends() {
        let actors = registry();
        let faction = actors.by_id.values().find(|actor| !actor.links.is_empty()).expect("an actor with a link");
        let link = &faction.links[0];
        assert!(actors.linked_to(&link.to).any(|(from, found)| from.id == faction.id && found == link));
    }

    #[test]
    fn a_name_is_found_in_any_spelling() {
        let actors = registry();
        let ids: Vec<&str> = actors.named("AL QAÏDA").map(|actor| actor.id.as_str()).collect();
        assert_eq!(ids, ["al-qaeda"]);
    }

    #[test]
    fn namesakes_share_a_name_and_stay_apart() {
        let named = |id: &str, names: &[&str]| Actor {
            id: id.to_owned(),
            kind: sayso_types::ActorKind::ArmedGroup,
            validity: sayso_types::Validity::default(),
            countries: Vec::new(),
            names: names
                .iter()
                .map(|text| ActorName {
                    text: (*text).to_owned(),
                    kind: sayso_types::NameKind::Short,
                    common: false,
                    validity: sayso_types::Validity::default(),
                })
                .collect(),
            links: Vec::new(),
        };
        let actors =
            Actors::of(&[named("north", &["North Front", "NF"]), named("new", &["New Front", "N.F."]), named("old", &["Old Front"])]);
        let found: Vec<(&str, &str)> =
            actors.namesakes("north").iter().map(|(actor, name)| (actor.id.as_str(), name.text.as_str())).collect();
        assert_eq!(found, [("new", "NF")]);
    }
}
