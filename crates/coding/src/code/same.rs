//! Does a document tell the same happening twice? Statements of one happening become one, which keeps each place that tells it as
//! evidence.
//!
//! Told again is only what agrees in all that both say: kind, who, where, when, how many, how surely and on whose say-so. Accounts of
//! two speakers stay two statements, even where they agree, so that no source is lost.

use sayso_types::{EventType, Level, Modality, PlaceKind, Proposition, QuantityOf, Relation, Role, RoleName, Span, Statement, Upos};

use super::{Coding, class};
use crate::frame::{Frame, Yields};
use crate::mention::entity::{Entity, EntityClass};

/// How many sentences back "the attack" may refer.
const REACH: usize = 6;

/// The statements with those of one happening put together, in the order of the first telling.
///
/// "Gunmen killed 12 villagers in Zamfara on Monday. … The attack began at dawn." is one assault, told in two sentences.
pub(super) fn merged(coding: &Coding<'_>, statements: Vec<Statement>) -> Vec<Statement> {
    let mut kept: Vec<Statement> = Vec::new();
    for statement in statements {
        let again = kept.iter().rposition(|earlier| is_told_again(coding, earlier, &statement));
        match again {
            Some(at) => take_in(&mut kept[at], statement),
            None => kept.push(statement),
        }
    }
    kept
}

/// Whether `later` tells of what `earlier` tells of: it agrees in all that both say, and either refers back to it or tells what
/// happens only once.
fn is_told_again(coding: &Coding<'_>, earlier: &Statement, later: &Statement) -> bool {
    is_one_happening(earlier)
        && is_one_happening(later)
        && earlier.evidence.sentence < later.evidence.sentence
        && of_one_kind(earlier, later)
        && same_voice(earlier, later)
        && settings_agree(earlier, later)
        && counts_agree(earlier, later)
        && sides_agree(coding, earlier, later)
        && (refers_back(coding, earlier, later) || happens_once(coding, earlier, later))
}

fn is_one_happening(statement: &Statement) -> bool {
    let event = matches!(&statement.proposition, Proposition::Event { event: EventType::Assault | EventType::Coerce, .. });
    event && !statement.aggregate && !statement.negated && statement.modality == Modality::Asserted
}

fn of_one_kind(one: &Statement, other: &Statement) -> bool {
    match (&one.proposition, &other.proposition) {
        (Proposition::Event { event: a, outcome: c, .. }, Proposition::Event { event: b, outcome: d, .. }) => a == b && c == d,
        _ => false,
    }
}

/// Whether the same sources say both, or the document itself does.
fn same_voice(one: &Statement, other: &Statement) -> bool {
    let voice = |s: &Statement| -> Vec<_> { s.attribution.iter().map(|a| (a.actor_id.clone(), a.name.clone())).collect() };
    let named = |s: &Statement| s.attribution.iter().all(|a| a.actor_id.is_some() || a.name.is_some());
    one.attribution.is_empty() && other.attribution.is_empty() || (named(one) && named(other) && voice(one) == voice(other))
}

/// Whether places and times can be the same.
fn settings_agree(one: &Statement, other: &Statement) -> bool {
    let times = one.time.as_ref().zip(other.time.as_ref()).is_none_or(|(a, b)| a.edtf.overlaps(&b.edtf));
    let places = one.place.as_ref().zip(other.place.as_ref()).is_none_or(|(a, b)| match (&a.place, &b.place) {
        (Some(a), Some(b)) => a == b || holds(a, b) || holds(b, a),
        _ => true,
    });
    times && places
}

/// Whether a country or division has the other place in it.
fn holds(wide: &sayso_types::Place, narrow: &sayso_types::Place) -> bool {
    let country = wide.country == narrow.country;
    match wide.kind {
        PlaceKind::Country => country,
        PlaceKind::Admin1 => country && wide.name == narrow.admin1,
        _ => false,
    }
}

/// Whether no count of one differs from that of the other.
fn counts_agree(one: &Statement, other: &Statement) -> bool {
    one.quantities
        .iter()
        .all(|q| other.quantities.iter().filter(|o| o.of == q.of).all(|o| (o.low, o.best, o.high) == (q.low, q.best, q.high)))
}

