//! How surely is a place known, and which shape stands for that? Never a pin where only an area is told.

use sayso::types::record::GroupRecord;
use serde::Serialize;
use utoipa::ToSchema;

use crate::survey::Survey;

/// How surely the place of an event is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Precision {
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
    pub(crate) const ALL: [Precision; 7] = [
        Precision::Exact,
        Precision::Near,
        Precision::District,
        Precision::Province,
        Precision::Region,
        Precision::Unsaid,
        Precision::Country,
    ];

    /// The precision of UCDP's code; 0 stands for none.
    pub(crate) fn of_where_prec(code: u8) -> Precision {
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

    pub(crate) fn as_str(self) -> &'static str {
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

    pub(crate) fn of_str(code: &str) -> Option<Precision> {
        Precision::ALL.into_iter().find(|precision| precision.as_str() == code)
    }

    /// What the shape on the map means, in words.
    pub(crate) fn words(self) -> &'static str {
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
    pub(crate) fn km(self) -> f64 {
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

/// The area in which an event lies that is known so surely.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Reach {
    pub(crate) longitude: f64,
    pub(crate) latitude: f64,
    pub(crate) km: f64,
}

/// The area of an event at a point.
pub(crate) fn reach(survey: Survey<'_>, event: &GroupRecord, [longitude, latitude]: [f64; 2], precision: Precision) -> Reach {
    let place = event.place.as_ref();
    let names = place.and_then(|place| Some((place.country.as_deref()?, place.admin1.as_deref()?)));
    let extent = names.filter(|_| precision == Precision::Province).and_then(|(country, division)| survey.extent(country, division));
    match extent {
        Some(extent) => Reach { longitude: extent.longitude, latitude: extent.latitude, km: extent.km.max(10.0) },
        None => Reach { longitude, latitude, km: precision.km() },
    }
}
