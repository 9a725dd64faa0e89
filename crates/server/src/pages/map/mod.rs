//! The page of the map: what is asked, how many events that is, the bar of time, and the table that tells the same as the map. All of it
//! reads without script; `ui/map.mjs` draws the map and keeps all in step.

mod filters;
mod legend;
mod time;

use axum::response::Html;
use form_urlencoded::Serializer;
use maud::{Markup, html};

use super::frame::{Screen, Sheet, frame};
use super::link::Page;
use super::part;
use super::setting::Setting;
use crate::answer::map::{MapAnswer, MapAsked, MapEvent, Precision};
use crate::desk::Desk;
use crate::extract::Asked;
use crate::fault::Fault;

/// The map and the bar of time.
pub(super) async fn map(desk: Desk, setting: Setting, Asked(asked): Asked<MapAsked>) -> Result<Html<String>, Fault> {
    let question = asked.question()?;
    let answer = desk.ask(setting.as_of.clone(), move |reader| MapAnswer::of(reader, &question)).await?;
    let has_tiles = desk.tiles().is_some();
    let sheet = Sheet {
        title: "Map and time",
        screen: Screen::Map,
        styles: &["vendor/maplibre-gl/maplibre-gl.css", "chart.css", "map.css"],
        modules: &["map.mjs"],
        main: main(&setting, &asked, &answer, has_tiles),
    };
    Ok(frame(&setting, sheet))
}

fn main(setting: &Setting, asked: &MapAsked, answer: &MapAnswer, has_tiles: bool) -> Markup {
    html! {
        h1 { "Map and time" }
        (filters::form(setting, asked))
        div.beside {
            div.sheet {
                section #map-section aria-label="Map" {
                    div #map data-tiles[has_tiles] {
                        p.quiet #map-waits { "The map is drawn by script. Without it, the table below tells the same." }
                    }
                    (legend::legend())
                }
                div #in-step { (in_step(setting, asked, answer)) }
            }
            aside #preview aria-label="Preview" tabindex="-1" hidden {}
        }
    }
}

/// What changes with the box and the stretch of time.
fn in_step(setting: &Setting, asked: &MapAsked, answer: &MapAnswer) -> Markup {
    html! {
        (counted(setting, asked, answer))
        (time::bar(setting, asked, &answer.time))
        section aria-labelledby="events-heading" data-preview {
            h2 #events-heading { (answer.counts.listed) " " (listed_words(asked)) }
            (table(setting, answer))
            nav.turning aria-label="Pages" {
                @if !asked.after.is_empty() { a href=(address(setting, asked, &[("after", "")])) { "First page" } }
                @if let Some(next) = &answer.next { a rel="next" href=(address(setting, asked, &[("after", next)])) { "Next page" } }
                a href=(setting.at(&format!("/api/v1/map?{}&format=geojson", query(asked, &[("after", "")])))) { "GeoJSON of this list" }
            }
        }
    }
}

fn listed_words(asked: &MapAsked) -> &'static str {
    match (asked.when.as_str(), asked.place.as_str()) {
        ("none", _) => "events without a known time",
        (_, "country") => "events known only to a country",
        (_, "none") => "events without a place",
        (_, "" | "box") if asked.bbox.is_empty() => "events",
        (_, "" | "box") => "events in this part of the map",
        _ => "events at this place",
    }
}

/// How many events there are, and of how many it cannot be said where or when: nothing is left out silently.
fn counted(setting: &Setting, asked: &MapAsked, answer: &MapAnswer) -> Markup {
    let counts = &answer.counts;
    let timed = !(asked.since.is_empty() && asked.until.is_empty());
    let list = |number: u64, changes: &[(&str, &str)]| html! { a href=(address(setting, asked, changes)) { (number) } };
    html! {
        p #counted {
            strong { (list(counts.in_box, &[("place", ""), ("when", ""), ("after", "")])) } " events have a place in this part of the map. "
            @if counts.elsewhere > 0 {
                (list(counts.elsewhere, &[("bbox", ""), ("place", ""), ("when", ""), ("after", "")])) " more lie elsewhere. "
            }
            @if counts.country_only > 0 {
                (list(counts.country_only, &[("place", "country"), ("when", ""), ("after", "")])) " are known only to a country, which is hatched. "
            }
            @if counts.without_place > 0 { (list(counts.without_place, &[("place", "none"), ("when", ""), ("after", "")])) " have no place. " }
            @if counts.without_time > 0 {
                (list(counts.without_time, &[("when", "none"), ("after", "")]))
                @if timed { " have no known time, and so cannot be in this stretch of it. " }
                @else { " have no known time, and are not in the bar of time. " }
            }
            @if answer.gathered { "Near places are drawn as one; come nearer to see each. " }
        }
    }
}

fn table(setting: &Setting, answer: &MapAnswer) -> Markup {
    if answer.events.is_empty() {
        return html! {
            p.empty { "No event is like this. Take out a filter, move the map, or see above how many lie elsewhere or cannot be placed." }
        };
    }
    html! {
        table.documents.events {
            thead { tr { th { "When" } th { "What" } th { "Where" } th { "How sure the place is" } th { "How far established" } th.number { "Sources" } } }
            tbody { @for one in &answer.events { (row(setting, one)) } }
        }
    }
}

fn row(setting: &Setting, one: &MapEvent) -> Markup {
    let event = &one.event;
    let counts = part::counts(event);
    html! {
        tr data-event=(event.id) {
            td data-label="When" { @if let Some(when) = part::when(event) { (when) } @else { span.unknown { "not known" } } }
            td.title dir="auto" {
                a href=(setting.to(Page::Event, &event.id)) { (part::headline(event)) }
                @for count in &counts { " " span.count { (count) } }
            }
            td data-label="Where" dir="auto" { @if let Some(place) = part::place(event) { (place) } @else { span.unknown { "not known" } } }
            td data-label="How sure" { @match one.precision { Some(precision) => (legend::short(precision)), None => span.unknown { "no place" } } }
            td data-label="Established" { @if let Some(status) = &event.status { (part::status(status)) } }
            td.number data-label="Sources" { (event.sources) }
        }
    }
}

/// The fields of a question as they stand in an address.
fn fields(asked: &MapAsked) -> [(&'static str, &str); 11] {
    [
        ("bbox", &asked.bbox),
        ("type", &asked.type_code),
        ("country", &asked.country),
        ("actor", &asked.actor),
        ("status", &asked.status),
        ("since", &asked.since),
        ("until", &asked.until),
        ("times", &asked.times),
        ("place", &asked.place),
        ("when", &asked.when),
        ("after", &asked.after),
    ]
}

fn query(asked: &MapAsked, changes: &[(&str, &str)]) -> String {
    let mut query = Serializer::new(String::new());
    for (name, value) in fields(asked) {
        let value = changes.iter().find(|(changed, _)| *changed == name).map_or(value, |(_, value)| value);
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    query.finish()
}

/// The address of this page with some fields otherwise.
fn address(setting: &Setting, asked: &MapAsked, changes: &[(&str, &str)]) -> String {
    setting.at(&format!("/map?{}", query(asked, changes)))
}

/// A precision in a word or two.
fn word(precision: Precision) -> &'static str {
    match precision {
        Precision::Exact => "exact",
        Precision::Near => "near it",
        Precision::District => "district only",
        Precision::Province => "province only",
        Precision::Region => "region only",
        Precision::Unsaid => "not said",
        Precision::Country => "country only",
    }
}