/// Whether whoever does it, and whoever suffers it, can be the same. The later telling may bring in somebody new as such ("three
/// people", "a bank"); "the attack on the bank" is another than that on a bus.
fn sides_agree(coding: &Coding<'_>, one: &Statement, other: &Statement) -> bool {
    let actors = (of(one, RoleName::Actor), of(other, RoleName::Actor));
    let known = |here: &[&Role], role: &Role| here.iter().any(|a| alike(coding, a, role));
    let same_actor = actors.0.is_empty() || actors.1.is_empty() || actors.1.iter().any(|b| known(&actors.0, b));
    let hit = of(one, RoleName::Recipient);
    let rival = |b: &Role| hit.iter().any(|a| is_people(coding, a) == is_people(coding, b));
    let fits = |b: &Role| known(&hit, b) || (!rival(b) && is_new(coding, b));
    same_actor && of(other, RoleName::Recipient).into_iter().all(fits)
}

/// "three people", "a bank": somebody or something not spoken of before, by no name.
fn is_new(coding: &Coding<'_>, role: &Role) -> bool {
    let tree = coding.tree;
    let Some(entity) = entity(coding, role.span) else { return false };
    let bound = |t: usize| matches!(tree.relation(t), Relation::NmodPoss) || tree.token(t).pos == Upos::Propn;
    !class::is_definite(coding, entity.head) && !entity.tokens.clone().any(bound) && tree.token(entity.head).pos != Upos::Pron
}

fn of(statement: &Statement, role: RoleName) -> Vec<&Role> {
    statement.roles.iter().filter(|r| r.role == role).collect()
}

fn is_people(coding: &Coding<'_>, role: &Role) -> bool {
    entity(coding, role.span).is_some_and(Entity::is_people)
}

fn alike(coding: &Coding<'_>, one: &Role, other: &Role) -> bool {
    if one.actor_id.is_some() || other.actor_id.is_some() {
        return one.actor_id == other.actor_id;
    }
    if one.name.is_some() && other.name.is_some() {
        return one.name == other.name;
    }
    // A name's last word is not the name: "the National University" is not "the Free University".
    let noun = |role: &Role| head(coding, role.span).filter(|h| coding.tree.token(*h).pos == Upos::Noun).map(|h| coding.tree.lemma(h));
    noun(one).is_some() && noun(one) == noun(other)
}

/// The head of the words of a role: the token of them that hangs on none of them.
fn head(coding: &Coding<'_>, span: Span) -> Option<usize> {
    let tokens = &coding.tree.analysis.tokens;
    let from = tokens.partition_point(|t| t.span.end() <= span.start());
    let inside = |t: usize| tokens.get(t).is_some_and(|token| token.span.overlaps(span));
    (from..tokens.len()).take_while(|t| inside(*t)).find(|t| coding.tree.head(*t).is_none_or(|above| !inside(above)))
}

fn entity<'c>(coding: &Coding<'c>, span: Span) -> Option<&'c Entity> {
    coding.mentions.entities.at(head(coding, span)?)
}

/// "The attack", "this blast": a definite noun for such a happening, not far behind, that names nobody new who acts.
fn refers_back(coding: &Coding<'_>, earlier: &Statement, later: &Statement) -> bool {
    let near = later.evidence.sentence - earlier.evidence.sentence <= REACH;
    let (Some((noun, said)), Some(told)) = (happening(coding, later), frame(coding, earlier)) else { return false };
    let no_new_actor = of(later, RoleName::Actor).is_empty() || !of(earlier, RoleName::Actor).is_empty();
    let same_mode = said.mode.is_some() && mode(earlier) == said.mode.as_deref();
    let fits = said.general || said.id == told.id || same_mode || both_deadly(coding, earlier, later);
    class::is_definite(coding, noun) && near && no_new_actor && fits && !says_of_what(coding, noun, later)
}

/// The noun by which a statement speaks of the happening, and its frame: the trigger, or what it was done by ("the blast killed three").
fn happening<'c>(coding: &Coding<'c>, statement: &Statement) -> Option<(usize, &'c Frame)> {
    let is_noun = |t: &usize| coding.tree.token(*t).pos == Upos::Noun;
    let event = |noun: usize| {
        let frames = coding.knowledge.frames.of_lemma(coding.tree.lemma(noun)).map(|(_, frame, _)| frame);
        frames.into_iter().find(|frame| frame.yields == Yields::Event(EventType::Assault)).map(|frame| (noun, frame))
    };
    match head(coding, statement.evidence.trigger).filter(is_noun) {
        Some(noun) => Some((noun, frame(coding, statement)?)),
        None => of(statement, RoleName::Instrument).into_iter().find_map(|r| event(head(coding, r.span).filter(is_noun)?)),
    }
}

