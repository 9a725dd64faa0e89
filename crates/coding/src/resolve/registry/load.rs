//! Reads the registry's files, composes the organs of states, and says where a line is wrong.

use sayso_types::{Actor, ActorKind, ActorLink, ActorName, Edtf, LinkKind, NameKind, Validity};

use super::alike::Persons;
use super::{ActorIndex, Node, Organ, Registry, pieces};
use crate::error::rows;
use crate::{Error, ErrorKind};

/// Reads registry files, each with its name and text.
///
/// # Errors
/// Names the file and line of a fact that does not read, has an unknown code, comes before its actor's `kind`, or links to no actor.
pub fn load<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<Registry, Error> {
    let mut registry = Registry::default();
    let mut links = Vec::new();
    for (file, text) in files {
        read(&mut registry, file, text, &mut links)?;
    }
    finish(registry, &links)
}

/// The registry with a file of the user's own: further actors, whose names go before the program's where both bear them, and further
/// facts about actors that the program has.
///
/// # Errors
/// As [`load`].
pub fn with_own(mut registry: Registry, file: &str, text: &str) -> Result<Registry, Error> {
    let before = registry.actors.len();
    let mut links = Vec::new();
    read(&mut registry, file, text, &mut links)?;
    let index = |at| ActorIndex(u32::try_from(at).expect("fewer than four billion actors"));
    registry.own.extend((before..registry.actors.len()).map(index));
    finish(registry, &links)
}

/// A link's target, with the file and line that has it.
type Link<'f> = (String, &'f str, usize);

fn read<'f>(registry: &mut Registry, file: &'f str, text: &'f str, links: &mut Vec<Link<'f>>) -> Result<(), Error> {
    for (line, cells) in rows(text) {
        let wrong = |kind, expected: String| Error::new(kind, file, line, expected);
        let fact = Fact::read(&cells).map_err(|expected| wrong(ErrorKind::Syntax, expected))?;
        if let Some(target) = add(registry, &fact).map_err(|(kind, expected)| wrong(kind, expected))? {
            links.push((target, file, line));
        }
    }
    Ok(())
}

/// Checks where links lead, and makes what is found from all actors.
fn finish(mut registry: Registry, links: &[Link<'_>]) -> Result<Registry, Error> {
    for (target, file, line) in links {
        if registry.by_id(target).is_none() && Organ::ALL.iter().all(|o| !target.ends_with(o.as_str())) {
            return Err(Error::new(ErrorKind::Dangling, file, *line, format!("no actor `{target}`")));
        }
    }
    index_states(&mut registry);
    compose_organs(&mut registry);
    index(&mut registry);
    registry.persons = Persons::of(&registry);
    Ok(registry)
}

struct Fact<'r> {
    id: &'r str,
    fact: &'r str,
    value: &'r str,
    validity: Validity,
}

impl<'r> Fact<'r> {
    fn read(cells: &[&'r str]) -> Result<Fact<'r>, String> {
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default();
        let (id, fact, value) = (cell(0), cell(1), cell(2));
        if id.is_empty() || fact.is_empty() || value.is_empty() {
            return Err("expected id, fact and value, tab-separated".to_owned());
        }
        let date = |text: &str| -> Result<Option<Edtf>, String> {
            if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|e: sayso_types::EdtfError| e.to_string()) }
        };
        Ok(Fact { id, fact, value, validity: Validity { from: date(cell(3))?, until: date(cell(4))? } })
    }
}

type Wrong = (ErrorKind, String);

