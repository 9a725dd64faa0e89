//! What is a place in a bundle? A location with its uncertainty in metres: an area is never an exact point.

use sayso_types::record::GroupPlace;
use serde_json::json;

use super::{Bundle, Since};
use crate::Error;
use crate::country::country;
use crate::place::Located;

impl Bundle<'_> {
    /// The location of a place; `None` where neither its country nor its coordinates are known, which STIX asks for.
    pub(super) fn place(&mut self, place: &GroupPlace) -> Result<Option<String>, Error> {
        let located = Located::of(Some(place));
        let (reach, precision) = match located {
            Located::Within(precision, reach) => (Some(reach), Some(precision)),
            Located::Country => (None, located.precision()),
            Located::Unknown => return Ok(None),
        };
        let code = place.country.as_deref().and_then(country).map(|country| country.iso2);
        if reach.is_none() && code.is_none() {
            return Ok(None);
        }
        let key = format!("{}|{}|{:?}|{:?}", place.name, place.country.as_deref().unwrap_or_default(), place.geonames_id, precision);
        let precision_words = precision.map(|precision| format!("Known as {}.", precision.words()));
        let properties = json!({
            "name": place.name,
            "description": precision_words,
            "country": code,
            "administrative_area": place.admin1,
            "latitude": reach.map(|reach| reach.latitude),
            "longitude": reach.map(|reach| reach.longitude),
            // In metres; none for an exact place, whose extent nobody told.
            "precision": reach.map(|reach| reach.km * 1_000.0).filter(|metres| *metres > 0.0),
        });
        Ok(Some(self.object("location", &key, &Since::fixed(), properties)?))
    }
}
