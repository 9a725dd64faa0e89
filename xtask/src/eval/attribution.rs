//! How well is it read who says what? PolNeAR's attributions: source, cue and content.

use std::collections::BTreeSet;

use sayso::types::{CodePoints, Span};
use sayso_coding::attribution::attributions;
use sayso_coding::syntax::Tree;
use serde::Deserialize;

use super::plain::{Stretch, document};
use super::{Corpus, Measures, Reading, f1, one_file, percent};

/// F1 of attributions. `rel_found`: contents overlap by half, or by a quarter where cues meet; `rel_who`: found, with a word of the right
/// source (or rightly none); `rel_strict`: all words of all three. `precision` and `recall` are those of `rel_who`. `who_given_found`: of
/// those found with a source, the share with a word of it.
pub const CORPUS: Corpus = Corpus { name: "attribution", files: one_file, measure };

#[derive(Deserialize)]
struct Row {
    text: String,
    attributions: Vec<Attribution>,
}

#[derive(Deserialize)]
struct Attribution {
    source: Vec<Stretch>,
    cue: Vec<Stretch>,
    content: Vec<Stretch>,
}

/// The numbers of the words of source, cue and content.
type Words = [BTreeSet<usize>; 3];

#[derive(Default)]
struct Counts {
    gold: usize,
    predicted: usize,
    found: usize,
    who: usize,
    strict: usize,
    sourced: usize,
    source_met: usize,
}

fn measure(reading: &Reading<'_>) -> anyhow::Result<(usize, Measures)> {
    let coder = reading.coder()?;
    let rows: Vec<Row> = reading.rows()?;
    let mut counts = Counts::default();
    for row in &rows {
        let document = document(&row.text, None);
        let analysis = coder.full_analysis(&document);
        let points = CodePoints::new(&document.text);
        let stretches = |spans: &[Span]| spans.iter().map(|s| Stretch::of(*s, &points)).collect();
        let found = attributions(&Tree::new(&document.text, &analysis), &coder.knowledge().cues);
        let found = found.iter().map(|a| Attribution {
            source: stretches(a.source.as_slice()),
            cue: stretches(&a.cue),
            content: stretches(&a.content),
        });
        let words = words(&row.text);
        let in_words = |a: Attribution| [a.source, a.cue, a.content].map(|spans| numbers(&words, &spans));
        let said = |words: &Words| words.iter().any(|w| !w.is_empty());
        let found: Vec<Words> = found.map(in_words).filter(said).collect();
        let gold = row.attributions.iter().map(|a| [&a.source, &a.cue, &a.content].map(|spans| numbers(&words, spans)));
        count(&gold.filter(said).collect::<Vec<_>>(), &found, &mut counts);
    }
    let c = counts;
    let measures = [
        ("rel_found", f1(c.found, c.predicted, c.gold)),
        ("rel_who", f1(c.who, c.predicted, c.gold)),
        ("precision", percent(c.who, c.predicted)),
        ("recall", percent(c.who, c.gold)),
        ("rel_strict", f1(c.strict, c.predicted, c.gold)),
        ("who_given_found", percent(c.source_met, c.sourced)),
    ];
    Ok((rows.len(), measures.map(|(name, value)| (name.to_owned(), value)).into()))
}

/// The runs of letters, digits and underscores, in code points.
fn words(text: &str) -> Vec<Stretch> {
    let mut words: Vec<Stretch> = Vec::new();
    for (at, _) in text.chars().enumerate().filter(|(_, c)| c.is_alphanumeric() || *c == '_') {
        match words.last_mut() {
            Some(word) if word.1 == at => word.1 = at + 1,
            _ => words.push(Stretch(at, at + 1)),
        }
    }
    words
}

fn numbers(words: &[Stretch], spans: &[Stretch]) -> BTreeSet<usize> {
    let touched = |span: &Stretch| {
        let first = words.partition_point(|word| word.1 <= span.0);
        first..words.partition_point(|word| word.0 < span.1).max(first)
    };
    spans.iter().flat_map(touched).collect()
}

fn count(gold: &[Words], found: &[Words], counts: &mut Counts) {
    counts.gold += gold.len();
    counts.predicted += found.len();
    let meets = |one: &BTreeSet<usize>, other: &BTreeSet<usize>| !one.is_disjoint(other);
    let mut candidates = Vec::new();
    for (g, gold) in gold.iter().enumerate() {
        for (f, found) in found.iter().enumerate() {
            let union = gold[2].union(&found[2]).count();
            let jaccard = gold[2].intersection(&found[2]).count() as f64 / union.max(1) as f64;
            let cue = meets(&gold[1], &found[1]);
            if jaccard >= 0.5 || (jaccard >= 0.25 && cue) {
                let score = jaccard + 0.5 * f64::from(u8::from(cue)) + 0.25 * f64::from(u8::from(meets(&gold[0], &found[0])));
                candidates.push((score, g, f));
            }
        }
    }
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let (mut golds, mut founds) = (BTreeSet::new(), BTreeSet::new());
    for (_, g, f) in candidates {
        if golds.contains(&g) || founds.contains(&f) {
            continue;
        }
        golds.insert(g);
        founds.insert(f);
        let (gold, found) = (&gold[g], &found[f]);
        let met = meets(&gold[0], &found[0]);
        counts.found += 1;
        counts.who += usize::from(met || (gold[0].is_empty() && found[0].is_empty()));
        counts.strict += usize::from(gold == found);
        counts.sourced += usize::from(!gold[0].is_empty());
        counts.source_met += usize::from(met);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_code_points_and_touched_by_any_part() {
        let words = words("“Café” said U.N. chief_1");
        assert_eq!(words, [Stretch(1, 5), Stretch(7, 11), Stretch(12, 13), Stretch(14, 15), Stretch(17, 24)]);
        assert_eq!(numbers(&words, &[Stretch(4, 8), Stretch(16, 20)]), [0, 1, 4].into());
        assert_eq!(numbers(&words, &[Stretch(5, 6)]), [].into());
    }
}
