//! Which days does an expression mean, seen from one day? The calendar's arithmetic of "last", "next", "ago" and "that".

use jiff::civil::Date;
use sayso_types::Unknown;

use super::Grounds;
use super::calendar::{Period, Season, Unit, moved, moved_period};
use super::grammar::{Amount, Expr, Expression, YearOf};
use super::lexicon::{Direction, Shift};
use super::tense;

/// From where an expression is seen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Standpoint {
    /// The day of publication, where it is known.
    pub(crate) today: Option<Date>,
    /// The time spoken of last.
    pub(crate) reference: Option<Period>,
    /// A year, and perhaps a month, stated before, that dates without a year belong to.
    pub(crate) stated: Option<(i16, Option<i8>)>,
    /// The quarter of a year spoken of shortly before.
    pub(crate) quarter: Option<Period>,
    /// Whether a stretch of several months was spoken of last: "the nine months".
    pub(crate) months: bool,
    /// Whether a month without its year bounds what is told: "until March", the nearest one.
    pub(crate) deadline: bool,
    /// Past or future, as the nearest verb says.
    pub(crate) direction: tense::Direction,
}

pub(crate) type Reckoned = Result<(Period, Grounds), Unknown>;

/// The period that an expression means from a standpoint.
pub(crate) fn reckon(found: &Expression, from: &Standpoint) -> Reckoned {
    let (period, grounds) = named(&found.expr, from)?;
    let period = match found.position {
        Some(position) => period.third(position).ok_or(Unknown::NotUnderstood)?,
        None => period,
    };
    Ok((period, grounds))
}

fn named(expr: &Expr, from: &Standpoint) -> Reckoned {
    match *expr {
        Expr::Calendar { year, month, day } => calendar(year, month, day, from),
        Expr::EitherOrder => Err(Unknown::Ambiguous),
        Expr::Weekday { day, shift } => weekday(day, shift, from),
        Expr::Holiday { holiday, year } => dated(year, holiday.month(), true, |year| holiday.day(year).map(Period::Day), from),
        Expr::Near(days) => published(moved(from.today()?, i64::from(days), Unit::Day).map(Period::Day)),
        Expr::Overnight => {
            let today = from.today()?;
            published(moved(today, -1, Unit::Day).map(|before| Period::Span(before, today)))
        }
        Expr::Unit { shift, unit } => shifted(shift, unit, from),
        Expr::Season { season, year } => seasonal(season, year, from),
        Expr::Quarter { quarter, year } => part_of_year(year, from, |year| Period::Quarter(year, quarter)),
        Expr::Half { half, year } => part_of_year(year, from, |year| Period::Half(year, half)),
        Expr::SpokenQuarter { year, period } if period && from.months && !matches!(year, YearOf::Shifted(_)) => {
            part_of_year(year, from, Period::Year)
        }
        Expr::SpokenQuarter { year, .. } => spoken_quarter(year, from),
        Expr::WeekOf { year, month, day } => {
            let (day, grounds) = calendar(year, Some(month), Some(day), from)?;
            let week = day.first().and_then(|day| Period::holding(day, Unit::Week));
            week.map(|week| (week, grounds)).ok_or(Unknown::NotUnderstood)
        }
        Expr::Decade(year) => Ok((Period::Decade(year), Grounds::Stated)),
        Expr::Century(year) => Ok((Period::Century(year), Grounds::Stated)),
        Expr::Offset { amount, unit, direction } => offset(amount, unit, direction, from),
        Expr::Stretch { amount, unit, shift } => stretch(amount, unit, shift, from),
        Expr::Clock => match from.reference {
            Some(day @ Period::Day(_)) => Ok((day, Grounds::Story)),
            _ => Err(Unknown::NotStated),
        },
        Expr::Duration { .. } | Expr::Repeated { .. } | Expr::Vague(_) | Expr::Name { .. } => Err(Unknown::NotStated),
    }
}

