//! How is a row of each data set an event?

use std::io::Read;
use std::sync::OnceLock;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::row::{Columns, Row};
use super::{FileRead, Rejected, TheirEvent};
use crate::Error;
use crate::country;
use crate::place::Precision;

/// A data set that can be laid beside the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dataset {
    /// ACLED.
    Acled,
    /// UCDP's Georeferenced Event Dataset.
    Ged,
    /// The Global Terrorism Database.
    Gtd,
    /// POLECAT.
    Polecat,
}

impl Dataset {
    /// All of them.
    pub const ALL: [Dataset; 4] = [Dataset::Acled, Dataset::Ged, Dataset::Gtd, Dataset::Polecat];

    /// Its code.
    pub fn as_str(self) -> &'static str {
        match self {
            Dataset::Acled => "acled",
            Dataset::Ged => "ged",
            Dataset::Gtd => "gtd",
            Dataset::Polecat => "polecat",
        }
    }

    /// The data set of a code.
    pub fn of_str(code: &str) -> Option<Dataset> {
        Dataset::ALL.into_iter().find(|dataset| dataset.as_str() == code)
    }

    /// The columns without which nothing can be read.
    fn needed(self) -> &'static [&'static str] {
        match self {
            Dataset::Acled => &["event_date", "event_type", "sub_event_type", "actor1", "country", "fatalities"],
            Dataset::Ged => &["id", "type_of_violence", "side_a", "side_b", "date_start", "date_end", "country", "best", "low", "high"],
            Dataset::Gtd => &["eventid", "iyear", "imonth", "iday", "country_txt", "attacktype1_txt", "gname"],
            Dataset::Polecat => &["Event ID", "Event Date", "Event Type", "Actor Name", "Recipient Name", "Country"],
        }
    }

    /// Reads a file. A row that is no event as expected is told and passed over.
    ///
    /// # Errors
    /// It is no table of this data set: columns that it must have are not there.
    pub fn read(self, bytes: impl Read) -> Result<FileRead, Error> {
        let delimiter = if self == Dataset::Polecat { b'\t' } else { b',' };
        let mut table = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(bytes);
        let header = table.byte_headers().map(lossy).map_err(|error| Error::Refused(format!("its first line does not read: {error}")))?;
        let columns = Columns::of(&header);
        let missing = columns.missing(self.needed());
        if !missing.is_empty() {
            return Err(Error::Refused(format!(
                "it has no column {}, which a file of {} has; name the data set whose file it is, and take the file as it was downloaded",
                missing.join(", "),
                self.as_str()
            )));
        }
        let mut read = FileRead::default();
        let mut raw = csv::ByteRecord::new();
        let mut ids = std::collections::BTreeSet::new();
        loop {
            let line = table.position().line();
            match table.read_byte_record(&mut raw) {
                Ok(false) => return Ok(read),
                Ok(true) => {}
                Err(error) => {
                    read.rejected.push(Rejected { line, why: error.to_string() });
                    if error.is_io_error() {
                        return Ok(read);
                    }
                    continue;
                }
            }
            let values = lossy(&raw);
            let event = if values.len() < header.len() / 2 {
                Err(format!("it has {} values of {}", values.len(), header.len()))
            } else {
                self.event(columns.row(&values))
            };
            match event {
                Ok(event) if event.id.is_empty() => read.rejected.push(Rejected { line, why: "it has no id".to_owned() }),
                Ok(event) if !ids.insert(event.id.clone()) => {
                    read.rejected.push(Rejected { line, why: format!("the id {} stands in an earlier row already", event.id) });
                }
                Ok(event) => read.events.push(event),
                Err(why) => read.rejected.push(Rejected { line, why }),
            }
        }
    }

    fn event(self, row: Row<'_>) -> Result<TheirEvent, String> {
        match self {
            Dataset::Acled => acled(row),
            Dataset::Ged => ged(row),
            Dataset::Gtd => gtd(row),
            Dataset::Polecat => polecat(row),
        }
    }
}

