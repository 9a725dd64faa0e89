//! In which forms can data leave, and what does each hold?

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use sayso::dossier;
use serde::Deserialize;

use crate::list::{self, ByteOrderMark, What};
use crate::network::Network;
use crate::stix::ActorsAs;
use crate::told::{Export, Written};
use crate::{Error, acled, brief, ftm, ged, geojson, geopackage, jsonld, kml, polecat, stix};

/// So many events does a GeoPackage get that is put together in memory.
const MOST_IN_MEMORY: u64 = 100_000;

/// A form in which data leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// JSON, one thing a line.
    Jsonl,
    /// Comma-separated values.
    #[default]
    Csv,
    /// A spreadsheet.
    Xlsx,
    /// Events in ACLED's columns, ours after them; not ACLED data.
    Acled,
    /// Events with deaths in UCDP GED's columns, ours after them; not UCDP data.
    Ged,
    /// Stated events in POLECAT's columns, ours after them; not POLECAT data.
    Polecat,
    /// GeoJSON.
    Geojson,
    /// GeoPackage.
    Gpkg,
    /// KML.
    Kml,
    /// GraphML.
    Graphml,
    /// GEXF.
    Gexf,
    /// STIX 2.1.
    Stix,
    /// FollowTheMoney.
    Ftm,
    /// JSON-LD with PROV and Web Annotation.
    Jsonld,
    /// A brief as Markdown.
    Markdown,
    /// A brief as DOCX.
    Docx,
}

/// What a person chose beside the format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// Of what a list is: of CSV, JSON lines and XLSX.
    pub what: What,
    /// Of CSV.
    pub mark: ByteOrderMark,
    /// What armed groups are in STIX.
    pub actors: ActorsAs,
}

impl Format {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Format; 16] = {
        use Format::{Acled, Csv, Docx, Ftm, Ged, Geojson, Gexf, Gpkg, Graphml, Jsonl, Jsonld, Kml, Markdown, Polecat, Stix, Xlsx};
        [Jsonl, Csv, Xlsx, Acled, Ged, Polecat, Geojson, Gpkg, Kml, Graphml, Gexf, Stix, Ftm, Jsonld, Markdown, Docx]
    };

    /// Its code.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Xlsx => "xlsx",
            Format::Acled => "acled",
            Format::Ged => "ged",
            Format::Polecat => "polecat",
            Format::Geojson => "geojson",
            Format::Gpkg => "gpkg",
            Format::Kml => "kml",
            Format::Graphml => "graphml",
            Format::Gexf => "gexf",
            Format::Stix => "stix",
            Format::Ftm => "ftm",
            Format::Jsonld => "jsonld",
            Format::Markdown => "markdown",
            Format::Docx => "docx",
        }
    }

    /// The format of a code.
    pub fn of_str(code: &str) -> Option<Format> {
        Format::ALL.into_iter().find(|format| format.as_str() == code)
    }

    /// What it holds, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Format::Jsonl => "everything, one JSON object a line",
            Format::Csv => "a table for any program",
            Format::Xlsx => "a spreadsheet",
            Format::Acled => "events in ACLED's columns, with ours after them; not ACLED data",
            Format::Ged => "events with deaths in UCDP GED's columns, with ours after them; not UCDP data",
            Format::Polecat => "stated events in POLECAT's columns, with ours after them; not POLECAT data",
            Format::Geojson => "events for web maps: points where the place is exact, else areas",
            Format::Gpkg => "events and their statements as layers for QGIS",
            Format::Kml => "events for Google Earth",
            Format::Graphml => "actors and their relations for network programs",
            Format::Gexf => "actors and their relations in time, for Gephi",
            Format::Stix => "a STIX 2.1 bundle for OpenCTI and MISP",
            Format::Ftm => "FollowTheMoney entities for OpenAleph, Datashare and yente",
            Format::Jsonld => "linked data: PROV, and annotations that find the words",
            Format::Markdown => "a brief with footnotes, as Markdown",
            Format::Docx => "a brief with footnotes, for word processors",
        }
    }

    /// How a file of it is named, by what it holds: "events-acled-shaped.csv".
    pub fn file_name(self, what: What) -> String {
        match self {
            Format::Jsonl | Format::Csv | Format::Xlsx => format!("{}.{}", what.as_str(), self.as_str()),
            Format::Acled => "events-acled-shaped-not-acled.csv".to_owned(),
            Format::Ged => "events-ged-shaped-not-ucdp.csv".to_owned(),
            Format::Polecat => "events-polecat-shaped-not-polecat.tsv".to_owned(),
            Format::Geojson | Format::Gpkg | Format::Kml => format!("events.{}", self.as_str()),
            Format::Graphml | Format::Gexf => format!("relations.{}", self.as_str()),
            Format::Stix => "bundle.stix.json".to_owned(),
            Format::Ftm => "entities.ftm.json".to_owned(),
            Format::Jsonld => "record.jsonld".to_owned(),
            Format::Markdown => "brief.md".to_owned(),
            Format::Docx => "brief.docx".to_owned(),
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Jsonl => "application/x-ndjson",
            Format::Csv | Format::Acled | Format::Ged => "text/csv; charset=utf-8; header=present",
            Format::Polecat => "text/tab-separated-values; charset=utf-8",
            Format::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Format::Geojson => "application/geo+json",
            Format::Gpkg => "application/geopackage+sqlite3",
            Format::Kml => "application/vnd.google-earth.kml+xml",
            Format::Graphml => "application/graphml+xml",
            Format::Gexf => "application/gexf+xml",
            Format::Stix => "application/stix+json;version=2.1",
            Format::Ftm => "application/json+ftm",
            Format::Jsonld => "application/ld+json",
            Format::Markdown => "text/markdown; charset=utf-8",
            Format::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        }
    }

    /// What its rows or entities are of, for a sentence: "12 events".
    pub fn counts(self, what: What) -> &'static str {
        match self {
            Format::Jsonl | Format::Csv | Format::Xlsx => what.as_str(),
            Format::Polecat => "stated events",
            Format::Graphml | Format::Gexf => "relations",
            Format::Acled | Format::Ged | Format::Geojson | Format::Gpkg | Format::Kml | Format::Markdown | Format::Docx => "events",
            Format::Stix | Format::Ftm | Format::Jsonld => "events, relations and series of estimates",
        }
    }

    /// What is to lie beside a file whose form could be taken for a data set of others: a text for a file named like it with `.README.txt`.
    pub fn beside(self) -> Option<&'static str> {
        match self {
            Format::Acled => Some(include_str!("beside/acled.txt")),
            Format::Ged => Some(include_str!("beside/ged.txt")),
            Format::Polecat => Some(include_str!("beside/polecat.txt")),
            _ => None,
        }
    }
}

