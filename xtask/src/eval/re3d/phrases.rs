//! Who belongs to whom, leads or holds what, by a phrase alone? "fighters from the 3rd Brigade", "Captain Ana Silva of the navy",
//! "rebel-held towns": no statements, but relations to re3d.

use sayso::Coder;
use sayso::types::{ActorKind, Analysis, Relation, RoleName, Span, Statement, Upos};
use sayso_coding::lexicon::NounClass as N;
use sayso_coding::mention::Mentions;
use sayso_coding::mention::entity::{Entity, EntityClass};
use sayso_coding::syntax::{Function, Tree, arguments, conjuncts};
use serde::Deserialize;

/// What the phrases of re3d's relations are made of.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    /// Prepositions by which members hang on what they belong to.
    membership: Vec<String>,
    /// Participles that tell whose something is: "held".
    held: Vec<String>,
    /// Nouns of whose hands something is in: "control".
    hands: Vec<String>,
    /// Verbs that tell who has an instrument: "use".
    using: Vec<String>,
    /// Nouns of attacks that stand for the attacker where nobody else does.
    strikes: Vec<String>,
}

/// A relation that a phrase says: the way it was found, what it is to re3d, and its two sides.
pub struct Phrase {
    pub way: &'static str,
    pub gives: &'static str,
    pub source: Span,
    pub target: Span,
}

/// What the phrases are read from.
pub struct Read<'r> {
    pub coder: &'r Coder,
    pub tree: &'r Tree<'r>,
    pub analysis: &'r Analysis,
    pub mentions: &'r Mentions,
}

/// The relations of a document that its phrases say, in the order of the text.
pub fn phrases(read: &Read<'_>, words: &Phrases) -> Vec<Phrase> {
    let mut found = Vec::new();
    for entity in read.mentions.entities.all() {
        found.extend(memberships(read, words, entity));
        found.extend(title(read, entity));
        found.extend(holdings(read, words, entity));
    }
    for token in (0..read.analysis.tokens.len()).filter(|t| words.using.iter().any(|w| w == read.tree.lemma(*t))) {
        found.extend(users(read, token));
    }
    found
}

/// "fighters from the 3rd Brigade", "the agency's director".
fn memberships(read: &Read<'_>, words: &Phrases, member: &Entity) -> Vec<Phrase> {
    if !can_belong(member) {
        return Vec::new();
    }
    let tied = read.tree.children(member.head).filter(|c| ties(read.tree, *c, &words.membership));
    let groups = tied.filter_map(|c| read.mentions.entities.at(c)).filter(|group| is_body(read, group));
    // "the agency's director Ana Silva": what follows the possessor and its "'s".
    let own = |group: &Entity| match group.head < member.head {
        true => read.analysis.span_of((group.tokens.end + 1).min(member.head)..member.tokens.end.max(member.head + 1)),
        false => read.analysis.span_of(member.tokens.start.min(member.head)..member.head + 1),
    };
    groups.map(|group| Phrase { way: "member", gives: "BelongsTo", source: own(group), target: group.span }).collect()
}

/// "Navy Captain Ana Silva", "Ana Silva, commander of the 3rd Brigade".
fn title(read: &Read<'_>, person: &Entity) -> Vec<Phrase> {
    let tree = read.tree;
    if person.class != EntityClass::Person {
        return Vec::new();
    }
    let titles = tree.children(person.head).filter(|c| {
        matches!(tree.relation(*c), Relation::Compound | Relation::Appos | Relation::NmodUnmarked | Relation::Nmod | Relation::Flat)
    });
    let nouns = &read.coder.knowledge().nouns;
    let mut found = Vec::new();
    for title in titles {
        let Some(class) = nouns.class(&tree.word(title).to_lowercase()) else { continue };
        let gives = match class {
            N::Leader => "InChargeOf",
            N::Official | N::Soldier | N::Member | N::Police | N::Civilian | N::Intelligence => "BelongsTo",
            _ => continue,
        };
        let of = tree.children(title).filter(|c| {
            matches!(tree.relation(*c), Relation::Compound | Relation::NmodPoss | Relation::NmodUnmarked | Relation::Appos)
                || tree.preposition(*c).is_some()
        });
        let body = of.filter_map(|c| read.mentions.entities.at(c)).find(|e| is_body(read, e));
        found.extend(body.map(|body| Phrase { way: "title", gives, source: person.span, target: body.span }));
    }
    found
}

/// "ISWAP-held towns", "towns under ISWAP control".
fn holdings(read: &Read<'_>, words: &Phrases, thing: &Entity) -> Vec<Phrase> {
    let tree = read.tree;
    let is_thing = matches!(
        thing.class,
        EntityClass::Noun(N::Territory | N::Building | N::Weapon | N::State) | EntityClass::Thing | EntityClass::Place
    );
    if !is_thing {
        return Vec::new();
    }
    let mut found = Vec::new();
    let held = |way, holder: &Entity| Phrase { way, gives: "InChargeOf", source: holder.span, target: read.tree.token(thing.head).span };
    for child in tree.children(thing.head) {
        let participle = tree.relation(child) == Relation::Amod && words.held.iter().any(|w| w.eq_ignore_ascii_case(tree.word(child)));
        if participle {
            let before = tree.children(child).chain([child.saturating_sub(2)]).filter_map(|c| read.mentions.entities.at(c));
            found.extend(before.into_iter().find(|e| e.is_group() && e.head < child).map(|holder| held("held", holder)));
        }
        let hands = tree.preposition(child).as_deref() == Some("under") && words.hands.iter().any(|w| w == tree.lemma(child));
        if hands {
            let whose = tree.children(child).filter_map(|c| read.mentions.entities.at(c)).find(|e| e.is_group());
            found.extend(whose.map(|holder| held("hands", holder)));
        }
    }
    found
}

