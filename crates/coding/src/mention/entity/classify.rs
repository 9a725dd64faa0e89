//! What does each noun phrase name? By the registry's names, the name tagger, the nouns' lexicon and their modifiers.

use std::collections::BTreeMap;
use std::ops::Range;

use sayso_types::{ActorKind, LinkKind, Name, NameClass, Place, Relation, RelationType, Upos};

use super::refer::resolve_references;
use super::{Entities, Entity, EntityClass, Referent};
use crate::cues::Cues;
use crate::frame::{Companion, Frames, Yields};
use crate::lexicon::{NounClass, RoleNouns};
use crate::resolve::registry::{ActorIndex, Organ, Registry};
use crate::syntax::{Tree, noun_phrase_tokens};

/// What the entities of a document are found from.
#[derive(Clone, Copy, Debug)]
pub struct EntityInput<'i> {
    /// Syntax.
    pub tree: &'i Tree<'i>,
    /// The registry.
    pub registry: &'i Registry,
    /// The nouns' classes.
    pub nouns: &'i RoleNouns,
    /// Words that attribute.
    pub cues: &'i Cues,
    /// The frames, whose words tell where a capital stands for its government.
    pub frames: &'i Frames,
    /// Names of registered actors, decided, with their tokens in order.
    pub actors: &'i [(Range<usize>, ActorIndex)],
    /// Toponyms with their tokens in order, and what they name where that is known.
    pub places: &'i [(Range<usize>, Option<Place>)],
    /// The country (ISO 3166-1 alpha-3) that the document speaks of most.
    pub focus: Option<&'i str>,
}

/// All entities of a document's parsed sentences, with whom they refer to.
///
/// In "Taliban fighters … the group said", both phrases refer to the Taliban.
pub fn entities(input: &EntityInput<'_>) -> Entities {
    let tree = input.tree;
    let mut found = Entities::new(tree.analysis.tokens.len());
    let covered = cover(input);
    let acronyms = acronyms(input);
    for sentence in &tree.analysis.sentences {
        if !sentence.parsed {
            name_only(input, &sentence.tokens, &mut found);
            continue;
        }
        for head in sentence.tokens.clone() {
            let adjective_name = tree.token(head).pos == Upos::Adj && covered.actor.contains_key(&head);
            if is_nominal(tree, head) || adjective_name {
                let (entity, also_at) = classify(input, &covered, &acronyms, head);
                found.add(entity, also_at);
            }
        }
    }
    resolve_references(input, &mut found);
    found
}

/// Of a sentence whose syntax was not read, the actors and persons that it names, so that later phrases can refer to them.
fn name_only(input: &EntityInput<'_>, sentence: &Range<usize>, found: &mut Entities) {
    let kind = |actor: ActorIndex| input.registry.actor(actor).kind;
    let class = |actor| if kind(actor) == ActorKind::Person { EntityClass::Person } else { EntityClass::Actor };
    let actors = input.actors.iter().map(|(tokens, actor)| (tokens.clone(), class(*actor), Referent::Actors(vec![*actor])));
    let is_actor = |at: usize| input.actors.iter().any(|(tokens, _)| tokens.contains(&at));
    let persons = input.tree.analysis.names.iter().filter(|n| n.kind == NameClass::Person && !n.tokens.clone().any(is_actor));
    let text = |tokens: &Range<usize>| input.tree.analysis.span_of(tokens.clone()).text(input.tree.text).to_owned();
    let persons = persons.map(|n| (n.tokens.clone(), EntityClass::Person, Referent::Named(text(&n.tokens))));
    let mut named: Vec<_> = actors.chain(persons).filter(|(tokens, ..)| sentence.contains(&tokens.start)).collect();
    named.sort_by_key(|(tokens, ..)| tokens.start);
    for (tokens, class, referent) in named {
        let span = input.tree.analysis.span_of(tokens.clone());
        found.add(Entity { head: tokens.end - 1, tokens: tokens.clone(), span, class, referent, resolved: false }, tokens);
    }
}

/// For every token, the name that covers it.
struct Covered<'i> {
    actor: BTreeMap<usize, (Range<usize>, ActorIndex)>,
    place: BTreeMap<usize, (Range<usize>, Option<&'i Place>)>,
    name: BTreeMap<usize, &'i Name>,
}

