//! How are time expressions built? Words to [`Expression`]s, without knowing any date.

use std::ops::Range;

use super::amount::{amount_and_unit, amount_of_units, every, units_alone};
use super::calendar::{Position, Season, Unit};
use super::clock::{clock, clock_led, part_at, part_led, with_part};
use super::date::{ambiguous_season, century, day_month, decade, month_led, season_led, weekday_led, written_date, year_of};
use super::holiday::{Holiday, holiday_led};
use super::lexicon::{DayPart, Direction, Shift, TimeLexicon, TimeWord, Vague, Word};
use super::quarter::{fiscal, quarter, quarter_or_half, spoken_quarter, unit_led, whole};
use super::shift::shift_led;
use super::tense;
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
    /// "Christmas Eve", "last Easter".
    Holiday {
        holiday: Holiday,
        year: YearOf,
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
    /// "the quarter", "the year-ago period": the quarter spoken of, or the same one of another year.
    SpokenQuarter {
        year: YearOf,
        /// Whether it is called a period, which may be of other months too.
        period: bool,
    },
    /// "the week of 6 March".
    WeekOf {
        year: YearOf,
        month: i8,
        day: i8,
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
        on: Recurrence,
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

/// On what a repetition falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Recurrence {
    /// Once in so many units: "every two weeks".
    Unit,
    /// "every Friday", "Monday nights".
    Weekday(i8, Option<DayPart>),
    /// "on weekends".
    Weekend,
    /// "every night".
    Part(DayPart),
    /// "each July".
    Month(i8),
    /// "every summer".
    Season(Season),
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
    let start = if article && takes_article(view, &found) { begin } else { core };
    let start = if approximate.is_some() { at } else { start };
    Some(Expression { pieces: start..found.pieces.end, approximate: approximate.is_some() || found.approximate, ..found })
}

/// Whether "the" belongs to the expression; in "the 2014 war" it belongs to the noun.
fn takes_article(view: &View<'_>, found: &Expression) -> bool {
    let modifier = matches!(found.expr, Expr::Calendar { .. } | Expr::Duration { .. } | Expr::Weekday { .. } | Expr::Repeated { .. })
        && found.position.is_none()
        && view.modifies_a_noun(found.pieces.end);
    !modifier && !matches!(found.expr, Expr::Near(_))
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
    if let Some(found) = daytime(view, at, next, position, article) {
        return Some(found);
    }
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

/// "mid-afternoon", "the late evening": a time of the day spoken of.
fn daytime(view: &View<'_>, at: usize, next: usize, position: Position, article: bool) -> Option<Expression> {
    let part = next + usize::from(view.hyphen(next));
    let led = at.checked_sub(1 + usize::from(article)).is_some_and(|before| matches!(view.word(before), Word::Relation(_)));
    match view.word(part) {
        Word::Part(named) if led && matches!(view.word(part + 1), Word::Other | Word::Mark) => {
            let clock = simple(at..part + 1, Expr::Clock);
            Some(Expression { position: Some(position), part: Some(Part::Named(named)), ..clock })
        }
        _ => None,
    }
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
        Word::Numeral => spelled_year(view, at).or_else(|| amount_of_units(view, at)),
        Word::A | Word::Indefinite(_) | Word::Half => amount_of_units(view, at),
        Word::Measure => whole(view, at, article),
        Word::Ordinal => ordinal_led(view, at),
        Word::Month(_) | Word::MonthOrOther(_) | Word::MonthShort(_) => month_led(view, at),
        Word::Weekday(_) | Word::WeekdayShort(_) => weekday_led(view, at, Shift::None),
        Word::Holiday(_) | Word::HolidayOfDay(_) => holiday_led(view, at, at, Shift::None),
        Word::Season(season) => Some(season_led(view, at, season)),
        Word::SeasonOrOther(season) => ambiguous_season(view, at, season, article),
        Word::Near(days) => Some(with_part(view, simple(at..at + 1, Expr::Near(days)))),
        Word::Tonight => Some(Expression { part: Some(Part::Named(DayPart::Night)), ..simple(at..at + 1, Expr::Near(0)) }),
        Word::Overnight => Some(simple(at..at + 1, Expr::Overnight)),
        Word::Shift(shift) => shift_led(view, at, shift, article),
        Word::Part(part) => part_led(view, at, part, article),
        Word::Vague(vague) => vague_word(view, at, vague),
        Word::Every => every(view, at),
        // the daily of a party is a newspaper
        Word::Frequency(_) if view.capital(at + 1) => None,
        Word::Frequency(unit) => Some(simple(at..at + 1, Expr::Repeated { amount: Amount::Exact(1.0), unit, on: Recurrence::Unit })),
        Word::Weekdays(day) => {
            let on = Recurrence::Weekday(day, None);
            Some(simple(at..at + 1, Expr::Repeated { amount: Amount::Exact(1.0), unit: Unit::Week, on }))
        }
        Word::Units(Unit::Weekend) if at > 0 && view.lower_is(at - 1, "on") => {
            Some(simple(at..at + 1, Expr::Repeated { amount: Amount::Exact(1.0), unit: Unit::Week, on: Recurrence::Weekend }))
        }
        Word::Units(unit) => units_alone(view, at, unit, article),
        Word::Unit(Unit::Second) => ordinal_led(view, at),
        Word::Unit(unit) => unit_led(view, at, unit, article),
        Word::DecadeName(tens) if article => Some(simple(at..at + 1, Expr::Decade(1900 + i16::from(tens)))),
        Word::Fiscal => fiscal(view, at, article),
        Word::ToCome if article || at > 0 && view.lower_is(at - 1, "near") => Some(simple(at..at + 1, Expr::Vague(Vague::Future))),
        _ => None,
    }
}

/// "now", "recently"; "soon" speaks of the future only where the verb does not speak of the past, and by itself.
fn vague_word(view: &View<'_>, at: usize, vague: Vague) -> Option<Expression> {
    let as_soon_as = at > 0 && view.lower_is(at - 1, "as");
    let after = matches!(view.word(at + 1), Word::Direction(_)) || view.lower_is(at + 1, "as");
    let past = vague == Vague::Future && (after || tense::nearest(view, &(at..at + 1)) == tense::Direction::Past);
    (!as_soon_as && !past).then(|| simple(at..at + 1, Expr::Vague(vague)))
}

/// "nineteen ninety-six".
fn spelled_year(view: &View<'_>, at: usize) -> Option<Expression> {
    let (year, end) = view.spelled_year(at)?;
    Some(simple(at..end, Expr::Calendar { year: YearOf::Stated(year), month: None, day: None }))
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
        && let Some(found) = quarter_of(view, at, next, year)
    {
        return Some(found);
    }
    let year_of_something = article && view.year(at).is_some() && matches!(view.word(at + 1), Word::Unit(_));
    let amount = if year_of_something { None } else { amount_of_units(view, at) };
    amount.or_else(|| {
        let (year, end) = view.year(at)?;
        view.year_stands_alone(at, article).then(|| simple(at..end, Expr::Calendar { year: YearOf::Stated(year), month: None, day: None }))
    })
}

/// "1988 third quarter", "the 1988 period".
fn quarter_of(view: &View<'_>, at: usize, next: usize, year: i16) -> Option<Expression> {
    let year = YearOf::Stated(year);
    let numbered = quarter(view, next, year).map(|(expr, end)| simple(at..end, expr));
    numbered.or_else(|| spoken_quarter(view, at, next, year))
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
    if let (1, Word::Units(unit)) = (ordinal, view.word(next)) {
        return Some(simple(at..next + 1, Expr::Duration { amount: Amount::Unsaid, unit }));
    }
    let of = matches!(view.word(next), Word::Of);
    let (month, end) = view.month(next + usize::from(of)).filter(|_| of && ordinal <= 31)?;
    let (year, end) = year_of(view, end);
    Some(with_part(view, simple(at..end, Expr::Calendar { year, month: Some(month), day: Some(ordinal as i8) })))
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
