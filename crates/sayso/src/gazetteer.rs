//! How do a user's own places get into the program? A table of theirs becomes a gazetteer file that a coder opens beside its own.

use std::collections::BTreeMap;

use sayso_coding::resolve::gazetteer::{self, Gazetteer};

pub use sayso_coding::resolve::gazetteer::Extent;

use crate::{Coder, Error, data};

/// A gazetteer file made of a table, with what became of the table's lines.
#[derive(Clone, Debug)]
pub struct GazetteerFile {
    /// The file's bytes, for [`Coder::with_gazetteer`].
    pub bytes: Vec<u8>,
    /// How many places it holds.
    pub places: usize,
    /// Lines that were no place as expected: their number, from 1, and what was expected.
    pub rejected: Vec<(usize, String)>,
}

/// The gazetteer file of a table in the form of GeoNames or Who's On First; `name` stands for the table in messages.
///
/// # Errors
/// The table is of neither form, holds no place, or holds more than one file can.
pub fn file(coder: &Coder, name: &str, table: &str) -> Result<GazetteerFile, Error> {
    let known: &Gazetteer = &coder.knowledge().gazetteer;
    let import = gazetteer::import(name, table, known.countries()).map_err(Error::data)?;
    let places = import.places.len();
    if places == 0 {
        return Err(Error::data(format!("{name}: no line of it is a place; give a table of GeoNames or Who's On First")));
    }
    let bytes = gazetteer::build(import.places, known.particles()).map_err(Error::data)?;
    Ok(GazetteerFile { bytes, places, rejected: import.rejected })
}

/// How far the first-order divisions of the embedded gazetteer reach, by country (ISO 3166-1 alpha-3) and name.
///
/// # Errors
/// The program's own data does not load.
pub fn extents() -> Result<BTreeMap<(String, String), Extent>, Error> {
    Ok(data::gazetteer()?.extents())
}
