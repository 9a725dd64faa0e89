//! Which events lie in a circle or polygon, perhaps in a stretch of time, and of how many is that not known?

use std::ops::ControlFlow;

use rusqlite::types::Value;
use sayso_types::record::{GroupKind, GroupRecord};

use super::geometry::Bounds;
use super::listing::conditions;
use super::{Area, Cursor, GroupFilter, Listed, MOST_COUNTED, Overlap, Paging, Tally, Window, page};
use crate::moment::View;
use crate::{Error, Record};

/// From this value of UCDP's where_prec on, a place is no more than a larger area or a country's middle.
const VAGUE: f64 = 4.0;

/// Days that stand for a bound of time that is not known.
const NEVER: f64 = 1e6;

/// A question for events by where they lie.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaFilter {
    /// Where.
    pub area: Area,
    /// When; those without a known time are then only counted.
    pub time: Option<Window>,
    /// What of events whose place is only known as a larger area.
    pub imprecise: Imprecise,
    /// Which page.
    pub paging: Paging,
}

/// What of events whose place is only known as a larger area or country (UCDP's where_prec 4 and above): their coordinates are its
/// middle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Imprecise {
    /// They are listed, and marked.
    #[default]
    Kept,
    /// They are only counted.
    LeftOut,
}

/// Events in an area.
#[derive(Clone, Debug, PartialEq)]
pub struct EventsWithin {
    /// Those of the page, by the last day that they can mean, last one first.
    pub events: Listed<PlacedEvent>,
    /// How many there are on all pages.
    pub all: Tally,
    /// How many events whose place is only known as a larger area would lie in it, listed or not.
    pub imprecise: Tally,
    /// Where a time is asked for: how many lie in the area and have no known time.
    pub without_time: Tally,
    /// How many events have no coordinates, of those in the time where one is asked for.
    pub without_place: Tally,
}

/// An event in an area.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedEvent {
    /// The event.
    pub record: GroupRecord,
    /// Of a circle, how many kilometres from its middle.
    pub km: Option<f64>,
    /// Whether its place is only known as a larger area.
    pub imprecise: bool,
}

/// What the index tells of an event without that it is read.
struct Candidate {
    key: i64,
    /// The last day that it can mean, by which lists are ordered.
    last: f64,
    imprecise: bool,
}

/// What the index finds.
#[derive(Default)]
struct Candidates {
    listed: Vec<Candidate>,
    imprecise: u64,
    without_time: u64,
}

impl Record {
    /// The events in an area, and how many it cannot be said of.
    pub fn events_within(&self, filter: &AreaFilter) -> Result<EventsWithin, Error> {
        let area = filter.area.unwound();
        let mut found = Candidates::default();
        for bounds in area.boxes() {
            self.gather(filter, &area, bounds, &mut found)?;
        }
        found.listed.sort_unstable_by(|one, other| other.last.total_cmp(&one.last).then(other.key.cmp(&one.key)));
        found.listed.dedup_by_key(|candidate| candidate.key);
        let all = Tally::Exactly(found.listed.len() as u64);
        Ok(EventsWithin {
            events: self.placed(filter, &area, &found.listed)?,
            all,
            imprecise: Tally::Exactly(found.imprecise),
            without_time: Tally::Exactly(found.without_time),
            without_place: self.unplaced(filter)?,
        })
    }

    /// What the index holds within some bounds and lies in the area.
    fn gather(&self, filter: &AreaFilter, area: &Area, bounds: Bounds, found: &mut Candidates) -> Result<(), Error> {
        let (sql, values) = within(self.view, bounds);
        let asked = |day: Option<String>| day.map(|day| self.day_number(&day)).transpose();
        let first_asked = asked(filter.time.as_ref().and_then(Window::first))?;
        let last_asked = asked(filter.time.as_ref().and_then(Window::last))?;
        self.each_row(&sql, values, |row| {
            let (key, west, south) = (row.get::<_, i64>(0)?, row.get::<_, f64>(1)?, row.get::<_, f64>(2)?);
            let (first, last, vaguest) = (row.get::<_, f64>(3)?, row.get::<_, f64>(4)?, row.get::<_, f64>(5)?);
            if area.holds(south, west).is_none() {
                return Ok(ControlFlow::Continue(()));
            }
            let untimed = first <= -NEVER && last >= NEVER;
            let timely = match filter.time.as_ref().map(|window| window.overlap) {
                None => true,
                Some(_) if untimed => false,
                Some(Overlap::Possible) => last >= first_asked.unwrap_or(-NEVER) && first <= last_asked.unwrap_or(NEVER),
                Some(Overlap::Certain) => first_asked.is_none_or(|day| first >= day) && last_asked.is_none_or(|day| last <= day),
            };
            found.without_time += u64::from(filter.time.is_some() && untimed);
            let imprecise = vaguest >= VAGUE;
            if timely {
                found.imprecise += u64::from(imprecise);
                if !(imprecise && filter.imprecise == Imprecise::LeftOut) {
                    found.listed.push(Candidate { key, last: if untimed { -NEVER } else { last }, imprecise });
                }
            }
            Ok(ControlFlow::Continue(()))
        })
    }

