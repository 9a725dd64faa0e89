//! When, and how exactly? A date or interval in EDTF (ISO 8601-2), with the earliest and latest day that it can mean.

use std::fmt;
use std::str::FromStr;

use jiff::ToSpan;
use jiff::civil::Date;

/// An EDTF date or interval with both its bounds worked out: `2017-07-31`, `2017-07`, `2017`, `2017-07~`,
/// `2017-07-21/2017-07-31`. An interval open to one side (`../2017-05`, `2017-05/..`) has that bound unknown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Edtf {
    text: String,
    earliest: Option<Date>,
    latest: Option<Date>,
}

/// A text that is not one of the EDTF forms that [`Edtf`] knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdtfError {
    text: String,
}

impl fmt::Display for EdtfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a date in EDTF; write 2017, 2017-08, 2017-08-31 or 2017-08-01/2017-08-31", self.text)
    }
}

impl std::error::Error for EdtfError {}

impl Edtf {
    /// One day.
    pub fn day(date: Date) -> Edtf {
        Edtf { text: date.to_string(), earliest: Some(date), latest: Some(date) }
    }

    /// A whole month (1–12), where there is such a one.
    pub fn month(year: i16, month: i8) -> Option<Edtf> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Edtf { text: format!("{year:04}-{month:02}"), earliest: Some(first), latest: Some(first.last_of_month()) })
    }

    /// A whole year, where the calendar has it.
    pub fn year(year: i16) -> Option<Edtf> {
        let first = Date::new(year, 1, 1).ok()?;
        Some(Edtf { text: format!("{year:04}"), earliest: Some(first), latest: Some(first.last_of_year()) })
    }

    /// From one day to another, both included; the bounds may come in either order.
    pub fn between(one: Date, other: Date) -> Edtf {
        let (from, to) = (one.min(other), one.max(other));
        if from == to {
            return Edtf::day(from);
        }
        Edtf { text: format!("{from}/{to}"), earliest: Some(from), latest: Some(to) }
    }

    /// Any day up to and including this one.
    pub fn until(date: Date) -> Edtf {
        Edtf { text: format!("../{date}"), earliest: None, latest: Some(date) }
    }

    /// This day or any later one.
    pub fn since(date: Date) -> Edtf {
        Edtf { text: format!("{date}/.."), earliest: Some(date), latest: None }
    }

    /// The same time marked approximate (`~`); a time open to one side stays as it is.
    #[must_use]
    pub fn approximate(mut self) -> Edtf {
        if !self.text.contains('~') && !self.text.contains("..") {
            self.text = self.text.split('/').map(|part| format!("{part}~")).collect::<Vec<_>>().join("/");
        }
        self
    }

    /// The EDTF text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The first day that it can mean; `None` where the interval is open to the past.
    pub fn earliest(&self) -> Option<Date> {
        self.earliest
    }

    /// The last day that it can mean; `None` where the interval is open to the future.
    pub fn latest(&self) -> Option<Date> {
        self.latest
    }

    /// The day, where it means exactly one.
    pub fn exact_day(&self) -> Option<Date> {
        self.earliest.filter(|day| Some(*day) == self.latest)
    }

    /// Whether the two can mean a common day.
    pub fn overlaps(&self, other: &Edtf) -> bool {
        let begins_before_end = |a: Option<Date>, b: Option<Date>| a.zip(b).is_none_or(|(a, b)| a <= b);
        begins_before_end(self.earliest, other.latest) && begins_before_end(other.earliest, self.latest)
    }

    /// How many days it spans; `None` where it is open.
    pub fn days(&self) -> Option<i32> {
        let days = self.earliest?.until(self.latest?).ok()?;
        Some(days.get_days() + 1)
    }

    /// The ACLED `time_precision`: 1 a day, 2 within a week or so, 3 within a month or longer.
    pub fn time_precision(&self) -> u8 {
        match self.days() {
            Some(1) if !self.text.contains('~') => 1,
            Some(days) if days <= 8 => 2,
            _ => 3,
        }
    }

    /// The UCDP GED `date_prec`: 1 a day, 2 two to six days, 3 a week, 4 up to a month, 5 longer.
    pub fn date_prec(&self) -> u8 {
        match self.days() {
            Some(1) if !self.text.contains('~') => 1,
            Some(days) if days <= 6 => 2,
            Some(7) => 3,
            Some(days) if days <= 31 => 4,
            _ => 5,
        }
    }
}

