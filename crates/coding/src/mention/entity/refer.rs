//! Whom do pronouns and descriptions refer to? "it", "the group", "the militants", "the two groups", "the army".

use sayso_types::{ActorKind, Relation, Upos};

use super::classify::{EntityInput, branch_of, noun_class};
use super::pair::{is_pair, the_other, two_groups, two_of};
use super::{Entities, EntityClass, Referent};
use crate::cues::Content;
use crate::lexicon::NounClass;
use crate::resolve::registry::{ActorIndex, Organ};

/// How many sentences back a reference reaches.
pub(super) const REACH: usize = 3;

/// How many sentences back a description reaches to whom the document speaks of often.
pub(super) const FAR: usize = 8;
/// How much of [`spoken_of`] is often.
const OFTEN: i32 = 12;

/// Fills in the referents of pronouns and definite descriptions, in the order of the text.
pub(super) fn resolve_references(input: &EntityInput<'_>, found: &mut Entities) {
    for index in 0..found.all().len() {
        let entity = &found.all()[index];
        if entity.is_named() {
            continue;
        }
        let head = entity.head;
        let referent = match entity.class {
            EntityClass::Pronoun => pronoun(input, found, index),
            EntityClass::Noun(NounClass::Relative) => {
                possessed_branch(input, found, head).or_else(|| two_of(input, found, index)).or_else(|| the_other(input, found, index))
            }
            EntityClass::Noun(class) => description(input, found, index, class),
            _ => None,
        };
        if let Some(referent) = referent {
            let entity = found.get_mut(index);
            entity.referent = referent;
            entity.resolved = true;
        }
    }
}

/// What a reference must agree with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    ArmedGroup,
    AnyGroup,
    Person,
    Many,
    Coalition,
}

fn pronoun(input: &EntityInput<'_>, found: &Entities, index: usize) -> Option<Referent> {
    let head = found.all()[index].head;
    let wanted = match input.tree.word(head).to_lowercase().as_str() {
        "it" | "its" | "itself" if !is_expletive(input, head) => Wanted::AnyGroup,
        "they" | "them" | "their" | "themselves" => Wanted::Many,
        "he" | "him" | "his" | "she" | "her" | "himself" | "herself" => Wanted::Person,
        _ => return None,
    };
    antecedent(input, found, index, wanted)
}

fn is_expletive(input: &EntityInput<'_>, head: usize) -> bool {
    input.tree.relation(head) == Relation::Expl
}

/// "its affiliate in Egypt": the branch of whom the possessor refers to.
fn possessed_branch(input: &EntityInput<'_>, found: &Entities, head: usize) -> Option<Referent> {
    let tree = input.tree;
    let owner = tree.child(head, Relation::NmodPoss)?;
    let parent = *found.at(owner)?.referent.actors().first()?;
    let country = tree.children(head).filter(|c| *c > head).find_map(|c| {
        let place = input.places.iter().find(|(range, _)| range.contains(&c)).and_then(|(_, p)| p.as_ref())?;
        Some(place.country.clone())
    })?;
    branch_of(input, parent, &country).map(|a| Referent::Actors(vec![a]))
}

fn description(input: &EntityInput<'_>, found: &Entities, index: usize, class: NounClass) -> Option<Referent> {
    let tree = input.tree;
    let head = found.all()[index].head;
    let definite = tree
        .children(head)
        .any(|c| tree.relation(c) == Relation::Det && matches!(tree.lemma(c), "the" | "this" | "that" | "these" | "those" | "both"));
    let plain = !tree.children(head).any(|c| is_telling(input, c, head));
    let plural = tree.word(head).to_lowercase() != tree.lemma(head);
    match class {
        NounClass::Group if definite && plain && matches!(tree.lemma(head), "coalition" | "alliance" | "bloc") => {
            antecedent(input, found, index, Wanted::Coalition)
        }
        NounClass::Group if definite && plain && plural => two_groups(input, found, index),
        _ if is_pair(input, head) && class != NounClass::Leader => two_of(input, found, index),
        NounClass::Group | NounClass::Fighter if definite && plain => antecedent(input, found, index, Wanted::ArmedGroup),
        NounClass::Soldier | NounClass::Police | NounClass::Official if plain => state_organ(input, head, class, definite),
        _ => None,
    }
}

