//! Which frames does a sentence bring up, and who fills their roles?

use sayso_types::{QuantityOf, Relation, RoleName, Upos};

use super::{Coding, Instance, class, support};
use crate::frame::{Class, Frame, Matched, Pattern, Step, Yields};
use crate::lexicon::{NounClass, Support};
use crate::mention::entity::EntityClass;
use crate::syntax::{Argument, Function, Tree};

/// The frames found in a sentence, in the order of their triggers.
pub(super) fn instances<'k>(coding: &Coding<'k>, sentence: usize) -> Vec<Instance<'k>> {
    let tokens = coding.tree.analysis.sentences[sentence].tokens.clone();
    let mut found = Vec::new();
    for head in tokens {
        found.extend(at(coding, head));
    }
    drop_covered(&mut found);
    found
}

/// The frames that a token triggers: those with most trigger words; of several such the first, and any that stand beside it.
fn at<'k>(coding: &Coding<'k>, head: usize) -> Vec<Instance<'k>> {
    let tree = coding.tree;
    if !coding.knowledge.frames.knows(tree.lemma(head)) || is_part_of_name(coding, head) || is_mere_modifier(tree, head) {
        return Vec::new();
    }
    let bare = || !tree.children(head).any(|c| !matches!(tree.relation(c), Relation::Advmod | Relation::Punct));
    if tree.token(head).pos == Upos::Verb && tree.relation(head) == Relation::Amod && bare() && tree.misread_clause(head).is_none() {
        // "captured fighters", "displaced families": a participle that only describes.
        return Vec::new();
    }
    if tree.token(head).pos == Upos::Adj && tree.preposition(head).is_some() && tree.child(head, Relation::Cop).is_none() {
        // "among the dead": the adjective stands for people and says nothing of its own, but of "three are among the dead".
        return Vec::new();
    }
    let supported = support::supported(coding, head);
    let in_name = |t: usize| coding.mentions.actors.iter().any(|(range, _)| range.len() > 1 && range.contains(&t));
    let named = |t: usize| tree.word(t).starts_with(char::is_uppercase) && in_name(t);
    let mut found: Vec<(usize, Instance<'k>)> = Vec::new();
    for (_, frame, trigger) in coding.knowledge.frames.of_lemma(tree.lemma(head)) {
        let Some(matched) = trigger.find(tree, head, &supported.arguments, &named) else { continue };
        if let Some(instance) = instance(coding, frame, &matched, &supported) {
            found.push((trigger.companions.len(), instance));
        }
    }
    // A frame that stands beside others crowds none of them out: "clashed with" is a clash and a rivalry.
    let most = found.iter().filter(|(_, i)| !i.frame.also).map(|(words, _)| *words).max().unwrap_or(0);
    let is_relation = |frame: &Frame| matches!(frame.yields, Yields::Relation(_));
    // "fought alongside the rebels" is no fight with them.
    let told_longer = found.iter().any(|(words, i)| *words == most && !i.frame.also && is_relation(i.frame));
    found.retain(|(words, i)| *words >= most || !(told_longer && is_relation(i.frame)));
    let mut kept: Vec<Instance<'k>> = Vec::new();
    for (words, instance) in found {
        let rival = kept.iter().any(|k| !instance.frame.also && (!k.frame.also || k.frame.id == instance.frame.id));
        if (words == most || instance.frame.also) && !rival {
            kept.push(instance);
        }
    }
    kept
}

/// "a fighting force", "attack helicopters": a noun before another noun only says what kind of thing that is.
fn is_mere_modifier(tree: &Tree<'_>, head: usize) -> bool {
    let before_noun = tree.head(head).is_some_and(|above| above > head && above - head <= 3 && tree.token(above).pos == Upos::Noun);
    tree.token(head).pos == Upos::Noun && tree.relation(head) == Relation::Compound && before_noun
}

/// A trigger word inside a name ("Islamic Resistance", "Attack Helicopter Regiment") brings nothing up.
fn is_part_of_name(coding: &Coding<'_>, head: usize) -> bool {
    let in_actor = coding.mentions.actors.iter().any(|(range, _)| range.contains(&head) && range.len() > 1);
    let proper = coding.tree.token(head).pos == Upos::Propn;
    let in_name = coding.tree.analysis.names.iter().any(|n| n.tokens.contains(&head));
    in_actor || (proper && in_name)
}