/// Writes what a question finds in a format.
///
/// # Errors
/// The record cannot be read, the file not written, or the format cannot hold so much.
pub fn write(export: &Export<'_>, format: Format, choice: Choice, out: &mut dyn Write) -> Result<Written, Error> {
    let all = |bytes: &[u8], written: Written, out: &mut dyn Write| -> Result<Written, Error> {
        out.write_all(bytes)?;
        Ok(written)
    };
    match format {
        Format::Jsonl => list::jsonl(export, choice.what, out),
        Format::Csv => list::csv(export, choice.what, choice.mark, out),
        Format::Xlsx => list::xlsx(export, choice.what).and_then(|(bytes, written)| all(&bytes, written, out)),
        Format::Acled => acled::write(export, out),
        Format::Ged => ged::write(export, out),
        Format::Polecat => polecat::write(export, out),
        Format::Geojson => geojson::write(export, out),
        Format::Gpkg => geopackage::bytes(export, MOST_IN_MEMORY).and_then(|(bytes, written)| all(&bytes, written, out)),
        Format::Kml => kml::write(export, out),
        Format::Graphml => Network::of(export).and_then(|(network, written)| all(network.graphml().as_bytes(), written, out)),
        Format::Gexf => Network::of(export).and_then(|(network, written)| all(network.gexf().as_bytes(), written, out)),
        Format::Stix => stix::write(export, choice.actors, out),
        Format::Ftm => ftm::write(export, out),
        Format::Jsonld => jsonld::write(export, out),
        Format::Markdown => brief::brief(export).and_then(|(brief, written)| all(dossier::markdown(&brief).as_bytes(), written, out)),
        Format::Docx => brief::brief(export).and_then(|(brief, written)| all(&dossier::docx(&brief)?, written, out)),
    }
}

/// Writes what a question finds in a format to a file, where there is none yet.
///
/// # Errors
/// As [`write`].
pub fn write_file(export: &Export<'_>, format: Format, choice: Choice, path: &Path) -> Result<Written, Error> {
    if format == Format::Gpkg {
        return geopackage::write(export, path);
    }
    let mut out = BufWriter::with_capacity(1 << 16, File::create_new(path)?);
    let written = write(export, format, choice, &mut out)?;
    out.into_inner().map_err(|error| Error::Write(error.into_error()))?.sync_all()?;
    Ok(written)
}