/// A modifier that says more than "militant", "armed" or a number: then the phrase names somebody else.
fn is_telling(input: &EntityInput<'_>, child: usize, head: usize) -> bool {
    let tree = input.tree;
    if is_of_the_verb(input, child, head) {
        return false;
    }
    match tree.relation(child) {
        Relation::Compound | Relation::Amod => {
            let describes = noun_class(input, child).is_some_and(|c| matches!(c, NounClass::Fighter | NounClass::Group));
            !describes && !matches!(tree.token(child).pos, Upos::Num) && !tree.word(child).starts_with(char::is_lowercase)
        }
        Relation::NmodPoss => true,
        // Behind a comma a clause only adds to what is known already.
        Relation::AclRelcl | Relation::Acl => {
            let first = tree.subtree(child).into_iter().min().unwrap_or(child);
            tree.word(first) != "," && first.checked_sub(1).is_none_or(|before| tree.word(before) != ",")
        }
        Relation::Nmod => child > head,
        _ => false,
    }
}

/// "accused the army of bombing a camp": what somebody is accused of says nothing of who it is.
fn is_of_the_verb(input: &EntityInput<'_>, child: usize, head: usize) -> bool {
    let tree = input.tree;
    let verb = tree.head(head).filter(|_| child > head && matches!(tree.relation(head), Relation::Obj | Relation::NsubjPass));
    let marked = || tree.children(child).find(|c| *c < child && matches!(tree.relation(*c), Relation::Case | Relation::Mark));
    let behind = |verb: usize| {
        let cue = input.cues.cue_of(tree.token(verb).pos, tree.lemma(verb))?;
        let preposition = tree.lemma(marked()?);
        Some(cue.content.iter().any(|c| matches!(c, Content::Behind(p) if p == preposition)))
    };
    verb.and_then(behind).unwrap_or(false)
}

/// "the army", "police": the organ of the country that the document speaks of.
fn state_organ(input: &EntityInput<'_>, head: usize, class: NounClass, definite: bool) -> Option<Referent> {
    let organ = match class {
        NounClass::Soldier => Organ::Military,
        NounClass::Police => Organ::Police,
        _ => Organ::Government,
    };
    let tree = input.tree;
    let institution = matches!(tree.lemma(head), "army" | "military" | "police" | "government" | "authority" | "authorities" | "air force");
    // "government troops" are the army's; other governments' would be named.
    let of_government = class == NounClass::Soldier && tree.children(head).any(|c| c + 1 == head && tree.lemma(c) == "government");
    if of_government {
        return input.registry.organ(input.registry.state_of(input.focus?)?, organ).map(|a| Referent::Actors(vec![a]));
    }
    if !institution || (!definite && class != NounClass::Police && input.tree.lemma(head) != "authority") {
        return None;
    }
    let state = input.registry.state_of(input.focus?)?;
    input.registry.organ(state, organ).map(|a| Referent::Actors(vec![a]))
}

