//! Does a name stand for a place here? The words around it, the name tagger, and how risky the name is.

use std::ops::Range;

use sayso_types::{NameClass, PlaceKind, Span, Upos};

use super::fold;
use super::lookup::PlaceRef;
use super::scan::Reader;
use super::toponyms::Extent;

/// What the surroundings say.
pub(super) struct Evidence {
    /// The name with its modifiers and kind words.
    pub(super) phrase: Range<usize>,
    /// "Kabul *province*", "the *district* of Sangin".
    pub(super) kind: Option<PlaceKind>,
    pub(super) extent: Extent,
    support: Support,
    /// Whether a kind word alone, without a preposition, makes the support strong.
    kind_alone: bool,
}

/// How strongly the surroundings speak for a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Support {
    /// They speak against it: a person's name.
    Against,
    /// They make it a part of a longer name: "Kabul Police".
    Within,
    /// Nothing is said.
    Silent,
    /// A preposition of place: "in X".
    Some,
    /// A kind word, a containing place, or the name tagger.
    Strong,
}

/// The fewest inhabitants of a place whose bare name is taken for it.
const KNOWN: u32 = 100_000;
/// The fewest inhabitants of a place that outweighs words beside it that look like parts of one name.
const FAMOUS: u32 = 1_000_000;

/// Reads the words around `name`.
pub(super) fn of(reader: &Reader, name: Range<usize>, sentence: &Range<usize>) -> Evidence {
    let mut phrase = name.clone();
    let mut kind = None;
    let after = name.end;
    if after < sentence.end
        && let Some(said) = reader.kind(after).filter(|_| !is_plural_company(reader, after))
    {
        kind = Some(said);
        phrase.end = after + 1;
    }
    let mut extent = Extent::Whole;
    let mut before = name.start;
    let previous = |before: usize| (before > sentence.start).then(|| before - 1);
    if let Some(at) = previous(before).filter(|at| reader.is("direction", *at)) {
        extent = Extent::Part;
        before = at;
    }
    if let Some(at) = previous(before).filter(|at| reader.word(*at).eq_ignore_ascii_case("the")) {
        before = at;
    }
    if let Some(of) = previous(before).filter(|at| reader.word(*at) == "of")
        && let Some(noun) = previous(of)
    {
        if reader.is("near", noun) || reader.is("direction", noun) {
            extent = if kind.is_none() && is_area(reader, noun) { Extent::Part } else { Extent::Near };
            before = noun;
        } else if kind.is_none() && reader.kind(noun).is_some() {
            kind = reader.kind(noun);
            before = noun;
        }
    }
    if let Some(at) = previous(before).filter(|at| reader.is("near", *at)) {
        extent = Extent::Near;
        before = at;
    }
    if before < name.start && (extent != Extent::Whole || kind.is_some()) {
        phrase.start = before;
    }
    let bare = support(reader, &name, before, sentence);
    let support = if kind.is_some() && bare > Support::Within { Support::Strong } else { bare };
    Evidence { phrase, kind, extent, support, kind_alone: kind.is_some() && bare <= Support::Silent }
}

/// "north of Mali" may be a part of it; "outskirts of" never is.
fn is_area(reader: &Reader, noun: usize) -> bool {
    reader.is("part-of", noun) && reader.is("direction", noun)
}

/// "Delta Air Lines": a kind word that begins a longer name says nothing.
fn is_plural_company(reader: &Reader, kind: usize) -> bool {
    reader.is_capitalised(kind) && reader.is_capitalised(kind + 1)
}

fn support(reader: &Reader, name: &Range<usize>, before: usize, sentence: &Range<usize>) -> Support {
    let tagged = tagged(reader, name);
    let against = [tagged, belonging(reader, name, sentence)].into_iter().flatten().min();
    if let Some(support @ (Support::Against | Support::Within)) = against {
        return support;
    }
    if tagged == Some(Support::Strong) || contained(reader, name, sentence) {
        return Support::Strong;
    }
    let preposition = before.checked_sub(1).filter(|at| *at >= sentence.start);
    if preposition.is_some_and(|at| reader.is("place-preposition", at)) || before < name.start {
        return Support::Some;
    }
    Support::Silent
}

