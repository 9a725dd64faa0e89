//! On which day does a feast fall? "Christmas Eve", "New Year's Day", "Easter Sunday", "Thanksgiving Day": as far as a rule of the
//! solar calendar gives it; feasts by the moon's sighting have none.

use jiff::civil::{Date, Weekday};

use super::calendar::Unit;
use super::clock::with_part;
use super::date::year_of;
use super::grammar::{Expr, Expression, YearOf, simple};
use super::lexicon::{Shift, Word};
use super::view::View;

/// The rule of a feast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holiday {
    /// A day of a month.
    Fixed(i8, i8),
    /// The n-th of a weekday (Monday is 1) in a month.
    Nth { month: i8, weekday: i8, nth: i8 },
    /// Days from Easter Sunday of the western churches.
    Easter(i8),
}

impl Holiday {
    /// The rule as the lexicon writes it: `12-25`, `11:4:4` for the fourth Thursday of November, `easter-2` for Good Friday.
    pub(crate) fn parse(value: &str) -> Option<Holiday> {
        if let Some(days) = value.strip_prefix("easter") {
            return Some(Holiday::Easter(if days.is_empty() { 0 } else { days.parse().ok()? }));
        }
        if let Some((month, day)) = value.split_once('-') {
            return Some(Holiday::Fixed(month.parse().ok()?, day.parse().ok()?));
        }
        let mut parts = value.split(':').map(|part| part.parse().ok());
        Some(Holiday::Nth { month: parts.next()??, weekday: parts.next()??, nth: parts.next()?? })
    }

    /// The month that it mostly falls in.
    pub(crate) fn month(self) -> i8 {
        match self {
            Holiday::Fixed(month, _) | Holiday::Nth { month, .. } => month,
            Holiday::Easter(_) => 4,
        }
    }

    /// Its day in a year.
    pub(crate) fn day(self, year: i16) -> Option<Date> {
        match self {
            Holiday::Fixed(month, day) => Date::new(year, month, day).ok(),
            Holiday::Nth { month, weekday, nth } => {
                let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
                Date::new(year, month, 1).ok()?.nth_weekday_of_month(nth, weekday).ok()
            }
            Holiday::Easter(days) => {
                let easter = easter(year)?;
                easter.checked_add(jiff::Span::new().try_days(i64::from(days)).ok()?).ok()
            }
        }
    }
}

/// Easter Sunday of the Gregorian calendar, by the anonymous computus (Nature, 20 April 1876).
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let correction = (century + 8) / 25;
    let epact = (19 * golden + century - century / 4 - (century - correction + 1) / 3 + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 22 * sunday) / 451;
    let days = epact + sunday - 7 * late + 114;
    Date::new(i16::try_from(year).ok()?, (days / 31) as i8, (days % 31 + 1) as i8).ok()
}

/// "Thanksgiving Day", "Christmas Eve", "Easter Monday", "last Christmas", "Christmas 2014"; begins at `at`, named at `name`.
pub(crate) fn holiday_led(view: &View<'_>, at: usize, name: usize, shift: Shift) -> Option<Expression> {
    let (holiday, of_day) = match view.word(name) {
        Word::Holiday(holiday) => (holiday, false),
        Word::HolidayOfDay(holiday) => (holiday, true),
        _ => return None,
    };
    if !view.capital(name) {
        return None;
    }
    let mut next = name + 1;
    let mut holiday = holiday;
    // "New Year's Eve"
    let year_first = view.lower_is(name, "new");
    if year_first {
        if !(matches!(view.word(next), Word::Unit(Unit::Year)) && view.capital(next)) {
            return None;
        }
        next += 1 + if view.is_possessive(next + 1) { 2 } else { 0 };
    }
    let owned = view.is_possessive(next) && matches!(view.word(next + 2), Word::Unit(Unit::Day));
    next += if owned { 2 } else { 0 };
    let named = view.capital(next);
    match (view.word(next), holiday) {
        (Word::Eve, Holiday::Fixed(1, 1)) if named => (holiday, next) = (Holiday::Fixed(12, 31), next + 1),
        (Word::Eve, Holiday::Fixed(month, day)) if named => (holiday, next) = (Holiday::Fixed(month, day - 1), next + 1),
        (Word::Weekday(1), Holiday::Easter(0)) if named => (holiday, next) = (Holiday::Easter(1), next + 1),
        (Word::Weekday(7), Holiday::Easter(0)) if named => next += 1,
        (Word::Unit(Unit::Day), _) if named => next += 1,
        _ if of_day || year_first => return None,
        _ => {}
    }
    let (year, end) = if shift == Shift::None { year_of(view, next) } else { (YearOf::Shifted(shift), next) };
    Some(with_part(view, simple(at..end, Expr::Holiday { holiday, year })))
}
