//! What do the hand-written tables say? `divisions.tsv` and `regions.tsv`; errors name the line.

use anyhow::{Context, bail};
use sayso_coding::resolve::gazetteer::NamedPlace;
use sayso_types::{Place, PlaceKind};

/// A division as the table has it; `place.coordinates` is `None` where the point is to be derived.
pub fn divisions(text: &str) -> anyhow::Result<Vec<NamedPlace>> {
    places("divisions.tsv", text)
}

/// Regions and natural features.
pub fn regions(text: &str) -> anyhow::Result<Vec<NamedPlace>> {
    places("regions.tsv", text)
}

/// Both tables have the columns country, name, kind, latitude, longitude, other names, GeoNames id; the last may be left out.
fn places(file: &str, text: &str) -> anyhow::Result<Vec<NamedPlace>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).skip(1);
    lines.map(|(number, line)| place(line).with_context(|| format!("{file}:{}", number + 1))).collect()
}

fn place(line: &str) -> anyhow::Result<NamedPlace> {
    let mut cells = line.split('\t');
    let mut cell = || cells.next().unwrap_or_default();
    let (country, name, kind, latitude, longitude, names) = (cell(), cell(), cell(), cell(), cell(), cell());
    let id = match cells.next().unwrap_or_default() {
        "" => None,
        id => Some(id.parse().with_context(|| format!("expected a GeoNames id, found `{id}`"))?),
    };
    if cells.next().is_some() || name.is_empty() {
        bail!("expected country, name, kind, latitude, longitude, other names, GeoNames id");
    }
    let kind = PlaceKind::of_str(kind).with_context(|| format!("unknown kind `{kind}`"))?;
    let coordinates = match (latitude, longitude) {
        ("", "") => None,
        (latitude, longitude) => Some((degrees(latitude)?, degrees(longitude)?)),
    };
    let place = Place {
        geonames_id: id,
        name: name.to_string(),
        kind,
        country: country.to_string(),
        admin1: String::new(),
        coordinates,
        population: 0,
    };
    Ok(NamedPlace { place, names: names.split('|').filter(|n| !n.is_empty()).map(String::from).collect() })
}

fn degrees(text: &str) -> anyhow::Result<f64> {
    text.parse().with_context(|| format!("expected degrees, found `{text}`"))
}

/// The words of class `particle`.
pub fn particles(words: &str) -> Vec<String> {
    words.lines().filter_map(|line| line.strip_prefix("particle\t")).map(String::from).collect()
}
