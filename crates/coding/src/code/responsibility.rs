//! Who claims, denies, is blamed for or confirms a happening? Stances go to the events that they are about.

use sayso_types::{EventType, RoleName, Stance, Upos};

use super::{Coding, Instance, class};
use crate::frame::Yields;

/// How many sentences back "the attack" may stand when somebody claims it.
const REACH: usize = 4;

/// Parts instances that make statements from those that only say who is responsible.
pub(super) fn split(instances: Vec<Instance<'_>>) -> (Vec<Instance<'_>>, Vec<Instance<'_>>) {
    instances.into_iter().partition(|i| !matches!(i.frame.yields, Yields::Responsibility(_)))
}

/// Gives each stance to its event: one that it names, else the assault of its sentence that it governs, else the last one told.
pub(super) fn apply<'f>(coding: &Coding<'_>, stances: Vec<Instance<'f>>, events: &mut [Instance<'f>], told: &mut [Instance<'f>]) {
    for stance in stances {
        let Yields::Responsibility(kind) = stance.frame.yields else { continue };
        let by: Vec<usize> = stance.roles.iter().filter(|(r, _)| *r == RoleName::Actor).map(|(_, h)| *h).collect();
        let themes: Vec<usize> = stance.roles.iter().filter(|(r, _)| *r == RoleName::Theme).map(|(_, h)| *h).collect();
        let accused: Vec<usize> = stance.roles.iter().filter(|(r, _)| *r == RoleName::Recipient).map(|(_, h)| *h).collect();
        let here = events.iter().position(|e| is_assault(e) && themes.iter().any(|t| covers(e, *t)));
        let back = here.filter(|at| {
            let before = last_told(coding, told, stance.head);
            before.is_some_and(|told| refers_back(coding, &events[*at], &by, told))
        });
        if let Some(at) = back {
            events[at].taken_up = true;
        }
        // "accused them of violating the accord" speaks of no attack told before.
        let other = |t: &usize| !class::is_event(coding, *t) && coding.tree.token(*t).pos != Upos::Pron;
        let of_something_else = here.is_none() && matches!(kind, Stance::Blamed | Stance::Denied) && themes.iter().any(other);
        if of_something_else {
            continue;
        }
        let target = match here {
            Some(at) if back.is_none() => Some(&mut events[at]),
            _ => last_told(coding, told, stance.head),
        };
        let Some(event) = target else { continue };
        let unnamed = by.iter().all(|b| is_nobody(coding, *b));
        if kind == Stance::Claimed && unnamed && (!by.is_empty() || stance.frame.negated) {
            event.unclaimed = true;
            continue;
        }
        let responsible = if accused.is_empty() { &by } else { &accused };
        for head in if kind == Stance::Blamed { responsible } else { &by } {
            event.stances.push((kind, *head));
        }
        add_actor(event, kind, responsible);
    }
}

/// Who claims an attack or is blamed for it is its actor, where the text names no other.
fn add_actor(event: &mut Instance<'_>, kind: Stance, responsible: &[usize]) {
    let has_actor = event.roles.iter().any(|(role, _)| *role == RoleName::Actor);
    if !has_actor && matches!(kind, Stance::Claimed | Stance::Blamed) {
        event.roles.extend(responsible.iter().map(|head| (RoleName::Actor, *head)));
    }
}

/// "the attack", "the attack on the clinic" after one on a clinic: a definite noun that tells nothing of its own but who claims it.
fn refers_back(coding: &Coding<'_>, event: &Instance<'_>, by: &[usize], told: &Instance<'_>) -> bool {
    let tree = coding.tree;
    let definite = class::is_definite(coding, event.head);
    let noun = tree.token(event.head).pos == Upos::Noun;
    let hit = |head: usize| told.roles.iter().any(|(role, h)| *role == RoleName::Recipient && tree.lemma(*h) == tree.lemma(head));
    let known = |(role, head): &(RoleName, usize)| by.contains(head) || (*role == RoleName::Recipient && hit(*head));
    definite && noun && !event.aggregate && event.parts.is_empty() && event.roles.iter().all(known)
}

fn is_assault(event: &Instance<'_>) -> bool {
    event.frame.yields == Yields::Event(EventType::Assault)
}

fn covers(event: &Instance<'_>, token: usize) -> bool {
    std::iter::once(event).chain(&event.parts).any(|i| i.head == token || i.predicate == token || i.trigger.contains(&token))
}

fn last_told<'t, 'f>(coding: &Coding<'_>, told: &'t mut [Instance<'f>], head: usize) -> Option<&'t mut Instance<'f>> {
    let sentence = coding.tree.analysis.sentence_of(head);
    told.iter_mut().rev().find(|e| is_assault(e) && sentence - coding.tree.analysis.sentence_of(e.head) <= REACH && !e.aggregate)
}

/// "No group", "no one", "nobody".
fn is_nobody(coding: &Coding<'_>, head: usize) -> bool {
    let tree = coding.tree;
    let nobody = |t: usize| matches!(tree.lemma(t), "no" | "nobody" | "none" | "neither" | "noone");
    nobody(head) || tree.children(head).any(nobody)
}