/// A row as text; bytes that are no UTF-8 are taken for Latin-1, which older files are in.
fn lossy(raw: &csv::ByteRecord) -> csv::StringRecord {
    let text = |value: &[u8]| match std::str::from_utf8(value) {
        Ok(text) => text.to_owned(),
        Err(_) => value.iter().map(|byte| char::from(*byte)).collect(),
    };
    raw.iter().map(text).collect()
}

fn acled(row: Row<'_>) -> Result<TheirEvent, String> {
    let day = row.day("event_date")?.ok_or("event_date is empty")?;
    // Within a week around the middle of it, or within its month.
    let (first, last) = match row.text("time_precision") {
        Some("2") => (before(day, 3), after(day, 3)),
        Some("3") => (day.first_of_month(), day.last_of_month()),
        _ => (day, day),
    };
    let (kind, sub) = (row.owned("event_type"), row.owned("sub_event_type"));
    let point = row.point()?;
    let fatalities = row.count("fatalities")?.filter(|number| *number > 0);
    let id = ["event_id_cnty", "data_id", "event_id_no_cnty"].into_iter().find_map(|name| row.text(name));
    Ok(TheirEvent {
        id: id.unwrap_or_default().to_owned(),
        earliest: Some(first.to_string()),
        latest: Some(last.to_string()),
        place: row.text("location").map(ToOwned::to_owned),
        country: row.text("iso").and_then(country::of_numeric).or_else(|| row.text("country").and_then(country::of_name)),
        latitude: point.map(|(latitude, _)| latitude),
        longitude: point.map(|(_, longitude)| longitude),
        km: match row.text("geo_precision") {
            Some("1") => 5.0,
            Some("3") => 100.0,
            _ => 25.0,
        },
        can_be: can_be(Dataset::Acled, &kind, &sub),
        called: if sub.is_empty() { kind } else { format!("{kind}: {sub}") },
        actors: named(row, &["actor1", "assoc_actor_1", "actor2", "assoc_actor_2"]),
        low: fatalities,
        best: fatalities,
        high: fatalities,
        source: row.owned("source"),
        notes: row.owned("notes"),
    })
}

fn ged(row: Row<'_>) -> Result<TheirEvent, String> {
    let first = row.day("date_start")?.ok_or("date_start is empty")?;
    let last = row.day("date_end")?.ok_or("date_end is empty")?;
    if last < first {
        return Err(format!("date_end {last} lies before date_start {first}"));
    }
    let precision = Precision::of_where_prec(row.count("where_prec")?.and_then(|code| u8::try_from(code).ok()).unwrap_or(0));
    let point = row.point()?.filter(|_| precision != Precision::Country);
    let kind = row.owned("type_of_violence");
    Ok(TheirEvent {
        id: row.owned("id"),
        earliest: Some(first.to_string()),
        latest: Some(last.to_string()),
        place: row.text("where_coordinates").map(ToOwned::to_owned),
        country: row.text("country").and_then(country::of_name),
        latitude: point.map(|(latitude, _)| latitude),
        longitude: point.map(|(_, longitude)| longitude),
        km: precision.km().max(5.0),
        can_be: can_be(Dataset::Ged, &kind, ""),
        called: match kind.as_str() {
            "1" => "state-based violence".to_owned(),
            "2" => "non-state violence".to_owned(),
            "3" => "one-sided violence".to_owned(),
            other => return Err(format!("type_of_violence is `{other}`, which is none of 1, 2, 3")),
        },
        actors: named(row, &["side_a", "side_b"]),
        low: row.count("low")?,
        best: row.count("best")?,
        high: row.count("high")?,
        source: row.owned("source_article"),
        notes: row.owned("source_headline"),
    })
}

