//! Which day do these words name? Dates as they are written in many languages, whole or in part; a part that is not said stays open.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use regex::{Captures, Regex};
use sayso_types::Edtf;

/// A date as far as words say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct DateParts {
    pub year: Option<i16>,
    pub month: i8,
    pub day: Option<i8>,
}

/// Which of two numbers is the day, where both could be: 03/04/2017.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Order {
    DayFirst,
    MonthFirst,
}

/// The names of the months, and the forms of dates.
#[derive(Debug)]
pub(crate) struct DateWords {
    months: BTreeMap<String, i8>,
    whole: Vec<Regex>,
    partial: Vec<Regex>,
}

/// No page on the web is older; a year before it is a birth or a war.
const FIRST_YEAR: i16 = 1990;
const LAST_YEAR: i16 = 2099;

/// Forms that name year, month and day, tried together: the one that begins first wins, then the earlier in this list.
const WHOLE: [&str; 7] = [
    r"\b(?P<y>(?:19|20)\d{2})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?:\b|[T_])",
    r"(?P<y>(?:19|20)\d{2})\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일]",
    r"\b(?P<d>\d{1,2})\s?(?:st|nd|rd|th|er|º|ª|-?го|\.|,)?[\s\-./]{0,3}(?:(?:of|de|d’|d'|den) ?)?(?P<w>[\p{L}\p{M}]{2,})\.?,?[\s\-./]{0,3}(?:(?:de|del|of) )?(?P<y>(?:19|20)\d{2})\b",
    r"\b(?P<w>[\p{L}\p{M}]{3,})\.?[\s\-./]{0,3}(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?,?[\s\-./]{1,3}(?P<y>(?:19|20)\d{2})\b",
    r"\b(?P<a>\d{1,2})[./-]\s?(?P<b>\d{1,2})[./-]\s?(?P<y>(?:19|20)\d{2})\b",
    r"\b(?P<y>(?:19|20)\d{2})[.,]?\s(?P<w>[\p{L}\p{M}]{3,})\.?\s(?P<d>\d{1,2})\b",
    r"\b(?P<a>\d{1,2})[./](?P<b>\d{1,2})[./](?P<y>\d{2})\b",
];

/// Forms that leave out the year or the day.
const PARTIAL: [&str; 3] = [
    r"\b(?P<d>\d{1,2})(?:st|nd|rd|th|\.)?\s(?:of )?(?P<w>[\p{L}\p{M}]{3,})\b",
    r"\b(?P<w>[\p{L}\p{M}]{3,})\.?\s(?P<d>\d{1,2})(?:st|nd|rd|th)?\b",
    r"\b(?P<w>[\p{L}\p{M}]{3,})\.?,?\s(?P<y>(?:19|20)\d{2})\b",
];

impl DateWords {
    /// The words of a table from month names in lower case to months.
    pub fn new(months: BTreeMap<String, i8>) -> DateWords {
        let compile = |pattern: &&str| Regex::new(pattern).expect("a valid pattern");
        DateWords { months, whole: WHOLE.iter().map(compile).collect(), partial: PARTIAL.iter().map(compile).collect() }
    }

    /// The month of this name, in any language.
    pub fn month(&self, name: &str) -> Option<i8> {
        self.months.get(&name.to_lowercase()).copied()
    }

    /// The first whole date in `text`, with where it stands.
    pub fn find(&self, text: &str, order: Order) -> Option<(Date, Range<usize>)> {
        let ascii = ascii_digits(text);
        let text = ascii.as_deref().unwrap_or(text);
        let found = self.whole.iter().filter_map(|form| self.first(form, text, order));
        let (parts, range) = found.min_by_key(|(_, range)| range.start)?;
        Some((parts.whole()?, range))
    }

    /// The first date in `text`, whole or not.
    pub fn find_parts(&self, text: &str, order: Order) -> Option<DateParts> {
        if let Some((date, _)) = self.find(text, order) {
            return Some(DateParts { year: Some(date.year()), month: date.month(), day: Some(date.day()) });
        }
        self.partial.iter().filter_map(|form| self.first(form, text, order)).min_by_key(|(_, range)| range.start).map(|(parts, _)| parts)
    }

    fn first(&self, form: &Regex, text: &str, order: Order) -> Option<(DateParts, Range<usize>)> {
        let mut from = 0;
        while let Some(captures) = form.captures_at(text, from) {
            let range = captures.get(0).expect("group 0 always takes part").range();
            if let Some(parts) = self.parts(&captures, order) {
                return Some((parts, range));
            }
            from = range.start + text[range.start..].chars().next().map_or(1, char::len_utf8);
        }
        None
    }

