//! How are time expressions built? Words to [`Expression`]s, without knowing any date.

use std::ops::Range;

use super::calendar::{Position, Season, Unit};
use super::lexicon::{DayPart, Direction, Shift, TimeLexicon, TimeWord, Vague, Word};
use super::view::View;
use crate::mention::quantity::piece::PieceKind;

/// One time expression as its words say it, not yet reckoned.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Expression {
    /// Its pieces in the sentence.
    pub(crate) pieces: Range<usize>,
    /// What it names.
    pub(crate) expr: Expr,
    /// "early", "the end of".
    pub(crate) position: Option<Position>,
    /// "Tuesday night".
    pub(crate) part: Option<Part>,
    /// "about", "nearly".
    pub(crate) approximate: bool,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Named(DayPart),
    /// Hour and minute of the clock.
    Clock(u8, u8),
    /// "9 o'clock" of no known half, and other times that the day alone must do for.
    Vague,
}

/// What a time expression names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Expr {
    /// A date with what it states of it.
    Calendar {
        year: YearOf,
        month: Option<i8>,
        day: Option<i8>,
    },
    /// `31/08/2017` where both readings exist.
    EitherOrder,
    Weekday {
        day: i8,
        shift: Shift,
    },
    /// Days from today.
    Near(i8),
    Overnight,
    /// "last week", "this month", "that year".
    Unit {
        shift: Shift,
        unit: Unit,
    },
    Season {
        season: Season,
        year: YearOf,
    },
    Quarter {
        quarter: i8,
        year: YearOf,
    },
    Half {
        half: i8,
        year: YearOf,
    },
    Decade(i16),
    Century(i16),
    /// "two days ago", "a year earlier".
    Offset {
        amount: Amount,
        unit: Unit,
        direction: Direction,
    },
    /// "the past three years", "the coming weeks", "recent months".
    Stretch {
        amount: Amount,
        unit: Unit,
        shift: Shift,
    },
    /// "two months".
    Duration {
        amount: Amount,
        unit: Unit,
    },
    /// "every Friday", "daily", "twice a week".
    Repeated {
        amount: Amount,
        unit: Unit,
        weekday: Option<i8>,
    },
    /// "now", "recently", "soon".
    Vague(Vague),
    /// A time of day without its day.
    Clock,
    /// "the September 11 attacks".
    Name {
        month: i8,
        day: i8,
    },
}

/// A number of units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Amount {
    Exact(f64),
    /// "a few": the number to reckon with.
    Vague(u8),
    /// "years": nothing said.
    Unsaid,
}

/// Which year is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum YearOf {
    Stated(i16),
    /// "last July", "July of that year" (`Shift::That`).
    Shifted(Shift),
    /// "July last year".
    ShiftedYear(Shift),
}

impl YearOf {
    pub(crate) const OPEN: YearOf = YearOf::Shifted(Shift::None);
}

type Parsed<T> = Option<(T, usize)>;

/// The longest expression that begins at piece `at`.
pub(crate) fn expression(view: &View<'_>, at: usize) -> Option<Expression> {
    let mut begin = at;
    let approximate = approximation(view, at);
    if let Some(end) = approximate {
        begin = end;
    }
    let article = matches!(view.word(begin), Word::The);
    let core = begin + usize::from(article);
    let found = positioned(view, core, article).or_else(|| plain(view, core, article))?;
    let amounts = matches!(found.expr, Expr::Duration { .. } | Expr::Offset { .. } | Expr::Clock) || found.part.is_some();
    if approximate.is_some() && !amounts && !matches!(found.expr, Expr::Calendar { .. }) {
        return None;
    }
    let start = if article && takes_article(&found) { begin } else { core };
    let start = if approximate.is_some() { at } else { start };
    Some(Expression { pieces: start..found.pieces.end, approximate: approximate.is_some() || found.approximate, ..found })
}

fn takes_article(found: &Expression) -> bool {
    !matches!(found.expr, Expr::Near(_))
}

/// "about", "more than", "at least", "up to": the piece after it, where an amount follows.
fn approximation(view: &View<'_>, at: usize) -> Option<usize> {
    match view.word(at) {
        Word::Approximate if !matches!(view.word(at + 1), Word::The) => Some(at + 1),
        _ => None,
    }
}

