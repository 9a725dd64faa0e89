//! Which day does a cell of a table mean? The usual forms of dates and times, as EDTF; one that can mean two days is asked about.

use jiff::civil::Date;
use jiff::{Timestamp, tz::Offset};

/// Which of two numbers is the day where both can be: 03/04/2017.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DayOrder {
    /// Nobody said; such a date is a fault of its row.
    #[default]
    Unsaid,
    /// The day comes first, as in most of the world.
    DayFirst,
    /// The month comes first, as in the United States.
    MonthFirst,
}

/// Forms with a month in words or a day whose place is beyond doubt.
const FORMS: [&str; 10] =
    ["%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%d-%b-%Y", "%A, %B %d, %Y", "%A, %d %B %Y"];

/// The day, month or year that a cell means, as EDTF. A time of day is left away: its day is the one that its own zone gives.
///
/// # Errors
/// Says that it is no date, or that it can be two.
pub(super) fn edtf(cell: &str, days: DayOrder) -> Result<String, String> {
    let cell = cell.trim();
    if is_edtf(cell) {
        return Ok(cell.to_owned());
    }
    if let Some(day) = since_1970(cell).or_else(|| in_words(cell)) {
        return Ok(day.to_string());
    }
    in_figures(cell, days)?.map(|day| day.to_string()).ok_or_else(|| {
        format!("`{}` is no date that is known; write 2017-08-31, 31 August 2017 or 31/08/2017", cell.chars().take(40).collect::<String>())
    })
}

/// Whether it is a year, month, day or interval as ISO 8601 writes it, which goes as it is.
fn is_edtf(cell: &str) -> bool {
    let part = |part: &str| {
        let part = part.trim_end_matches(['~', '?']);
        let figures = part.split('-').all(|figures| !figures.is_empty() && figures.bytes().all(|b| b.is_ascii_digit()));
        figures
            && match part.len() {
                4 => true,
                7 => part.as_bytes()[4] == b'-',
                10 => part.parse::<Date>().is_ok(),
                _ => false,
            }
    };
    cell.split('/').count() <= 2 && cell.split('/').all(|one| one == ".." || part(one)) && cell != ".."
}

/// Seconds, or thousandths or less of them, since 1970, as programs write times.
fn since_1970(cell: &str) -> Option<Date> {
    let figures = cell.split('.').next()?;
    if !(figures.len() >= 9 && figures.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let number: i64 = figures.parse().ok()?;
    let seconds = match figures.len() {
        9 | 10 => number,
        12 | 13 => number / 1_000,
        15 | 16 => number / 1_000_000,
        18 | 19 => number / 1_000_000_000,
        _ => return None,
    };
    Some(Offset::UTC.to_datetime(Timestamp::from_second(seconds).ok()?).date())
}

/// A date with a time behind it, one with its month in words, or the one of a mail.
fn in_words(cell: &str) -> Option<Date> {
    let iso = cell.get(..10).and_then(|date| date.parse::<Date>().ok());
    let behind = cell.as_bytes().get(10).is_none_or(|byte| matches!(byte, b'T' | b't' | b' '));
    if iso.is_some() && behind {
        return iso;
    }
    let mail = || jiff::fmt::rfc2822::parse(cell).ok().map(|zoned| zoned.date());
    FORMS.iter().find_map(|form| Date::strptime(form, cell).ok()).or_else(mail)
}

/// Three numbers with a mark between, the year last.
fn in_figures(cell: &str, days: DayOrder) -> Result<Option<Date>, String> {
    let date = cell.split([' ', 'T']).next().unwrap_or_default();
    let numbers: Vec<i16> = date.split(['/', '.', '-']).map_while(|number| number.parse().ok()).collect();
    let [one, two, year] = numbers[..] else { return Ok(None) };
    if date.split(['/', '.', '-']).count() != 3 || !(1000..=9999).contains(&year) {
        return Ok(None);
    }
    let day_first = match (one > 12, two > 12, days) {
        (true, _, _) => true,
        (false, true, _) => false,
        _ if one == two => true,
        (_, _, DayOrder::DayFirst) => true,
        (_, _, DayOrder::MonthFirst) => false,
        (_, _, DayOrder::Unsaid) if date.contains('.') => true,
        (_, _, DayOrder::Unsaid) => {
            return Err(format!("`{cell}` can mean two days; say which with --dates day-first or --dates month-first"));
        }
    };
    let (day, month) = if day_first { (one, two) } else { (two, one) };
    Ok(i8::try_from(month).ok().zip(i8::try_from(day).ok()).and_then(|(month, day)| Date::new(year, month, day).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_forms_are_read() {
        for (cell, day) in [
            ("2017-08-31", "2017-08-31"),
            ("2017-08", "2017-08"),
            ("2017", "2017"),
            ("2017-08-01/2017-08-31", "2017-08-01/2017-08-31"),
            ("2017-08-31T23:30:00-05:00", "2017-08-31"),
            ("2017-08-31 10:00:00.000", "2017-08-31"),
            ("20170831", "2017-08-31"),
            ("2017/08/31", "2017-08-31"),
            ("31 August 2017", "2017-08-31"),
            ("Aug 31, 2017", "2017-08-31"),
            ("Thursday, August 31, 2017", "2017-08-31"),
            ("31-Aug-2017", "2017-08-31"),
            ("Thu, 31 Aug 2017 10:00:00 +0200", "2017-08-31"),
            ("31/08/2017", "2017-08-31"),
            ("08/31/2017 10:00", "2017-08-31"),
            ("31.8.2017", "2017-08-31"),
            ("03.04.2017", "2017-04-03"),
            ("1504137600", "2017-08-31"),
            ("1504137600000", "2017-08-31"),
        ] {
            assert_eq!(edtf(cell, DayOrder::Unsaid).as_deref(), Ok(day), "{cell}");
        }
    }

    #[test]
    fn a_date_that_can_be_two_is_asked_about() {
        assert!(edtf("03/04/2017", DayOrder::Unsaid).unwrap_err().contains("two days"));
        assert_eq!(edtf("03/04/2017", DayOrder::DayFirst).as_deref(), Ok("2017-04-03"));
        assert_eq!(edtf("03/04/2017", DayOrder::MonthFirst).as_deref(), Ok("2017-03-04"));
    }

    #[test]
    fn what_is_no_date_is_said() {
        for cell in ["yesterday", "31/02/2017", "2017-13-01", "99/99/9999", "..", "1/2/3/4", "é"] {
            assert!(edtf(cell, DayOrder::Unsaid).is_err(), "{cell}");
        }
    }
}
