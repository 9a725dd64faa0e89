//! An actor's relations through time: a lane each, drawn so that what is told and what is only cited differ in shape, and a table that
//! tells the same.

use jiff::civil::Date;
use maud::{Markup, html};
use sayso::types::Edtf;
use sayso_linking::relation::Period;

use crate::answer::relations::{Lane, NetworkAsked, Timeline};
use crate::pages::link::Page;
use crate::pages::part;
use crate::pages::setting::Setting;

/// The stretch of time that all lanes show.
struct Axis {
    first: Date,
    days: f64,
}

impl Axis {
    fn of(timeline: &Timeline) -> Option<Axis> {
        let first: Date = timeline.first.as_ref()?.parse().ok()?;
        let last: Date = timeline.last.as_ref()?.parse().ok()?;
        let days = hours(first, last) / 24.0;
        // A margin on both sides, so that marks at the ends are whole.
        let margin = (days * 0.03).max(15.0);
        let first = first.saturating_add(jiff::SignedDuration::from_hours(-(margin * 24.0) as i64));
        Some(Axis { first, days: days + 2.0 * margin })
    }

    /// Where a day lies, in percent.
    fn at(&self, day: Date) -> f64 {
        (100.0 * hours(self.first, day) / 24.0 / self.days).clamp(0.0, 100.0)
    }

    /// The years of which a line is drawn.
    fn years(&self) -> Vec<(i16, f64)> {
        let last = self.first.saturating_add(jiff::SignedDuration::from_hours((self.days * 24.0) as i64));
        let step = (i32::from(last.year() - self.first.year()) / 8 + 1) as i16;
        let begins = |year: i16| Date::new(year, 1, 1).ok().filter(|day| *day >= self.first && *day <= last);
        (self.first.year()..=last.year()).filter(|year| year % step == 0).filter_map(|year| Some((year, self.at(begins(year)?)))).collect()
    }
}

fn hours(from: Date, to: Date) -> f64 {
    to.duration_since(from).as_hours() as f64
}

pub(super) fn section(setting: &Setting, asked: &NetworkAsked, timeline: &Timeline) -> Markup {
    html! {
        section #lanes aria-labelledby="lanes-heading" {
            h2 #lanes-heading { "Through time" }
            @if timeline.lanes.is_empty() {
                p.empty { "This record tells of no such relation. The id of an actor stands on its page; the list of all relations shows who has some." }
            } @else {
                @if timeline.more { p.quiet { "The " (timeline.lanes.len()) " told last; choose a relation above to see others." } }
                @if let Some(axis) = Axis::of(timeline) {
                    (patterns())
                    div.lanes #lane-chart role="group" aria-label="Lanes of time; the table below tells the same" data-first=(timeline.first.as_deref().unwrap_or("")) data-last=(timeline.last.as_deref().unwrap_or("")) {
                        (years(&axis))
                        @for lane in &timeline.lanes { (drawn(setting, asked, &axis, lane)) }
                    }
                    (key())
                }
                (table(setting, timeline))
            }
        }
    }
}

/// What fills the bar of each kind of relation; a kind has its own pattern, so that none is told by colour.
fn patterns() -> Markup {
    html! {
        svg.patterns width="0" height="0" aria-hidden="true" focusable="false" {
            defs {
                pattern id="friend" width="8" height="8" patternUnits="userSpaceOnUse" { rect width="8" height="8" fill="currentColor" {} }
                pattern id="foe" width="10" height="10" patternUnits="userSpaceOnUse" { path d="M0 10 L5 0 L10 10" fill="none" stroke="currentColor" stroke-width="2" {} }
                pattern id="member" width="8" height="10" patternUnits="userSpaceOnUse" { path d="M0 2 H8 M0 8 H8" fill="none" stroke="currentColor" stroke-width="2.5" {} }
                pattern id="backer" width="8" height="8" patternUnits="userSpaceOnUse" { path d="M-2 10 L10 -2 M-2 2 L2 -2 M6 10 L10 6" fill="none" stroke="currentColor" stroke-width="2" {} }
                pattern id="master" width="6" height="8" patternUnits="userSpaceOnUse" { path d="M3 0 V8" fill="none" stroke="currentColor" stroke-width="2.5" {} }
                pattern id="other" width="7" height="10" patternUnits="userSpaceOnUse" { circle cx="3.5" cy="5" r="2" fill="currentColor" {} }
            }
        }
    }
}

/// The pattern of a type of relation, and what it stands for.
fn pattern(type_code: &str) -> &'static str {
    match type_code {
        "allied_with" => "friend",
        "rival_of" | "splinter_of" | "distinct_from" => "foe",
        "part_of" | "merged_into" | "pledged_allegiance_to" => "member",
        "supports" | "depends_on" | "delegates_to" => "backer",
        "directs" | "leads" | "influences" => "master",
        _ => "other",
    }
}