/// "the end of July", "early Tuesday", "mid-August", "later this month", "the early hours of Sunday".
fn positioned(view: &View<'_>, at: usize, article: bool) -> Option<Expression> {
    let (position, mut next) = match view.word(at) {
        Word::Position(position) => (position, at + 1),
        Word::Direction(Direction::Earlier) => (Position::Early, at + 1),
        Word::Direction(Direction::Later) => (Position::Late, at + 1),
        _ => return None,
    };
    let mut hours = false;
    if matches!(view.word(next), Word::Units(Unit::Hour) | Word::Part(_)) {
        hours = true;
        next += 1;
    }
    let glued = view.hyphen(next);
    next += usize::from(glued);
    let of = matches!(view.word(next), Word::Of | Word::Relation(TimeWord::Within));
    next += usize::from(of);
    let inner_article = matches!(view.word(next), Word::The);
    next += usize::from(inner_article);
    let inner = plain(view, next, inner_article).or_else(|| bare_unit(view, next, inner_article && of))?;
    let bounded = !matches!(
        inner.expr,
        Expr::Duration { .. } | Expr::Repeated { .. } | Expr::Vague(_) | Expr::Name { .. } | Expr::Stretch { .. } | Expr::Offset { .. }
    );
    let needs_of =
        matches!(view.word(at), Word::Position(_)) && !of && article && !matches!(inner.expr, Expr::Calendar { .. } | Expr::Decade(_));
    if !bounded || (needs_of && !hours) {
        return None;
    }
    if inner.part.is_some() && matches!(inner.expr, Expr::Clock) {
        return None;
    }
    let part = if hours { Some(part_at(view, at + 1)) } else { inner.part };
    Some(Expression { pieces: at..inner.pieces.end, position: Some(position), part, ..inner })
}

fn part_at(view: &View<'_>, at: usize) -> Part {
    match view.word(at) {
        Word::Part(part) => Part::Named(part),
        _ => Part::Named(DayPart::Morning),
    }
}

/// "the month" after "the end of".
fn bare_unit(view: &View<'_>, at: usize, article: bool) -> Option<Expression> {
    match view.word(at) {
        Word::Unit(unit) if article && unit >= Unit::Day => Some(simple(at..at + 1, Expr::Unit { shift: Shift::This, unit })),
        _ => None,
    }
}

fn simple(pieces: Range<usize>, expr: Expr) -> Expression {
    Expression { pieces, expr, position: None, part: None, approximate: false }
}

/// An expression without "early" or "late" before it.
fn plain(view: &View<'_>, at: usize, article: bool) -> Option<Expression> {
    match view.word(at) {
        Word::Other | Word::Mark => None,
        Word::Digits => numeric(view, at, article),
        Word::Numeral | Word::A | Word::Indefinite(_) | Word::HalfWord => amount_of_units(view, at, article),
        Word::Ordinal => ordinal_led(view, at),
        Word::Month(_) | Word::MonthOrOther(_) | Word::MonthShort(_) => month_led(view, at),
        Word::Weekday(_) | Word::WeekdayShort(_) => weekday_led(view, at, Shift::None),
        Word::Season(season) => Some(season_led(view, at, season)),
        Word::SeasonOrOther(season) => ambiguous_season(view, at, season, article),
        Word::Near(days) => Some(with_part(view, simple(at..at + 1, Expr::Near(days)))),
        Word::Tonight => Some(Expression { part: Some(Part::Named(DayPart::Night)), ..simple(at..at + 1, Expr::Near(0)) }),
        Word::Overnight => Some(simple(at..at + 1, Expr::Overnight)),
        Word::Shift(shift) => shift_led(view, at, shift, article),
        Word::Part(part) => part_led(view, at, part),
        Word::Vague(vague) => (at == 0 || !view.lower_is(at - 1, "as")).then(|| simple(at..at + 1, Expr::Vague(vague))),
        Word::Every => every(view, at),
        Word::Frequency(unit) => Some(simple(at..at + 1, Expr::Repeated { amount: Amount::Exact(1.0), unit, weekday: None })),
        Word::Units(unit) => units_alone(view, at, unit),
        Word::Unit(unit) => unit_led(view, at, unit, article),
        Word::DecadeName(tens) if article => Some(simple(at..at + 1, Expr::Decade(1900 + i16::from(tens)))),
        Word::Fiscal => fiscal(view, at),
        Word::ToCome if article => Some(simple(at..at + 1, Expr::Vague(Vague::Future))),
        _ => None,
    }
}

