//! Which of the places of one name is meant? The one that the words about it, the countries and the places beside it speak for.

use sayso_types::{Outcome, Place, PlaceKind, Unknown};

use super::lookup::PlaceRef;
use super::{Gazetteer, fold};

/// What the surroundings of a name say about where it lies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlaceContext {
    /// Countries that are spoken of, ISO 3166-1 alpha-3, with weights between 0 and 1.
    pub countries: Vec<(String, f64)>,
    /// Places that are resolved already, as latitude and longitude in degrees.
    pub places: Vec<(f64, f64)>,
    /// What kind of place the words say: "Kabul *province*".
    pub kind: Option<PlaceKind>,
    /// The place that it is said to lie in: "Mosul, *Iraq*".
    pub container: Option<Place>,
}

/// The places of a name, before the choice.
pub(super) struct Named<'n> {
    pub(super) key: &'n str,
    pub(super) places: &'n [PlaceRef],
}

/// Two readings closer than this in score, without a word of context, leave the name ambiguous.
const MARGIN: f64 = 0.1;
/// Places nearer than this to a resolved one gain; kilometres.
const NEAR_KM: f64 = 150.0;
/// The fewest inhabitants of a city that is meant rather than the division named after it.
const CITY: u32 = 10_000;
/// A degree of latitude, in kilometres.
const KM_PER_DEGREE: f64 = 111.0;
/// Readings nearer than this to each other are no contradiction; kilometres.
const SAME_KM: f64 = 100.0;

impl Gazetteer {
    /// The place that `name` means in `context`: "Tripoli" among Libyan places is not the one in Lebanon.
    ///
    /// Unknown: not understood where the gazetteer has no such name, ambiguous where nothing decides.
    pub fn resolve(&self, name: &str, context: &PlaceContext) -> Outcome<Place> {
        let (places, _) = self.places_of(name);
        let key = fold::key(name);
        match self.choose(&Named { key: &key, places: &places }, context) {
            Outcome::Known(place) => Outcome::Known(self.place(place)),
            Outcome::Unknown(why) => Outcome::Unknown(why),
        }
    }

    /// The best of the places of a name.
    pub(super) fn choose(&self, named: &Named, context: &PlaceContext) -> Outcome<PlaceRef> {
        let mut best: Option<(f64, PlaceRef)> = None;
        let mut second: Option<(f64, PlaceRef)> = None;
        for place in named.places {
            let score = self.score(*place, named.key, context);
            if best.is_none_or(|(highest, _)| score > highest) {
                second = best;
                best = Some((score, *place));
            } else if second.is_none_or(|(highest, _)| score > highest) {
                second = Some((score, *place));
            }
        }
        if let (Some((_, place)), None) = (best, context.kind)
            && let Some(city) = self.city_of(place, named)
        {
            return Outcome::Known(city);
        }
        match (best, second) {
            (None, _) => Outcome::Unknown(Unknown::NotUnderstood),
            (Some((high, a)), Some((low, b))) if high - low < MARGIN && self.apart(a, b) => Outcome::Unknown(Unknown::Ambiguous),
            (Some((_, place)), _) => Outcome::Known(place),
        }
    }

    /// The city of the same name inside a division: a bare "Idlib" is the city, "Idlib province" is not.
    fn city_of(&self, division: PlaceRef, named: &Named) -> Option<PlaceRef> {
        let brief = self.brief(division);
        let inside = |p: &PlaceRef| {
            let city = self.brief(*p);
            let populated = matches!(city.kind, PlaceKind::Populated | PlaceKind::Capital);
            populated
                && p.file == division.file
                && city.country == brief.country
                && city.division == brief.division
                && city.population >= CITY
        };
        (brief.kind == PlaceKind::Admin1).then(|| named.places.iter().copied().find(inside)).flatten()
    }

    /// How well a place fits, in decades of inhabitants: one more is worth ten times as many people.
    fn score(&self, place: PlaceRef, key: &str, context: &PlaceContext) -> f64 {
        let file = &self.files[place.file as usize];
        let brief = file.brief(place.row);
        let people = f64::from(brief.population + 1).log10();
        let prior = match brief.kind {
            PlaceKind::Country => 7.5,
            PlaceKind::Region | PlaceKind::Natural | PlaceKind::Site => 6.2,
            PlaceKind::Admin1 => 3.2 + 0.4 * people,
            PlaceKind::Admin2 => 0.9 * people - 1.0,
            PlaceKind::Capital => 0.7 + people,
            PlaceKind::Populated => people,
        };
        let variant = if fold::is_key_of(key, file.name(place.row)) { 0.0 } else { -0.8 };
        let country = context.countries.iter().find(|(c, _)| c.as_bytes() == brief.country).map_or(0.0, |(_, weight)| 2.5 * weight);
        prior
            + variant
            + country
            + kind_fit(brief.kind, context.kind)
            + self.container_fit(place, context)
            + nearness(brief.coordinates, context)
    }

    fn container_fit(&self, place: PlaceRef, context: &PlaceContext) -> f64 {
        let Some(container) = &context.container else { return 0.0 };
        let file = &self.files[place.file as usize];
        let brief = file.brief(place.row);
        if !container.country.is_empty() && container.country.as_bytes() != brief.country {
            return -4.0;
        }
        match container.kind {
            PlaceKind::Country => 6.0,
            PlaceKind::Admin1 if fold::key(file.division(brief.division)) == fold::key(&container.name) => 6.0,
            _ => match (brief.coordinates, container.coordinates) {
                (Some(a), Some(b)) if kilometres(a, b) < SAME_KM => 4.0,
                _ => 0.0,
            },
        }
    }

    fn apart(&self, a: PlaceRef, b: PlaceRef) -> bool {
        let point = |p: PlaceRef| self.files[p.file as usize].brief(p.row).coordinates;
        match (point(a), point(b)) {
            (Some(a), Some(b)) => kilometres(a, b) > SAME_KM,
            _ => false,
        }
    }
}

fn kind_fit(kind: PlaceKind, said: Option<PlaceKind>) -> f64 {
    use PlaceKind::{Admin1, Admin2, Capital, Populated};
    match (said, kind) {
        (None, _) => 0.0,
        (Some(said), kind) if said == kind => 3.0,
        (Some(Populated), Capital) | (Some(Capital), Populated) => 3.0,
        (Some(Admin2), Populated | Admin1) | (Some(Admin1), Admin2) | (Some(Populated), Admin2) => -0.5,
        _ => -2.0,
    }
}

fn nearness(point: Option<(f64, f64)>, context: &PlaceContext) -> f64 {
    let Some(point) = point else { return 0.0 };
    let close = |other: &(f64, f64)| (point.0 - other.0).abs() * KM_PER_DEGREE < NEAR_KM && kilometres(point, *other) < NEAR_KM;
    let near = context.places.iter().any(close);
    if near { 1.2 } else { 0.0 }
}

/// Great-circle distance between two points in degrees, on a sphere of 6,371 km.
pub fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (half_lat, half_lon) = ((lat_b - lat_a) / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let haversine = half_lat.sin().powi(2) + lat_a.cos() * lat_b.cos() * half_lon.sin().powi(2);
    2.0 * 6371.0 * haversine.sqrt().min(1.0).asin()
}
