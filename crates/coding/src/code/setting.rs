//! Where and when? The place and time of a happening: what its clause says, else its sentence, else what stood before.

use sayso_types::{Level, Outcome, Place, PlaceKind, PlaceValue, Proposition, Relation, TimeValue, Upos};

use super::{Coding, Instance, class};
use crate::cues::CueClass;
use crate::frame::Yields;
use crate::lexicon::NounClass;
use crate::mention::PlaceMention;
use crate::mention::entity::EntityClass;
use crate::mention::time::{TimeKind, TimeMention};

/// How many sentences back, in the same paragraph or the one before, a place or time is taken over.
const REACH: usize = 2;

/// How near a mention stands to a happening in the tree; lower is nearer.
type Distance = (u8, usize);

/// The place of an instance, with the precision that its words allow.
pub(super) fn place(coding: &Coding<'_>, instance: &Instance<'_>) -> Option<PlaceValue> {
    let sentence = coding.tree.analysis.sentence_of(instance.head);
    let here = coding.mentions.places.iter().filter(|p| coding.tree.analysis.sentence_of(p.tokens.start) == sentence);
    let mut ranked: Vec<(Distance, (u8, bool), &PlaceMention)> = here
        .filter_map(|p| {
            let head = head_of(coding, p);
            // Whom somebody killed is no place, be it tagged as one: "shot dead Ana Silva".
            let held = is_held(instance, head) && (p.place.known().is_some() || !instance.frame.counts_killed());
            let elsewhere = is_origin_of_actor(coding, instance, head)
                || is_of_the_telling(coding, instance, head)
                || is_of_a_condition(coding, instance, head);
            // "captured the village of Sido, west of Aru": a place that no file has is still the one that was taken.
            let size = if held && p.place.known().is_none() { 0 } else { size(p) };
            ((locative(coding, head) || held) && !elsewhere).then(|| (distance(coding, instance, head), (size, !held), p))
        })
        .collect();
    ranked.sort_by_key(|(distance, size, p)| (distance.0, *size, distance.1, p.tokens.start));
    let described = described_place(coding, instance, sentence);
    match (ranked.first(), described) {
        // "at the main gate" in Kabul: what can be looked up goes before what cannot.
        (Some((near, _, mention)), Some((other, value))) => {
            let nearer = other.0 < near.0 && (value.place.is_some() || near.0 > 2);
            Some(if nearer { value } else { written(mention, Level::Textual) })
        }
        (Some((_, _, mention)), None) => Some(written(mention, Level::Textual)),
        (None, Some((_, value))) => Some(value),
        (None, None) => earlier_place(coding, instance, sentence),
    }
}

fn written(mention: &PlaceMention, level: Level) -> PlaceValue {
    value(mention.span, mention.place.known(), mention.near, level)
}

fn value(span: sayso_types::Span, place: Option<&Place>, near: bool, level: Level) -> PlaceValue {
    let precision = place.map(|p| p.kind.precision(near));
    PlaceValue { span, place: place.cloned(), geo_precision: precision.map(|p| p.0), where_prec: precision.map(|p| p.1), level }
}

/// The token of a toponym that its phrase hangs on.
fn head_of(coding: &Coding<'_>, place: &PlaceMention) -> usize {
    let tree = coding.tree;
    place.tokens.clone().find(|t| tree.head(*t).is_none_or(|h| !place.tokens.contains(&h))).unwrap_or(place.tokens.start)
}

/// Whether a place stands where something happens: after a preposition of place, or within such a phrase.
fn locative(coding: &Coding<'_>, head: usize) -> bool {
    let tree = coding.tree;
    let mut at = head;
    for _ in 0..4 {
        if let Some(preposition) = tree.preposition(at) {
            return coding.knowledge.places.is_locative(&preposition) || preposition == "of" && inside(coding, at);
        }
        let steps = matches!(
            tree.relation(at),
            Relation::Compound
                | Relation::Appos
                | Relation::NmodPoss
                | Relation::Conj
                | Relation::Flat
                | Relation::Nmod
                | Relation::NmodUnmarked
                | Relation::OblUnmarked
        );
        match tree.head(at).filter(|_| steps) {
            Some(above) => at = above,
            None => return tree.relation(at) == Relation::OblUnmarked,
        }
        let acts = |e: &crate::mention::entity::Entity| e.can_act() && e.class != EntityClass::Noun(NounClass::State);
        if coding.mentions.entities.at(at).is_some_and(acts) && at != head {
            return false;
        }
    }
    false
}

