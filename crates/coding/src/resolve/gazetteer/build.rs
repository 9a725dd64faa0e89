//! How is a gazetteer file made? Places with all their names in, the bytes of the file out; the same places give the same bytes.

use std::collections::BTreeMap;

use sayso_types::{Place, PlaceKind};

use super::error::{Error, ErrorKind};
use super::file::{DEGREE, KINDS, MAGIC, NO_POINT, ROW, SECTIONS, push_varint};
use super::fold;

/// A place and every name by which it shall be found.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedPlace {
    /// The place; its preferred name need not be repeated in `names`.
    pub place: Place,
    /// Other names: variants, transliterations, former names.
    pub names: Vec<String>,
}

/// The file that holds `places`; `particles` are the linking words that are left out of a second key for each name.
///
/// Errors: more places, divisions or text than the format holds (16 million bytes of names, 65,535 divisions, 255 countries).
pub fn build(mut places: Vec<NamedPlace>, particles: &[String]) -> Result<Vec<u8>, Error> {
    places.sort_by(|a, b| importance(&b.place).cmp(&importance(&a.place)).then_with(|| identity(&a.place).cmp(&identity(&b.place))));
    let mut keys: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (row, place) in places.iter().enumerate() {
        for name in std::iter::once(&place.place.name).chain(&place.names) {
            let light = fold::light_key(name, particles);
            for key in std::iter::once(fold::key(name)).chain(light).filter(|k| !k.is_empty()) {
                let rows = keys.entry(key).or_default();
                if rows.last() != Some(&(row as u32)) {
                    rows.push(row as u32);
                }
            }
        }
    }
    let (names, postings) = names(&keys)?;
    let [rows, strings, divisions, countries] = rows(&places)?;
    Ok(file(&[names, postings, rows, strings, divisions, countries]))
}

/// Countries first, then by inhabitants: postings list the likelier place first.
fn importance(place: &Place) -> (bool, u32) {
    (place.kind == PlaceKind::Country, place.population)
}

fn identity(place: &Place) -> (Option<u32>, &str, &str, &str, &str) {
    (place.geonames_id, &place.name, &place.country, &place.admin1, place.kind.as_str())
}

fn names(keys: &BTreeMap<String, Vec<u32>>) -> Result<(Vec<u8>, Vec<u8>), Error> {
    let mut map = fst::MapBuilder::memory();
    let mut postings = Vec::new();
    for (key, rows) in keys {
        let value = match rows[..] {
            [row] => u64::from(row) << 1,
            _ => {
                let at = postings.len() as u64;
                push_varint(&mut postings, rows.len() as u32);
                let mut last = 0;
                for row in rows {
                    push_varint(&mut postings, row - last);
                    last = *row;
                }
                at << 1 | 1
            }
        };
        map.insert(key, value).map_err(|e| too_large(&e.to_string()))?;
    }
    Ok((map.into_inner().map_err(|e| too_large(&e.to_string()))?, postings))
}

/// The sections rows, strings, divisions and countries.
fn rows(places: &[NamedPlace]) -> Result<[Vec<u8>; 4], Error> {
    let mut strings = Strings::default();
    let (mut divisions, mut countries) = (Table::default(), Table::default());
    let mut rows = Vec::with_capacity(places.len() * ROW);
    for NamedPlace { place, .. } in places {
        let country = if place.country.len() == 3 { place.country.as_str() } else { "   " };
        let country = countries.number(country, || Ok(country.as_bytes().to_vec()))?;
        let country = u8::try_from(country).map_err(|_| too_large("more than 255 countries"))?;
        let division = match place.admin1.as_str() {
            "" => 0,
            name => 1 + divisions.number(name, || Ok(strings.offset(name)?.to_le_bytes().to_vec()))?,
        };
        let division = u16::try_from(division).map_err(|_| too_large("more than 65,535 divisions"))?;
        let kind = KINDS.iter().position(|k| *k == place.kind).expect("every kind has a number") as u8;
        let (latitude, longitude) = place.coordinates.map_or((NO_POINT, 0), |(lat, lon)| (fixed(lat), fixed(lon)));
        rows.extend(place.geonames_id.unwrap_or(0).to_le_bytes());
        rows.extend(&latitude.to_le_bytes()[..3]);
        rows.extend(&longitude.to_le_bytes()[..3]);
        rows.extend(place.population.to_le_bytes());
        rows.extend(&strings.offset(&place.name)?.to_le_bytes()[..3]);
        rows.extend(division.to_le_bytes());
        rows.extend([kind, country]);
    }
    Ok([rows, strings.bytes, divisions.bytes, countries.bytes])
}

/// Entries that are written once each, in the order of first use.
#[derive(Default)]
struct Table {
    bytes: Vec<u8>,
    numbers: BTreeMap<String, usize>,
}

impl Table {
    /// The number of the entry `name`, whose bytes are `entry`.
    fn number(&mut self, name: &str, entry: impl FnOnce() -> Result<Vec<u8>, Error>) -> Result<usize, Error> {
        if let Some(number) = self.numbers.get(name) {
            return Ok(*number);
        }
        let number = self.numbers.len();
        self.numbers.insert(name.to_string(), number);
        self.bytes.extend(entry()?);
        Ok(number)
    }
}

fn fixed(degrees: f64) -> i32 {
    (degrees.clamp(-360.0, 360.0) * DEGREE).round() as i32
}

/// Strings that are written once each.
#[derive(Default)]
struct Strings {
    bytes: Vec<u8>,
    offsets: BTreeMap<String, u32>,
}

impl Strings {
    fn offset(&mut self, text: &str) -> Result<u32, Error> {
        if let Some(offset) = self.offsets.get(text) {
            return Ok(*offset);
        }
        let offset = self.bytes.len() as u32;
        if offset >= 1 << 24 {
            return Err(too_large("more than 16 million bytes of names"));
        }
        push_varint(&mut self.bytes, text.len() as u32);
        self.bytes.extend(text.as_bytes());
        self.offsets.insert(text.to_string(), offset);
        Ok(offset)
    }
}

fn file(sections: &[Vec<u8>; SECTIONS]) -> Vec<u8> {
    let mut bytes = MAGIC.to_vec();
    bytes.extend((SECTIONS as u32).to_le_bytes());
    let mut at = bytes.len() + 8 * SECTIONS;
    for section in sections {
        bytes.extend((at as u32).to_le_bytes());
        bytes.extend((section.len() as u32).to_le_bytes());
        at += section.len();
    }
    bytes.extend(sections.iter().flatten());
    bytes
}

fn too_large(what: &str) -> Error {
    Error::of(ErrorKind::TooLarge, format!("gazetteer file: {what}"))
}
