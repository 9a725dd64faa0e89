//! At which places do events lie, and how many at each? Of too many places, near ones are put together.

use std::collections::BTreeMap;

use sayso::types::record::{GroupPlace, GroupRecord};
use sayso_store::query::{EventMark, EventMarks};
use serde::Serialize;
use utoipa::ToSchema;

use super::{MapQuestion, Precision, order, reach};
use crate::desk::Reader;
use crate::fault::Fault;

/// So many places are drawn one by one.
const MOST: usize = 800;

/// Of more, so many fields lie side by side, and those of a field are put together.
const FIELDS: f64 = 40.0;

/// A place with its events.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Spot {
    /// What [`super::MapAsked`]'s `place` says of it, to list its events; none where several places were put together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) place: Option<String>,
    /// Degrees: the middle of its area.
    pub(crate) longitude: f64,
    /// Degrees.
    pub(crate) latitude: f64,
    /// How surely it is known.
    pub(crate) precision: Precision,
    /// The kilometres around the middle that stand for it; 0 for an exact place.
    pub(crate) km: f64,
    /// How many events.
    pub(crate) events: u64,
    /// How many places were put together: mostly 1.
    pub(crate) places: u64,
    /// Its name, or that of the place of its last event.
    pub(crate) name: String,
    /// The id of its last event.
    pub(crate) last: String,
}

/// A country of which no more is known than that events were in it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Wash {
    /// ISO 3166-1 alpha-3.
    pub(crate) country: String,
    /// How many events.
    pub(crate) events: u64,
    /// A point inside it, in degrees; `null` where the record has none.
    pub(crate) point: Option<[f64; 2]>,
    /// The id of its last event.
    pub(crate) last: String,
}

/// An event at a place.
type Placed<'m> = (&'m EventMark, [f32; 2], Precision);

/// The places of some events, and whether near ones were put together.
pub(super) fn spots(reader: Reader<'_>, placed: &[Placed<'_>], question: &MapQuestion) -> Result<(Vec<Spot>, bool), Fault> {
    let mut by_place: BTreeMap<(Precision, [u32; 2]), Vec<Placed<'_>>> = BTreeMap::new();
    for one in placed {
        by_place.entry((one.2, one.1.map(f32::to_bits))).or_default().push(*one);
    }
    if by_place.len() <= MOST {
        return Ok((by_place.values().map(|events| alone(reader, events)).collect::<Result<_, _>>()?, false));
    }
    let (width, height) = question.bounds.map_or((360.0, 180.0), |bounds| {
        let wide = bounds.east - bounds.west;
        (if wide <= 0.0 { wide + 360.0 } else { wide }, bounds.north - bounds.south)
    });
    let side = (width.max(height) / FIELDS).max(1e-6);
    let mut by_field: BTreeMap<(Precision, [i64; 2]), Vec<Vec<Placed<'_>>>> = BTreeMap::new();
    for ((precision, _), events) in by_place {
        let field = events[0].1.map(|degrees| (f64::from(degrees) / side).floor() as i64);
        by_field.entry((precision, field)).or_default().push(events);
    }
    let spot = |places: &Vec<Vec<Placed<'_>>>| if let [one] = places.as_slice() { alone(reader, one) } else { together(reader, places) };
    Ok((by_field.values().map(spot).collect::<Result<_, _>>()?, true))
}

/// One place with its events.
fn alone(reader: Reader<'_>, events: &[Placed<'_>]) -> Result<Spot, Fault> {
    let (_, [longitude, latitude], precision) = events[0];
    let last = last(reader, events)?;
    let point = [f64::from(longitude), f64::from(latitude)];
    let reach = reach(reader.survey(), &last, point, precision);
    Ok(Spot {
        place: Some(format!("{longitude},{latitude},{}", precision.as_str())),
        longitude: reach.longitude,
        latitude: reach.latitude,
        precision,
        km: reach.km,
        events: events.len() as u64,
        places: 1,
        name: last.place.as_ref().map(name).unwrap_or_default(),
        last: last.id,
    })
}

/// Several places that lie in one field.
fn together(reader: Reader<'_>, places: &[Vec<Placed<'_>>]) -> Result<Spot, Fault> {
    let events: Vec<Placed<'_>> = places.iter().flatten().copied().collect();
    let mean = |axis: usize| places.iter().map(|events| f64::from(events[0].1[axis])).sum::<f64>() / places.len() as f64;
    let last = last(reader, &events)?;
    Ok(Spot {
        place: None,
        longitude: mean(0),
        latitude: mean(1),
        precision: events[0].2,
        km: events[0].2.km(),
        events: events.len() as u64,
        places: places.len() as u64,
        name: last.place.as_ref().map(name).unwrap_or_default(),
        last: last.id,
    })
}

/// The event that was last of some.
fn last(reader: Reader<'_>, events: &[Placed<'_>]) -> Result<GroupRecord, Fault> {
    let number = events.iter().map(|(mark, ..)| *mark).max_by_key(|mark| order(mark)).map_or(0, |mark| mark.number);
    Ok(reader.record.group_numbered(number)?)
}

fn name(place: &GroupPlace) -> String {
    let mut parts: Vec<&str> =
        [Some(place.name.as_str()), place.admin1.as_deref(), place.country.as_deref()].into_iter().flatten().collect();
    parts.dedup();
    parts.join(", ")
}

/// The countries of which no more is known.
pub(super) fn washes(reader: Reader<'_>, marks: &EventMarks, countrywide: &[(&EventMark, u16)]) -> Result<Vec<Wash>, Fault> {
    let mut by_country: BTreeMap<u16, Vec<&EventMark>> = BTreeMap::new();
    for (mark, country) in countrywide {
        by_country.entry(*country).or_default().push(mark);
    }
    let mut washes = Vec::new();
    for (country, events) in by_country {
        let number = events.iter().max_by_key(|mark| order(mark)).map_or(0, |mark| mark.number);
        washes.push(Wash {
            country: marks.codes.get(usize::from(country)).cloned().unwrap_or_default(),
            events: events.len() as u64,
            point: events.iter().find_map(|mark| mark.point).map(|point| point.map(f64::from)),
            last: reader.record.group_numbered(number)?.id,
        });
    }
    washes.sort_by(|one, other| other.events.cmp(&one.events).then_with(|| one.country.cmp(&other.country)));
    Ok(washes)
}