fn years(axis: &Axis) -> Markup {
    html! {
        div.lane.years aria-hidden="true" {
            div.lane-name {}
            svg.strip width="100%" height="20" focusable="false" {
                @for (year, at) in axis.years() { text x=(percent(at)) y="14" text-anchor="middle" font-size="12" fill="currentColor" { (year) } }
            }
        }
    }
}

fn percent(at: f64) -> String {
    format!("{at:.2}%")
}

fn drawn(setting: &Setting, asked: &NetworkAsked, axis: &Axis, lane: &Lane) -> Markup {
    let on = asked.on.trim().parse::<Edtf>().ok().and_then(|date| date.latest());
    html! {
        div.lane {
            div.lane-name dir="auto" {
                a href=(setting.to(Page::Relation, &lane.relation.id)) { (part::headline(&lane.relation)) }
                @if !lane.turns.is_empty() { " " span.badge.turned { "⚑ turned" } }
                @if lane.denied > 0 { " " span.badge.negated { (lane.denied) " deny it" } }
            }
            svg.strip width="100%" height="34" focusable="false" role="img" aria-label=(spoken(lane)) {
                @for (_, at) in axis.years() { line x1=(percent(at)) x2=(percent(at)) y1="0" y2="34" stroke="currentColor" stroke-opacity=".15" {} }
                @for (number, period) in lane.periods.iter().enumerate() {
                    (period_drawn(axis, period, &lane.relation.type_code, number + 1 == lane.periods.len()))
                }
                @for turn in &lane.turns {
                    @if let Some(day) = turn.day {
                        svg x=(percent(axis.at(day))) y="0" overflow="visible" {
                            title { (turn.why) }
                            path d="M0 34 V0 L9 4 L0 8" fill="currentColor" stroke="currentColor" {}
                        }
                    }
                }
                @if let Some(on) = on { line.on x1=(percent(axis.at(on))) x2=(percent(axis.at(on))) y1="0" y2="34" stroke="currentColor" stroke-width="2" stroke-dasharray="4 3" {} }
            }
        }
    }
}

/// The first day that a told time can mean, and the last.
fn told(text: Option<&String>) -> Option<(Date, Date)> {
    let date: Edtf = text?.parse().ok()?;
    Some((date.earliest().or(date.latest())?, date.latest().or(date.earliest())?))
}

fn period_drawn(axis: &Axis, period: &Period, type_code: &str, is_last: bool) -> Markup {
    let (start, end) = (told(period.start.as_ref()), told(period.end.as_ref()));
    let from = start.map(|(first, _)| first).into_iter().chain(period.first_cited).min();
    let to = end.map(|(_, last)| last).into_iter().chain(period.last_cited).max();
    let (Some(from), Some(to)) = (from, to) else { return html! {} };
    let (x, until) = (axis.at(from), axis.at(to));
    let fill = format!("url(#{})", pattern(type_code));
    let dashes = if start.is_some() && period.ended { "" } else { "4 3" };
    html! {
        rect x=(percent(x)) y="11" width=(percent((until - x).max(0.4))) height="12" fill=(fill) fill-opacity=".75" stroke="currentColor" stroke-dasharray=(dashes) {}
        @if !period.ended && is_last {
            line x1=(percent(until)) x2="100%" y1="17" y2="17" stroke="currentColor" stroke-width="1.5" stroke-dasharray="1 5" { title { "Nobody told its end" } }
        }
        @if let Some(day) = period.first_cited { (mark(axis, day, "first cited", "M-5 0 A5 5 0 1 1 5 0 A5 5 0 1 1 -5 0 Z", "none")) }
        @if let Some(day) = period.last_cited { (mark(axis, day, "last cited", "M0 -6 L6 0 L0 6 L-6 0 Z", "none")) }
        @if let Some((day, _)) = start { (mark(axis, day, "start, as told", "M-2 -13 H2 V13 H-2 Z M2 -5 L8 0 L2 5 Z", "currentColor")) }
        @if let Some((_, day)) = end { (mark(axis, day, "end, as told", "M-2 -13 H2 V13 H-2 Z M-2 -5 L-8 0 L-2 5 Z", "currentColor")) }
        @else if period.ended { (mark(axis, to, "told to have ended", "M-5 -5 L5 5 M-5 5 L5 -5", "none")) }
    }
}

fn mark(axis: &Axis, day: Date, words: &str, path: &str, fill: &str) -> Markup {
    html! {
        svg.mark x=(percent(axis.at(day))) y="17" overflow="visible" {
            title { (words) ": " (day) }
            path d=(path) fill=(fill) stroke="currentColor" stroke-width="1.8" {}
        }
    }
}

