//! How does an instance become a statement? Its roles, setting, counts, mode, certainty and sources, put together.

use sayso_types::{Attribution, Evidence, Phase, Proposition, RelationType, Responsibility, Role, RoleName, Statement};

use super::confidence::features;
use super::{Coding, Instance, counting, matching, naming, phase, setting};
use crate::attribution::{SourceLink, attribution};
use crate::factuality::{Factuality, factuality};
use crate::frame::Yields;
use crate::lexicon::{NounClass, Support};
use crate::mention::entity::EntityClass;

/// The statement of an instance; none where it says nothing of anybody.
pub(super) fn statement(coding: &Coding<'_>, instance: &Instance<'_>) -> Option<Statement> {
    let tree = coding.tree;
    let roles = roles(coding, instance);
    let quantities = counting::quantities(coding, instance);
    let told = matches!(instance.frame.yields, Yields::Relation(_)).then(|| phase::told(coding, instance)).flatten();
    let proposition = proposition(coding, instance, told);
    let place = setting::place(coding, instance);
    let located =
        instance.frame.join == crate::frame::Join::Cause && place.as_ref().is_some_and(|p| stands_inside(coding, instance, p.span));
    if !says_something(&proposition, &roles, quantities.len(), located) {
        return None;
    }
    let factuality = certainty(coding, instance);
    let sentence = tree.analysis.sentence_of(instance.head);
    let is_event = matches!(proposition, Proposition::Event { .. });
    if is_event && (instance.halted || factuality.negated) && factuality.modality == sayso_types::Modality::Hypothetical {
        // "called on both sides to stop fighting": what is to be ended is neither told nor foreseen.
        return None;
    }
    let mut modality = factuality.modality;
    let is_over = told == Some(Phase::Ends);
    if instance.halted && !is_over && modality == sayso_types::Modality::Asserted {
        modality = sayso_types::Modality::Hypothetical;
    }
    let mut statement = Statement {
        time: setting::time(coding, instance, &proposition),
        aggregate: instance.aggregate,
        modality,
        hedge: factuality.hedge,
        // What has ended is told as ended, not as never having been.
        negated: !is_over && factuality.negated != instance.frame.negated,
        tense: factuality.tense,
        attribution: sources(coding, instance),
        responsibility: responsibility(coding, instance),
        unclaimed: instance.unclaimed,
        evidence: Evidence { span: tree.analysis.sentences[sentence].span, trigger: tree.span_of(&instance.trigger)?, sentence },
        also: Vec::new(),
        confidence: 0.0,
        rule: instance.frame.id.clone(),
        proposition,
        roles,
        place,
        quantities,
    };
    statement.confidence = coding.knowledge.confidence.of(&features(&statement, tree.analysis)) as f32;
    Some(statement)
}

fn roles(coding: &Coding<'_>, instance: &Instance<'_>) -> Vec<Role> {
    let mut found: Vec<Role> = Vec::new();
    for (role, head) in &instance.roles {
        for filled in naming::roles(coding, *role, *head) {
            let repeated = found.iter().any(|f| f.role == filled.role && (f.span == filled.span && f.actor_id == filled.actor_id));
            if !repeated {
                found.push(filled);
            }
        }
    }
    found
}

/// How surely it is told: by its own clause, or, where that asserts it, by a hedge at what was joined to it ("were reportedly killed
/// when fighters shelled the camp").
fn certainty(coding: &Coding<'_>, instance: &Instance<'_>) -> Factuality {
    let of = |i: &Instance<'_>| factuality(coding.tree, told_by(coding, i), i.head, &coding.knowledge.cues);
    let own = of(instance);
    let plain = own.modality == sayso_types::Modality::Asserted && !own.negated;
    let hedged = || instance.parts.iter().map(of).find(|f| f.modality == sayso_types::Modality::Possible && f.hedge.is_some());
    if plain { hedged().unwrap_or(own) } else { own }
}

/// The word whose clause tells of it: its support verb, but itself where the verb only aims at it ("is considering an attack").
fn told_by(coding: &Coding<'_>, instance: &Instance<'_>) -> usize {
    let aims = coding.knowledge.support.support(coding.tree, instance.predicate) == Some(Support::Aims);
    if aims { instance.head } else { instance.predicate }
}

/// Whether a place stands in the phrase or clause of the trigger itself.
fn stands_inside(coding: &Coding<'_>, instance: &Instance<'_>, place: sayso_types::Span) -> bool {
    let tree = coding.tree;
    let mention = coding.mentions.places.iter().find(|p| p.span == place);
    mention.is_some_and(|p| {
        p.tokens
            .clone()
            .any(|t| tree.dominates(instance.head, t) || (instance.predicate != instance.head && tree.dominates(instance.predicate, t)))
    })
}