fn cover<'i>(input: &EntityInput<'i>) -> Covered<'i> {
    let mut covered = Covered { actor: BTreeMap::new(), place: BTreeMap::new(), name: BTreeMap::new() };
    for (tokens, actor) in input.actors {
        covered.actor.extend(tokens.clone().map(|t| (t, (tokens.clone(), *actor))));
    }
    for (tokens, place) in input.places {
        covered.place.extend(tokens.clone().map(|t| (t, (tokens.clone(), place.as_ref()))));
    }
    for name in &input.tree.analysis.names {
        covered.name.extend(name.tokens.clone().map(|t| (t, name)));
    }
    covered
}

/// Acronyms that the document explains itself: "the People's Liberation Front (PLF)" makes "PLF" that front.
fn acronyms(input: &EntityInput<'_>) -> BTreeMap<String, (Option<ActorIndex>, String)> {
    let tree = input.tree;
    let mut found = BTreeMap::new();
    let tokens = &tree.analysis.tokens;
    for at in 1..tokens.len().saturating_sub(2) {
        let (open, word, close) = (tree.word(at), tree.word(at + 1), tree.word(at + 2));
        let is_acronym = word.len() >= 2 && word.chars().filter(|c| c.is_uppercase()).count() >= 2;
        if open != "(" || close != ")" || !is_acronym {
            continue;
        }
        let named = input.actors.iter().find(|(range, _)| range.contains(&(at - 1)) || range.end + 3 >= at && range.end <= at);
        let full = named
            .map_or_else(|| capitalised_before(tree, at), |(range, _)| tree.analysis.span_of(range.clone()).text(tree.text).to_owned());
        let spells = named.is_some() || spells(&full, word);
        if spells && !full.is_empty() {
            found.insert(word.to_owned(), (named.map(|(_, actor)| *actor), full));
        }
    }
    found
}

fn capitalised_before(tree: &Tree<'_>, at: usize) -> String {
    let small = |t: usize| matches!(tree.lemma(t), "of" | "for" | "the" | "and" | "in" | "de" | "al" | "-" | "'s");
    let mut start = at;
    while start > 0 && at - start < 12 && (tree.word(start - 1).starts_with(char::is_uppercase) || small(start - 1)) {
        start -= 1;
    }
    while start < at && small(start) {
        start += 1;
    }
    if start == at { String::new() } else { tree.analysis.span_of(start..at).text(tree.text).to_owned() }
}

/// Whether the acronym's first letter begins one of the first words.
fn spells(full: &str, acronym: &str) -> bool {
    let initial = acronym.chars().next();
    full.split([' ', '-']).filter(|w| w.starts_with(char::is_uppercase)).any(|w| w.chars().next() == initial)
        && full.split([' ', '-']).count() >= 2
}

fn is_nominal(tree: &Tree<'_>, token: usize) -> bool {
    match tree.token(token).pos {
        Upos::Noun | Upos::Propn | Upos::Pron => true,
        Upos::Num | Upos::Det | Upos::Sym => !matches!(tree.relation(token), Relation::Nummod | Relation::Det | Relation::Punct),
        Upos::Adj => match tree.relation(token) {
            Relation::Nsubj | Relation::NsubjPass | Relation::Obj | Relation::Obl => true,
            Relation::Conj => tree.children(token).any(|c| matches!(tree.relation(c), Relation::Det | Relation::Nummod)),
            _ => false,
        },
        _ => false,
    }
}

type Acronyms = BTreeMap<String, (Option<ActorIndex>, String)>;