fn key() -> Markup {
    let sign = |path: &'static str, fill: &'static str, words: &'static str| {
        html! {
            li {
                svg.shape width="20" height="28" viewBox="-10 -14 20 28" aria-hidden="true" focusable="false" { path d=(path) fill=(fill) stroke="currentColor" stroke-width="1.8" {} }
                " " (words)
            }
        }
    };
    let filled = |id: &'static str, words: &'static str| {
        html! { li { svg.shape width="30" height="14" aria-hidden="true" focusable="false" { rect x="1" y="1" width="28" height="12" fill=(format!("url(#{id})")) stroke="currentColor" {} } " " (words) } }
    };
    html! {
        details.lane-key {
            summary { "What the shapes mean" }
            ul.legend {
                (sign("M-5 0 A5 5 0 1 1 5 0 A5 5 0 1 1 -5 0 Z", "none", "first cited"))
                (sign("M0 -6 L6 0 L0 6 L-6 0 Z", "none", "last cited"))
                (sign("M-2 -13 H2 V13 H-2 Z M2 -5 L8 0 L2 5 Z", "currentColor", "start, as a report tells it"))
                (sign("M-2 -13 H2 V13 H-2 Z M-2 -5 L-8 0 L-2 5 Z", "currentColor", "end, as a report tells it"))
                (sign("M-5 -5 L5 5 M-5 5 L5 -5", "none", "told to have ended, on no day that is told"))
                (sign("M-6 14 V-12 L3 -8 L-6 -4", "currentColor", "friends became enemies, or enemies friends"))
                (filled("friend", "allied"))
                (filled("foe", "rival, splinter, distinct"))
                (filled("member", "part of, merged, pledged"))
                (filled("backer", "supports, depends, delegates"))
                (filled("master", "directs, leads, influences"))
                (filled("other", "linked, also known as"))
                li { "dashed border: start or end is only known from reports of it" }
                li { "dots to the right: nobody told its end" }
            }
        }
    }
}

/// A lane in words.
fn spoken(lane: &Lane) -> String {
    if lane.periods.is_empty() {
        return "only denied or planned".to_owned();
    }
    lane.periods.iter().map(in_words).collect::<Vec<_>>().join("; then ")
}

/// A period in words.
pub(super) fn in_words(period: &Period) -> String {
    let cited = match (period.first_cited, period.last_cited) {
        (Some(first), Some(last)) if first == last => format!("cited {first}"),
        (Some(first), Some(last)) => format!("cited {first} to {last}"),
        _ => "cited on no known day".to_owned(),
    };
    let start = period.start.as_ref().map(|start| format!("began {start}, ")).unwrap_or_default();
    let end = match (&period.end, period.ended) {
        (Some(end), _) => format!(", ended {end}"),
        (None, true) => ", told to have ended".to_owned(),
        (None, false) => ", no end told".to_owned(),
    };
    format!("{start}{cited}{end}")
}

fn table(setting: &Setting, timeline: &Timeline) -> Markup {
    html! {
        details #lane-table open[Axis::of(timeline).is_none()] {
            summary { "The same as a table" }
            div.scrolls {
                table.documents.periods {
                    thead { tr { th { "Relation" } th { "First cited" } th { "Start" } th { "Last cited" } th { "End" } th.number { "Sources" } th.number { "Deny it" } th { "Turned" } } }
                    tbody { @for lane in &timeline.lanes { (rows(setting, lane)) } }
                }
            }
        }
    }
}

fn rows(setting: &Setting, lane: &Lane) -> Markup {
    let none = [Period::default()];
    let periods: &[Period] = if lane.periods.is_empty() { &none } else { &lane.periods };
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    html! {
        @for (number, period) in periods.iter().enumerate() {
            tr data-open=(setting.to(Page::Relation, &lane.relation.id)) {
                td.title dir="auto" {
                    a href=(setting.to(Page::Relation, &lane.relation.id)) { (part::headline(&lane.relation)) }
                    @if periods.len() > 1 { " (period " (number + 1) ")" }
                    @if lane.periods.is_empty() { " (only denied or planned)" }
                }
                td data-label="First cited" { (day(period.first_cited)) }
                td data-label="Start" { (period.start.as_deref().unwrap_or("")) }
                td data-label="Last cited" { (day(period.last_cited)) }
                td data-label="End" { @if let Some(end) = &period.end { (end) } @else if period.ended { "told, on no day" } }
                td.number data-label="Sources" { (lane.relation.sources) }
                td.number data-label="Deny it" { (lane.denied) }
                td data-label="Turned" { @for turn in &lane.turns { (turn.why.replace('_', " ")) " " } }
            }
        }
    }
}
