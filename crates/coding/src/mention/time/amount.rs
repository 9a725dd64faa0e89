//! How much time? "two months", "half an hour", "two more weeks", "three weeks ago", "years of war".

use super::calendar::Unit;
use super::clock::{clock_led, worded_clock};
use super::grammar::{Amount, Expr, Expression, Recurrence, simple};
use super::lexicon::{Direction, TimeWord, Vague, Word};
use super::tense;
use super::view::View;

/// "two days", "a few weeks", "half an hour", "2.5 years", "2 1/2 years", "a year and a half", "two more weeks", "a week or so".
pub(crate) fn amount_and_unit(view: &View<'_>, at: usize) -> Option<(Amount, Unit, usize)> {
    let (amount, next) = amount(view, at)?;
    let next = next + usize::from(matches!(view.word(next), Word::Of));
    let next = next + usize::from(matches!(view.word(next), Word::Measure));
    let hyphen = view.hyphen(next);
    let next = next + usize::from(hyphen);
    match view.word(next) {
        // "three-quarters" of something
        Word::Units(Unit::Quarter) if hyphen => None,
        Word::Unit(unit) | Word::Units(unit) => {
            let (amount, end) = rounded(view, amount, next + 1);
            Some((amount, unit, end))
        }
        Word::Part(_) if view.lower_is(next, "nights") => Some((amount, Unit::Day, next + 1)),
        // "the past few bloody days"
        _ => None,
    }
}

/// The number of units, and the piece after it.
fn amount(view: &View<'_>, at: usize) -> Option<(Amount, usize)> {
    match (view.word(at), view.word(at + 1)) {
        (Word::Indefinite(n), _) => Some((Amount::Vague(n), at + 1)),
        (Word::A, Word::Indefinite(2)) => Some((Amount::Exact(2.0), at + 2)),
        (Word::A, Word::Indefinite(n)) => Some((Amount::Vague(n), at + 2)),
        (Word::Half, Word::A) => Some((Amount::Exact(0.5), at + 2)),
        _ => match view.number(at) {
            Some((value, end)) if is_and_a_half(view, end) => Some((Amount::Exact(value.trunc() + 0.5), end + 3)),
            Some((value, end)) => Some(between(view, value, end).unwrap_or_else(|| with_fraction(view, value, end))),
            // "a months-long siege"
            None if matches!((view.word(at), view.word(at + 1)), (Word::A, Word::Units(_))) => None,
            None if matches!(view.word(at), Word::A) => Some((Amount::Exact(1.0), at + 1)),
            None => None,
        },
    }
}

fn is_and_a_half(view: &View<'_>, at: usize) -> bool {
    matches!((view.word(at), view.word(at + 1), view.word(at + 2)), (Word::And, Word::A, Word::Half))
}

/// "12 to 18", "two or three": something between.
fn between(view: &View<'_>, low: f64, at: usize) -> Option<(Amount, usize)> {
    let dash = matches!(view.mark(at), Some("-" | "–")) && matches!(view.word(at + 1), Word::Digits);
    if !dash && !matches!(view.word(at), Word::To | Word::Or) {
        return None;
    }
    let (high, end) = view.number(at + 1).filter(|(high, _)| *high > low && *high < 200.0)?;
    Some((Amount::Vague(((low + high) / 2.0) as u8), end))
}

/// "2 1/2": digits and the fraction after them.
fn with_fraction(view: &View<'_>, value: f64, at: usize) -> (Amount, usize) {
    let fraction = || {
        let (part, whole) = (view.digits(at)?, view.digits(at + 2)?);
        let written = view.mark(at + 1) == Some("/") && view.glued(at + 1) && view.glued(at + 2) && part < whole;
        written.then_some(part as f64 / whole as f64)
    };
    match fraction() {
        Some(fraction) => (Amount::Exact(value + fraction), at + 3),
        None => (Amount::Exact(value), at),
    }
}

/// What may follow the unit: "and a half", "or so", "or two".
fn rounded(view: &View<'_>, amount: Amount, at: usize) -> (Amount, usize) {
    match (amount, view.word(at), view.word(at + 1)) {
        (Amount::Exact(value), ..) if is_and_a_half(view, at) => (Amount::Exact(value + 0.5), at + 3),
        (_, Word::Or, Word::So) => (amount, at + 2),
        (Amount::Exact(value), Word::Or, Word::Numeral) if value < 10.0 => (Amount::Vague(value as u8 + 1), at + 2),
        _ => (amount, at),
    }
}

