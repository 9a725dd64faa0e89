//! How many events in which stretch of time? Those that lie in it for certain, and those that only can.

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use sayso_store::query::EventMark;
use serde::Serialize;
use utoipa::ToSchema;

use super::question::{date, day_number};

/// A bar of time has at most so many steps.
const MOST: usize = 120;

/// How many events happened when.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub(crate) struct Bars {
    /// How long a step is: `day`, `month`, `year` or `decade`.
    pub(crate) step: &'static str,
    /// The steps, the first first, none left out between.
    pub(crate) bars: Vec<Bar>,
    /// So many events lie before the first.
    pub(crate) before: u64,
}

/// The events of one step.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = MapBar)]
pub(crate) struct Bar {
    /// Its first day.
    pub(crate) first: String,
    /// Its last day.
    pub(crate) last: String,
    /// So many lie in it whatever their times mean.
    pub(crate) certain: u64,
    /// So many more can lie in it.
    pub(crate) possible: u64,
}

/// How long the steps are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Day,
    Month,
    Year,
    Decade,
}

impl Step {
    /// The beginning of the step in which a day lies.
    fn begin(self, day: Date) -> Date {
        match self {
            Step::Day => day,
            Step::Month => day.first_of_month(),
            Step::Year => day.first_of_year(),
            Step::Decade => Date::new(day.year().div_euclid(10) * 10, 1, 1).unwrap_or_else(|_| day.first_of_year()),
        }
    }

    fn length(self) -> Span {
        match self {
            Step::Day => 1.day(),
            Step::Month => 1.month(),
            Step::Year => 1.year(),
            Step::Decade => 10.years(),
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Step::Day => "day",
            Step::Month => "month",
            Step::Year => "year",
            Step::Decade => "decade",
        }
    }
}

/// When an event can have been: a first and last day, and whether one of the two is open, so that it can be another day as well.
struct Possible {
    first: i32,
    last: i32,
    open: bool,
}

impl Possible {
    /// Of an event of which no day is known there is none.
    fn of(mark: &EventMark) -> Option<Possible> {
        let open = mark.first.is_none() || mark.last.is_none();
        let (first, last) = (mark.first.or(mark.last)?, mark.last.or(mark.first)?);
        (first <= last).then_some(Possible { first, last, open })
    }
}

/// The bars of some events; one whose time is open on a side can lie where its known side does.
pub(crate) fn bars<'m>(marks: impl Iterator<Item = &'m EventMark>) -> Bars {
    let spans: Vec<Possible> = marks.filter_map(Possible::of).collect();
    let (Some(first), Some(last)) = (spans.iter().map(|span| span.first).min(), spans.iter().map(|span| span.last).max()) else {
        return Bars { step: Step::Month.as_str(), ..Bars::default() };
    };
    let step = match last - first {
        ..=90 => Step::Day,
        91..=3600 => Step::Month,
        3601..=43_000 => Step::Year,
        _ => Step::Decade,
    };
    let mut begins = begins(step, date(first), date(last));
    if begins.len() > MOST {
        begins.drain(..begins.len() - MOST);
    }
    let ends: Vec<i32> = begins.iter().skip(1).map(|next| next - 1).chain([i32::MAX]).collect();
    let mut counted = vec![(0, 0); begins.len()];
    let mut before = 0;
    for Possible { first, last, open } in spans {
        // The last step that begins not after a day.
        let at = |day: i32| begins.partition_point(|begin| *begin <= day).checked_sub(1);
        match (at(first), at(last)) {
            (_, None) => before += 1,
            (Some(from), Some(to)) if from == to && !open => counted[from].0 += 1,
            (from, Some(to)) => counted[from.unwrap_or(0)..=to].iter_mut().for_each(|(_, possible)| *possible += 1),
        }
    }
    let end = |at: usize, begin: i32| if ends[at] == i32::MAX { last_day(step, begin) } else { ends[at] };
    let bar = |(at, (certain, possible)): (usize, (u64, u64))| Bar {
        first: date(begins[at]).to_string(),
        last: date(end(at, begins[at])).to_string(),
        certain,
        possible,
    };
    Bars { step: step.as_str(), bars: counted.into_iter().enumerate().map(bar).collect(), before }
}

/// The days on which the steps between two dates begin.
fn begins(step: Step, first: Date, last: Date) -> Vec<i32> {
    let mut found = Vec::new();
    let mut begin = step.begin(first);
    while begin <= last {
        found.push(day_number(begin));
        let Ok(next) = begin.checked_add(step.length()) else { break };
        begin = next;
    }
    found
}

fn last_day(step: Step, begin: i32) -> i32 {
    date(begin).checked_add(step.length()).map_or(begin, |next| day_number(next) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(first: Option<&str>, last: Option<&str>) -> EventMark {
        let day = |day: Option<&str>| day.map(|day| day_number(day.parse().unwrap()));
        EventMark { number: 1, point: None, where_prec: 0, first: day(first), last: day(last), type_code: 0, country: None, status: None }
    }

    #[test]
    fn what_only_can_lie_in_a_step_is_counted_apart() {
        let marks = [
            mark(Some("2017-01-04"), Some("2017-01-04")),
            mark(Some("2017-01-30"), Some("2017-02-02")),
            mark(Some("2017-06-01"), None),
            mark(None, None),
        ];
        let found = bars(marks.iter());
        assert_eq!((found.step, found.bars.len()), ("month", 6));
        let shown: Vec<(&str, u64, u64)> = found.bars.iter().map(|bar| (bar.last.as_str(), bar.certain, bar.possible)).collect();
        assert_eq!(shown[..2], [("2017-01-31", 1, 1), ("2017-02-28", 0, 1)]);
        assert_eq!(shown[5], ("2017-06-30", 0, 1), "from June on");
    }

    #[test]
    fn steps_are_never_too_many() {
        for (first, last, step) in [
            ("2017-01-01", "2017-01-01", "day"),
            ("2010-01-01", "2017-01-01", "month"),
            ("1900-01-01", "2017-01-01", "year"),
            ("0300-01-01", "2017-01-01", "decade"),
        ] {
            let found = bars([mark(Some(first), Some(first)), mark(Some(last), Some(last))].iter());
            assert!(found.step == step && found.bars.len() <= MOST, "{first}: {} {}", found.step, found.bars.len());
            let counted: u64 = found.bars.iter().map(|bar| bar.certain).sum::<u64>() + found.before;
            assert_eq!(counted, 2, "{first}");
        }
    }
}
