//! With which words does a key fill a slot? A noun phrase without its article, a person's name without title, a group by its name.

use sayso::Coder;
use sayso::types::{ActorKind, Analysis, Document, NameClass, Relation, Role, Span, Upos};
use sayso_coding::lexicon::NounClass;
use sayso_coding::mention::Mentions;
use sayso_coding::mention::entity::{Entity, EntityClass};
use sayso_coding::syntax::{Tree, noun_phrase_tokens};

use super::Conventions;
use super::template::Slot;

/// What fills are written from.
pub struct Text<'t> {
    /// The program.
    pub coder: &'t Coder,
    /// The document, in mixed case.
    pub document: &'t Document,
    /// Its sentences.
    pub analysis: &'t Analysis,
    /// Its syntax.
    pub tree: &'t Tree<'t>,
    /// Its mentions.
    pub mentions: &'t Mentions,
    /// The task's conventions.
    pub conventions: &'t Conventions,
}

/// Words that fill a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fill {
    /// The slot.
    pub slot: Slot,
    /// As the keys would write it.
    pub words: String,
    /// The head of the entity that it names.
    pub head: usize,
}

impl<'t> Text<'t> {
    /// The words of a span.
    pub fn words(&self, span: Span) -> &'t str {
        span.text(&self.document.text)
    }

    /// The entity that fills a role.
    pub fn entity(&self, role: &Role) -> Option<&'t Entity> {
        let all = self.mentions.entities.all();
        let inside = || all.iter().filter(|e| role.span.overlaps(self.analysis.tokens[e.head].span));
        inside()
            .find(|e| e.span == role.span)
            .or_else(|| inside().find(|e| e.span.overlaps(role.span) && !is_inside(self.tree, e.head, role.span)))
    }

    /// What an entity could fill, whatever it does: each slot with the words, in each way that the keys write such words.
    pub fn forms(&self, entity: &Entity) -> Vec<(Slot, String)> {
        let mut found: Vec<Fill> = self.doer(entity);
        found.extend(self.hit(entity));
        found.extend(self.weapon(entity));
        found.extend(self.description(entity).map(|words| Fill { slot: Slot::HumanDescription, words, head: entity.head }));
        let head = self.content(entity.head);
        let is_noun = self.tree.token(head).pos == Upos::Noun && matches!(entity.class, EntityClass::Noun(_) | EntityClass::Thing);
        if is_noun && self.is_one_of(&self.conventions.organs, head) {
            found.push(Fill { slot: Slot::PerpetratorIndividual, words: self.phrase(head), head: entity.head });
        }
        let mut forms = Vec::new();
        for fill in found {
            let bare = || is_noun.then(|| self.tree.word(head).to_owned());
            let whole = || is_noun.then(|| self.whole(head));
            let titled = || (fill.slot == Slot::PerpetratorIndividual).then(|| self.titled(entity)).flatten();
            let others: Vec<String> = [bare(), whole().flatten(), titled()].into_iter().flatten().filter(|w| *w != fill.words).collect();
            forms.extend(others.into_iter().map(|words| (fill.slot, words)));
            forms.push((fill.slot, fill.words));
        }
        forms
    }

    /// A noun with all that stands before it and the "of" phrase behind it: "offices of the union".
    fn whole(&self, head: usize) -> Option<String> {
        let tokens = noun_phrase_tokens(self.tree, head);
        if tokens.end <= head + 1 {
            return None;
        }
        let before = self.phrase(head);
        let behind = self.words(self.analysis.span_of(head + 1..tokens.end));
        (!before.ends_with(behind)).then(|| format!("{before} {behind}"))
    }

    /// A person's name with the title right before it: "Colonel Vega".
    fn titled(&self, entity: &Entity) -> Option<String> {
        let name = self.analysis.names.iter().find(|n| n.kind == NameClass::Person && n.tokens.contains(&entity.head))?;
        let before = name.tokens.start.checked_sub(1)?;
        let title = self.mentions.entities.at(before).is_some_and(|e| matches!(e.class, EntityClass::Noun(_)) && e.can_act());
        (title || self.tree.token(before).pos == Upos::Noun).then(|| self.words(self.analysis.span_of(before..name.tokens.end)).to_owned())
    }

    /// Who did it: people, organizations, or people of an organization.
    pub fn perpetrator(&self, role: &Role) -> Vec<Fill> {
        let Some(entity) = self.entity(role) else { return Vec::new() };
        let found = self.doer(entity);
        let is_state = role.actor_id.as_deref().and_then(|id| self.kind(id)) == Some(ActorKind::State);
        let fill = |words: String| Fill { slot: Slot::PerpetratorOrganization, words, head: entity.head };
        match role.actor_id.as_deref().filter(|_| found.is_empty() && !is_state) {
            Some(id) => self.first_name(id).into_iter().map(fill).collect(),
            None => found,
        }
    }

    /// What an entity fills where it is who did it.
    pub fn doer(&self, entity: &Entity) -> Vec<Fill> {
        let fill = |slot: Slot, words: String| Fill { slot, words, head: entity.head };
        let group = |name: String| fill(Slot::PerpetratorOrganization, name);
        if self.tree.token(entity.head).pos == Upos::Pron {
            return Vec::new();
        }
        match entity.class {
            EntityClass::Actor => self.actor_names(entity).into_iter().map(group).collect(),
            EntityClass::Organization => vec![group(self.phrase(entity.head))],
            EntityClass::Person => self.person(entity).map(|name| fill(Slot::PerpetratorIndividual, name)).into_iter().collect(),
            EntityClass::Noun(_) if self.is_one_of(&self.conventions.organs, entity.head) => vec![group(self.phrase(entity.head))],
            EntityClass::Noun(class) => {
                let head = self.content(entity.head);
                let doers =
                    matches!(class, NounClass::Fighter | NounClass::Soldier | NounClass::Police | NounClass::Group | NounClass::Member)
                        || self.is_one_of(&self.conventions.doers, head);
                let mut found = Vec::new();
                if doers && !self.is_one_of(&self.conventions.empty, head) {
                    found.push(fill(Slot::PerpetratorIndividual, self.phrase(head)));
                }
                found.extend(self.actor_names(entity).into_iter().map(group));
                found
            }
            EntityClass::Thing if self.is_one_of(&self.conventions.doers, entity.head) => {
                vec![fill(Slot::PerpetratorIndividual, self.phrase(entity.head))]
            }
            EntityClass::Pronoun | EntityClass::Place | EntityClass::Thing => Vec::new(),
        }
    }

    /// The noun that says what "a group of", "a number of" are of.
    pub fn content(&self, head: usize) -> usize {
        let of = || self.tree.children(head).find(|c| *c > head && self.tree.preposition(*c).as_deref() == Some("of"));
        if self.is_one_of(&self.conventions.containers, head) { of().unwrap_or(head) } else { head }
    }

    /// Who or what was hit: named people, or things. Of people without a name nothing.
    pub fn target(&self, role: &Role) -> Vec<Fill> {
        let Some(entity) = self.entity(role) else { return Vec::new() };
        let named = self.people(entity).into_iter().map(|words| Fill { slot: Slot::HumanTarget, words, head: entity.head });
        let found: Vec<Fill> = named.collect();
        if found.is_empty() { self.thing(entity).into_iter().collect() } else { found }
    }

    /// What an entity fills where it is what was hit: its own name, or the thing.
    fn hit(&self, entity: &Entity) -> Option<Fill> {
        let named = self.person(entity).map(|words| Fill { slot: Slot::HumanTarget, words, head: entity.head });
        named.or_else(|| self.thing(entity))
    }

    fn thing(&self, entity: &Entity) -> Option<Fill> {
        let head = self.content(entity.head);
        let thing = match entity.class {
            EntityClass::Noun(NounClass::Building) | EntityClass::Organization => true,
            EntityClass::Thing | EntityClass::Noun(_) => self.is_one_of(&self.conventions.things, head),
            _ => false,
        };
        thing.then(|| Fill { slot: Slot::PhysicalTarget, words: self.phrase(head), head: entity.head })
    }

    /// The words for people who are not named, or for what a named person is: "two judges", "the mayor".
    fn description(&self, entity: &Entity) -> Option<String> {
        use NounClass as N;
        let EntityClass::Noun(class) = entity.class else { return None };
        let people = matches!(
            class,
            N::Civilian | N::Official | N::Leader | N::Soldier | N::Police | N::Member | N::Crowd | N::Relative | N::Fighter
        );
        let head = self.content(entity.head);
        (people && !self.is_one_of(&self.conventions.empty, head)).then(|| self.phrase(head))
    }

    /// The weapon that an entity is.
    pub fn weapon(&self, entity: &Entity) -> Option<Fill> {
        let weapon = entity.class == EntityClass::Noun(NounClass::Weapon) && !self.is_one_of(&self.conventions.empty, entity.head);
        weapon.then(|| Fill { slot: Slot::Instrument, words: self.phrase(entity.head), head: entity.head })
    }

    /// The people whom a phrase names, and those named beside it: before or behind a comma, or joined by "and".
    pub fn people(&self, entity: &Entity) -> Vec<String> {
        let mut found: Vec<String> = self.person(entity).into_iter().collect();
        let tree = self.tree;
        let beside = tree.children(entity.head).filter(|c| matches!(tree.relation(*c), Relation::Appos | Relation::Conj));
        let above = tree.head(entity.head).filter(|_| matches!(tree.relation(entity.head), Relation::Appos | Relation::Conj));
        for head in beside.chain(above) {
            if let Some(other) = self.mentions.entities.at(head).filter(|e| e.class == EntityClass::Person) {
                found.extend(self.person(other));
            }
        }
        if found.is_empty()
            && matches!(
                entity.class,
                EntityClass::Noun(NounClass::Leader | NounClass::Official | NounClass::Civilian | NounClass::Soldier | NounClass::Police)
            )
        {
            found.extend(self.beside(entity));
        }
        found
    }

    /// The person's name right before or behind a description, but for a comma: "the mayor, Luis Vega", "Luis Vega, the mayor".
    fn beside(&self, entity: &Entity) -> Option<String> {
        let tokens = noun_phrase_tokens(self.tree, entity.head);
        let is_comma = |t: usize| self.tree.word(t) == ",";
        let mut behind = tokens.end + usize::from(self.analysis.tokens.len() > tokens.end && is_comma(tokens.end));
        // "department director Colonel Luis Vega": titles pile up before the name.
        let is_title = |t: usize| {
            self.mentions.entities.at(t).is_some_and(|e| matches!(e.class, EntityClass::Noun(_))) && self.tree.token(t).pos == Upos::Noun
        };
        while behind < self.analysis.tokens.len() && behind < tokens.end + 3 && is_title(behind) {
            behind += 1;
        }
        let before = tokens.start.checked_sub(1).filter(|t| is_comma(*t));
        let names = || self.analysis.names.iter().filter(|n| n.kind == NameClass::Person);
        let name = names().find(|n| n.tokens.start == behind || Some(n.tokens.end) == before)?;
        self.person(self.mentions.entities.at(name.tokens.start)?)
    }

    /// What a named person is, by the noun before or behind the name: "the mayor, Luis Vega", "Colonel Vega".
    pub fn title(&self, entity: &Entity) -> Option<String> {
        let tree = self.tree;
        let is_title = |t: &usize| {
            tree.token(*t).pos == Upos::Noun
                && self.mentions.entities.at(*t).is_some_and(|e| matches!(e.class, EntityClass::Noun(_)) && e.can_act())
        };
        if is_title(&entity.head) {
            return Some(self.phrase(entity.head));
        }
        let beside = tree.children(entity.head).filter(|c| {
            matches!(tree.relation(*c), Relation::Compound | Relation::Flat | Relation::Appos | Relation::NmodUnmarked | Relation::Nmod)
                && tree.preposition(*c).is_none()
        });
        let above = tree.head(entity.head).filter(|_| {
            matches!(tree.relation(entity.head), Relation::Compound | Relation::Flat | Relation::Appos | Relation::NmodUnmarked)
        });
        beside.chain(above).find(is_title).map(|t| self.phrase(t))
    }

    /// The name of the person that a phrase names, without title: in the phrase, or hung on it behind.
    pub fn person(&self, entity: &Entity) -> Option<String> {
        let names = self.analysis.names.iter().filter(|n| n.kind == NameClass::Person);
        let head = entity.head;
        let own = names.clone().find(|n| n.tokens.contains(&head));
        let is_people =
            !matches!(entity.class, EntityClass::Thing | EntityClass::Noun(NounClass::Building | NounClass::Weapon | NounClass::Event));
        let hung = || {
            names.clone().filter(|_| is_people).find(|n| {
                let top = n.tokens.clone().find(|t| self.tree.head(*t).is_none_or(|h| !n.tokens.contains(&h))).unwrap_or(n.tokens.start);
                self.tree.head(top) == Some(head)
                    && matches!(
                        self.tree.relation(top),
                        Relation::Flat | Relation::Appos | Relation::Compound | Relation::NmodUnmarked | Relation::Nmod
                    )
                    && self.tree.preposition(top).is_none()
            })
        };
        let name = self.words(self.analysis.span_of(own.or_else(hung)?.tokens.clone()));
        // The longest name of the document that has this one in it: "Pizarro" is "Carlos Pizarro".
        let has = |other: &str| format!(" {} ", other.to_lowercase()).contains(&format!(" {} ", name.to_lowercase()));
        let fuller = names.map(|n| self.words(self.analysis.span_of(n.tokens.clone()))).filter(|other| has(other));
        Some(fuller.max_by_key(|other| other.len()).unwrap_or(name).to_owned())
    }

    /// The noun phrase without articles, possessors and what stands behind the head.
    pub fn phrase(&self, head: usize) -> String {
        let tree = self.tree;
        let sentence = &self.analysis.sentences[self.analysis.sentence_of(head)];
        let mut start = head;
        while start > sentence.tokens.start {
            let before = start - 1;
            let child = tree.dominates(head, before);
            let fits = match tree.token(before).pos {
                _ if self.is_one_of(&self.conventions.measures, before) || tree.token(before).pos == Upos::Num => false,
                Upos::Adj | Upos::Noun | Upos::Propn | Upos::Verb => child,
                Upos::Adp | Upos::Punct => child && tree.word(before) == "-",
                _ => false,
            };
            if !fits {
                break;
            }
            start = before;
        }
        let mut end = head + 1;
        while end < sentence.tokens.end && matches!(tree.relation(end), Relation::Flat) && tree.head(end) == Some(head) {
            end += 1;
        }
        if self.is_one_of(&self.conventions.members, head) && start == head {
            end = end.max(noun_phrase_tokens(tree, head).end);
        }
        self.words(self.analysis.span_of(start..end)).to_owned()
    }

    /// The names of armed groups and the like in a phrase.
    fn actor_names(&self, entity: &Entity) -> Vec<String> {
        let inside = |range: &std::ops::Range<usize>| {
            range.contains(&entity.head) || range.clone().any(|t| self.tree.dominates(entity.head, t) && entity.tokens.contains(&t))
        };
        let registry = &self.coder.knowledge().registry;
        let names = self.mentions.actors.iter().filter(|(range, actor)| {
            inside(range)
                && !matches!(registry.actor(*actor).kind, ActorKind::State | ActorKind::People | ActorKind::Media | ActorKind::Agency)
        });
        names.map(|(range, _)| self.words(self.analysis.span_of(range.clone())).to_owned()).collect()
    }

    /// The first words by which the document names an actor.
    fn first_name(&self, id: &str) -> Option<String> {
        let registry = &self.coder.knowledge().registry;
        let (range, _) = self.mentions.actors.iter().find(|(_, actor)| registry.actor(*actor).id == id)?;
        Some(self.words(self.analysis.span_of(range.clone())).to_owned())
    }

    /// What kind of actor an id names.
    pub fn kind(&self, id: &str) -> Option<ActorKind> {
        let registry = &self.coder.knowledge().registry;
        registry.by_id(id).map(|actor| registry.actor(actor).kind)
    }

    /// Whether the noun at a head is one of some.
    pub fn is_one_of(&self, nouns: &[String], head: usize) -> bool {
        nouns.iter().any(|noun| noun == self.tree.lemma(head))
    }
}

/// Whether a token hangs on another of the same span.
fn is_inside(tree: &Tree<'_>, token: usize, span: Span) -> bool {
    tree.head(token).is_some_and(|above| span.overlaps(tree.token(above).span))
}
