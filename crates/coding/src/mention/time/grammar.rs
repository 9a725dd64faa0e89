//! How are time expressions built? Words to [`Expression`]s, without knowing any date.

use std::ops::Range;

use super::calendar::{Position, Season, Unit};
use super::clock::{clock, clock_led, part_at, part_led, shifted_part, with_part, worded_clock};
use super::date::{
    ambiguous_season, century, day_month, decade, fiscal, month_led, quarter, quarter_or_half, season_led, weekday_led, written_date,
    year_of,
};
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

/// What was read, and the piece after it.
pub(crate) type Parsed<T> = Option<(T, usize)>;

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

/// "the month" after "the end of".
fn bare_unit(view: &View<'_>, at: usize, article: bool) -> Option<Expression> {
    match view.word(at) {
        Word::Unit(unit) if article && unit >= Unit::Day => Some(simple(at..at + 1, Expr::Unit { shift: Shift::This, unit })),
        _ => None,
    }
}

/// An expression of these pieces alone.
pub(crate) fn simple(pieces: Range<usize>, expr: Expr) -> Expression {
    Expression { pieces, expr, position: None, part: None, approximate: false }
}

/// An expression without "early" or "late" before it.
pub(crate) fn plain(view: &View<'_>, at: usize, article: bool) -> Option<Expression> {
    match view.word(at) {
        Word::Other | Word::Mark => None,
        Word::Digits => numeric(view, at, article),
        Word::Numeral | Word::A | Word::Indefinite(_) | Word::Half => amount_of_units(view, at),
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
    let amount = if year_of_something { None } else { amount_of_units(view, at) };
    amount.or_else(|| {
        let (year, end) = view.year(at)?;
        view.year_stands_alone(at, article).then(|| simple(at..end, Expr::Calendar { year: YearOf::Stated(year), month: None, day: None }))
    })
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
        Word::Part(part) => shifted_part(at, next, shift, part),
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
        Word::Half if matches!(view.word(at + 1), Word::A) => (Amount::Exact(0.5), at + 2),
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
fn amount_of_units(view: &View<'_>, at: usize) -> Option<Expression> {
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
