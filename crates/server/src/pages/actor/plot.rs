//! How does a number change over time, and how surely is each known? A range plot: a bar from the lowest to the highest that the words can
//! mean, a mark at the most likely, an open end where no bound is known, dashed where it is hedged. Each point leads to its sentence.

use maud::{Markup, html};
use sayso::types::Edtf;

use crate::answer::actor::Point;
use crate::pages::link::Page;
use crate::pages::setting::Setting;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 260.0;
const LEFT: f64 = 70.0;
const BOTTOM: f64 = 30.0;
const TOP: f64 = 14.0;
const RIGHT: f64 = 14.0;

/// From this ratio of the highest to the lowest number on, the scale is logarithmic.
const WIDE: f64 = 30.0;

/// How long the arrow of an open end is.
const OPEN: f64 = 16.0;

/// Days and numbers as places on the plot.
struct Scale {
    first: f64,
    last: f64,
    least: f64,
    most: f64,
    logarithmic: bool,
}

impl Scale {
    fn of(points: &[(f64, &Point)]) -> Scale {
        let days = || points.iter().map(|(day, _)| *day);
        let numbers: Vec<f64> = points.iter().flat_map(|(_, p)| [p.low, p.best, p.high]).flatten().map(|n| n as f64).collect();
        let most = numbers.iter().copied().fold(1.0, f64::max);
        let least = numbers.iter().copied().filter(|n| *n > 0.0).fold(most, f64::min);
        let (first, last) = (days().fold(f64::INFINITY, f64::min), days().fold(f64::NEG_INFINITY, f64::max));
        let margin = ((last - first) * 0.04).max(5.0);
        let logarithmic = most / least >= WIDE;
        Scale {
            first: first - margin,
            last: last + margin,
            least: if logarithmic { least / 1.5 } else { 0.0 },
            most: most * 1.08,
            logarithmic,
        }
    }

    fn x(&self, day: f64) -> f64 {
        LEFT + (day - self.first) / (self.last - self.first) * (WIDTH - LEFT - RIGHT)
    }

    fn y(&self, number: f64) -> f64 {
        let part =
            if self.logarithmic { (number.max(self.least) / self.least).ln() / (self.most / self.least).ln() } else { number / self.most };
        HEIGHT - BOTTOM - part * (HEIGHT - BOTTOM - TOP)
    }

    /// Numbers to draw lines at.
    fn ticks(&self) -> Vec<f64> {
        let step = 10f64.powf((self.most / 4.0).log10().floor());
        if self.logarithmic {
            let first = self.least.log10().ceil() as i32;
            return (first..).map(|power| 10f64.powi(power)).take_while(|tick| *tick <= self.most).collect();
        }
        let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * step).find(|step| self.most / step <= 5.0).unwrap_or(self.most);
        (0..=5).map(|times| f64::from(times) * step).take_while(|tick| *tick <= self.most).collect()
    }
}

/// The plot of those points that have a day; nothing where none has.
pub(super) fn plot(setting: &Setting, title: &str, points: &[Point]) -> Markup {
    let dated: Vec<(f64, &Point)> = points.iter().filter_map(|point| Some((day_number(point.day.as_deref()?)?, point))).collect();
    if dated.is_empty() {
        return html! {};
    }
    let scale = Scale::of(&dated);
    html! {
        svg.plot viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="group" aria-label=(format!("{title} over time; the table below has the same numbers")) {
            @for tick in scale.ticks() {
                line.grid x1=(LEFT) x2=(WIDTH - RIGHT) y1=(at(scale.y(tick))) y2=(at(scale.y(tick))) {}
                text.tick x=(LEFT - 6.0) y=(at(scale.y(tick) + 4.0)) text-anchor="end" { (grouped(tick)) }
            }
            line.axis x1=(LEFT) x2=(WIDTH - RIGHT) y1=(HEIGHT - BOTTOM) y2=(HEIGHT - BOTTOM) {}
            @for (day, label) in labels(&scale, &dated) {
                text.tick x=(at(scale.x(day))) y=(HEIGHT - 10.0) text-anchor="middle" { (label) }
            }
            @for (day, point) in &dated { (mark(setting, &scale, *day, point)) }
        }
        p.key aria-hidden="true" {
            "● most likely · bar from lowest to highest · ▲▼ open end" @if dated.iter().any(|(_, point)| point.is_hedged()) { " · dashed: hedged or denied" }
            @if scale.logarithmic { " · the scale is logarithmic" }
        }
    }
}

