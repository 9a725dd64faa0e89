//! How surely is a place known, and which shape stands for that? Never a pin where only an area is told.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use sayso::gazetteer::{Extent, extents};
use sayso_types::record::GroupPlace;
use serde::Serialize;

/// How surely the place of an event is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// A town, village or site (UCDP where_prec 1).
    Exact,
    /// Near a town or site (2).
    Near,
    /// A district, known by its middle (3).
    District,
    /// A province, known by its middle (4).
    Province,
    /// A region, river or mountains, known by a middle (5).
    Region,
    /// Nobody said how surely.
    Unsaid,
    /// No more than a country (6 and above).
    Country,
}

impl Precision {
    /// All of them, the surest first.
    pub const ALL: [Precision; 7] = [
        Precision::Exact,
        Precision::Near,
        Precision::District,
        Precision::Province,
        Precision::Region,
        Precision::Unsaid,
        Precision::Country,
    ];

    /// The precision of UCDP's code; 0 stands for none.
    pub fn of_where_prec(code: u8) -> Precision {
        match code {
            0 => Precision::Unsaid,
            1 => Precision::Exact,
            2 => Precision::Near,
            3 => Precision::District,
            4 => Precision::Province,
            5 => Precision::Region,
            _ => Precision::Country,
        }
    }

    /// Its code.
    pub fn as_str(self) -> &'static str {
        match self {
            Precision::Exact => "exact",
            Precision::Near => "near",
            Precision::District => "district",
            Precision::Province => "province",
            Precision::Region => "region",
            Precision::Unsaid => "unsaid",
            Precision::Country => "country",
        }
    }

    /// The precision of a code.
    pub fn of_str(code: &str) -> Option<Precision> {
        Precision::ALL.into_iter().find(|precision| precision.as_str() == code)
    }

    /// What the shape on a map means, in words.
    pub fn words(self) -> &'static str {
        match self {
            Precision::Exact => "a town, village or site: a dot",
            Precision::Near => "near a town or site: the 25 km around it",
            Precision::District => "a district: the 40 km around its middle, for its border is not at hand",
            Precision::Province => "a province: the circle around the middle of its known towns that holds nine in ten of them",
            Precision::Region => "a region, river or mountains: the 150 km around the middle",
            Precision::Unsaid => "nobody said how surely: the 50 km around the point",
            Precision::Country => "a country and no more: the whole country hatched",
        }
    }

    /// The kilometres around the point that stand for it, unless more is known.
    pub fn km(self) -> f64 {
        match self {
            Precision::Exact | Precision::Country => 0.0,
            Precision::Near => 25.0,
            Precision::District => 40.0,
            Precision::Province => 100.0,
            Precision::Region => 150.0,
            Precision::Unsaid => 50.0,
        }
    }
}

/// The area in which something lies that is known so surely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reach {
    /// Degrees: its middle.
    pub longitude: f64,
    /// Degrees.
    pub latitude: f64,
    /// Kilometres around the middle; 0 for an exact place.
    pub km: f64,
}

/// The area of what lies at a point, with the extent of the province that it is known to lie in, where that is known.
pub fn reach(extent: Option<Extent>, [longitude, latitude]: [f64; 2], precision: Precision) -> Reach {
    match extent.filter(|_| precision == Precision::Province) {
        Some(extent) => Reach { longitude: extent.longitude, latitude: extent.latitude, km: extent.km.max(10.0) },
        None => Reach { longitude, latitude, km: precision.km() },
    }
}

/// Where something is, as far as it is told.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Located {
    /// Within so many kilometres of a point; an exact place has none around it.
    Within(Precision, Reach),
    /// In a country, and no more is told.
    Country,
    /// Nobody says where, or the gazetteer does not know it.
    Unknown,
}

impl Located {
    /// Where a place is.
    pub fn of(place: Option<&GroupPlace>) -> Located {
        let Some(place) = place else { return Located::Unknown };
        let precision = Precision::of_where_prec(place.where_prec.unwrap_or(0));
        match place.longitude.zip(place.latitude) {
            Some(_) if precision == Precision::Country => Located::Country,
            Some((longitude, latitude)) => {
                let extent =
                    place.country.as_deref().zip(place.admin1.as_deref()).and_then(|(country, division)| extent(country, division));
                Located::Within(precision, reach(extent, [longitude, latitude], precision))
            }
            None if place.country.is_some() => Located::Country,
            None => Located::Unknown,
        }
    }

    /// Its precision's code; `None` where the place is unknown.
    pub fn precision(self) -> Option<Precision> {
        match self {
            Located::Within(precision, _) => Some(precision),
            Located::Country => Some(Precision::Country),
            Located::Unknown => None,
        }
    }

    /// The point or area that stands for it; `None` where that would be a false one.
    pub fn shape(self) -> Option<Shape> {
        match self {
            Located::Within(Precision::Exact, reach) => Some(Shape::Point([reach.longitude, reach.latitude])),
            Located::Within(_, reach) => Some(Shape::Area(around(reach))),
            Located::Country | Located::Unknown => None,
        }
    }
}

/// What stands for a place: longitude before latitude, in degrees of WGS 84.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// An exact place.
    Point([f64; 2]),
    /// An area: rings that are closed and run against the clock; more than one where it crosses the antimeridian.
    Area(Vec<Vec<[f64; 2]>>),
}

