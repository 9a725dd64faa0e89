//! Where do actors' names stand in a text, and whose are they? Longest match over the tokens, then context decides.

use std::collections::BTreeMap;
use std::ops::Range;

use sayso_types::{Actor, ActorKind, Analysis, Edtf, NameKind, Outcome, Token, Unknown, Upos};

use super::alike::{again, alike};
use super::{ActorIndex, Registry, pieces};

/// A name of the registry found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorName {
    /// The tokens that it covers.
    pub tokens: Range<usize>,
    /// The actors that bear it, each with the kind of name and whether it is a common word as well.
    pub candidates: Vec<Candidate>,
}

/// One actor that bears a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Which.
    pub actor: ActorIndex,
    /// What kind of name it is for that actor.
    pub kind: NameKind,
    /// Whether only context makes it this actor's.
    pub common: bool,
    /// Whether the name or the actor was not in use at the time.
    pub out_of_date: bool,
}

/// What helps to decide whose name it is.
#[derive(Clone, Debug, Default)]
pub struct ActorContext<'c> {
    /// When the text was published.
    pub date: Option<&'c Edtf>,
    /// How often each country (ISO 3166-1 alpha-3) is spoken of.
    pub countries: BTreeMap<String, u32>,
    /// How often each actor is named by a name that is its alone.
    pub certain: BTreeMap<ActorIndex, u32>,
}

/// All names of the registry in a text, longest first from each token, without overlap.
pub fn actor_names(text: &str, analysis: &Analysis, registry: &Registry, date: Option<&Edtf>) -> Vec<ActorName> {
    let mut found = Vec::new();
    for sentence in &analysis.sentences {
        let shouted = is_shouted(sentence.span.text(text));
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            match longest(text, &analysis.tokens, registry, at..sentence.tokens.end, shouted) {
                Some((end, mut ends)) => {
                    // "The Ridge Column" and "Ridge Column" are both names of somebody.
                    if analysis.tokens[at].span.text(text) == "The"
                        && let Some((_, more)) =
                            longest(text, &analysis.tokens, registry, at + 1..sentence.tokens.end, shouted).filter(|(e, _)| *e == end)
                    {
                        ends.extend(more);
                    }
                    let candidates = ends.iter().map(|e| candidate(registry, *e, date)).collect();
                    found.push(ActorName { tokens: at..end, candidates });
                    at = end;
                }
                None => at += 1,
            }
        }
    }
    let persons = alike(text, analysis, registry, &found);
    found = ordered(found, persons);
    let again = again(text, analysis, registry, &found);
    ordered(found, again)
}

/// Names in the order of the text.
fn ordered(mut names: Vec<ActorName>, more: Vec<ActorName>) -> Vec<ActorName> {
    names.extend(more);
    names.sort_by_key(|name| name.tokens.start);
    names
}

/// Where names of the registry stand in one sentence, as ranges of its tokens: what a tagger is to take for names. Names that are
/// ordinary words as well are left to it.
pub fn known_names(text: &str, tokens: &[Token], registry: &Registry) -> Vec<Range<usize>> {
    sure_names(text, tokens, registry).into_iter().map(|(range, _)| range).collect()
}

/// Whether one sentence has a name of an armed group.
pub fn names_armed_group(text: &str, tokens: &[Token], registry: &Registry) -> bool {
    let is_armed =
        |actor: ActorIndex| matches!(registry.actor(actor).kind, ActorKind::ArmedGroup | ActorKind::Militia | ActorKind::Movement);
    sure_names(text, tokens, registry).iter().any(|(_, ends)| ends.iter().any(|(actor, _)| is_armed(*actor)))
}

/// Names of one sentence that are no ordinary words as well, longest first from each token.
fn sure_names(text: &str, tokens: &[Token], registry: &Registry) -> Vec<(Range<usize>, Ends)> {
    let shouted = tokens.iter().all(|t| !t.span.text(text).chars().any(char::is_lowercase));
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match longest(text, tokens, registry, at..tokens.len(), shouted) {
            Some((end, ends)) => {
                let common = ends.iter().all(|(actor, name)| registry.actor(*actor).names[*name as usize].common);
                if !common {
                    found.push((at..end, ends));
                }
                at = end;
            }
            None => at += 1,
        }
    }
    found
}

fn is_shouted(sentence: &str) -> bool {
    sentence.len() > 12 && !sentence.chars().any(char::is_lowercase)
}

type Ends = Vec<(ActorIndex, u32)>;

