//! What does TimeML write for it? The TIMEX3 type and value of time expressions, by which they are measured.

use jiff::civil::Date;
use sayso_types::{Analysis, Span};

use super::calendar::{Period, Season, Unit};
use super::grammar::{Amount, Expr, Expression, Part, Recurrence};
use super::lexicon::{DayPart, Direction, Shift, TimeLexicon, Vague};
use super::{TimeAnchor, read};
use crate::mention::quantity::piece::span_of;

/// One TIMEX3 annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timex {
    /// Its extent.
    pub span: Span,
    /// Its type.
    pub kind: TimexType,
    /// Its value: `2017-08-31`, `2017-W35`, `P2M`, `PAST_REF`.
    pub value: String,
}

/// The type of a TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimexType {
    /// A calendar time.
    Date,
    /// A time of day.
    Time,
    /// A length.
    Duration,
    /// A repetition.
    Set,
}

impl TimexType {
    /// As TimeML writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            TimexType::Date => "DATE",
            TimexType::Time => "TIME",
            TimexType::Duration => "DURATION",
            TimexType::Set => "SET",
        }
    }
}

/// The TIMEX3 annotations of a text, in order; the ends of a stretch are two, and names made of dates none.
///
/// Published 2017-08-31, "The siege lasted two months and ended on Tuesday" has `P2M` and `2017-08-29`.
pub fn timexes(text: &str, analysis: &Analysis, anchor: &TimeAnchor<'_>, lexicon: &TimeLexicon) -> Vec<Timex> {
    let mut found_all = Vec::new();
    let today = anchor.published.and_then(|date| date.latest());
    read(text, analysis, anchor, lexicon, |view, found, resolved| {
        let ends = [(Some(&found.first), resolved.first), (found.second.as_ref(), resolved.second)];
        for (expression, period) in ends {
            if let Some(expression) = expression
                && let Some((kind, value)) = timex(expression, period, today)
            {
                found_all.push(Timex { span: span_of(view.pieces, expression.pieces.clone()), kind, value });
            }
        }
    });
    found_all
}

fn timex(found: &Expression, period: Option<Period>, today: Option<Date>) -> Option<(TimexType, String)> {
    match found.expr {
        Expr::Duration { amount, unit } => Some((TimexType::Duration, length(amount, unit))),
        Expr::Stretch { amount, unit, shift } => match (amount, shift) {
            // weeks and months are lengths to it, days and years a place in time
            (Amount::Unsaid, Shift::Last | Shift::Recent) if !matches!(unit, Unit::Week | Unit::Month) => {
                Some((TimexType::Date, reference(Vague::Past).to_owned()))
            }
            (Amount::Unsaid, Shift::Next) if unit <= Unit::Day => Some((TimexType::Date, reference(Vague::Future).to_owned())),
            _ => Some((TimexType::Duration, length(amount, unit))),
        },
        Expr::Repeated { amount, unit, on } => Some((TimexType::Set, repeated(amount, unit, on))),
        Expr::Vague(vague) => Some((TimexType::Date, reference(vague).to_owned())),
        Expr::Name { .. } => None,
        Expr::Offset { amount: Amount::Unsaid | Amount::Vague(_), direction: Direction::Ago | Direction::Earlier, .. } => {
            Some((TimexType::Date, "PAST_REF".to_owned()))
        }
        Expr::Offset { amount: amount @ (Amount::Unsaid | Amount::Vague(_)), unit, .. } => {
            Some((TimexType::Duration, length(amount, unit)))
        }
        // what hours lie after is mostly not told to the hour
        Expr::Offset { amount, unit, .. } if unit < Unit::Day || period.is_none() => Some((TimexType::Duration, length(amount, unit))),
        Expr::Overnight => {
            let night = Expression { part: Some(Part::Named(DayPart::Night)), ..found.clone() };
            Some(dated(&night, period.and_then(Period::first).map(Period::Day)))
        }
        Expr::Clock => Some((TimexType::Time, timed(period.and_then(Period::first).or(today)?.to_string(), found.part?))),
        _ => Some(dated(found, period)),
    }
}

/// `P1W`, `XXXX-WXX-5`, `XXXX-07`.
fn repeated(amount: Amount, unit: Unit, on: Recurrence) -> String {
    match on {
        Recurrence::Unit => length(amount, unit),
        Recurrence::Weekday(day, None) => format!("XXXX-WXX-{day}"),
        Recurrence::Weekday(day, Some(part)) => timed(format!("XXXX-WXX-{day}"), Part::Named(part)),
        Recurrence::Weekend => "XXXX-WXX-WE".to_owned(),
        Recurrence::Part(part) => timed("XXXX-XX-XX".to_owned(), Part::Named(part)),
        Recurrence::Month(month) => format!("XXXX-{month:02}"),
        Recurrence::Season(season) => format!("XXXX-{}", season_code(season)),
    }
}

