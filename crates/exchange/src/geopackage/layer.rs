//! Which tables does the file have, and what do the standard's own tables say of each?

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, params, params_from_iter};
use serde_json::Value;

use crate::Error;
use crate::fields::{FIELDS, Kind};
use crate::told::Made;

/// A table that users open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    /// Events at exact places, as points.
    Exact,
    /// Events of which only an area is known, as polygons.
    Areas,
    /// Events without a place, or with no more than a country.
    Unplaced,
    /// The statements that tell the events.
    Statements,
    /// What the file is.
    Origin,
}

/// The least box around what was added.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Extent {
    pub(super) west: f64,
    pub(super) east: f64,
    pub(super) south: f64,
    pub(super) north: f64,
}

impl Default for Extent {
    fn default() -> Extent {
        Extent { west: f64::INFINITY, east: f64::NEG_INFINITY, south: f64::INFINITY, north: f64::NEG_INFINITY }
    }
}

impl Extent {
    pub(super) fn of(points: impl Iterator<Item = [f64; 2]>) -> Extent {
        let mut extent = Extent::default();
        for [longitude, latitude] in points {
            extent.take_in(&Extent { west: longitude, east: longitude, south: latitude, north: latitude });
        }
        extent
    }

    pub(super) fn take_in(&mut self, other: &Extent) {
        self.west = self.west.min(other.west);
        self.east = self.east.max(other.east);
        self.south = self.south.min(other.south);
        self.north = self.north.max(other.north);
    }
}

impl Layer {
    pub(super) const ALL: [Layer; 5] = [Layer::Exact, Layer::Areas, Layer::Unplaced, Layer::Statements, Layer::Origin];

    fn table(self) -> &'static str {
        match self {
            Layer::Exact => "events_exact",
            Layer::Areas => "events_areas",
            Layer::Unplaced => "events_unplaced",
            Layer::Statements => "statements",
            Layer::Origin => "origin",
        }
    }

    fn about(self) -> &'static str {
        match self {
            Layer::Exact => "Events whose town, village or site is told",
            Layer::Areas => {
                "Events of which only a district, province, region or surroundings are told: they lie somewhere in the area drawn"
            }
            Layer::Unplaced => "Events of which no more than a country is told, or no place",
            Layer::Statements => "The statements that tell the events, with their words and who says so; event_id leads to the event",
            Layer::Origin => "What this file is, of which record, as of when, under which terms",
        }
    }

    /// The kind of its geometry.
    fn geometry(self) -> Option<&'static str> {
        match self {
            Layer::Exact => Some("POINT"),
            Layer::Areas => Some("MULTIPOLYGON"),
            Layer::Unplaced | Layer::Statements | Layer::Origin => None,
        }
    }

    /// Its number among the layers with a geometry.
    pub(super) fn number(self) -> Option<usize> {
        match self {
            Layer::Exact => Some(0),
            Layer::Areas => Some(1),
            Layer::Unplaced | Layer::Statements | Layer::Origin => None,
        }
    }

    /// Makes the table and its spatial index.
    pub(super) fn make(self, file: &Connection) -> Result<(), Error> {
        let table = self.table();
        let columns = match self {
            Layer::Statements => "event_id TEXT NOT NULL, statement_id TEXT NOT NULL, words TEXT NOT NULL, said_by TEXT, modality TEXT NOT NULL, negated BOOLEAN NOT NULL,
                                  confidence DOUBLE NOT NULL, title TEXT, publisher TEXT, published TEXT, url TEXT".to_owned(),
            Layer::Origin => "name TEXT NOT NULL, value TEXT NOT NULL".to_owned(),
            _ => FIELDS.iter().map(|(name, kind)| format!("{name} {}", declared(*kind))).collect::<Vec<_>>().join(", "),
        };
        let geometry = self.geometry().map(|kind| format!("geom {kind}, ")).unwrap_or_default();
        file.execute_batch(&format!("CREATE TABLE {table} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {geometry}{columns});"))?;
        if self.geometry().is_some() {
            file.execute_batch(&format!("CREATE VIRTUAL TABLE rtree_{table}_geom USING rtree (id, minx, maxx, miny, maxy);"))?;
        }
        Ok(())
    }

    /// Adds a row of events, and its box to the index.
    pub(super) fn add(self, file: &Connection, values: &[Value], geometry: Option<(&[u8], Extent)>) -> Result<(), Error> {
        let names: Vec<&str> = geometry.iter().map(|_| "geom").chain(FIELDS.iter().map(|(name, _)| *name)).collect();
        let sql = format!("INSERT INTO {} ({}) VALUES ({})", self.table(), names.join(", "), vec!["?"; names.len()].join(", "));
        let shape = geometry.iter().map(|(blob, _)| Cell::Blob(blob.to_vec()));
        file.prepare_cached(&sql)?.execute(params_from_iter(shape.chain(values.iter().map(cell))))?;
        if let Some((_, extent)) = geometry {
            let sql = format!("INSERT INTO rtree_{}_geom VALUES (?, ?, ?, ?, ?)", self.table());
            let row = file.last_insert_rowid();
            file.prepare_cached(&sql)?.execute(params![row, extent.west, extent.east, extent.south, extent.north])?;
        }
        Ok(())
    }

    /// Tells the standard's tables of it, and lets its index follow whoever edits it.
    pub(super) fn describe(self, file: &Connection, made: &Made, extents: &[Extent; 2]) -> Result<(), Error> {
        let extent = self.number().map(|number| extents[number]).filter(|extent| extent.west <= extent.east);
        let bound = |of: fn(&Extent) -> f64| extent.as_ref().map(of);
        file.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, min_x, min_y, max_x, max_y, srs_id)
             VALUES (?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%fZ', ?), ?, ?, ?, ?, ?)",
            params![
                self.table(),
                if self.geometry().is_some() { "features" } else { "attributes" },
                self.table(),
                self.about(),
                made.now,
                bound(|extent| extent.west),
                bound(|extent| extent.south),
                bound(|extent| extent.east),
                bound(|extent| extent.north),
                self.geometry().map(|_| 4326),
            ],
        )?;
        let Some(kind) = self.geometry() else {
            if self == Layer::Statements {
                file.execute_batch("CREATE INDEX statements_by_event ON statements (event_id);")?;
            }
            return Ok(());
        };
        file.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, 0, 0)", [self.table(), kind])?;
        file.execute(
            "INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
            [self.table()],
        )?;
        file.execute_batch(&include_str!("index.sql").replace("LAYER", self.table()))?;
        Ok(())
    }
}

fn declared(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "TEXT",
        Kind::Integer => "INTEGER",
        Kind::Real => "DOUBLE",
        Kind::Day => "DATE",
    }
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Bool(value) => Cell::Integer(i64::from(*value)),
        Value::Number(number) => number.as_i64().map(Cell::Integer).or_else(|| number.as_f64().map(Cell::Real)).unwrap_or(Cell::Null),
        Value::String(text) => Cell::Text(text.clone()),
        other => Cell::Text(other.to_string()),
    }
}
