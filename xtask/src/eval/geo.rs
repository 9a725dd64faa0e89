//! How well are toponyms found and placed? GeoWebNews, TR-News and others, as in Gritta and others (2020).

use sayso::types::CodePoints;
use serde::Deserialize;

use super::plain::{Stretch, document, pairs};
use super::{Corpus, Measures, Reading, f1, one_file, percent};

/// `tag`: F1 of overlapping names; `placed`: F1 of names within 161 km of the gold's point or with its GeoNames id; `near`: of those
/// names of which gold and program have a point, the share within 161 km.
pub const CORPUS: Corpus = Corpus { name: "geo", files: one_file, measure };

#[derive(Deserialize)]
struct Row {
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

fn measure(reading: &Reading<'_>) -> anyhow::Result<(usize, Measures)> {
    let coder = reading.coder()?;
    let rows: Vec<Row> = reading.rows()?;
    let mut counts = Counts::default();
    for row in &rows {
        let document = document(&row.text, None);
        let analysis = coder.analysis(&document);
        let points = CodePoints::new(&document.text);
        let mentions = coder.mentions(&document, &analysis);
        let found = mentions.places.iter().map(|mention| {
            let place = mention.place.known();
            let (lat, lon) = place.and_then(|p| p.coordinates).unzip();
            Toponym { span: Stretch::of(mention.span, &points), kind: None, lat, lon, geonameid: place.and_then(|p| p.geonames_id) }
        });
        count(row, &found.collect::<Vec<_>>(), &mut counts);
    }
    let c = counts;
    let measures = [
        ("tag", f1(c.overlap, c.found, c.gold)),
        ("placed", f1(c.placed, c.found_points, c.gold_points)),
        ("near", percent(c.near, c.paired)),
    ];
    Ok((rows.len(), measures.map(|(name, value)| (name.to_owned(), value)).into()))
}

fn count(row: &Row, found: &[Toponym], counts: &mut Counts) {
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
    counts.overlap += pairs(&spans(&gold), &spans(&all)).len();
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
        counts.paired += 1;
        counts.near += usize::from(near);
        counts.placed += usize::from(near || (gold.geonameid.is_some() && gold.geonameid == found.geonameid));
    }
}

/// Along a great circle.
fn distance_km(one: &Toponym, other: &Toponym) -> Option<f64> {
    let radians = |degrees: Option<f64>| degrees.map(f64::to_radians);
    let (lat, lon, other_lat, other_lon) = (radians(one.lat)?, radians(one.lon)?, radians(other.lat)?, radians(other.lon)?);
    let half = ((other_lat - lat) / 2.0).sin().powi(2) + lat.cos() * other_lat.cos() * ((other_lon - lon) / 2.0).sin().powi(2);
    Some(2.0 * 6371.0 * half.sqrt().min(1.0).asin())
}
