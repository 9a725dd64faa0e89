//! With which words does a key fill a slot? A noun phrase without its article, a person's name without title, a group by its name.

use sayso::Coder;
use sayso::types::{ActorKind, Analysis, Document, NameClass, Relation, Role, Span, Upos};
use sayso_coding::lexicon::NounClass;
use sayso_coding::mention::Mentions;
use sayso_coding::mention::entity::{Entity, EntityClass};
use sayso_coding::syntax::Tree;

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

/// A slot with the words that fill it.
pub type Fill = (Slot, String);

impl<'t> Text<'t> {
    /// The words of a span.
    pub fn words(&self, span: Span) -> &'t str {
        span.text(&self.document.text)
    }

    /// The entity that fills a role.
    pub fn entity(&self, role: &Role) -> Option<&'t Entity> {
        let all = self.mentions.entities.all();
        let inside = || all.iter().filter(|e| role.span.overlaps(self.analysis.tokens[e.head].span));
        inside().find(|e| e.span == role.span).or_else(|| inside().find(|e| e.span.overlaps(role.span) && !is_inside(self.tree, e.head, role.span)))
    }

    /// Who did it: people, organizations, or people of an organization.
    pub fn perpetrator(&self, role: &Role) -> Vec<Fill> {
        let Some(entity) = self.entity(role) else { return Vec::new() };
        let mut found = Vec::new();
        let kind = role.actor_id.as_deref().and_then(|id| self.kind(id));
        match entity.class {
            EntityClass::Actor => {
                found.extend(self.actor_names(entity).into_iter().map(|name| (Slot::PerpetratorOrganization, name)));
            }
            EntityClass::Organization => found.push((Slot::PerpetratorOrganization, self.phrase(entity.head))),
            EntityClass::Person => found.extend(self.person(entity).map(|name| (Slot::PerpetratorIndividual, name))),
            EntityClass::Noun(NounClass::Group | NounClass::Soldier | NounClass::Police) if self.is_organ(entity.head) => {
                found.push((Slot::PerpetratorOrganization, self.phrase(entity.head)));
            }
            EntityClass::Noun(NounClass::Group) => found.push((Slot::PerpetratorOrganization, self.phrase(entity.head))),
            EntityClass::Noun(_) => {
                if !self.is_empty(entity.head) {
                    found.push((Slot::PerpetratorIndividual, self.phrase(entity.head)));
                }
                found.extend(self.actor_names(entity).into_iter().map(|name| (Slot::PerpetratorOrganization, name)));
            }
            EntityClass::Pronoun | EntityClass::Place | EntityClass::Thing => {}
        }
        if found.is_empty()
            && let Some(id) = role.actor_id.as_deref()
            && kind != Some(ActorKind::State)
        {
            found.extend(self.first_name(id).map(|name| (Slot::PerpetratorOrganization, name)));
        }
        found
    }

    /// Who or what was hit: named people, or things. Of people without a name nothing.
    pub fn target(&self, role: &Role) -> Vec<Fill> {
        let Some(entity) = self.entity(role) else { return Vec::new() };
        if let Some(name) = self.person(entity) {
            return vec![(Slot::HumanTarget, name)];
        }
        match entity.class {
            EntityClass::Noun(NounClass::Building) => vec![(Slot::PhysicalTarget, self.phrase(entity.head))],
            EntityClass::Thing | EntityClass::Noun(_) if self.conventions.things.iter().any(|t| t == self.tree.lemma(entity.head)) => {
                vec![(Slot::PhysicalTarget, self.phrase(entity.head))]
            }
            _ => Vec::new(),
        }
    }

    /// The weapon at a head, where it is one.
    pub fn weapon(&self, head: usize) -> Option<String> {
        (!self.is_empty(head)).then(|| self.phrase(head))
    }

    /// The name of the person that a phrase names, without title: in the phrase, or hung on it behind.
    pub fn person(&self, entity: &Entity) -> Option<String> {
        let names = self.analysis.names.iter().filter(|n| n.kind == NameClass::Person);
        let head = entity.head;
        let own = names.clone().find(|n| n.tokens.contains(&head));
        let is_people = !matches!(entity.class, EntityClass::Thing | EntityClass::Noun(NounClass::Building | NounClass::Weapon | NounClass::Event));
        let hung = || {
            names.clone().filter(|_| is_people).find(|n| {
                let top = n.tokens.clone().find(|t| self.tree.head(*t).is_none_or(|h| !n.tokens.contains(&h))).unwrap_or(n.tokens.start);
                self.tree.head(top) == Some(head)
                    && matches!(self.tree.relation(top), Relation::Flat | Relation::Appos | Relation::Compound | Relation::NmodUnmarked | Relation::Nmod)
                    && self.tree.preposition(top).is_none()
            })
        };
        own.or_else(hung).map(|n| self.words(self.analysis.span_of(n.tokens.clone())).to_owned())
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
                Upos::Adj | Upos::Noun | Upos::Propn | Upos::Num | Upos::Verb => child,
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
        self.words(self.analysis.span_of(start..end)).to_owned()
    }

    /// The names of armed groups and the like in a phrase.
    fn actor_names(&self, entity: &Entity) -> Vec<String> {
        let inside = |range: &std::ops::Range<usize>| {
            range.contains(&entity.head) || range.clone().any(|t| self.tree.dominates(entity.head, t) && entity.tokens.contains(&t))
        };
        let registry = &self.coder.knowledge().registry;
        let names = self.mentions.actors.iter().filter(|(range, actor)| {
            inside(range) && !matches!(registry.actor(*actor).kind, ActorKind::State | ActorKind::People | ActorKind::Media | ActorKind::Agency)
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

    fn is_empty(&self, head: usize) -> bool {
        self.conventions.empty.iter().any(|noun| noun == self.tree.lemma(head))
    }

    fn is_organ(&self, head: usize) -> bool {
        self.conventions.organs.iter().any(|noun| noun == self.tree.lemma(head))
    }
}

/// Whether a token hangs on another of the same span.
fn is_inside(tree: &Tree<'_>, token: usize, span: Span) -> bool {
    tree.head(token).is_some_and(|above| span.overlaps(tree.token(above).span))
}
