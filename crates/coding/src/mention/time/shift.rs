//! Which one, seen from now or from what was told? "last week", "this summer", "the past three years", "that day".

use sayso_types::Upos;

use super::amount::amount_and_unit;
use super::calendar::Unit;
use super::clock::{shifted_part, with_part};
use super::date::{weekday_led, year_of};
use super::grammar::{Amount, Expr, Expression, YearOf, simple};
use super::holiday::holiday_led;
use super::lexicon::{Shift, Vague, Word};
use super::quarter::{compound, quarter, spoken_quarter};
use super::view::View;

/// "last week", "this summer", "next Tuesday", "the past three years", "recent months", "that day".
pub(crate) fn shift_led(view: &View<'_>, at: usize, shift: Shift, article: bool) -> Option<Expression> {
    // "the last few months", "this past spring", "the same day"
    let mut next = at + 1;
    let shift = match (shift, view.word(next)) {
        (Shift::This, Word::Shift(second @ (Shift::Last | Shift::Next))) => {
            next += 1;
            second
        }
        _ => shift,
    };
    if view.is_title(at) && view.capital(next) {
        return None;
    }
    match view.word(next) {
        Word::Holiday(_) if matches!(shift, Shift::Last | Shift::This | Shift::Next) => holiday_led(view, at, next, shift),
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
        Word::Unit(Unit::Quarter) | Word::Period if matches!(shift, Shift::Recent | Shift::That) => {
            spoken_quarter(view, at, next, YearOf::Shifted(shift))
        }
        // "the comparable year-ago quarter"
        Word::Unit(Unit::Year) if shift == Shift::That && view.hyphen(next + 1) => {
            compound(view, next, Unit::Year).map(|found| Expression { pieces: at..found.pieces.end, ..found })
        }
        Word::Unit(unit) if unit >= Unit::Day => Some(shifted_unit(view, at, next, shift, unit, article)),
        Word::Half if shift == Shift::Last => {
            let (year, end) = year_of(view, next + 1);
            (year != YearOf::OPEN).then(|| simple(at..end, Expr::Half { half: 2, year }))
        }
        Word::Fiscal => fiscal_unit(view, at, next, shift),
        Word::Units(Unit::Day) if shift == Shift::This => Some(simple(at..next + 1, Expr::Vague(Vague::Present))),
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
    if unit == Unit::Year && possessive {
        let year = YearOf::ShiftedYear(shift);
        let numbered = quarter(view, end + 2, year).map(|(expr, end)| simple(at..end, expr));
        if let Some(found) = numbered.or_else(|| spoken_quarter(view, at, end + 2, year)) {
            return found;
        }
    }
    if unit == Unit::Day { with_part(view, found) } else { found }
}

/// "the current fiscal year", "last fiscal quarter".
fn fiscal_unit(view: &View<'_>, at: usize, fiscal: usize, shift: Shift) -> Option<Expression> {
    let shift = if shift == Shift::Recent { Shift::Last } else { shift };
    match view.word(fiscal + 1) {
        Word::Unit(unit @ (Unit::Year | Unit::Quarter)) => Some(simple(at..fiscal + 2, Expr::Unit { shift, unit })),
        _ => None,
    }
}

/// "the past", "the future" where no unit follows.
fn vague_noun(view: &View<'_>, at: usize, article: bool) -> Option<Expression> {
    let led = at >= 2
        && matches!(view.word(at - 2), Word::Relation(_))
        && matches!(view.pos(at + 1), Upos::Sconj | Upos::Pron | Upos::Det | Upos::Verb | Upos::Adp);
    let past = article && view.lower_is(at, "past") && (view.ends_clause(at + 1) || led);
    let current = view.lower_is(at, "current") && !matches!(view.word(at + 1), Word::Mark);
    match (past, current) {
        (true, _) => Some(simple(at..at + 1, Expr::Vague(Vague::Past))),
        (_, true) => Some(simple(at..at + 1, Expr::Vague(Vague::Present))),
        _ => None,
    }
}
