//! Which days does a named stretch of the calendar hold? Days, weeks, months, seasons, years, and parts of them, as EDTF.

use jiff::ToSpan;
use jiff::civil::Date;
use sayso_types::Edtf;

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// Weeks from Monday.
    Week,
    /// Fourteen days.
    Fortnight,
    /// Months.
    Month,
    /// Quarters of the calendar year.
    Quarter,
    /// Years.
    Year,
    /// Decades.
    Decade,
    /// Centuries.
    Century,
}

/// A season of the northern year, by whole months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// Which part of a period: the first, second or last third of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Position {
    Early,
    Middle,
    Late,
}

/// A stretch of the calendar as news names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Period {
    Day(Date),
    /// The week from this Monday.
    Week(Date),
    /// The weekend from this Saturday.
    Weekend(Date),
    Month(i16, i8),
    /// Quarter 1–4 of a year.
    Quarter(i16, i8),
    /// Half 1–2 of a year.
    Half(i16, i8),
    /// A season; winter begins in December of the year.
    Season(i16, Season),
    Year(i16),
    /// The decade from this year.
    Decade(i16),
    /// The century from this year.
    Century(i16),
    /// From the first to the last day of two others.
    Span(Date, Date),
}

impl Period {
    /// Its first day, where the calendar has it.
    pub(crate) fn first(self) -> Option<Date> {
        match self {
            Period::Day(day) | Period::Week(day) | Period::Weekend(day) | Period::Span(day, _) => Some(day),
            Period::Month(year, month) => Date::new(year, month, 1).ok(),
            Period::Quarter(year, quarter) => Date::new(year, quarter * 3 - 2, 1).ok(),
            Period::Half(year, half) => Date::new(year, half * 6 - 5, 1).ok(),
            Period::Season(year, season) => Date::new(year, season.first_month(), 1).ok(),
            Period::Year(year) | Period::Decade(year) | Period::Century(year) => Date::new(year, 1, 1).ok(),
        }
    }

    /// Its last day, where the calendar has it.
    pub(crate) fn last(self) -> Option<Date> {
        match self {
            Period::Day(day) | Period::Span(_, day) => Some(day),
            Period::Week(monday) => monday.checked_add(6.days()).ok(),
            Period::Weekend(saturday) => saturday.tomorrow().ok(),
            Period::Month(..) => Some(self.first()?.last_of_month()),
            Period::Quarter(..) | Period::Season(..) => Some(self.first()?.checked_add(2.months()).ok()?.last_of_month()),
            Period::Half(..) => Some(self.first()?.checked_add(5.months()).ok()?.last_of_month()),
            Period::Year(_) => Some(self.first()?.last_of_year()),
            Period::Decade(_) => Some(self.first()?.checked_add(9.years()).ok()?.last_of_year()),
            Period::Century(_) => Some(self.first()?.checked_add(99.years()).ok()?.last_of_year()),
        }
    }

    /// The unit that it is named in.
    pub(crate) fn unit(self) -> Unit {
        match self {
            Period::Day(_) | Period::Span(..) => Unit::Day,
            Period::Week(_) => Unit::Week,
            Period::Weekend(_) => Unit::Weekend,
            Period::Month(..) => Unit::Month,
            Period::Quarter(..) | Period::Season(..) | Period::Half(..) => Unit::Quarter,
            Period::Year(_) => Unit::Year,
            Period::Decade(_) => Unit::Decade,
            Period::Century(_) => Unit::Century,
        }
    }