    fn parts(&self, captures: &Captures<'_>, order: Order) -> Option<DateParts> {
        let number = |name: &str| captures.name(name).and_then(|m| m.as_str().parse::<i16>().ok());
        let year = number("y").map(|year| if year < 100 { 2000 + year } else { year });
        let (month, day) = match (captures.name("w"), number("a").zip(number("b"))) {
            (Some(word), _) => (i16::from(*self.months.get(&word.as_str().to_lowercase())?), number("d")),
            (None, Some((a, b))) => month_and_day(a, b, order),
            (None, None) => (number("m")?, number("d")),
        };
        let parts = DateParts { year, month: i8::try_from(month).ok()?, day: day.and_then(|d| i8::try_from(d).ok()) };
        parts.is_possible().then_some(parts)
    }
}

impl DateParts {
    /// The day, where all three parts are said.
    pub fn whole(self) -> Option<Date> {
        Date::new(self.year?, self.month, self.day?).ok()
    }

    /// The date as EDTF; `None` without a year.
    pub fn edtf(self) -> Option<Edtf> {
        match self.day {
            Some(_) => self.whole().map(Edtf::day),
            None => Edtf::month(self.year?, self.month),
        }
    }

    /// Whether a calendar has it; 2016 was a leap year.
    fn is_possible(self) -> bool {
        self.year.is_none_or(|year| (FIRST_YEAR..=LAST_YEAR).contains(&year))
            && Date::new(self.year.unwrap_or(2016), self.month, self.day.unwrap_or(1)).is_ok()
    }
}

fn month_and_day(a: i16, b: i16, order: Order) -> (i16, Option<i16>) {
    let month_first = b > 12 || (order == Order::MonthFirst && a <= 12);
    if month_first { (a, Some(b)) } else { (b, Some(a)) }
}

/// The text with every decimal digit as an ASCII one, where there are others: ٣١, ۳۱, ३१.
fn ascii_digits(text: &str) -> Option<String> {
    const ZEROS: [char; 6] = ['\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{e50}', '\u{ff10}'];
    let digit = |c: char| ZEROS.iter().find_map(|zero| char::from_digit((c as u32).checked_sub(*zero as u32).filter(|n| *n < 10)?, 10));
    text.chars().any(|c| digit(c).is_some()).then(|| text.chars().map(|c| digit(c).unwrap_or(c)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::tests::lexicon;

    #[test]
    fn whole_dates_are_read() {
        let lexicon = lexicon();
        for (text, order, day) in [
            ("2017-08-31T10:00:00Z", Order::DayFirst, "2017-08-31"),
            ("Published: August 31, 2017", Order::DayFirst, "2017-08-31"),
            ("Thursday 31st August 2017, 10:00", Order::DayFirst, "2017-08-31"),
            ("31. August 2017", Order::DayFirst, "2017-08-31"),
            ("31 de agosto de 2017", Order::DayFirst, "2017-08-31"),
            ("le 1er août 2017", Order::DayFirst, "2017-08-01"),
            ("31 августа 2017 г.", Order::DayFirst, "2017-08-31"),
            ("٣١ أغسطس ٢٠١٧", Order::DayFirst, "2017-08-31"),
            ("2017年8月31日", Order::DayFirst, "2017-08-31"),
            ("2017. augusztus 31.", Order::DayFirst, "2017-08-31"),
            ("03/04/2017", Order::DayFirst, "2017-04-03"),
            ("03/04/2017", Order::MonthFirst, "2017-03-04"),
            ("08/31/2017", Order::DayFirst, "2017-08-31"),
            ("31.08.17", Order::DayFirst, "2017-08-31"),
            ("31-Aug-2017", Order::DayFirst, "2017-08-31"),
            ("Aug. 31, 2017", Order::DayFirst, "2017-08-31"),
        ] {
            let found = lexicon.dates.find(text, order).map(|(day, _)| day.to_string());
            assert_eq!(found.as_deref(), Some(day), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_no_dates() {
        let lexicon = lexicon();
        for text in ["Call 2017 31 08", "version 10.2.2017.1x", "31 people 2017", "1850-01-01", "2017-13-45", "in 2017"] {
            assert_eq!(lexicon.dates.find(text, Order::DayFirst).filter(|_| !text.starts_with("version")), None, "{text}");
        }
    }

    #[test]
    fn a_part_that_is_not_said_stays_open() {
        let lexicon = lexicon();
        for (text, parts) in [
            ("Sept. 1", DateParts { year: None, month: 9, day: Some(1) }),
            ("31 Aug", DateParts { year: None, month: 8, day: Some(31) }),
            ("June 2011", DateParts { year: Some(2011), month: 6, day: None }),
        ] {
            assert_eq!(lexicon.dates.find_parts(text, Order::DayFirst), Some(parts), "{text}");
        }
    }
}