/// "conducted raids using drones": who has charge of the drones; "the army used nerve gas": whose it is.
fn users(read: &Read<'_>, verb: usize) -> Vec<Phrase> {
    let tree = read.tree;
    if tree.token(verb).pos != Upos::Verb {
        return Vec::new();
    }
    let subject = |verb: usize| {
        let all = arguments(tree, verb);
        let subjects = all.iter().filter(|a| a.function == Function::Subject).filter_map(|a| read.mentions.entities.at(a.head));
        subjects.into_iter().find(|e| e.can_act())
    };
    let gerund = tree.is_gerund(verb);
    // A participle says it of whoever does what the clause says, wherever it was hung.
    let above =
        tree.ancestors(verb).filter(|v| gerund && tree.token(*v).pos == Upos::Verb && !tree.is_participle_modifier(*v)).find_map(subject);
    let Some(user) = above.or_else(|| subject(verb)) else { return Vec::new() };
    let all = arguments(tree, verb);
    let objects = all.iter().filter(|a| a.function == Function::Object).map(|a| a.head);
    let weapons = objects.filter(|o| read.mentions.entities.at(*o).is_some_and(|e| e.class == EntityClass::Noun(N::Weapon)));
    weapons
        .map(|weapon| {
            let weapon = read.tree.token(weapon).span;
            match gerund {
                true => Phrase { way: "using", gives: "InChargeOf", source: user.span, target: weapon },
                false => Phrase { way: "used", gives: "BelongsTo", source: weapon, target: user.span },
            }
        })
        .collect()
}

/// The strike that does what an assault says where nobody is named who does it: its trigger, or the subject of that.
pub fn strike(read: &Read<'_>, words: &Phrases, statement: &Statement) -> Option<Span> {
    let nobody = !statement.roles.iter().any(|r| r.role == RoleName::Actor);
    let trigger = read.analysis.tokens.iter().position(|t| statement.evidence.trigger.overlaps(t.span)).filter(|_| nobody)?;
    let is_strike = |at: usize| read.tree.token(at).pos == Upos::Noun && words.strikes.iter().any(|w| w == read.tree.lemma(at));
    let subject = || {
        let all = arguments(read.tree, trigger);
        all.iter().find(|a| a.function == Function::Subject && is_strike(a.head)).map(|a| a.head)
    };
    let strike = if is_strike(trigger) { Some(trigger) } else { subject() };
    strike.map(|at| read.analysis.tokens[at].span)
}

/// Those who are coordinated as one side of a fight: allies of one another.
pub fn side_by_side(read: &Read<'_>, sides: &[Span]) -> Vec<Phrase> {
    let tree = read.tree;
    let heads: Vec<&Entity> = sides.iter().filter_map(|s| read.mentions.entities.all().iter().find(|e| e.span == *s)).collect();
    let mut found = Vec::new();
    for (at, one) in heads.iter().enumerate() {
        for other in &heads[at + 1..] {
            let together = conjuncts(tree, one.head).contains(&other.head) || conjuncts(tree, other.head).contains(&one.head);
            if together {
                found.push(Phrase { way: "together", gives: "AlliesOf", source: one.span, target: other.span });
            }
        }
    }
    found
}

fn can_belong(entity: &Entity) -> bool {
    use N::{Civilian, Fighter, Group, Intelligence, Member, Official, Police, Relative, Soldier, Weapon};
    match entity.class {
        EntityClass::Person => true,
        EntityClass::Noun(class) => {
            matches!(class, Civilian | Fighter | Group | Intelligence | Member | Official | Police | Relative | Soldier | Weapon)
        }
        _ => false,
    }
}

/// Whether a token is a possessor, or hangs by a preposition of belonging.
fn ties(tree: &Tree<'_>, token: usize, prepositions: &[String]) -> bool {
    match tree.relation(token) {
        Relation::NmodPoss => true,
        Relation::Nmod => tree.preposition(token).is_some_and(|p| prepositions.contains(&p)),
        _ => false,
    }
}

/// A group or organization by name or noun, but no country or people.
fn is_body(read: &Read<'_>, entity: &Entity) -> bool {
    !is_country(read, entity) && matches!(entity.class, EntityClass::Actor | EntityClass::Organization | EntityClass::Noun(N::Group))
}

fn is_country(read: &Read<'_>, entity: &Entity) -> bool {
    let kind = |actor| read.coder.knowledge().registry.actor(actor).kind;
    entity.referent.actors().iter().any(|a| matches!(kind(*a), ActorKind::State | ActorKind::People))
}