fn gtd(row: Row<'_>) -> Result<TheirEvent, String> {
    let part = |name: &str| Ok::<_, String>(row.number(name)?.filter(|number| *number > 0.0).map(|number| number as i16));
    let year = part("iyear")?.ok_or("iyear is empty")?;
    let (month, day) = (part("imonth")?, part("iday")?);
    let date = |month: i16, day: i16| {
        let month = i8::try_from(month).map_err(|_| format!("there is no month {month}"))?;
        let day = i8::try_from(day).map_err(|_| format!("there is no day {day}"))?;
        Date::new(year, month, day).map_err(|_| format!("{year}-{month}-{day} is no day"))
    };
    let (first, last) = match (month, day) {
        (Some(month), Some(day)) => (date(month, day)?, date(month, day)?),
        (Some(month), None) => (date(month, 1)?, date(month, 1)?.last_of_month()),
        (None, _) => (date(1, 1)?, date(12, 31)?),
    };
    let specificity = row.text("specificity").unwrap_or_default();
    let point = row.point()?.filter(|_| specificity != "5");
    let kind = row.owned("attacktype1_txt");
    let killed = row.count("nkill")?;
    Ok(TheirEvent {
        id: row.owned("eventid"),
        earliest: Some(first.to_string()),
        latest: Some(last.to_string()),
        place: row.text("city").filter(|city| !city.eq_ignore_ascii_case("unknown")).map(ToOwned::to_owned),
        country: row.text("country_txt").and_then(country::of_name),
        latitude: point.map(|(latitude, _)| latitude),
        longitude: point.map(|(_, longitude)| longitude),
        km: match specificity {
            "1" => 5.0,
            "3" => 40.0,
            "4" => 100.0,
            _ => 25.0,
        },
        can_be: can_be(Dataset::Gtd, &kind, ""),
        called: kind,
        actors: named(row, &["gname", "gsubname", "gname2", "gname3", "target1", "corp1"]),
        low: killed,
        best: killed,
        high: killed,
        source: row.owned("scite1"),
        notes: row.owned("summary"),
    })
}

fn polecat(row: Row<'_>) -> Result<TheirEvent, String> {
    let day = row.day("Event Date")?.ok_or("Event Date is empty")?;
    let point = row.point()?;
    let kind = row.owned("Event Type");
    let mode = row.text("Event Mode").map(|mode| format!("/{mode}")).unwrap_or_default();
    Ok(TheirEvent {
        id: row.owned("Event ID"),
        // The day is that of publication where the story names none.
        earliest: Some(before(day, 2).to_string()),
        latest: Some(day.to_string()),
        place: row.text("Placename").map(ToOwned::to_owned),
        country: row.text("Country").and_then(country::of_name),
        latitude: point.map(|(latitude, _)| latitude),
        longitude: point.map(|(_, longitude)| longitude),
        km: 50.0,
        can_be: vec![kind.to_lowercase()],
        called: format!("{kind}{mode}"),
        actors: named(row, &["Actor Name", "Recipient Name"]),
        source: row.owned("Source"),
        ..TheirEvent::default()
    })
}

fn before(day: Date, days: i64) -> Date {
    day.checked_sub(days.days()).unwrap_or(day)
}

fn after(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}

/// The names in some columns, those in one separated by ";".
fn named(row: Row<'_>, columns: &[&str]) -> Vec<String> {
    let names = columns.iter().filter_map(|name| row.text(name)).flat_map(|names| names.split(';'));
    names.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect()
}

/// PLOVER's types that a type can be: `data/exchange/types.tsv`.
fn can_be(dataset: Dataset, kind: &str, sub: &str) -> Vec<String> {
    static TABLE: OnceLock<Vec<[&'static str; 4]>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let row = |line: &'static str| line.split('\t').collect::<Vec<_>>().try_into().ok();
        include_str!("../../../../data/exchange/types.tsv").lines().skip(2).filter_map(row).collect()
    });
    let fits =
        |row: &&[&str; 4]| row[0] == dataset.as_str() && (row[1].is_empty() || row[1] == kind) && (row[2].is_empty() || row[2] == sub);
    table.iter().find(fits).map(|row| row[3].split(',').map(str::to_owned).collect()).unwrap_or_default()
}
