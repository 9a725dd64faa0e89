//! Which triggers of a sentence speak of one happening? A result ("killing 12") joins its cause ("attacked a village").

use sayso_types::{Modality, Relation, RoleName, Upos};

use super::{Coding, Instance, class};
use crate::factuality::factuality;
use crate::frame::{Join, Yields};
use crate::syntax::Tree;

/// The instances of one sentence with results joined to their causes, and results to one another.
///
/// "Nine monks were killed in a rebel raid on a monastery" is one assault, by the rebels, with 9 killed.
pub(super) fn join<'f>(coding: &Coding<'_>, instances: Vec<Instance<'f>>) -> Vec<Instance<'f>> {
    let mut left: Vec<Option<Instance<'f>>> = instances.into_iter().map(Some).collect();
    loop {
        let pair = first_pair(coding, &left);
        let Some((host, guest)) = pair else { break };
        let Some(part) = left[guest].take() else { break };
        if let Some(instance) = left[host].as_mut() {
            absorb(coding, instance, part);
        }
    }
    left.into_iter().flatten().collect()
}

/// The first two instances that belong together: the one that stays, and the one that it takes in.
fn first_pair(coding: &Coding<'_>, instances: &[Option<Instance<'_>>]) -> Option<(usize, usize)> {
    for (a, one) in instances.iter().enumerate() {
        for (b, other) in instances.iter().enumerate() {
            let (Some(one), Some(other)) = (one, other) else { continue };
            if a == b || !both_events_of_one_type(one, other) {
                continue;
            }
            match (one.frame.join, other.frame.join) {
                (Join::Cause, Join::Result) if linked(coding, one, other) && !only_thought_of(coding, one, other) => return Some((a, b)),
                (Join::Result, Join::Result) if a < b && results_linked(coding, one, other) => return Some((a, b)),
                (Join::Cause, Join::Cause) if same_act(coding, one, other) => return Some((a, b)),
                _ => {}
            }
        }
    }
    None
}

fn both_events_of_one_type(one: &Instance<'_>, other: &Instance<'_>) -> bool {
    matches!((one.frame.yields, other.frame.yields), (Yields::Event(a), Yields::Event(b)) if a == b)
}

/// All predicates of an instance and of what it has taken in.
fn heads<'i>(instance: &'i Instance<'_>) -> impl Iterator<Item = usize> + 'i {
    let own = std::iter::once(instance).chain(&instance.parts);
    own.flat_map(|i| [i.head, i.predicate])
}

/// Whether `result` is what came of `cause`.
fn linked(coding: &Coding<'_>, cause: &Instance<'_>, result: &Instance<'_>) -> bool {
    let tree = coding.tree;
    heads(cause).any(|c| {
        heads(result).any(|r| follows(tree, c, r) || brought_about(coding, c, result, r) || happened_in(tree, c, r))
            || hangs_on_victim(tree, c, result)
    }) || stands_beside(tree, cause, result)
}

/// "left 12 dead and 30 wounded": the wounded stand beside a word by which the act is told, be it not the first.
fn stands_beside(tree: &Tree<'_>, told: &Instance<'_>, result: &Instance<'_>) -> bool {
    let words = || std::iter::once(told).chain(&told.parts).flat_map(|i| &i.trigger);
    tree.relation(result.head) == Relation::Conj && words().any(|word| tree.head(result.head) == Some(*word))
}

/// "The attack would have killed hundreds": it came about, what it might have done did not.
fn only_thought_of(coding: &Coding<'_>, cause: &Instance<'_>, result: &Instance<'_>) -> bool {
    let of = |i: &Instance<'_>| factuality(coding.tree, i.predicate, i.head, &coding.knowledge.cues).modality;
    of(result) == Modality::Hypothetical && of(cause) == Modality::Asserted
}

/// "attacked a village, killing 12", "attacked and killed", "an attack that killed 12".
fn follows(tree: &Tree<'_>, cause: usize, result: usize) -> bool {
    use Relation as R;
    tree.head(result) == Some(cause)
        && matches!(tree.relation(result), R::Advcl | R::Conj | R::Acl | R::AclRelcl | R::Xcomp | R::Parataxis | R::Ccomp)
}

/// "The attack killed 12": the cause is the result's subject.
fn brought_about(coding: &Coding<'_>, cause: usize, result: &Instance<'_>, head: usize) -> bool {
    let tree = coding.tree;
    // "The fighting left nine people dead": the cause is the subject of the verb that says what became of them.
    let verb = if tree.relation(head) == Relation::Xcomp { tree.head(head) } else { None };
    let of_result = tree.head(cause).is_some_and(|above| above == head || verb == Some(above));
    let subject = of_result && matches!(tree.relation(cause), Relation::Nsubj | Relation::OblAgent);
    subject
        || result
            .arguments
            .iter()
            .any(|a| a.head == cause && a.function == crate::syntax::Function::Subject && class::is_event(coding, cause))
}