/// The entity at a head, and the tokens of its name.
fn classify(input: &EntityInput<'_>, covered: &Covered<'_>, acronyms: &Acronyms, head: usize) -> (Entity, Range<usize>) {
    let tree = input.tree;
    let tokens = noun_phrase_tokens(tree, head);
    let span = tree.analysis.span_of(tokens.clone());
    let entity = |class, referent| Entity { head, tokens: tokens.clone(), span, class, referent, resolved: false };
    if tree.token(head).pos == Upos::Pron {
        return (entity(EntityClass::Pronoun, Referent::Described), head..head);
    }
    let noun = noun_class(input, head);
    let place_known = covered.place.get(&head).is_some_and(|(_, place)| place.is_some());
    let is_people = |actor: &ActorIndex| input.registry.actor(*actor).kind == ActorKind::People;
    if let Some((range, actor)) = covered.actor.get(&head).filter(|(_, a)| !(place_known && is_people(a))) {
        // "the Mai-Mai rebel movement": the name stands in the phrase, and the noun says what it is.
        let is_person = input.registry.actor(*actor).kind == ActorKind::Person;
        let class = if is_person { EntityClass::Person } else { EntityClass::Actor };
        return (entity(class, Referent::Actors(vec![*actor])), range.clone());
    }
    if let Some((actor, full)) = acronyms.get(tree.word(head)) {
        let referent = actor.map_or_else(|| Referent::Named(full.clone()), |a| Referent::Actors(vec![a]));
        let class = if actor.is_some() { EntityClass::Actor } else { EntityClass::Organization };
        return (entity(class, referent), head..head);
    }
    if let Some(class) = noun
        && tree.token(head).pos != Upos::Propn
    {
        return (entity(EntityClass::Noun(class), described(input, covered, class, head)), head..head);
    }
    if let Some((class, referent)) = shortened(input, covered, head) {
        return (entity(class, referent), head..head);
    }
    if let Some((range, place)) = covered.place.get(&head) {
        let state = place.filter(|p| p.kind == sayso_types::PlaceKind::Country).and_then(|p| input.registry.state_of(&p.country));
        let referent = state.or_else(|| seat(input, *place, head)).map_or(Referent::Described, |s| Referent::Actors(vec![s]));
        return (entity(EntityClass::Place, referent), range.clone());
    }
    if let Some(name) = covered.name.get(&head) {
        return named(input, covered, name, &entity);
    }
    let class = noun.map_or(EntityClass::Thing, EntityClass::Noun);
    let referent = noun.map_or(Referent::Described, |class| described(input, covered, class, head));
    (entity(class, referent), head..head)
}

/// "Sadr" after "Muqtada al-Sadr", "the Centre" after "the Horn Justice Centre": the last word of a longer name said before, where nothing
/// else bears it alone.
fn shortened(input: &EntityInput<'_>, covered: &Covered<'_>, head: usize) -> Option<(EntityClass, Referent)> {
    let tree = input.tree;
    let own = covered.name.get(&head);
    let alone = own.is_none_or(|name| name.tokens.len() == 1) && !tree.children(head).any(|c| tree.relation(c) == Relation::Flat);
    let person = own.is_some_and(|name| name.kind == NameClass::Person);
    let definite = tree.child(head, Relation::Det).is_some_and(|det| tree.lemma(det) == "the");
    if tree.token(head).pos != Upos::Propn || !alone || !(person || definite) {
        return None;
    }
    let ends = |tokens: &Range<usize>| tokens.len() > 1 && tokens.end <= head && tree.word(tokens.end - 1) == tree.word(head);
    let kind = |actor: ActorIndex| input.registry.actor(actor).kind;
    let fits = |actor: ActorIndex| (kind(actor) == ActorKind::Person) == person;
    if let Some((_, actor)) = input.actors.iter().rev().find(|(tokens, actor)| ends(tokens) && fits(*actor)) {
        return Some((if person { EntityClass::Person } else { EntityClass::Actor }, Referent::Actors(vec![*actor])));
    }
    let wanted = if person { NameClass::Person } else { NameClass::Organization };
    let full = tree.analysis.names.iter().rev().find(|name| name.kind == wanted && ends(&name.tokens))?;
    let text = tree.analysis.span_of(full.tokens.clone()).text(tree.text).to_owned();
    Some((if person { EntityClass::Person } else { EntityClass::Organization }, Referent::Named(text)))
}