/// What the name tagger says, where it says anything.
fn tagged(reader: &Reader, name: &Range<usize>) -> Option<Support> {
    let names = &reader.analysis.names;
    let first = names.partition_point(|n| n.tokens.end <= name.start);
    let tagged = names.get(first).filter(|n| n.tokens.start < name.end)?;
    let inside = tagged.tokens.start < name.start || name.end < tagged.tokens.end;
    match tagged.kind {
        NameClass::Location => Some(Support::Strong),
        // A single word that the tagger takes for a person may well be a town that acts: "Kunduz fell".
        NameClass::Person if !inside && name.len() == 1 => None,
        NameClass::Person => Some(Support::Against),
        NameClass::Organization if inside => Some(Support::Within),
        NameClass::Organization | NameClass::Other => None,
    }
}

/// What a capitalised word beside it that belongs to the same name says: "President Ford", "Kabul University".
fn belonging(reader: &Reader, name: &Range<usize>, sentence: &Range<usize>) -> Option<Support> {
    let after = name.end;
    if after < sentence.end && reader.is_capitalised(after) && reader.is("organization", after) {
        return Some(Support::Within);
    }
    let before = name.start.checked_sub(1).filter(|at| *at >= sentence.start)?;
    let before = if reader.word(before) == "." && before > sentence.start { before - 1 } else { before };
    let word = reader.word(before).trim_end_matches('.');
    let titled = reader.is_capitalised(before) && reader.gazetteer.words.is("title", &word.to_ascii_lowercase());
    titled.then_some(Support::Against)
}

/// "X, Iraq": a country or division follows after a comma.
fn contained(reader: &Reader, name: &Range<usize>, sentence: &Range<usize>) -> bool {
    let outer = name.end + 1;
    if outer >= sentence.end || reader.word(name.end) != "," || !reader.is_capitalised(outer) {
        return false;
    }
    let mut places = Vec::new();
    let mut key = fold::key(reader.word(outer));
    reader.gazetteer.bearers(&key, &mut places);
    if outer + 1 < sentence.end && reader.is_capitalised(outer + 1) {
        fold::push_key(&mut key, reader.word(outer + 1));
        reader.gazetteer.bearers(&key, &mut places);
    }
    let outer: Vec<_> =
        places.iter().map(|p| reader.gazetteer.brief(*p)).filter(|b| matches!(b.kind, PlaceKind::Country | PlaceKind::Admin1)).collect();
    if outer.is_empty() {
        return false;
    }
    let mut inner = Vec::new();
    let key = fold::key(reader.analysis.span_of(name.clone()).text(reader.text));
    reader.gazetteer.bearers(&key, &mut inner);
    inner.iter().any(|p| outer.iter().any(|o| o.country == reader.gazetteer.brief(*p).country))
}

/// Whether a name that the gazetteer has not in this spelling is said to be a place.
pub(super) fn says_place(reader: &Reader, name: Range<usize>) -> bool {
    let location = tagged(reader, &name) == Some(Support::Strong);
    let kind = reader.kind(name.end).is_some_and(|k| k != PlaceKind::Natural) && !reader.is("organization", name.end - 1);
    location || kind
}

