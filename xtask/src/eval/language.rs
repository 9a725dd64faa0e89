//! How well are words, syntax and names read? Universal Dependencies EWT and GUM, and the names of worldwide newswire.

use anyhow::Context;
use sayso::{Coder, Profile};
use sayso_language::evaluate::{self, SpanScore, read_treebank};
use sayso_types::{NameClass, NameSpan, Scorer};
use serde::Deserialize;

use super::{Corpus, Measures, Reading, Split};

/// `upos`, `uas`, `las` and `lemma` (by the treebank's parts of speech) on the treebanks' own words, punctuation left out of the attachment scores; `names.*` are exact spans of
/// persons, organizations and places (a facility is a place). Under `linear.` those of the linear models alone.
pub const CORPUS: Corpus = Corpus { name: "language", files, measure };

fn files(split: Split) -> Vec<String> {
    let split = split.as_str();
    vec![format!("ewt-{split}.conllu.gz"), format!("gum-{split}.conllu.gz"), format!("ww-{split}.jsonl.gz")]
}

fn measure(reading: &Reading<'_>) -> anyhow::Result<(usize, Measures)> {
    let linear = Coder::of_profile(Profile::Fast)?;
    let (mut items, mut measures) = (0, Measures::new());
    for (name, _) in &reading.texts {
        let text = reading.text(name)?.unwrap_or_default();
        if let Some((treebank @ ("ewt" | "gum"), _)) = name.split_once('-') {
            measures.insert(format!("{treebank}.lemma"), evaluate::lemmas(&read_treebank(&text), linear.lexicon()));
        }
        for (prefix, scorer) in [("", reading.coder()?.scorer()), ("linear.", linear.scorer())] {
            let count = match name.split_once('-') {
                Some((treebank @ ("ewt" | "gum"), _)) => treebank_scores(&format!("{prefix}{treebank}"), &text, scorer, &mut measures),
                _ => name_scores(&format!("{prefix}names"), &text, scorer, &mut measures).with_context(|| name.clone())?,
            };
            items += if prefix.is_empty() { count } else { 0 };
        }
    }
    Ok((items, measures))
}

fn treebank_scores(name: &str, text: &str, scorer: &dyn Scorer, measures: &mut Measures) -> usize {
    let trees = read_treebank(text);
    let scores = evaluate::treebank(&trees, scorer);
    for (measure, value) in [("upos", scores.upos), ("uas", scores.uas_content), ("las", scores.las_content)] {
        measures.insert(format!("{name}.{measure}"), value);
    }
    trees.len()
}

#[derive(Deserialize)]
struct Tagged {
    tokens: Vec<String>,
    tags: Vec<String>,
}

fn name_scores(prefix: &str, text: &str, scorer: &dyn Scorer, measures: &mut Measures) -> anyhow::Result<usize> {
    let sentences: Vec<Tagged> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let words: Vec<Vec<&str>> = sentences.iter().map(|s| s.tokens.iter().map(String::as_str).collect()).collect();
    let slices: Vec<&[&str]> = words.iter().map(Vec::as_slice).collect();
    let mut readings = scorer.tags(&slices);
    scorer.closely(&slices, &mut readings);
    let found: Vec<Vec<NameSpan>> =
        readings.into_iter().map(|r| r.names.into_iter().filter(|n| n.kind != NameClass::Other).collect()).collect();
    let gold: Vec<Vec<NameSpan>> = sentences.iter().map(|s| spans(&s.tags)).collect();
    let score = |kind: Option<NameClass>| -> SpanScore {
        let only = |sets: &[Vec<NameSpan>]| {
            sets.iter().map(|set| set.iter().filter(|n| kind.is_none_or(|k| n.kind == k)).cloned().collect()).collect::<Vec<_>>()
        };
        evaluate::names(&only(&found), &only(&gold))
    };
    let kinds = [
        ("f1", None),
        ("person_f1", Some(NameClass::Person)),
        ("organization_f1", Some(NameClass::Organization)),
        ("location_f1", Some(NameClass::Location)),
    ];
    for (name, kind) in kinds {
        measures.insert(format!("{prefix}.{name}"), score(kind).f1());
    }
    Ok(sentences.len())
}

/// The spans of BIO tags whose classes are persons, organizations or places.
fn spans(tags: &[String]) -> Vec<NameSpan> {
    let mut found: Vec<NameSpan> = Vec::new();
    let mut open = None;
    for (at, tag) in tags.iter().enumerate() {
        let (mark, class) = tag.split_once('-').unwrap_or((tag.as_str(), ""));
        let kind = class_of(class);
        match (mark, kind) {
            ("I", Some(kind)) if open == Some(kind) => found.iter_mut().for_each(|n| n.words.end += usize::from(n.words.end == at)),
            (_, Some(kind)) => found.push(NameSpan { words: at..at + 1, kind }),
            _ => {}
        }
        open = kind;
    }
    found
}

fn class_of(class: &str) -> Option<NameClass> {
    match class {
        "Person" | "PER" => Some(NameClass::Person),
        "Organization" | "ORG" => Some(NameClass::Organization),
        "Location" | "Facility" | "LOC" => Some(NameClass::Location),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_joined_to_spans_of_the_three_kinds() {
        let tags: Vec<String> =
            "O B-Person I-Person B-Person O B-NORP I-NORP B-Facility I-Facility".split(' ').map(str::to_owned).collect();
        let found: Vec<_> = spans(&tags).into_iter().map(|n| (n.words, n.kind)).collect();
        assert_eq!(found, [(1..3, NameClass::Person), (3..4, NameClass::Person), (7..9, NameClass::Location)]);
    }
}
