//! How surely is a place known, and which shape stands for that?

use sayso::types::record::GroupRecord;
pub(crate) use sayso_exchange::place::{Precision, Reach};

use crate::survey::Survey;

/// The area of an event at a point.
pub(crate) fn reach(survey: Survey<'_>, event: &GroupRecord, point: [f64; 2], precision: Precision) -> Reach {
    let place = event.place.as_ref();
    let names = place.and_then(|place| Some((place.country.as_deref()?, place.admin1.as_deref()?)));
    let extent = names.and_then(|(country, division)| survey.extent(country, division));
    sayso_exchange::place::reach(extent, point, precision)
}