impl Standpoint {
    fn today(&self) -> Result<Date, Unknown> {
        self.today.ok_or(Unknown::NotStated)
    }

    fn reference(&self) -> Result<Period, Unknown> {
        self.reference.ok_or(Unknown::NotStated)
    }
}

fn published(period: Option<Period>) -> Reckoned {
    period.map(|period| (period, Grounds::Publication)).ok_or(Unknown::NotUnderstood)
}

fn told(period: Option<Period>) -> Reckoned {
    period.map(|period| (period, Grounds::Story)).ok_or(Unknown::NotUnderstood)
}

/// A date that states its year, or leaves it to the standpoint.
fn calendar(year: YearOf, month: Option<i8>, day: Option<i8>, from: &Standpoint) -> Reckoned {
    let Some(month) = month else {
        let (year, grounds) = year_of(year, from)?;
        return Ok((Period::Year(year), grounds));
    };
    let of_year = |year: i16| match day {
        Some(day) => Date::new(year, month, day).ok().map(Period::Day),
        None => Some(Period::Month(year, month)),
    };
    dated(year, month, day.is_some(), of_year, from)
}

/// A day or month of the year that is stated, or that the standpoint gives.
fn dated(year: YearOf, month: i8, daily: bool, of_year: impl Fn(i16) -> Option<Period>, from: &Standpoint) -> Reckoned {
    match year {
        YearOf::Stated(_) | YearOf::ShiftedYear(_) => {
            let (year, grounds) = year_of(year, from)?;
            Ok((of_year(year).ok_or(Unknown::NotUnderstood)?, grounds))
        }
        YearOf::Shifted(Shift::None) => open_year(month, daily, of_year, from),
        YearOf::Shifted(Shift::That) => told(of_year(from.reference()?.first().ok_or(Unknown::NotUnderstood)?.year())),
        YearOf::Shifted(Shift::This) if from.direction != tense::Direction::Unsaid && daily => open_year(month, true, of_year, from),
        YearOf::Shifted(Shift::This) => published(of_year(from.today()?.year())),
        // "last August", said in September, is not the month just over: that would be "last month".
        YearOf::Shifted(Shift::Last) if !daily => published(neighbour(last_of_month_before(from.today()?)?, Shift::Last, of_year)),
        YearOf::Shifted(shift) => published(neighbour(from.today()?, shift, of_year)),
    }
}

fn last_of_month_before(today: Date) -> Result<Date, Unknown> {
    today.first_of_month().yesterday().map_err(|_| Unknown::NotUnderstood)
}

/// The latest before today for "last", the next after it for "next".
fn neighbour(today: Date, shift: Shift, of_year: impl Fn(i16) -> Option<Period>) -> Option<Period> {
    let years = match shift {
        Shift::Next | Shift::Following => [0, 1, 2, 3, 4],
        _ => [0, -1, -2, -3, -4],
    };
    years.into_iter().filter_map(|years| of_year(today.year() + years)).find(|period| match shift {
        Shift::Next | Shift::Following => period.first() > Some(today),
        _ => period.last() < Some(today),
    })
}

