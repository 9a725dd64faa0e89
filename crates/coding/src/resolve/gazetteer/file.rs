//! How does a gazetteer file lie in memory? A header, then sections that are read in place.
//!
//! `SAYSOGZ1`, the number of sections, offset and length of each (little-endian `u32`s), then: names (an `fst` map from keys to
//! postings), postings (var-ints), rows of [`ROW`] bytes, strings, divisions (`u32` offsets of strings), countries (three letters each).

use std::borrow::Cow;
use std::ops::Range;

use fst::raw::Fst;
use sayso_types::{Place, PlaceKind};

use super::error::{Error, ErrorKind};

pub(super) const MAGIC: &[u8; 8] = b"SAYSOGZ1";
pub(super) const SECTIONS: usize = 6;
pub(super) const ROW: usize = 21;
/// The kinds in the order of their numbers in the file; only to be added to.
pub(super) const KINDS: [PlaceKind; 8] = [
    PlaceKind::Populated,
    PlaceKind::Capital,
    PlaceKind::Admin1,
    PlaceKind::Admin2,
    PlaceKind::Country,
    PlaceKind::Region,
    PlaceKind::Natural,
    PlaceKind::Site,
];
/// Degrees are kept as ten-thousandths (11 m); this latitude means that there is no point.
pub(super) const NO_POINT: i32 = -(1 << 23);
pub(super) const DEGREE: f64 = 10_000.0;

/// One opened file.
pub(super) struct File {
    bytes: Cow<'static, [u8]>,
    names: Fst<Cow<'static, [u8]>>,
    postings: Range<usize>,
    rows: Range<usize>,
    strings: Range<usize>,
    divisions: Range<usize>,
    countries: Range<usize>,
}

/// What of a row the resolver weighs, without its strings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Brief {
    pub(super) geonames_id: u32,
    pub(super) kind: PlaceKind,
    pub(super) country: [u8; 3],
    pub(super) division: u16,
    pub(super) population: u32,
    pub(super) coordinates: Option<(f64, f64)>,
}

