//! Which days does an expression mean in this document? The story so far, the publication date, and the way to EDTF.

use jiff::civil::Date;
use sayso_types::{Edtf, Outcome, Unknown};

use super::calendar::{Period, Unit};
use super::grammar::{Amount, Expr, Expression, YearOf};
use super::lexicon::{Direction, Shift, Word};
use super::range::Found;
use super::reckon::{Reckoned, Standpoint, reckon};
use super::tense;
use super::view::View;
use super::{Grounds, TimeRelation};

/// What the document has told of time so far.
pub(crate) struct Story {
    /// First and last day on which it can have been published.
    published: Option<(Date, Date)>,
    /// The time spoken of last.
    reference: Option<Period>,
    /// The year, and perhaps month, stated last, and the sentence that it stood in.
    stated: Option<(i16, Option<i8>, usize)>,
    /// The quarter of a year spoken of last, and the last sentence that spoke of it.
    quarter: Option<(Period, usize)>,
    /// The sentence that last spoke of a stretch of several months, and of no quarter since.
    months: Option<usize>,
    sentence: usize,
}

/// How many sentences a quarter stays what is spoken of.
const QUARTER_REACH: usize = 4;

/// What became of an expression.
pub(crate) struct Resolved {
    pub(crate) edtf: Outcome<Edtf>,
    pub(crate) grounds: Grounds,
    /// The periods of the first and second end, seen from the last day of publication.
    pub(crate) first: Option<Period>,
    pub(crate) second: Option<Period>,
}

impl Story {
    pub(crate) fn new(published: Option<&Edtf>) -> Story {
        let published = published.and_then(|date| Some((date.earliest().or(date.latest())?, date.latest().or(date.earliest())?)));
        Story { published, reference: None, stated: None, quarter: None, months: None, sentence: 0 }
    }

    /// Goes on to a sentence of the document.
    pub(crate) fn enter(&mut self, sentence: usize) {
        self.sentence = sentence;
    }

    /// The year stated before, for dates that state none: anywhere before where the publication date is unknown, else only a
    /// month and year told in this sentence or the one before.
    fn stated(&self) -> Option<(i16, Option<i8>)> {
        let (year, month, sentence) = self.stated?;
        let near = month.is_some() && sentence + 1 >= self.sentence;
        (near || self.published.is_none()).then_some((year, month))
    }

    /// The last day on which the document can have been published.
    pub(crate) fn today(&self) -> Option<Date> {
        self.published.map(|(_, latest)| latest)
    }

    /// Reckons an expression, and remembers it for those that come after.
    pub(crate) fn tell(&mut self, view: &View<'_>, found: &Found) -> Resolved {
        let direction = if found.first.needs_tense() { tense::direction(view, found) } else { tense::Direction::Unsaid };
        let takes_effect = found.pieces().start.checked_sub(1).is_some_and(|before| view.lower_is(before, "effective"));
        let direction = if takes_effect { tense::Direction::Unsaid } else { direction };
        let deadline = takes_effect || matches!(found.relation, TimeRelation::By | TimeRelation::Until);
        let quarter = self.quarter.filter(|(_, sentence)| sentence + QUARTER_REACH >= self.sentence).map(|(quarter, _)| quarter);
        let months = self.months.is_some_and(|sentence| sentence + QUARTER_REACH >= self.sentence);
        let quarter = quarter.filter(|_| !months);
        let from = |today| Standpoint { today, reference: self.reference, stated: self.stated(), quarter, months, deadline, direction };
        let latest = both(found, &from(self.today()));
        let earliest = match self.published {
            Some((earliest, latest)) if earliest != latest => both(found, &from(Some(earliest))),
            _ => latest,
        };
        let resolved = self.resolved(found, earliest, latest);
        self.remember(view, found, &resolved);
        resolved
    }

