//! Where and when does each event lie? What maps and bars of time are drawn from: every event in a few numbers, read from indexes
//! alone.
//!
//! This question meets all events of a record, so that whoever asks it keeps the answer for as long as the record stands as it does
//! ([`Record::log_length`]).

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rusqlite::types::Value;
use sayso_types::record::{GroupKind, GroupRecord};

use crate::moment::View;
use crate::{Error, Record};

/// An event in a few numbers. Days are counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EventMark {
    /// What [`Record::group_numbered`] reads it by.
    pub number: i64,
    /// Longitude and latitude in degrees, within a metre or two; `None` where it has no coordinates.
    pub point: Option<[f32; 2]>,
    /// UCDP's where_prec; 0 where nobody said.
    pub where_prec: u8,
    /// The first day that it can mean; `None` where that is open or unknown.
    pub first: Option<i32>,
    /// The last one.
    pub last: Option<i32>,
    /// Its type, as a number in [`EventMarks::codes`].
    pub type_code: u16,
    /// The country in which it lies, likewise.
    pub country: Option<u16>,
    /// How far it is established, likewise.
    pub status: Option<u16>,
}

/// All events of a record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventMarks {
    /// The events by number, the first first.
    pub marks: Vec<EventMark>,
    /// The codes of types, countries and statuses.
    pub codes: Vec<String>,
}

impl EventMarks {
    /// The number of a code; `None` where no event has it.
    pub fn code(&self, code: &str) -> Option<u16> {
        self.codes.iter().position(|known| known == code).and_then(|at| u16::try_from(at).ok())
    }
}

/// Codes as they are met.
#[derive(Default)]
struct Codes {
    numbers: BTreeMap<String, u16>,
    codes: Vec<String>,
}

impl Codes {
    fn number(&mut self, code: &str) -> u16 {
        if let Some(number) = self.numbers.get(code) {
            return *number;
        }
        // Types, countries and statuses are a few hundred.
        let number = u16::try_from(self.codes.len()).unwrap_or(u16::MAX);
        self.numbers.insert(code.to_owned(), number);
        self.codes.push(code.to_owned());
        number
    }
}

impl Record {
    /// Every event of the record, in a few numbers.
    pub fn event_marks(&self) -> Result<EventMarks, Error> {
        let index = if self.view == View::Now { "groups_by_time" } else { "groups_by_time_ever" };
        let sql = format!(
            "SELECT g.key, g.type, g.country, g.status, unixepoch(g.earliest) / 86400,
                    unixepoch(nullif(nullif(g.day, ''), '9999-12-31')) / 86400
             FROM groups AS g INDEXED BY {index} WHERE g.kind = ? AND {}",
            self.view.holds("g")
        );
        let mut codes = Codes::default();
        let mut marks: Vec<EventMark> = Vec::new();
        self.each_row(&sql, [Value::from(GroupKind::Event.as_str().to_owned())], |row| {
            let mut code = |at: usize| -> Result<Option<u16>, rusqlite::Error> {
                Ok(row.get_ref(at)?.as_str_or_null()?.map(|code| codes.number(code)))
            };
            let (type_code, country, status) = (code(1)?.unwrap_or_default(), code(2)?, code(3)?);
            marks.push(EventMark {
                number: row.get(0)?,
                point: None,
                where_prec: 0,
                first: row.get(4)?,
                last: row.get(5)?,
                type_code,
                country,
                status,
            });
            Ok(ControlFlow::Continue(()))
        })?;
        marks.sort_unstable_by_key(|mark| mark.number);
        self.place_marks(&mut marks)?;
        Ok(EventMarks { marks, codes: codes.codes })
    }

    /// Puts events where the index of places has them.
    fn place_marks(&self, marks: &mut [EventMark]) -> Result<(), Error> {
        let tables: &[&str] = if self.view == View::Now { &["groups_where"] } else { &["groups_where", "groups_where_formerly"] };
        for table in tables {
            self.each_row(&format!("SELECT w.key, w.west, w.south, w.vaguest FROM {table} AS w"), [], |row| {
                let number: i64 = row.get(0)?;
                if let Ok(at) = marks.binary_search_by_key(&number, |mark| mark.number) {
                    marks[at].point = Some([row.get::<_, f64>(1)? as f32, row.get::<_, f64>(2)? as f32]);
                    marks[at].where_prec = row.get::<_, f64>(3)? as u8;
                }
                Ok(ControlFlow::Continue(()))
            })?;
        }
        Ok(())
    }

    /// The numbers of the events in which an actor takes part (the registry's id, or of whoever has none exactly the name), also of
    /// some that hold no more where an earlier moment is looked at; the first first.
    pub fn events_of(&self, actor: &str) -> Result<Vec<i64>, Error> {
        let (index, held) = match self.view {
            View::Now => ("parties_by_actor", "p.until IS NULL"),
            View::After(_) => ("parties_by_actor_ever", "TRUE"),
        };
        let sql = format!("SELECT p.grouped FROM parties AS p INDEXED BY {index} WHERE p.actor = ? AND p.kind = ? AND {held}");
        let mut found = Vec::new();
        self.each_row(&sql, [actor, GroupKind::Event.as_str()].map(|value| Value::from(value.to_owned())), |row| {
            found.push(row.get(0)?);
            Ok(ControlFlow::Continue(()))
        })?;
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The group of a number that [`EventMark`] tells.
    pub fn group_numbered(&self, number: i64) -> Result<GroupRecord, Error> {
        self.group_of_key(number)
    }
}
