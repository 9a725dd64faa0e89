//! How well are toponyms found and placed? GeoWebNews, TR-News and others, as in Gritta and others (2020).

use std::collections::BTreeMap;

use sayso::types::CodePoints;
use serde::Deserialize;

use super::plain::{Stretch, document, pairs};
use super::{Corpus, Measures, Reading, f1, one_file, percent};

/// Of GeoWebNews alone, as published: `tag_exact`, the F1 of names with exactly the gold's bounds, and `end_to_end`, the F1 of names that
/// overlap the gold's and are within 161 km of its point or have its GeoNames id. The same for each corpus after its name; and over
/// all of them `tag`, the F1 of overlapping names; `placed`, as `end_to_end`; and `near`: of the names of which gold and program have a
/// point, the share within 161 km.
pub const CORPUS: Corpus = Corpus { name: "geo", files: one_file, measure };

/// The corpus whose figures others have published.
const PUBLISHED: &str = "gwn";

#[derive(Deserialize)]
struct Row {
    id: String,
    corpus: String,
    text: String,
    toponyms: Vec<Toponym>,
}

#[derive(Deserialize)]
struct Toponym {
    span: Stretch,
    #[serde(rename = "type", default)]
    kind: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    #[serde(default)]
    geonameid: Option<u32>,
}

#[derive(Default)]
struct Counts {
    gold: usize,
    found: usize,
    exact: usize,
    overlap: usize,
    gold_points: usize,
    found_points: usize,
    paired: usize,
    near: usize,
    placed: usize,
}

/// Types of GeoWebNews that are no toponyms.
const NO_TOPONYM: [&str; 3] = ["Non_Toponym", "Literal_Expression", "Non_Lit_Expression"];

/// Within this many kilometres a point counts as right: a hundred miles, as in the literature.
const NEAR_KM: f64 = 161.0;

/// The code points on each side of a name that is shown among the errors.
const SHOWN: usize = 40;

fn measure(reading: &Reading<'_>) -> anyhow::Result<(usize, Measures)> {
    let coder = reading.coder()?;
    let rows: Vec<Row> = reading.rows()?;
    let mut corpora: BTreeMap<&str, Counts> = BTreeMap::new();
    for row in &rows {
        let document = document(&row.text, None);
        let analysis = coder.analysis(&document);
        let points = CodePoints::new(&document.text);
        let mentions = coder.mentions(&document, &analysis);
        let found = mentions.places.iter().chain(&mentions.passing).map(|mention| {
            let place = mention.place.known();
            let (lat, lon) = place.and_then(|p| p.coordinates).unzip();
            Toponym { span: Stretch::of(mention.span, &points), kind: None, lat, lon, geonameid: place.and_then(|p| p.geonames_id) }
        });
        let found: Vec<Toponym> = found.collect();
        corpora.entry(&row.corpus).or_default().add(&count(row, &found, reading));
    }
    let mut measures = Measures::new();
    let mut all = Counts::default();
    for (corpus, counts) in &corpora {
        all.add(counts);
        let figures = [("tag_exact", f1(counts.exact, counts.found, counts.gold)), ("end_to_end", counts.end_to_end())];
        for (name, value) in figures {
            measures.insert(format!("{corpus}.{name}"), value);
            if *corpus == PUBLISHED {
                measures.insert(name.to_owned(), value);
            }
        }
    }
    let over_all = [("tag", f1(all.overlap, all.found, all.gold)), ("placed", all.end_to_end()), ("near", percent(all.near, all.paired))];
    measures.extend(over_all.map(|(name, value)| (name.to_owned(), value)));
    Ok((rows.len(), measures))
}

impl Counts {
    fn add(&mut self, more: &Counts) {
        self.gold += more.gold;
        self.found += more.found;
        self.exact += more.exact;
        self.overlap += more.overlap;
        self.gold_points += more.gold_points;
        self.found_points += more.found_points;
        self.paired += more.paired;
        self.near += more.near;
        self.placed += more.placed;
    }