/// The best earlier entity that agrees: subjects before others, the nearer sentence before the farther.
fn antecedent(input: &EntityInput<'_>, found: &Entities, index: usize, wanted: Wanted) -> Option<Referent> {
    let tree = input.tree;
    let here = &found.all()[index];
    let sentence = tree.analysis.sentence_of(here.head);
    // "The militia joined the alliance": who joins it is not it.
    let described = tree.token(here.head).pos == Upos::Noun && tree.relation(here.head) != Relation::NmodPoss;
    let beside = if is_personal(input, here.head) || described { clause_subject(input, here.head) } else { None };
    if wanted == Wanted::Many && people_nearer(input, found, index, beside) {
        return None;
    }
    // "The Province broke away from it": not from itself, by whatever part of its name it is found.
    let subject = beside.and_then(|head| found.at(head));
    // "Militias known as X drove the insurgents out": nor do those who are driven out drive.
    let driver = if wanted == Wanted::ArmedGroup { clause_subject(input, here.head).filter(|_| is_object(input, here.head)) } else { None };
    let is_beside = |e: &super::Entity| {
        let named_alike = || subject.is_some_and(|s| s.is_named() && s.referent == e.referent);
        let drives = |subject: usize| subject == e.head || tree.dominates(subject, e.head);
        beside == Some(e.head) || named_alike() || driver.is_some_and(drives)
    };
    let mut best: Option<(i32, usize)> = None;
    for (at, entity) in found.all()[..index].iter().enumerate().rev() {
        let back = sentence - tree.analysis.sentence_of(entity.head);
        if back > FAR {
            break;
        }
        let often = match wanted {
            Wanted::ArmedGroup => spoken_of(input, found, index, entity) >= OFTEN,
            Wanted::Person => true,
            _ => false,
        };
        if back > REACH && !often {
            continue;
        }
        if tree.token(entity.head).pos == Upos::Adj
            || is_part_of_adjective(input, entity)
            || !agrees(input, entity, wanted)
            || tree.dominates(entity.head, here.head)
            || here.tokens.contains(&entity.head)
            || is_beside(entity)
        {
            continue;
        }
        let subject = matches!(tree.relation(entity.head), Relation::Nsubj | Relation::NsubjPass);
        let above = subject && tree.head(entity.head).is_some_and(|verb| tree.ancestors(here.head).any(|a| a == verb));
        let agreement = if wanted == Wanted::ArmedGroup { described_alike(input, entity, here) } else { 0 };
        let distance = i32::try_from(index - at).unwrap_or(i32::MAX).min(40);
        let score = i32::from(subject) * 25
            + (if wanted == Wanted::ArmedGroup { i32::from(above) * -15 } else { i32::from(above) * 15 })
            + agreement
            + spoken_of(input, found, index, entity)
            - i32::try_from(back.min(REACH)).unwrap_or(9) * 20
            - distance;
        if best.is_none_or(|(s, _)| score > s) {
            best = Some((score, at));
        }
    }
    best.map(|(_, at)| found.all()[at].referent.clone())
}

/// Whether the last people spoken of in the sentence before a pronoun, its clause's subject aside, are some of whom no name is known:
/// "them" in "police chased the protesters and arrested 14 of them".
fn people_nearer(input: &EntityInput<'_>, found: &Entities, index: usize, beside: Option<usize>) -> bool {
    use NounClass as N;
    let tree = input.tree;
    let sentence = tree.analysis.sentence_of(found.all()[index].head);
    let mut earlier = found.all()[..index].iter().rev().take_while(|e| tree.analysis.sentence_of(e.head) == sentence);
    let last = earlier.find(|e| {
        let people = matches!(e.class, EntityClass::Noun(N::Fighter | N::Soldier | N::Police | N::Civilian | N::Crowd | N::Member));
        let plural = tree.word(e.head).to_lowercase() != tree.lemma(e.head);
        Some(e.head) != beside && ((people && plural) || (e.is_named() && e.is_group()))
    });
    last.is_some_and(|e| !e.is_named())
}

/// How much a document has spoken of somebody so far, by the sentences that name them: who is named again and again is who is meant.
fn spoken_of(input: &EntityInput<'_>, found: &Entities, index: usize, entity: &super::Entity) -> i32 {
    let again = found.all()[..index].iter().filter(|e| e.is_named() && e.referent == entity.referent);
    let mut sentences: Vec<usize> = again.map(|e| input.tree.analysis.sentence_of(e.head)).collect();
    sentences.dedup();
    i32::try_from(sentences.len().min(6)).unwrap_or(0) * 5
}

/// "al-Qaeda" in "the al-Qaeda-linked group".
fn is_part_of_adjective(input: &EntityInput<'_>, entity: &super::Entity) -> bool {
    let word = |at: usize| input.tree.analysis.tokens.get(at).map(|t| t.span.text(input.tree.text));
    let name = input.actors.iter().find(|(range, _)| range.contains(&entity.head));
    name.is_some_and(|(range, _)| word(range.end) == Some("-") && word(range.end + 1).is_some_and(|w| w.starts_with(char::is_lowercase)))
}

