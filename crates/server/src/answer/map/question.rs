//! What is asked of the map? A box, and which events.

use std::str::FromStr;

use jiff::civil::Date;
use sayso::types::Edtf;
use serde::Deserialize;
use utoipa::IntoParams;

use super::precision::Precision;
use crate::fault::Fault;

/// A question for events by where and when they happened. What is left empty is not asked; several codes stand with commas between.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MapAsked {
    /// West, south, east and north in degrees, with commas between: `60,29,75,39`. A box across 180 degrees has its west above its east.
    #[serde(default)]
    pub(crate) bbox: String,
    /// Types: `assault,protest`.
    #[serde(default, rename = "type")]
    pub(crate) type_code: String,
    /// ISO 3166-1 alpha-3 codes of countries.
    #[serde(default)]
    pub(crate) country: String,
    /// The registry's id of who takes part, or a name exactly.
    #[serde(default)]
    pub(crate) actor: String,
    /// How far they are established: `confirmed,fair`.
    #[serde(default)]
    pub(crate) status: String,
    /// First day (EDTF: `2017`, `2017-08`, `2017-08-31`).
    #[serde(default)]
    pub(crate) since: String,
    /// Last day.
    #[serde(default)]
    pub(crate) until: String,
    /// Which uncertain times: `possible` (the default: those that can lie in it) or `certain` (those that do whatever they mean).
    #[serde(default)]
    pub(crate) times: String,
    /// Which events are listed: `box` (the default), `country` (known only to a country), `none` (without any place), or the place of a
    /// spot as longitude, latitude and precision: `69.2,34.5,exact`.
    #[serde(default)]
    pub(crate) place: String,
    /// `none` lists those without a known time.
    #[serde(default)]
    pub(crate) when: String,
    /// Where the page of the list begins, as the page before said.
    #[serde(default)]
    pub(crate) after: String,
}

/// Which events are meant.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct MapQuestion {
    pub(crate) bounds: Option<Box>,
    pub(crate) types: Vec<String>,
    pub(crate) countries: Vec<String>,
    pub(crate) actor: Option<String>,
    pub(crate) statuses: Vec<String>,
    pub(crate) time: Option<Stretch>,
    pub(crate) listed: Where,
    pub(crate) untimed: bool,
    pub(crate) after: Option<(i32, i64)>,
    /// So many events on a page.
    pub(crate) rows: usize,
}

/// Degrees; `west` above `east` where it lies across 180 degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Box {
    pub(crate) west: f64,
    pub(crate) south: f64,
    pub(crate) east: f64,
    pub(crate) north: f64,
}

/// A stretch of days from 1970-01-01, and which uncertain times it takes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) first: Option<i32>,
    pub(crate) last: Option<i32>,
    pub(crate) certain: bool,
}

/// Where listed events lie.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Where {
    /// Where their place can be drawn, in the box.
    #[default]
    Box,
    /// Somewhere in a country.
    Country,
    /// Nobody knows.
    Nowhere,
    /// Exactly at a spot: longitude, latitude, precision.
    Spot([f32; 2], Precision),
}

impl MapAsked {
    /// The question, or what is wrong with it.
    pub(crate) fn question(&self) -> Result<MapQuestion, Fault> {
        let time = Stretch {
            first: day(&self.since, Edtf::earliest)?,
            last: day(&self.until, Edtf::latest)?,
            certain: self.times.trim() == "certain",
        };
        Ok(MapQuestion {
            bounds: bounds(&self.bbox)?,
            types: codes(&self.type_code),
            countries: codes(&self.country).into_iter().map(|code| code.to_ascii_uppercase()).collect(),
            actor: Some(self.actor.trim().to_owned()).filter(|actor| !actor.is_empty()),
            statuses: codes(&self.status),
            time: (time.first.is_some() || time.last.is_some()).then_some(time),
            listed: listed(&self.place)?,
            untimed: self.when.trim() == "none",
            after: after(&self.after)?,
            rows: super::ROWS,
        })
    }
}

fn codes(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|code| !code.is_empty()).map(ToOwned::to_owned).collect()
}

fn day(text: &str, bound: impl Fn(&Edtf) -> Option<Date>) -> Result<Option<i32>, Fault> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let date = text.parse::<Edtf>().ok().as_ref().and_then(bound);
    let date = date.ok_or_else(|| Fault::invalid(format!("`{text}` is not a date"), "Write 2017, 2017-08 or 2017-08-31."))?;
    Ok(Some(day_number(date)))
}