/// One number: bar, mark and open ends.
fn mark(setting: &Setting, scale: &Scale, day: f64, point: &Point) -> Markup {
    let x = scale.x(day);
    let y = |number: Option<u64>| number.map(|number| scale.y(number as f64));
    let (low, best, high) = (y(point.low), y(point.best), y(point.high));
    let all: Vec<f64> = [low, best, high].into_iter().flatten().collect();
    let (top, bottom) = (all.iter().copied().fold(f64::INFINITY, f64::min), all.iter().copied().fold(f64::NEG_INFINITY, f64::max));
    if all.is_empty() {
        return html! {};
    }
    let words = format!(
        "{}: {}{}",
        point.day.as_deref().unwrap_or_default(),
        point.words,
        point.said_by.as_ref().map(|by| format!(", {by}")).unwrap_or_default()
    );
    html! {
        a.point.hedged[point.is_hedged()] href=(setting.to(Page::Statement, &point.statement)) aria-label=(words) {
            title { (words) }
            rect.target x=(at(x - 12.0)) y=(at(top - 12.0)) width="24" height=(at(bottom - top + 24.0)) {}
            @if bottom - top > 0.5 { line.range x1=(at(x)) x2=(at(x)) y1=(at(top)) y2=(at(bottom)) {} }
            @if let Some(low) = low { line.cap x1=(at(x - 5.0)) x2=(at(x + 5.0)) y1=(at(low)) y2=(at(low)) {} }
            @if let Some(high) = high { line.cap x1=(at(x - 5.0)) x2=(at(x + 5.0)) y1=(at(high)) y2=(at(high)) {} }
            @if let Some(best) = best { circle cx=(at(x)) cy=(at(best)) r="4" {} }
            @if high.is_none() && best.is_none() { (arrow(x, top, -OPEN)) }
            @if low.is_none() && best.is_none() { (arrow(x, bottom, OPEN)) }
        }
    }
}

/// The end of a bar that is not known.
fn arrow(x: f64, from: f64, length: f64) -> Markup {
    let tip = from + length;
    let back = tip - length.signum() * 6.0;
    html! {
        line.range x1=(at(x)) x2=(at(x)) y1=(at(from)) y2=(at(tip)) {}
        path.head d=(format!("M{:.1} {back:.1}L{x:.1} {tip:.1}L{:.1} {back:.1}", x - 4.0, x + 4.0)) {}
    }
}

/// The first, middle and last day, or every year of some.
fn labels(scale: &Scale, dated: &[(f64, &Point)]) -> Vec<(f64, String)> {
    let year = |point: &Point| point.day.as_deref().and_then(|day| day.get(..4)?.parse::<i16>().ok());
    let years: Vec<i16> = dated.iter().filter_map(|(_, point)| year(point)).collect();
    let (Some(first), Some(last)) = (years.iter().min(), years.iter().max()) else { return Vec::new() };
    if last > first {
        let step = (i32::from(last - first) / 8 + 1).unsigned_abs() as usize;
        let starts =
            (*first..=last + 1).step_by(step).filter_map(|year| Some((day_number(&format!("{year:04}-01-01"))?, year.to_string())));
        return starts.filter(|(day, _)| *day >= scale.first && *day <= scale.last).collect();
    }
    let mut ends: Vec<(f64, String)> =
        [dated.first(), dated.last()].into_iter().flatten().filter_map(|(day, point)| Some((*day, point.day.clone()?))).collect();
    ends.dedup();
    if ends.len() == 2 && scale.x(ends[1].0) - scale.x(ends[0].0) < 90.0 {
        ends.pop();
    }
    ends
}

/// Days since the beginning of the calendar.
fn day_number(day: &str) -> Option<f64> {
    let date = day.parse::<Edtf>().ok()?.latest()?;
    Some(f64::from(date.year()) * 365.25 + f64::from(date.day_of_year()))
}

fn at(place: f64) -> String {
    format!("{place:.1}")
}

/// A number with its thousands set apart.
pub(super) fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (number, expected) in [(0.0, "0"), (999.0, "999"), (1000.0, "1,000"), (7_000_000.0, "7,000,000")] {
            assert_eq!(grouped(number), expected);
        }
    }
}
