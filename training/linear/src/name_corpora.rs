//! Where do the name tagger's examples come from? Corpora of marked words, documents with marked spans, and GUM's entities.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::{Result, anyhow};
use sayso_language::evaluate::Tree;
use sayso_language::names::Mark;
use sayso_types::{Relation, Upos};
use serde::Deserialize;

/// A sentence with the names in it.
#[derive(Clone, Debug)]
pub struct NamedSentence {
    /// Its words, cut as our own tokens are.
    pub words: Vec<String>,
    /// One for each word.
    pub marks: Vec<Mark>,
    /// Whether names of the kind "other" are marked; where not, finding one is no error.
    pub others_marked: bool,
    /// Words, one for each, of which the corpus leaves open whether they are a name; no guess is an error there.
    pub open: Vec<bool>,
}

impl NamedSentence {
    fn bare() -> NamedSentence {
        NamedSentence { words: Vec::new(), marks: Vec::new(), others_marked: false, open: Vec::new() }
    }

    /// The sentence as a JSON line: `tokens`; `tags` in BIO, `?` where the corpus leaves a word open; `others`, whether names of other
    /// kinds are marked.
    pub fn line(&self) -> String {
        let tag = |(mark, open): (&Mark, &bool)| match (mark.kind(), open) {
            (_, true) => "?".to_owned(),
            (None, _) => "O".to_owned(),
            (Some(kind), _) => format!("{}-{}", if mark.begins() { "B" } else { "I" }, ["PER", "ORG", "LOC", "OTHER"][kind.min(3)]),
        };
        let tags: Vec<String> = self.marks.iter().zip(&self.open).map(tag).collect();
        format!("{}\n", serde_json::json!({ "tokens": self.words, "tags": tags, "others": self.others_marked }))
    }

    fn push(&mut self, word: &str, mark: Mark) {
        self.words.push(word.to_owned());
        self.marks.push(mark);
        self.open.push(false);
    }
}

#[derive(Deserialize)]
struct TaggedLine {
    tokens: Vec<String>,
    tags: Vec<String>,
}

/// The sentences of JSON lines with `tokens` and BIO `tags`; classes other than persons, organizations and places count as outside.
pub fn tagged(text: &str) -> Result<Vec<NamedSentence>> {
    let sentence = |(at, line): (usize, &str)| -> Result<NamedSentence> {
        let line: TaggedLine = serde_json::from_str(line).map_err(|e| anyhow!("line {}: {e}", at + 1))?;
        let mut sentence = NamedSentence::bare();
        for (token, tag) in line.tokens.iter().zip(&line.tags) {
            let kind = tag.get(2..).and_then(kind_of);
            for (n, part) in parts(token).into_iter().enumerate() {
                let mark = match kind {
                    Some(kind) if n == 0 && tag.starts_with('B') => Mark::begin(kind),
                    Some(kind) => Mark::inside(kind),
                    None => Mark::OUTSIDE,
                };
                sentence.push(part, mark);
            }
        }
        Ok(sentence)
    };
    text.lines().enumerate().map(sentence).collect()
}

fn kind_of(class: &str) -> Option<usize> {
    match class {
        "PER" | "Person" | "person" => Some(0),
        "ORG" | "Organization" | "Organisation" | "organization" => Some(1),
        "LOC" | "Location" | "Facility" | "place" => Some(2),
        _ => None,
    }
}

/// The parts of a word at its hyphens, as our tokens are cut.
fn parts(token: &str) -> Vec<&str> {
    if token.contains("://") || !token.contains('-') || token.len() < 3 {
        return vec![token];
    }
    token
        .split_inclusive('-')
        .flat_map(|part| part.strip_suffix('-').map_or(vec![part], |word| vec![word, "-"]))
        .filter(|part| !part.is_empty())
        .collect()
}

#[derive(Deserialize)]
struct MarkedDocument {
    license: String,
    text: String,
    entities: Vec<MarkedSpan>,
}

#[derive(Deserialize)]
struct MarkedSpan {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    confidence: f64,
}

/// The lines of re3d's documents whose licence is free, with their names: of a marked span the capitalized words from its first
/// to its last, since the corpus marks whole noun phrases.
pub fn re3d(text: &str) -> Result<Vec<NamedSentence>> {
    let mut sentences = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let document: MarkedDocument = serde_json::from_str(line).map_err(|e| anyhow!("line {}: {e}", at + 1))?;
        if document.license.contains("NC") {
            continue;
        }
        let points: Vec<char> = document.text.chars().collect();
        sentences.extend(marked_lines(&points, &document.entities));
    }
    Ok(sentences)
}

