//! At which time of day? "9 p.m. on Tuesday", "dawn on Sunday", "Tuesday night", "that evening".

use super::calendar::Unit;
use super::grammar::{Amount, Expr, Expression, Parsed, Part, Recurrence, plain, simple};
use super::lexicon::{DayPart, Shift, TimeWord, Word};
use super::view::View;
use crate::mention::quantity::piece::PieceKind;

/// "9 p.m.", "08:30", "8:30 a.m. local time", "9 o'clock".
pub(crate) fn clock(view: &View<'_>, at: usize) -> Parsed<Part> {
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
        None if at > 0 && view.lower_is(at - 1, "at") => {
            return half_in_words(view, next, hour).map(|(hour, end)| (Part::Clock(hour, minute), end));
        }
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

/// "4 in the morning", "at 9 in the evening", after "at": the hour of the day, and the piece after it.
fn half_in_words(view: &View<'_>, at: usize, hour: u8) -> Parsed<u8> {
    let in_the = matches!(view.word(at), Word::Relation(TimeWord::Within)) && matches!(view.word(at + 1), Word::The);
    let hour = hour % 12;
    match view.word(at + 2) {
        Word::Part(DayPart::Morning) if in_the => Some((hour, at + 3)),
        Word::Part(DayPart::Afternoon | DayPart::Evening) if in_the => Some((hour + 12, at + 3)),
        _ => None,
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
pub(crate) fn clock_led(view: &View<'_>, at: usize, part: Part, end: usize) -> Expression {
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

/// "night of 12 June", "dawn on Sunday", "noon Thursday"; "dawn" and "night" alone are no dates.
/// "the morning" of the day spoken of.
pub(crate) fn part_led(view: &View<'_>, at: usize, part: DayPart, article: bool) -> Option<Expression> {
    let of = matches!(view.word(at + 1), Word::Of | Word::Relation(TimeWord::Within));
    let the = usize::from(of && matches!(view.word(at + 2), Word::The));
    let day = plain_day(view, at + 1 + usize::from(of) + the);
    match day {
        Some(day) => Some(Expression { pieces: at..day.pieces.end, part: Some(Part::Named(part)), ..day }),
        None if matches!(part, DayPart::Noon | DayPart::Midnight) || article && view.is_daytime(at, part) => {
            Some(Expression { part: Some(Part::Named(part)), ..simple(at..at + 1, Expr::Clock) })
        }
        None => None,
    }
}

/// An expression with the part of the day that follows it.
pub(crate) fn with_part(view: &View<'_>, found: Expression) -> Expression {
    let end = found.pieces.end;
    if let (Expr::Weekday { day, shift: Shift::None }, Word::Part(part)) = (&found.expr, view.word(end))
        && view.lower(end).is_some_and(|word| word.ends_with('s'))
    {
        let expr = Expr::Repeated { amount: Amount::Exact(1.0), unit: Unit::Week, on: Recurrence::Weekday(*day, Some(part)) };
        return simple(found.pieces.start..end + 1, expr);
    }
    if let Word::Part(part) = view.word(end)
        && view.mark(end).is_none()
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

/// "nine p.m.", "ten o'clock".
pub(crate) fn worded_clock(view: &View<'_>, at: usize) -> Parsed<Part> {
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

/// "last night", "this morning", "that evening".
pub(crate) fn shifted_part(at: usize, next: usize, shift: Shift, part: DayPart) -> Option<Expression> {
    let expr = match shift {
        Shift::Last => Expr::Near(-1),
        Shift::This => Expr::Near(0),
        Shift::That => Expr::Unit { shift: Shift::That, unit: Unit::Day },
        Shift::Previous => Expr::Unit { shift: Shift::Previous, unit: Unit::Day },
        Shift::Following | Shift::Next => Expr::Unit { shift: Shift::Following, unit: Unit::Day },
        Shift::Recent | Shift::LastWeek | Shift::None => return None,
    };
    Some(Expression { part: Some(Part::Named(part)), ..simple(at..next + 1, expr) })
}

pub(crate) fn part_at(view: &View<'_>, at: usize) -> Part {
    match view.word(at) {
        Word::Part(part) => Part::Named(part),
        _ => Part::Named(DayPart::Morning),
    }
}