/// The year of a month or day that states none: that of a year stated before, or the nearest that the verb allows.
fn open_year(month: i8, daily: bool, of_year: impl Fn(i16) -> Option<Period>, from: &Standpoint) -> Reckoned {
    // A day of the last weeks is one of this year, whatever year was told before.
    let recent = |today: Date| daily && of_year(today.year()).is_some_and(|day| day.first() <= Some(today) && !behind(Some(day), today, 1));
    if let Some((year, stated)) = from.stated
        && from.direction != tense::Direction::Future
        && from.today.is_none_or(|today| year < today.year() && !recent(today))
    {
        let year = if stated.is_some_and(|stated| month < stated) { year + 1 } else { year };
        return told(of_year(year));
    }
    let today = from.today()?;
    if from.deadline {
        let of_years = [0, -1, 1].into_iter().filter_map(|years| of_year(today.year() + years));
        // "led it until March" in August: one that is over, unless the coming one is much nearer.
        let (behind, ahead) = match from.direction {
            tense::Direction::Past => (1, 2),
            tense::Direction::Unsaid => (1, 1),
            tense::Direction::Future => (100, 1),
        };
        let away = |period: &Period| {
            let days = period.first().and_then(|first| first.since(today).ok()).map_or(i32::MAX / 100, |span| span.get_days());
            if days < 0 { -days * behind } else { days * ahead }
        };
        return published(of_years.min_by_key(away));
    }
    // Time zones: a report may be dated the day before what it tells.
    let latest = if daily { moved(today, 1, Unit::Day) } else { Some(today) };
    let years = |years: [i16; 6]| years.into_iter().filter_map(|years| of_year(today.year() + years));
    let past = years([1, 0, -1, -2, -3, -4]).find(|period| period.first() <= latest);
    let future = years([-1, 0, 1, 2, 3, 4]).find(|period| period.last() >= Some(today));
    let chosen = match from.direction {
        // A day so long ago, or so far ahead, would bear its year.
        _ if daily && behind(past, today, 10) && !ahead(future, today, 2) => future,
        _ if daily && !behind(past, today, 1) && ahead(future, today, 9) => past,
        tense::Direction::Past => past,
        tense::Direction::Future => future,
        tense::Direction::Unsaid if behind(past, today, 8) && !ahead(future, today, 3) => future,
        tense::Direction::Unsaid => past,
    };
    published(chosen)
}

/// Whether a period ended more than so many months ago.
fn behind(period: Option<Period>, today: Date, months: i64) -> bool {
    period.is_some_and(|period| period.last() < moved(today, -months, Unit::Month))
}

/// Whether a period begins more than so many months from now.
fn ahead(period: Option<Period>, today: Date, months: i64) -> bool {
    period.is_some_and(|period| period.first() > moved(today, months, Unit::Month))
}

fn year_of(year: YearOf, from: &Standpoint) -> Result<(i16, Grounds), Unknown> {
    let today = || from.today().map(|today| today.year());
    let reference = || from.reference().and_then(|period| period.first().ok_or(Unknown::NotUnderstood)).map(Date::year);
    Ok(match year {
        YearOf::Stated(year) => (year, Grounds::Stated),
        YearOf::Shifted(shift) | YearOf::ShiftedYear(shift) => match shift {
            Shift::Last | Shift::LastWeek => (today()? - 1, Grounds::Publication),
            Shift::Next => (today()? + 1, Grounds::Publication),
            Shift::This | Shift::None | Shift::Recent => (today()?, Grounds::Publication),
            Shift::That => (reference()?, Grounds::Story),
            Shift::Previous => (reference()? - 1, Grounds::Story),
            Shift::Following => (reference()? + 1, Grounds::Story),
        },
    })
}

/// A weekday: the last one up to today, the coming one where the verb says so, or one of a week that is named.
fn weekday(day: i8, shift: Shift, from: &Standpoint) -> Reckoned {
    let on = |date: Option<Date>| date.map(Period::Day);
    let back = |date: Date, least: i8| moved(date, -i64::from(days_back(date, day, least)), Unit::Day);
    let ahead = |date: Date, least: i8| moved(date, i64::from(days_ahead(date, day, least)), Unit::Day);
    let in_week = |date: Date| {
        let monday = Period::holding(date, Unit::Week)?.first()?;
        moved(monday, i64::from(day - 1), Unit::Day)
    };
    let future = from.direction == tense::Direction::Future;
    match shift {
        Shift::None | Shift::Recent if future => published(on(ahead(from.today()?, 0))),
        Shift::None | Shift::Recent => published(on(back(from.today()?, 0))),
        Shift::Last => published(on(back(from.today()?, 1))),
        Shift::This if from.direction == tense::Direction::Past => published(on(back(from.today()?, 0))),
        Shift::This => published(on(in_week(from.today()?))),
        Shift::Next => published(on(ahead(from.today()?, 1))),
        Shift::LastWeek => published(on(moved(from.today()?, -1, Unit::Week).and_then(in_week))),
        Shift::Previous => told(from.reference()?.first().and_then(|date| back(date, 1)).map(Period::Day)),
        Shift::That => told(from.reference()?.last().and_then(in_week).map(Period::Day)),
        Shift::Following => told(from.reference()?.last().and_then(|date| ahead(date, 1)).map(Period::Day)),
    }
}

