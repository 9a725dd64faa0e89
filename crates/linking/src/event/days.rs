//! Between which days? Intervals of whole days, small and quick to compare.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A first and a last possible day, both included; counted from the first day of the year 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Days {
    first: i32,
    last: i32,
}

const EPOCH: Date = Date::constant(1970, 1, 1);

impl Days {
    /// From one day to another, in either order.
    pub fn between(one: Date, other: Date) -> Days {
        let number = |date: Date| (EPOCH.until(date)).map_or(0, |span| span.get_days());
        let (one, other) = (number(one), number(other));
        Days { first: one.min(other), last: one.max(other) }
    }

    /// From one day's number to another's, in either order.
    pub fn of_numbers(one: i32, other: i32) -> Days {
        Days { first: one.min(other), last: one.max(other) }
    }

    /// The first possible day's number.
    pub fn first(self) -> i32 {
        self.first
    }

    /// The last possible day's number.
    pub fn last(self) -> i32 {
        self.last
    }

    /// How many days it may be.
    pub fn length(self) -> i32 {
        self.last - self.first + 1
    }

    /// Whether the two can mean a common day.
    pub fn meets(self, other: Days) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// How many days lie between the two; 0 where they meet or touch.
    pub fn gap(self, other: Days) -> i32 {
        (self.first.max(other.first) - self.last.min(other.last) - 1).max(0)
    }

    /// The same with so many days more before and after.
    #[must_use]
    pub fn widened(self, before: i32, after: i32) -> Days {
        Days { first: self.first - before, last: self.last + after }
    }
}

/// `2017-07-31`, or `2017-07-21/2017-07-31`.
impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = |number: i32| EPOCH.checked_add(number.days()).unwrap_or(EPOCH);
        if self.first == self.last { write!(f, "{}", day(self.first)) } else { write!(f, "{}/{}", day(self.first), day(self.last)) }
    }
}
