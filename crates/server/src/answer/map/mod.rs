//! Where and when did events happen, and how surely is that known? What the map, the bar of time and their table tell alike.

mod bars;
mod export;
mod precision;
mod question;
mod spot;

use sayso::types::record::GroupRecord;
use sayso_store::query::{EventMark, EventMarks};
use serde::Serialize;
use utoipa::ToSchema;

pub(crate) use bars::{Bar, Bars};
pub(crate) use export::geojson;
pub(crate) use precision::{Precision, reach};
pub(crate) use question::{MapAsked, MapQuestion, Where};
pub(crate) use spot::{Spot, Wash};

use crate::desk::Reader;
use crate::fault::Fault;
use question::Stretch;

/// So many events stand on a page of the list.
pub(crate) const ROWS: usize = 50;

/// So many stand in one file.
pub(crate) const ROWS_OF_FILE: usize = 5000;

/// Events by where and when they happened. Events are what statements of any number of reports tell as one, so that copies never count.
#[derive(Serialize, ToSchema)]
pub(crate) struct MapAnswer {
    /// How many events are meant, and what of them can be drawn.
    pub(crate) counts: MapCounts,
    /// The places of those in the box.
    pub(crate) spots: Vec<Spot>,
    /// Whether there were more places than are drawn one by one, so that near ones were put together.
    pub(crate) gathered: bool,
    /// The countries of which no more is known than that it was there, wherever the box is.
    pub(crate) countries: Vec<Wash>,
    /// How many happened when, whatever stretch of time is asked for.
    pub(crate) time: Bars,
    /// The page of the list.
    pub(crate) events: Vec<MapEvent>,
    /// What `after` is for the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<String>,
}

/// How many events a question of the map means. All but `all` are of the stretch of time that is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct MapCounts {
    /// All that are meant, wherever and whenever.
    pub(crate) all: u64,
    /// With a place that lies in the box or can reach into it.
    pub(crate) in_box: u64,
    /// With a place that does not.
    pub(crate) elsewhere: u64,
    /// Known only to a country.
    pub(crate) country_only: u64,
    /// Without any place.
    pub(crate) without_place: u64,
    /// Without a known time; where a stretch of time is asked for they are in none of the others.
    pub(crate) without_time: u64,
    /// On all pages of the list.
    pub(crate) listed: u64,
}

/// An event of the list.
#[derive(Serialize, ToSchema)]
pub(crate) struct MapEvent {
    /// How surely its place is known; `null` where it has none.
    pub(crate) precision: Option<Precision>,
    /// In short.
    pub(crate) event: GroupRecord,
}

/// Where an event lies.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Lying {
    Spot([f32; 2], Precision),
    Country(u16),
    Nowhere,
}

fn lying(mark: &EventMark) -> Lying {
    let precision = Precision::of_where_prec(mark.where_prec);
    match (mark.point, mark.country) {
        (Some(point), _) if precision != Precision::Country => Lying::Spot(point, precision),
        (_, Some(country)) => Lying::Country(country),
        (Some(point), None) => Lying::Spot(point, Precision::Region),
        (None, None) => Lying::Nowhere,
    }
}

fn is_untimed(mark: &EventMark) -> bool {
    mark.first.is_none() && mark.last.is_none()
}

impl Stretch {
    fn takes(&self, mark: &EventMark) -> bool {
        if is_untimed(mark) {
            return false;
        }
        let (from, to) = (self.first.unwrap_or(i32::MIN), self.last.unwrap_or(i32::MAX));
        let (first, last) = (mark.first.unwrap_or(i32::MIN), mark.last.unwrap_or(i32::MAX));
        if self.certain { first >= from && last <= to } else { last >= from && first <= to }
    }
}

impl MapQuestion {
    fn reaches(&self, lying: Lying) -> bool {
        match (lying, &self.bounds) {
            (Lying::Spot(point, precision), Some(bounds)) => bounds.reaches(point, precision.km()),
            (Lying::Spot(..), None) => true,
            _ => false,
        }
    }

    /// Whether it stands in the list and the bar of time, whenever it was.
    fn lists(&self, lying: Lying) -> bool {
        match (self.listed, lying) {
            (Where::Box, Lying::Spot(..)) => self.reaches(lying),
            // A box leaves out what cannot be said to lie in it; the whole world leaves out nothing.
            (Where::Box, _) => self.bounds.is_none(),
            (Where::Country, Lying::Country(_)) | (Where::Nowhere, Lying::Nowhere) => true,
            (Where::Spot(asked, precision), Lying::Spot(point, of)) => {
                precision == of && (0..2).all(|axis| (asked[axis] - point[axis]).abs() < 1e-4)
            }
            _ => false,
        }
    }
}

