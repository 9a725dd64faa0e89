//! Where do places stand in a text? The longest names of the gazetteer among capitalised words, with what the words around them say.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use sayso_types::{Analysis, PlaceKind, Span, Upos};

use super::demonym::demonym;
use super::evidence::{self, Evidence};
use super::lookup::PlaceRef;
use super::site::site;
use super::toponyms::{Extent, Form};
use super::{Gazetteer, fold};

/// A name that was found, before it is resolved.
pub(super) struct Found {
    pub(super) tokens: Range<usize>,
    pub(super) phrase: Range<usize>,
    /// The name as it is written, with the direction and kind that belong to it: "South Lebanon", "Helmand Province".
    pub(super) span: Span,
    pub(super) key: String,
    /// Empty for a name that no file has.
    pub(super) places: Vec<PlaceRef>,
    pub(super) kind: Option<PlaceKind>,
    pub(super) form: Form,
    pub(super) extent: Extent,
    /// The number of the mention that it is said to lie in.
    pub(super) container: Option<usize>,
    /// Whether no place has the name as it is spelled.
    pub(super) fuzzy: bool,
    pub(super) standing: Standing,
}

/// How a name stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// For a place.
    Own,
    /// Within a longer name, or as a region's adjective: "Kabul" in "Kabul Police", "European".
    Passing,
    /// For a building, street or ground that lies in the places: "Kabul Airport", "Altnagelvin Hospital".
    Site,
}

impl Found {
    /// A name that is found without a look at what stands around it.
    pub(super) fn of(reader: &Reader, tokens: Range<usize>, key: String, places: Vec<PlaceRef>) -> Found {
        Found {
            phrase: tokens.clone(),
            span: reader.analysis.span_of(tokens.clone()),
            tokens,
            key,
            places,
            kind: None,
            form: Form::Name,
            extent: Extent::Whole,
            container: None,
            fuzzy: false,
            standing: Standing::Own,
        }
    }
}

/// The longest name, in tokens.
const LONGEST: usize = 7;
/// More bearers of one name are not weighed.
const MOST_PLACES: usize = 30;

/// The text with what is asked of its tokens.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) analysis: &'a Analysis,
    pub(super) gazetteer: &'a Gazetteer,
    /// What was found for names that are in no file as they stand; a document repeats them.
    pub(super) looked_up: RefCell<BTreeMap<&'a str, (Vec<PlaceRef>, bool)>>,
}

impl<'a> Reader<'a> {
    /// The words of a token; empty beyond the text.
    pub(super) fn word(&self, token: usize) -> &'a str {
        self.analysis.tokens.get(token).map_or("", |t| t.span.text(self.text))
    }

    pub(super) fn is_capitalised(&self, token: usize) -> bool {
        self.word(token).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether the token, in lower case, is of a class of `words.tsv`.
    pub(super) fn is(&self, class: &str, token: usize) -> bool {
        let mut lower = [0u8; 24];
        self.lower(token, &mut lower).is_some_and(|word| self.gazetteer.words.is(class, word))
    }

    /// The token in lower case, where it is short enough to be a word of the tables.
    fn lower<'b>(&self, token: usize, buffer: &'b mut [u8; 24]) -> Option<&'b str> {
        let word = self.word(token);
        let lower = buffer.get_mut(..word.len())?;
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        std::str::from_utf8(lower).ok()
    }

    /// Whether the token can begin a name: "Although Germany" begins with none.
    fn is_name_like(&self, token: usize) -> bool {
        matches!(self.analysis.tokens[token].pos, Upos::Propn | Upos::Noun | Upos::Adj | Upos::X)
    }

    /// The kind of place that the token says.
    pub(super) fn kind(&self, token: usize) -> Option<PlaceKind> {
        let mut lower = [0u8; 24];
        self.lower(token, &mut lower).and_then(|word| self.gazetteer.words.kind(word))
    }
}

/// All names of places in the text, in order and without overlap, with those containers that the wording gives.
pub(super) fn scan(text: &str, analysis: &Analysis, gazetteer: &Gazetteer) -> Vec<Found> {
    let reader = Reader { text, analysis, gazetteer, looked_up: RefCell::default() };
    let mut found: Vec<Found> = Vec::new();
    let mut key = String::new();
    for sentence in &analysis.sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            if !reader.is_capitalised(at) {
                at += 1;
                continue;
            }
            match mention(&reader, at, &sentence.tokens, &mut key) {
                Some(mention) => {
                    at = mention.tokens.end.max(mention.phrase.end);
                    // "Islamic Republic" is said of Iran, but not in "Islamic Republic of Mauritania".
                    while found.last().is_some_and(|last| mention.span.start() <= last.span.start()) {
                        found.pop();
                    }
                    match found.last_mut().filter(|last| is_tail_of(&reader, &mention, last)) {
                        Some(last) => join(&reader, last, mention),
                        None => found.push(mention),
                    }
                }
                None => at += 1,
            }
        }
    }
    containers(&reader, &mut found);
    found
}