/// "the village of X in …": an of-phrase of a place noun.
fn inside(coding: &Coding<'_>, at: usize) -> bool {
    coding.tree.head(at).is_some_and(|above| {
        let class = coding.knowledge.nouns.class(coding.tree.lemma(above));
        matches!(class, Some(NounClass::Territory | NounClass::Building)) || coding.knowledge.places.is_part(coding.tree.lemma(above))
    })
}

/// A place that is itself what is taken, lost or attacked.
fn is_held(instance: &Instance<'_>, head: usize) -> bool {
    std::iter::once(instance)
        .chain(&instance.parts)
        .any(|i| i.roles.iter().any(|(role, h)| *h == head && *role != sayso_types::RoleName::Actor))
}

/// "rebels from Chad", "officials in Kabul": the place of who acts, not of the act.
fn is_origin_of_actor(coding: &Coding<'_>, instance: &Instance<'_>, head: usize) -> bool {
    let tree = coding.tree;
    instance.roles.iter().any(|(role, filler)| {
        *role == sayso_types::RoleName::Actor
            && *filler != head
            && tree.dominates(*filler, head)
            && tree.preposition(head).as_deref() == Some("from")
    })
}

/// "told reporters in Nairobi on Monday that …", "…, the army said on Monday": where and when it was told, not where and when it happened.
fn is_of_the_telling(coding: &Coding<'_>, instance: &Instance<'_>, head: usize) -> bool {
    let tree = coding.tree;
    tree.head(head).is_some_and(|verb| {
        let tells = tree.token(verb).pos == Upos::Verb
            && coding.knowledge.cues.cue_of(Upos::Verb, tree.lemma(verb)).is_some_and(|c| c.is(CueClass::Says));
        // "The army on Monday said that …"
        let subject = |c: usize| matches!(tree.relation(c), Relation::Nsubj | Relation::NsubjPass) && c < head;
        let within = head < verb && tree.children(verb).any(subject);
        let before = within || verb < head && head < instance.predicate.min(instance.head);
        let behind = verb < head && instance.predicate.max(instance.head) < verb;
        tells && (before || behind) && instance.predicate != verb && tree.dominates(verb, instance.predicate)
    })
}

/// "… were displaced, and might flee further if talks in Jeddah fail": where something is that only a condition speaks of.
fn is_of_a_condition(coding: &Coding<'_>, instance: &Instance<'_>, head: usize) -> bool {
    let tree = coding.tree;
    let heads = || std::iter::once(instance).chain(&instance.parts).flat_map(|i| [i.head, i.predicate]);
    let clause =
        std::iter::once(head).chain(tree.ancestors(head)).find(|a| tree.relation(*a) == Relation::Advcl && tree.is_clause_head(*a));
    let conditional = |c: usize| tree.relation(c) == Relation::Mark && matches!(tree.lemma(c), "if" | "unless");
    let clause = clause.filter(|clause| tree.children(*clause).any(conditional));
    clause.is_some_and(|clause| heads().all(|h| h != clause && !tree.dominates(clause, h) && tree.head(clause) != Some(h)))
}

/// How near a token stands to an instance: 0 in its own phrase, 1 in its clause, 2 above it, 3 elsewhere in the sentence.
fn distance(coding: &Coding<'_>, instance: &Instance<'_>, token: usize) -> Distance {
    let tree = coding.tree;
    let words: Vec<usize> = std::iter::once(instance).chain(&instance.parts).flat_map(|i| [i.head, i.predicate]).collect();
    let steps_to = |word: usize| std::iter::once(token).chain(tree.ancestors(token)).position(|a| a == word);
    let own = words.iter().filter_map(|w| steps_to(*w)).min();
    let gap = instance.head.abs_diff(token);
    if let Some(steps) = own {
        let crossed = std::iter::once(token).chain(tree.ancestors(token)).take(steps).any(|a| {
            !words.contains(&a)
                && matches!(tree.relation(a), Relation::Ccomp | Relation::AclRelcl | Relation::Parataxis | Relation::Conj)
                && tree.is_clause_head(a)
        });
        return (if crossed { 2 } else { 0 }, gap);
    }
    let clause = tree.clause_head(token);
    let above = words.iter().any(|w| tree.dominates(clause, *w));
    (if above { 1 } else { 3 }, gap)
}