/// A capital that does something speaks for its government: "Bamako rejected the appeal".
fn seat(input: &EntityInput<'_>, place: Option<&Place>, head: usize) -> Option<ActorIndex> {
    let tree = input.tree;
    // "Bamako and Niamey rejected the appeal"
    let first = tree.head(head).filter(|_| tree.relation(head) == Relation::Conj).unwrap_or(head);
    let verb = tree.head(first).filter(|v| tree.token(*v).pos == Upos::Verb);
    let acts = verb.is_some_and(|v| match tree.relation(first) {
        Relation::Nsubj => !tree.is_passive(v),
        // "was sanctioned by Washington"
        Relation::OblAgent => tree.is_passive(v),
        Relation::Obl => tree.is_passive(v) && tree.preposition(first).as_deref() == Some("by"),
        // "urged Baghdad to arrest them", "accused Kigali of arming them"
        Relation::Obj | Relation::Iobj => tree.children(v).any(|c| c > first && is_told(tree, c)),
        _ => false,
    });
    // "shares intelligence with Kabul", "its accord with Bangui"
    let acts = acts
        || is_party(input, head)
        || (matches!(tree.relation(first), Relation::Obl | Relation::Nmod) && tree.preposition(first).as_deref() == Some("with"));
    let place = place.filter(|p| acts && p.kind == sayso_types::PlaceKind::Capital)?;
    input.registry.organ(input.registry.state_of(&place.country)?, Organ::Government)
}

/// What somebody is told to do or accused of: "to arrest them", "of arming them".
fn is_told(tree: &Tree<'_>, clause: usize) -> bool {
    let of = || tree.child(clause, Relation::Mark).is_some_and(|mark| matches!(tree.lemma(mark), "of" | "to"));
    tree.token(clause).pos == Upos::Verb && matches!(tree.relation(clause), Relation::Xcomp | Relation::Advcl) && of()
}

/// "loyal to Damascus", "Tehran's proxies", "backs Khartoum": a side of a relation that only actors stand in.
fn is_party(input: &EntityInput<'_>, head: usize) -> bool {
    let tree = input.tree;
    let Some(above) = tree.head(head) else { return false };
    let tied = match tree.relation(head) {
        Relation::Obl | Relation::Nmod => {
            matches!(tree.preposition(head).as_deref(), Some("to" | "from" | "of" | "by" | "with" | "for"))
        }
        Relation::NmodPoss => true,
        Relation::Obj => tree.token(above).pos == Upos::Verb,
        _ => false,
    };
    let between_actors = |yields: Yields| {
        use RelationType::{AlliedWith, DelegatesTo, DependsOn, Directs, Influences, LinkedTo, Supports};
        matches!(yields, Yields::Relation(Supports | AlliedWith | LinkedTo | Directs | DependsOn | Influences | DelegatesTo))
    };
    let mut frames = input.frames.of_lemma(tree.lemma(above));
    tied && frames.any(|(_, frame, trigger)| {
        let plain = trigger.companions.iter().all(|c| matches!(c, Companion::Word(_)));
        plain && trigger.class.holds(tree.token(above).pos) && between_actors(frame.yields)
    })
}

fn named(
    input: &EntityInput<'_>,
    covered: &Covered<'_>,
    name: &Name,
    entity: &dyn Fn(EntityClass, Referent) -> Entity,
) -> (Entity, Range<usize>) {
    let tree = input.tree;
    let text = tree.analysis.span_of(name.tokens.clone()).text(tree.text).to_owned();
    let found = match name.kind {
        NameClass::Person => {
            // "Pakistani army spokesman Asif Ghafoor" speaks for the army.
            let office = name.tokens.clone().find_map(|t| office(input, covered, t));
            entity(EntityClass::Person, office.map_or(Referent::Named(text), |actor| Referent::Actors(vec![actor])))
        }
        NameClass::Organization => entity(EntityClass::Organization, Referent::Named(text)),
        NameClass::Location => entity(EntityClass::Place, Referent::Described),
        NameClass::Other => entity(EntityClass::Thing, Referent::Described),
    };
    (found, name.tokens.clone())
}

/// The organ of state that a title before a person's name stands for.
fn office(input: &EntityInput<'_>, covered: &Covered<'_>, token: usize) -> Option<ActorIndex> {
    let tree = input.tree;
    let titles = tree
        .children(token)
        .filter(|c| matches!(tree.relation(*c), Relation::Compound | Relation::Nmod | Relation::NmodUnmarked | Relation::Appos));
    titles.into_iter().find_map(|title| {
        let class = noun_class(input, title)?;
        if !matches!(class, NounClass::Official | NounClass::Soldier | NounClass::Police | NounClass::Intelligence) {
            return None;
        }
        described(input, covered, class, title).actors().first().copied()
    })
}