    /// Days since 1970-01-01.
    fn day_number(&self, day: &str) -> Result<f64, Error> {
        let ask = || self.connection.prepare_cached("SELECT unixepoch(?1) / 86400")?.query_row([day], |row| row.get(0));
        ask().map_err(|error| self.error(error))
    }

    /// The events of a page.
    fn placed(&self, filter: &AreaFilter, area: &Area, candidates: &[Candidate]) -> Result<Listed<PlacedEvent>, Error> {
        let limit = filter.paging.limit;
        let after = filter.paging.after.as_ref().and_then(|cursor| Some((cursor.place.parse::<f64>().ok()?, cursor.key)));
        let rest = candidates.iter().skip_while(|c| after.is_some_and(|(last, key)| (c.last, c.key) >= (last, key)));
        let (chosen, next) =
            page(rest.take(limit.saturating_add(1)).collect(), limit, |c: &&Candidate| Cursor { place: c.last.to_string(), key: c.key });
        let read = |candidate: &&Candidate| {
            let record = self.group_of_key(candidate.key)?;
            let point = record.place.as_ref().and_then(|place| Some((place.latitude?, place.longitude?)));
            let km = point.and_then(|(latitude, longitude)| area.holds(latitude, longitude)).flatten();
            Ok(PlacedEvent { record, km, imprecise: candidate.imprecise })
        };
        Ok(Listed { items: chosen.iter().map(read).collect::<Result<_, Error>>()?, next })
    }

    /// How many events have no coordinates.
    fn unplaced(&self, filter: &AreaFilter) -> Result<Tally, Error> {
        let index = if self.view == View::Now { "groups_by_time" } else { "groups_by_time_ever" };
        let chosen = GroupFilter { kinds: vec![GroupKind::Event], time: filter.time.clone(), ..GroupFilter::default() };
        let clauses = conditions(&chosen, self.view, GroupKind::Event);
        let sql =
            format!("SELECT count(*) FROM (SELECT 1 FROM groups AS g INDEXED BY {index} WHERE g.placed = 0 AND {} LIMIT ?)", clauses.sql());
        let mut values = clauses.into_values();
        values.push(Value::from(MOST_COUNTED as i64));
        let mut number = 0;
        self.each_row(&sql, values, |row| {
            number = row.get(0)?;
            Ok(ControlFlow::Break(()))
        })?;
        Ok(Tally::of_counted(number))
    }
}

/// The events that the index has within some bounds. Its numbers are rounded outward by a metre or two.
fn within(view: View, [west, east, south, north]: Bounds) -> (String, Vec<Value>) {
    const COLUMNS: &str = "w.key, w.west, w.south, w.first, w.last, w.vaguest";
    const BOUNDS: &str = "w.east >= ?1 AND w.west <= ?2 AND w.north >= ?3 AND w.south <= ?4";
    let values = [west, east, south, north].map(Value::from).to_vec();
    let sql = match view {
        View::Now => format!("SELECT {COLUMNS} FROM groups_where AS w WHERE {BOUNDS}"),
        View::After(_) => {
            let held = format!("CROSS JOIN groups AS g ON g.key = w.key WHERE {BOUNDS} AND {}", view.holds("g"));
            format!(
                "SELECT {COLUMNS} FROM groups_where AS w {held}
                 UNION ALL SELECT {COLUMNS} FROM groups_where_formerly AS w {held}"
            )
        }
    };
    (sql, values)
}
