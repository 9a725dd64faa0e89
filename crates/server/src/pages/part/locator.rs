//! Where did it happen, at a glance? A small map written as SVG: the countries around, and the place as surely as it is known.

use std::fmt::Write as _;
use std::sync::OnceLock;

use maud::{Markup, html};
use serde::Deserialize;

use crate::answer::event::Placed;
use crate::answer::map::Precision;
use crate::asset;

/// Width and height of the picture.
const WIDTH: f64 = 520.0;
const HEIGHT: f64 = 300.0;

/// A view is at least so many degrees high.
const LEAST: f64 = 7.0;

/// Kilometres of a degree of latitude.
const KM: f64 = 111.2;

/// The base map: see `ui/world.mjs`.
#[derive(Deserialize)]
struct World {
    unit: f64,
    countries: Vec<Country>,
}

#[derive(Deserialize)]
struct Country {
    #[serde(default)]
    code: Option<String>,
    name: String,
    label: [f64; 2],
    /// Polygons of rings; a ring is the first point and then steps.
    parts: Vec<Vec<Vec<f64>>>,
}

fn world() -> Option<&'static World> {
    static WORLD: OnceLock<Option<World>> = OnceLock::new();
    WORLD.get_or_init(|| serde_json::from_slice(&asset::bytes("vendor/world/world.json")?).ok()).as_ref()
}

/// What of the world is shown: its middle, and picture points a degree.
struct View {
    longitude: f64,
    latitude: f64,
    across: f64,
    up: f64,
}

impl View {
    /// The view of an area around a point, so many degrees high.
    fn around(longitude: f64, latitude: f64, degrees: f64) -> View {
        let up = HEIGHT / degrees;
        View { longitude, latitude, across: up * latitude.to_radians().cos().max(0.2), up }
    }

    fn point(&self, longitude: f64, latitude: f64) -> [f64; 2] {
        [WIDTH / 2.0 + (longitude - self.longitude) * self.across, HEIGHT / 2.0 - (latitude - self.latitude) * self.up]
    }
}

/// The map of a place, or nothing where only its name is known.
pub(in crate::pages) fn locator(placed: &Placed, name: &str) -> Markup {
    let Some(world) = world() else { return html! {} };
    let home = world.countries.iter().find(|country| placed.country.is_some() && country.code == placed.country);
    let wash = placed.precision == Precision::Country;
    let view = match home.filter(|_| wash).and_then(|country| bounds(world, country)) {
        Some([west, south, east, north]) => {
            let high = (north - south).max((east - west) * HEIGHT / WIDTH) * 1.3;
            View::around(f64::midpoint(west, east), f64::midpoint(south, north), high.max(LEAST))
        }
        None => View::around(placed.longitude, placed.latitude, (placed.km / KM * 5.0).max(LEAST)),
    };
    let radius = placed.km / KM * view.up;
    let [x, y] = view.point(placed.longitude, placed.latitude);
    let words = format!("{name}: {}", placed.precision.words());
    html! {
        figure.locator {
            svg viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="img" aria-label=(words) {
                defs { pattern #hatch width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" { line x1="0" y1="0" x2="0" y2="7" class="hatch" {} } }
                rect.sea width=(WIDTH) height=(HEIGHT) {}
                @for country in &world.countries {
                    @let path = path(world, country, &view);
                    @if !path.is_empty() {
                        @let here = home.is_some_and(|home| std::ptr::eq(home, country));
                        path d=(path) class=[Some(if here && wash { "land wash" } else if here { "land here" } else { "land" })] {}
                    }
                }
                @for country in &world.countries {
                    @let [x, y] = view.point(country.label[0] / world.unit, country.label[1] / world.unit);
                    @if x > 30.0 && x < WIDTH - 30.0 && y > 12.0 && y < HEIGHT - 6.0 { text.country x=(round(x)) y=(round(y)) text-anchor="middle" { (country.name) } }
                }
                @if !wash && radius > 0.0 { circle.area cx=(round(x)) cy=(round(y)) r=(round(radius)) {} }
                @if placed.precision == Precision::Exact { circle.dot cx=(round(x)) cy=(round(y)) r="5" {} }
            }
            figcaption { (words) }
        }
    }
}

fn round(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// West, south, east and north of the largest part of a country.
fn bounds(world: &World, country: &Country) -> Option<[f64; 4]> {
    let of_ring = |ring: &Vec<f64>| {
        points(world, ring).fold([f64::MAX, f64::MAX, f64::MIN, f64::MIN], |[west, south, east, north], [x, y]| {
            [west.min(x), south.min(y), east.max(x), north.max(y)]
        })
    };
    let size = |[west, south, east, north]: &[f64; 4]| (east - west) * (north - south);
    country.parts.iter().filter_map(|rings| rings.first().map(of_ring)).max_by(|one, other| size(one).total_cmp(&size(other)))
}

/// The points of a ring, in degrees.
fn points<'r>(world: &'r World, ring: &'r [f64]) -> impl Iterator<Item = [f64; 2]> + 'r {
    ring.chunks_exact(2).scan([0.0, 0.0], |at, step| {
        *at = [at[0] + step[0], at[1] + step[1]];
        Some([at[0] / world.unit, at[1] / world.unit])
    })
}

/// A country's outline in the picture; empty where none of it is seen. Points nearer than two picture points are passed over.
fn path(world: &World, country: &Country, view: &View) -> String {
    let mut path = String::new();
    for ring in country.parts.iter().flatten() {
        let drawn: Vec<[f64; 2]> = points(world, ring).map(|[x, y]| view.point(x, y)).collect();
        let seen = |axis: usize, end: f64| drawn.iter().any(|point| point[axis] > 0.0) && drawn.iter().any(|point| point[axis] < end);
        if !(seen(0, WIDTH) && seen(1, HEIGHT)) {
            continue;
        }
        let mut last = [f64::MAX, f64::MAX];
        let mut letter = 'M';
        for point in drawn {
            // What lies far outside is held to a frame around the picture, where its course does not matter.
            let point = [point[0].clamp(-WIDTH, 2.0 * WIDTH).round(), point[1].clamp(-HEIGHT, 2.0 * HEIGHT).round()];
            if (point[0] - last[0]).abs() + (point[1] - last[1]).abs() > 2.0 {
                let _ = write!(path, "{letter}{} {}", point[0], point[1]);
                (last, letter) = (point, 'L');
            }
        }
        path.push('Z');
    }
    path
}
