//! How do the countries of the world become a small file for a map? Natural Earth's borders, cut at 180 degrees, as whole hundredths
//! of a degree, each point told by its distance from the one before.

use std::collections::BTreeMap;

use anyhow::Context;
use serde::{Deserialize, Serialize};

/// A point: longitude and latitude.
type Point = [f64; 2];

#[derive(Deserialize)]
struct Topology {
    arcs: Vec<Vec<Point>>,
    objects: Objects,
    transform: Transform,
}

#[derive(Deserialize)]
struct Objects {
    countries: Collection,
}

#[derive(Deserialize)]
struct Collection {
    geometries: Vec<Geometry>,
}

#[derive(Deserialize)]
struct Transform {
    scale: Point,
    translate: Point,
}

#[derive(Deserialize)]
struct Geometry {
    /// ISO 3166-1's number.
    id: Option<String>,
    properties: Properties,
    #[serde(flatten)]
    shape: Shape,
}

#[derive(Deserialize)]
struct Properties {
    name: String,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "arcs")]
enum Shape {
    Polygon(Vec<Vec<i64>>),
    MultiPolygon(Vec<Vec<Vec<i64>>>),
}

/// What the map loads.
#[derive(Serialize)]
struct Light {
    /// So many units are a degree.
    unit: i64,
    countries: Vec<Country>,
}

#[derive(Serialize)]
struct Country {
    /// ISO 3166-1 alpha-3; none for a territory that ISO does not list.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    name: String,
    /// A point well inside its largest part.
    label: [i64; 2],
    /// The side of a square as large as it, in degrees: by it names are shown sooner or later.
    size: f64,
    /// Of each part its border and then its holes: the first point, then steps.
    parts: Vec<Vec<Vec<i64>>>,
}

const UNIT: f64 = 100.0;

/// The light form of world-atlas' countries; `codes` leads from ISO's numbers to its letters.
pub(super) fn light(topology: &str, codes: &str) -> anyhow::Result<Vec<u8>> {
    let topology: Topology = serde_json::from_str(topology).context("countries of world-atlas")?;
    let codes: Vec<[String; 4]> = serde_json::from_str(codes).context("codes of i18n-iso-countries")?;
    let letters: BTreeMap<&str, &str> = codes.iter().map(|[_, letters, number, _]| (number.as_str(), letters.as_str())).collect();
    let arcs: Vec<Vec<Point>> = topology.arcs.iter().map(|arc| unpacked(arc, &topology.transform)).collect();
    let mut countries: Vec<Country> =
        topology.objects.countries.geometries.iter().filter_map(|geometry| country(geometry, &arcs, &letters)).collect();
    countries.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(serde_json::to_vec(&Light { unit: UNIT as i64, countries })?)
}

fn unpacked(arc: &[Point], transform: &Transform) -> Vec<Point> {
    let (mut x, mut y) = (0.0, 0.0);
    let step = |[dx, dy]: &Point| {
        x += dx;
        y += dy;
        [x * transform.scale[0] + transform.translate[0], y * transform.scale[1] + transform.translate[1]]
    };
    arc.iter().map(step).collect()
}

fn country(geometry: &Geometry, arcs: &[Vec<Point>], letters: &BTreeMap<&str, &str>) -> Option<Country> {
    let polygons: Vec<&Vec<Vec<i64>>> = match &geometry.shape {
        Shape::Polygon(rings) => vec![rings],
        Shape::MultiPolygon(polygons) => polygons.iter().collect(),
    };
    let parts: Vec<Vec<Vec<Point>>> =
        polygons.into_iter().flat_map(|rings| cut(&rings.iter().map(|ring| joined(ring, arcs)).collect::<Vec<_>>())).collect();
    let largest = parts.iter().filter_map(|rings| rings.first()).max_by(|one, other| area(one).total_cmp(&area(other)))?;
    let whole: f64 = parts.iter().filter_map(|rings| rings.first()).map(|ring| area(ring)).sum();
    let code = geometry.id.as_deref().and_then(|id| letters.get(id)).map(|letters| (*letters).to_owned());
    Some(Country {
        code,
        name: geometry.properties.name.clone(),
        label: rounded(inside(largest)),
        size: (whole.sqrt() * 10.0).round() / 10.0,
        parts: parts
            .iter()
            .map(|rings| rings.iter().filter_map(|ring| steps(ring)).collect::<Vec<_>>())
            .filter(|p| !p.is_empty())
            .collect(),
    })
}

/// A ring of arcs; of a negative number the arc is walked back.
fn joined(ring: &[i64], arcs: &[Vec<Point>]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::new();
    for number in ring {
        let arc = &arcs[usize::try_from(if *number < 0 { !number } else { *number }).unwrap_or(0)];
        let skipped = usize::from(!points.is_empty());
        if *number < 0 { points.extend(arc.iter().rev().skip(skipped)) } else { points.extend(arc.iter().skip(skipped)) }
    }
    points
}

/// A polygon as those that lie between -180 and 180 degrees.
fn cut(rings: &[Vec<Point>]) -> Vec<Vec<Vec<Point>>> {
    let unwound: Vec<Vec<Point>> = rings.iter().map(|ring| unwound(ring)).collect();
    [-360.0, 0.0, 360.0]
        .iter()
        .filter_map(|turn| {
            let band = |ring: &Vec<Point>| {
                let turned: Vec<Point> = ring.iter().map(|[x, y]| [x + turn, *y]).collect();
                clipped(&clipped(&turned, 180.0, -1.0), -180.0, 1.0)
            };
            let parts: Vec<Vec<Point>> = unwound.iter().map(band).filter(|ring| ring.len() > 3 && area(ring) > 0.0).collect();
            (!parts.is_empty()).then_some(parts)
        })
        .collect()
}