impl fmt::Display for Edtf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Edtf {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Edtf, EdtfError> {
        parse(text.trim()).ok_or_else(|| EdtfError { text: text.to_owned() })
    }
}

fn parse(text: &str) -> Option<Edtf> {
    let Some((from, to)) = text.split_once('/') else {
        let (earliest, latest) = bounds(text)?;
        return Some(Edtf { text: text.to_owned(), earliest: Some(earliest), latest: Some(latest) });
    };
    let earliest = if open(from) { None } else { Some(bounds(from)?.0) };
    let latest = if open(to) { None } else { Some(bounds(to)?.1) };
    let ordered = earliest.zip(latest).is_none_or(|(a, b)| a <= b);
    let bounded = earliest.is_some() || latest.is_some();
    (ordered && bounded).then(|| Edtf { text: text.to_owned(), earliest, latest })
}

fn open(part: &str) -> bool {
    part.is_empty() || part == ".."
}

/// First and last day of `2017`, `2017-08` or `2017-08-31`, each with or without a trailing `~` or `?`.
fn bounds(part: &str) -> Option<(Date, Date)> {
    let mut fields = part.trim_end_matches(['~', '?']).split('-');
    let year: i16 = digits(fields.next()?, 4)?;
    let month = fields.next().map(|m| digits::<i8>(m, 2));
    let day = fields.next().map(|d| digits::<i8>(d, 2));
    if fields.next().is_some() {
        return None;
    }
    match (month, day) {
        (None, _) => {
            let first = Date::new(year, 1, 1).ok()?;
            Some((first, first.last_of_year()))
        }
        (Some(month), None) => {
            let first = Date::new(year, month?, 1).ok()?;
            Some((first, first.checked_add(1.month()).ok()?.yesterday().ok()?))
        }
        (Some(month), Some(day)) => {
            let date = Date::new(year, month?, day?).ok()?;
            Some((date, date))
        }
    }
}

fn digits<N: FromStr>(text: &str, width: usize) -> Option<N> {
    (text.len() == width && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partial_dates_have_bounds() {
        for (text, earliest, latest) in [
            ("2017", "2017-01-01", "2017-12-31"),
            ("2016-02", "2016-02-01", "2016-02-29"),
            ("2017-07-21/2017-07-31", "2017-07-21", "2017-07-31"),
            ("2017-07~", "2017-07-01", "2017-07-31"),
            ("2017-06/2017-08", "2017-06-01", "2017-08-31"),
        ] {
            let edtf: Edtf = text.parse().expect("a known form");
            assert_eq!(edtf.earliest().expect("bounded").to_string(), earliest);
            assert_eq!(edtf.latest().expect("bounded").to_string(), latest);
            assert_eq!(edtf.as_str(), text);
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "yesterday", "2017-13", "2017-02-30", "17", "../..", "2018/2017", "2017-08-31-1"] {
            assert!(text.parse::<Edtf>().is_err(), "{text}");
        }
    }

    #[test]
    fn open_intervals_overlap_what_they_reach() {
        let until: Edtf = "../2017-05".parse().expect("a known form");
        let july = Edtf::month(2017, 7).expect("a month");
        assert!(!until.overlaps(&july));
        assert!(until.overlaps(&Edtf::year(2016).expect("a year")));
        assert_eq!(until.days(), None);
    }
}