/// "D.C." behind "Washington,": one name in two parts.
fn is_tail_of(reader: &Reader, tail: &Found, head: &Found) -> bool {
    let follows = head.tokens.end + 1 == tail.tokens.start && reader.word(head.tokens.end) == ",";
    follows && tail.key.len() > head.key.len() && tail.key.starts_with(&head.key)
}

fn join(reader: &Reader, head: &mut Found, tail: Found) {
    head.tokens.end = tail.tokens.end;
    head.phrase.end = tail.phrase.end;
    head.span = reader.analysis.span_of(head.tokens.clone());
    (head.key, head.places) = (tail.key, tail.places);
}

fn mention(reader: &Reader, at: usize, sentence: &Range<usize>, key: &mut String) -> Option<Found> {
    if let Some(found) = abbreviation(reader, at, sentence) {
        return Some(found);
    }
    let demonym = demonym(reader, at, sentence);
    let known = name(reader, at, sentence.end, key);
    let reach = known.as_ref().map_or(at, |(end, _)| *end);
    if let Some(tokens) = site(reader, at, sentence).filter(|site| site.end > reach) {
        let places = known.map_or(Vec::new(), |(_, places)| evidence::grounds(reader, places));
        key.clear();
        fold::push_key(key, reader.analysis.span_of(tokens.clone()).text(reader.text));
        return Some(Found { standing: Standing::Site, ..Found::of(reader, tokens, key.clone(), places) });
    }
    let (end, places, fuzzy) = match known {
        Some((end, places)) => (end, places, false),
        None if demonym.is_some() => (at, Vec::new(), false),
        None => unknown_name(reader, at, sentence, key)?,
    };
    if let Some(mention) = demonym.filter(|d| d.tokens.end >= end) {
        return Some(mention);
    }
    let evidence = evidence::of(reader, at..end, sentence);
    let mut standing = Standing::Own;
    if !evidence::suffices(reader, &evidence, &places, key, at..end, fuzzy) {
        if fuzzy || !evidence::is_passing(reader, &evidence, &places, key, at..end) {
            return None;
        }
        standing = Standing::Passing;
    }
    // "Alto Verdal": what stands behind another capitalised word may be the end of a longer name that no file has.
    let before = at.checked_sub(1).filter(|before| *before > sentence.start && reader.is_capitalised(*before));
    let fuzzy = fuzzy || before.is_some_and(|before| reader.analysis.tokens[before].pos == Upos::Propn);
    let span = evidence::written(reader, at..end, &evidence, &places, sentence);
    let Evidence { phrase, kind, extent, .. } = evidence;
    let phrase = if standing == Standing::Own { phrase } else { at..end };
    Some(Found { phrase, span, kind, extent, fuzzy, standing, ..Found::of(reader, at..end, key.clone(), places) })
}

/// "Ky." behind a name and a comma, "N.S.W." anywhere.
fn abbreviation(reader: &Reader, at: usize, sentence: &Range<usize>) -> Option<Found> {
    let tail = at >= sentence.start + 2 && reader.word(at - 1) == "," && reader.is_capitalised(at - 2);
    if at > sentence.start && reader.word(at - 1).starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let dotted = at + 1 < sentence.end && reader.word(at + 1) == ".";
    let ends = [dotted.then_some(at + 2), Some(at + 1)];
    ends.into_iter().flatten().find_map(|end| {
        let written = reader.analysis.span_of(at..end).text(reader.text);
        let (key, places) = reader.gazetteer.abbreviated(written, tail)?;
        Some(Found::of(reader, at..end, key.to_owned(), places))
    })
}