/// Whether what no file has as it is spelled stands where a place stands: "in X", "X district", "X, Iraq".
pub(super) fn stands_as_place(reader: &Reader, name: Range<usize>, sentence: &Range<usize>) -> bool {
    let before = name.start.checked_sub(1).filter(|at| *at >= sentence.start);
    let before = before.map(|at| if reader.word(at).eq_ignore_ascii_case("the") && at > sentence.start { at - 1 } else { at });
    let place =
        |at: usize| reader.is("place-preposition", at) || reader.is("near", at) || reader.is("direction", at) || reader.kind(at).is_some();
    let of = |at: usize| reader.word(at) == "of" && at > sentence.start && place(at - 1);
    let prepared = before.is_some_and(|at| place(at) || of(at));
    prepared || reader.kind(name.end).is_some() || name.end < sentence.end && reader.word(name.end) == ","
}

/// Whether `name` is taken for a place.
pub(super) fn suffices(reader: &Reader, evidence: &Evidence, places: &[PlaceRef], key: &str, name: Range<usize>, fuzzy: bool) -> bool {
    let words = &reader.gazetteer.words;
    let surface = reader.analysis.span_of(name.clone()).text(reader.text);
    let all_capitals = surface.chars().all(|c| !c.is_lowercase());
    if key.len() < 3 || words.is("acronym", key) {
        return words.is("acronym", key) && all_capitals && evidence.support > Support::Within;
    }
    let brief = places.first().map(|p| reader.gazetteer.brief(*p));
    let area = brief.is_some_and(|b| matches!(b.kind, PlaceKind::Country | PlaceKind::Region | PlaceKind::Capital));
    let people = brief.map_or(0, |b| b.population);
    if all_capitals && key.len() <= 5 && people < KNOWN && !area {
        return false;
    }
    let single = name.len() == 1;
    if single && evidence.kind.is_none() && reader.is("direction", name.start) {
        return false;
    }
    let preferred = area || places.iter().take(3).any(|p| is_named(key, reader.gazetteer.name_of(*p)));
    let risky = words.is_risky(key) && brief.is_none_or(|b| b.kind != PlaceKind::Country);
    let opens = reader.analysis.sentences.get(reader.analysis.sentence_of(name.start)).is_some_and(|s| s.tokens.start == name.start);
    let proper = reader.analysis.tokens[name.start].pos == Upos::Propn;
    if single && opens && !proper && (risky || people < KNOWN && !area) {
        return false;
    }
    let crowded = single && beside_capitals(reader, &name);
    match evidence.support {
        Support::Against | Support::Within => false,
        Support::Strong => !(risky && (fuzzy || evidence.kind_alone)),
        Support::Some => !risky && !fuzzy && (preferred || key.len() >= 5) && (!crowded || people >= FAMOUS || area),
        Support::Silent => !risky && !fuzzy && (area || people >= KNOWN && preferred) && (!crowded || people >= FAMOUS || area),
    }
}

/// Whether capitalised words stand directly beside the name, as within a longer one.
fn beside_capitals(reader: &Reader, name: &Range<usize>) -> bool {
    let sentence = &reader.analysis.sentences[reader.analysis.sentence_of(name.start)].tokens;
    let before = name.start > sentence.start + 1 && reader.is_capitalised(name.start - 1) && !reader.is("direction", name.start - 1);
    let after = name.end < sentence.end && reader.is_capitalised(name.end);
    before || after
}

/// Whether `key` is that of the preferred name, "City" left aside: "Marawi" for Marawi City.
fn is_named(key: &str, name: &str) -> bool {
    fold::is_key_of(key, name) || name.strip_suffix(" City").is_some_and(|name| fold::is_key_of(key, name))
}

/// Whether a name that is not taken for a place still names one in passing: "California" in "California Penal Code".
pub(super) fn is_passing(reader: &Reader, evidence: &Evidence, places: &[PlaceRef], key: &str, name: Range<usize>) -> bool {
    let words = &reader.gazetteer.words;
    let Some(first) = places.first().filter(|_| evidence.support > Support::Against) else { return false };
    let surface = reader.analysis.span_of(name.clone()).text(reader.text);
    if key.len() < 4 || surface.chars().all(|c| !c.is_lowercase()) {
        return words.is("acronym", key) && surface.chars().all(|c| !c.is_lowercase());
    }
    let longer = evidence.support == Support::Within || beside_capitals(reader, &name);
    let brief = reader.gazetteer.brief(*first);
    let known = !matches!(brief.kind, PlaceKind::Populated | PlaceKind::Admin2) || brief.population >= KNOWN;
    let direction = name.len() == 1 && reader.is("direction", name.start);
    longer && known && !direction && !words.is_risky(key) && is_named(key, reader.gazetteer.name_of(*first))
}

