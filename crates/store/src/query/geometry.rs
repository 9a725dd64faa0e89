//! Does a point lie in a circle or polygon on the globe, and which boxes of degrees must hold it?

/// The Earth's mean radius in kilometres (IUGG).
const RADIUS: f64 = 6_371.008_8;

/// A part of the Earth's surface.
#[derive(Clone, Debug, PartialEq)]
pub enum Area {
    /// All that is not farther than so many kilometres from a point, along a great circle.
    Circle {
        /// Degrees north.
        latitude: f64,
        /// Degrees east.
        longitude: f64,
        /// Kilometres.
        km: f64,
    },
    /// All within a ring of points, each longitude and latitude as GeoJSON orders them; the last may repeat the first. Its sides are
    /// straight on a map by degrees. Where two neighbours lie more than 180 degrees apart, the side crosses the antimeridian.
    Polygon(Vec<[f64; 2]>),
}

/// A box of degrees: west, east, south, north. West is never beyond east: what crosses the antimeridian is two boxes.
pub(super) type Bounds = [f64; 4];

impl Area {
    /// The same area, its ring's longitudes going on beyond 180 degrees where it crosses the antimeridian: to be asked of many points.
    pub(super) fn unwound(&self) -> Area {
        match self {
            Area::Circle { .. } => self.clone(),
            Area::Polygon(ring) => Area::Polygon(unwound(ring)),
        }
    }

    /// Whether a point lies in it, and of a circle how far from its middle, in kilometres.
    pub(super) fn holds(&self, latitude: f64, longitude: f64) -> Option<Option<f64>> {
        match self {
            Area::Circle { latitude: middle, longitude: meridian, km } => {
                let away = distance([*middle, *meridian], [latitude, longitude]);
                (away <= *km).then_some(Some(away))
            }
            Area::Polygon(ring) => {
                let inside = [-360.0, 0.0, 360.0].iter().any(|turn| is_within(ring, longitude + turn, latitude));
                inside.then_some(None)
            }
        }
    }

    /// The boxes in which all of it lies.
    pub(super) fn boxes(&self) -> Vec<Bounds> {
        match self {
            Area::Circle { latitude, longitude, km } => {
                let angle = (km / RADIUS).clamp(0.0, std::f64::consts::PI);
                let (south, north) = (latitude - angle.to_degrees(), latitude + angle.to_degrees());
                if south <= -90.0 || north >= 90.0 {
                    return vec![[-180.0, 180.0, south.max(-90.0), north.min(90.0)]];
                }
                let wide = (angle.sin() / latitude.to_radians().cos()).clamp(0.0, 1.0).asin().to_degrees();
                split(longitude - wide, longitude + wide, south, north)
            }
            Area::Polygon(ring) => {
                let bounds = |at: usize| {
                    let of = || ring.iter().map(|point| point[at]);
                    (of().fold(f64::INFINITY, f64::min), of().fold(f64::NEG_INFINITY, f64::max))
                };
                let ((west, east), (south, north)) = (bounds(0), bounds(1));
                if west > east { Vec::new() } else { split(west, east, south, north) }
            }
        }
    }
}

/// The great-circle distance of two points (latitude, longitude) in kilometres, by the haversine formula.
fn distance(one: [f64; 2], other: [f64; 2]) -> f64 {
    let [[lat, lon], [to_lat, to_lon]] = [one, other].map(|point| point.map(f64::to_radians));
    let square = ((to_lat - lat) / 2.0).sin().powi(2) + lat.cos() * to_lat.cos() * ((to_lon - lon) / 2.0).sin().powi(2);
    2.0 * RADIUS * square.clamp(0.0, 1.0).sqrt().asin()
}

/// The ring with longitudes that go on beyond 180 degrees where it crosses the antimeridian.
fn unwound(ring: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let mut turned: Vec<[f64; 2]> = Vec::with_capacity(ring.len());
    for [longitude, latitude] in ring {
        let before = turned.last().map_or(*longitude, |point| point[0]);
        let step = (longitude - before + 180.0).rem_euclid(360.0) - 180.0;
        turned.push([before + step, *latitude]);
    }
    turned
}

/// Whether a ray to the east crosses the ring an odd number of times.
fn is_within(ring: &[[f64; 2]], x: f64, y: f64) -> bool {
    let next = ring.iter().cycle().skip(1);
    ring.iter().zip(next).filter(|([x1, y1], [x2, y2])| (y1 > &y) != (y2 > &y) && x < (x2 - x1) * (y - y1) / (y2 - y1) + x1).count() % 2
        == 1
}

/// A box as one or two that lie between -180 and 180 degrees.
fn split(west: f64, east: f64, south: f64, north: f64) -> Vec<Bounds> {
    if east - west >= 360.0 {
        return vec![[-180.0, 180.0, south, north]];
    }
    let turns = ((west + 180.0) / 360.0).floor() * 360.0;
    let (west, east) = (west - turns, east - turns);
    if east <= 180.0 { vec![[west, east, south, north]] } else { vec![[west, 180.0, south, north], [-180.0, east - 360.0, south, north]] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_those_of_the_globe() {
        for (one, other, km) in [
            ([0.0, 0.0], [0.0, 90.0], RADIUS * std::f64::consts::FRAC_PI_2),
            ([90.0, 0.0], [-90.0, 0.0], RADIUS * std::f64::consts::PI),
            ([0.0, 179.5], [0.0, -179.5], RADIUS * std::f64::consts::PI / 180.0),
            ([50.0, 10.0], [50.0, 10.0], 0.0),
        ] {
            assert!((distance(one, other) - km).abs() < 1e-6, "{one:?} {other:?}");
        }
    }

    #[test]
    fn points_lie_in_areas_and_their_boxes() {
        let square = |ring: &[[f64; 2]]| Area::Polygon(ring.to_vec());
        let fiji = square(&[[177.0, -20.0], [-178.0, -20.0], [-178.0, -15.0], [177.0, -15.0], [177.0, -20.0]]);
        let kabul = square(&[[68.0, 33.0], [70.0, 33.0], [70.0, 35.0], [68.0, 35.0]]);
        let at_the_pole = Area::Circle { latitude: 89.5, longitude: 0.0, km: 120.0 };
        let at_the_line = Area::Circle { latitude: 10.0, longitude: 179.9, km: 50.0 };
        for (area, latitude, longitude, expected) in [
            (&kabul, 34.5, 69.2, true),
            (&kabul, 35.5, 69.2, false),
            (&kabul, 34.5, 71.0, false),
            (&fiji, -17.0, 179.0, true),
            (&fiji, -17.0, -179.0, true),
            (&fiji, -17.0, 0.0, false),
            (&fiji, -17.0, -177.0, false),
            (&at_the_pole, 89.6, 180.0, true),
            (&at_the_line, 10.0, -179.9, true),
            (&at_the_line, 10.0, -179.0, false),
        ] {
            let area = area.unwound();
            let case = format!("{area:?} {latitude} {longitude}");
            assert_eq!(area.holds(latitude, longitude).is_some(), expected, "{case}");
            let boxed = area
                .boxes()
                .iter()
                .any(|[west, east, south, north]| (*west..=*east).contains(&longitude) && (*south..=*north).contains(&latitude));
            assert!(boxed || !expected, "{case}");
        }
        assert_eq!(square(&[]).boxes(), Vec::<Bounds>::new());
        assert_eq!(fiji.unwound().boxes().len(), 2);
    }
}
