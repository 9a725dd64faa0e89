//! How far does a first-order division reach? The circle around the middle of its places that nine in ten of them lie in: what
//! stands for its border where no border is at hand.

use std::collections::BTreeMap;

use sayso_types::PlaceKind;

use super::{Gazetteer, kilometres};

/// The circle that stands for a division.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// Degrees.
    pub latitude: f64,
    /// Degrees.
    pub longitude: f64,
    /// Kilometres around it.
    pub km: f64,
}

/// A division: its country, and its number in the file.
type Division = ([u8; 3], u16);

/// Latitude and longitude in degrees.
type Point = (f64, f64);

/// A division with fewer places than this has no circle of its own.
const FEWEST: usize = 4;

/// The share of its places that a division's circle holds.
const HELD: f64 = 0.9;

impl Gazetteer {
    /// The circle of each first-order division, by its country (ISO 3166-1 alpha-3) and name.
    ///
    /// Of a province of Afghanistan whose towns lie within 80 km of their middle, but for one far in the south, it is 80 km wide.
    pub fn extents(&self) -> BTreeMap<(String, String), Extent> {
        let mut points: BTreeMap<Division, Vec<Point>> = BTreeMap::new();
        let file = &self.files[0];
        for row in 0..u32::try_from(file.len()).unwrap_or(u32::MAX) {
            let brief = file.brief(row);
            let settled = matches!(brief.kind, PlaceKind::Populated | PlaceKind::Capital);
            if let Some(point) = brief.coordinates.filter(|_| settled && brief.division != 0) {
                points.entry((brief.country, brief.division)).or_default().push(point);
            }
        }
        let named = |((country, division), points): (Division, Vec<Point>)| {
            let country = String::from_utf8_lossy(&country).trim().to_owned();
            Some(((country, file.division(division).to_owned()), extent(&points)?))
        };
        points.into_iter().filter_map(named).collect()
    }
}

fn extent(points: &[Point]) -> Option<Extent> {
    if points.len() < FEWEST {
        return None;
    }
    // The mean of points on the globe, so that a division may lie across 180 degrees.
    let sum = points.iter().fold([0.0; 3], |[x, y, z], (latitude, longitude)| {
        let (latitude, longitude) = (latitude.to_radians(), longitude.to_radians());
        [x + latitude.cos() * longitude.cos(), y + latitude.cos() * longitude.sin(), z + latitude.sin()]
    });
    let (latitude, longitude) = (sum[2].atan2(sum[0].hypot(sum[1])).to_degrees(), sum[1].atan2(sum[0]).to_degrees());
    let mut distances: Vec<f64> = points.iter().map(|point| kilometres(*point, (latitude, longitude))).collect();
    distances.sort_by(f64::total_cmp);
    let held = ((distances.len() as f64 * HELD).ceil() as usize).clamp(1, distances.len());
    Some(Extent { latitude, longitude, km: distances[held - 1] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_division_reaches_as_far_as_nine_in_ten_of_its_places() {
        let towns: Vec<Point> =
            (0..9).map(|at| (0.0, 179.6 + 0.1 * f64::from(at))).map(|(y, x)| (y, if x > 180.0 { x - 360.0 } else { x })).collect();
        let extent = extent(&towns).unwrap();
        assert!((extent.longitude.abs() - 180.0).abs() < 0.01 && (extent.km - 44.5).abs() < 0.5, "{extent:?}");
        assert_eq!(super::extent(&towns[..3]), None);
    }
}