/// Digits first: ISO and slashed dates, "12 June", clock times, amounts, years, decades.
fn numeric(view: &View<'_>, at: usize, article: bool) -> Option<Expression> {
    if view.glued_to_number(at) {
        return None;
    }
    if let Some((expr, end)) = written_date(view, at) {
        return Some(with_part(view, simple(at..end, expr)));
    }
    if let Some((part, end)) = clock(view, at) {
        return Some(clock_led(view, at, part, end));
    }
    if let Some((expr, end)) = day_month(view, at) {
        return Some(with_part(view, simple(at..end, expr)));
    }
    if let Some((expr, end)) = decade(view, at, article) {
        return Some(simple(at..end, expr));
    }
    if let Some((century, end)) = century(view, at) {
        return Some(simple(at..end, Expr::Century(century)));
    }
    if let Some(found) = quarter_or_half(view, at) {
        return Some(found);
    }
    if let Some((year, next)) = view.year(at)
        && let Some((quarter, end)) = quarter(view, next, YearOf::Stated(year))
    {
        return Some(simple(at..end, quarter));
    }
    let year_of_something = article && view.year(at).is_some() && matches!(view.word(at + 1), Word::Unit(_));
    let amount = if year_of_something { None } else { amount_of_units(view, at, article) };
    amount.or_else(|| {
        let (year, end) = view.year(at)?;
        view.year_stands_alone(at, article).then(|| simple(at..end, Expr::Calendar { year: YearOf::Stated(year), month: None, day: None }))
    })
}