fn instance<'k>(coding: &Coding<'k>, frame: &'k Frame, matched: &Matched, supported: &support::Supported) -> Option<Instance<'k>> {
    let tree = coding.tree;
    let mut from = supported.arguments.clone();
    for token in matched.tokens.iter().filter(|t| **t != matched.head) {
        // The words of a longer trigger lend it their own phrases: "joined forces with".
        let own = crate::syntax::arguments(tree, *token);
        from.extend(own.into_iter().filter(|a| !supported.arguments.iter().any(|b| b.head == a.head)));
    }
    from.retain(|a| a.head != matched.head);
    from.extend(name_behind(coding, matched, &from).map(|head| Argument { function: Function::Object, head }));
    for argument in &mut from {
        // "shot down a drone": the particle was read as a preposition of the object.
        let particle =
            tree.children(argument.head).find(|c| tree.relation(*c) == Relation::Case && *c != matched.head && matched.tokens.contains(c));
        if particle.is_some_and(|p| !frame.has_pattern_of(tree.lemma(p))) {
            argument.function = Function::Object;
        }
    }
    let itself = bearer(coding, matched.head);
    let mut roles = Vec::new();
    for (role, patterns) in &frame.roles {
        for head in fillers(coding, patterns, (matched.head, itself), &from) {
            if !roles.iter().any(|(_, h)| *h == head) {
                roles.push((*role, head));
            }
        }
    }
    drop_weapons_that_act(coding, &mut roles);
    if harms(frame) {
        name_the_victim(coding, matched.head, &mut roles);
    }
    if matches!(frame.yields, Yields::Relation(relation) if !has_two_sides(coding, matched.head, relation, &roles)) {
        return None;
    }
    if !frame.needs.iter().all(|need| roles.iter().any(|(role, _)| role == need)) {
        return None;
    }
    Some(Instance {
        frame,
        head: matched.head,
        trigger: matched.tokens.clone(),
        predicate: supported.verb.map_or(matched.head, |(verb, _)| verb),
        arguments: from,
        roles,
        parts: Vec::new(),
        stances: Vec::new(),
        unclaimed: false,
        aggregate: frame.aggregate || is_several(coding, matched.head) || in_several(coding, matched.head, &supported.arguments),
        halted: supported.verb.is_some_and(|(_, s)| s == Support::Halts),
        taken_up: false,
    })
}

/// "fought Ansar al-Din, the town's masters": an actor's name right behind an active verb that has no object is its object, wherever the
/// parser hung it.
fn name_behind(coding: &Coding<'_>, matched: &Matched, from: &[Argument]) -> Option<usize> {
    let tree = coding.tree;
    let verb = matched.head;
    let active = tree.token(verb).pos == Upos::Verb && !tree.is_passive(verb) && matched.tokens.len() == 1;
    if !active || from.iter().any(|a| matches!(a.function, Function::Object | Function::Clause)) {
        return None;
    }
    let next = verb + 1 + usize::from(tree.analysis.tokens.get(verb + 1).is_some_and(|t| t.pos == Upos::Det));
    let (range, _) = coding.mentions.actors.iter().find(|(range, _)| range.start == next)?;
    let head = canonical(coding, range.start);
    let told = from.iter().any(|a| range.contains(&a.head)) || matches!(tree.relation(head), Relation::Nsubj | Relation::NsubjPass);
    (!told).then_some(head)
}

fn has_two_sides(coding: &Coding<'_>, trigger: usize, relation: sayso_types::RelationType, roles: &[(RoleName, usize)]) -> bool {
    let tree = coding.tree;
    let of = |name: RoleName| roles.iter().filter(|(role, _)| *role == name).count();
    let (actors, recipients) = (of(RoleName::Actor), of(RoleName::Recipient));
    // One phrase can name two sides ("the two groups"), which only shows when it is written out.
    let plural = |head: usize| tree.word(head).to_lowercase() != tree.lemma(head);
    // Mere "rivals" says nothing of whose.
    let told = |head: usize| head != trigger || coding.mentions.entities.at(head).is_some_and(|e| e.referent.actors().len() > 1);
    let one_phrase = || roles.iter().any(|(_, head)| plural(*head) && tree.token(*head).pos == Upos::Noun && told(*head));
    if relation.is_symmetric() { actors + recipients >= 2 || one_phrase() } else { actors >= 1 && recipients >= 1 }
}

