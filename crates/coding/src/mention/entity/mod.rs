//! Who or what do the nouns of a text name? Entities: each nominal head with its class and whom it refers to.

mod classify;
mod pair;
mod refer;

use std::ops::Range;

use sayso_types::Span;

pub use classify::{EntityInput, entities};

use crate::lexicon::NounClass;
use crate::resolve::registry::ActorIndex;

/// A noun phrase, by its head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// The head token.
    pub head: usize,
    /// The tokens of the phrase.
    pub tokens: Range<usize>,
    /// The words of the phrase.
    pub span: Span,
    /// What kind of thing it is.
    pub class: EntityClass,
    /// Whom it refers to.
    pub referent: Referent,
    /// Whether it refers by description or pronoun, so that the referent was worked out.
    pub resolved: bool,
}

/// What kind of thing an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntityClass {
    /// What its noun says.
    Noun(NounClass),
    /// A registered actor by name.
    Actor,
    /// A named person.
    Person,
    /// A named organization or group that the registry does not have.
    Organization,
    /// A named place.
    Place,
    /// A pronoun for one or more persons or groups.
    Pronoun,
    /// Anything else.
    Thing,
}

/// Whom an entity refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Referent {
    /// Actors of the registry: one, or several for "the two groups".
    Actors(Vec<ActorIndex>),
    /// Somebody with a name that the registry does not have.
    Named(String),
    /// Nobody by name.
    Described,
}

impl Referent {
    /// The actors, where it refers to registered ones.
    pub fn actors(&self) -> &[ActorIndex] {
        match self {
            Referent::Actors(actors) => actors,
            _ => &[],
        }
    }
}

/// The entities of a document, by head token.
#[derive(Clone, Debug, Default)]
pub struct Entities {
    all: Vec<Entity>,
    at: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Entities {
    pub(crate) fn new(tokens: usize) -> Entities {
        Entities { all: Vec::new(), at: vec![NONE; tokens] }
    }

    /// The entity whose head, or one of whose name's tokens, is that token.
    pub fn at(&self, token: usize) -> Option<&Entity> {
        self.all.get(*self.at.get(token)? as usize)
    }

    /// All, in the order of the text.
    pub fn all(&self) -> &[Entity] {
        &self.all
    }

    pub(crate) fn get_mut(&mut self, index: usize) -> &mut Entity {
        &mut self.all[index]
    }

    /// Adds an entity, found at its head and at the other tokens given.
    pub(crate) fn add(&mut self, entity: Entity, also_at: Range<usize>) {
        let index = u32::try_from(self.all.len()).unwrap_or(NONE);
        for token in also_at.chain([entity.head]) {
            self.at[token] = index;
        }
        self.all.push(entity);
    }
}

impl Entity {
    /// Whether it can act: an actor, group, person or people with a role.
    pub fn can_act(&self) -> bool {
        use NounClass as N;
        match self.class {
            EntityClass::Actor | EntityClass::Person | EntityClass::Organization => true,
            EntityClass::Pronoun => true,
            EntityClass::Noun(class) => matches!(
                class,
                N::Fighter
                    | N::Soldier
                    | N::Police
                    | N::Intelligence
                    | N::Official
                    | N::Leader
                    | N::Group
                    | N::Relative
                    | N::Member
                    | N::Civilian
                    | N::Crowd
                    | N::State
            ),
            EntityClass::Place | EntityClass::Thing => !self.referent.actors().is_empty(),
        }
    }

    /// Whether it is an organized side: a registered actor, or a group by name or description.
    pub fn is_group(&self) -> bool {
        use NounClass as N;
        match self.class {
            EntityClass::Actor | EntityClass::Organization => true,
            EntityClass::Pronoun | EntityClass::Place => !self.referent.actors().is_empty(),
            EntityClass::Noun(class) => matches!(
                class,
                N::Fighter | N::Soldier | N::Police | N::Intelligence | N::Official | N::Group | N::Relative | N::Member | N::State
            ),
            EntityClass::Person | EntityClass::Thing => false,
        }
    }

    /// Whether it has a name of its own.
    pub fn is_named(&self) -> bool {
        !matches!(self.referent, Referent::Described)
    }

    /// Whether it is people rather than a thing or place.
    pub fn is_people(&self) -> bool {
        self.can_act() && self.class != EntityClass::Noun(NounClass::State)
    }
}
