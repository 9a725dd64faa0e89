//! From when to when? "between March and May 2016", "from 12 to 15 June", "12-15 June", "2011-2014": two expressions as one.

use std::ops::Range;

use super::TimeRelation;
use super::grammar::{Amount, Expr, Expression, YearOf, expression};
use super::lexicon::{Direction, TimeWord, Word};
use super::tense;
use super::view::View;

/// One time expression, or two that bound a stretch, with the preposition before them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Found {
    pub(crate) first: Expression,
    /// The end of the stretch that begins with `first`.
    pub(crate) second: Option<Expression>,
    pub(crate) relation: TimeRelation,
    /// The piece that the phrase begins with, its preposition included.
    pub(crate) phrase: usize,
}

impl Found {
    /// All pieces, without the preposition.
    pub(crate) fn pieces(&self) -> Range<usize> {
        let last = self.second.as_ref().unwrap_or(&self.first);
        self.first.pieces.start..last.pieces.end
    }
}

/// The expression or stretch that begins at piece `at`.
pub(crate) fn found(view: &View<'_>, at: usize) -> Option<Found> {
    if matches!(view.word(at), Word::Other | Word::Mark | Word::Relation(_) | Word::Of | Word::And | Word::To) {
        return None;
    }
    let before = view.relation_before(at);
    let between = matches!(before, Some((Word::Relation(TimeWord::Between), _)));
    let from = matches!(before, Some((Word::Relation(TimeWord::From), _)));
    if let Some((first, second)) = days_of_one_month(view, at, between).or_else(|| months_of_one_year(view, at)) {
        return Some(Found { first, second: Some(second), relation: TimeRelation::Within, phrase: phrase(before, at) });
    }
    let mut first = expression(view, at)?;
    let second = second(view, &first, between, from);
    if let Some(second) = &second {
        share_year(&mut first, second);
    }
    let relation = if second.is_some() { TimeRelation::Within } else { relation(view, before, &first) };
    if let Expr::Duration { amount: amount @ (Amount::Exact(_) | Amount::Vague(_)), unit } = first.expr
        && at > 0
        && view.lower_is(at - 1, "in")
        && tense::nearest(view, &first.pieces) == tense::Direction::Future
    {
        // "will withdraw in two weeks"
        first.expr = Expr::Offset { amount, unit, direction: Direction::FromNow };
    }
    Some(Found { phrase: phrase(before, first.pieces.start), first, second, relation })
}

fn phrase(before: Option<(Word, usize)>, at: usize) -> usize {
    before.map_or(at, |(_, at)| at)
}

/// The piece after a word or mark that joins the two ends of a stretch.
fn joint(view: &View<'_>, at: usize, between: bool) -> Option<usize> {
    match view.word(at) {
        Word::To | Word::Relation(TimeWord::Through | TimeWord::Until) => Some(at + 1),
        Word::And if between => Some(at + 1),
        _ if matches!(view.mark(at), Some("-" | "–" | "—" | "‑")) => Some(at + 1),
        _ => None,
    }
}

/// "12-15 June 2016", "between 12 and 15 June", "June 12 to 15", "Aug. 3-5".
fn days_of_one_month(view: &View<'_>, at: usize, between: bool) -> Option<(Expression, Expression)> {
    if let Some((day, next)) = view.day(at).filter(|_| !view.glued_to_number(at)) {
        let last = expression(view, joint(view, next, between)?)?;
        let Expr::Calendar { year, month: Some(month), day: Some(to) } = last.expr else { return None };
        let expr = Expr::Calendar { year, month: Some(month), day: Some(day) };
        return (day < to).then(|| (Expression { pieces: at..next, expr, ..last.clone() }, last));
    }
    let (month, next) = view.month(at)?;
    let (from, next) = view.day(next)?;
    let joined = joint(view, next, between)?;
    let (to, end) = view.day(joined)?;
    if from >= to || view.month(end).is_some() {
        return None;
    }
    let comma = usize::from(view.mark(end) == Some(","));
    let (year, end) = match view.year(end + comma) {
        Some((year, end)) => (YearOf::Stated(year), end),
        None => (YearOf::OPEN, end),
    };
    let part = |pieces, day| Expression {
        pieces,
        expr: Expr::Calendar { year, month: Some(month), day: Some(day) },
        position: None,
        part: None,
        approximate: false,
    };
    Some((part(at..next, from), part(joined..end, to)))
}

