//! The page of one series of estimates: a range for each, over time, and a table with the words and who says so.

use axum::response::Html;
use jiff::civil::Date;
use maud::{Markup, html};
use sayso_linking::estimate::Point;

use super::frame::{Screen, Sheet, frame};
use super::link::Page;
use super::part;
use super::setting::Setting;
use crate::answer::estimate::EstimateAnswer;
use crate::answer::event::Asked;
use crate::desk::Desk;
use crate::extract::Segment;
use crate::fault::Fault;

const HEIGHT: f64 = 220.0;
const MARGIN: f64 = 14.0;

/// The page of a series.
pub(super) async fn estimate(desk: Desk, setting: Setting, Segment(id): Segment) -> Result<Html<String>, Fault> {
    let asked = id.clone();
    let answer = desk.ask(setting.as_of.clone(), move |reader| EstimateAnswer::of(reader, &asked)).await?;
    let (title, main) = match &answer {
        Asked::Stands(answer) => (part::headline(&answer.summary), main(&setting, answer)),
        Asked::Became(groups) => ("A series that is no more".to_owned(), super::relations::became(&setting, &id, groups)),
    };
    let sheet = Sheet { title: &title, screen: Screen::Search, styles: &["chart.css", "relations.css"], modules: &["evidence.mjs"], main };
    Ok(frame(&setting, sheet))
}

fn main(setting: &Setting, answer: &EstimateAnswer) -> Markup {
    let series = &answer.series;
    html! {
        article data-preview {
            h1 dir="auto" { (part::headline(&answer.summary)) }
            p.lead {
                @for (at, party) in series.key.parties.iter().enumerate() {
                    @if at > 0 { ", " }
                    @match &party.actor_id { Some(id) => a href=(setting.to(Page::Actor, id)) { (party.name) }, None => (party.name) }
                }
                @if let Some(country) = &series.key.country { (country) }
                " · " (counted(series.points.len(), "estimate", "estimates")) ", "
                (counted(series.independence.sources.len(), "independent source", "independent sources"))
            }
            (chart(&series.points))
            (table(setting, answer))
            section aria-labelledby="sources-heading" {
                h2 #sources-heading { "Who tells it independently" }
                ul { @for source in &series.independence.sources { li dir="auto" { strong { (source.name) } ": " (source.why) } } }
            }
        }
    }
}

fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

/// Where numbers and days lie in the chart.
struct Scale {
    first: Date,
    hours: f64,
    most: f64,
    /// Whether each step upward is ten times as much.
    by_tens: bool,
}

impl Scale {
    fn of(points: &[Point]) -> Option<Scale> {
        let days: Vec<Date> = points.iter().filter_map(|point| point.day).collect();
        let (first, last) = (*days.iter().min()?, *days.iter().max()?);
        let numbers = || points.iter().flat_map(|point| [point.numbers.lowest(), point.numbers.highest()]).flatten();
        let (least, most) = (numbers().min()?, numbers().max()?);
        Some(Scale { first, hours: hours(first, last).max(24.0), most: (most.max(1)) as f64, by_tens: most / least.max(1) >= 50 })
    }

    fn x(&self, day: Date) -> f64 {
        4.0 + 92.0 * hours(self.first, day) / self.hours
    }

    fn y(&self, number: u64) -> f64 {
        let number = number as f64;
        let share = if self.by_tens { (number + 1.0).ln() / (self.most + 1.0).ln() } else { number / self.most };
        HEIGHT - MARGIN - (HEIGHT - 2.0 * MARGIN) * share
    }

    /// The numbers at which lines are drawn.
    fn marks(&self) -> Vec<u64> {
        let most = self.most as u64;
        if self.by_tens {
            return std::iter::successors(Some(1_u64), |mark| mark.checked_mul(10)).take_while(|mark| *mark <= most).collect();
        }
        let mut marks = vec![0, most / 2, most];
        marks.dedup();
        marks
    }
}

fn hours(from: Date, to: Date) -> f64 {
    to.duration_since(from).as_hours() as f64
}

