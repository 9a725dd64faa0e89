//! Does a press release's number say the month? "2019-04-PR-112" gives the year that a dateline's "April 1" leaves out.

use std::sync::LazyLock;

use regex::Regex;
use sayso_types::{BlockKind, Edtf};

use crate::boilerplate::Judged;
use crate::dates::DateParts;

/// A year and month at the head of a release's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ReleaseMonth {
    year: i16,
    month: i8,
}

/// The month of the first release number in the notices of a text.
pub(crate) fn release_month(text: &str, parts: &[Judged]) -> Option<ReleaseMonth> {
    static NUMBER: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\b((?:19|20)\d{2})-(0[1-9]|1[0-2])-[A-Z]{1,3}[-–](?:\d{1,4}|X{2,4})\b").expect("a valid pattern"));
    let mut notices = parts.iter().filter(|part| part.kind == BlockKind::Notice);
    let captures = notices.find_map(|part| NUMBER.captures(part.span.text(text)))?;
    Some(ReleaseMonth { year: captures[1].parse().ok()?, month: captures[2].parse().ok()? })
}

impl ReleaseMonth {
    /// The month itself.
    pub fn edtf(self) -> Option<Edtf> {
        Edtf::month(self.year, self.month)
    }

    /// A day without its year, in the year that makes it fall in this month or the one next to it.
    pub fn complete(self, day: DateParts) -> Option<Edtf> {
        let away = |year: i16| ((i32::from(year) - i32::from(self.year)) * 12 + i32::from(day.month) - i32::from(self.month)).abs();
        let year = (self.year - 1..=self.year + 1).find(|year| away(*year) <= 1)?;
        DateParts { year: Some(year), ..day }.edtf()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_number_completes_a_dateline() {
        for (release, day, date) in [
            ((2010, 9), (9, 1), Some("2010-09-01")),
            ((2010, 9), (8, 31), Some("2010-08-31")),
            ((2011, 1), (12, 31), Some("2010-12-31")),
            ((2010, 12), (1, 1), Some("2011-01-01")),
            ((2010, 9), (3, 1), None),
        ] {
            let parts = DateParts { year: None, month: day.0, day: Some(day.1) };
            let found = ReleaseMonth { year: release.0, month: release.1 }.complete(parts);
            assert_eq!(found.as_ref().map(Edtf::as_str), date);
        }
    }
}
