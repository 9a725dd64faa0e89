//! Which phrases could fill the slots of an incident, and what do they show of themselves? Whoever takes part in its statements, and
//! whoever else its sentences and those around name.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use sayso::types::{ActorKind, RoleName, Statement, Upos};
use sayso_coding::code::confidence::Feature;
use sayso_coding::mention::entity::{Entity, EntityClass};

use super::fills::Text;
use super::incidents::{Incident, is_violence};
use super::template::{Slot, normal};

/// A phrase that could fill a slot.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The slot.
    pub slot: Slot,
    /// As the keys would write it.
    pub words: String,
    /// The head of the entity that it names.
    pub head: usize,
    /// What it shows of itself.
    pub features: Vec<Feature>,
}

/// How a document tells that somebody or something belongs to an incident; the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Told {
    /// It takes part in one of the incident's statements.
    Role(RoleName),
    /// It stands in one of the incident's sentences.
    Here,
    /// It stands so many sentences away.
    Away(usize),
}

/// An incident with what it is told from.
#[derive(Clone, Copy)]
struct Telling<'t> {
    text: &'t Text<'t>,
    statements: &'t [Statement],
    incident: &'t Incident,
}

/// One mention of what could fill a slot.
#[derive(Clone, Debug)]
struct Mention<'t> {
    slot: Slot,
    words: String,
    head: usize,
    entity: &'t Entity,
    told: Told,
}

/// The candidates of an incident: of each slot and words the mention that is told most surely.
pub fn candidates(text: &Text<'_>, statements: &[Statement], incident: &Incident) -> Vec<Candidate> {
    let telling = Telling { text, statements, incident };
    let mut best: BTreeMap<(Slot, String), (Mention<'_>, Vec<usize>)> = BTreeMap::new();
    for mention in telling.mentions() {
        let reach = if mention.slot == Slot::PerpetratorOrganization { usize::MAX } else { text.conventions.reach };
        let words = normal(&mention.words);
        if words.is_empty() || matches!(mention.told, Told::Away(distance) if distance > reach) {
            continue;
        }
        match best.entry((mention.slot, words)) {
            Entry::Vacant(none) => {
                let head = mention.head;
                none.insert((mention, vec![head]));
            }
            Entry::Occupied(mut other) => {
                let (held, heads) = other.get_mut();
                heads.push(mention.head);
                if mention.told < held.told {
                    *held = mention;
                }
            }
        }
    }
    let told: Vec<(Slot, Told)> = best.values().map(|(mention, _)| (mention.slot, mention.told)).collect();
    let candidate = |(mention, heads): (Mention<'_>, Vec<usize>)| {
        let surer = told.iter().filter(|(slot, other)| *slot == mention.slot && *other < mention.told).count();
        let mut features = telling.features(&mention);
        features.push(feature(mention.slot, "rivals", surer.min(3) as f64 / 3.0));
        features.push(feature(mention.slot, "often", (heads.len().min(8) as f64).ln() / 8f64.ln()));
        let above: BTreeSet<String> = heads.iter().filter_map(|head| above(text, *head)).collect();
        features.extend(above.into_iter().map(|lemma| feature(mention.slot, &format!("under.{lemma}"), 1.0)));
        features.retain(|f| f.value != 0.0);
        Candidate { slot: mention.slot, words: mention.words, head: mention.head, features }
    };
    best.into_values().map(candidate).collect()
}

impl<'t> Telling<'t> {
    /// All that could fill a slot: entities, in each way that the keys write such.
    fn mentions(&self) -> Vec<Mention<'t>> {
        let text = self.text;
        let mut found = Vec::new();
        for entity in text.mentions.entities.all() {
            let told = self.told(entity.head);
            let mention = |(slot, words)| Mention { slot, words, head: entity.head, entity, told };
            found.extend(text.forms(entity).into_iter().map(mention));
        }
        found
    }

    fn told(&self, head: usize) -> Told {
        let fills = |r: &&sayso::types::Role| self.text.entity(r).is_some_and(|e| e.head == head);
        let role = |at: &usize| self.statements[*at].roles.iter().filter(fills).map(|r| r.role).min();
        let sentence = self.text.analysis.sentence_of(head);
        let away = self.incident.sentences.iter().map(|s| s.abs_diff(sentence)).min().unwrap_or(usize::MAX);
        match self.incident.statements.iter().filter_map(role).min() {
            Some(role) => Told::Role(role),
            None if away == 0 => Told::Here,
            None => Told::Away(away),
        }
    }

    fn features(&self, mention: &Mention<'_>) -> Vec<Feature> {
        let (text, tree) = (self.text, self.text.tree);
        let head = text.content(mention.head);
        let mut names = vec![String::new(), format!("of.{}", self.incident.kind)];
        names.push(match mention.told {
            Told::Role(role) => format!("told.{}", role.as_str()),
            Told::Here => "told.here".to_owned(),
            Told::Away(distance) => format!("told.away.{}", distance.min(4)),
        });
        names.push(format!("class.{}", class(mention.entity.class)));
        if tree.token(head).pos == Upos::Noun {
            names.push(format!("noun.{}", tree.lemma(head)));
        }
        let form = form(&mention.words);
        names.push(form.to_owned());
        names.extend(modifiers(text, head).into_iter().map(|modifier| format!("{form}.{modifier}")));
        if !matches!(mention.told, Told::Away(_)) {
            names.extend(standing(text, mention.head));
        }
        names.extend(kind(text, mention.entity).map(|kind| format!("kind.{}", kind.as_str())));
        let acts = || self.acts_elsewhere(mention.entity);
        names.extend((!matches!(mention.told, Told::Role(_)) && acts()).then(|| "acts".to_owned()));
        names.extend((tree.word(head).to_lowercase() != tree.lemma(head)).then(|| "many".to_owned()));
        names.into_iter().map(|name| feature(mention.slot, &name, 1.0)).collect()
    }

    /// Whether an entity does any violence that the document tells of.
    fn acts_elsewhere(&self, entity: &Entity) -> bool {
        let by = |r: &sayso::types::Role| r.role == RoleName::Actor && self.text.entity(r).is_some_and(|e| e.head == entity.head);
        self.statements.iter().any(|s| is_violence(s) && s.roles.iter().any(by))
    }
}

