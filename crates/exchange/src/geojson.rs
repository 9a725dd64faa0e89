//! How are events written for maps of the web? As GeoJSON (RFC 7946): a point where the place is exact, an area where only an area is
//! known, no geometry where only a country or nothing is known.

use std::io::Write;

use sayso_linking::account::Profile;
use serde_json::{Value, json};

use crate::Error;
use crate::fields::Mapped;
use crate::place::Shape;
use crate::told::{Export, ToldEvent, Written};

/// Writes the events as one feature collection, feature by feature.
///
/// # Errors
/// The record cannot be read, or the file not written.
pub fn write(export: &Export<'_>, out: &mut dyn Write) -> Result<Written, Error> {
    let mut written = Written::default();
    let made = export.made;
    let origin = json!({
        "made_by": made.program,
        "made": made.now,
        "as_of": made.as_of(),
        "record": export.state_in_words()?,
        "question": export.question.to_string(),
        "licence": made.licence,
    });
    write!(out, "{{\"type\":\"FeatureCollection\",\"origin\":{origin},\"features\":[")?;
    export.each_event(Profile::Sources, |event| {
        if written.written > 0 {
            out.write_all(b",")?;
        }
        out.write_all(b"\n")?;
        written.written += 1;
        Ok(serde_json::to_writer(&mut *out, &feature(export, event))?)
    })?;
    out.write_all(b"\n]}\n")?;
    Ok(written)
}

/// An event as a feature.
pub fn feature(export: &Export<'_>, event: &ToldEvent) -> Value {
    let mapped = Mapped::of(export, event);
    let properties = mapped.properties();
    json!({
        "type": "Feature",
        "id": event.group.id,
        "geometry": mapped.shape.map(geometry),
        "properties": properties,
    })
}

/// A shape as a geometry.
pub fn geometry(shape: Shape) -> Value {
    match shape {
        Shape::Point(point) => json!({"type": "Point", "coordinates": point}),
        Shape::Area(rings) => match rings.as_slice() {
            [_] => json!({"type": "Polygon", "coordinates": rings}),
            _ => json!({"type": "MultiPolygon", "coordinates": rings.iter().map(|ring| [ring]).collect::<Vec<_>>()}),
        },
    }
}