fn chart(points: &[Point]) -> Markup {
    let Some(scale) = Scale::of(points) else { return html! { p.quiet { "No estimate here has a day; the table tells them." } } };
    let last = points.iter().filter_map(|point| point.day).max().unwrap_or(scale.first);
    html! {
        section aria-labelledby="chart-heading" {
            h2 #chart-heading { "Over time" @if scale.by_tens { small { " each line is ten times the one below" } } }
            svg.ranges width="100%" height=(HEIGHT) role="img" aria-label="Estimates over time; the table below tells the same" {
                @for mark in scale.marks() {
                    line x1="0" x2="100%" y1=(scale.y(mark)) y2=(scale.y(mark)) stroke="currentColor" stroke-opacity=".2" {}
                    text x="2" y=(scale.y(mark) - 3.0) font-size="11" fill="currentColor" { (mark) }
                }
                @for point in points { (range(&scale, point)) }
            }
            div.axis aria-hidden="true" { span { (scale.first) } span { (last) } }
            p.chart-key { "● most likely · bar from lowest to highest · arrow: no bound is told on that side" }
        }
    }
}

fn range(scale: &Scale, point: &Point) -> Markup {
    let (Some(day), numbers) = (point.day, point.numbers) else { return html! {} };
    let (Some(low), Some(high)) = (numbers.lowest(), numbers.highest()) else { return html! {} };
    let x = format!("{:.2}%", scale.x(day));
    let words = format!("{day}: {} ({})", point.text, point.informant);
    html! {
        svg x=(x) y="0" overflow="visible" {
            title { (words) }
            line x1="0" x2="0" y1=(scale.y(low)) y2=(scale.y(high)) stroke="currentColor" stroke-width="3" {}
            @if numbers.low.is_some() || numbers.best.is_some() { path d=(format!("M-5 {0:.1} H5", scale.y(low))) stroke="currentColor" stroke-width="2" {} }
            @else { path d=(format!("M-5 {0:.1} L0 {1:.1} L5 {0:.1}", scale.y(high) + 14.0, scale.y(high) + 22.0)) fill="none" stroke="currentColor" stroke-width="2" {} }
            @if numbers.high.is_some() || numbers.best.is_some() { path d=(format!("M-5 {0:.1} H5", scale.y(high))) stroke="currentColor" stroke-width="2" {} }
            @else { path d=(format!("M-5 {0:.1} L0 {1:.1} L5 {0:.1}", scale.y(low) - 6.0, scale.y(low) - 14.0)) fill="none" stroke="currentColor" stroke-width="2" {} }
            @if let Some(best) = numbers.best { circle cx="0" cy=(scale.y(best)) r="5" fill="currentColor" {} }
        }
    }
}

fn table(setting: &Setting, answer: &EstimateAnswer) -> Markup {
    let number = |number: Option<u64>| number.map(|number| number.to_string()).unwrap_or_default();
    html! {
        div.scrolls {
            table.documents.estimates {
                thead { tr { th { "Day" } th { "In the words" } th.number { "Lowest" } th.number { "Most likely" } th.number { "Highest" } th { "Who says so" } th { "Sentence" } } }
                tbody {
                    @for point in &answer.series.points {
                        @let told = answer.told.iter().find(|told| told.statement == point.statement);
                        tr.evidence {
                            td data-label="Day" { @if let Some(day) = point.day { (day) } @else { span.unknown { "not known" } } @if point.time.is_none() { " " small { "as published" } } }
                            td data-label="Words" dir="auto" { q { (point.text) } }
                            td.number data-label="Lowest" { (number(point.numbers.low)) }
                            td.number data-label="Likely" { (number(point.numbers.best)) }
                            td.number data-label="Highest" { (number(point.numbers.high)) }
                            td data-label="Who" dir="auto" { (point.informant) @if told.is_some_and(|told| told.source.is_none()) { " " small { "adds no source" } } }
                            td data-label="Sentence" dir="auto" {
                                @if let Some(told) = told {
                                    a.words href=(setting.to(Page::Statement, &told.statement)) { (told.sentence) }
                                    " — " a href=(setting.to(Page::Document, &told.document)) { (told.title) }
                                    @if let Some(publisher) = &told.publisher { ", " (publisher) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
