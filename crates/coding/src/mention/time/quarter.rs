//! Which quarter, half or whole of a year? "the third quarter of 2014", "fiscal 1989", "the year-ago quarter", "year-end".

use super::calendar::{Position, Unit};
use super::date::year_of;
use super::grammar::{Amount, Expr, Expression, Parsed, YearOf, plain, simple};
use super::lexicon::{Direction, Shift, TimeWord, Word};
use super::view::View;

/// "third quarter of 2014", "first half of last year", "second-half".
pub(crate) fn quarter_or_half(view: &View<'_>, at: usize) -> Option<Expression> {
    let (expr, end) = quarter(view, at, YearOf::OPEN)?;
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

pub(crate) fn quarter(view: &View<'_>, at: usize, year: YearOf) -> Parsed<Expr> {
    let (ordinal, next) = view.ordinal(at)?;
    let next = next + usize::from(view.hyphen(next));
    match view.word(next) {
        Word::Unit(Unit::Quarter) if (1..=4).contains(&ordinal) => Some((Expr::Quarter { quarter: ordinal as i8, year }, next + 1)),
        Word::Half if (1..=2).contains(&ordinal) => Some((Expr::Half { half: ordinal as i8, year }, next + 1)),
        _ => None,
    }
}

/// "fiscal 1989", "the fiscal third quarter", "fiscal-first quarter"; "the fiscal year".
pub(crate) fn fiscal(view: &View<'_>, at: usize, article: bool) -> Option<Expression> {
    let next = at + 1 + usize::from(view.hyphen(at + 1));
    let unit_named = usize::from(matches!(view.word(next), Word::Unit(Unit::Year)));
    let inner = match view.year(next + unit_named) {
        Some((year, end)) => simple(at..end, Expr::Calendar { year: YearOf::Stated(year), month: None, day: None }),
        None => quarter_or_half(view, next).or_else(|| whole(view, next, article))?,
    };
    Some(Expression { pieces: at..inner.pieces.end, ..inner })
}

/// "the latest quarter", "the comparable period last year", "last year's quarter", "the 1988 period": the quarter spoken of, in
/// this year or another.
pub(crate) fn spoken_quarter(view: &View<'_>, begin: usize, at: usize, year: YearOf) -> Option<Expression> {
    if !matches!(view.word(at), Word::Unit(Unit::Quarter) | Word::Period) {
        return None;
    }
    let end = at + 1;
    if view.is_bounded(end)
        && let Some((month, day)) = view.month(end + 1).map(|(month, next)| (month, view.day(next).map_or(30, |(day, _)| day)))
    {
        // "the quarter ended 3 October" is the one before
        let month = if day < 10 { (month + 10) % 12 + 1 } else { month };
        return Some(simple(begin..end, Expr::Quarter { quarter: (month + 2) / 3, year: YearOf::OPEN }));
    }
    let ago = matches!(view.word(end + 2), Word::Direction(Direction::Ago | Direction::Earlier));
    let (year, end) = match (view.word(end), view.word(end + 1)) {
        (Word::A, Word::Unit(Unit::Year)) if ago => (YearOf::ShiftedYear(Shift::Last), end + 3),
        _ if matches!(year, YearOf::Shifted(_)) => match year_of(view, end) {
            (YearOf::OPEN, _) => (year, end),
            stated => stated,
        },
        _ => (year, end),
    };
    (year != YearOf::OPEN || view.word(at) != Word::Period || begin < at)
        .then(|| simple(begin..end, Expr::SpokenQuarter { year, period: view.word(at) == Word::Period }))
}

/// "the weekend", "year-ago", "year-end", "the year 2000", "the year", "the quarter", "week-long".
pub(crate) fn unit_led(view: &View<'_>, at: usize, unit: Unit, article: bool) -> Option<Expression> {
    if unit == Unit::Weekend && article {
        return Some(simple(at..at + 1, Expr::Unit { shift: Shift::None, unit }));
    }
    if view.hyphen(at + 1)
        && let Some(found) = compound(view, at, unit)
    {
        return Some(found);
    }
    match unit {
        Unit::Quarter if article && !matches!(view.word(at + 1), Word::Of) => spoken_quarter(view, at, at, YearOf::OPEN),
        Unit::Year => year_end(view, at).or_else(|| numbered_year(view, at)).or_else(|| whole(view, at, article)),
        Unit::Week => week_of(view, at).or_else(|| whole(view, at, article)),
        _ => None,
    }
}

/// "the week of 6 March", "the week of the 6th of March".
fn week_of(view: &View<'_>, at: usize) -> Option<Expression> {
    let next = at + 2 + usize::from(matches!(view.word(at + 2), Word::The));
    let found = plain(view, next, false).filter(|_| matches!(view.word(at + 1), Word::Of))?;
    match found.expr {
        Expr::Calendar { year, month: Some(month), day: Some(day) } => {
            Some(Expression { pieces: at..found.pieces.end, expr: Expr::WeekOf { year, month, day }, part: None, ..found })
        }
        _ => None,
    }
}

/// "year-ago", "year-earlier quarter", "day-long".
pub(crate) fn compound(view: &View<'_>, at: usize, unit: Unit) -> Option<Expression> {
    match view.word(at + 2) {
        Word::Direction(Direction::Ago | Direction::Earlier) if unit == Unit::Year => {
            let year = YearOf::ShiftedYear(Shift::Last);
            let numbered = || quarter(view, at + 3, year).map(|(expr, end)| simple(at..end, expr));
            let ago = || simple(at..at + 3, Expr::Offset { amount: Amount::Exact(1.0), unit, direction: Direction::Ago });
            Some(spoken_quarter(view, at, at + 3, year).or_else(numbered).unwrap_or_else(ago))
        }
        Word::Direction(direction @ (Direction::Ago | Direction::Earlier)) => {
            Some(simple(at..at + 3, Expr::Offset { amount: Amount::Exact(1.0), unit, direction }))
        }
        _ if view.lower_is(at + 2, "long") => Some(simple(at..at + 1, Expr::Duration { amount: Amount::Exact(1.0), unit })),
        _ => None,
    }
}

/// "year-end", "year's end".
fn year_end(view: &View<'_>, at: usize) -> Option<Expression> {
    let possessive = if view.is_possessive(at + 1) { 2 } else { 0 };
    let next = at + 1 + possessive + usize::from(view.hyphen(at + 1));
    let ends = matches!(view.word(next), Word::Position(Position::Late)) && view.lower_is(next, "end");
    let since = at > 0 && matches!(view.word(at - 1), Word::Relation(TimeWord::Since));
    let year = YearOf::ShiftedYear(if since { Shift::Last } else { Shift::This });
    ends.then(|| simple(at..next + 1, Expr::Calendar { year, month: Some(12), day: Some(31) }))
}

/// "the year 2000", "the year two thousand".
fn numbered_year(view: &View<'_>, at: usize) -> Option<Expression> {
    let worded = || view.number(at + 1).filter(|(value, _)| (1900.0..2100.0).contains(value)).map(|(value, end)| (value as i16, end));
    let (year, end) = view.year(at + 1).or_else(worded)?;
    Some(simple(at..end, Expr::Calendar { year: YearOf::Stated(year), month: None, day: None }))
}

/// "for the year", "the week's", "the full year"; "the year ended 30 June" is a length.
pub(crate) fn whole(view: &View<'_>, at: usize, article: bool) -> Option<Expression> {
    let measured = matches!(view.word(at), Word::Measure);
    let named = at + usize::from(measured);
    let Word::Unit(unit @ (Unit::Week | Unit::Year)) = view.word(named) else { return None };
    let (fiscal, end) = (at > 0 && matches!(view.word(at - 1), Word::Fiscal), named + 1);
    if !article {
        return None;
    }
    if view.is_bounded(end) {
        return Some(simple(at..end, Expr::Duration { amount: Amount::Exact(1.0), unit }));
    }
    let measures = at >= 3 && matches!((view.word(at - 3), view.word(at - 2)), (Word::Units(_), Word::Of));
    let after = at >= 2 && matches!(view.word(at - 2), Word::Relation(word) if word != TimeWord::Since && word != TimeWord::By);
    let led = after || measures || measured || fiscal;
    let closed =
        view.ends_clause(end) || view.is_possessive(end) || !matches!(view.word(end), Word::Of | Word::Direction(_) | Word::Shift(_));
    (led && closed || view.is_possessive(end)).then(|| simple(at..end, Expr::Unit { shift: Shift::None, unit }))
}
