//! How are events written for other maps? As GeoJSON, each with how surely its place is known; those without a place have no geometry.

use sayso_exchange::geojson::geometry;
use sayso_exchange::place::Located;
use serde_json::{Value, json};

use super::{MapAnswer, MapEvent, Precision, reach};
use crate::desk::Reader;

/// The events of a page as a GeoJSON feature collection.
///
/// An exact place is a point, one that is known only as an area is that area, and a country or no place has no geometry.
pub(crate) fn geojson(reader: Reader<'_>, answer: &MapAnswer) -> Value {
    let features: Vec<Value> = answer.events.iter().map(|one| feature(reader, one)).collect();
    json!({
        "type": "FeatureCollection",
        "features": features,
        "counts": answer.counts,
        "next": answer.next,
    })
}

fn feature(reader: Reader<'_>, one: &MapEvent) -> Value {
    let event = &one.event;
    let place = event.place.as_ref();
    let point = place.and_then(|place| Some([place.longitude?, place.latitude?])).filter(|_| one.precision.is_some());
    let km = point.zip(one.precision).filter(|(_, precision)| *precision != Precision::Country);
    let km = km.map(|(point, precision)| reach(reader.survey(), event, point, precision).km.round());
    json!({
        "type": "Feature",
        "id": event.id,
        "geometry": Located::of(place).shape().map(geometry),
        "properties": {
            "type": event.type_code,
            "mode": event.mode,
            "time": event.time,
            "earliest": event.earliest,
            "latest": event.latest,
            "place": place.map(|place| &place.name),
            "admin1": place.and_then(|place| place.admin1.as_ref()),
            "country": place.and_then(|place| place.country.as_ref()),
            "precision": one.precision,
            "where_prec": place.and_then(|place| place.where_prec),
            "uncertainty_km": km,
            "parties": event.parties.iter().map(|party| json!({"role": party.role, "name": party.name, "actor_id": party.actor_id})).collect::<Vec<_>>(),
            "counts": event.counts,
            "status": event.status,
            "sources": event.sources,
            "documents": event.documents,
            "statements": event.statements,
            "disputed": event.disputed,
        }
    })
}
