//! How strong is an actor told to be? A plot of each series with its table.

use maud::{Markup, html};
use sayso::marks::range;

use super::plot::plot;
use crate::answer::actor::{Point, Series};
use crate::pages::link::Page;
use crate::pages::part::badge;
use crate::pages::setting::Setting;

/// The series, each as a plot and a table.
pub(super) fn section(setting: &Setting, series: &[Series]) -> Markup {
    html! {
        section #strength aria-labelledby="strength-heading" {
            h2 #strength-heading { "Strength and other numbers" }
            @if series.is_empty() { p.quiet { "No report in this record says how many it has, or what is counted of it." } }
            @for one in series { (figure(setting, one)) }
        }
    }
}

fn figure(setting: &Setting, series: &Series) -> Markup {
    let title = title(series);
    html! {
        figure.series {
            figcaption { a href=(setting.to(Page::Estimate, &series.summary.id)) { (title) } " " small { (series.summary.sources) " independent sources, " (series.summary.documents) " reports" } }
            (plot(setting, &title, &series.points))
            table.plain {
                thead { tr { th scope="col" { "Day" } th scope="col" { "As told" } th scope="col" { "Means" } th scope="col" { "Who says so" } } }
                tbody { @for point in &series.points { (row(setting, point)) } }
            }
            @if series.more { p { a href=(setting.to(Page::Estimate, &series.summary.id)) { "All that is told of it" } } }
        }
    }
}

/// "strength", or "killed" with whom it is counted together.
fn title(series: &Series) -> String {
    let names: Vec<&str> = series.summary.parties.iter().map(|party| party.name.as_str()).collect();
    let of = series.summary.type_code.replace('_', " ");
    if names.len() > 1 { format!("{of} of {} together", names.join(" and ")) } else { of }
}

fn row(setting: &Setting, point: &Point) -> Markup {
    html! {
        tr {
            td { (point.day.as_deref().unwrap_or("unknown")) @if point.time.is_none() && point.day.is_some() { " " small { "published" } } }
            td dir="auto" {
                a href=(setting.to(Page::Statement, &point.statement)) { (point.words) }
                @if point.negated { " " (badge("negated", "said not to be so")) }
                @if let Some(hedge) = &point.hedge { " " (badge("unsure", &format!("{} (“{hedge}”)", point.modality.as_str()))) }
            }
            td { (range(point.low, point.best, point.high)) " " small { (point.rule) } }
            td dir="auto" {
                @if let Some(by) = &point.said_by { (by) ", in " }
                a href=(setting.to(Page::Document, &point.document)) { (point.publisher.as_deref().or(point.title.as_deref()).unwrap_or(&point.document)) }
            }
        }
    }
}
