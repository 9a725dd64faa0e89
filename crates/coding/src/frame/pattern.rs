//! Where does a role's filler stand? A pattern: a way through the arguments of the trigger, and the class that the filler must have.

use sayso_types::Relation;

use crate::syntax::{Argument, Function, Tree, arguments, conjuncts};

/// One way to a filler: `object>of:actor`, `subject`, `+with`, `self`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    /// Steps from the trigger on.
    pub steps: Vec<Step>,
    /// What the filler must be.
    pub class: Class,
    /// Whether it adds to what earlier patterns found instead of standing in for them.
    pub adds: bool,
}

/// One step from a predicate to an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the argument with that function.
    To(Function),
    /// To who or what the trigger noun itself names: "a splinter group", or what it is said of: "X, a splinter group".
    Itself,
    /// To whom the noun reached so far is joined by "and": "the army" for the militias of "the army and allied militias".
    Joined,
}

/// What a filler must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Anything.
    Any,
    /// Who can act: a registered actor, a group, a named person, people with a role.
    Actor,
    /// A registered actor, a named group or person; no mere description.
    Named,
    /// An organized side: a registered actor or a group, not a single person.
    Group,
    /// An organized body that can be joined or left: a group, party or organization, no state.
    Body,
    /// One person who can lead: by name, title or pronoun.
    Individual,
    /// People, counted or not.
    Person,
    /// A place.
    Place,
    /// A place that can be held: town, area, base, territory.
    Territory,
    /// A building, vehicle or other installation.
    Building,
    /// A weapon or explosive.
    Weapon,
    /// Money.
    Money,
    /// A happening.
    Event,
    /// Neither a place nor a time nor a happening.
    Target,
}

impl Pattern {
    /// Reads `+object>of:actor`.
    pub fn parse(text: &str) -> Option<Pattern> {
        let (adds, text) = text.strip_prefix('+').map_or((false, text), |rest| (true, rest));
        let (path, class) = text.split_once(':').map_or((text, Some(Class::Any)), |(path, class)| (path, Class::of_str(class)));
        let steps = path.split('>').map(step).collect::<Option<Vec<_>>>()?;
        Some(Pattern { steps, class: class?, adds })
    }

    /// The tokens that the way leads to, whatever their class, from the trigger's own arguments.
    pub fn heads(&self, tree: &Tree<'_>, itself: usize, from: &[Argument]) -> Vec<usize> {
        let mut at: Vec<usize> = match &self.steps[0] {
            Step::Itself => all_said_of(tree, itself),
            Step::To(function) => with_function(from, function),
            Step::Joined => Vec::new(),
        };
        for step in &self.steps[1..] {
            at = match step {
                Step::Itself => at,
                Step::To(function) => at.iter().flat_map(|head| with_function(&arguments(tree, *head), function)).collect(),
                Step::Joined => at.iter().filter_map(|head| joined_to(tree, *head)).collect(),
            };
        }
        at
    }
}

impl Pattern {
    /// The tokens that all steps but the last lead to.
    pub fn before_last(&self, tree: &Tree<'_>, itself: usize, from: &[Argument]) -> Vec<usize> {
        let steps = self.steps[..self.steps.len() - 1].to_vec();
        if steps.is_empty() { vec![itself] } else { Pattern { steps, class: self.class, adds: self.adds }.heads(tree, itself, from) }
    }
}

fn with_function(from: &[Argument], function: &Function) -> Vec<usize> {
    from.iter().filter(|a| a.function == *function).map(|a| a.head).collect()
}

/// Whom a noun names or is said of, with those joined to its subject: "the RSF and the army are rivals".
fn all_said_of(tree: &Tree<'_>, itself: usize) -> Vec<usize> {
    let subject = matches!(tree.relation(itself), Relation::Nsubj | Relation::NsubjPass);
    std::iter::once(itself).chain(conjuncts(tree, itself).into_iter().filter(|_| subject)).collect()
}

/// The first of those that a noun is joined to by "and".
fn joined_to(tree: &Tree<'_>, head: usize) -> Option<usize> {
    tree.head(head).filter(|_| tree.relation(head) == Relation::Conj)
}

fn step(text: &str) -> Option<Step> {
    match text {
        "self" => Some(Step::Itself),
        "joined" => Some(Step::Joined),
        other => function(other).map(Step::To),
    }
}

/// A function by its name; any other word of letters is a preposition, `_` standing for a space.
pub fn function(text: &str) -> Option<Function> {
    let named = match text {
        "subject" => Function::Subject,
        "object" => Function::Object,
        "indirect" => Function::Indirect,
        "possessor" => Function::Possessor,
        "modifier" => Function::Modifier,
        "clause" => Function::Clause,
        word if !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '_') => {
            Function::Preposition(word.replace('_', " "))
        }
        _ => return None,
    };
    Some(named)
}

impl Class {
    /// The class of a name in a frame file.
    pub fn of_str(text: &str) -> Option<Class> {
        Some(match text {
            "any" => Class::Any,
            "actor" => Class::Actor,
            "named" => Class::Named,
            "group" => Class::Group,
            "body" => Class::Body,
            "individual" => Class::Individual,
            "person" => Class::Person,
            "place" => Class::Place,
            "territory" => Class::Territory,
            "building" => Class::Building,
            "weapon" => Class::Weapon,
            "money" => Class::Money,
            "event" => Class::Event,
            "target" => Class::Target,
            _ => return None,
        })
    }
}
