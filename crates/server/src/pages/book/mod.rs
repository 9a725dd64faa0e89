//! The pages of the record book.

mod codebook;
mod decision;
mod differing;
mod imports;
mod log;
mod release;
mod runs;
mod sources;

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use maud::{Markup, html};
use serde_json::Value;

use super::frame::{Screen, Sheet, frame};
use super::link::segment;
use super::setting::Setting;
use crate::desk::Desk;

/// The routes of the record book's pages.
pub(super) fn router() -> Router<Desk> {
    Router::new()
        .route("/book", get(log::log))
        .route("/book/decision/{number}", get(decision::decision))
        .route("/book/releases", get(release::releases))
        .route("/book/diff", get(differing::diff))
        .route("/book/sources", get(sources::sources))
        .route("/book/runs", get(runs::runs))
        .route("/book/imports", get(imports::imports))
        .route("/book/imports/{number}", get(imports::comparison))
        .route("/book/codebook", get(codebook::codebook))
        .route("/history/{id}", get(decision::history))
}

/// The parts of the book, each with its address.
const PARTS: [(&str, &str); 8] = [
    ("Log", "/book"),
    ("Releases", "/book/releases"),
    ("Differences", "/book/diff"),
    ("Sources", "/book/sources"),
    ("Readings", "/book/runs"),
    ("Imports", "/book/imports"),
    ("Codebook", "/book/codebook"),
    ("People", "/book/people"),
];

/// A page of the book; `here` is the address of its part.
fn sheet(setting: &Setting, title: &str, here: &str, main: &Markup) -> Html<String> {
    let main = html! {
        article.book data-preview {
            nav.parts aria-label="Record book" {
                ul { @for (name, address) in PARTS { li { a href=(setting.at(address)) aria-current=[(address == here).then_some("page")] { (name) } } } }
            }
            h1 { (title) }
            (main)
        }
    };
    frame(setting, Sheet { title, screen: Screen::Book, styles: &["book.css"], modules: &["book.mjs"], main })
}

/// A time as people read it, to the minute.
fn time(at: &str) -> Markup {
    let told = at.get(..16).map_or_else(|| at.to_owned(), |minute| minute.replace('T', " "));
    html! { time datetime=(at) { (told) } }
}

/// A link to the next page of a list, with the page's own query but for where it begins.
fn more(setting: &Setting, next: Option<&str>) -> Markup {
    html! { @if let Some(next) = next { p.turning { a rel="next" href=(turned(setting, "after", next)) { "More" } } } }
}

/// The page's own address with a parameter set to something else.
fn turned(setting: &Setting, name: &str, value: &str) -> String {
    let (path, query) = setting.address.split_once('?').unwrap_or((&setting.address, ""));
    let rest: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with(&format!("{name}="))).collect();
    let rest = if rest.is_empty() { String::new() } else { format!("{}&", rest.join("&")) };
    format!("{path}?{rest}{name}={}", segment(value))
}

/// A value as a person reads it.
fn value(value: &Value) -> String {
    match value {
        Value::Null => "unknown".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The address of what an id is of: an event, relation or series, else a statement.
fn address(setting: &Setting, id: &str) -> String {
    let page = match id.get(..2) {
        Some("e-") => super::link::Page::Event,
        Some("r-") => super::link::Page::Relation,
        Some("n-") => super::link::Page::Estimate,
        _ => super::link::Page::Statement,
    };
    setting.to(page, id)
}