/// A pronoun that stands for somebody other than the subject of its clause: "them", not "their" or "themselves".
fn is_personal(input: &EntityInput<'_>, head: usize) -> bool {
    let tree = input.tree;
    tree.token(head).pos == Upos::Pron && tree.relation(head) != Relation::NmodPoss && !tree.word(head).to_lowercase().contains("sel")
}

/// Whether a phrase is what the verb right above it is done to.
fn is_object(input: &EntityInput<'_>, head: usize) -> bool {
    let tree = input.tree;
    tree.relation(head) == Relation::Obj && tree.head(head).is_some_and(|verb| tree.token(verb).pos == Upos::Verb)
}

/// The subject of the clause that a word stands in, or of the clause that it is joined to: "police" of "them" in "police used tear gas
/// and arrested 14 of them".
fn clause_subject(input: &EntityInput<'_>, head: usize) -> Option<usize> {
    let tree = input.tree;
    let mut verb = tree.ancestors(head).find(|a| tree.token(*a).pos == Upos::Verb)?;
    loop {
        let subject = tree.child(verb, Relation::Nsubj).or_else(|| tree.child(verb, Relation::NsubjPass));
        match subject {
            Some(subject) => return (subject != head).then_some(subject),
            None if tree.relation(verb) == Relation::Conj => verb = tree.head(verb)?,
            None => return None,
        }
    }
}

/// Whether an earlier phrase fits a description: of the same noun ("the Mai-Mai rebel movement" … "the rebel movement"), and
/// not many for one ("fighters" … "the group").
fn described_alike(input: &EntityInput<'_>, earlier: &super::Entity, here: &super::Entity) -> i32 {
    let tree = input.tree;
    let plural = |head: usize| tree.token(head).pos == Upos::Noun && tree.word(head).to_lowercase() != tree.lemma(head);
    let noun = tree.lemma(here.head);
    let same_noun = earlier.tokens.clone().any(|t| tree.lemma(t) == noun);
    let modifier = tree.children(here.head).find(|c| tree.relation(*c) == Relation::Amod).map(|c| tree.lemma(c));
    let same_modifier = modifier.is_some_and(|m| earlier.tokens.clone().any(|t| tree.lemma(t) == m));
    i32::from(same_noun) * 20 + i32::from(same_modifier) * 20 - i32::from(plural(earlier.head) && !plural(here.head)) * 30
}

fn agrees(input: &EntityInput<'_>, entity: &super::Entity, wanted: Wanted) -> bool {
    let armed = || entity.referent.actors().iter().any(|a| is_armed(input, *a));
    let person = entity.class == EntityClass::Person;
    match wanted {
        Wanted::Person => person && entity.is_named(),
        Wanted::Coalition => {
            entity.referent.actors().iter().any(|a| matches!(input.registry.actor(*a).kind, ActorKind::Coalition | ActorKind::Organization))
        }
        Wanted::ArmedGroup => {
            !person && (armed() || matches!((&entity.class, &entity.referent), (EntityClass::Organization, Referent::Named(_))))
        }
        Wanted::AnyGroup => {
            // "Kampala said it would …": a capital that acts is its government.
            let acts = entity.class != EntityClass::Place || input.tree.relation(entity.head) == Relation::Nsubj;
            !person && acts && entity.is_named() && entity.is_group() && !is_outlet(input, entity) && entity.referent.actors().len() <= 1
        }
        Wanted::Many => {
            !person
                && !is_country(input, entity)
                && entity.is_named()
                && entity.is_group()
                && entity.class != EntityClass::Place
                && !is_outlet(input, entity)
        }
    }
}

fn is_country(input: &EntityInput<'_>, entity: &super::Entity) -> bool {
    entity.referent.actors().iter().any(|a| input.registry.actor(*a).kind == ActorKind::State)
}

fn is_outlet(input: &EntityInput<'_>, entity: &super::Entity) -> bool {
    let kind = |a: &ActorIndex| input.registry.actor(*a).kind;
    entity.referent.actors().iter().any(|a| matches!(kind(a), ActorKind::Media | ActorKind::Agency))
}

pub(super) fn is_armed(input: &EntityInput<'_>, actor: ActorIndex) -> bool {
    matches!(input.registry.actor(actor).kind, ActorKind::ArmedGroup | ActorKind::Militia | ActorKind::Movement)
}