/// `2017-08-31`, `2017/08/31`, `31/08/2017`, `31.08.2017`.
fn written_date(view: &View<'_>, at: usize) -> Parsed<Expr> {
    let mark = view.mark(at + 1).filter(|mark| matches!(*mark, "-" | "/" | "."))?;
    let (one, two, three) = (view.digits(at)?, view.digits(at + 2)?, view.digits(at + 4)?);
    let glued = (at + 1..at + 5).all(|piece| view.glued(piece)) && view.mark(at + 3) == Some(mark);
    let widths = (view.width(at), view.width(at + 2), view.width(at + 4));
    if !glued {
        return None;
    }
    let date = |year: u64, month: u64, day: u64| {
        let fits = (1..=12).contains(&month) && (1..=31).contains(&day) && (1000..=2199).contains(&year);
        fits.then(|| Expr::Calendar { year: YearOf::Stated(year as i16), month: Some(month as i8), day: Some(day as i8) })
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

/// "9 p.m.", "08:30", "8:30 a.m. local time", "9 o'clock".
fn clock(view: &View<'_>, at: usize) -> Parsed<Part> {
    let hour = view.digits(at).filter(|hour| *hour < 25 && view.width(at) <= 2)?;
    let mut next = at + 1;
    let mut minute = None;
    if matches!(view.mark(next), Some(":" | ".")) && view.glued(next) && view.glued(next + 1) && view.width(next + 1) == 2 {
        minute = view.digits(next + 1).filter(|minute| *minute < 60);
        next += if minute.is_some() { 2 } else { 0 };
    }
    let colon = minute.is_some() && view.mark(at + 1) == Some(":");
    let (half, after) = half_of_day(view, next);
    let (hour, minute) = (hour as u8, minute.unwrap_or(0) as u8);
    let part = match half {
        Some(true) => Part::Clock(hour % 12 + 12, minute),
        Some(false) => Part::Clock(hour % 12, minute),
        None if view.lower_is(next, "o") && view.lower_is(next + 2, "clock") => return Some((Part::Vague, next + 3)),
        None if colon && view.mark(next) != Some(":") => Part::Clock(hour % 24, minute),
        None => return None,
    };
    Some((part, zone(view, after)))
}

/// Whether "a.m." or "p.m." stands here, and the piece after it.
fn half_of_day(view: &View<'_>, at: usize) -> (Option<bool>, usize) {
    let lower = view.lower(at);
    let after_dot = |at: usize| at + usize::from(view.mark(at) == Some(".") && view.glued(at));
    match lower.as_deref() {
        Some("am") => (Some(false), after_dot(at + 1)),
        Some("pm") => (Some(true), after_dot(at + 1)),
        Some("a" | "p") if view.mark(at + 1) == Some(".") && view.lower_is(at + 2, "m") && view.glued(at + 2) => {
            (Some(lower.as_deref() == Some("p")), after_dot(at + 3))
        }
        _ => (None, at),
    }
}

fn zone(view: &View<'_>, at: usize) -> usize {
    let open = usize::from(view.mark(at) == Some("("));
    match view.word(at + open) {
        Word::Zone => {
            let end = at + open + 1 + usize::from(view.lower_is(at + open + 1, "time"));
            end + usize::from(open == 1 && view.mark(end) == Some(")"))
        }
        _ => at,
    }
}

/// A clock time with the day that stands after it, or the day's part: "9 p.m. on Tuesday".
fn clock_led(view: &View<'_>, at: usize, part: Part, end: usize) -> Expression {
    let comma = usize::from(view.mark(end) == Some(","));
    let on = usize::from(matches!(view.word(end + comma), Word::Relation(TimeWord::Within) | Word::Of));
    let next = end + comma + on;
    let the = usize::from(matches!(view.word(next), Word::The));
    let day = plain_day(view, next + the);
    match day {
        Some(day) => Expression { pieces: at..day.pieces.end, part: Some(part), ..day },
        None => Expression { part: Some(part), ..simple(at..end, Expr::Clock) },
    }
}

/// An expression for one day, to which a time of day can belong.
fn plain_day(view: &View<'_>, at: usize) -> Option<Expression> {
    let begins = matches!(
        view.word(at),
        Word::Weekday(_)
            | Word::WeekdayShort(_)
            | Word::Near(_)
            | Word::Month(_)
            | Word::MonthShort(_)
            | Word::MonthOrOther(_)
            | Word::Digits
    );
    let found = if begins { plain(view, at, false)? } else { return None };
    let daily = match found.expr {
        Expr::Weekday { .. } | Expr::Near(_) => true,
        Expr::Calendar { day, .. } => day.is_some(),
        _ => false,
    };
    (daily && found.part.is_none_or(|part| matches!(part, Part::Named(_)))).then_some(found)
}

/// "12 June", "12th of June 2016".
fn day_month(view: &View<'_>, at: usize) -> Parsed<Expr> {
    let (day, next) = view.day(at)?;
    let of = usize::from(matches!(view.word(next), Word::Of));
    let hyphen = usize::from(view.hyphen(next));
    let (month, end) = view.month(next + of + hyphen)?;
    let (year, end) = year_of(view, end);
    Some((Expr::Calendar { year, month: Some(month), day: Some(day) }, end))
}

/// The year that may follow a month: ", 2016", "of 2016", "last year", "of that year".
fn year_of(view: &View<'_>, at: usize) -> (YearOf, usize) {
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
fn decade(view: &View<'_>, at: usize, article: bool) -> Parsed<Expr> {
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
fn century(view: &View<'_>, at: usize) -> Parsed<i16> {
    let (ordinal, next) = view.ordinal(at)?;
    let next = next + usize::from(view.hyphen(next));
    match view.word(next) {
        Word::Unit(Unit::Century) if (2..=22).contains(&ordinal) => Some(((ordinal as i16 - 1) * 100, next + 1)),
        _ => None,
    }
}

fn ordinal_led(view: &View<'_>, at: usize) -> Option<Expression> {
    if let Some((century, end)) = century(view, at) {
        return Some(simple(at..end, Expr::Century(century)));
    }
    if let Some(found) = quarter_or_half(view, at) {
        return Some(found);
    }
    // "the first nine months" is a length; "the first of May" a day.
    let (ordinal, next) = view.ordinal(at)?;
    if ordinal == 1
        && let Some((amount, unit, end)) = amount_and_unit(view, next)
    {
        return Some(simple(at..end, Expr::Duration { amount, unit }));
    }
    let of = matches!(view.word(next), Word::Of);
    let (month, end) = view.month(next + usize::from(of)).filter(|_| of && ordinal <= 31)?;
    let (year, end) = year_of(view, end);
    Some(with_part(view, simple(at..end, Expr::Calendar { year, month: Some(month), day: Some(ordinal as i8) })))
}

/// "third quarter of 2014", "first half of last year", "second-half".
fn quarter_or_half(view: &View<'_>, at: usize) -> Option<Expression> {
    let (expr, end) = quarter(view, at, YearOf::Shifted(Shift::None))?;
    let (year, end) = year_of(view, end);
    let expr = match expr {
        Expr::Quarter { quarter, .. } => Expr::Quarter { quarter, year },
        Expr::Half { half, .. } if year != YearOf::OPEN => Expr::Half { half, year },
        Expr::Half { half, .. } if view.follows_of_the_year(end) => {
            return Some(simple(at..end + 3, Expr::Half { half, year: YearOf::ShiftedYear(Shift::This) }));
        }
        _ => return None,
    };
    Some(simple(at..end, expr))
}

fn quarter(view: &View<'_>, at: usize, year: YearOf) -> Parsed<Expr> {
    let (ordinal, next) = view.ordinal(at)?;
    let next = next + usize::from(view.hyphen(next));
    match view.word(next) {
        Word::Unit(Unit::Quarter) if (1..=4).contains(&ordinal) => Some((Expr::Quarter { quarter: ordinal as i8, year }, next + 1)),
        Word::HalfWord if (1..=2).contains(&ordinal) => Some((Expr::Half { half: ordinal as i8, year }, next + 1)),
        _ => None,
    }
}

/// "fiscal 1989", "the fiscal third quarter".
fn fiscal(view: &View<'_>, at: usize) -> Option<Expression> {
    let inner = match view.year(at + 1) {
        Some((year, end)) => simple(at..end, Expr::Calendar { year: YearOf::Stated(year), month: None, day: None }),
        None => quarter_or_half(view, at + 1)?,
    };
    Some(Expression { pieces: at..inner.pieces.end, ..inner })
}

/// "July", "July 31", "July 31, 2017", "July 2017", "July last year"; "September 11 attacks" is a name.
fn month_led(view: &View<'_>, at: usize) -> Option<Expression> {
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
fn weekday_led(view: &View<'_>, at: usize, shift: Shift) -> Option<Expression> {
    let (day, end) = view.weekday(at)?;
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

/// "summer", "summer 2015", "summer of 2015".
fn season_led(view: &View<'_>, at: usize, season: Season) -> Expression {
    let (year, end) = year_of(view, at + 1);
    simple(at..end, Expr::Season { season, year })
}

/// "fall" and "spring" are seasons with a year, or after "the" where nothing falls: "the fall of Aleppo" is none.
fn ambiguous_season(view: &View<'_>, at: usize, season: Season, article: bool) -> Option<Expression> {
    let found = season_led(view, at, season);
    let dated = found.pieces.end > at + 1;
    let in_the = article && at >= 2 && matches!(view.word(at - 2), Word::Relation(_) | Word::Of);
    let after_of = matches!(view.word(at + 1), Word::Of);
    (dated || (in_the && !after_of)).then_some(found)
}

/// An expression with the part of the day that follows it.
fn with_part(view: &View<'_>, found: Expression) -> Expression {
    let end = found.pieces.end;
    if let Word::Part(part) = view.word(end)
        && !view.mark(end).is_some()
    {
        return Expression { pieces: found.pieces.start..end + 1, part: Some(Part::Named(part)), ..found };
    }
    let at = usize::from(matches!(view.word(end), Word::Relation(TimeWord::Within)));
    if at == 1
        && let Some((part, end)) = clock(view, end + at)
    {
        return Expression { pieces: found.pieces.start..end, part: Some(part), ..found };
    }
    found
}

/// "night of 12 June", "dawn on Sunday", "noon Thursday"; "dawn" and "night" alone are no dates.
fn part_led(view: &View<'_>, at: usize, part: DayPart) -> Option<Expression> {
    let of = matches!(view.word(at + 1), Word::Of | Word::Relation(TimeWord::Within));
    let the = usize::from(of && matches!(view.word(at + 2), Word::The));
    let day = plain_day(view, at + 1 + usize::from(of) + the);
    match day {
        Some(day) => Some(Expression { pieces: at..day.pieces.end, part: Some(Part::Named(part)), ..day }),
        None if matches!(part, DayPart::Noon | DayPart::Midnight) => {
            Some(Expression { part: Some(Part::Named(part)), ..simple(at..at + 1, Expr::Clock) })
        }
        None => None,
    }
}

/// "the past", "the future" where no unit follows.
fn vague_noun(view: &View<'_>, at: usize, article: bool) -> Option<Expression> {
    let past = article && view.lower_is(at, "past") && view.ends_clause(at + 1);
    let current = view.lower_is(at, "current") && !matches!(view.word(at + 1), Word::Mark);
    match (past, current) {
        (true, _) => Some(simple(at..at + 1, Expr::Vague(Vague::Past))),
        (_, true) => Some(simple(at..at + 1, Expr::Vague(Vague::Present))),
        _ => None,
    }
}

/// "last week", "this summer", "next Tuesday", "the past three years", "recent months", "that day".
fn shift_led(view: &View<'_>, at: usize, shift: Shift, article: bool) -> Option<Expression> {
    // "the last few months", "this past spring", "the same day"
    let mut next = at + 1;
    let shift = match (shift, view.word(next)) {
        (Shift::This, Word::Shift(second @ (Shift::Last | Shift::Next))) => {
            next += 1;
            second
        }
        _ => shift,
    };
    match view.word(next) {
        Word::Month(month) | Word::MonthOrOther(month) | Word::MonthShort(month) if shift != Shift::Recent && view.capital(next) => {
            let dot = usize::from(matches!(view.word(next), Word::MonthShort(_)) && view.mark(next + 1) == Some("."));
            let (day, end) = view.day(next + 1 + dot).map_or((None, next + 1 + dot), |(day, end)| (Some(day), end));
            Some(simple(at..end, Expr::Calendar { year: YearOf::Shifted(shift), month: Some(month), day }))
        }
        Word::Season(season) | Word::SeasonOrOther(season) if shift != Shift::Recent => {
            Some(simple(at..next + 1, Expr::Season { season, year: YearOf::Shifted(shift) }))
        }
        Word::Weekday(_) if shift != Shift::Recent => {
            weekday_led(view, next, shift).map(|found| Expression { pieces: at..found.pieces.end, ..found })
        }
        Word::Part(part) => shifted_part(view, at, next, shift, part),
        Word::Unit(unit) if unit >= Unit::Day => Some(shifted_unit(view, at, next, shift, unit, article)),
        Word::Units(unit) if matches!(shift, Shift::Last | Shift::Next | Shift::Recent) => {
            Some(simple(at..next + 1, Expr::Stretch { amount: Amount::Unsaid, unit, shift }))
        }
        _ if matches!(shift, Shift::Last | Shift::Next | Shift::Previous | Shift::Following | Shift::Recent) => {
            let Some((amount, unit, end)) = amount_and_unit(view, next) else { return vague_noun(view, at, article) };
            Some(simple(at..end, Expr::Stretch { amount, unit, shift }))
        }
        _ => vague_noun(view, at, article),
    }
}

/// "last night", "this morning", "that evening".
fn shifted_part(view: &View<'_>, at: usize, next: usize, shift: Shift, part: DayPart) -> Option<Expression> {
    let expr = match shift {
        Shift::Last => Expr::Near(-1),
        Shift::This => Expr::Near(0),
        Shift::That => Expr::Unit { shift: Shift::That, unit: Unit::Day },
        Shift::Previous => Expr::Unit { shift: Shift::Previous, unit: Unit::Day },
        Shift::Following | Shift::Next => Expr::Unit { shift: Shift::Following, unit: Unit::Day },
        Shift::Recent | Shift::LastWeek | Shift::None => return None,
    };
    let _ = view;
    Some(Expression { part: Some(Part::Named(part)), ..simple(at..next + 1, expr) })
}

/// "last week"; with an article, "the last week" is a stretch and "the next day" follows what was spoken of.
fn shifted_unit(view: &View<'_>, at: usize, next: usize, shift: Shift, unit: Unit, article: bool) -> Expression {
    let end = next + 1;
    let past_word = view.lower_is(at, "past") || view.lower_is(next - 1, "past");
    let expr = match shift {
        Shift::Next if article && unit == Unit::Day => Expr::Unit { shift: Shift::Following, unit },
        Shift::Last | Shift::Next if article || past_word => Expr::Stretch { amount: Amount::Exact(1.0), unit, shift },
        Shift::Recent => Expr::Unit { shift: Shift::Last, unit },
        _ => Expr::Unit { shift, unit },
    };
    let found = simple(at..end, expr);
    // "this year's third quarter"
    let possessive = matches!(view.mark(end), Some("'" | "’")) && view.lower_is(end + 1, "s");
    if unit == Unit::Year
        && possessive
        && let Some((expr, end)) = quarter(view, end + 2, YearOf::ShiftedYear(shift))
    {
        return simple(at..end, expr);
    }
    if unit == Unit::Day { with_part(view, found) } else { found }
}

/// "two days", "a few weeks", "half an hour", "2.5 years".
fn amount_and_unit(view: &View<'_>, at: usize) -> Option<(Amount, Unit, usize)> {
    let (amount, next) = match view.word(at) {
        Word::Indefinite(n) => (Amount::Vague(n), at + 1),
        Word::A if matches!(view.word(at + 1), Word::Indefinite(_)) => {
            let Word::Indefinite(n) = view.word(at + 1) else { return None };
            let amount = if n == 2 { Amount::Exact(2.0) } else { Amount::Vague(n) };
            (amount, at + 2)
        }
        Word::HalfWord if matches!(view.word(at + 1), Word::A) => (Amount::Exact(0.5), at + 2),
        _ => match view.number(at) {
            Some((value, end)) => (Amount::Exact(value), end),
            None if matches!(view.word(at), Word::A) => (Amount::Exact(1.0), at + 1),
            None => return None,
        },
    };
    let next = next + usize::from(matches!(view.word(next), Word::Of));
    let hyphen = view.hyphen(next);
    let next = next + usize::from(hyphen);
    match view.word(next) {
        // "three-quarters" of something
        Word::Units(Unit::Quarter) if hyphen => None,
        Word::Unit(unit) | Word::Units(unit) => Some((amount, unit, next + 1)),
        Word::Part(_) if view.lower_is(next, "nights") => Some((amount, Unit::Day, next + 1)),
        // "the past few bloody days", "the last 12 consecutive months"
        _ => None,
    }
}

/// "two days ago", "a year earlier", "three weeks after"; else a duration; an age is neither.
fn amount_of_units(view: &View<'_>, at: usize, article: bool) -> Option<Expression> {
    if let Some((part, end)) = worded_clock(view, at) {
        return Some(clock_led(view, at, part, end));
    }
    let (amount, unit, end) = amount_and_unit(view, at)?;
    let hyphen = usize::from(view.hyphen(end));
    if matches!(view.word(end + hyphen), Word::Old) || view.lower_is(end, "of") && view.lower_is(end + 1, "age") {
        return None;
    }
    if view.names_a_rate(end) {
        return None;
    }
    let article_amount = matches!(view.word(at), Word::A) && matches!(view.word(at + 1), Word::Unit(_));
    if let Word::Direction(direction) = view.word(end + hyphen) {
        let direct = match direction {
            Direction::Before | Direction::After => view.ends_clause(end + 1),
            _ => true,
        };
        if direct {
            return Some(simple(at..end + hyphen + 1, Expr::Offset { amount, unit, direction }));
        }
    }
    if view.lower_is(end, "from") && view.lower_is(end + 1, "now") {
        return Some(simple(at..end + 2, Expr::Offset { amount, unit, direction: Direction::FromNow }));
    }
    let _ = article;
    if article_amount && view.is_rate(at) {
        return Some(simple(at..end, Expr::Repeated { amount: Amount::Exact(1.0), unit, weekday: None }));
    }
    // "a second", "a quarter" and "one day" are mostly not lengths of time.
    let one_day = view.lower_is(at, "one") && unit == Unit::Day && !matches!(view.word(at.wrapping_sub(1)), Word::Relation(_));
    if article_amount && matches!(unit, Unit::Second | Unit::Quarter) || one_day && hyphen == 0 {
        return None;
    }
    Some(simple(at..end, Expr::Duration { amount, unit }))
}

/// "nine p.m.", "ten o'clock".
fn worded_clock(view: &View<'_>, at: usize) -> Parsed<Part> {
    let (value, next) = view.number(at).filter(|(value, _)| value.fract() == 0.0 && (1.0..=12.0).contains(value))?;
    if view.lower_is(next, "o") && view.lower_is(next + 2, "clock") {
        return Some((Part::Vague, next + 3));
    }
    if view.kind(at) == Some(PieceKind::Digits) {
        return None;
    }
    let (half, after) = half_of_day(view, next);
    let hour = value as u8 % 12 + if half? { 12 } else { 0 };
    Some((Part::Clock(hour, 0), after))
}

/// "years", "days ago", "months-long".
fn units_alone(view: &View<'_>, at: usize, unit: Unit) -> Option<Expression> {
    if let Word::Direction(direction @ (Direction::Ago | Direction::Earlier | Direction::Later)) = view.word(at + 1) {
        return Some(simple(at..at + 2, Expr::Offset { amount: Amount::Unsaid, unit, direction }));
    }
    let after_for = at > 0 && matches!(view.word(at - 1), Word::Relation(TimeWord::For | TimeWord::Within)) && !view.lower_is(at - 1, "on");
    let lasting = view.hyphen(at + 1) && view.lower_is(at + 2, "long");
    ((after_for || lasting) && unit > Unit::Minute).then(|| simple(at..at + 1, Expr::Duration { amount: Amount::Unsaid, unit }))
}

/// "the weekend", "year-ago", "the year", "the quarter".
fn unit_led(view: &View<'_>, at: usize, unit: Unit, article: bool) -> Option<Expression> {
    if unit == Unit::Weekend && article {
        return Some(simple(at..at + 1, Expr::Unit { shift: Shift::None, unit }));
    }
    if view.hyphen(at + 1)
        && let Word::Direction(direction @ (Direction::Ago | Direction::Earlier)) = view.word(at + 2)
    {
        return Some(simple(at..at + 3, Expr::Offset { amount: Amount::Exact(1.0), unit, direction }));
    }
    (unit == Unit::Quarter && article && !matches!(view.word(at + 1), Word::Of))
        .then(|| simple(at..at + 1, Expr::Unit { shift: Shift::This, unit }))
}

/// "every Friday", "each year", "every two weeks".
fn every(view: &View<'_>, at: usize) -> Option<Expression> {
    let once = Amount::Exact(1.0);
    match view.word(at + 1) {
        Word::Unit(unit) if unit > Unit::Second => Some(simple(at..at + 2, Expr::Repeated { amount: once, unit, weekday: None })),
        Word::Weekday(day) => Some(simple(at..at + 2, Expr::Repeated { amount: once, unit: Unit::Week, weekday: Some(day) })),
        Word::Part(_) => Some(simple(at..at + 2, Expr::Repeated { amount: once, unit: Unit::Day, weekday: None })),
        Word::Month(_) | Word::Season(_) => Some(simple(at..at + 2, Expr::Repeated { amount: once, unit: Unit::Year, weekday: None })),
        _ => {
            let (amount, unit, end) = amount_and_unit(view, at + 1)?;
            Some(simple(at..end, Expr::Repeated { amount, unit, weekday: None }))
        }
    }
}

/// What the words of a sentence are to the grammar.
pub(crate) fn words_into(words: &mut Vec<Word>, text: &str, pieces: &[crate::mention::quantity::piece::Piece], lexicon: &TimeLexicon) {
    words.clear();
    words.extend(pieces.iter().map(|piece| match piece.kind {
        PieceKind::Letters => lexicon.word(piece.text(text)),
        PieceKind::Digits => Word::Digits,
        PieceKind::Mark => Word::Mark,
    }));
}