/// The places in which a site lies that begins with their name: "Kabul Airport" lies in Kabul.
pub(super) fn grounds(reader: &Reader, mut places: Vec<PlaceRef>) -> Vec<PlaceRef> {
    let is_town = |p: &PlaceRef| matches!(reader.gazetteer.brief(*p).kind, PlaceKind::Populated | PlaceKind::Capital);
    places.retain(|p| is_town(p) && reader.gazetteer.brief(*p).population >= KNOWN);
    places
}

/// The end of the place that the name tagger sees from a token on.
pub(super) fn tagged_place(reader: &Reader, at: usize) -> Option<usize> {
    let names = &reader.analysis.names;
    let tagged = names.get(names.partition_point(|n| n.tokens.end <= at))?;
    (tagged.tokens.start == at && tagged.kind == NameClass::Location).then_some(tagged.tokens.end)
}

/// The name with the capitalised direction and kind beside it: "South Lebanon", "Helmand Province", but "northern Mali".
pub(super) fn written(reader: &Reader, name: Range<usize>, evidence: &Evidence, places: &[PlaceRef], sentence: &Range<usize>) -> Span {
    let mut whole = name.clone();
    // At the head of a sentence the capital says nothing: "Northern Mali saw …".
    let adjective = |t: usize| t == sentence.start && reader.word(t).ends_with("ern");
    let directs = |t: &usize| *t >= sentence.start && reader.is_capitalised(*t) && reader.is("direction", *t) && !adjective(*t);
    while let Some(before) = whole.start.checked_sub(1).filter(directs) {
        whole.start = before;
    }
    if places.first().is_some_and(|p| reader.gazetteer.brief(*p).kind == PlaceKind::Country) {
        whole.start = style(reader, whole.start, sentence);
    }
    if evidence.kind.is_some() && name.end < sentence.end && reader.is_capitalised(name.end) && is_of_name(reader, name.end, places) {
        whole.end = name.end + 1;
    }
    reader.analysis.span_of(whole)
}

/// Where the style of a state before its name begins: "the Islamic Republic of", "the Kingdom of".
fn style(reader: &Reader, name: usize, sentence: &Range<usize>) -> usize {
    let within = |t: usize| t >= sentence.start && t < name;
    let Some(of) = name.checked_sub(1).map(|t| if reader.word(t) == "the" { t.saturating_sub(1) } else { t }) else { return name };
    let Some(noun) = of.checked_sub(1).filter(|t| within(*t) && reader.word(of) == "of" && reader.is_capitalised(*t)) else { return name };
    if !reader.is("style", noun) {
        return name;
    }
    let mut start = noun;
    while start > sentence.start && (reader.is_capitalised(start - 1) || reader.word(start - 1) == "'s") && reader.word(start - 1) != "The"
    {
        start -= 1;
    }
    start
}

/// Whether a kind word belongs to the name before it; "Mississippi State" is no state's name, nor "Harare City" in "Harare City Council".
fn is_of_name(reader: &Reader, kind: usize, places: &[PlaceRef]) -> bool {
    let american = places.first().is_some_and(|p| &reader.gazetteer.brief(*p).country == b"USA");
    match reader.kind(kind) {
        Some(PlaceKind::Admin1) => !american,
        Some(PlaceKind::Populated) => !reader.is_capitalised(kind + 1),
        _ => true,
    }
}
