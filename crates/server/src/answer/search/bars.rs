//! How many hits are there in which time? Years, months or days, so that there are few enough bars to be read, each with its question.

use std::collections::BTreeMap;

use sayso::question::{Question, Span, Term};
use sayso_store::query::find::Summary;
use serde::Serialize;
use utoipa::ToSchema;

use super::CountedTold;

/// So many bars can be read beside one another.
const MOST_BARS: usize = 60;

/// An open end.
const OPEN: &str = "9999-12-31";

/// How many hits there are in which time.
#[derive(Serialize, ToSchema)]
pub(crate) struct Histogram {
    /// First one first; what stands between them has none.
    pub(crate) bars: Vec<Bar>,
    /// How many have no known time.
    pub(crate) without_time: u64,
    /// How many have not ended.
    pub(crate) open: u64,
    /// Of which hits the counts are.
    pub(crate) counted: CountedTold,
}

/// How many hits there are in a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Bar {
    /// The year, month or day: `2015`, `2015-03`, `2015-03-09`.
    pub(crate) time: String,
    /// How many.
    pub(crate) number: u64,
    /// The question that asks for that time as well.
    pub(crate) q: String,
}

impl Histogram {
    /// The histogram of what was found.
    pub(super) fn of(summary: &Summary, question: &Question, term: fn(Span) -> Term) -> Histogram {
        let number = |day: &str| summary.days.iter().filter(|count| count.day == day).map(|count| count.number).sum();
        let known: Vec<(&str, u64)> = summary
            .days
            .iter()
            .filter(|count| !count.day.is_empty() && count.day != OPEN)
            .map(|count| (count.day.as_str(), count.number))
            .collect();
        let bars = bars(&known).into_iter().map(|(time, number)| {
            let asked = time.parse().map_or_else(|_| question.clone(), |date| question.with(term(Span::Within(date))));
            Bar { time, number, q: asked.to_string() }
        });
        Histogram { bars: bars.collect(), without_time: number(""), open: number(OPEN), counted: summary.days_counted.into() }
    }
}

/// Counts by day put together to years, months or days, the finest of which there are not too many; with the empty ones between.
fn bars(days: &[(&str, u64)]) -> Vec<(String, u64)> {
    let (Some((first, _)), Some((last, _))) = (days.first(), days.last()) else { return Vec::new() };
    for length in [10, 7, 4] {
        let part = |day: &str| day.get(..length).unwrap_or(day).to_owned();
        let all = between(&part(first), &part(last));
        if all.len() > MOST_BARS && length > 4 {
            continue;
        }
        let mut counts: BTreeMap<String, u64> = all.into_iter().map(|time| (time, 0)).collect();
        for (day, number) in days {
            *counts.entry(part(day)).or_default() += number;
        }
        let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
        if counts.len() > MOST_BARS {
            counts.retain(|(_, number)| *number > 0);
            counts.drain(..counts.len().saturating_sub(MOST_BARS));
        }
        return counts;
    }
    Vec::new()
}

/// The years, months or days from one to another, as many as can be read and one more.
fn between(first: &str, last: &str) -> Vec<String> {
    let mut found = vec![first.to_owned()];
    while found.len() <= MOST_BARS {
        let Some(next) = found.last().filter(|time| time.as_str() < last).and_then(|time| after(time)) else { break };
        found.push(next);
    }
    found
}

fn after(time: &str) -> Option<String> {
    match time.len() {
        4 => time.parse::<u32>().ok().map(|year| format!("{:04}", year + 1)),
        7 => {
            let (year, month) = (time.get(..4)?.parse::<u32>().ok()?, time.get(5..)?.parse::<u32>().ok()?);
            Some(if month < 12 { format!("{year:04}-{:02}", month + 1) } else { format!("{:04}-01", year + 1) })
        }
        _ => time.parse::<jiff::civil::Date>().ok()?.tomorrow().ok().map(|day| day.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_days_are_bars_and_many_are_put_together() {
        let told = |days: &[(&str, u64)]| bars(days).iter().map(|(time, number)| format!("{time}:{number}")).collect::<Vec<_>>().join(" ");
        assert_eq!(told(&[("2015-02-27", 2), ("2015-03-01", 1)]), "2015-02-27:2 2015-02-28:0 2015-03-01:1");
        assert_eq!(told(&[("2014-11-03", 1), ("2015-02-01", 1), ("2015-02-09", 1)]), "2014-11:1 2014-12:0 2015-01:0 2015-02:2");
        assert_eq!(told(&[("1990-11-03", 1), ("1999-02-01", 1)]).split(' ').count(), 10);
        assert_eq!(told(&[]), "");
    }
}
