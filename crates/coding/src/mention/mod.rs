//! What is mentioned where? Actors, places, times and quantities, found in the text and its analysis.

mod acronym;
pub mod entity;
pub mod quantity;
pub mod time;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;

use sayso_types::{ActorKind, Analysis, Document, Edtf, Outcome, Place, PlaceKind, Span, Unknown};

use crate::knowledge::Knowledge;
use crate::resolve::gazetteer::{ToponymMention, toponyms};
use crate::resolve::registry::{ActorContext, ActorIndex, actor_names, decide};
use crate::syntax::Tree;
use entity::{Entities, EntityInput, Referent, entities};
use quantity::{QuantityMention, quantities};
use time::{TimeAnchor, TimeMention, times};

/// All that a document mentions.
#[derive(Clone, Debug)]
pub struct Mentions {
    /// Names of registered actors, with their tokens, in order.
    pub actors: Vec<(Range<usize>, ActorIndex)>,
    /// Toponyms of places where something can be, in order.
    pub places: Vec<PlaceMention>,
    /// Toponyms that only stand within a longer name or description, and those that nothing is known of, in order: "Kabul" in "Kabul
    /// Police", "European", "Press Street". Nothing is coded from them.
    pub passing: Vec<PlaceMention>,
    /// Time expressions, in order.
    pub times: Vec<TimeMention>,
    /// Quantities, in order.
    pub quantities: Vec<QuantityMention>,
    /// Noun phrases and whom they refer to.
    pub entities: Entities,
    /// The country (ISO 3166-1 alpha-3) that the document speaks of most.
    pub focus: Option<String>,
}

/// A toponym.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceMention {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// Its words: "Kabul province".
    pub span: Span,
    /// What it names.
    pub place: Outcome<Place>,
    /// Whether it is only near there: "near Sangin".
    pub near: bool,
    /// Whether the name is only spelled alike.
    pub fuzzy: bool,
}

/// Finds what a document mentions.
///
/// "At least 12 miners died in Jos on Tuesday": a quantity, a place and a time.
pub fn mentions(document: &Document, analysis: &Analysis, knowledge: &Knowledge) -> Mentions {
    let text = &document.text;
    let date = document.published.known().map(|p| &p.date);
    let (passing, found): (Vec<_>, Vec<_>) = toponyms(text, analysis, &knowledge.gazetteer).into_iter().partition(|t| t.passing);
    let mention = |t: ToponymMention| PlaceMention { tokens: t.tokens, span: t.span, place: t.place, near: t.near, fuzzy: t.fuzzy };
    let mut places: Vec<PlaceMention> = found.into_iter().map(mention).collect();
    let mut passing: Vec<PlaceMention> = passing.into_iter().map(mention).collect();
    doubt_strangers(text, &mut places);
    let names = actor_names(text, analysis, &knowledge.registry, date);
    let context = context(knowledge, date, &places, &names);
    let mut actors: Vec<(Range<usize>, ActorIndex)> = names
        .iter()
        .filter_map(|name| decide(name, &knowledge.registry, &context).known().map(|actor| (name.tokens.clone(), *actor)))
        .collect();
    acronym::explain(text, analysis, &mut actors);
    passing.extend(places.extract_if(.., |place| is_inside_longer_name(place, &actors)));
    passing.sort_by_key(|place| place.span);
    let focus = focus(&context, knowledge, &places);
    let tree = Tree::new(text, analysis).with_measures(&knowledge.modes.measures);
    let located: Vec<(Range<usize>, Option<Place>)> = places.iter().map(|p| (p.tokens.clone(), p.place.known().cloned())).collect();
    let input = EntityInput {
        tree: &tree,
        registry: &knowledge.registry,
        nouns: &knowledge.nouns,
        cues: &knowledge.cues,
        frames: &knowledge.frames,
        actors: &actors,
        places: &located,
        focus: focus.as_deref(),
    };
    let times = times(text, analysis, &TimeAnchor { published: date }, &knowledge.times);
    let time_spans: Vec<Span> = times.iter().map(|t| t.span).collect();
    Mentions {
        entities: entities(&input),
        quantities: quantities(text, analysis, &time_spans, &knowledge.quantities),
        times,
        actors,
        places,
        passing,
        focus,
    }
}

/// So many places open a report.
const OPENING: usize = 3;

/// Towns of fewer inhabitants are known to few readers outside their country.
const WELL_KNOWN: u32 = 50_000;

/// A name that is only spelled like a place, or is a small town's abroad, or not the one that a town abroad goes by, is that place where
/// the document speaks of its country; else it is unknown: no pin is better than an invented one.
fn doubt_strangers(text: &str, places: &mut [PlaceMention]) {
    let renamed = |mention: &PlaceMention, place: &Place| {
        let town = matches!(place.kind, PlaceKind::Populated | PlaceKind::Admin2);
        town && !mention.span.text(text).to_lowercase().contains(&place.name.to_lowercase())
    };
    let small = |place: &Place| matches!(place.kind, PlaceKind::Populated | PlaceKind::Admin2) && place.population < WELL_KNOWN;
    let sure: BTreeSet<String> = places
        .iter()
        .filter(|p| !p.fuzzy)
        .filter_map(|p| Some((p, p.place.known()?)))
        .filter(|(m, p)| !small(p) && !renamed(m, p))
        .map(|(_, p)| p.country.clone())
        .collect();
    for place in places.iter_mut() {
        let doubtful = |p: &Place| place.fuzzy || ((small(p) || renamed(place, p)) && !sure.is_empty());
        let stranger = place.place.known().is_some_and(|p| !sure.contains(&p.country) && doubtful(p));
        if stranger {
            place.place = Outcome::Unknown(Unknown::Ambiguous);
        }
    }
}

