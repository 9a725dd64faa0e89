//! What stands in which column of a row, whatever the order and case of the columns?

use std::collections::BTreeMap;

use jiff::civil::Date;

/// The columns of a table by their names.
pub(super) struct Columns(BTreeMap<String, usize>);

/// A row and its columns.
#[derive(Clone, Copy)]
pub(super) struct Row<'r> {
    columns: &'r Columns,
    values: &'r csv::StringRecord,
}

impl Columns {
    pub(super) fn of(header: &csv::StringRecord) -> Columns {
        let named = |(at, name): (usize, &str)| (plain(name), at);
        Columns(header.iter().enumerate().map(named).collect())
    }

    /// Those of some names that are not there.
    pub(super) fn missing<'n>(&self, names: &[&'n str]) -> Vec<&'n str> {
        names.iter().copied().filter(|name| !self.0.contains_key(&plain(name))).collect()
    }

    pub(super) fn row<'r>(&'r self, values: &'r csv::StringRecord) -> Row<'r> {
        Row { columns: self, values }
    }
}

/// A column's name so that "EVENT_DATE", "Event Date" and "event_date" are one.
fn plain(name: &str) -> String {
    name.trim_start_matches('\u{feff}').chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl<'r> Row<'r> {
    /// A value; `None` where it is empty, "NA", "None" or the column is not there.
    pub(super) fn text(&self, name: &str) -> Option<&'r str> {
        let value = self.columns.0.get(&plain(name)).and_then(|at| self.values.get(*at))?.trim();
        (!value.is_empty() && !matches!(value, "NA" | "None" | "NULL" | "nan")).then_some(value)
    }

    pub(super) fn owned(&self, name: &str) -> String {
        self.text(name).unwrap_or_default().to_owned()
    }

    /// A number; what is none is told.
    pub(super) fn number(&self, name: &str) -> Result<Option<f64>, String> {
        let Some(text) = self.text(name) else { return Ok(None) };
        text.parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .map(Some)
            .ok_or_else(|| format!("{name} is `{text}`, which is no number"))
    }

    /// A whole number that is not negative; negative ones stand for unknown in GTD.
    pub(super) fn count(&self, name: &str) -> Result<Option<u64>, String> {
        Ok(self.number(name)?.filter(|number| *number >= 0.0).map(|number| number as u64))
    }

    /// Degrees of latitude and longitude that lie on the Earth.
    pub(super) fn point(&self) -> Result<Option<(f64, f64)>, String> {
        let Some((latitude, longitude)) = self.number("latitude")?.zip(self.number("longitude")?) else { return Ok(None) };
        if (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude) {
            Ok(Some((latitude, longitude)))
        } else {
            Err(format!("latitude {latitude} and longitude {longitude} lie not on the Earth"))
        }
    }

    /// A day: `2031-03-03`, `2031-03-03 00:00:00.000`, `03 March 2031`, `3/3/2031` (GED's older files: month first is not guessed).
    pub(super) fn day(&self, name: &str) -> Result<Option<Date>, String> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let iso = text.get(..10).and_then(|day| day.parse::<Date>().ok());
        let spelled = || jiff::fmt::strtime::parse("%d %B %Y", text).ok().and_then(|parsed| parsed.to_date().ok());
        iso.or_else(spelled).map(Some).ok_or_else(|| format!("{name} is `{text}`, which is no date such as 2031-03-03"))
    }
}