/// How far the division of a country reaches.
fn extent(country: &str, division: &str) -> Option<Extent> {
    static EXTENTS: OnceLock<BTreeMap<(String, String), Extent>> = OnceLock::new();
    // Without the program's own data nothing could have been read, so that none is missing here.
    EXTENTS.get_or_init(|| extents().unwrap_or_default()).get(&(country.to_owned(), division.to_owned())).copied()
}

/// The corners of the polygon that stands for a circle.
const CORNERS: usize = 64;

/// Kilometres from the middle of the Earth to its surface.
const EARTH: f64 = 6_371.008_8;

/// The circle around a middle on the sphere, cut in two where it crosses the antimeridian.
fn around(reach: Reach) -> Vec<Vec<[f64; 2]>> {
    let (latitude, angle) = (reach.latitude.to_radians(), reach.km / EARTH);
    let corner = |number: usize| {
        // Against the clock: from north to west.
        let bearing = -std::f64::consts::TAU * number as f64 / CORNERS as f64;
        let sine = latitude.sin() * angle.cos() + latitude.cos() * angle.sin() * bearing.cos();
        let turn = (bearing.sin() * angle.sin() * latitude.cos()).atan2(angle.cos() - latitude.sin() * sine);
        [reach.longitude + turn.to_degrees(), sine.clamp(-1.0, 1.0).asin().to_degrees()]
    };
    let ring: Vec<[f64; 2]> = (0..CORNERS).map(corner).collect();
    let parts = [cut(&ring, -180.0, 180.0), shifted(cut(&ring, 180.0, 540.0), -360.0), shifted(cut(&ring, -540.0, -180.0), 360.0)];
    parts.into_iter().filter(|part| part.len() >= 3).map(closed).collect()
}

/// The part of a ring that lies between two meridians.
fn cut(ring: &[[f64; 2]], west: f64, east: f64) -> Vec<[f64; 2]> {
    let clip = |ring: Vec<[f64; 2]>, edge: f64, inside: fn(f64, f64) -> bool| {
        let mut kept = Vec::with_capacity(ring.len());
        for (at, point) in ring.iter().enumerate() {
            let before = ring[(at + ring.len() - 1) % ring.len()];
            if inside(point[0], edge) != inside(before[0], edge) {
                let share = (edge - before[0]) / (point[0] - before[0]);
                kept.push([edge, before[1] + share * (point[1] - before[1])]);
            }
            if inside(point[0], edge) {
                kept.push(*point);
            }
        }
        kept
    };
    let eastward = clip(ring.to_vec(), west, |longitude, edge| longitude >= edge);
    if eastward.is_empty() { eastward } else { clip(eastward, east, |longitude, edge| longitude <= edge) }
}

fn shifted(ring: Vec<[f64; 2]>, by: f64) -> Vec<[f64; 2]> {
    ring.into_iter().map(|[longitude, latitude]| [longitude + by, latitude]).collect()
}

/// A ring whose last corner is its first, in millionths of a degree.
fn closed(ring: Vec<[f64; 2]>) -> Vec<[f64; 2]> {
    let mut ring: Vec<[f64; 2]> = ring.into_iter().map(|point| point.map(|degrees| (degrees * 1e6).round() / 1e6)).collect();
    ring.extend(ring.first().copied());
    ring
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(where_prec: u8, longitude: f64, latitude: f64) -> GroupPlace {
        GroupPlace {
            name: "somewhere".to_owned(),
            geonames_id: None,
            country: Some("FJI".to_owned()),
            admin1: None,
            latitude: Some(latitude),
            longitude: Some(longitude),
            where_prec: Some(where_prec),
        }
    }

    #[test]
    fn only_an_exact_place_is_a_point() {
        for where_prec in 1..=7 {
            let shape = Located::of(Some(&place(where_prec, 10.0, 5.0))).shape();
            match where_prec {
                1 => assert_eq!(shape, Some(Shape::Point([10.0, 5.0]))),
                2..=5 => assert!(matches!(shape, Some(Shape::Area(_))), "{where_prec}"),
                _ => assert_eq!(shape, None, "no shape is at hand for a country, and its middle would be a false one"),
            }
        }
        assert_eq!(Located::of(None), Located::Unknown);
    }

    #[test]
    fn an_area_is_a_closed_ring_against_the_clock_of_the_right_size() {
        let Some(Shape::Area(rings)) = Located::of(Some(&place(2, 10.0, 50.0))).shape() else { panic!("no area") };
        let [ring] = rings.as_slice() else { panic!("one ring: {rings:?}") };
        assert_eq!((ring.len(), ring.first()), (CORNERS + 1, ring.last()));
        let twice_area: f64 = ring.windows(2).map(|pair| pair[0][0] * pair[1][1] - pair[1][0] * pair[0][1]).sum();
        assert!(twice_area > 0.0);
        let north = ring.iter().map(|point| point[1]).fold(f64::MIN, f64::max);
        assert!(((north - 50.0) * 111.195 - 25.0).abs() < 0.1, "{north}");
    }

    #[test]
    fn a_circle_over_the_antimeridian_is_two_areas_within_the_bounds() {
        let Some(Shape::Area(rings)) = Located::of(Some(&place(5, 179.9, -17.0))).shape() else { panic!("no area") };
        assert_eq!(rings.len(), 2);
        for [longitude, _] in rings.into_iter().flatten() {
            assert!((-180.0..=180.0).contains(&longitude), "{longitude}");
        }
    }
}