/// Days since 1970-01-01.
pub(crate) fn day_number(date: Date) -> i32 {
    i32::try_from(date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24).unwrap_or_default()
}

/// The date that so many days after 1970-01-01 is.
pub(crate) fn date(day: i32) -> Date {
    Date::constant(1970, 1, 1).saturating_add(jiff::SignedDuration::from_hours(24 * i64::from(day)))
}

fn numbers(text: &str) -> Option<Vec<f64>> {
    let numbers: Option<Vec<f64>> =
        text.split(',').map(|part| part.trim().parse::<f64>().ok().filter(|number| number.is_finite())).collect();
    numbers
}

fn bounds(text: &str) -> Result<Option<Box>, Fault> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    match numbers(text).as_deref() {
        Some([west, south, east, north]) if south <= north && south.abs() <= 90.0 && north.abs() <= 90.0 => {
            let whole = east - west >= 360.0;
            let turned =
                |degrees: &f64| if (-180.0..=180.0).contains(degrees) { *degrees } else { (degrees + 180.0).rem_euclid(360.0) - 180.0 };
            let (west, east) = if whole { (-180.0, 180.0) } else { (turned(west), turned(east)) };
            Ok(Some(Box { west, south: *south, east, north: *north }))
        }
        _ => Err(Fault::invalid(
            format!("`{text}` is not a box"),
            "Write west, south, east and north in degrees, with commas between: 60,29,75,39.",
        )),
    }
}

fn listed(text: &str) -> Result<Where, Fault> {
    let spot = || {
        let (point, precision) = text.rsplit_once(',')?;
        match (numbers(point)?.as_slice(), Precision::of_str(precision.trim())) {
            ([longitude, latitude], Some(precision)) => Some(Where::Spot([*longitude as f32, *latitude as f32], precision)),
            _ => None,
        }
    };
    match text.trim() {
        "" | "box" => Ok(Where::Box),
        "country" => Ok(Where::Country),
        "none" => Ok(Where::Nowhere),
        _ => spot().ok_or_else(|| {
            Fault::invalid(format!("`{text}` is no place of the map"), "Write box, country, none, or a spot as 69.2,34.5,exact.")
        }),
    }
}

fn after(text: &str) -> Result<Option<(i32, i64)>, Fault> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let parts = text.split_once('~').and_then(|(day, number)| Some((i32::from_str(day).ok()?, number.parse().ok()?)));
    let advice = "Leave `after` out for the first page.";
    parts.map(Some).ok_or_else(|| Fault::invalid(format!("`{text}` is not the beginning of a page"), advice))
}

impl Box {
    /// Whether a point lies in it, or not farther from it than `km`.
    pub(crate) fn reaches(&self, [longitude, latitude]: [f32; 2], km: f64) -> bool {
        const DEGREE: f64 = 111.2;
        let (longitude, latitude) = (f64::from(longitude), f64::from(latitude));
        let (up, aside) = (km / DEGREE, km / (DEGREE * latitude.to_radians().cos().max(0.05)));
        let high = latitude >= self.south - up && latitude <= self.north + up;
        let wide = if self.west <= self.east {
            longitude >= self.west - aside && longitude <= self.east + aside
        } else {
            longitude >= self.west - aside || longitude <= self.east + aside
        };
        high && wide
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_read_or_what_is_wrong_with_it_is_said() {
        let asked = |bbox: &str| MapAsked { bbox: bbox.to_owned(), ..MapAsked::default() }.question();
        let fiji = asked("176,-20,182,-15").unwrap().bounds.unwrap();
        assert_eq!((fiji.west, fiji.east), (176.0, -178.0));
        assert!(fiji.reaches([-179.0, -17.0], 0.0) && fiji.reaches([179.0, -17.0], 0.0) && !fiji.reaches([0.0, -17.0], 0.0));
        assert!(asked("-200,-80,200,80").unwrap().bounds.unwrap().reaches([12.0, 1.0], 0.0));
        for wrong in ["1,2,3", "0,9,1,8", "a,b,c,d", "0,-100,1,0", "NaN,0,1,1"] {
            assert!(asked(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_area_beside_the_box_reaches_into_it() {
        let kabul = Box { west: 69.0, south: 34.0, east: 70.0, north: 35.0 };
        assert!(kabul.reaches([68.8, 34.5], 25.0) && !kabul.reaches([68.0, 34.5], 25.0) && !kabul.reaches([68.8, 34.5], 0.0));
    }
}