/// How features name a class of entities.
pub fn class(class: EntityClass) -> String {
    match class {
        EntityClass::Noun(class) => format!("{class:?}").to_lowercase(),
        other => format!("{other:?}").to_lowercase(),
    }
}

/// What kind of actor an entity refers to.
pub fn kind(text: &Text<'_>, entity: &Entity) -> Option<ActorKind> {
    entity.referent.actors().first().map(|actor| text.coder.knowledge().registry.actor(*actor).kind)
}

/// How much of a phrase the words are.
fn form(words: &str) -> &'static str {
    match words.split(' ').count() {
        1 => "bare",
        2..=6 if words.to_lowercase().contains(" of ") => "of",
        2..=6 => "with",
        _ => "long",
    }
}

/// What kinds of words stand before a noun and describe it.
fn modifiers(text: &Text<'_>, head: usize) -> BTreeSet<String> {
    let before = text.tree.children(head).filter(|c| *c < head);
    let kinds = before.map(|c| format!("{:?}", text.tree.token(c).pos).to_lowercase());
    kinds.filter(|kind| matches!(kind.as_str(), "adj" | "noun" | "propn" | "verb" | "num")).collect()
}

/// How a noun hangs in its sentence, and whether on a word that brings something up.
fn standing(text: &Text<'_>, head: usize) -> Vec<String> {
    let tree = text.tree;
    let relation = format!("{:?}", tree.relation(head)).to_lowercase();
    let preposition = tree.preposition(head).map(|p| format!(".{p}")).unwrap_or_default();
    let triggered = tree.head(head).is_some_and(|above| text.coder.knowledge().frames.knows(tree.lemma(above)));
    std::iter::once(format!("as.{relation}{preposition}")).chain(triggered.then(|| "triggered".to_owned())).collect()
}

/// The verb or noun that a mention hangs on, whatever clause or apposition stands between.
fn above(text: &Text<'_>, head: usize) -> Option<String> {
    let tree = text.tree;
    let verb = tree.ancestors(head).find(|a| matches!(tree.token(*a).pos, Upos::Verb | Upos::Noun))?;
    Some(tree.lemma(verb).to_owned())
}

fn feature(slot: Slot, name: &str, value: f64) -> Feature {
    let dot = if name.is_empty() { "" } else { "." };
    Feature { name: format!("{}{dot}{name}", slot.as_str()), value }
}