/// The class of a noun, by itself or with the word before it ("air force").
pub(super) fn noun_class(input: &EntityInput<'_>, head: usize) -> Option<NounClass> {
    let tree = input.tree;
    let compound = tree.children(head).filter(|c| tree.relation(*c) == Relation::Compound && c + 1 == head).last();
    let joined = compound.map(|c| format!("{} {}", tree.lemma(c), tree.lemma(head)));
    joined.and_then(|j| input.nouns.class(&j)).or_else(|| input.nouns.class(tree.lemma(head)))
}

/// Whom a common noun refers to by its modifiers: "Taliban fighters", "Afghan officials", "U.S. troops", "the government of Mali".
fn described(input: &EntityInput<'_>, covered: &Covered<'_>, class: NounClass, head: usize) -> Referent {
    let modifiers = modifying_actors(input, covered, head);
    let referent = match class {
        NounClass::Leader | NounClass::Relative if let Some(person) = apposed_person(input, covered, head) => return person,
        NounClass::Relative => {
            let named = apposed(input, covered, head).or_else(|| affiliate(input, covered, head, &modifiers));
            return named.map_or(Referent::Described, |a| Referent::Actors(vec![a]));
        }
        NounClass::Fighter | NounClass::Group | NounClass::Leader | NounClass::Member => {
            let named: Vec<ActorIndex> = modifiers.iter().copied().filter(|a| !is_state(input, *a)).collect();
            if named.is_empty() { apposed(input, covered, head).into_iter().collect() } else { named }
        }
        NounClass::Soldier | NounClass::Police | NounClass::Intelligence | NounClass::Official => {
            modifiers.iter().filter_map(|a| organ_of(input, *a, class, head)).collect()
        }
        NounClass::Document => modifiers,
        _ => Vec::new(),
    };
    if referent.is_empty() { Referent::Described } else { Referent::Actors(referent) }
}

fn is_state(input: &EntityInput<'_>, actor: ActorIndex) -> bool {
    matches!(input.registry.actor(actor).kind, ActorKind::State | ActorKind::People)
}

fn organ_of(input: &EntityInput<'_>, actor: ActorIndex, class: NounClass, head: usize) -> Option<ActorIndex> {
    let kind = input.registry.actor(actor).kind;
    if kind == ActorKind::People {
        return None;
    }
    if kind != ActorKind::State {
        return Some(actor);
    }
    let organ = input.nouns.organ(input.tree.lemma(head)).or(match class {
        NounClass::Soldier => Some(Organ::Military),
        NounClass::Police => Some(Organ::Police),
        NounClass::Intelligence => Some(Organ::Intelligence),
        _ => Some(Organ::Government),
    })?;
    input.registry.organ(actor, organ)
}

/// The actors named by a noun's modifiers, "of" and "in" phrases and possessors, nearest to the noun first.
fn modifying_actors(input: &EntityInput<'_>, covered: &Covered<'_>, head: usize) -> Vec<ActorIndex> {
    use Relation as R;
    let tree = input.tree;
    let mut found = Vec::new();
    let mut children: Vec<usize> = tree.children(head).collect();
    children.sort_by_key(|c| c.abs_diff(head));
    for child in children {
        let names_it = match tree.relation(child) {
            R::Compound | R::Amod | R::NmodPoss | R::NmodUnmarked | R::Flat | R::Appos => child < head || tree.relation(child) == R::Flat,
            R::Nmod => child < head || matches!(tree.preposition(child).as_deref(), Some("of" | "in" | "from")),
            _ => false,
        };
        if names_it {
            for token in
                std::iter::once(child).chain(crate::syntax::conjuncts(tree, child)).filter(|t| !ends_in_participle(tree, covered, *t))
            {
                found.extend(actor_at(input, covered, token).filter(|a| !found.contains(a)));
            }
        }
    }
    found
}