impl MapAnswer {
    /// The answer to a question.
    pub(crate) fn of(reader: Reader<'_>, question: &MapQuestion) -> Result<MapAnswer, Fault> {
        let marks = reader.survey().marks()?;
        let chosen = chosen(reader, &marks, question)?;
        let timely = |mark: &EventMark| question.time.as_ref().is_none_or(|time| time.takes(mark));
        let mut counts = MapCounts { all: chosen.len() as u64, ..MapCounts::default() };
        let (mut placed, mut countrywide, mut listed) = (Vec::new(), Vec::new(), Vec::new());
        for mark in &chosen {
            let lying = lying(mark);
            counts.without_time += u64::from(is_untimed(mark));
            let timely = timely(mark);
            if question.lists(lying) && (if question.untimed { is_untimed(mark) } else { timely }) {
                listed.push(*mark);
            }
            if !timely {
                continue;
            }
            match lying {
                Lying::Spot(point, precision) if question.reaches(lying) => {
                    counts.in_box += 1;
                    placed.push((*mark, point, precision));
                }
                Lying::Spot(..) => counts.elsewhere += 1,
                Lying::Country(country) => {
                    counts.country_only += 1;
                    countrywide.push((*mark, country));
                }
                Lying::Nowhere => counts.without_place += 1,
            }
        }
        counts.listed = listed.len() as u64;
        let time = bars::bars(chosen.iter().filter(|mark| question.lists(lying(mark))).copied());
        let (spots, gathered) = spot::spots(reader, &placed, question)?;
        let (events, next) = page(reader, listed, question)?;
        Ok(MapAnswer { counts, spots, gathered, countries: spot::washes(reader, &marks, &countrywide)?, time, events, next })
    }
}

/// The events that a question means, wherever and whenever they were.
fn chosen<'m>(reader: Reader<'_>, marks: &'m EventMarks, question: &MapQuestion) -> Result<Vec<&'m EventMark>, Fault> {
    let numbers =
        |codes: &[String]| -> Option<Vec<u16>> { (!codes.is_empty()).then(|| codes.iter().filter_map(|code| marks.code(code)).collect()) };
    let (types, countries, statuses) = (numbers(&question.types), numbers(&question.countries), numbers(&question.statuses));
    let is_of = |numbers: &Option<Vec<u16>>, number: Option<u16>| {
        numbers.as_ref().is_none_or(|numbers| number.is_some_and(|number| numbers.contains(&number)))
    };
    let holds = |mark: &&EventMark| is_of(&types, Some(mark.type_code)) && is_of(&countries, mark.country) && is_of(&statuses, mark.status);
    let Some(actor) = &question.actor else { return Ok(marks.marks.iter().filter(holds).collect()) };
    let of_actor = reader.record.events_of(actor)?;
    let found = of_actor.iter().filter_map(|number| marks.marks.binary_search_by_key(number, |mark| mark.number).ok());
    Ok(found.map(|at| &marks.marks[at]).filter(holds).collect())
}

/// By what the list is ordered, last first: the last day that an event can mean, and those without a time last.
fn order(mark: &EventMark) -> (i32, i64) {
    let day = mark.last.unwrap_or(if mark.first.is_some() { i32::MAX } else { i32::MIN });
    (day, mark.number)
}

fn page(reader: Reader<'_>, mut listed: Vec<&EventMark>, question: &MapQuestion) -> Result<(Vec<MapEvent>, Option<String>), Fault> {
    if let Some(after) = question.after {
        listed.retain(|mark| order(mark) < after);
    }
    listed.sort_unstable_by_key(|mark| std::cmp::Reverse(order(mark)));
    let more = listed.len() > question.rows;
    listed.truncate(question.rows);
    let next = listed.last().filter(|_| more).map(|mark| order(mark)).map(|(day, number)| format!("{day}~{number}"));
    let event = |mark: &&EventMark| -> Result<MapEvent, Fault> {
        let precision = match lying(mark) {
            Lying::Spot(_, precision) => Some(precision),
            Lying::Country(_) => Some(Precision::Country),
            Lying::Nowhere => None,
        };
        Ok(MapEvent { precision, event: reader.record.group_numbered(mark.number)? })
    };
    Ok((listed.iter().map(event).collect::<Result<_, Fault>>()?, next))
}
