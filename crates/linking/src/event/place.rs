//! Can two places be one? Kabul lies in Kabul province, and that in Afghanistan.

use sayso_types::Level;

use super::happening::Where;

/// How two places stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Nearness {
    /// One place.
    Same,
    /// One country, and neither says more.
    Country,
    /// Close by.
    Near,
    /// The first lies in the second, or the second in the first.
    Within,
    /// They exclude each other.
    Apart,
    /// It cannot be said.
    Unknown,
}

/// Kilometres within which exact places are close by.
const NEAR_KM: f32 = 12.0;
/// Kilometres within which they are, where one of them is only said to be near.
const NEARBY_KM: f32 = 60.0;

/// How two places stand to each other.
///
/// "Kabul" in "Afghanistan" is within; "Kabul" and "Herat" are apart.
pub(super) fn nearness(one: &Where, other: &Where) -> Nearness {
    if one.geonames_id.is_some() && one.geonames_id == other.geonames_id || same_name(one, other) {
        return if one.is_country() { Nearness::Country } else { Nearness::Same };
    }
    if one.country.is_empty() || other.country.is_empty() {
        return Nearness::Unknown;
    }
    if one.country != other.country {
        return Nearness::Apart;
    }
    // Namesakes of one country: which of them is meant, the texts seldom tell.
    if one.name == other.name {
        return Nearness::Near;
    }
    if one.is_country() || other.is_country() {
        return Nearness::Within;
    }
    if one.is_region() || other.is_region() {
        return Nearness::Unknown;
    }
    divisions(one, other)
}

fn divisions(one: &Where, other: &Where) -> Nearness {
    let known = !one.admin1.is_empty() && !other.admin1.is_empty();
    match (one.is_division(), other.is_division()) {
        (true, true) if known => {
            if one.admin1 == other.admin1 {
                Nearness::Same
            } else {
                Nearness::Apart
            }
        }
        (true, false) | (false, true) if known => {
            if one.admin1 == other.admin1 {
                Nearness::Within
            } else {
                Nearness::Apart
            }
        }
        (true, _) | (_, true) => Nearness::Unknown,
        (false, false) => match one.coordinates.zip(other.coordinates).map(|(a, b)| kilometres(a, b)) {
            Some(far) if far <= NEAR_KM => Nearness::Near,
            Some(far) if far <= NEARBY_KM && (one.is_vague() || other.is_vague()) => Nearness::Near,
            // What a report takes over from elsewhere is only about where it was.
            Some(_) if known && one.admin1 == other.admin1 && (one.is_taken_over() || other.is_taken_over()) => Nearness::Unknown,
            Some(_) => Nearness::Apart,
            None => Nearness::Unknown,
        },
    }
}

/// The same words for places that the gazetteer has not, or for two of its places that are one: a city and its province.
fn same_name(one: &Where, other: &Where) -> bool {
    one.name == other.name && one.country == other.country && (one.geonames_id.is_none() || other.geonames_id.is_none())
}

impl Where {
    pub(super) fn is_country(&self) -> bool {
        self.precision == Some(6)
    }

    fn is_region(&self) -> bool {
        matches!(self.precision, Some(5 | 7))
    }

    pub(super) fn is_division(&self) -> bool {
        self.precision == Some(4)
    }

    fn is_taken_over(&self) -> bool {
        self.level != Level::Textual
    }

    /// Only near a place, or somewhere in a district.
    fn is_vague(&self) -> bool {
        matches!(self.precision, None | Some(2 | 3))
    }

    /// A place that says where on the ground.
    pub(super) fn is_exact(&self) -> bool {
        matches!(self.precision, Some(1..=3))
    }
}

/// The distance of two points on the globe, by the equirectangular approximation: right to a percent within a country.
fn kilometres((lat, lon): (f32, f32), (other_lat, other_lon): (f32, f32)) -> f32 {
    let north = (lat - other_lat).to_radians();
    let east = (lon - other_lon).to_radians() * ((lat + other_lat) / 2.0).to_radians().cos();
    6371.0 * north.hypot(east)
}