    fn end_to_end(&self) -> f64 {
        f1(self.placed, self.found_points, self.gold_points)
    }
}

fn count(row: &Row, found: &[Toponym], reading: &Reading<'_>) -> Counts {
    let mut counts = Counts::default();
    let spans = |toponyms: &[&Toponym]| toponyms.iter().map(|t| t.span).collect::<Vec<_>>();
    let mut gold: Vec<&Toponym> = Vec::new();
    for toponym in row.toponyms.iter().filter(|t| t.kind.as_deref().is_none_or(|kind| !NO_TOPONYM.contains(&kind))) {
        if !gold.iter().any(|other| other.span == toponym.span) {
            gold.push(toponym);
        }
    }
    let all: Vec<&Toponym> = found.iter().collect();
    counts.gold += gold.len();
    counts.found += all.len();
    counts.exact += gold.iter().filter(|g| all.iter().any(|f| f.span == g.span)).count();
    counts.overlap += pairs(&spans(&gold), &spans(&all)).len();
    show(row, &gold, &all, reading);
    let pointed: Vec<&Toponym> = gold.into_iter().filter(|t| t.lat.is_some()).collect();
    let placed: Vec<&Toponym> = all.into_iter().filter(|t| t.lat.is_some()).collect();
    let taken = pairs(&spans(&pointed), &spans(&placed));
    let pointless: Vec<&Toponym> = row.toponyms.iter().filter(|t| t.lat.is_none()).collect();
    let counted = |f: usize| taken.iter().any(|(_, t)| *t == f) || pointless.iter().all(|t| t.span.shared(placed[f].span) == 0);
    counts.gold_points += pointed.len();
    counts.found_points += (0..placed.len()).filter(|f| counted(*f)).count();
    for (g, f) in taken {
        let (gold, found) = (pointed[g], placed[f]);
        let near = distance_km(gold, found).is_some_and(|km| km <= NEAR_KM);
        let right = near || (gold.geonameid.is_some() && gold.geonameid == found.geonameid);
        counts.paired += 1;
        counts.near += usize::from(near);
        counts.placed += usize::from(right);
        if !right {
            reading.report(&row.id, &found.shown(row), &gold.shown(row));
        }
    }
    counts
}

/// Names that only the gold or only the program has.
fn show(row: &Row, gold: &[&Toponym], found: &[&Toponym], reading: &Reading<'_>) {
    let missed = gold.iter().filter(|g| found.iter().all(|f| f.span != g.span));
    missed.for_each(|g| reading.report(&row.id, &String::new(), &g.shown(row)));
    let invented = found.iter().filter(|f| gold.iter().all(|g| g.span != f.span));
    invented.for_each(|f| reading.report(&row.id, &f.shown(row), &String::new()));
}

impl Toponym {
    /// Its kind, its words between those about them, and its point.
    fn shown(&self, row: &Row) -> String {
        let stretch = |from: usize, to: usize| row.text.chars().skip(from).take(to.saturating_sub(from)).collect::<String>();
        let (before, after) = (stretch(self.span.0.saturating_sub(SHOWN), self.span.0), stretch(self.span.1, self.span.1 + SHOWN));
        let point = self.lat.zip(self.lon).map_or(String::new(), |(lat, lon)| format!(" {lat:.2} {lon:.2}"));
        format!("{}{point}: {before}[{}]{after}", self.kind.as_deref().unwrap_or("-"), stretch(self.span.0, self.span.1))
    }
}

/// Along a great circle.
fn distance_km(one: &Toponym, other: &Toponym) -> Option<f64> {
    let radians = |degrees: Option<f64>| degrees.map(f64::to_radians);
    let (lat, lon, other_lat, other_lon) = (radians(one.lat)?, radians(one.lon)?, radians(other.lat)?, radians(other.lon)?);
    let half = ((other_lat - lat) / 2.0).sin().powi(2) + lat.cos() * other_lat.cos() * ((other_lon - lon) / 2.0).sin().powi(2);
    Some(2.0 * 6371.0 * half.sqrt().min(1.0).asin())
}