/// The heads that a role's patterns find: those of the first pattern that finds any, and of those that add.
pub(super) fn fillers(coding: &Coding<'_>, patterns: &[Pattern], (trigger, itself): (usize, usize), from: &[Argument]) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for pattern in patterns {
        if !pattern.adds && !found.is_empty() {
            continue;
        }
        let mut heads = pattern.heads(coding.tree, itself, from);
        if pattern.steps.first() == Some(&Step::Itself) && itself != trigger {
            // "Egypt and Russia are its backers".
            heads.extend(crate::syntax::conjuncts(coding.tree, itself));
        }
        if pattern.steps.last() == Some(&Step::To(Function::Modifier)) {
            let owners = if pattern.steps.len() == 1 { vec![trigger] } else { pattern.before_last(coding.tree, itself, from) };
            heads.extend(owners.into_iter().flat_map(|owner| names_before(coding, owner)));
        }
        for head in heads.into_iter().map(|h| canonical(coding, described(coding, h))) {
            if class::holds(coding, pattern.class, head) && !found.contains(&head) {
                found.push(head);
            }
        }
    }
    found
}

/// The name of whom a noun only describes, else the token itself: "JNIM" for "coalition" in "JNIM is a coalition that brings together …".
fn described(coding: &Coding<'_>, head: usize) -> usize {
    let tree = coding.tree;
    let named = |at: usize| coding.mentions.entities.at(at).is_some_and(|e| e.is_named() && e.class != EntityClass::Pronoun);
    let is_group = coding.mentions.entities.at(head).is_some_and(|e| matches!(e.class, EntityClass::Noun(NounClass::Group)));
    if !is_group || named(head) {
        return head;
    }
    let above = tree.head(head).filter(|_| tree.relation(head) == Relation::Appos);
    let copula = tree.child(head, Relation::Cop).is_some();
    let subject = || tree.child(head, Relation::Nsubj).filter(|_| copula).map(|s| relative(tree, head, s));
    above.or_else(subject).filter(|at| named(*at)).unwrap_or(head)
}

/// The head of the actor's name that a token belongs to, else the token itself.
fn canonical(coding: &Coding<'_>, head: usize) -> usize {
    let name = coding.mentions.actors.iter().find(|(range, _)| range.contains(&head));
    name.map_or(head, |(range, _)| range.clone().find(|t| coding.tree.head(*t).is_none_or(|h| !range.contains(&h))).unwrap_or(head))
}

/// The actors named right before a noun, one or several: "Fano and OLA raids", "900 Fano and OLA gunmen".
fn names_before(coding: &Coding<'_>, noun: usize) -> Vec<usize> {
    let actors = &coding.mentions.actors;
    let tree = coding.tree;
    let mut found = Vec::new();
    let mut end = noun;
    while let Some((range, _)) = actors.iter().find(|(range, _)| range.end == end && end > 0) {
        found.push(range.clone().find(|t| tree.head(*t).is_none_or(|h| !range.contains(&h))).unwrap_or(range.start));
        let Some(before) = range.start.checked_sub(1) else { break };
        if !matches!(tree.lemma(before), "and" | "or" | ",") {
            break;
        }
        end = before;
    }
    found
}