fn marked_lines(points: &[char], entities: &[MarkedSpan]) -> Vec<NamedSentence> {
    let mut sentences = Vec::new();
    let mut sentence = NamedSentence::bare();
    let mut last = None;
    for (start, end) in words_of(points) {
        let word: String = points[start..end].iter().collect();
        if word != "\n" {
            let entity =
                entities.iter().position(|e| e.start <= start && end <= e.end && e.confidence >= 0.5 && kind_of(&e.kind).is_some());
            let proper = word.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit());
            let entity = entity.filter(|e| (proper && word != "The") || last == Some(*e) && capital_follows(points, end, entities[*e].end));
            let mark = match entity.map(|e| (e, kind_of(&entities[e].kind))) {
                Some((e, Some(kind))) if last == Some(e) => Mark::inside(kind),
                Some((_, Some(kind))) => Mark::begin(kind),
                _ => Mark::OUTSIDE,
            };
            sentence.push(&word, mark);
            last = entity;
        }
        if matches!(word.as_str(), "\n" | "." | "?" | "!") && !sentence.words.is_empty() {
            sentences.push(std::mem::replace(&mut sentence, NamedSentence::bare()));
            last = None;
        }
    }
    sentences
}

fn capital_follows(points: &[char], from: usize, to: usize) -> bool {
    (from.min(to)..to).any(|at| points[at].is_uppercase() && !points[at - 1].is_alphanumeric())
}

/// Words, marks and line ends of a text, roughly: runs of letters and digits with inner periods and apostrophes.
fn words_of(points: &[char]) -> Vec<(usize, usize)> {
    let mut words = Vec::new();
    let mut at = 0;
    while at < points.len() {
        let start = at;
        let inner = |at: usize| matches!(points[at], '.' | '\'' | '’' | ',') && points.get(at + 1).is_some_and(|c| c.is_alphanumeric());
        if points[at].is_alphanumeric() {
            while at < points.len() && (points[at].is_alphanumeric() || inner(at)) {
                at += 1;
            }
            let end = (start..at).find(|i| matches!(points[*i], '\'' | '’') && at - i <= 3).unwrap_or(at);
            words.push((start, end));
            if end < at {
                words.push((end, at));
            }
        } else {
            at += 1;
            if points[start] == '\n' || !points[start].is_whitespace() {
                words.push((start, at));
            }
        }
    }
    words
}

/// Names of GUM's trees: of each entity that is named for its head the run of proper nouns around it, the widest where one name holds
/// another. An organization that bears a place's name ("North Korea said") counts as that place; other proper nouns are left open.
pub fn gum_names(trees: &[Tree]) -> Vec<NamedSentence> {
    let found: Vec<Vec<(Range<usize>, usize)>> = trees.iter().map(gum_spans).collect();
    let text =
        |tree: &Tree, words: &Range<usize>| tree.words[words.clone()].iter().map(|word| word.form.as_str()).collect::<Vec<_>>().join(" ");
    let all = || trees.iter().zip(&found).flat_map(|(tree, spans)| spans.iter().map(move |(words, kind)| (tree, words, *kind)));
    let places: BTreeSet<String> = all().filter(|(_, _, kind)| *kind == 2).map(|(tree, words, _)| text(tree, words)).collect();
    let sentence = |(tree, spans): (&Tree, &Vec<(Range<usize>, usize)>)| {
        let mut marks = vec![Mark::OUTSIDE; tree.words.len()];
        for (words, kind) in spans {
            let kind = if *kind == 1 && places.contains(&text(tree, words)) { 2 } else { *kind };
            marks[words.start] = Mark::begin(kind);
            marks[words.start + 1..words.end].fill(Mark::inside(kind));
        }
        let open = tree.words.iter().zip(&marks).map(|(word, mark)| word.pos == Upos::Propn && *mark == Mark::OUTSIDE).collect();
        NamedSentence { words: tree.words.iter().map(|word| word.form.clone()).collect(), marks, others_marked: true, open }
    };
    trees.iter().zip(&found).map(sentence).collect()
}

/// The names in a tree and the numbers of their kinds, the widest of those that overlap.
fn gum_spans(tree: &Tree) -> Vec<(Range<usize>, usize)> {
    let mut entities = entities(tree);
    entities.sort_by_key(|(start, end, _)| (std::cmp::Reverse(end - start), *start));
    let mut names: Vec<(Range<usize>, usize)> = Vec::new();
    for (start, end, kind) in entities {
        let Some(kind) = gum_kind(&kind) else { continue };
        let head = (start..end).find(|at| !(start..end).contains(&tree.words[*at].head) || tree.words[*at].head == *at);
        let Some(head) = head.filter(|head| tree.words[*head].pos == Upos::Propn) else { continue };
        let mut from = head;
        while from > start && name_goes_on(tree, from - 1, head) {
            from -= 1;
        }
        let mut to = head + 1;
        while to < end && (name_goes_on(tree, to, head) || joins_name(tree, to, end, head)) {
            to += 1;
        }
        if names.iter().all(|(other, _)| to <= other.start || other.end <= from) {
            names.push((from..to, kind));
        }
    }
    names
}