/// A statement names at least one who takes part, a count or a place.
fn says_something(proposition: &Proposition, roles: &[Role], counts: usize, located: bool) -> bool {
    let has = |name: RoleName| roles.iter().any(|r| r.role == name);
    match proposition {
        Proposition::Event { .. } => has(RoleName::Actor) || has(RoleName::Recipient) || counts > 0 || located,
        Proposition::Relation { relation, .. } => {
            let sides = roles.iter().filter(|r| matches!(r.role, RoleName::Actor | RoleName::Recipient)).count();
            // Two names are one actor's, and said to be.
            let one_actor = *relation != RelationType::AlsoKnownAs
                && sides > 1
                && roles.iter().all(|r| r.actor_id.is_some() && r.actor_id == roles[0].actor_id);
            let (actor, recipient) = (has(RoleName::Actor), has(RoleName::Recipient));
            // "The groups remain in competition": both sides in one plural phrase.
            // "commanders of the front broke away from it"
            let one_actor = one_actor && *relation != RelationType::SplinterOf;
            !one_actor && ((actor && recipient) || (relation.is_symmetric() && sides >= 1))
        }
        Proposition::Estimate { .. } => counts > 0,
    }
}

fn proposition(coding: &Coding<'_>, instance: &Instance<'_>, told: Option<Phase>) -> Proposition {
    let parts = || std::iter::once(instance).chain(&instance.parts);
    match instance.frame.yields {
        Yields::Event(event) => {
            let lemmas = clause_lemmas(coding, instance);
            let lemmas: Vec<&str> = lemmas.iter().map(|t| coding.tree.lemma(*t)).collect();
            let told = coding.knowledge.modes.mode(event, &lemmas).map(str::to_owned);
            // "opened fire on the crowd and set fire to a bus": by what means the act was done goes before what came of it.
            let own = instance.frame.mode.clone();
            let mode = own.or(told).or_else(|| parts().find_map(|p| p.frame.mode.clone()));
            let mut contexts: Vec<String> = parts().flat_map(|p| p.frame.contexts.iter().cloned()).collect();
            contexts.sort();
            contexts.dedup();
            // What did not happen, "failed to take the town", has not come out in any way.
            let outcome = parts().find_map(|p| p.frame.outcome.clone()).filter(|_| !certainty(coding, instance).negated);
            let outcome = outcome.or_else(|| instance.halted.then(|| "disrupted".to_owned()));
            let acled = coding.knowledge.crosswalk.acled(event, mode.as_deref(), outcome.as_deref(), target(coding, instance)).cloned();
            Proposition::Event { event, mode, contexts, outcome, acled }
        }
        Yields::Relation(relation) => {
            Proposition::Relation { relation, mode: instance.frame.mode.clone(), phase: told.unwrap_or(instance.frame.phase) }
        }
        Yields::Estimate(estimate) => Proposition::Estimate { estimate },
        Yields::Responsibility(_) => unreachable!("stances are split off before statements are written"),
    }
}

