//! Under which names does an actor go, and when? A table with a bar for each name that has dates.

use maud::{Markup, html};

use crate::answer::actor::{ActorAnswer, Holds, RegistryActor, RegistryTie, Way};
use crate::pages::link::Page;
use crate::pages::setting::Setting;

/// The width of the strip of bars.
const WIDTH: f64 = 120.0;

/// Names and ties of the registry.
pub(super) fn section(setting: &Setting, answer: &ActorAnswer) -> Markup {
    html! {
        section #names aria-labelledby="names-heading" {
            h2 #names-heading { "Names" }
            @match &answer.registry {
                Some(registry) => (table(registry)),
                None => p.empty {
                    "The registry does not have this actor; its name is as reports write it. Judge it the same as one that the registry has, below, "
                    "or add it to a registry of your own: " code { "sayso read --registry FILE" } "."
                },
            }
        }
        @if let Some(registry) = &answer.registry { @if !registry.ties.is_empty() { (ties(setting, registry)) } }
    }
}

fn table(registry: &RegistryActor) -> Markup {
    let years = bounds(registry);
    html! {
        table.plain {
            thead { tr { th scope="col" { "Name" } th scope="col" { "Kind" } th scope="col" { "In use" } } }
            tbody {
                @for name in &registry.names {
                    tr {
                        td dir="auto" { (name.text) @if name.common { " " small { "an ordinary word too" } } }
                        td { (name.kind.as_str()) }
                        td {
                            @match span(&name.holds) {
                                Some(span) => { (span) @if let Some(years) = years { (bar(&name.holds, years)) } }
                                None => span.unknown { "no dates known" },
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Between which dates something holds: "2014-06-29 to 2017", "from 2014"; `None` where neither is known.
pub(super) fn span(holds: &Holds) -> Option<String> {
    match (&holds.from, &holds.until) {
        (Some(from), Some(until)) => Some(format!("{from} to {until}")),
        (Some(from), None) => Some(format!("from {from}")),
        (None, Some(until)) => Some(format!("until {until}")),
        (None, None) => None,
    }
}

/// The first and last year of all names' dates.
fn bounds(registry: &RegistryActor) -> Option<(f64, f64)> {
    let dates = registry.names.iter().map(|name| &name.holds).chain([&registry.holds]);
    let years: Vec<f64> = dates.flat_map(|holds| [&holds.from, &holds.until]).flatten().filter_map(|date| year(date)).collect();
    let first = years.iter().copied().fold(f64::INFINITY, f64::min);
    let last = years.iter().copied().fold(f64::NEG_INFINITY, f64::max) + 1.0;
    (last - first >= 1.0).then_some((first, last))
}

fn year(date: &str) -> Option<f64> {
    date.get(..4)?.parse().ok()
}

/// The validity of a name as a bar; open ends have no cap.
fn bar(holds: &Holds, (first, last): (f64, f64)) -> Markup {
    let at = |year: f64| (year - first) / (last - first) * WIDTH;
    let from = holds.from.as_deref().and_then(year).map_or(0.0, at);
    let until = holds.until.as_deref().and_then(year).map_or(WIDTH, |year| at(year + 1.0));
    html! {
        svg.validity viewBox=(format!("0 0 {WIDTH} 8")) width=(WIDTH) height="8" aria-hidden="true" {
            line.axis x1="0" y1="4" x2=(WIDTH) y2="4" {}
            rect.held x=(format!("{from:.1}")) y="1" width=(format!("{:.1}", (until - from).max(2.0))) height="6" {}
        }
    }
}

fn ties(setting: &Setting, registry: &RegistryActor) -> Markup {
    html! {
        section #ties aria-labelledby="ties-heading" {
            h2 #ties-heading { "Parents, factions, successors" small { " by the registry" } }
            ul.lines {
                @for tie in &registry.ties {
                    li {
                        (tie_words(setting, tie))
                        @if let Some(span) = span(&tie.holds) { " " small { (span) } }
                    }
                }
            }
        }
    }
}

/// A tie as it reads: "part of X", "X is part of it".
fn tie_words(setting: &Setting, tie: &RegistryTie) -> Markup {
    let kind = tie.kind.as_str().replace('_', " ");
    let other = html! { a href=(setting.to(Page::Actor, &tie.id)) dir="auto" { (tie.name) } };
    html! {
        @match tie.direction {
            Way::Outward => { (kind) " " (other) },
            Way::Inward => { (other) " " span.quiet { "(" (kind) " it)" } },
        }
    }
}