/// "two days ago", "a year earlier", "three weeks after"; else a duration; an age is neither.
pub(crate) fn amount_of_units(view: &View<'_>, at: usize) -> Option<Expression> {
    if let Some((part, end)) = worded_clock(view, at) {
        return Some(clock_led(view, at, part, end));
    }
    let (amount, unit, end) = amount_and_unit(view, at)?;
    let hyphen = usize::from(view.hyphen(end));
    if matches!(view.word(end + hyphen), Word::Old) || view.lower_is(end, "of") && view.lower_is(end + 1, "age") {
        return None;
    }
    if view.names_a_rate(end) || view.is_title(end - 1) {
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
    if article_amount && view.is_frequency(at) {
        return Some(simple(at..end, Expr::Repeated { amount: Amount::Exact(1.0), unit, on: Recurrence::Unit }));
    }
    if article_amount && view.is_rate(at) {
        return None;
    }
    // "a second", "a quarter" and "one day" are mostly not lengths of time.
    if article_amount && matches!(unit, Unit::Second | Unit::Quarter) {
        return None;
    }
    let joined = hyphen == 1 || view.hyphen(at + 1);
    let one_day = view.lower_is(at, "one") && unit == Unit::Day && !matches!(view.word(at.wrapping_sub(1)), Word::Relation(_));
    if one_day && !joined {
        let to_come = tense::nearest(view, &(at..end)) == tense::Direction::Future;
        return to_come.then(|| simple(at..end, Expr::Vague(Vague::Future)));
    }
    Some(simple(at..end, Expr::Duration { amount, unit }))
}

/// "years", "days ago", "months-long", "years of war", "the weeks before the vote".
pub(crate) fn units_alone(view: &View<'_>, at: usize, unit: Unit, article: bool) -> Option<Expression> {
    if let Word::Direction(direction @ (Direction::Ago | Direction::Earlier | Direction::Later)) = view.word(at + 1) {
        return Some(simple(at..at + 2, Expr::Offset { amount: Amount::Unsaid, unit, direction }));
    }
    let before = at.checked_sub(1 + usize::from(article));
    let led = |words: fn(Word) -> bool| before.is_some_and(|before| words(view.word(before)));
    let after_for = led(|word| matches!(word, Word::Relation(TimeWord::For | TimeWord::Within)));
    let counted = before.is_some_and(|before| matches!(view.word(before), Word::Digits | Word::Numeral | Word::Shift(_)));
    let lasting = view.hyphen(at + 1) && (view.lower_is(at + 2, "long") || matches!(view.word(at + 2), Word::Old));
    let around = matches!(view.word(at + 1), Word::Direction(Direction::Before | Direction::After)) && !view.ends_clause(at + 2);
    let filled = matches!(view.word(at + 1), Word::Of) && !article && !counted;
    let on_days = before.is_some_and(|before| view.lower_is(before, "on"));
    let told = !view.hyphen(at.wrapping_sub(1)) && (after_for && !on_days || lasting || around || filled);
    (told && unit > Unit::Minute && !view.is_title(at)).then(|| simple(at..at + 1, Expr::Duration { amount: Amount::Unsaid, unit }))
}

/// "every Friday", "each July", "every two weeks".
pub(crate) fn every(view: &View<'_>, at: usize) -> Option<Expression> {
    let once = |unit, on| simple(at..at + 2, Expr::Repeated { amount: Amount::Exact(1.0), unit, on });
    match view.word(at + 1) {
        Word::Unit(unit) if unit > Unit::Second => Some(once(unit, Recurrence::Unit)),
        Word::Weekday(day) => {
            let part = match view.word(at + 2) {
                Word::Part(part) => Some(part),
                _ => None,
            };
            let found = once(Unit::Week, Recurrence::Weekday(day, part));
            Some(Expression { pieces: at..at + 2 + usize::from(part.is_some()), ..found })
        }
        Word::Part(part) => Some(once(Unit::Day, Recurrence::Part(part))),
        Word::Month(month) | Word::MonthOrOther(month) if view.capital(at + 1) => Some(once(Unit::Year, Recurrence::Month(month))),
        Word::Season(season) | Word::SeasonOrOther(season) => Some(once(Unit::Year, Recurrence::Season(season))),
        _ => {
            let (amount, unit, end) = amount_and_unit(view, at + 1)?;
            Some(simple(at..end, Expr::Repeated { amount, unit, on: Recurrence::Unit }))
        }
    }
}