/// "killed in an attack", "killed when gunmen attacked".
fn happened_in(tree: &Tree<'_>, cause: usize, result: usize) -> bool {
    if tree.head(cause) != Some(result) {
        return false;
    }
    match tree.relation(cause) {
        Relation::Obl | Relation::Nmod | Relation::OblAgent => matches!(
            tree.preposition(cause).as_deref(),
            Some("in" | "by" | "during" | "from" | "after" | "following" | "as" | "to" | "with" | "amid" | "on" | "at" | "through")
        ),
        Relation::Advcl => tree.children(cause).any(|m| {
            matches!(tree.lemma(m), "when" | "after" | "as" | "while" | "by")
                && matches!(tree.relation(m), Relation::Mark | Relation::Advmod)
        }),
        _ => false,
    }
}

/// "killed a commander in clashes": the parser may hang the clashes on the commander.
fn hangs_on_victim(tree: &Tree<'_>, cause: usize, result: &Instance<'_>) -> bool {
    let victim = |head: usize| result.roles.iter().any(|(role, h)| *h == head && *role == RoleName::Recipient);
    tree.relation(cause) == Relation::Nmod
        && tree.head(cause).is_some_and(victim)
        && matches!(tree.preposition(cause).as_deref(), Some("in" | "during" | "after"))
}

/// "killed 12 and wounded 30", "12 were killed and 30 injured".
fn results_linked(coding: &Coding<'_>, one: &Instance<'_>, other: &Instance<'_>) -> bool {
    let tree = coding.tree;
    let tied = |a: usize, b: usize| {
        tree.head(b) == Some(a)
            && matches!(tree.relation(b), Relation::Conj | Relation::Advcl | Relation::Parataxis | Relation::Acl | Relation::Xcomp)
    };
    heads(one).any(|a| heads(other).any(|b| a != b && (tied(a, b) || tied(b, a)))) || stands_beside(tree, one, other)
}

/// "shot dead in an attack", "blew himself up in an attack", "hit by air strikes": one act told by two words.
fn same_act(coding: &Coding<'_>, one: &Instance<'_>, other: &Instance<'_>) -> bool {
    let tree = coding.tree;
    let inside =
        |a: usize, b: usize| tree.head(b) == Some(a) && tree.relation(b) == Relation::Obl && tree.preposition(b).as_deref() == Some("in");
    let strikes = |a: usize, b: usize| {
        let does = matches!(tree.relation(b), Relation::OblAgent | Relation::Nsubj) && tree.token(b).pos == Upos::Noun;
        does && tree.head(b) == Some(a) && tree.token(a).pos == Upos::Verb
    };
    let pair = |tied: &dyn Fn(usize, usize) -> bool| heads(one).any(|a| heads(other).any(|b| tied(a, b)));
    let by_means = |a: usize, b: usize| is_means(coding, a, b);
    (one.aggregate == other.aggregate && pair(&inside)) || pair(&strikes) || pair(&by_means)
}

/// "attacked the base, using two car bombs", "shells fired by rebels landed in a camp": the weapon's own words tell of no other act.
fn is_means(coding: &Coding<'_>, act: usize, means: usize) -> bool {
    let tree = coding.tree;
    let weapon = |head: usize| class::holds(coding, crate::frame::Class::Weapon, head);
    let clause_of = |verb: usize| tree.head(verb) == Some(act) && matches!(tree.relation(verb), Relation::Advcl | Relation::Xcomp);
    let used = || tree.relation(means) == Relation::Obj && tree.head(means).is_some_and(|v| tree.is_gerund(v) && clause_of(v));
    let with = || tree.head(means) == Some(act) && tree.preposition(means).as_deref() == Some("with");
    let sent = || {
        let noun = tree.head(means).filter(|noun| tree.relation(means) == Relation::Acl && weapon(*noun));
        noun.is_some_and(|noun| tree.head(noun) == Some(act) && matches!(tree.relation(noun), Relation::Nsubj | Relation::NsubjPass))
    };
    tree.token(act).pos == Upos::Verb && ((weapon(means) && (used() || with())) || sent())
}

/// Takes `part` into `host`: roles that the host lacks, and further recipients.
fn absorb<'f>(coding: &Coding<'_>, host: &mut Instance<'f>, part: Instance<'f>) {
    let has_actor = host.roles.iter().any(|(role, _)| *role == RoleName::Actor);
    for (role, head) in &part.roles {
        let known = host.roles.iter().any(|(_, h)| h == head);
        let wanted = match role {
            RoleName::Actor => !has_actor,
            _ => true,
        };
        if wanted && !known && *head != host.head && !class::is_event(coding, *head) {
            host.roles.push((*role, *head));
        }
    }
    host.stances.extend(part.stances.iter().copied());
    host.unclaimed |= part.unclaimed;
    host.halted |= part.halted;
    if host.frame.join == Join::Result || part.frame.join == Join::Result {
        // A counted result makes a plural cause no less several, but one act with a result is one happening.
        host.aggregate &= part.frame.join == Join::Result || part.aggregate;
    } else {
        host.aggregate |= part.aggregate;
    }
    let mut part = part;
    host.parts.append(&mut part.parts);
    host.parts.push(part);
}
