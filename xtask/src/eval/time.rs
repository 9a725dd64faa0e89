//! How well are time expressions found and reckoned? TimeBank and AQUAINT, measured as TempEval-3 does.

use sayso::types::{CodePoints, Edtf};
use sayso_coding::mention::time::{TimeAnchor, timexes};
use serde::Deserialize;

use super::plain::{Stretch, document, pairs};
use super::{Corpus, Measures, Reading, f1, one_file, percent};

/// `strict` and `relaxed` are F1 of extents; `type` and `value` are relaxed F1 times the share of pairs that agree; `day` is the
/// share of pairs of dates and times whose value agrees to the day.
pub const CORPUS: Corpus = Corpus { name: "time", files: one_file, measure };

#[derive(Deserialize)]
struct Row {
    id: String,
    dct: String,
    text: String,
    timexes: Vec<Timex>,
}

#[derive(Deserialize)]
struct Timex {
    span: Stretch,
    #[serde(rename = "type")]
    kind: String,
    value: Option<String>,
}

#[derive(Default)]
struct Counts {
    gold: usize,
    found: usize,
    relaxed: usize,
    strict: usize,
    kind: usize,
    value: usize,
    dates: usize,
    days: usize,
}

fn measure(reading: &Reading<'_>) -> anyhow::Result<(usize, Measures)> {
    let coder = reading.coder()?;
    let rows: Vec<Row> = reading.rows()?;
    let mut counts = Counts::default();
    for row in &rows {
        let published: Option<Edtf> = row.dct.get(..10).and_then(|day| day.parse().ok());
        let document = document(&row.text, published.clone());
        let analysis = coder.analysis(&document);
        let points = CodePoints::new(&document.text);
        let found = timexes(&document.text, &analysis, &TimeAnchor { published: published.as_ref() }, &coder.knowledge().times);
        let found: Vec<Timex> = found
            .into_iter()
            .map(|t| Timex { span: Stretch::of(t.span, &points), kind: t.kind.as_str().to_owned(), value: Some(t.value) })
            .collect();
        count(row, &found, &mut counts, reading);
    }
    let c = counts;
    let relaxed = f1(c.relaxed, c.found, c.gold);
    let share = |part: usize| relaxed * part as f64 / c.relaxed.max(1) as f64;
    let measures = [
        ("strict", f1(c.strict, c.found, c.gold)),
        ("relaxed", relaxed),
        ("type", share(c.kind)),
        ("value", share(c.value)),
        ("day", percent(c.days, c.dates)),
    ];
    Ok((rows.len(), measures.map(|(name, value)| (name.to_owned(), value)).into()))
}

fn count(row: &Row, found: &[Timex], counts: &mut Counts, reading: &Reading<'_>) {
    let spans = |timexes: &[Timex]| timexes.iter().map(|t| t.span).collect::<Vec<_>>();
    counts.gold += row.timexes.len();
    counts.found += found.len();
    let paired = pairs(&spans(&row.timexes), &spans(found));
    note_unpaired(row, found, &paired, reading);
    for (g, f) in paired {
        let (gold, found) = (&row.timexes[g], &found[f]);
        reading.report(&row.id, &(found.span, &found.value), &(gold.span, &gold.value));
        counts.relaxed += 1;
        counts.strict += usize::from(gold.span == found.span);
        counts.kind += usize::from(gold.kind == found.kind);
        counts.value += usize::from(gold.value == found.value);
        if matches!(gold.kind.as_str(), "DATE" | "TIME") {
            let day = |t: &Timex| t.value.as_ref().map(|v| v.get(..10).unwrap_or(v).to_owned());
            counts.dates += 1;
            counts.days += usize::from(day(gold) == day(found));
        }
    }
}

/// Shows what the gold has and was not found, and what was found besides.
fn note_unpaired(row: &Row, found: &[Timex], paired: &[(usize, usize)], reading: &Reading<'_>) {
    for (at, gold) in row.timexes.iter().enumerate().filter(|(at, _)| paired.iter().all(|(g, _)| g != at)) {
        let words: String = row.text.chars().skip(gold.span.0).take(gold.span.1 - gold.span.0).collect();
        reading.note(&row.id, &format!("missed {at} {:?} {words:?} {:?}", gold.span, gold.value));
    }
    for (at, other) in found.iter().enumerate().filter(|(at, _)| paired.iter().all(|(_, f)| f != at)) {
        let words: String = row.text.chars().skip(other.span.0).take(other.span.1 - other.span.0).collect();
        reading.note(&row.id, &format!("besides {at} {:?} {words:?} {:?}", other.span, other.value));
    }
}