/// The longest name from the first token of a range on, with the end of its tokens.
fn longest(text: &str, tokens: &[Token], registry: &Registry, range: Range<usize>, shouted: bool) -> Option<(usize, Ends)> {
    let first = tokens[range.start].span.text(text);
    if tokens[range.start].pos == Upos::Pron && first.chars().any(char::is_lowercase) {
        // "We" at the head of a sentence is nobody's name.
        return None;
    }
    // "al-Qaeda" may stand as three tokens.
    let article = || {
        let word = |t: usize| (t < range.end).then(|| tokens[t].span.text(text));
        word(range.start + 1) == Some("-") && word(range.start + 2).is_some_and(|w| w.starts_with(char::is_uppercase))
    };
    if !first.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) && !has_capital_after_hyphen(first) && !article() {
        return None;
    }
    let mut node = 0usize;
    let mut best = None;
    for token in range.clone() {
        let word = pieces(tokens[token].span.text(text));
        for piece in &word {
            match registry.nodes[node].next.get(piece) {
                Some(next) => node = *next as usize,
                None => return best,
            }
        }
        if word.is_empty() {
            if token == range.start {
                return None;
            }
            continue;
        }
        let ends = &registry.nodes[node].ends;
        if !ends.is_empty() && node != 0 {
            let span = tokens[range.start].span.cover(tokens[token].span);
            let written = span.text(text);
            let fitting: Ends = ends.iter().copied().filter(|end| fits(registry, *end, written, shouted)).collect();
            if !fitting.is_empty() {
                best = Some((token + 1, fitting));
            }
        }
    }
    best
}

fn has_capital_after_hyphen(word: &str) -> bool {
    word.split_once('-').is_some_and(|(_, rest)| rest.starts_with(char::is_uppercase))
}

/// Whether the letters' case allows it to be this name: an acronym is written in capitals, a name with a capital.
fn fits(registry: &Registry, (actor, name): (ActorIndex, u32), written: &str, shouted: bool) -> bool {
    let name = &registry.actor(actor).names[name as usize];
    let capitals = |text: &str| text.chars().filter(|c| c.is_uppercase()).count();
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    if capitals(&name.text) == 0 {
        // "gunmen", "coalition forces": a description, which a capital at the head of a sentence makes no name.
        return false;
    }
    let short = letters(&name.text) <= 5 && capitals(&name.text) >= 2;
    if shouted {
        return !name.common && letters(written) > 2;
    }
    if short { capitals(written) >= capitals(&name.text) } else { capitals(written) >= 1 }
}

fn candidate(registry: &Registry, (actor, name): (ActorIndex, u32), date: Option<&Edtf>) -> Candidate {
    let owner = registry.actor(actor);
    let name = &owner.names[name as usize];
    // Of a document without a date nothing is known but that it is read today.
    let given_up = name.kind != NameKind::Former && name.validity.until.is_some();
    let out_of_date = date.and_then(|d| d.earliest().zip(d.latest())).map_or(given_up, |(earliest, latest)| {
        let begun = |v: &sayso_types::Validity| v.from.as_ref().and_then(Edtf::earliest).is_none_or(|from| from <= latest);
        // A former name goes on being used of the past; what did not yet exist cannot be meant.
        !begun(&owner.validity) || !begun(&name.validity) || (name.kind != NameKind::Former && !name.validity.holds(earliest, latest))
    });
    Candidate { actor, kind: name.kind, common: name.common, out_of_date }
}

/// Whose name it is, given the document's other names and countries; unknown where nothing decides.
pub fn decide(name: &ActorName, registry: &Registry, context: &ActorContext<'_>) -> Outcome<ActorIndex> {
    let mut scored: Vec<(i32, ActorIndex)> = Vec::new();
    let any_own = name.candidates.iter().any(|c| registry.own.contains(&c.actor));
    for candidate in name.candidates.iter().filter(|c| !any_own || registry.own.contains(&c.actor)) {
        let actor = registry.actor(candidate.actor);
        let certain = context.certain.get(&candidate.actor).is_some_and(|n| *n > 0);
        let home = actor.countries.iter().filter_map(|c| context.countries.get(c)).max().copied().unwrap_or(0);
        if candidate.common && !certain && home == 0 && !is_outlet(actor) {
            continue;
        }
        let score = i32::from(certain) * 100 + i32::try_from(home.min(20)).unwrap_or(20) * 2 - i32::from(candidate.out_of_date) * 60
            + main_country(actor, context)
            - i32::from(candidate.common) * 5;
        if !scored.iter().any(|(_, a)| *a == candidate.actor) {
            scored.push((score, candidate.actor));
        }
    }
    scored.sort_by_key(|(score, actor)| (-score, *actor));
    match scored.as_slice() {
        [] => Outcome::Unknown(Unknown::NotStated),
        [(_, only)] => Outcome::Known(*only),
        [(best, first), (second, _), ..] if best > second => Outcome::Known(*first),
        _ => Outcome::Unknown(Unknown::Ambiguous),
    }
}

fn is_outlet(actor: &Actor) -> bool {
    matches!(actor.kind, ActorKind::Media | ActorKind::Agency)
}

/// An actor whose first country is the one most spoken of comes before one that is active there as well.
fn main_country(actor: &Actor, context: &ActorContext<'_>) -> i32 {
    let most = context.countries.values().max().copied().unwrap_or(0);
    i32::from(most > 0 && actor.countries.first().and_then(|c| context.countries.get(c)) == Some(&most)) * 3
}
