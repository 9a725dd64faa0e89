//! The bar of time: events by when they happened, those that only can have happened then set apart, with the table that tells the same.

use maud::{Markup, html};

use super::address;
use crate::answer::map::{Bar, Bars, MapAsked};
use crate::pages::setting::Setting;

const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 100.0;

pub(super) fn bar(setting: &Setting, asked: &MapAsked, time: &Bars) -> Markup {
    let (Some(first), Some(last)) = (time.bars.first(), time.bars.last()) else {
        return html! { section #time-section aria-label="Time" { p.quiet { "No event here has a known time." } } };
    };
    let middle = &time.bars[time.bars.len() / 2];
    html! {
        section #time-section aria-labelledby="time-heading" {
            h2 #time-heading { "Time" small { " by " (time.step) } }
            div.time-bar #time-bar {
                (chart(asked, time))
                div.axis aria-hidden="true" { span { (first.first) } span { (middle.first) } span { (last.last) } }
            }
            p.chart-key {
                svg.shape width="14" height="14" aria-hidden="true" focusable="false" { rect width="14" height="14" fill="currentColor" {} }
                " surely then "
                svg.shape width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" focusable="false" {
                    rect x="1" y="1" width="12" height="12" fill="none" stroke="currentColor" stroke-dasharray="3 2" {}
                }
                " possibly then"
                @if time.before > 0 { " · " (time.before) " lie before " (first.first) }
            }
            (twin(setting, asked, time))
        }
    }
}

fn chart(asked: &MapAsked, time: &Bars) -> Markup {
    let most = time.bars.iter().map(|bar| bar.certain + bar.possible).max().unwrap_or(0).max(1);
    let step = WIDTH / time.bars.len() as f64;
    let height = |events: u64| HEIGHT * events as f64 / most as f64;
    let number = |number: f64| format!("{number:.2}");
    html! {
        svg.chart viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) preserveAspectRatio="none" role="img" aria-label=(spoken(time)) data-step=(time.step) {
            @for (at, bar) in time.bars.iter().enumerate() {
                @let (x, width) = (at as f64 * step + step * 0.08, step * 0.84);
                @let (certain, possible) = (height(bar.certain), height(bar.possible));
                g.step data-first=(bar.first) data-last=(bar.last) data-out[is_out(asked, bar)] {
                    title { (bar.first) " to " (bar.last) ": " (bar.certain) " surely, " (bar.possible) " possibly" }
                    rect.whole x=(number(at as f64 * step)) y="0" width=(number(step)) height=(HEIGHT) fill="transparent" {}
                    rect.certain x=(number(x)) y=(number(HEIGHT - certain)) width=(number(width)) height=(number(certain)) fill="currentColor" {}
                    @if bar.possible > 0 {
                        rect.possible x=(number(x)) y=(number(HEIGHT - certain - possible)) width=(number(width)) height=(number(possible))
                            fill="none" stroke="currentColor" stroke-dasharray="3 2" vector-effect="non-scaling-stroke" {}
                    }
                }
            }
        }
    }
}

/// Whether a step lies outside the stretch that is asked for; as far as years, months and days can be compared as they are written.
fn is_out(asked: &MapAsked, bar: &Bar) -> bool {
    let (since, until) = (asked.since.trim(), asked.until.trim());
    let ends_before = !since.is_empty() && bar.last.as_str() < since;
    let begins_after = !until.is_empty() && bar.first.get(..until.len().min(bar.first.len())).is_some_and(|begin| begin > until);
    ends_before || begins_after
}

fn spoken(time: &Bars) -> String {
    let most = time.bars.iter().max_by_key(|bar| bar.certain + bar.possible);
    let peak = most.map(|bar| format!(", most from {} to {}", bar.first, bar.last)).unwrap_or_default();
    let ends = time.bars.first().zip(time.bars.last()).map(|(first, last)| format!(" from {} to {}", first.first, last.last));
    format!("Events by {}{}{peak}; the table below tells the same", time.step, ends.unwrap_or_default())
}

fn twin(setting: &Setting, asked: &MapAsked, time: &Bars) -> Markup {
    html! {
        details {
            summary { "Time as a table" }
            table.documents.periods {
                thead { tr { th { "From" } th { "To" } th.number { "Surely then" } th.number { "Possibly then" } } }
                tbody {
                    @for bar in time.bars.iter().filter(|bar| bar.certain + bar.possible > 0) {
                        tr {
                            td data-label="From" {
                                a href=(address(setting, asked, &[("since", &bar.first), ("until", &bar.last), ("after", "")])) { (bar.first) }
                            }
                            td data-label="To" { (bar.last) }
                            td.number data-label="Surely" { (bar.certain) }
                            td.number data-label="Possibly" { (bar.possible) }
                        }
                    }
                }
            }
        }
    }
}