    /// The period of `unit` that holds a day: its month, its week.
    pub(crate) fn holding(day: Date, unit: Unit) -> Option<Period> {
        let monday = || day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok();
        Some(match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day => Period::Day(day),
            Unit::Week | Unit::Fortnight => Period::Week(monday()?),
            Unit::Weekend => Period::Weekend(monday()?.checked_add(5.days()).ok()?),
            Unit::Month => Period::Month(day.year(), day.month()),
            Unit::Quarter => Period::Quarter(day.year(), (day.month() + 2) / 3),
            Unit::Year => Period::Year(day.year()),
            Unit::Decade => Period::Decade(day.year().div_euclid(10) * 10),
            Unit::Century => Period::Century(day.year().div_euclid(100) * 100),
        })
    }

    /// The third of it that "early", "mid" or "late" means: days 1–10, 11–20 and 21 to the end of a month, four months of a year.
    pub(crate) fn third(self, position: Position) -> Option<Period> {
        let (first, last) = (self.first()?, self.last()?);
        let months = |from: i32, to: i32| {
            let begin = first.checked_add(from.months()).ok()?;
            let end = first.checked_add(to.months()).ok()?.yesterday().ok()?;
            Some(Period::Span(begin, end))
        };
        let of_three = |each: i32| match position {
            Position::Early => months(0, each),
            Position::Middle => months(each, 2 * each),
            Position::Late => months(2 * each, 3 * each),
        };
        let days = |from: i32, to: i32| Some(Period::Span(first.checked_add(from.days()).ok()?, first.checked_add(to.days()).ok()?));
        match (self, position) {
            (Period::Day(_) | Period::Weekend(_) | Period::Span(..), _) => Some(self),
            (Period::Week(_), Position::Early) => days(0, 2),
            (Period::Week(_), Position::Middle) => days(2, 4),
            (Period::Week(_), Position::Late) => days(3, 6),
            (Period::Month(..), Position::Early) => days(0, 9),
            (Period::Month(..), Position::Middle) => days(10, 19),
            (Period::Month(..), Position::Late) => Some(Period::Span(first.checked_add(20.days()).ok()?, last)),
            (Period::Quarter(..) | Period::Season(..), _) => of_three(1),
            (Period::Half(..), _) => of_three(2),
            (Period::Year(_), _) => of_three(4),
            (Period::Decade(_), _) => of_three(40),
            (Period::Century(_), _) => of_three(400),
        }
    }

    /// Its EDTF text: as coarse as it is named.
    pub(crate) fn edtf_text(self) -> Option<String> {
        let (first, last) = (self.first()?, self.last()?);
        if first.year() < 0 {
            return None;
        }
        let whole_months = first.day() == 1 && last == last.last_of_month();
        Some(match self {
            Period::Day(day) => day.to_string(),
            Period::Month(year, month) => format!("{year:04}-{month:02}"),
            Period::Year(year) => format!("{year:04}"),
            Period::Decade(_) | Period::Century(_) => format!("{:04}/{:04}", first.year(), last.year()),
            _ if first == last => first.to_string(),
            _ if whole_months && (first.year(), first.month()) == (last.year(), last.month()) => {
                format!("{:04}-{:02}", first.year(), first.month())
            }
            Period::Span(..) if first.month() == 1 && first.day() == 1 && last == last.last_of_year() => {
                format!("{:04}/{:04}", first.year(), last.year())
            }
            _ if whole_months => {
                format!("{:04}-{:02}/{:04}-{:02}", first.year(), first.month(), last.year(), last.month())
            }
            _ => format!("{first}/{last}"),
        })
    }

    /// Its EDTF value.
    pub(crate) fn edtf(self) -> Option<Edtf> {
        self.edtf_text()?.parse().ok()
    }
}

impl Season {
    /// The month that it begins in.
    pub(crate) fn first_month(self) -> i8 {
        match self {
            Season::Spring => 3,
            Season::Summer => 6,
            Season::Autumn => 9,
            Season::Winter => 12,
        }
    }
}

/// `day` moved by a number of units, as the calendar counts: a month from 31 January is the end of February.
pub(crate) fn moved(day: Date, amount: i64, unit: Unit) -> Option<Date> {
    const FARTHEST: i64 = 5000;
    let amount = i32::try_from(amount).ok().filter(|n| i64::from(n.unsigned_abs()) <= FARTHEST * 100)?;
    let years = |n: i32| (n.unsigned_abs() <= FARTHEST as u32).then(|| n.years());
    let span = match unit {
        Unit::Second | Unit::Minute => 0.days(),
        Unit::Hour => (amount / 24).days(),
        Unit::Day => amount.days(),
        Unit::Week | Unit::Weekend => amount.checked_mul(7)?.days(),
        Unit::Fortnight => amount.checked_mul(14)?.days(),
        Unit::Month => (amount.unsigned_abs() <= 60_000).then(|| amount.months())?,
        Unit::Quarter => (amount.unsigned_abs() <= 20_000).then(|| (amount * 3).months())?,
        Unit::Year => years(amount)?,
        Unit::Decade => years(amount.checked_mul(10)?)?,
        Unit::Century => years(amount.checked_mul(100)?)?,
    };
    day.checked_add(span).ok()
}

/// A period moved by a number of its own or larger units.
pub(crate) fn moved_period(period: Period, amount: i64, unit: Unit) -> Option<Period> {
    let day = moved(period.first()?, amount, unit)?;
    match period {
        Period::Season(_, season) => Some(Period::Season(day.year(), season)),
        Period::Half(_, half) => Some(Period::Half(day.year(), half)),
        Period::Span(_, last) => Some(Period::Span(day, moved(last, amount, unit)?)),
        _ => Period::holding(day, period.unit()),
    }
}