/// Days from `date` back to weekday `day`, at least `least`.
fn days_back(date: Date, day: i8, least: i8) -> i8 {
    (date.weekday().to_monday_one_offset() - day - least).rem_euclid(7) + least
}

/// Days from `date` on to weekday `day`, at least `least`.
fn days_ahead(date: Date, day: i8, least: i8) -> i8 {
    (day - date.weekday().to_monday_one_offset() - least).rem_euclid(7) + least
}

/// "last week", "this month", "the previous day", "that year", "the weekend".
fn shifted(shift: Shift, unit: Unit, from: &Standpoint) -> Reckoned {
    let today = |amount| published(moved(from.today()?, amount, unit).and_then(|day| Period::holding(day, unit)));
    match shift {
        Shift::None if unit == Unit::Weekend => weekend(from),
        Shift::None | Shift::This => today(0),
        Shift::Last | Shift::LastWeek | Shift::Recent => today(-1),
        Shift::Next => today(1),
        Shift::That => told(held(from.reference()?, unit)?),
        Shift::Previous => told(held(from.reference()?, unit)?.and_then(|period| moved_period(period, -1, unit))),
        Shift::Following => told(held(from.reference()?, unit)?.and_then(|period| moved_period(period, 1, unit))),
    }
}

/// The unit that the time spoken of lies in; a month does not tell which of its days is meant.
fn held(reference: Period, unit: Unit) -> Result<Option<Period>, Unknown> {
    if unit < reference.unit() && !matches!((unit, reference), (Unit::Week, Period::Weekend(_))) {
        return Err(Unknown::Ambiguous);
    }
    Ok(reference.last().and_then(|day| Period::holding(day, unit)))
}

/// "the weekend": the last one that has begun, or the coming one.
fn weekend(from: &Standpoint) -> Reckoned {
    let today = from.today()?;
    let this = Period::holding(today, Unit::Weekend);
    let begun = this.and_then(Period::first).is_some_and(|saturday| saturday <= today);
    if begun || from.direction == tense::Direction::Future {
        return published(this);
    }
    published(moved(today, -1, Unit::Week).and_then(|day| Period::holding(day, Unit::Weekend)))
}

fn seasonal(season: Season, year: YearOf, from: &Standpoint) -> Reckoned {
    let of_year = |year: i16| Some(Period::Season(year, season));
    match year {
        YearOf::Stated(_) | YearOf::ShiftedYear(_) => part_of_year(year, from, |year| Period::Season(year, season)),
        YearOf::Shifted(Shift::None) => open_year(season.first_month(), false, of_year, from),
        YearOf::Shifted(Shift::This) => {
            let today = from.today()?;
            // "this winter" in January is the one that began in December.
            let began = i16::from(season == Season::Winter && today.month() < 6);
            published(of_year(today.year() - began))
        }
        YearOf::Shifted(Shift::That) => told(of_year(from.reference()?.first().ok_or(Unknown::NotUnderstood)?.year())),
        YearOf::Shifted(shift) => published(neighbour(from.today()?, shift, of_year)),
    }
}

fn part_of_year(year: YearOf, from: &Standpoint, part: impl Fn(i16) -> Period) -> Reckoned {
    match year {
        YearOf::Shifted(Shift::None) => open_year(1, false, |year| Some(part(year)), from),
        _ => year_of(year, from).map(|(year, grounds)| (part(year), grounds)),
    }
}

