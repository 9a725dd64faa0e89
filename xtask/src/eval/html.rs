//! How well are web pages read? Their text, what must and must not be in it, and the day of publication, each by the measure of the
//! benchmark that the pages come from: article-extraction-benchmark, trafilatura's and htmldate's.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::Context;
use rayon::prelude::*;
use regex::Regex;
use sayso::types::{BlockKind, Document, Outcome};
use sayso_page::{Content, Format, Given, Input, Limits, PageLexicon, PageSources};
use serde::Deserialize;

use super::{Corpus, Measures, Reading, one_file};
use crate::root;

/// From 0 to 1. `body`: F1 of the pages' mean precision and recall in runs of four words, without headlines. `segments`: F1 of stretches that belong to the
/// text and stretches that do not. `date`: share of pages with the right day. `title`, `author`: share of pages with just these words.
pub const CORPUS: Corpus = Corpus { name: "html", files: one_file, measure };

#[derive(Deserialize)]
struct Row {
    id: String,
    set: Set,
    url: Option<String>,
    page: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
    title: Option<String>,
    author: Option<Names>,
    date: Option<String>,
}

/// Which benchmark a page comes from.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Set {
    Body,
    Segments,
    Date,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Several(Vec<String>),
}

/// What one page adds to the measures.
#[derive(Clone, Debug, Default, PartialEq)]
struct Score {
    /// Precision and recall of the body, where there was something to be precise about.
    body: Option<(Option<f64>, f64)>,
    /// Stretches found and missed, and kept that do not belong.
    found: usize,
    lost: Vec<String>,
    kept: Vec<String>,
    /// Whether the title, the writers and the day are right, where the gold has them.
    title: Option<bool>,
    author: Option<bool>,
    date: Option<bool>,
}

fn measure(reading: &Reading<'_>) -> anyhow::Result<(usize, Measures)> {
    let lexicon = lexicon()?;
    // `NaN`, where a day is not known, is no JSON.
    let rows: Vec<Row> = reading.rows_of(|line| line.replace(": NaN", ": null"))?;
    let scores: Vec<Score> =
        rows.par_iter().map(|row| Ok(score(row, document(&lexicon, reading.folder, row)?.as_ref()))).collect::<anyhow::Result<_>>()?;
    rows.iter().zip(&scores).for_each(|(row, score)| report(reading, row, score));
    Ok((rows.len(), measures(&rows, &scores)))
}

fn lexicon() -> anyhow::Result<PageLexicon> {
    let text = |name: &str| std::fs::read_to_string(root().join("data/lexicons").join(name)).context(name.to_owned());
    let (boilerplate, months, languages, markup) =
        (text("en/boilerplate.toml")?, text("months.tsv")?, text("languages.tsv")?, text("markup.toml")?);
    let sources = PageSources { boilerplate: &boilerplate, months: &months, languages: &languages, markup: &markup };
    Ok(PageLexicon::parse(sources)?)
}

/// The document of a page; none where no text is found in it.
fn document(lexicon: &PageLexicon, folder: &Path, row: &Row) -> anyhow::Result<Option<Document>> {
    let path = folder.join(&row.page);
    let mut page = Vec::new();
    let file = std::fs::File::open(&path).with_context(|| path.display().to_string())?;
    std::io::Read::read_to_end(&mut flate2::read::MultiGzDecoder::new(file), &mut page).with_context(|| path.display().to_string())?;
    let given = Given { url: row.url.as_deref(), ..Given::default() };
    let input = Input { content: Content::Bytes(&page), format: Format::Html, given };
    Ok(sayso_page::document(lexicon, &Limits::default(), &input).ok())
}

fn score(row: &Row, document: Option<&Document>) -> Score {
    // The bodies of the first benchmark leave the headline out.
    let coded = |kind: BlockKind| kind.is_coded() && (kind == BlockKind::Body || row.set != Set::Body);
    let text = document.map(|document| report_text(document, coded)).unwrap_or_default();
    let day = document.and_then(|document| match &document.published {
        Outcome::Known(published) => published.date.exact_day().map(|day| day.to_string()),
        Outcome::Unknown(_) => None,
    });
    let right_day = row.date.as_ref().map(|gold| day.as_deref() == Some(gold.as_str()));
    match row.set {
        Set::Body => Score { body: Some(overlap(&row.body, &text)), ..Score::default() },
        // A page without a known day counts as one that was not read rightly.
        Set::Date => Score { date: Some(right_day.unwrap_or(false)), ..Score::default() },
        Set::Segments => {
            let text = single_spaced(&text);
            let (found, lost): (Vec<_>, Vec<_>) = row.with.iter().cloned().partition(|stretch| holds(&text, stretch));
            let kept = row.without.iter().filter(|stretch| holds(&text, stretch)).cloned().collect();
            let title = row.title.as_ref().map(|gold| {
                let title = document.and_then(|document| document.title.as_deref());
                title.is_some_and(|title| lower_words(gold) == lower_words(title))
            });
            let byline = document.and_then(|document| document.byline.as_deref());
            let author = row.author.as_ref().map(|gold| byline.is_some_and(|byline| gold.words() == sorted(lower_words(byline))));
            Score { found: found.len(), lost, kept, title, author, date: right_day, ..Score::default() }
        }
    }
}

