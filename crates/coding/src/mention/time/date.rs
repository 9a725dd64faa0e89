//! On which date of the calendar? "31 August 2017", "August 31", `2017-08-31`, "the third quarter", "the summer of 2006".

use super::calendar::{Season, Unit};
use super::clock::with_part;
use super::grammar::{Amount, Expr, Expression, Parsed, Recurrence, YearOf, simple};
use super::lexicon::{DayPart, Shift, Word};
use super::view::View;

/// `2017-08-31`, `2017/08/31`, `31/08/2017`, `31.08.2017`.
pub(crate) fn written_date(view: &View<'_>, at: usize) -> Parsed<Expr> {
    let mark = view.mark(at + 1).filter(|mark| matches!(*mark, "-" | "/" | "."))?;
    let (one, two, three) = (view.digits(at)?, view.digits(at + 2)?, view.digits(at + 4)?);
    let glued = (at + 1..at + 5).all(|piece| view.glued(piece)) && view.mark(at + 3) == Some(mark);
    let widths = (view.width(at), view.width(at + 2), view.width(at + 4));
    if !glued {
        return None;
    }
    let date = |year: u64, month: u64, day: u64| {
        let fits = (1..=12).contains(&month) && (1..=31).contains(&day) && (1000..=2199).contains(&year);
        fits.then_some(Expr::Calendar { year: YearOf::Stated(year as i16), month: Some(month as i8), day: Some(day as i8) })
    };
    let expr = match widths {
        (4, 1 | 2, 1 | 2) if mark != "." => date(one, two, three)?,
        (1 | 2, 1 | 2, 4) => match (date(three, two, one), date(three, one, two)) {
            (Some(day_first), Some(month_first)) if day_first == month_first => day_first,
            (Some(_), Some(_)) if mark == "." => date(three, two, one)?,
            (Some(_), Some(_)) => Expr::EitherOrder,
            (Some(day_first), None) => day_first,
            (None, month_first) => month_first?,
        },
        _ => return None,
    };
    let timed = view.lower_is(at + 5, "t") && view.glued(at + 5);
    let end = if timed { (at + 5..).find(|piece| !view.glued(*piece)).unwrap_or(at + 5) } else { at + 5 };
    Some((expr, end))
}

/// "12 June", "12th of June 2016".
pub(crate) fn day_month(view: &View<'_>, at: usize) -> Parsed<Expr> {
    let (day, next) = view.day(at)?;
    let of = usize::from(matches!(view.word(next), Word::Of));
    let hyphen = usize::from(view.hyphen(next));
    let (month, end) = view.month(next + of + hyphen)?;
    let (year, end) = year_of(view, end);
    Some((Expr::Calendar { year, month: Some(month), day: Some(day) }, end))
}

/// The year that may follow a month: ", 2016", "of 2016", "last year", "of that year".
pub(crate) fn year_of(view: &View<'_>, at: usize) -> (YearOf, usize) {
    let none = (YearOf::OPEN, at);
    let joined =
        usize::from(view.mark(at) == Some(",") || matches!(view.word(at), Word::Of) || view.hyphen(at) || view.mark(at) == Some("/"));
    if let Some((year, end)) = view.year(at + joined)
        && !view.is_count(at + joined)
    {
        return (YearOf::Stated(year), end);
    }
    let of = usize::from(matches!(view.word(at), Word::Of));
    let the = usize::from(matches!(view.word(at + of), Word::The));
    match (view.word(at + of + the), view.word(at + of + the + 1)) {
        (Word::Shift(shift), Word::Unit(Unit::Year)) => (YearOf::ShiftedYear(shift), at + of + the + 2),
        _ => none,
    }
}

/// "the 1990s", "2010s".
pub(crate) fn decade(view: &View<'_>, at: usize, article: bool) -> Parsed<Expr> {
    let year = view.digits(at)?;
    let apostrophe = usize::from(matches!(view.mark(at + 1), Some("'" | "’")) && view.glued(at + 1));
    let plural = view.lower_is(at + 1 + apostrophe, "s") && view.glued(at + 1 + apostrophe);
    if !plural || year % 10 != 0 {
        return None;
    }
    let end = at + 2 + apostrophe;
    match view.width(at) {
        4 if (1000..2200).contains(&year) => Some((Expr::Decade(year as i16), end)),
        2 if article && year >= 20 => Some((Expr::Decade(1900 + year as i16), end)),
        _ => None,
    }
}