/// "The attack on the depot", where the depot is no role of the statement: it is told of something that nothing else tells of.
fn says_of_what(coding: &Coding<'_>, noun: usize, statement: &Statement) -> bool {
    let tree = coding.tree;
    let is_read = |t: usize| {
        let span = tree.token(t).span;
        class::is_time(coding, t)
            || coding.mentions.places.iter().any(|p| p.tokens.contains(&t))
            || statement.roles.iter().any(|r| r.span.overlaps(span))
    };
    tree.children(noun).any(|t| tree.relation(t) == Relation::Nmod && !is_read(t))
}

fn mode(statement: &Statement) -> Option<&str> {
    match &statement.proposition {
        Proposition::Event { mode, .. } => mode.as_deref(),
        _ => None,
    }
}

fn frame<'c>(coding: &Coding<'c>, statement: &Statement) -> Option<&'c Frame> {
    coding.knowledge.frames.by_id(&statement.rule)
}

/// Whether both tell of deaths.
fn both_deadly(coding: &Coding<'_>, one: &Statement, other: &Statement) -> bool {
    let deadly = |s: &Statement| {
        s.quantities.iter().any(|q| q.of == QuantityOf::Killed && q.low != Some(0)) || frame(coding, s).is_some_and(|f| f.counts_killed())
    };
    deadly(one) && deadly(other)
}

/// A person is killed once, and taken once; so many of the same people are killed on one day at one place once.
fn happens_once(coding: &Coding<'_>, earlier: &Statement, later: &Statement) -> bool {
    let one_act = both_deadly(coding, earlier, later) || (mode(earlier).is_some() && earlier.rule == later.rule);
    let same_person = |a: &Role, b: &Role| {
        let is_person = |role: &Role| entity(coding, role.span).is_some_and(|e| e.class == EntityClass::Person);
        is_person(a) && is_person(b) && alike(coding, a, b)
    };
    let recipients =
        || of(earlier, RoleName::Recipient).into_iter().flat_map(|a| of(later, RoleName::Recipient).into_iter().map(move |b| (a, b)));
    let count = |s: &Statement| s.quantities.iter().find(|q| q.of == QuantityOf::Killed).and_then(|q| q.best).filter(|best| *best > 1);
    let same_count = || {
        let dated = earlier.time.as_ref().zip(later.time.as_ref()).is_some_and(|(a, b)| a.edtf == b.edtf);
        let placed = earlier.place.as_ref().zip(later.place.as_ref()).is_some_and(|(a, b)| a.place.is_some() && a.place == b.place);
        count(earlier).is_some() && count(earlier) == count(later) && (dated || placed)
    };
    one_act && (recipients().any(|(a, b)| same_person(a, b)) || (recipients().any(|(a, b)| alike(coding, a, b)) && same_count()))
}

/// Takes up what the later telling adds.
fn take_in(earlier: &mut Statement, later: Statement) {
    earlier.also.push(later.evidence);
    earlier.also.extend(later.also);
    for role in [RoleName::Actor, RoleName::Recipient, RoleName::Instrument] {
        if !earlier.roles.iter().any(|r| r.role == role) {
            earlier.roles.extend(later.roles.iter().filter(|r| r.role == role).cloned());
        }
    }
    let says_more = |old: Option<Level>, further: Option<Level>| further == Some(Level::Textual) && old != Some(Level::Textual);
    if says_more(earlier.place.as_ref().map(|p| p.level), later.place.as_ref().map(|p| p.level)) {
        earlier.place = later.place;
    }
    if says_more(earlier.time.as_ref().map(|t| t.level), later.time.as_ref().map(|t| t.level)) {
        earlier.time = later.time;
    }
    for quantity in later.quantities {
        if !earlier.quantities.iter().any(|q| q.of == quantity.of) {
            earlier.quantities.push(quantity);
        }
    }
    for stance in later.responsibility {
        if !earlier.responsibility.iter().any(|r| (r.stance, &r.actor_id, &r.name) == (stance.stance, &stance.actor_id, &stance.name)) {
            earlier.responsibility.push(stance);
        }
    }
    earlier.unclaimed |= later.unclaimed;
    earlier.confidence = earlier.confidence.max(later.confidence);
}
