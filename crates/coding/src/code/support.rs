//! What does a support verb lend its noun? "carried out an attack", "came under attack", "talks were held".

use sayso_types::{Relation, RelationType, Upos};

use super::Coding;
use crate::frame::{WordClass, Yields};
use crate::lexicon::Support;
use crate::syntax::{Argument, Function, Tree, arguments};

/// A noun's arguments, its support verb's included, with that verb and what it does.
pub(super) struct Supported {
    pub arguments: Vec<Argument>,
    pub verb: Option<(usize, Support)>,
}

/// The arguments of the predicate at `head`, with what a support verb adds.
pub(super) fn supported(coding: &Coding<'_>, head: usize) -> Supported {
    let tree = coding.tree;
    let mut own = arguments(tree, head);
    if matches!(tree.token(head).pos, Upos::Verb | Upos::Aux | Upos::Adj) {
        return Supported { arguments: own, verb: None };
    }
    own.extend(stray_agent(coding, head));
    let Some((verb, support)) = support_verb(coding, head) else { return Supported { arguments: own, verb: None } };
    if support == Support::Suffers && is_help(coding, head) {
        for giver in own.iter_mut().filter(|a| a.function == Function::Preposition("of".to_owned())) {
            giver.function = Function::Preposition("by".to_owned());
        }
    }
    let of_verb = arguments(tree, verb);
    let subject = if support == Support::Suffers { Function::Object } else { Function::Subject };
    for argument in of_verb {
        let function = match argument.function {
            Function::Subject if !matches!(support, Support::Halts | Support::Occurs) => subject.clone(),
            Function::Preposition(p) => Function::Preposition(p),
            _ => continue,
        };
        let in_noun = tree.dominates(head, argument.head) || argument.head == head;
        if !in_noun && !own.iter().any(|a| a.head == argument.head) {
            own.push(Argument { function, head: argument.head });
        }
    }
    Supported { arguments: own, verb: Some((verb, support)) }
}

/// "condemned the capture of Goma by the rebels": a by-phrase that the parser hung on an active verb belongs to its object.
fn stray_agent(coding: &Coding<'_>, noun: usize) -> Option<Argument> {
    let tree = coding.tree;
    let verb = tree.head(noun).filter(|v| tree.relation(noun) == Relation::Obj && !tree.is_passive(*v))?;
    let agent =
        tree.children(verb).find(|c| *c > noun && tree.relation(*c) == Relation::Obl && tree.preposition(*c).as_deref() == Some("by"))?;
    let acts = coding.mentions.entities.at(agent).is_some_and(crate::mention::entity::Entity::can_act);
    acts.then(|| Argument { function: Function::Preposition("by".to_owned()), head: agent })
}

/// The verb whose object, passive subject or participle-modified noun the event noun is.
fn support_verb(coding: &Coding<'_>, noun: usize) -> Option<(usize, Support)> {
    let tree = coding.tree;
    let lexicon = &coding.knowledge.support;
    let first = std::iter::successors(Some(noun), |at| (tree.relation(*at) == Relation::Conj).then(|| tree.head(*at)).flatten()).last()?;
    let top = quantified(coding, first);
    let above = tree.head(top)?;
    let is_verb = tree.token(above).pos == Upos::Verb;
    let found = match tree.relation(top) {
        Relation::Obj | Relation::NsubjPass if is_verb => {
            lexicon.support(tree, above).filter(|s| *s != Support::Occurs).map(|s| (above, s))
        }
        Relation::Nsubj if is_verb && lexicon.support(tree, above) == Some(Support::Occurs) => Some((above, Support::Occurs)),
        Relation::Nsubj if is_verb && tree.is_passive(above) => lexicon.support(tree, above).map(|s| (above, s)),
        Relation::Obl if is_verb && is_purpose(tree, top) => Some((above, Support::Does)),
        // "With Chadian backing, the rebels took the town": who does what the verb says is helped.
        Relation::Obl if is_verb && matches!(tree.preposition(top).as_deref(), Some("with" | "under")) && is_help(coding, noun) => {
            Some((above, Support::Suffers))
        }
        Relation::Obl if is_verb => {
            let preposition = tree.preposition(top)?;
            let support = lexicon.support(tree, above)?;
            let phrase = matches!(preposition.as_str(), "under" | "with" | "in" | "into");
            (phrase && names_preposition(coding, above, &preposition)).then_some((above, support))
        }
        _ => None,
    };
    found.or_else(|| {
        let participle = tree.children(noun).find(|c| tree.is_participle_modifier(*c) && tree.is_passive(*c))?;
        lexicon.support(tree, participle).map(|s| (participle, s))
    })
}

/// A noun that speaks of help or orders given to somebody: "backing", "funding", "leadership".
fn is_help(coding: &Coding<'_>, noun: usize) -> bool {
    let frames = coding.knowledge.frames.of_lemma(coding.tree.lemma(noun));
    frames.into_iter().any(|(_, frame, trigger)| {
        let given = matches!(frame.yields, Yields::Relation(RelationType::Supports | RelationType::Leads | RelationType::Directs));
        trigger.class == WordClass::Noun && given
    })
}

/// "flew sorties in support of the army", "struck in retaliation for the raid": done by whoever does what the verb says.
fn is_purpose(tree: &Tree<'_>, noun: usize) -> bool {
    let bare = !tree.children(noun).any(|c| matches!(tree.relation(c), Relation::Det | Relation::NmodPoss));
    let to_whom = |c: usize| tree.relation(c) == Relation::Nmod && matches!(tree.preposition(c).as_deref(), Some("of" | "for" | "with"));
    bare && tree.preposition(noun).as_deref() == Some("in") && tree.children(noun).any(to_whom)
}

/// "a string of attacks": the verb supports "string".
fn quantified(coding: &Coding<'_>, noun: usize) -> usize {
    let tree = coding.tree;
    match (tree.relation(noun), tree.head(noun)) {
        (Relation::Nmod, Some(above))
            if tree.preposition(noun).as_deref() == Some("of") && coding.knowledge.modes.is_series(tree.lemma(above)) =>
        {
            above
        }
        _ => noun,
    }
}

fn names_preposition(coding: &Coding<'_>, verb: usize, preposition: &str) -> bool {
    coding.knowledge.support.support_with(coding.tree.lemma(verb), preposition)
}
