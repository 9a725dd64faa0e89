//! The histogram: bars drawn by the server, each a link, and the same numbers as a table.

use maud::{Markup, html};

use super::{address, facet, grouped};
use crate::answer::search::{As, Bar, SearchAnswer};
use crate::pages::setting::Setting;

/// The size of the drawing, in its own units.
const WIDTH: usize = 900;
const HEIGHT: usize = 90;
/// What stands beneath the bars.
const LABELS: usize = 18;

/// How many hits there are in which time.
pub(super) fn histogram(setting: &Setting, answer: &SearchAnswer) -> Markup {
    let histogram = &answer.histogram;
    if histogram.bars.is_empty() {
        return html! {};
    }
    let what = if answer.as_ == As::Documents { "published" } else { "dated" };
    html! {
        figure.histogram {
            (drawing(setting, answer))
            figcaption {
                (facet::counted(histogram.counted))
                @if histogram.without_time > 0 { span { (grouped(histogram.without_time)) " without a known date" } }
                @if histogram.open > 0 { span { (grouped(histogram.open)) " without an end" } }
                details {
                    summary { "As a table" }
                    table.documents {
                        thead { tr { th scope="col" { "Time" } th scope="col" .number { (super::capital(answer.as_.as_str())) " " (what) } } }
                        tbody {
                            @for bar in histogram.bars.iter().filter(|bar| bar.number > 0) {
                                tr { td { a href=(address(setting, &bar.q, answer.as_)) { (bar.time) } } td.number { (grouped(bar.number)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn drawing(setting: &Setting, answer: &SearchAnswer) -> Markup {
    let bars = &answer.histogram.bars;
    let most = bars.iter().map(|bar| bar.number).max().unwrap_or(1).max(1);
    let step = WIDTH / bars.len().max(1);
    let every = (bars.len() / 8).max(1);
    html! {
        svg viewBox=(format!("0 0 {WIDTH} {}", HEIGHT + LABELS)) width="100%" role="group" aria-label="Hits over time; the table beneath has the same numbers" {
            line x1="0" y1=(HEIGHT) x2=(WIDTH) y2=(HEIGHT) stroke="currentColor" stroke-opacity="0.4" {}
            @for (at, bar) in bars.iter().enumerate() {
                (column(setting, answer, bar, at * step, step, most))
                @if at.is_multiple_of(every) {
                    text x=(at * step) y=(HEIGHT + LABELS - 4) font-size="13" fill="currentColor" { (bar.time) }
                }
            }
        }
    }
}

fn column(setting: &Setting, answer: &SearchAnswer, bar: &Bar, x: usize, step: usize, most: u64) -> Markup {
    if bar.number == 0 {
        return html! {};
    }
    let share = usize::try_from(bar.number.saturating_mul(HEIGHT as u64 - 6) / most).unwrap_or(HEIGHT).max(2);
    let words = format!("{}: {}", bar.time, grouped(bar.number));
    html! {
        a href=(address(setting, &bar.q, answer.as_)) aria-label=(words) {
            // What is clicked on is the whole column, so that low bars can be hit.
            rect x=(x) y="0" width=(step) height=(HEIGHT) fill="transparent" {}
            rect.bar x=(x) y=(HEIGHT - share) width=(step.saturating_sub(2).max(1)) height=(share) fill="currentColor" {}
            title { (words) }
        }
    }
}