/// A town says more than its province, a province more than its country.
fn size(place: &PlaceMention) -> u8 {
    match place.place.known().map(|p| p.kind) {
        Some(PlaceKind::Populated | PlaceKind::Capital | PlaceKind::Site) => 0,
        Some(PlaceKind::Admin2) => 1,
        Some(PlaceKind::Admin1) => 2,
        Some(PlaceKind::Natural) => 3,
        Some(PlaceKind::Region) => 4,
        Some(PlaceKind::Country) => 5,
        None => 3,
    }
}

/// "in a village", "in the country", "there": a place without a name, or one that refers to a country named before.
fn described_place(coding: &Coding<'_>, instance: &Instance<'_>, sentence: usize) -> Option<(Distance, PlaceValue)> {
    let tree = coding.tree;
    let tokens = tree.analysis.sentences[sentence].tokens.clone();
    let mut found: Vec<(Distance, PlaceValue)> = Vec::new();
    for token in tokens {
        if tree.lemma(token) == "there" && tree.relation(token) == Relation::Advmod {
            let place = earlier(coding, token).and_then(|p| p.place.known());
            found.extend(place.map(|p| (distance(coding, instance, token), value(tree.token(token).span, Some(p), false, Level::Textual))));
        }
        let Some(entity) = coding.mentions.entities.at(token).filter(|e| e.head == token) else { continue };
        let held = is_held(instance, token);
        if !(locative(coding, token) || held) || coding.mentions.places.iter().any(|p| p.tokens.contains(&token)) {
            continue;
        }
        let refers = match entity.class {
            EntityClass::Noun(NounClass::State) => country_before(coding, token),
            EntityClass::Noun(NounClass::Territory) => town_before(coding, token),
            // "gunmen on motorcycles" are nowhere by that.
            EntityClass::Noun(NounClass::Building) if !held && !is_of_somebody(coding, token) => None,
            // A name of a place that no file has.
            EntityClass::Place => None,
            _ => continue,
        };
        let unnamed = !matches!(entity.class, EntityClass::Noun(NounClass::State));
        if refers.is_some() || unnamed {
            found.push((distance(coding, instance, token), value(entity.span, refers, false, Level::Textual)));
        }
    }
    found.sort_by_key(|(distance, value)| (*distance, value.span.start()));
    found.into_iter().next()
}

/// "the city", "the village": the last town that was named, not far above.
fn town_before<'c>(coding: &Coding<'c>, token: usize) -> Option<&'c Place> {
    let tree = coding.tree;
    let definite = tree.child(token, Relation::Det).is_some_and(|det| tree.lemma(det) == "the");
    let telling =
        tree.children(token).any(|c| matches!(tree.relation(c), Relation::Nmod | Relation::Amod | Relation::AclRelcl | Relation::Appos));
    if !definite || telling || !coding.knowledge.places.is_town(tree.lemma(token)) {
        return None;
    }
    let sentence = tree.analysis.sentence_of(token);
    let near = |p: &&PlaceMention| sentence - tree.analysis.sentence_of(p.tokens.start) <= REACH;
    let towns = coding.mentions.places.iter().rev().filter(|p| p.tokens.end <= token).take_while(near);
    towns.filter_map(|p| p.place.known()).find(|p| matches!(p.kind, PlaceKind::Populated | PlaceKind::Capital))
}

/// The last country named before a token, else the one that the document speaks of most.
fn country_before<'c>(coding: &Coding<'c>, token: usize) -> Option<&'c Place> {
    let focus = coding.mentions.focus.as_deref();
    let countries = coding.mentions.places.iter().filter_map(|p| p.place.known().map(|place| (p.tokens.start, place)));
    let countries: Vec<_> = countries.filter(|(_, place)| place.kind == PlaceKind::Country).collect();
    let in_focus = countries.iter().find(|(_, place)| Some(place.country.as_str()) == focus).map(|(_, p)| *p);
    in_focus.or_else(|| countries.iter().rev().find(|(at, _)| *at < token).map(|(_, p)| *p))
}

/// "businessmen in Bosaso": where somebody is from.
fn is_of_somebody(coding: &Coding<'_>, head: usize) -> bool {
    let above = coding.tree.head(head).filter(|_| coding.tree.relation(head) == Relation::Nmod);
    above.and_then(|above| coding.mentions.entities.at(above)).is_some_and(|e| e.can_act())
}

fn earlier<'c>(coding: &Coding<'c>, token: usize) -> Option<&'c PlaceMention> {
    coding.mentions.places.iter().rev().find(|p| p.tokens.end <= token && p.place.known().is_some())
}

