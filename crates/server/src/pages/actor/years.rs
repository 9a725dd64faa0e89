//! How many events has an actor in each year? Bars, each of which leads to the list from that year's end backwards.

use maud::{Markup, html};

use crate::answer::actor::Year;
use crate::pages::link::segment;
use crate::pages::setting::Setting;

const HEIGHT: f64 = 70.0;
const BAR: f64 = 26.0;
const STEP: f64 = 32.0;

/// So many years at most have a bar.
const MOST: usize = 40;

/// The bars, last year at the right; nothing for less than two years.
pub(super) fn histogram(setting: &Setting, actor: &str, years: &[Year]) -> Markup {
    let dated: Vec<(&str, u64)> = years.iter().filter_map(|count| Some((count.year.as_deref()?, count.events))).take(MOST).collect();
    if dated.len() < 2 {
        return html! {};
    }
    let most = dated.iter().map(|(_, events)| *events).max().unwrap_or(1).max(1) as f64;
    let width = STEP * dated.len() as f64;
    html! {
        svg.years viewBox=(format!("0 0 {width} {}", HEIGHT + 30.0)) width=(width) height=(HEIGHT + 30.0) role="group" aria-label="Events by year; each year leads to its events" {
            @for (at, (year, events)) in dated.iter().rev().enumerate() {
                @let height = (*events as f64 / most * HEIGHT).max(2.0);
                @let x = STEP * at as f64 + 3.0;
                a href=(address(setting, actor, year)) {
                    title { (named(year)) ": " (events) " events" }
                    rect.target x=(x - 3.0) y="0" width=(STEP) height=(HEIGHT + 30.0) {}
                    rect.bar x=(x) y=(format!("{:.1}", HEIGHT + 12.0 - height)) width=(BAR) height=(format!("{height:.1}")) {}
                    text.tick x=(x + BAR / 2.0) y=(format!("{:.1}", HEIGHT + 9.0 - height)) text-anchor="middle" { (events) }
                    text.tick x=(x + BAR / 2.0) y=(HEIGHT + 26.0) text-anchor="middle" { (short(year)) }
                }
            }
        }
    }
}

/// The list of events up to the end of a year.
fn address(setting: &Setting, actor: &str, year: &str) -> String {
    let next = year.parse::<u32>().map_or(9999, |year| year + 1);
    let after = if year == "9999" { String::new() } else { format!("?after={next:04}-01-01~0") };
    setting.at(&format!("/actor/{}/events{after}", segment(actor)))
}

fn named(year: &str) -> &str {
    if year == "9999" { "time open" } else { year }
}

fn short(year: &str) -> &str {
    if year == "9999" { "open" } else { year }
}
