//! How good are the models? Measures on the dev parts of the corpora, by name.

use std::time::Instant;

use sayso_language::evaluate::{self, Tree, TreebankScores};
use sayso_language::{Lexicon, Models};
use sayso_types::{NameClass, NameSpan, Scorer};

use crate::Corpora;
use crate::name_corpora::NamedSentence;

/// Measures by corpus and name; percentages, and words a second.
pub type Measures = Vec<(String, String, f64)>;

/// All measures of the models on the corpora's dev parts.
pub fn measure(corpora: &Corpora, models: &Models, lexicon: &Lexicon) -> Measures {
    let mut measures = Measures::new();
    for (corpus, trees) in [("ewt-dev", &corpora.ewt_dev), ("gum-dev", &corpora.gum_dev)] {
        let scores = evaluate::treebank(trees, models);
        push_treebank(&mut measures, corpus, &scores);
        measures.push((corpus.to_owned(), "lemma".to_owned(), evaluate::lemmas(trees, lexicon)));
        measures.push((corpus.to_owned(), "tokens".to_owned(), evaluate::tokens_kept(trees, lexicon).f1()));
    }
    let news: Vec<Tree> = corpora.gum.iter().chain(&corpora.gum_dev).filter(|tree| tree.id.starts_with("GUM_news")).cloned().collect();
    let boundaries = evaluate::boundaries(&evaluate::paragraphs(&news), lexicon);
    measures.push(("gum-news".to_owned(), "boundaries".to_owned(), boundaries.f1()));
    measures.push(("gum-news".to_owned(), "boundaries_precision".to_owned(), boundaries.precision()));
    measures.push(("gum-news".to_owned(), "boundaries_recall".to_owned(), boundaries.recall()));
    push_names(&mut measures, &corpora.names_dev, models);
    measures
}

fn push_treebank(measures: &mut Measures, corpus: &str, scores: &TreebankScores) {
    let values = [
        ("upos", scores.upos),
        ("uas", scores.uas),
        ("las", scores.las),
        ("uas_content", scores.uas_content),
        ("las_content", scores.las_content),
        ("las_subtypes", scores.las_subtypes),
    ];
    measures.extend(values.map(|(name, value)| (corpus.to_owned(), name.to_owned(), value)));
}

fn push_names(measures: &mut Measures, sentences: &[NamedSentence], models: &Models) {
    let words: Vec<Vec<&str>> = sentences.iter().map(|sentence| sentence.words.iter().map(String::as_str).collect()).collect();
    let slices: Vec<&[&str]> = words.iter().map(Vec::as_slice).collect();
    let known = |names: &[NameSpan]| names.iter().filter(|name| name.kind != NameClass::Other).cloned().collect::<Vec<_>>();
    let found: Vec<Vec<NameSpan>> = models.tags(&slices).iter().map(|reading| known(&reading.names)).collect();
    let gold: Vec<Vec<NameSpan>> = sentences.iter().map(|sentence| sayso_language::names::spans(&sentence.marks)).collect();
    let all = evaluate::names(&found, &gold);
    for (name, value) in [("names_f1", all.f1()), ("names_precision", all.precision()), ("names_recall", all.recall())] {
        measures.push(("ww-dev".to_owned(), name.to_owned(), value));
    }
    for (name, kind) in
        [("person_f1", NameClass::Person), ("organization_f1", NameClass::Organization), ("location_f1", NameClass::Location)]
    {
        let only = |sets: &[Vec<NameSpan>]| {
            sets.iter().map(|set| set.iter().filter(|name| name.kind == kind).cloned().collect()).collect::<Vec<Vec<_>>>()
        };
        measures.push(("ww-dev".to_owned(), name.to_owned(), evaluate::names(&only(&found), &only(&gold)).f1()));
    }
}

/// Words a second on one core, of tags with names, and of syntax: best of three runs over the dev sentences.
#[allow(clippy::disallowed_methods, reason = "a timing is what is asked for, and it enters no result")]
pub fn speed(corpora: &Corpora, models: &Models) -> (f64, f64) {
    let trees: Vec<Vec<&str>> = corpora.gum_dev.iter().map(|tree| tree.words.iter().map(|word| word.form.as_str()).collect()).collect();
    let sentences: Vec<&[&str]> = trees.iter().map(Vec::as_slice).collect();
    let words = sentences.iter().map(|words| words.len()).sum::<usize>() as f64;
    let (mut tags, mut arcs) = (f64::MAX, f64::MAX);
    for _ in 0..3 {
        let start = Instant::now();
        let mut readings = models.tags(&sentences);
        tags = tags.min(start.elapsed().as_secs_f64());
        let start = Instant::now();
        models.arcs(&sentences, &mut readings);
        arcs = arcs.min(start.elapsed().as_secs_f64());
    }
    (words / tags, words / arcs)
}