fn name_goes_on(tree: &Tree, at: usize, head: usize) -> bool {
    let word = &tree.words[at];
    if at < head && word.relation == Relation::Nmod {
        return false; // A title: "President", "Mr.".
    }
    let capital = word.form.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    word.pos == Upos::Propn && word.head == head
        || capital && word.head == head && word.pos != Upos::Det && word.pos != Upos::Pron
        || word.form == "-"
}

/// A preposition, "the" or proper noun below a name's own modifier: "of Iran" in "Republic of Iran".
fn joins_name(tree: &Tree, at: usize, end: usize, head: usize) -> bool {
    let word = &tree.words[at];
    let proper = |at: usize| tree.words[at].pos == Upos::Propn;
    let below = |at: usize| tree.words[at].head == head || tree.words[tree.words[at].head].head == head;
    match word.form.as_str() {
        "of" | "and" | "for" => {
            below(at) && (at + 1..end.min(at + 4)).find(|i| tree.words[*i].form != "the").is_some_and(|i| proper(i) && below(i))
        }
        "the" => at > 0 && tree.words[at - 1].form == "of" && at + 1 < end && proper(at + 1),
        _ => proper(at) && below(at) && (proper(at - 1) || matches!(tree.words[at - 1].form.as_str(), "of" | "the" | "and" | "for" | "-")),
    }
}

fn gum_kind(kind: &str) -> Option<usize> {
    kind_of(kind).or(matches!(kind, "event" | "object" | "abstract").then_some(3))
}

/// The entities of a tree as GUM writes them in its last column: `Entity=(6-person-new…` opens, `6)` closes.
fn entities(tree: &Tree) -> Vec<(usize, usize, String)> {
    let mut open: Vec<(String, usize, String)> = Vec::new();
    let mut found = Vec::new();
    for (at, word) in tree.words.iter().enumerate() {
        let Some(value) = word.misc.split('|').find_map(|part| part.strip_prefix("Entity=")) else { continue };
        for piece in value.split_inclusive(')').flat_map(|piece| piece.split('(').map(str::to_owned).collect::<Vec<_>>()) {
            let closes = piece.ends_with(')');
            let body = piece.trim_end_matches(')');
            if body.is_empty() {
                continue;
            }
            let mut fields = body.split('-');
            let (id, kind) = (fields.next().unwrap_or_default(), fields.next());
            if let Some(kind) = kind {
                open.push((id.to_owned(), at, kind.to_owned()));
            }
            if closes && let Some(last) = open.iter().rposition(|(number, ..)| number == id) {
                let (_, start, kind) = open.remove(last);
                found.push((start, at + 1, kind));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use sayso_language::evaluate::read_treebank;
    use sayso_language::names::spans;

    use super::*;

    fn named(sentence: &NamedSentence) -> Vec<(String, usize)> {
        let kind = |start: usize| sentence.marks[start].kind().unwrap();
        spans(&sentence.marks).into_iter().map(|name| (sentence.words[name.words.clone()].join(" "), kind(name.words.start))).collect()
    }

    #[test]
    fn a_name_is_the_proper_nouns_of_its_entity_without_its_title() {
        let rows = [
            "1\tPresident\tPresident\tPROPN\tNNP\t_\t2\tnmod:desc\t_\tEntity=(1-person-new",
            "2\tJane\tJane\tPROPN\tNNP\t_\t4\tnsubj\t_\t_",
            "3\tRoe\tRoe\tPROPN\tNNP\t_\t2\tflat\t_\tEntity=1)",
            "4\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_",
            "5\tthe\tthe\tDET\tDT\t_\t6\tdet\t_\tEntity=(2-place-new",
            "6\ttown\ttown\tNOUN\tNN\t_\t4\tobj\t_\tEntity=2)",
        ];
        let trees = read_treebank(&rows.join("\n"));
        assert_eq!(named(&gum_names(&trees)[0]), [("Jane Roe".to_owned(), 0)]);
    }

    #[test]
    fn hyphens_part_marked_words_as_they_part_tokens() {
        let line = r#"{"tokens": ["Abu", "al-Hasan", "fled"], "tags": ["B-PER", "I-PER", "O"]}"#;
        let sentences = tagged(line).unwrap();
        assert_eq!(named(&sentences[0]), [("Abu al - Hasan".to_owned(), 0)]);
    }

    #[test]
    fn documents_under_a_non_commercial_licence_are_passed_over() {
        let document = |license: &str| {
            format!(
                r#"{{"license": "{license}", "text": "In Raqqa.", "entities": [{{"start": 3, "end": 8, "type": "Location", "confidence": 1.0}}]}}"#
            )
        };
        assert!(re3d(&document("CC-BY-NC-3.0")).unwrap().is_empty());
        assert_eq!(named(&re3d(&document("OGL-3.0")).unwrap()[0]), [("Raqqa".to_owned(), 2)]);
    }
}