    fn resolved(&self, found: &Found, earliest: Ends, latest: Ends) -> Resolved {
        let (first, second) = (latest.0.ok().map(|(period, _)| period), latest.1.and_then(Result::ok).map(|(period, _)| period));
        let grounds = match latest.0 {
            Ok((_, grounds)) => grounds,
            Err(_) => Grounds::Stated,
        };
        let edtf = match (stretch(earliest), stretch(latest)) {
            (Ok(one), Ok(other)) => self.edtf(found, cover(one, other)).map_or(Outcome::Unknown(Unknown::NotUnderstood), Outcome::Known),
            (Err(why), _) | (_, Err(why)) => Outcome::Unknown(why),
        };
        Resolved { edtf, grounds, first, second }
    }

    /// The EDTF value of a period, open or approximate as the words say.
    fn edtf(&self, found: &Found, period: Period) -> Option<Edtf> {
        if let Expr::Stretch { amount, unit, shift } = found.first.expr {
            let edtf: Edtf = self.stretch_text(period, unit, shift)?.parse().ok()?;
            return Some(if matches!(amount, Amount::Exact(_)) { edtf } else { edtf.approximate() });
        }
        let text = period.edtf_text()?;
        let (from, to) = text.split_once('/').unwrap_or((&text, &text));
        let edtf = match found.relation {
            TimeRelation::Within => period.edtf()?,
            TimeRelation::Since => format!("{from}/..").parse().ok()?,
            TimeRelation::Until | TimeRelation::By => format!("../{to}").parse().ok()?,
            TimeRelation::Before if found.first.part.is_some() => period.edtf()?,
            TimeRelation::After if found.first.part.is_some() => period.edtf()?,
            TimeRelation::Before => Edtf::until(period.first()?.yesterday().ok()?),
            TimeRelation::After => Edtf::since(period.last()?.tomorrow().ok()?),
        };
        let vague = matches!(found.first.expr, Expr::Offset { amount: Amount::Vague(_), .. });
        Some(if found.first.approximate || vague { edtf.approximate() } else { edtf })
    }

    /// "the past three years" begins in a month and "the past three weeks" on a day; both end as exactly as the publication date is
    /// known.
    fn stretch_text(&self, period: Period, unit: Unit, shift: Shift) -> Option<String> {
        let text = |day: Date, coarse: bool| {
            if coarse { format!("{:04}-{:02}", day.year(), day.month()) } else { day.to_string() }
        };
        let (first, last) = (period.first()?, period.last()?);
        let coarse = unit >= Unit::Month;
        let known_to_the_day = self.published.is_none_or(|(earliest, latest)| earliest == latest);
        let (from_coarse, to_coarse) = match shift {
            Shift::Next => (!known_to_the_day, coarse),
            Shift::Previous | Shift::Following => (coarse, coarse),
            _ => (coarse, coarse && !known_to_the_day),
        };
        let (from, to) = (text(first, from_coarse), text(last, to_coarse));
        Some(if from == to { from } else { format!("{from}/{to}") })
    }

    fn remember(&mut self, view: &View<'_>, found: &Found, resolved: &Resolved) {
        if found.first.is_stretch_of_months(view) {
            self.months = Some(self.sentence);
        }
        let Some(period) = resolved.second.or(resolved.first) else { return };
        if found.first.is_aside() {
            return;
        }
        if let Period::Quarter(..) = period
            && period.last() < self.today()
        {
            // "after a weak second quarter" leaves the third spoken of
            let kept = self.quarter.filter(|(told, sentence)| told.first() > period.first() && sentence + QUARTER_REACH >= self.sentence);
            self.quarter = Some((kept.map_or(period, |(told, _)| told), self.sentence));
            self.months = None;
        }
        self.reference = Some(period);
        let last = found.second.as_ref().unwrap_or(&found.first);
        match last.expr {
            // "the 1988 attack" sets no scene
            Expr::Calendar { year: YearOf::Stated(_), .. } if view.modifies_a_noun(last.pieces.end) && self.published.is_some() => {}
            Expr::Calendar { year: YearOf::Stated(year), month, .. } => self.stated = Some((year, month, self.sentence)),
            _ if resolved.grounds == Grounds::Publication => self.stated = None,
            _ => {}
        }
    }
}