/// "2011-14", "2011–2014".
fn months_of_one_year(view: &View<'_>, at: usize) -> Option<(Expression, Expression)> {
    let (from, next) = (view.digits(at)?, at + 1);
    let stands = view.width(at) == 4 && (1000..2200).contains(&from) && !view.glued_to_number(at) && view.year_stands_alone(at, true);
    let from = i16::try_from(from).ok().filter(|_| stands)?;
    if !matches!(view.mark(next), Some("-" | "–" | "/")) || !view.glued(next) || !view.glued(next + 1) {
        return None;
    }
    let to = match (view.width(next + 1), view.digits(next + 1)?) {
        (4, year) if (1000..2200).contains(&year) => year as i16,
        (2, year) => from.div_euclid(100) * 100 + year as i16,
        _ => return None,
    };
    let part = |pieces, year| Expression {
        pieces,
        expr: Expr::Calendar { year: YearOf::Stated(year), month: None, day: None },
        position: None,
        part: None,
        approximate: false,
    };
    (from < to && (!view.glued(next + 2) || view.mark(next + 2).is_some())).then(|| (part(at..next, from), part(next + 1..next + 2, to)))
}

/// The end of the stretch that `first` begins.
fn second(view: &View<'_>, first: &Expression, between: bool, from: bool) -> Option<Expression> {
    let end = first.pieces.end;
    if !is_date(first) {
        return None;
    }
    let marked = view.mark(end).is_some();
    let next = joint(view, end, between)?;
    if marked && !view.glued(end) && !from {
        return None;
    }
    let second = expression(view, next)?;
    let weekdays = [first, &second].map(|end| matches!(end.expr, Expr::Weekday { .. } | Expr::Near(_)));
    let calendar = matches!(second.expr, Expr::Calendar { day: Some(_), .. });
    // "a revision Friday to December's figures"
    (is_date(&second) && (weekdays[0] == weekdays[1] || weekdays[0] && calendar)).then_some(second)
}

fn is_date(found: &Expression) -> bool {
    !matches!(
        found.expr,
        Expr::Duration { .. } | Expr::Repeated { .. } | Expr::Name { .. } | Expr::Stretch { .. } | Expr::EitherOrder | Expr::Offset { .. }
    )
}

/// Gives the first the year that the second states: "March" in "March to May 2016", and the year before for "November to May 2016".
fn share_year(first: &mut Expression, second: &Expression) {
    let Expr::Calendar { year: YearOf::Stated(stated), month: Some(later), .. } = second.expr else { return };
    if let Expr::Calendar { year, month: Some(month), .. } = &mut first.expr
        && *year == YearOf::OPEN
    {
        *year = YearOf::Stated(if *month <= later { stated } else { stated - 1 });
    }
}

/// How what is told lies to an expression, by the word before it.
fn relation(view: &View<'_>, before: Option<(Word, usize)>, first: &Expression) -> TimeRelation {
    let Some((word, _)) = before else { return TimeRelation::Within };
    let end = first.pieces.end;
    if view.is_possessive(end) || view.modifies_a_noun(end) {
        return TimeRelation::Within;
    }
    match word {
        Word::Relation(TimeWord::Since | TimeWord::From) => TimeRelation::Since,
        Word::Relation(TimeWord::Until | TimeWord::Through) => TimeRelation::Until,
        Word::Relation(TimeWord::By) => TimeRelation::By,
        Word::Direction(Direction::Before) => TimeRelation::Before,
        Word::Direction(Direction::After) => TimeRelation::After,
        _ => TimeRelation::Within,
    }
}