/// "al-Qaeda" in "the al-Qaeda-linked group": the name is part of an adjective, and the noun is somebody else.
fn ends_in_participle(tree: &Tree<'_>, covered: &Covered<'_>, token: usize) -> bool {
    let end = covered.actor.get(&token).map(|(range, _)| range.end).or_else(|| covered.place.get(&token).map(|(range, _)| range.end));
    let after = |at: usize| tree.analysis.tokens.get(at).map(|t| t.span.text(tree.text));
    end.is_some_and(|end| after(end) == Some("-") && after(end + 1).is_some_and(|word| word.starts_with(char::is_lowercase)))
}

/// "its rival, the Islamic State in Somalia": whom the apposition behind a noun names.
fn apposed(input: &EntityInput<'_>, covered: &Covered<'_>, head: usize) -> Option<ActorIndex> {
    let tree = input.tree;
    let first = |word: usize| tree.subtree(word).into_iter().min().unwrap_or(word);
    // Two subjects with a comma between them are one.
    let again = |c: &usize| *c > head && tree.relation(*c) == tree.relation(head) && first(*c) == head + 2 && tree.word(head + 1) == ",";
    let doubled = tree.head(head).filter(|_| matches!(tree.relation(head), Relation::Nsubj | Relation::NsubjPass));
    let doubled = doubled.into_iter().flat_map(|verb| tree.children(verb)).filter(again);
    let names = tree.children(head).filter(|c| *c > head && tree.relation(*c) == Relation::Appos).chain(doubled);
    names.into_iter().find_map(|c| covered.actor.get(&c)).map(|(_, actor)| *actor).filter(|actor| !is_state(input, *actor))
}

/// "the group's leader, Ana Silva", "his rival Ana Silva": the person whom the apposition behind a noun names.
fn apposed_person(input: &EntityInput<'_>, covered: &Covered<'_>, head: usize) -> Option<Referent> {
    let tree = input.tree;
    let behind = |c: &usize| *c > head && matches!(tree.relation(*c), Relation::Appos | Relation::Flat);
    tree.children(head).filter(behind).find_map(|c| match covered.actor.get(&c) {
        Some((_, actor)) => (input.registry.actor(*actor).kind == ActorKind::Person).then(|| Referent::Actors(vec![*actor])),
        None => {
            let name = covered.name.get(&c).filter(|name| name.kind == NameClass::Person)?;
            Some(Referent::Named(tree.analysis.span_of(name.tokens.clone()).text(tree.text).to_owned()))
        }
    })
}

fn actor_at(input: &EntityInput<'_>, covered: &Covered<'_>, token: usize) -> Option<ActorIndex> {
    if let Some((_, actor)) = covered.actor.get(&token) {
        return Some(*actor);
    }
    let (_, place) = covered.place.get(&token)?;
    input.registry.state_of(&place.filter(|p| p.kind == sayso_types::PlaceKind::Country)?.country)
}

/// The registered branch of an actor in a country: "its affiliate in Egypt", "the Islamic State affiliate in Afghanistan".
fn affiliate(input: &EntityInput<'_>, covered: &Covered<'_>, head: usize, modifiers: &[ActorIndex]) -> Option<ActorIndex> {
    let tree = input.tree;
    let parent = modifiers.iter().find(|a| !is_state(input, **a))?;
    let near = tree.children(head).filter(|c| *c > head || tree.relation(*c) == Relation::Amod);
    let country = near.into_iter().find_map(|c| {
        covered.place.get(&c).and_then(|(_, p)| p.map(|p| p.country.clone())).or_else(|| {
            let (_, actor) = covered.actor.get(&c)?;
            is_state(input, *actor).then(|| input.registry.actor(*actor).countries.first().cloned()).flatten()
        })
    })?;
    branch_of(input, *parent, &country)
}

/// The one registered branch of `parent` whose first country is `country`.
pub(super) fn branch_of(input: &EntityInput<'_>, parent: ActorIndex, country: &str) -> Option<ActorIndex> {
    let id = &input.registry.actor(parent).id;
    let mut branches = input.registry.actors().iter().filter(|a| {
        let tied = a.links.iter().any(|l| l.to == *id && matches!(l.kind, LinkKind::PartOf | LinkKind::WingOf | LinkKind::PledgedTo));
        tied && a.countries.first().is_some_and(|c| c == country)
    });
    let only = branches.next()?;
    if branches.next().is_some() { None } else { input.registry.by_id(&only.id) }
}