impl File {
    /// Checks the header and where the sections lie.
    pub(super) fn open(bytes: Cow<'static, [u8]>) -> Result<File, Error> {
        if !bytes.starts_with(MAGIC) {
            return Err(Error::of(ErrorKind::NotAGazetteer, "gazetteer file: expected it to begin with `SAYSOGZ1`"));
        }
        let damaged = |what: &str| Error::of(ErrorKind::Damaged, format!("gazetteer file: {what}"));
        let word = |at: usize| word(&bytes, at).ok_or_else(|| damaged("cut short in the header"));
        if word(MAGIC.len())? != SECTIONS {
            return Err(damaged(&format!("expected {SECTIONS} sections")));
        }
        let mut sections: [Range<usize>; SECTIONS] = Default::default();
        for (number, section) in sections.iter_mut().enumerate() {
            let at = MAGIC.len() + 4 + 8 * number;
            let (start, length) = (word(at)?, word(at + 4)?);
            if start + length > bytes.len() {
                return Err(damaged(&format!("section {number} ends after the file, which has {} bytes", bytes.len())));
            }
            *section = start..start + length;
        }
        let [names, postings, rows, strings, divisions, countries] = sections;
        if rows.len() % ROW != 0 || divisions.len() % 4 != 0 || countries.len() % 3 != 0 {
            return Err(damaged("a table is no whole number of rows"));
        }
        let names = match &bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[names]),
            Cow::Owned(bytes) => Cow::Owned(bytes[names].to_vec()),
        };
        let Ok(names) = Fst::new(names) else { return Err(damaged("the map of names cannot be read")) };
        Ok(File { bytes, names, postings, rows, strings, divisions, countries })
    }

    /// The map from keys to postings.
    pub(super) fn names(&self) -> &Fst<Cow<'static, [u8]>> {
        &self.names
    }

    /// The number of places.
    pub(super) fn len(&self) -> usize {
        self.rows.len() / ROW
    }

    /// Calls `each` with every row number behind a value of the map, most important place first.
    pub(super) fn postings(&self, value: u64, mut each: impl FnMut(u32)) {
        let rows = self.len() as u32;
        let at = (value >> 1) as usize;
        if value & 1 == 0 {
            if (at as u32) < rows {
                each(at as u32);
            }
            return;
        }
        let mut bytes = self.bytes[self.postings.clone()].get(at..).unwrap_or_default();
        let mut row = 0;
        for number in 0..take_varint(&mut bytes).unwrap_or(0) {
            let Some(step) = take_varint(&mut bytes) else { return };
            row = if number == 0 { step } else { row + step };
            if row >= rows {
                return;
            }
            each(row);
        }
    }

    /// The row's numbers.
    pub(super) fn brief(&self, row: u32) -> Brief {
        let row = self.row(row);
        let latitude = three(&row[4..7]);
        let country = 3 * row[20] as usize;
        Brief {
            geonames_id: four(&row[0..4]),
            kind: KINDS.get(row[19] as usize).copied().unwrap_or(PlaceKind::Region),
            country: self.bytes[self.countries.clone()].get(country..country + 3).and_then(|c| c.try_into().ok()).unwrap_or(*b"   "),
            division: u16::from_le_bytes([row[17], row[18]]),
            population: four(&row[10..14]),
            coordinates: (latitude != NO_POINT).then(|| (f64::from(latitude) / DEGREE, f64::from(three(&row[7..10])) / DEGREE)),
        }
    }

    /// The row's preferred name.
    pub(super) fn name(&self, row: u32) -> &str {
        let row = self.row(row);
        self.string(row[14] as usize | (row[15] as usize) << 8 | (row[16] as usize) << 16)
    }

    /// The name of a first-order division; empty for number 0, which stands for none.
    pub(super) fn division(&self, number: u16) -> &str {
        if number == 0 {
            return "";
        }
        word(&self.bytes[self.divisions.clone()], 4 * (number as usize - 1)).map_or("", |at| self.string(at))
    }

    /// The row as the type that leaves the gazetteer.
    pub(super) fn place(&self, row: u32) -> Place {
        let brief = self.brief(row);
        Place {
            geonames_id: (brief.geonames_id != 0).then_some(brief.geonames_id),
            name: self.name(row).to_string(),
            kind: brief.kind,
            country: String::from_utf8_lossy(&brief.country).trim().to_string(),
            admin1: self.division(brief.division).to_string(),
            coordinates: brief.coordinates,
            population: brief.population,
        }
    }

    fn row(&self, row: u32) -> &[u8] {
        let at = self.rows.start + ROW * row as usize;
        &self.bytes[at..at + ROW]
    }

    fn string(&self, at: usize) -> &str {
        let mut bytes = self.bytes[self.strings.clone()].get(at..).unwrap_or_default();
        let length = take_varint(&mut bytes).unwrap_or(0) as usize;
        bytes.get(..length).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default()
    }
}

fn word(bytes: &[u8], at: usize) -> Option<usize> {
    Some(four(bytes.get(at..at + 4)?) as usize)
}

fn four(bytes: &[u8]) -> u32 {
    u32::from_le_bytes(bytes.try_into().expect("four bytes"))
}

fn three(bytes: &[u8]) -> i32 {
    i32::from_le_bytes([0, bytes[0], bytes[1], bytes[2]]) >> 8
}

/// Takes a little-endian base-128 number off the front.
fn take_varint(bytes: &mut &[u8]) -> Option<u32> {
    let mut number = 0u32;
    for (at, byte) in bytes.iter().enumerate().take(5) {
        number |= u32::from(byte & 0x7F).checked_shl(7 * at as u32)?;
        if byte & 0x80 == 0 {
            *bytes = &bytes[at + 1..];
            return Some(number);
        }
    }
    None
}

/// Appends a number as [`take_varint`] reads it.
pub(super) fn push_varint(bytes: &mut Vec<u8>, mut number: u32) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}
