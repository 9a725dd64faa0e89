//! Who belongs to whom by a phrase alone? "fighters from the 3rd Brigade", "the agency's director": no statement, but a relation to re3d.

use sayso::Coder;
use sayso::types::{ActorKind, Analysis, Relation, Span};
use sayso_coding::lexicon::NounClass as N;
use sayso_coding::mention::Mentions;
use sayso_coding::mention::entity::{Entity, EntityClass};
use sayso_coding::syntax::Tree;

/// Members and the groups that they are said to be of, in the order of the text.
pub fn memberships(coder: &Coder, text: &str, analysis: &Analysis, mentions: &Mentions, prepositions: &[String]) -> Vec<(Span, Span)> {
    let tree = Tree::new(text, analysis);
    let members = mentions.entities.all().iter().filter(|e| can_belong(e));
    let groups = members.flat_map(|member| {
        let tied = tree.children(member.head).filter(|c| ties(&tree, *c, prepositions)).collect::<Vec<_>>();
        tied.into_iter().filter_map(move |c| Some((member, mentions.entities.at(c)?)))
    });
    // "the agency's director Ana Silva": what follows the possessor and its "'s".
    let own = |member: &Entity, group: &Entity| match group.head < member.head {
        true => analysis.span_of((group.tokens.end + 1).min(member.head)..member.tokens.end.max(member.head + 1)),
        false => analysis.span_of(member.tokens.start.min(member.head)..member.head + 1),
    };
    groups.filter(|(_, group)| is_body(coder, group)).map(|(member, group)| (own(member, group), group.span)).collect()
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
fn is_body(coder: &Coder, entity: &Entity) -> bool {
    let kind = |actor| coder.knowledge().registry.actor(actor).kind;
    let country = entity.referent.actors().iter().any(|a| matches!(kind(*a), ActorKind::State | ActorKind::People));
    !country && matches!(entity.class, EntityClass::Actor | EntityClass::Organization | EntityClass::Noun(N::Group))
}