/// Who or what a trigger noun speaks of: what it is an apposition to or a predicate of, else the noun itself.
fn bearer(coding: &Coding<'_>, head: usize) -> usize {
    let tree = coding.tree;
    if tree.child(head, Relation::NmodPoss).is_some_and(|c| tree.lemma(c) == "whose") {
        // "JNIM, whose leader Iyad Ag Ghaly": the leader is whose name follows.
        let named = coding.mentions.entities.at(head + 1).filter(|e| e.class == EntityClass::Person);
        return named.map_or(head, |e| e.head);
    }
    match (tree.relation(head), tree.head(head)) {
        (Relation::Appos, Some(above)) if tree.token(above).pos != Upos::Verb => above,
        // "Ana Silva, the mayor and leader of the party": what is joined to an apposition is said of the same.
        (Relation::Conj, Some(above)) if tree.relation(above) == Relation::Appos => tree.head(above).unwrap_or(head),
        (Relation::Flat | Relation::Compound, Some(above))
            if tree.token(above).pos == Upos::Propn && tree.token(head).pos == Upos::Noun =>
        {
            above
        }
        (Relation::Nmod, Some(above)) if is_capacity(tree, head) => above,
        // "army chief Ana Silva"
        (Relation::Nmod | Relation::NmodUnmarked, Some(above)) if above > head && tree.token(above).pos == Upos::Propn => above,
        // "sees the group as a proxy", "became part of the alliance".
        (Relation::Obl, Some(verb)) if is_capacity(tree, head) => whom_it_is_said_of(coding, verb, head).unwrap_or(head),
        (Relation::Xcomp, Some(verb)) if tree.token(head).pos == Upos::Noun && tree.token(verb).pos == Upos::Verb => {
            whom_it_is_said_of(coding, verb, head).unwrap_or(head)
        }
        _ => {
            let copula = tree.child(head, Relation::Cop).is_some();
            let name_behind = tree
                .children(head)
                .find(|c| *c > head && matches!(tree.relation(*c), Relation::Appos | Relation::Flat) && tree.token(*c).pos == Upos::Propn);
            // "the head of the front, Ana Silva": the name may hang on the front.
            let person = |t: usize| coding.mentions.entities.at(t).is_some_and(|e| e.class == EntityClass::Person);
            let of = tree.children(head).filter(|c| *c > head && tree.relation(*c) == Relation::Nmod);
            let name_behind =
                name_behind.or_else(|| of.flat_map(|of| tree.children(of)).find(|c| tree.relation(*c) == Relation::Appos && person(*c)));
            let subject = tree.child(head, Relation::Nsubj).filter(|_| copula).map(|s| relative(tree, head, s));
            subject.or(name_behind).or_else(|| named_before(coding, head)).unwrap_or(head)
        }
    }
}

/// Of whom a verb says that they are something: of its object where it tells what others are ("regards the group as a proxy"), else of
/// its subject ("became part of the alliance", "visited Paris as leader of the party").
fn whom_it_is_said_of(coding: &Coding<'_>, verb: usize, said: usize) -> Option<usize> {
    let tree = coding.tree;
    let all = crate::syntax::arguments(tree, verb);
    let of = |function: Function| all.iter().find(|a| a.function == function && a.head != said).map(|a| a.head);
    let of_others = coding.knowledge.modes.characterizing.contains(tree.lemma(verb));
    // "the YPG, which Ankara considers to be part of the PKK".
    let gap = || tree.head(verb).filter(|_| tree.relation(verb) == Relation::AclRelcl);
    let object = of(Function::Object).or_else(gap).filter(|_| of_others || tree.is_passive(verb));
    object.or_else(|| of(Function::Subject)).or_else(|| of(Function::Object))
}

/// Whom a relative pronoun stands for, else the subject itself: "JNIM, which is part of al-Qaeda".
fn relative(tree: &Tree<'_>, predicate: usize, subject: usize) -> usize {
    let pronoun = matches!(tree.lemma(subject), "which" | "who" | "that") && tree.relation(predicate) == Relation::AclRelcl;
    tree.head(predicate).filter(|_| pronoun).unwrap_or(subject)
}

/// "acts as part of the coalition": what somebody does something as.
fn is_capacity(tree: &Tree<'_>, head: usize) -> bool {
    tree.preposition(head).as_deref() == Some("as")
}

/// "Hezbollah, an ally of …": the name before a comma and an indefinite phrase, whatever the parser made of it.
fn named_before(coding: &Coding<'_>, head: usize) -> Option<usize> {
    let tree = coding.tree;
    let start = crate::syntax::noun_phrase_tokens(tree, head).start;
    let comma =
        start.checked_sub(1).filter(|c| tree.word(*c) == "," && matches!(tree.lemma(start), "a" | "an" | "the" | "another" | "once"))?;
    let last = comma.checked_sub(1)?;
    let same = tree.analysis.sentence_of(last) == tree.analysis.sentence_of(head);
    let entity = coding.mentions.entities.at(last).filter(|e| same && e.is_named())?;
    Some(entity.head)
}