impl Expression {
    /// Whether the story goes on from the time before it: "from 40 a year ago", "the past two years".
    fn is_aside(&self) -> bool {
        match self.expr {
            Expr::Stretch { .. } | Expr::SpokenQuarter { year: YearOf::Stated(_) | YearOf::ShiftedYear(_), .. } => true,
            Expr::Quarter { year: YearOf::ShiftedYear(Shift::Last), .. } => true,
            Expr::Offset { direction: Direction::Earlier | Direction::Before, .. } => true,
            Expr::Offset { amount: Amount::Exact(amount), unit: Unit::Year, direction: Direction::Ago } => amount == 1.0,
            _ => false,
        }
    }

    /// "the nine months", "the first six months": what a report of accounts goes on to compare with the year before.
    fn is_stretch_of_months(&self, view: &View<'_>) -> bool {
        let several = matches!(self.expr, Expr::Duration { amount: Amount::Exact(amount), unit: Unit::Month } if amount > 3.0);
        several && matches!(view.word(self.pieces.start), Word::The)
    }

    /// Whether the verb decides between past and coming.
    fn needs_tense(&self) -> bool {
        match self.expr {
            Expr::Weekday { shift, .. } => matches!(shift, Shift::None | Shift::This | Shift::Recent),
            Expr::Holiday { year, .. } => year == YearOf::OPEN,
            Expr::Calendar { year: YearOf::Shifted(shift), .. } => matches!(shift, Shift::None | Shift::This),
            Expr::WeekOf { year, .. } => year == YearOf::OPEN,
            Expr::Season { year, .. } => year == YearOf::OPEN,
            Expr::Unit { shift, unit } => shift == Shift::None && unit == Unit::Weekend,
            _ => false,
        }
    }
}

type Ends = (Reckoned, Option<Reckoned>);

/// Both ends of an expression from one standpoint; a stretch that would end before it begins began a week or a year before.
fn both(found: &Found, from: &Standpoint) -> Ends {
    let first = reckon(&found.first, from);
    let Some(second) = &found.second else { return (first, None) };
    let second = match first {
        Ok((period, _)) if second.is_open() && !found.first.is_open() => reckon(second, &after(period, from)),
        _ => reckon(second, from),
    };
    let (Ok((begin, grounds)), Ok((end, _))) = (first, second) else { return (first, Some(second)) };
    if end.last() >= begin.first() {
        return (first, Some(second));
    }
    let cycle = if matches!(found.first.expr, Expr::Weekday { .. }) { Unit::Week } else { Unit::Year };
    let earlier = super::calendar::moved_period(begin, -1, cycle).map_or(first, |period| Ok((period, grounds)));
    (earlier, Some(second))
}

impl Expression {
    fn is_open(&self) -> bool {
        matches!(self.expr, Expr::Calendar { year: YearOf::Shifted(Shift::None), .. })
    }
}

/// The standpoint of the end of a stretch whose beginning states its year: "from November 2015 to March".
fn after(begin: Period, from: &Standpoint) -> Standpoint {
    let stated = begin.first().map(|day| (day.year(), Some(day.month())));
    Standpoint { stated, ..*from }
}

/// From the first day of the one end to the last day of the other.
fn stretch((first, second): Ends) -> Result<Period, Unknown> {
    let (begin, _) = first?;
    let Some(second) = second else { return Ok(begin) };
    let (end, _) = second?;
    if let (Period::Year(_), Period::Year(_)) | (Period::Month(..), Period::Month(..)) = (begin, end)
        && begin == end
    {
        return Ok(begin);
    }
    let (Some(from), Some(to)) = (begin.first(), end.last()) else { return Err(Unknown::NotUnderstood) };
    if from <= to { Ok(Period::Span(from, to)) } else { Err(Unknown::Ambiguous) }
}

/// The smallest period that holds both.
fn cover(one: Period, other: Period) -> Period {
    let bounds = || Some((one.first()?.min(other.first()?), one.last()?.max(other.last()?)));
    match bounds() {
        Some((first, last)) if one != other => Period::Span(first, last),
        _ => one,
    }
}