/// "21st century", "nineteenth century".
pub(crate) fn century(view: &View<'_>, at: usize) -> Parsed<i16> {
    let (ordinal, next) = view.ordinal(at)?;
    let next = next + usize::from(view.hyphen(next));
    match view.word(next) {
        Word::Unit(Unit::Century) if (2..=22).contains(&ordinal) => Some(((ordinal as i16 - 1) * 100, next + 1)),
        _ => None,
    }
}

/// "July", "July 31", "July 31, 2017", "July 2017", "July last year"; "September 11 attacks" is a name.
pub(crate) fn month_led(view: &View<'_>, at: usize) -> Option<Expression> {
    let (month, next) = view.month(at)?;
    if let Some((day, end)) = view.day(next)
        && view.year(next).is_none()
    {
        let (year, after) = year_of(view, end);
        if year == YearOf::OPEN && view.names_an_event(after, (month, day)) {
            return Some(simple(at..after, Expr::Name { month, day }));
        }
        let expr = Expr::Calendar { year, month: Some(month), day: Some(day) };
        return Some(with_part(view, simple(at..after, expr)));
    }
    let (year, end) = year_of(view, next);
    Some(simple(at..end, Expr::Calendar { year, month: Some(month), day: None }))
}

/// "Tuesday", "Tuesday night", "Tuesday, August 29", "Tuesday last week".
pub(crate) fn weekday_led(view: &View<'_>, at: usize, shift: Shift) -> Option<Expression> {
    let (day, end) = view.weekday(at)?;
    if let Some(part) = part_of_both(view, end) {
        let on = Recurrence::Weekday(day, Some(part));
        return Some(simple(at..end, Expr::Repeated { amount: Amount::Exact(1.0), unit: Unit::Week, on }));
    }
    let comma = usize::from(view.mark(end) == Some(","));
    let the = usize::from(matches!(view.word(end + comma), Word::The));
    let dated = match view.word(end + comma + the) {
        Word::Month(_) | Word::MonthShort(_) | Word::MonthOrOther(_) => month_led(view, end + comma + the),
        Word::Digits => day_month(view, end + comma + the).map(|(expr, end)| with_part(view, simple(at..end, expr))),
        _ => None,
    };
    if let Some(dated) = dated
        && matches!(dated.expr, Expr::Calendar { day: Some(_), .. })
    {
        return Some(Expression { pieces: at..dated.pieces.end, ..dated });
    }
    let found = with_part(view, simple(at..end, Expr::Weekday { day, shift }));
    let after = found.pieces.end;
    match (view.word(after), view.word(after + 1)) {
        (Word::Shift(week), Word::Unit(Unit::Week)) if shift == Shift::None && !matches!(week, Shift::Recent) => {
            let shift = if week == Shift::Last { Shift::LastWeek } else { week };
            Some(Expression { pieces: at..after + 2, expr: Expr::Weekday { day, shift }, ..found })
        }
        _ => Some(found),
    }
}

/// "Monday and Tuesday nights": the part of the day that a second weekday gives to the first.
fn part_of_both(view: &View<'_>, at: usize) -> Option<DayPart> {
    let (_, end) = view.weekday(at + 1).filter(|_| matches!(view.word(at), Word::And))?;
    match view.word(end) {
        Word::Part(part) if view.lower(end).is_some_and(|word| word.ends_with('s')) => Some(part),
        _ => None,
    }
}

/// "summer", "summer 2015", "summer of 2015".
pub(crate) fn season_led(view: &View<'_>, at: usize, season: Season) -> Expression {
    let (year, end) = year_of(view, at + 1);
    simple(at..end, Expr::Season { season, year })
}

/// "fall" and "spring" are seasons with a year, or after "the" where nothing falls: "the fall of Aleppo" is none.
pub(crate) fn ambiguous_season(view: &View<'_>, at: usize, season: Season, article: bool) -> Option<Expression> {
    let found = season_led(view, at, season);
    let dated = found.pieces.end > at + 1;
    let in_the = article && at >= 2 && matches!(view.word(at - 2), Word::Relation(_) | Word::Of);
    let after_of = matches!(view.word(at + 1), Word::Of);
    (dated || (in_the && !after_of)).then_some(found)
}