/// How often each country is spoken of, and which actors are named beyond doubt.
fn context<'c>(
    knowledge: &Knowledge,
    date: Option<&'c Edtf>,
    places: &[PlaceMention],
    names: &[crate::resolve::registry::ActorName],
) -> ActorContext<'c> {
    let mut countries: BTreeMap<String, u32> = BTreeMap::new();
    for place in places.iter().filter_map(|p| p.place.known()).filter(|p| !p.country.is_empty()) {
        *countries.entry(place.country.clone()).or_default() += 2;
    }
    let mut certain: BTreeMap<ActorIndex, u32> = BTreeMap::new();
    for name in names {
        if let [only] = name.candidates[..]
            && !only.common
        {
            *certain.entry(only.actor).or_default() += 1;
            for country in knowledge.registry.actor(only.actor).countries.iter().take(1) {
                *countries.entry(country.clone()).or_default() += 1;
            }
        }
    }
    ActorContext { date, countries, certain }
}

/// "Iraq" in "Islamic State in Iraq" is no place of its own; nor is what is an actor and lies in no one country: "EU".
fn is_inside_longer_name(place: &PlaceMention, actors: &[(Range<usize>, ActorIndex)]) -> bool {
    let nowhere = place.place.known().is_some_and(|p| p.country.is_empty());
    let covers = |range: &Range<usize>| range.start <= place.tokens.start && place.tokens.end <= range.end;
    actors.iter().any(|(range, _)| covers(range) && (nowhere || range.len() > place.tokens.len()))
}

/// The country of most toponyms, with the first countries of the armed groups named beyond doubt; where there is none, that of most actors.
fn focus(context: &ActorContext<'_>, knowledge: &Knowledge, places: &[PlaceMention]) -> Option<String> {
    let mut spoken_of: BTreeMap<&str, u32> = BTreeMap::new();
    for (at, place) in places.iter().filter_map(|p| p.place.known()).filter(|p| !p.country.is_empty()).enumerate() {
        // A report begins where it is about.
        let opens = if at < OPENING { 2 } else { 0 };
        *spoken_of.entry(&place.country).or_default() += opens + if place.kind == PlaceKind::Country { 1 } else { 2 };
    }
    for (actor, times) in &context.certain {
        let actor = knowledge.registry.actor(*actor);
        let armed = matches!(actor.kind, ActorKind::ArmedGroup | ActorKind::Militia | ActorKind::Movement);
        if let Some(country) = actor.countries.first().filter(|_| armed) {
            *spoken_of.entry(country).or_default() += times;
        }
    }
    let most = |counts: &mut dyn Iterator<Item = (String, u32)>| counts.max_by_key(|(country, n)| (*n, std::cmp::Reverse(country.clone())));
    most(&mut spoken_of.into_iter().map(|(c, n)| (c.to_owned(), n)))
        .or_else(|| most(&mut context.countries.iter().map(|(c, n)| (c.clone(), *n))))
        .map(|(country, _)| country)
}

/// The stage as text, one mention a line: its kind, its words, and what they mean.
pub fn print(document: &Document, mentions: &Mentions, knowledge: &Knowledge) -> String {
    let mut out = String::new();
    let text = &document.text;
    if let Some(focus) = &mentions.focus {
        let _ = writeln!(out, "focus\t{focus}");
    }
    let places = mentions.places.iter().map(|p| ("place", p)).chain(mentions.passing.iter().map(|p| ("passing", p)));
    for (what, place) in places {
        let known = place.place.known();
        let meaning = known.map_or_else(|| "?".to_owned(), |p| format!("{} ({}, {})", p.name, p.kind.as_str(), p.country));
        let _ = writeln!(out, "{what}\t{:?}\t{}\t{meaning}", place.span, place.span.text(text));
    }
    for time in &mentions.times {
        let meaning = time.edtf.known().map_or("?", Edtf::as_str);
        let _ = writeln!(out, "time\t{:?}\t{}\t{meaning}", time.phrase, time.phrase.text(text));
    }
    for q in &mentions.quantities {
        let number = |n: Option<u64>| n.map_or_else(|| "?".to_owned(), |n| n.to_string());
        let _ = writeln!(out, "quantity\t{:?}\t{}\t{} {}..{}", q.span, q.span.text(text), q.rule.as_str(), number(q.low), number(q.high));
    }
    for entity in mentions.entities.all() {
        let meaning = match &entity.referent {
            Referent::Actors(actors) => actors.iter().map(|a| knowledge.registry.actor(*a).id.as_str()).collect::<Vec<_>>().join(" + "),
            Referent::Named(name) => format!("“{name}”"),
            Referent::Described => "-".to_owned(),
        };
        let _ = writeln!(out, "entity\t{:?}\t{}\t{:?}\t{meaning}", entity.span, entity.span.text(text).replace('\n', " "), entity.class);
    }
    out
}