/// The trigger, its modifiers and the heads of its arguments: the words that can tell by what means it was done.
fn clause_lemmas(coding: &Coding<'_>, instance: &Instance<'_>) -> Vec<usize> {
    let tree = coding.tree;
    let mut found: Vec<usize> = Vec::new();
    for part in std::iter::once(instance).chain(&instance.parts) {
        found.extend(&part.trigger);
        found.push(part.predicate);
        found.extend(tree.children(part.head));
        for argument in &part.arguments {
            let is_clause = tree.is_clause_head(argument.head) && tree.token(argument.head).pos == sayso_types::Upos::Verb;
            if !is_clause {
                found.push(argument.head);
                found.extend(
                    tree.children(argument.head)
                        .filter(|c| matches!(tree.relation(*c), sayso_types::Relation::Compound | sayso_types::Relation::Amod)),
                );
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// ACLED's view of who was hit.
fn target(coding: &Coding<'_>, instance: &Instance<'_>) -> &'static str {
    let recipients = instance.roles.iter().filter(|(role, _)| *role == RoleName::Recipient);
    let classes: Vec<EntityClass> = recipients.filter_map(|(_, head)| coding.mentions.entities.at(*head)).map(|e| e.class).collect();
    target_of(&classes)
}

/// ACLED's view of who was hit, by what they are: "civilian", "armed", or empty where that is not told.
pub fn target_of(classes: &[EntityClass]) -> &'static str {
    let armed = |c: &EntityClass| {
        matches!(c, EntityClass::Noun(NounClass::Fighter | NounClass::Soldier | NounClass::Police)) || matches!(c, EntityClass::Actor)
    };
    if classes.iter().any(|c| matches!(c, EntityClass::Noun(NounClass::Civilian | NounClass::Crowd) | EntityClass::Person)) {
        "civilian"
    } else if classes.iter().any(armed) {
        "armed"
    } else {
        ""
    }
}

fn sources(coding: &Coding<'_>, instance: &Instance<'_>) -> Vec<Attribution> {
    let links = attribution(coding.tree, instance.predicate, instance.head, &coding.knowledge.cues);
    let takes_part = |head: usize| instance.roles.iter().any(|(role, h)| *role == RoleName::Actor && *h == head);
    // "suspected fighters": a participle before its noun attributes nothing to who stands before it.
    let describes = |link: &SourceLink| link.cue.iter().all(|c| coding.tree.relation(*c) == sayso_types::Relation::Amod);
    let names_nobody = |link: &SourceLink| {
        let empty = matches!(coding.tree.token(link.source).pos, sayso_types::Upos::Det | sayso_types::Upos::Adp);
        empty || (takes_part(link.source) && describes(link))
    };
    let own = telling(coding, instance).filter(|own| links.iter().all(|link| link.source != own.source));
    links.iter().filter(|link| !names_nobody(link)).chain(own.as_ref()).filter_map(|link| source(coding, link)).collect()
}

/// Who says it by the trigger itself, where the frame has one: "the mission counted 14 bodies".
fn telling(coding: &Coding<'_>, instance: &Instance<'_>) -> Option<SourceLink> {
    let says = &instance.frame.says;
    let source = *matching::fillers(coding, says, (instance.head, instance.head), &instance.arguments).first()?;
    (!super::class::is_event(coding, source)).then(|| SourceLink { source, cue: vec![instance.head] })
}

fn source(coding: &Coding<'_>, link: &SourceLink) -> Option<Attribution> {
    let (actor_id, name) = naming::identity(coding, link.source);
    let cue = coding.tree.span_of(&link.cue)?;
    Some(Attribution {
        source: naming::words_with_name(coding, link.source),
        actor_id,
        name,
        kind: naming::source_kind(coding, link.source),
        cue,
    })
}

fn responsibility(coding: &Coding<'_>, instance: &Instance<'_>) -> Vec<Responsibility> {
    let mut found: Vec<Responsibility> = Vec::new();
    for (stance, head) in &instance.stances {
        let (actor_id, name) = naming::identity(coding, *head);
        let by = naming::words(coding, *head);
        if !found.iter().any(|r| r.by == by && r.stance == *stance) {
            found.push(Responsibility { stance: *stance, by, actor_id, name });
        }
    }
    found
}

/// The same proposition by the same frame with the same words counts once.
pub(super) fn remove_repeated(statements: &mut Vec<Statement>) {
    let mut kept: Vec<Statement> = Vec::new();
    for statement in statements.drain(..) {
        let same = |other: &Statement| {
            other.proposition == statement.proposition
                && other.evidence.sentence == statement.evidence.sentence
                && (other.modality, other.negated) == (statement.modality, statement.negated)
                && same_roles(other, &statement)
                && other.time == statement.time
        };
        match kept.iter_mut().find(|other| same(other)) {
            Some(other) if other.quantities.is_empty() => other.quantities = statement.quantities,
            Some(_) => {}
            None => kept.push(statement),
        }
    }
    *statements = kept;
}

/// A headline says nothing of its own where the report below it tells of the same kind of thing.
pub(super) fn remove_announced(statements: &mut Vec<Statement>, is_title: impl Fn(&Statement) -> bool) {
    let kind = |statement: &Statement| match &statement.proposition {
        Proposition::Event { event, .. } => format!("{event:?}"),
        Proposition::Relation { relation, .. } => format!("{relation:?}"),
        Proposition::Estimate { estimate } => format!("{estimate:?}"),
    };
    let told: Vec<String> = statements.iter().filter(|s| !is_title(s)).map(kind).collect();
    statements.retain(|statement| !is_title(statement) || !told.contains(&kind(statement)));
}

fn same_roles(one: &Statement, other: &Statement) -> bool {
    let of = |s: &Statement| -> Vec<(RoleName, String)> {
        let mut roles: Vec<_> = s.roles.iter().map(|r| (r.role, r.actor_id.clone().unwrap_or_else(|| format!("{:?}", r.span)))).collect();
        roles.sort();
        roles
    };
    of(one) == of(other)
}