/// "the quarter", "the year-ago quarter": the one spoken of, else the last one that is over, in the year that is said.
fn spoken_quarter(year: YearOf, from: &Standpoint) -> Reckoned {
    let over = |quarter: &Period| year != YearOf::Shifted(Shift::Recent) || quarter.last() < from.today;
    let (base, grounds) = match from.quarter.filter(over) {
        Some(quarter) => (Some(quarter), Grounds::Story),
        None => (moved(from.today()?, -1, Unit::Quarter).and_then(|day| Period::holding(day, Unit::Quarter)), Grounds::Publication),
    };
    let Some(Period::Quarter(told, quarter)) = base else { return Err(Unknown::NotUnderstood) };
    let year = match year {
        YearOf::Shifted(Shift::None | Shift::Recent | Shift::That) => told,
        YearOf::ShiftedYear(Shift::Last | Shift::Previous) => told - 1,
        _ => year_of(year, from)?.0,
    };
    Ok((Period::Quarter(year, quarter), grounds))
}

/// "two days ago", "a year earlier"; where a quarter is spoken of, "a year ago" is the same quarter of the year before.
fn offset(amount: Amount, unit: Unit, direction: Direction, from: &Standpoint) -> Reckoned {
    let amount = match amount {
        Amount::Exact(amount) if amount < 1.0e6 => amount.round() as i64,
        Amount::Vague(amount) => i64::from(amount),
        _ => return Err(Unknown::NotUnderstood),
    };
    if let (1, Unit::Year, Some(quarter), Direction::Ago | Direction::Earlier) = (amount, unit, from.quarter, direction) {
        return told(moved_period(quarter, -1, Unit::Year));
    }
    if let (1, Unit::Year, true, Direction::Ago | Direction::Earlier) = (amount, unit, from.months, direction) {
        return told(Some(Period::Year(from.today()?.year() - 1)));
    }
    // "a decade ago" names a year, roughly
    let unit_held = if unit > Unit::Year { Unit::Year } else { unit };
    let from_today = |amount| published(moved(from.today()?, amount, unit).and_then(|day| Period::holding(day, unit_held)));
    let from_reference = |amount| match from.reference {
        None => from_today(amount),
        Some(reference) if unit < reference.unit() => Err(Unknown::Ambiguous),
        Some(reference) if matches!(reference.unit(), Unit::Month | Unit::Quarter) => told(moved_period(reference, amount, unit)),
        Some(reference) => told(reference.last().and_then(|day| moved(day, amount, unit)).and_then(|day| Period::holding(day, unit_held))),
    };
    match direction {
        Direction::Ago => from_today(-amount),
        Direction::FromNow => from_today(amount),
        Direction::Earlier | Direction::Before => from_reference(-amount),
        Direction::Later | Direction::After => from_reference(amount),
    }
}

/// The number of units that "recent months" and "the coming weeks" are taken for.
const UNSAID: i64 = 5;

/// "the past three years", "recent months", "the next two weeks", "the previous month and a half".
fn stretch(amount: Amount, unit: Unit, shift: Shift, from: &Standpoint) -> Reckoned {
    let amount = match amount {
        Amount::Exact(amount) if amount < 1.0e6 => amount.ceil() as i64,
        Amount::Vague(amount) => i64::from(amount),
        Amount::Unsaid => UNSAID,
        Amount::Exact(_) => return Err(Unknown::NotUnderstood),
    };
    let run = |day: Date, amount: i64| moved(day, amount, unit).map(|other| Period::Span(day.min(other), day.max(other)));
    match shift {
        Shift::Next => published(run(from.today()?, amount)),
        Shift::Previous => told(from.reference()?.first().and_then(|day| run(day, -amount))),
        Shift::Following => told(from.reference()?.last().and_then(|day| run(day, amount))),
        _ => published(run(from.today()?, -amount)),
    }
}