/// Whether a frame says that people are killed or taken.
fn harms(frame: &Frame) -> bool {
    frame.counts.iter().any(|(of, _)| matches!(of, QuantityOf::Killed | QuantityOf::Abducted))
}

/// "the minister's murder", "Vega's kidnapping": of a noun for what is done to somebody the possessor is the victim, where no other is
/// named and he bears no arms.
fn name_the_victim(coding: &Coding<'_>, trigger: usize, roles: &mut [(RoleName, usize)]) {
    let tree = coding.tree;
    if tree.token(trigger).pos != Upos::Noun || roles.iter().any(|(role, _)| *role == RoleName::Recipient) {
        return;
    }
    let possesses = |head: usize| tree.head(head) == Some(trigger) && tree.relation(head) == Relation::NmodPoss;
    for (role, head) in roles.iter_mut().filter(|(role, head)| *role == RoleName::Actor && possesses(*head)) {
        let people = coding.mentions.entities.at(*head).is_some_and(|e| !class::bears_arms(coding, e) && e.is_people());
        if people && tree.token(*head).pos != Upos::Pron {
            *role = RoleName::Recipient;
        }
    }
}

/// A bomb that kills is an instrument, and an attack that kills is no actor.
fn drop_weapons_that_act(coding: &Coding<'_>, roles: &mut Vec<(RoleName, usize)>) {
    for (role, head) in roles.iter_mut() {
        if *role == RoleName::Actor && class::holds(coding, Class::Weapon, *head) {
            *role = RoleName::Instrument;
        }
    }
    for (role, head) in roles.iter_mut() {
        if *role == RoleName::Recipient && class::is_event(coding, *head) {
            *role = RoleName::Theme;
        }
    }
    let says_nothing =
        |role: RoleName, head: usize| class::is_time(coding, head) || (role == RoleName::Actor && class::is_event(coding, head));
    roles.retain(|(role, head)| !says_nothing(*role, *head));
}

/// Whether a noun speaks of several happenings: a plural, or "a string of".
fn is_several(coding: &Coding<'_>, head: usize) -> bool {
    let tree = coding.tree;
    let noun = tree.token(head).pos == Upos::Noun;
    let word = tree.word(head).to_lowercase();
    let plural = noun && word != tree.lemma(head) && word.ends_with('s');
    let series = tree.relation(head) == Relation::Nmod && tree.head(head).is_some_and(|h| coding.knowledge.modes.is_series(tree.lemma(h)));
    plural || series
}

/// "killed during two operations", "detained in separate raids": what happened in the course of several happenings.
fn in_several(coding: &Coding<'_>, head: usize, arguments: &[Argument]) -> bool {
    let tree = coding.tree;
    let counts = |t: usize| {
        let number = tree.token(t).pos == Upos::Num && !matches!(tree.lemma(t), "one" | "1");
        number || coding.knowledge.modes.is_several(tree.lemma(t))
    };
    let several = |argument: &Argument| {
        let course = matches!(&argument.function, Function::Preposition(p) if matches!(p.as_str(), "during" | "in"));
        let happenings = course && class::is_event(coding, argument.head) && is_several(coding, argument.head);
        happenings && crate::syntax::noun_phrase_tokens(tree, argument.head).take_while(|t| *t < argument.head).any(counts)
    };
    // "were killed and others detained during two raids": the raids hang on the last verb.
    let joined = tree.children(head).filter(|c| tree.relation(*c) == Relation::Conj && tree.token(*c).pos == Upos::Verb);
    arguments.iter().any(several) || joined.into_iter().any(|verb| crate::syntax::arguments(tree, verb).iter().any(several))
}

/// A frame all of whose trigger words belong to a longer trigger of the same kind of statement gives way to it.
fn drop_covered(found: &mut Vec<Instance<'_>>) {
    let longer: Vec<(Vec<usize>, Yields)> = found.iter().map(|i| (i.trigger.clone(), i.frame.yields)).collect();
    found.retain(|instance| {
        let covers = |(other, yields): &(Vec<usize>, Yields)| {
            *yields == instance.frame.yields && other.len() > instance.trigger.len() && instance.trigger.iter().all(|t| other.contains(t))
        };
        !longer.iter().any(covers)
    });
}