/// What an event takes over from the sentences before it, or from what the document is about; marked as context.
fn earlier_place(coding: &Coding<'_>, instance: &Instance<'_>, sentence: usize) -> Option<PlaceValue> {
    use sayso_types::EventType as E;
    // What is said, demanded or agreed happens anywhere.
    if !matches!(instance.frame.yields, Yields::Event(E::Assault | E::Coerce | E::Protest | E::Mobilize | E::Retreat)) {
        return None;
    }
    let before = coding.mentions.places.iter().rev().find(|p| {
        let at = coding.tree.analysis.sentence_of(p.tokens.start);
        let near = at < sentence && sentence - at <= REACH && p.place.known().is_some();
        near && locative(coding, head_of(coding, p)) && !is_of_somebody(coding, head_of(coding, p))
    });
    let focus = || {
        let focus = coding.mentions.focus.as_deref()?;
        coding
            .mentions
            .places
            .iter()
            .find(|p| p.place.known().is_some_and(|place| place.kind == PlaceKind::Country && place.country == focus))
    };
    before.or_else(focus).map(|p| written(p, Level::Context))
}

/// The time of an instance: of its clause, else of its sentence, else of the sentence before in the same paragraph.
pub(super) fn time(coding: &Coding<'_>, instance: &Instance<'_>, proposition: &Proposition) -> Option<TimeValue> {
    let tree = coding.tree;
    let sentence = tree.analysis.sentence_of(instance.head);
    let usable = |t: &&TimeMention| t.kind == TimeKind::Date && matches!(t.edtf, Outcome::Known(_));
    let stands_here = |t: &&TimeMention| tree.analysis.sentence_of(t.tokens.start) == sentence;
    let told = |t: &TimeMention| is_of_the_telling(coding, instance, time_head(coding, t));
    let other = |t: &TimeMention| told(t) || is_aside(coding, instance, time_head(coding, t));
    let here: Vec<&TimeMention> = coding.mentions.times.iter().filter(usable).filter(stands_here).filter(|t| !other(t)).collect();
    // "an overnight operation on Monday": the day says more than the adjective.
    let describes = |t: &TimeMention| matches!(tree.relation(time_head(coding, t)), Relation::Amod | Relation::Compound);
    let ranked = here.iter().map(|t| (distance(coding, instance, time_head(coding, t)), *t));
    let nearest = ranked.min_by_key(|((near, gap), t)| (*near, describes(t), *gap, t.tokens.start));
    let is_relation = matches!(proposition, Proposition::Relation { .. } | Proposition::Estimate { .. });
    if let Some((near, mention)) = nearest {
        let reaches = near.0 <= 1 || (!is_relation && here.len() == 1) || (near.0 == 2);
        return reaches.then(|| timed(mention, Level::Textual)).flatten();
    }
    if is_relation || instance.aggregate || sentence == 0 {
        return None;
    }
    let before = &tree.analysis.sentences[sentence - 1];
    let same_paragraph = before.block == tree.analysis.sentences[sentence].block;
    // "the soldiers whom it had abducted in May": a relative clause's time does not carry over.
    let aside = |t: &TimeMention| tree.ancestors(time_head(coding, t)).any(|a| tree.relation(a) == Relation::AclRelcl);
    let previous = coding.mentions.times.iter().rfind(|t| usable(t) && before.tokens.contains(&t.tokens.start) && !aside(t))?;
    (same_paragraph && class::is_time(coding, previous.tokens.start)).then(|| timed(previous, Level::Context)).flatten()
}

/// "The group, which has been at war since April, denied …", "the group, formed in 2017, fights …": what such a clause says of somebody before the verb is of its own time.
fn is_aside(coding: &Coding<'_>, instance: &Instance<'_>, time: usize) -> bool {
    let tree = coding.tree;
    let before = time < instance.predicate.min(instance.head);
    let clause = tree.ancestors(time).find(|a| matches!(tree.relation(*a), Relation::AclRelcl | Relation::Acl));
    before && clause.is_some_and(|clause| clause != instance.head && !tree.dominates(clause, instance.head))
}

fn time_head(coding: &Coding<'_>, time: &TimeMention) -> usize {
    let tree = coding.tree;
    time.tokens.clone().find(|t| tree.head(*t).is_none_or(|h| !time.tokens.contains(&h))).unwrap_or(time.tokens.start)
}

fn timed(mention: &TimeMention, level: Level) -> Option<TimeValue> {
    Some(TimeValue { span: mention.phrase, edtf: mention.edtf.known()?.clone(), level })
}
