//! Where, and how exactly? A place of the gazetteer, and a statement's place with its precision.

use serde::{Deserialize, Serialize};

use crate::Span;
use crate::actor::codes;

codes! {
    /// What kind of place it is.
    PlaceKind {
        /// A city, town or village.
        Populated = "populated",
        /// The capital of a country.
        Capital = "capital",
        /// A first-order division: province, state, governorate.
        Admin1 = "admin1",
        /// A second-order division: district, county.
        Admin2 = "admin2",
        /// A country or dependent territory.
        Country = "country",
        /// A region of several countries, or part of one without a border of its own.
        Region = "region",
        /// A river, mountain, desert or sea.
        Natural = "natural",
        /// A building, street or ground: an airport, a base, a square.
        Site = "site",
    }
}

/// A place as the gazetteer has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// GeoNames id; `None` for a place that GeoNames has not.
    pub geonames_id: Option<u32>,
    /// The preferred English name.
    pub name: String,
    /// What it is.
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-3; empty for what lies in no one country.
    pub country: String,
    /// The first-order division's name; empty where none is known.
    pub admin1: String,
    /// WGS 84 degrees; for an area a point inside it, never its capital's unless that is said.
    pub coordinates: Option<(f64, f64)>,
    /// Inhabitants, 0 where unknown.
    pub population: u32,
}

codes! {
    /// Whether the clause says it or it was taken from elsewhere in the document.
    Level {
        /// The clause itself says it.
        Textual = "textual",
        /// It was taken from elsewhere in the document.
        Context = "context",
    }
}

/// ACLED's `geo_precision`, 1 to 3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct GeoPrecision(pub u8);

/// UCDP GED's `where_prec`, 1 to 7.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct WherePrec(pub u8);

/// Where a statement's happening took place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceValue {
    /// The words: "the Afghan capital of Kabul", "a village".
    pub span: Span,
    /// What they name, where the gazetteer knows it.
    pub place: Option<Place>,
    /// As ACLED codes it.
    pub geo_precision: Option<GeoPrecision>,
    /// As UCDP GED codes it.
    pub where_prec: Option<WherePrec>,
    /// Textual or from context (then `span` is where it was taken from).
    pub level: Level,
}

impl PlaceKind {
    /// The two precision codes of a happening *at* such a place; `near` for "near Kabul", "outskirts of".
    pub fn precision(self, near: bool) -> (GeoPrecision, WherePrec) {
        let (geo, place) = match (self, near) {
            (PlaceKind::Populated | PlaceKind::Capital | PlaceKind::Site, false) => (1, 1),
            (PlaceKind::Populated | PlaceKind::Capital | PlaceKind::Site, true) => (2, 2),
            (PlaceKind::Admin2, _) => (2, 3),
            (PlaceKind::Admin1, _) => (3, 4),
            (PlaceKind::Region | PlaceKind::Natural, _) => (3, 5),
            (PlaceKind::Country, _) => (3, 6),
        };
        (GeoPrecision(geo), WherePrec(place))
    }
}
