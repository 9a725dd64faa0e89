//! How are events written for QGIS and other geographic programs? As a GeoPackage (OGC 12-128r18, version 1.3): exact places as points,
//! areas as polygons, events without a place in a table of their own, and every statement that tells them.
//!
//! A GeoPackage is an SQLite file with tables of fixed names; each layer has an R*Tree as its spatial index.

mod layer;
mod shape;

use std::path::Path;

use rusqlite::Connection;
use sayso_linking::account::Profile;

use crate::Error;
use crate::fields::Mapped;
use crate::place::Shape;
use crate::told::{Export, ToldEvent, Written};
use crate::view::{chain, one_line, title};
use layer::{Extent, Layer};

/// "GPKG" in the header of the file.
const APPLICATION_ID: i64 = 0x4750_4B47;
/// Version 1.3 of the standard.
const VERSION: i64 = 10_300;

/// WGS 84 and the two systems that every GeoPackage must name.
const SYSTEMS: &str = include_str!("systems.sql");

/// Writes the events as a GeoPackage at a path where there is no file yet.
///
/// # Errors
/// The record cannot be read, or the file not written.
pub fn write(export: &Export<'_>, path: &Path) -> Result<Written, Error> {
    let mut file = Connection::open(path)?;
    fill(export, &mut file)
}

/// The events as the bytes of a GeoPackage, put together in memory.
///
/// # Errors
/// The record cannot be read, or it has more than `most` events.
pub fn bytes(export: &Export<'_>, most: u64) -> Result<(Vec<u8>, Written), Error> {
    let mut file = Connection::open_in_memory()?;
    let written = fill_at_most(export, &mut file, most)?;
    if written.written > most {
        return Err(Error::Refused(format!(
            "there are more than {most} events, the most of a GeoPackage that is put together in memory; narrow the question, or run `sayso export --format gpkg`"
        )));
    }
    Ok((file.serialize("main")?.to_vec(), written))
}

fn fill(export: &Export<'_>, file: &mut Connection) -> Result<Written, Error> {
    fill_at_most(export, file, u64::MAX)
}

fn fill_at_most(export: &Export<'_>, file: &mut Connection, most: u64) -> Result<Written, Error> {
    // A file that was only half written is of no use to anybody: it need not outlive a failing machine.
    file.execute_batch("PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF;")?;
    file.pragma_update(None, "application_id", APPLICATION_ID)?;
    file.pragma_update(None, "user_version", VERSION)?;
    let mut written = Written::default();
    let transaction = file.transaction()?;
    transaction.execute_batch(SYSTEMS)?;
    for layer in Layer::ALL {
        layer.make(&transaction)?;
    }
    let mut extents = [Extent::default(); 2];
    export.each_event(Profile::Sources, |event| {
        written.written += 1;
        if written.written > most {
            return Ok(());
        }
        add(export, event, &transaction, &mut extents)
    })?;
    for layer in Layer::ALL {
        layer.describe(&transaction, export.made, &extents)?;
    }
    origin(export, &transaction)?;
    transaction.commit()?;
    Ok(written)
}

/// Adds an event to its layer, and its statements to theirs.
fn add(export: &Export<'_>, event: &ToldEvent, file: &Connection, extents: &mut [Extent; 2]) -> Result<(), Error> {
    let mapped = Mapped::of(export, event);
    let (layer, geometry) = match &mapped.shape {
        Some(shape @ Shape::Point(_)) => (Layer::Exact, Some(shape::blob(shape))),
        Some(shape @ Shape::Area(_)) => (Layer::Areas, Some(shape::blob(shape))),
        None => (Layer::Unplaced, None),
    };
    layer.add(file, &mapped.values, geometry.as_ref().map(|(blob, extent)| (blob.as_slice(), *extent)))?;
    if let (Some((_, extent)), Some(of)) = (&geometry, layer.number()) {
        extents[of].take_in(extent);
    }
    let sql =
        "INSERT INTO statements (event_id, statement_id, words, said_by, modality, negated, confidence, title, publisher, published, url)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let mut insert = file.prepare_cached(sql)?;
    for cited in &event.cited {
        let (statement, document) = (&cited.statement, &cited.document);
        insert.execute(rusqlite::params![
            event.group.id,
            statement.id,
            one_line(&statement.evidence.words.text),
            chain(cited).join(" > "),
            statement.modality.as_str(),
            statement.negated,
            f64::from(statement.confidence),
            title(cited),
            document.publisher,
            document.published,
            document.url,
        ])?;
    }
    Ok(())
}

/// What this file is, in a table of its own.
fn origin(export: &Export<'_>, file: &Connection) -> Result<(), Error> {
    let made = export.made;
    let rows = [
        (
            "what",
            "Events that news reports tell of, with the words that tell them. Areas are drawn as areas: see precision and uncertainty_km."
                .to_owned(),
        ),
        ("made_by", made.program.clone()),
        ("made", made.now.clone()),
        ("as_of", made.as_of().to_owned()),
        ("record", export.state_in_words()?),
        ("question", export.question.to_string()),
        ("licence", made.licence.clone().unwrap_or_default()),
    ];
    for (name, value) in rows {
        file.execute("INSERT INTO origin (name, value) VALUES (?, ?)", [name, &value])?;
    }
    Ok(())
}
