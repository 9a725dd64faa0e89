//! What is known of a relation on a day?

use jiff::civil::Date;
use sayso_exchange::network::{begin, end};
use sayso_linking::relation::{Period, Relation};
use serde::Serialize;
use utoipa::ToSchema;

/// What is known of a relation on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Standing {
    /// It is told of days before and after, or of that day.
    Cited,
    /// It was told before, and nobody told its end.
    LastCited,
    /// No day is known of which it is told.
    Undated,
    /// Its first day is after it.
    NotYet,
    /// It was told to have ended before it.
    Ended,
    /// It is only denied or planned.
    NeverTold,
}

impl Standing {
    /// Whether it can hold.
    pub(crate) fn holds(self) -> bool {
        matches!(self, Standing::Cited | Standing::LastCited | Standing::Undated)
    }

    pub(crate) fn words(self) -> &'static str {
        match self {
            Standing::Cited => "told of then",
            Standing::LastCited => "told before, no end told",
            Standing::Undated => "no day told",
            Standing::NotYet => "first told later",
            Standing::Ended => "told to have ended before",
            Standing::NeverTold => "only denied or planned",
        }
    }
}

/// What is known of a relation on a day.
pub(crate) fn standing(relation: &Relation, on: Date) -> Standing {
    in_periods(&relation.periods, on)
}

/// The same by its periods: of several the most that is known.
fn in_periods(periods: &[Period], on: Date) -> Standing {
    let known = periods.iter().map(|period| match (begin(period), end(period)) {
        (None, None) => Standing::Undated,
        (Some(begin), _) if begin > on => Standing::NotYet,
        (_, Some(end)) if end < on && period.ended => Standing::Ended,
        (_, Some(end)) if end < on => Standing::LastCited,
        _ => Standing::Cited,
    });
    known.min().unwrap_or(Standing::NeverTold)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(first: &str, last: &str, ended: bool) -> Period {
        Period { first_cited: first.parse().ok(), last_cited: last.parse().ok(), ended, ..Period::default() }
    }

    #[test]
    fn a_relation_with_a_gap_does_not_hold_in_it() {
        let periods = [period("2015-01-01", "2016-12-31", true), period("2019-05-01", "2020-01-01", false)];
        for (day, expected) in [
            ("2014-01-01", Standing::NotYet),
            ("2016-01-01", Standing::Cited),
            ("2018-01-01", Standing::NotYet),
            ("2019-06-01", Standing::Cited),
            ("2024-01-01", Standing::LastCited),
        ] {
            assert_eq!(in_periods(&periods, day.parse().unwrap()), expected, "{day}");
        }
        assert_eq!(in_periods(&periods[..1], "2018-01-01".parse().unwrap()), Standing::Ended);
        assert_eq!(in_periods(&[], "2018-01-01".parse().unwrap()), Standing::NeverTold);
    }

    #[test]
    fn a_told_start_goes_before_the_first_report() {
        let told = Period { start: Some("2014".to_owned()), ..period("2017-03-01", "2017-03-01", false) };
        assert_eq!(begin(&told), "2014-01-01".parse().ok());
    }
}
