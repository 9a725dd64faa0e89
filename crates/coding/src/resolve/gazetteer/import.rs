//! Which places does a user's own table hold? GeoNames dumps and Who's On First extracts, read line by line; bad lines are counted, not fatal.

use std::collections::BTreeMap;

use sayso_types::{Place, PlaceKind};

use super::build::NamedPlace;
use super::countries::Country;
use super::error::{Error, ErrorKind};

/// The places of a table and the lines that could not be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Import {
    /// In the order of the table.
    pub places: Vec<NamedPlace>,
    /// Line number, counted from 1, and what was expected there.
    pub rejected: Vec<(usize, String)>,
}

/// Columns of a GeoNames dump (`allCountries.txt` and the country files), as its readme has them.
const GEONAMES_COLUMNS: usize = 19;
/// Columns of a Who's On First extract: wof_id, gn_id, placetype, name, latitude, longitude, country, region_id, county_id, population, names.
const WOF_COLUMNS: usize = 11;

/// Reads a table in either form, told by the number of columns of its first line.
///
/// Errors: the first line is of neither form. Rows that are no place (roads, spots, campuses) are left out in silence.
pub fn import(file: &str, text: &str, countries: &[Country]) -> Result<Import, Error> {
    let columns = text.lines().next().map_or(0, |line| line.split('\t').count());
    let iso3: BTreeMap<&str, &str> = countries.iter().map(|c| (c.iso2.as_str(), c.iso3.as_str())).collect();
    match columns {
        GEONAMES_COLUMNS => Ok(geonames(text, &iso3)),
        WOF_COLUMNS => Ok(who_s_on_first(text, &iso3)),
        _ => Err(Error::of(
            ErrorKind::Table,
            format!(
                "{file}:1: expected {GEONAMES_COLUMNS} tab-separated columns (GeoNames) or {WOF_COLUMNS} (Who's On First), found {columns}"
            ),
        )),
    }
}

type Codes<'c> = BTreeMap<&'c str, &'c str>;

fn geonames(text: &str, iso3: &Codes) -> Import {
    let divisions: BTreeMap<(&str, &str), &str> = text
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            (cells.get(7) == Some(&"ADM1")).then(|| Some(((*cells.get(8)?, *cells.get(10)?), *cells.get(1)?)))?
        })
        .collect();
    collect(text, GEONAMES_COLUMNS, |cells| {
        let kind = match (cells[6], cells[7]) {
            (_, "PPLC") => PlaceKind::Capital,
            ("P", _) => PlaceKind::Populated,
            (_, "ADM1") => PlaceKind::Admin1,
            (_, "ADM2") => PlaceKind::Admin2,
            ("L", "RGN") | ("A", "ADM3") => PlaceKind::Region,
            ("H" | "T" | "V", _) => PlaceKind::Natural,
            _ => return Ok(None),
        };
        let place = Place {
            geonames_id: Some(number(cells[0], "a GeoNames id")?),
            name: name(cells[1])?,
            kind,
            country: country(cells[8], iso3)?,
            admin1: divisions.get(&(cells[8], cells[10])).map_or(String::new(), ToString::to_string),
            coordinates: Some(point(cells[4], cells[5])?),
            population: cells[14].parse().unwrap_or(0),
        };
        Ok(Some(NamedPlace { place, names: names(cells[3].split(',').chain([cells[2]])) }))
    })
}

fn who_s_on_first(text: &str, iso3: &Codes) -> Import {
    let regions: BTreeMap<&str, &str> = text
        .lines()
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let id = cells.next()?;
            (cells.nth(1)? == "region").then(|| Some((id, cells.next()?)))?
        })
        .collect();
    collect(text, WOF_COLUMNS, |cells| {
        let kind = match cells[2] {
            "locality" | "neighbourhood" | "borough" => PlaceKind::Populated,
            "region" => PlaceKind::Admin1,
            "county" => PlaceKind::Admin2,
            _ => return Ok(None),
        };
        let place = Place {
            geonames_id: if cells[1].is_empty() { None } else { Some(number(cells[1], "a GeoNames id")?) },
            name: name(cells[3])?,
            kind,
            country: country(cells[6], iso3)?,
            admin1: regions.get(cells[7]).map_or(String::new(), ToString::to_string),
            coordinates: Some(point(cells[4], cells[5])?),
            population: cells[9].parse().unwrap_or(0),
        };
        Ok(Some(NamedPlace { place, names: names(cells[10].split('|')) }))
    })
}

fn collect(text: &str, columns: usize, mut place: impl FnMut(&[&str]) -> Result<Option<NamedPlace>, String>) -> Import {
    let mut import = Import::default();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let read = if cells.len() == columns { place(&cells) } else { Err(format!("expected {columns} columns, found {}", cells.len())) };
        match read {
            Ok(place) => import.places.extend(place),
            Err(why) => import.rejected.push((number + 1, why)),
        }
    }
    import
}

fn number(cell: &str, what: &str) -> Result<u32, String> {
    cell.parse().map_err(|_| format!("expected {what}, found `{cell}`"))
}

fn name(cell: &str) -> Result<String, String> {
    if cell.is_empty() { Err("expected a name".to_string()) } else { Ok(cell.to_string()) }
}

fn country(cell: &str, iso3: &Codes) -> Result<String, String> {
    iso3.get(cell).map(ToString::to_string).ok_or_else(|| format!("unknown country `{cell}`"))
}

fn point(latitude: &str, longitude: &str) -> Result<(f64, f64), String> {
    let degrees = |cell: &str, most: f64| {
        cell.parse::<f64>().ok().filter(|d| d.abs() <= most).ok_or_else(|| format!("expected degrees, found `{cell}`"))
    };
    Ok((degrees(latitude, 90.0)?, degrees(longitude, 180.0)?))
}

/// Names in Latin letters that have a capital; the others cannot stand in an English text.
fn names<'n>(cells: impl Iterator<Item = &'n str>) -> Vec<String> {
    let latin = |c: char| !c.is_alphabetic() || c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c);
    cells.filter(|n| n.len() > 2 && n.chars().all(latin) && n.chars().any(char::is_uppercase)).map(String::from).collect()
}