/// The report as it is read: the blocks of these kinds and its dateline, a blank line between.
fn report_text(document: &Document, is_report: impl Fn(BlockKind) -> bool) -> String {
    let blocks = document.blocks.iter().filter(|block| is_report(block.kind) || block.kind == BlockKind::Dateline);
    blocks.map(|block| block.span.text(&document.text)).collect::<Vec<_>>().join("\n\n")
}

/// Precision and recall of a text in runs of four words; there is no precision of nothing.
fn overlap(gold: &str, text: &str) -> (Option<f64>, f64) {
    let (gold, found) = (shingles(gold), shingles(text));
    let size = |shingles: &BTreeMap<Vec<&str>, usize>| shingles.values().sum::<usize>();
    let shared: usize = gold.iter().map(|(shingle, count)| *count.min(found.get(shingle).unwrap_or(&0))).sum();
    let share = |of: usize| (of > 0).then(|| shared as f64 / of as f64);
    (share(size(&found)), share(size(&gold)).unwrap_or(0.0))
}

fn shingles(text: &str) -> BTreeMap<Vec<&str>, usize> {
    const LENGTH: usize = 4;
    let words = words(text);
    let mut shingles = BTreeMap::new();
    let starts = if words.is_empty() { 0 } else { words.len().saturating_sub(LENGTH - 1).max(1) };
    for start in 0..starts {
        *shingles.entry(words[start..words.len().min(start + LENGTH)].to_vec()).or_default() += 1;
    }
    shingles
}

/// The words of a text: runs of letters, digits and underscores.
fn words(text: &str) -> Vec<&str> {
    static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[\p{L}\p{N}_]+").expect("a valid pattern"));
    WORD.find_iter(text).map(|word| word.as_str()).collect()
}

fn lower_words(text: &str) -> Vec<String> {
    words(text).into_iter().map(str::to_lowercase).collect()
}

fn sorted(mut words: Vec<String>) -> Vec<String> {
    words.sort();
    words
}

impl Names {
    fn words(&self) -> Vec<String> {
        sorted(match self {
            Names::One(name) => lower_words(name),
            Names::Several(names) => lower_words(&names.join(" ")),
        })
    }
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn holds(text: &str, stretch: &str) -> bool {
    !text.is_empty() && text.contains(&single_spaced(stretch))
}

fn measures(rows: &[Row], scores: &[Score]) -> Measures {
    let of_set = |set: Set| rows.iter().zip(scores).filter(move |(row, _)| row.set == set).map(|(_, score)| score);
    let bodies: Vec<_> = of_set(Set::Body).filter_map(|score| score.body).collect();
    let precision = mean(bodies.iter().filter_map(|(precision, _)| *precision));
    let recall = mean(bodies.iter().map(|(_, recall)| *recall));
    let count = |of: fn(&Score) -> usize| of_set(Set::Segments).map(of).sum::<usize>() as f64;
    let (found, lost, kept) = (count(|score| score.found), count(|score| score.lost.len()), count(|score| score.kept.len()));
    let right = |set: Set, of: fn(&Score) -> Option<bool>| mean(of_set(set).filter_map(of).map(|right| f64::from(u8::from(right))));
    let measures = [
        ("body", harmonic(precision, recall)),
        ("segments", harmonic(found / (found + kept).max(1.0), found / (found + lost).max(1.0))),
        ("date", right(Set::Date, |score| score.date)),
        ("title", right(Set::Segments, |score| score.title)),
        ("author", right(Set::Segments, |score| score.author)),
    ];
    measures.map(|(name, value)| (name.to_owned(), value)).into()
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (count, sum) = values.fold((0usize, 0.0), |(count, sum), value| (count + 1, sum + value));
    if count == 0 { 0.0 } else { sum / count as f64 }
}

fn harmonic(one: f64, other: f64) -> f64 {
    if one + other == 0.0 { 0.0 } else { 2.0 * one * other / (one + other) }
}

/// Shows a page that was not read as the gold has it, where errors are asked for.
fn report(reading: &Reading<'_>, row: &Row, score: &Score) {
    let none: Vec<String> = Vec::new();
    reading.report(&format!("{} lost", row.id), &score.lost, &none);
    reading.report(&format!("{} kept", row.id), &score.kept, &none);
    for (what, right) in [("title", score.title), ("author", score.author), ("date", score.date)] {
        reading.report(&format!("{} {what}", row.id), &right.unwrap_or(true), &true);
    }
    let body = score.body.map_or((1.0, 1.0), |(precision, recall)| (precision.unwrap_or(0.0), recall));
    reading.report(&format!("{} body: precision, recall", row.id), &body, &(1.0, 1.0));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_four_words_are_compared() {
        for (gold, text, precision, recall) in [
            ("one two three four five", "one two three four", Some(1.0), 0.5),
            ("one two three four", "zero one two three four", Some(0.5), 1.0),
            ("a b", "a b", Some(1.0), 1.0),
            ("a b c d", "", None, 0.0),
        ] {
            assert_eq!(overlap(gold, text), (precision, recall), "{gold} / {text}");
        }
    }
}