fn dated(found: &Expression, period: Option<Period>) -> (TimexType, String) {
    let Some(period) = period else { return (TimexType::Date, "XXXX-XX-XX".to_owned()) };
    let value = value(unplaced(found, period));
    match found.part {
        Some(part) => (TimexType::Time, timed(value, part)),
        None => (TimexType::Date, value),
    }
}

/// The whole period of which "early" or "the end of" names a part: TimeML writes the part as a modifier.
fn unplaced(found: &Expression, period: Period) -> Period {
    let Some(_) = found.position else { return period };
    let Period::Span(first, _) = period else { return period };
    let unit = match found.expr {
        Expr::Calendar { month: None, .. } => Unit::Year,
        Expr::Calendar { .. } => Unit::Month,
        Expr::Unit { unit, .. } | Expr::Offset { unit, .. } => unit,
        Expr::Quarter { .. } => Unit::Quarter,
        Expr::Season { season, .. } => return Period::Season(first.year(), season),
        Expr::Decade(year) => return Period::Decade(year),
        Expr::Century(year) => return Period::Century(year),
        Expr::Half { half, .. } => return Period::Half(first.year(), half),
        _ => return period,
    };
    Period::holding(first, unit).unwrap_or(period)
}

/// The TIMEX3 value of a period.
fn value(period: Period) -> String {
    let week = |monday: Date| {
        let week = monday.iso_week_date();
        format!("{:04}-W{:02}", week.year(), week.week())
    };
    match period {
        Period::Day(day) | Period::Span(day, _) => day.to_string(),
        Period::Week(monday) => week(monday),
        Period::Weekend(saturday) => format!("{}-WE", week(saturday)),
        Period::Month(year, month) => format!("{year:04}-{month:02}"),
        Period::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
        Period::Half(year, half) => format!("{year:04}-H{half}"),
        Period::Season(year, season) => format!("{year:04}-{}", season_code(season)),
        Period::Year(year) => format!("{year:04}"),
        Period::Decade(year) => format!("{:03}", year / 10),
        Period::Century(year) => format!("{:02}", year / 100),
    }
}

fn season_code(season: Season) -> &'static str {
    match season {
        Season::Spring => "SP",
        Season::Summer => "SU",
        Season::Autumn => "FA",
        Season::Winter => "WI",
    }
}

fn timed(day: String, part: Part) -> String {
    let part = match part {
        Part::Clock(hour, minute) => return format!("{day}T{hour:02}:{minute:02}"),
        Part::Vague => return day,
        Part::Named(part) => part,
    };
    let code = match part {
        DayPart::Morning | DayPart::Dawn => "MO",
        DayPart::Afternoon => "AF",
        DayPart::Evening | DayPart::Dusk => "EV",
        DayPart::Night => "NI",
        DayPart::Noon => "12:00",
        DayPart::Midnight => "00:00",
    };
    format!("{day}T{code}")
}

fn reference(vague: Vague) -> &'static str {
    match vague {
        Vague::Past => "PAST_REF",
        Vague::Present => "PRESENT_REF",
        Vague::Future => "FUTURE_REF",
    }
}

/// `P2M`, `PT24H`, `PXD`.
fn length(amount: Amount, unit: Unit) -> String {
    let (number, letter, factor) = match unit {
        Unit::Second => ("PT", "S", 1.0),
        Unit::Minute => ("PT", "M", 1.0),
        Unit::Hour => ("PT", "H", 1.0),
        Unit::Day => ("P", "D", 1.0),
        Unit::Weekend => ("P", "WE", 1.0),
        Unit::Week => ("P", "W", 1.0),
        Unit::Fortnight => ("P", "W", 2.0),
        Unit::Month => ("P", "M", 1.0),
        Unit::Quarter => ("P", "Q", 1.0),
        Unit::Year => ("P", "Y", 1.0),
        Unit::Decade => ("P", "Y", 10.0),
        Unit::Century => ("P", "Y", 100.0),
    };
    match amount {
        // "2 1/2 years", "half an hour", as a smaller unit
        Amount::Exact(amount) if amount.fract() == 0.5 && factor == 1.0 && smaller(unit).is_some() => {
            let (of_half, part) = smaller(unit).unwrap_or_default();
            let whole = if amount < 1.0 { String::new() } else { format!("{}{letter}", amount.trunc()) };
            format!("{number}{whole}{of_half}{part}")
        }
        Amount::Exact(amount) => format!("{number}{}{letter}", amount * factor),
        Amount::Vague(2) => format!("{number}{}{letter}", 2.0 * factor),
        Amount::Vague(_) | Amount::Unsaid if factor == 10.0 => format!("{number}XE"),
        Amount::Vague(_) | Amount::Unsaid if factor == 100.0 => format!("{number}XC"),
        Amount::Vague(_) | Amount::Unsaid => format!("{number}X{letter}"),
    }
}

/// Half of a unit in the next smaller one.
fn smaller(unit: Unit) -> Option<(u8, char)> {
    match unit {
        Unit::Minute => Some((30, 'S')),
        Unit::Hour => Some((30, 'M')),
        Unit::Year => Some((6, 'M')),
        _ => None,
    }
}