/// The longest name that begins at token `at`: its end and its places; `key` is its key then.
fn name(reader: &Reader, at: usize, limit: usize, key: &mut String) -> Option<(usize, Vec<PlaceRef>)> {
    let mut best: Option<(usize, u8, u64)> = None;
    let mut longest = String::new();
    for (number, file) in reader.gazetteer.files.iter().enumerate() {
        let names = file.names();
        let (mut node, mut output) = (names.root(), fst::raw::Output::zero());
        key.clear();
        'tokens: for token in at..limit.min(at + LONGEST) {
            let written = key.len();
            let capitalised = reader.is_capitalised(token);
            if token > at && !capitalised && !reader.is("connector", token) {
                break;
            }
            fold::push_key(key, reader.word(token));
            if token + 1 < limit && reader.is_capitalised(token + 1 + usize::from(reader.word(token + 1) == ".")) {
                fold::end_word(key, written);
            }
            for byte in key[written..].bytes() {
                let Some(input) = node.find_input(byte) else { break 'tokens };
                let transition = node.transition(input);
                output = output.cat(transition.out);
                node = names.node(transition.addr);
            }
            let whole = key.len() > written && capitalised;
            if whole && node.is_final() && best.is_none_or(|(end, ..)| token + 1 > end) {
                best = Some((token + 1, number as u8, output.cat(node.final_output()).value()));
                longest.clone_from(key);
            }
        }
    }
    let (end, file, value) = best?;
    std::mem::swap(key, &mut longest);
    let mut places = Vec::new();
    if reader.gazetteer.files.len() == 1 {
        reader.gazetteer.files[0].postings(value, |row| places.push(PlaceRef { file, row }));
    } else {
        reader.gazetteer.bearers(key, &mut places);
    }
    places.truncate(MOST_PLACES);
    (!places.is_empty()).then_some((end, places))
}

/// A name that the gazetteer does not have in this spelling, where the words around say that it is a place.
fn unknown_name(reader: &Reader, at: usize, sentence: &Range<usize>, key: &mut String) -> Option<(usize, Vec<PlaceRef>, bool)> {
    let mut end = at + 1;
    while end < sentence.end && reader.is_capitalised(end) && reader.kind(end).is_none() {
        end += 1;
    }
    if let Some(tagged) = evidence::tagged_place(reader, at) {
        end = tagged.min(sentence.end);
    }
    if !evidence::says_place(reader, at..end) || reader.word(at).len() < 4 || !reader.is_name_like(at) {
        return None;
    }
    let words = reader.analysis.span_of(at..end).text(reader.text);
    let known = reader.looked_up.borrow().get(words).cloned();
    let (mut places, fuzzy) = known.unwrap_or_else(|| reader.gazetteer.places_of(words));
    reader.looked_up.borrow_mut().entry(words).or_insert_with(|| (places.clone(), fuzzy));
    // "loyal to Haftar": what is only alike must stand where a place stands.
    let towards = at > sentence.start && reader.word(at - 1).eq_ignore_ascii_case("to");
    if fuzzy && towards || !evidence::stands_as_place(reader, at..end, sentence) {
        return None;
    }
    places.truncate(MOST_PLACES);
    key.clear();
    fold::push_key(key, words);
    Some((end, places, fuzzy))
}

/// Ties neighbours: "Mosul, Iraq", "Khushamond District, Paktika Province", "Sangin district of Helmand", "the Afghan capital of Kabul".
fn containers(reader: &Reader, found: &mut [Found]) {
    for at in (1..found.len()).rev() {
        let (before, after) = found.split_at_mut(at);
        let (inner, outer) = (&mut before[at - 1], &mut after[0]);
        let between = inner.phrase.end..outer.phrase.start.max(inner.phrase.end);
        let words: Vec<&str> = between.clone().map(|t| reader.word(t)).collect();
        if inner.form == Form::Demonym && matches!(words[..], ["capital", "of" | ","] | ["capital", "city", "of"]) {
            outer.container = Some(at - 1);
            outer.phrase.start = inner.phrase.start;
            continue;
        }
        let broad = outer.places.iter().take(3).any(|p| matches!(reader.gazetteer.brief(*p).kind, PlaceKind::Country | PlaceKind::Admin1));
        let site = inner.standing == Standing::Site && outer.standing == Standing::Own;
        let tied = match words[..] {
            [","] | [",", "in"] => broad || site,
            ["of" | "in"] | ["of" | "in", "the"] | [",", "in", "the"] => site || broad && inner.kind.is_some(),
            _ => false,
        };
        if tied && inner.form == Form::Name && outer.form == Form::Name {
            inner.container = Some(at);
        }
        if matches!(words[..], ["'s" | "’s"]) && inner.form == Form::Name && outer.form == Form::Name {
            outer.container = Some(at - 1);
        }
    }
}
