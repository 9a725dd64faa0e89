//! How are events written for Google Earth? As KML 2.2: a pin only where the place is exact, an area where only an area is known, and in
//! a folder of their own, without a shape, those of which only a country or nothing is known.

use std::fmt::Write as _;
use std::io::Write;

use sayso_linking::account::Profile;

use crate::Error;
use crate::fields::{FIELDS, Kind, Mapped, plain};
use crate::place::Shape;
use crate::told::{Export, ToldEvent, Written};
use crate::xml::clean;

/// Writes the events as one document.
///
/// # Errors
/// The record cannot be read, or the file not written.
pub fn write(export: &Export<'_>, out: &mut dyn Write) -> Result<Written, Error> {
    let mut written = Written::default();
    write!(out, "{}", head(export)?)?;
    export.each_event(Profile::Sources, |event| {
        written.written += 1;
        Ok(write!(out, "{}", placemark(&Mapped::of(export, event), event))?)
    })?;
    out.write_all(b"  </Document>\n</kml>\n")?;
    Ok(written)
}

/// Everything before the first event: what this is, the styles, and what the attributes are.
fn head(export: &Export<'_>) -> Result<String, Error> {
    let made = export.made;
    let mut told =
        format!("Made by {} on {} from news reports, as of {}. {}", made.program, made.now, made.as_of(), export.state_in_words()?);
    if let Some(licence) = &made.licence {
        let _ = write!(told, " Licence: {licence}");
    }
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n  <Document>\n    <name>Events</name>\n    <description>{}</description>\n",
        clean(&told)
    );
    text.push_str(
        "    <Style id=\"exact\"><IconStyle><color>ff2b2bd9</color><scale>0.7</scale></IconStyle></Style>\n    <Style id=\"area\"><LineStyle><color>ff2b2bd9</color><width>1</width></LineStyle><PolyStyle><color>402b2bd9</color></PolyStyle></Style>\n    <Schema id=\"event\" name=\"event\">\n",
    );
    for (name, kind) in FIELDS {
        let kind = match kind {
            Kind::Text | Kind::Day => "string",
            Kind::Integer => "int",
            Kind::Real => "double",
        };
        let _ = writeln!(text, "      <SimpleField name=\"{name}\" type=\"{kind}\"/>");
    }
    text.push_str("    </Schema>\n");
    Ok(text)
}

fn placemark(mapped: &Mapped, event: &ToldEvent) -> String {
    let field = |name: &str| mapped.text(name);
    let mut name = field("type");
    for part in [field("time"), field("place")] {
        if !part.is_empty() {
            let _ = write!(name, ", {part}");
        }
    }
    let mut text = format!("    <Placemark id=\"{}\">\n      <name>{}</name>\n", clean(&event.group.id), clean(&name));
    let known = field("precision");
    let known = if known.is_empty() { "Where it was is not told.".to_owned() } else { format!("Where it was is known as: {known}.") };
    let words = mapped.text("words");
    let _ = writeln!(text, "      <description>{}</description>", clean(&format!("“{words}” {known}")));
    text.push_str(&span(&field("earliest"), &field("latest")));
    match &mapped.shape {
        Some(Shape::Point(_)) => text.push_str("      <styleUrl>#exact</styleUrl>\n"),
        Some(Shape::Area(_)) => text.push_str("      <styleUrl>#area</styleUrl>\n"),
        None => {}
    }
    text.push_str("      <ExtendedData><SchemaData schemaUrl=\"#event\">\n");
    for ((name, _), value) in FIELDS.iter().zip(&mapped.values).filter(|(_, value)| !value.is_null()) {
        let _ = writeln!(text, "        <SimpleData name=\"{name}\">{}</SimpleData>", clean(&plain(value)));
    }
    text.push_str("      </SchemaData></ExtendedData>\n");
    text.push_str(&geometry(mapped.shape.as_ref()));
    text.push_str("    </Placemark>\n");
    text
}

/// The days between which it happened.
fn span(earliest: &str, latest: &str) -> String {
    let bound = |name: &str, day: &str| if day.is_empty() { String::new() } else { format!("<{name}>{}</{name}>", clean(day)) };
    if earliest.is_empty() && latest.is_empty() {
        return String::new();
    }
    format!("      <TimeSpan>{}{}</TimeSpan>\n", bound("begin", earliest), bound("end", latest))
}

fn geometry(shape: Option<&Shape>) -> String {
    match shape {
        None => String::new(),
        Some(Shape::Point([longitude, latitude])) => format!("      <Point><coordinates>{longitude},{latitude}</coordinates></Point>\n"),
        Some(Shape::Area(rings)) => {
            let polygon = |ring: &Vec<[f64; 2]>| {
                let corners: Vec<String> = ring.iter().map(|[longitude, latitude]| format!("{longitude},{latitude}")).collect();
                format!(
                    "<Polygon><outerBoundaryIs><LinearRing><coordinates>{}</coordinates></LinearRing></outerBoundaryIs></Polygon>",
                    corners.join(" ")
                )
            };
            let polygons: String = rings.iter().map(polygon).collect();
            if rings.len() == 1 { format!("      {polygons}\n") } else { format!("      <MultiGeometry>{polygons}</MultiGeometry>\n") }
        }
    }
}