/// The ring with longitudes that go on beyond 180 degrees; one around the south pole is closed along it.
fn unwound(ring: &[Point]) -> Vec<Point> {
    let mut turned: Vec<Point> = Vec::with_capacity(ring.len() + 2);
    for [longitude, latitude] in ring {
        let before = turned.last().map_or(*longitude, |point| point[0]);
        turned.push([before + (longitude - before + 180.0).rem_euclid(360.0) - 180.0, *latitude]);
    }
    if let (Some([first, _]), Some([last, _])) = (turned.first().copied(), turned.last().copied())
        && (first - last).abs() > 180.0
    {
        turned.extend([[last, -90.0], [first, -90.0]]);
    }
    turned
}

/// What of a ring lies on one side of a meridian: east of it for a `side` of 1, west for -1.
fn clipped(ring: &[Point], meridian: f64, side: f64) -> Vec<Point> {
    let within = |point: &Point| (point[0] - meridian) * side >= 0.0;
    let mut kept: Vec<Point> = Vec::new();
    for (at, point) in ring.iter().enumerate() {
        let before = &ring[if at == 0 { ring.len() - 1 } else { at - 1 }];
        if within(point) != within(before) {
            let share = (meridian - before[0]) / (point[0] - before[0]);
            kept.push([meridian, before[1] + share * (point[1] - before[1])]);
        }
        if within(point) {
            kept.push(*point);
        }
    }
    kept
}

/// Square degrees, as on a map.
fn area(ring: &[Point]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    (ring.iter().zip(next).map(|([x1, y1], [x2, y2])| x1 * y2 - x2 * y1).sum::<f64>() / 2.0).abs()
}

fn rounded(point: Point) -> [i64; 2] {
    point.map(|degrees| (degrees * UNIT).round() as i64)
}

/// The ring as its first point and steps; `None` where nothing is left of it.
fn steps(ring: &[Point]) -> Option<Vec<i64>> {
    let mut points: Vec<[i64; 2]> = ring.iter().map(|point| rounded(*point)).collect();
    points.dedup();
    if points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    if points.len() < 3 {
        return None;
    }
    let mut before = [0, 0];
    let step = |[x, y]: [i64; 2]| {
        let step = [x - before[0], y - before[1]];
        before = [x, y];
        step
    };
    Some(points.into_iter().flat_map(step).collect())
}

/// A point inside a ring that is far from its border, found on ever finer grids.
fn inside(ring: &[Point]) -> Point {
    let bounds =
        |axis: usize| ring.iter().map(|point| point[axis]).fold((f64::MAX, f64::MIN), |(low, high), at| (low.min(at), high.max(at)));
    let ((west, east), (south, north)) = (bounds(0), bounds(1));
    let mut best = ([f64::midpoint(west, east), f64::midpoint(south, north)], f64::MIN);
    let mut reach = [east - west, north - south];
    for _ in 0..4 {
        let [x, y] = best.0;
        for column in -10_i32..=10 {
            for row in -10_i32..=10 {
                let point = [x + reach[0] * f64::from(column) / 20.0, y + reach[1] * f64::from(row) / 20.0];
                let depth = depth(ring, point);
                if depth > best.1 {
                    best = (point, depth);
                }
            }
        }
        reach = reach.map(|side| side / 8.0);
    }
    best.0
}

/// How far a point is from a ring's border, negative outside.
fn depth(ring: &[Point], [x, y]: Point) -> f64 {
    let (mut within, mut nearest) = (false, f64::MAX);
    for ([x1, y1], [x2, y2]) in ring.iter().zip(ring.iter().cycle().skip(1)) {
        if (y1 > &y) != (y2 > &y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1 {
            within = !within;
        }
        let (dx, dy) = (x2 - x1, y2 - y1);
        let share = if dx == 0.0 && dy == 0.0 { 0.0 } else { (((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0) };
        nearest = nearest.min((x1 + share * dx - x).hypot(y1 + share * dy - y));
    }
    if within { nearest } else { -nearest }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_crosses_the_line_of_180_degrees_is_cut_there() {
        let fiji = vec![vec![[178.0, -18.0], [-179.0, -18.0], [-179.0, -16.0], [178.0, -16.0], [178.0, -18.0]]];
        let parts = cut(&fiji);
        assert_eq!(parts.len(), 2);
        for ring in parts.iter().flatten() {
            assert!(ring.iter().all(|[x, _]| (-180.0..=180.0).contains(x)), "{ring:?}");
            let wide = ring.windows(2).any(|pair| (pair[0][0] - pair[1][0]).abs() > 10.0);
            assert!(!wide, "{ring:?}");
        }
        let areas: Vec<f64> = parts.iter().flatten().map(|ring| area(ring)).collect();
        assert!((areas.iter().sum::<f64>() - 6.0).abs() < 1e-9, "{areas:?}");
    }

    #[test]
    fn a_name_stands_inside_its_country() {
        // A horseshoe: its middle lies outside.
        let horseshoe = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [8.0, 10.0], [8.0, 2.0], [2.0, 2.0], [2.0, 10.0], [0.0, 10.0]];
        assert!(depth(&horseshoe, inside(&horseshoe)) > 0.9);
    }
}