/// Adds a fact; gives the target of a link, to be checked when all is read.
fn add(registry: &mut Registry, fact: &Fact<'_>) -> Result<Option<String>, Wrong> {
    if fact.fact == "kind" {
        return new_actor(registry, fact).map(|()| None);
    }
    let Some(index) = registry.by_id(fact.id) else {
        return Err((ErrorKind::Dangling, format!("`kind` of `{}` first", fact.id)));
    };
    let actor = &mut registry.actors[index.0 as usize];
    if fact.fact == "country" {
        actor.countries.push(fact.value.to_owned());
    } else if let Some(kind) = fact.fact.strip_prefix("name:") {
        let (code, common) = kind.strip_suffix('!').map_or((kind, false), |code| (code, true));
        let kind = NameKind::of_str(code).ok_or_else(|| (ErrorKind::UnknownCode, format!("unknown kind of name `{code}`")))?;
        actor.names.push(ActorName { text: fact.value.to_owned(), kind, common, validity: fact.validity.clone() });
    } else if let Some(kind) = LinkKind::of_str(fact.fact) {
        actor.links.push(ActorLink { kind, to: fact.value.to_owned(), validity: fact.validity.clone() });
        return Ok(Some(fact.value.to_owned()));
    } else {
        return Err((ErrorKind::UnknownCode, format!("unknown fact `{}`", fact.fact)));
    }
    Ok(None)
}

fn new_actor(registry: &mut Registry, fact: &Fact<'_>) -> Result<(), Wrong> {
    let kind = ActorKind::of_str(fact.value).ok_or_else(|| (ErrorKind::UnknownCode, format!("unknown kind of actor `{}`", fact.value)))?;
    if registry.by_id(fact.id).is_some() {
        return Err((ErrorKind::Duplicate, format!("a second actor `{}`", fact.id)));
    }
    push(
        registry,
        Actor {
            id: fact.id.to_owned(),
            kind,
            validity: fact.validity.clone(),
            countries: Vec::new(),
            names: Vec::new(),
            links: Vec::new(),
        },
    );
    Ok(())
}

fn push(registry: &mut Registry, actor: Actor) {
    let index = ActorIndex(u32::try_from(registry.actors.len()).expect("fewer than four billion actors"));
    registry.by_id.insert(actor.id.clone(), index);
    registry.actors.push(actor);
}

/// The states that exist now, by their first country; the first one named where several share it.
fn index_states(registry: &mut Registry) {
    for (at, actor) in registry.actors.iter().enumerate().filter(|(_, a)| a.kind == ActorKind::State && a.validity.until.is_none()) {
        if let (Some(country), Ok(at)) = (actor.countries.first(), u32::try_from(at)) {
            registry.states.entry(country.clone()).or_insert(ActorIndex(at));
        }
    }
}

/// Every state has a government, forces, police and intelligence, whether or not a file gives them names of their own.
fn compose_organs(registry: &mut Registry) {
    let states: Vec<Actor> = registry.actors.iter().filter(|a| a.kind == ActorKind::State).cloned().collect();
    for state in states {
        for organ in Organ::ALL {
            let id = format!("{}-{}", state.id, organ.as_str());
            if registry.by_id(&id).is_some() {
                continue;
            }
            let adjective = state.names.iter().find(|n| n.kind == NameKind::Adjective);
            let text = format!("{} {}", adjective.map_or(state.name(), |n| &n.text), organ.as_str());
            let kind = ActorKind::of_str(organ.as_str()).expect("organs are kinds of actors");
            let link = ActorLink { kind: LinkKind::OrganOf, to: state.id.clone(), validity: Validity::default() };
            let name = ActorName { text, kind: NameKind::Official, common: false, validity: Validity::default() };
            push(
                registry,
                Actor {
                    id,
                    kind,
                    validity: state.validity.clone(),
                    countries: state.countries.clone(),
                    names: vec![name],
                    links: vec![link],
                },
            );
        }
    }
}

fn index(registry: &mut Registry) {
    let mut nodes = vec![Node::default()];
    for (a, actor) in registry.actors.iter().enumerate() {
        for (n, name) in actor.names.iter().enumerate().filter(|(_, n)| n.kind != NameKind::Domain) {
            let mut at = 0usize;
            for piece in pieces(&name.text) {
                let from = at;
                at = nodes[at].next.get(&piece).map_or(nodes.len(), |next| *next as usize);
                if at == nodes.len() {
                    let fresh = u32::try_from(at).expect("fewer than four billion names");
                    nodes[from].next.insert(&piece, fresh);
                    nodes.push(Node::default());
                }
            }
            if at != 0 {
                let end = (ActorIndex(u32::try_from(a).expect("counted above")), u32::try_from(n).expect("few names"));
                nodes[at].ends.push(end);
            }
        }
    }
    registry.nodes = nodes;
}
