//! The page of search: without a question what the record holds, with one what it finds. All of it reads and works without script.

mod chart;
mod facet;
mod form;
mod hit;
mod overview;

use axum::extract::Extension;
use axum::response::{Html, IntoResponse, Redirect, Response};
use form_urlencoded::Serializer;
use maud::{Markup, html};

use super::frame::{Screen, Sheet, frame};
use super::setting::Setting;
use crate::answer::saved::Kept;
use crate::answer::search::overview::Overview;
use crate::answer::search::{As, Asking, HITS, SearchAnswer, TallyTold, countries};
use crate::api::search::{Questioning, Searching, Turning};
use crate::desk::Desk;
use crate::extract::Asked;
use crate::fault::Fault;
use crate::people::access::Access;

const STYLES: &[&str] = &["search.css"];
const MODULES: &[&str] = &["search.mjs"];

/// The page of search.
pub(super) async fn search(
    desk: Desk,
    Extension(access): Extension<Access>,
    setting: Setting,
    Asked(questioning): Asked<Questioning>,
    Asked(searching): Asked<Searching>,
    Asked(turning): Asked<Turning>,
) -> Result<Response, Fault> {
    if questioning.has_fields() {
        // What the form adds is written into the question, so that the address is the whole of it.
        return Ok(Redirect::to(&address(&setting, &questioning.text(), searching.as_)).into_response());
    }
    let asks = !questioning.q.trim().is_empty() || setting.parameter("as").is_some();
    let main = if asks {
        let asking = Asking { q: questioning.q, as_: searching.as_, cursor: turning.cursor, limit: turning.limit.unwrap_or(HITS) };
        let written = asking.q.clone();
        let answer = desk.ask(setting.as_of.clone(), move |reader| SearchAnswer::of(reader, countries(), &asking)).await?;
        found(&setting, &written, &answer)
    } else {
        let overview = desk.ask(setting.as_of.clone(), Overview::of).await?;
        let kept = Kept::of(&access, &setting.person).await?;
        overview::overview(&setting, &overview, &kept)
    };
    Ok(page(&setting, main).into_response())
}

fn page(setting: &Setting, main: Markup) -> Html<String> {
    frame(setting, Sheet { title: "Search", screen: Screen::Search, styles: STYLES, modules: MODULES, main })
}

/// The address of a question's answer, looked at as of the same moment.
pub(super) fn address(setting: &Setting, q: &str, as_: As) -> String {
    let query = Serializer::new(String::new()).append_pair("q", q).append_pair("as", as_.as_str()).finish();
    setting.at(&format!("/?{query}"))
}

fn found(setting: &Setting, written: &str, answer: &SearchAnswer) -> Markup {
    html! {
        h1.hidden { "Search" }
        (form::form(setting, written, answer.as_))
        (form::remarks(answer))
        (tabs(setting, answer))
        div.searched data-search {
            aside.facets aria-label="Narrow the question" { (facet::facets(setting, answer)) }
            section.found aria-labelledby="found-heading" {
                h2 #found-heading { (heading(answer)) }
                (note(answer))
                (chart::histogram(setting, answer))
                @if answer.hits.is_empty() { (nothing(setting, answer)) }
                ol.hits.plain { @for hit in &answer.hits { (hit::hit(setting, hit)) } }
                (turning(setting, answer))
                (keeping(setting, answer))
            }
            aside.preview aria-label="Preview" hidden data-preview-pane {}
        }
    }
}

/// The kinds as which a question can be answered, with how many each has where that is known.
fn tabs(setting: &Setting, answer: &SearchAnswer) -> Markup {
    html! {
        nav.tabs aria-label="Show as" {
            ul.plain {
                @for each in As::ALL {
                    @let known = answer.kinds.iter().find(|kind| kind.as_ == each);
                    li {
                        a href=(address(setting, &answer.q, each)) aria-current=[(each == answer.as_).then_some("page")] {
                            (capital(each.as_str()))
                            @if let Some(kind) = known { " " span.number { (told(kind.tally)) } }
                        }
                    }
                }
            }
        }
    }
}

/// "1,204", or "10,000+" where there may be more.
pub(super) fn told(tally: TallyTold) -> String {
    format!("{}{}", grouped(tally.number), if tally.exact { "" } else { "+" })
}

/// A number with commas between thousands.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn heading(answer: &SearchAnswer) -> String {
    let as_ = answer.as_.as_str();
    let one = answer.tally.exact && answer.tally.number == 1;
    let as_ = if one { as_.strip_suffix('s').unwrap_or(as_) } else { as_ };
    let least = if answer.tally.exact { "" } else { "At least " };
    format!("{least}{} {as_}", grouped(answer.tally.number))
}

/// Of how many hits the numbers are, where not of all.
fn note(answer: &SearchAnswer) -> Markup {
    html! {
        @if !answer.tally.exact {
            p.quiet { "Counted were the 10,000 that come first; the list goes on to the last one. Narrow the question to count all." }
        }
    }
}

fn nothing(setting: &Setting, answer: &SearchAnswer) -> Markup {
    html! {
        div.empty {
            @if answer.next.is_some() {
                p { "None of the 10,000 looked at so far is meant; the next page looks further." }
            } @else {
                p { strong { "Nothing in this record is meant." } }
                ul {
                    li { "Ask with fewer words, or with the beginning of one: " code { "hosp*" } "." }
                    li { "Words must stand in one sentence; " code { "OR" } " between them asks for any." }
                    li {
                        "Look for it "
                        @for (at, each) in As::ALL.into_iter().filter(|each| *each != answer.as_).enumerate() {
                            @if at > 0 { ", " }
                            a href=(address(setting, &answer.q, each)) { "as " (each.as_str()) }
                        }
                        "."
                    }
                    @if setting.as_of.is_some() { li { "You look at the record as it stood earlier; it may have come in since." } }
                }
            }
        }
    }
}

fn turning(setting: &Setting, answer: &SearchAnswer) -> Markup {
    let here = address(setting, &answer.q, answer.as_);
    html! {
        nav.turning aria-label="Pages" {
            @if setting.parameter("cursor").is_some_and(|cursor| !cursor.is_empty()) { a href=(here) { "First page" } }
            @if let Some(next) = &answer.next {
                @let cursor = Serializer::new(String::new()).append_pair("cursor", next).finish();
                a rel="next" href=(format!("{here}&{cursor}")) { "Next page" }
            }
        }
    }
}

/// The forms of other programs: code, name, and what each holds.
const LEAVING: [(&str, &str, &str); 13] = [
    ("acled", "ACLED-shaped", "Events in ACLED's columns; not ACLED data"),
    ("ged", "GED-shaped", "Events with deaths in UCDP GED's columns; not UCDP data"),
    ("polecat", "POLECAT-shaped", "Stated events in POLECAT's columns; not POLECAT data"),
    ("geojson", "GeoJSON", "Events as points and areas"),
    ("gpkg", "GeoPackage", "Layers for QGIS"),
    ("kml", "KML", "For Google Earth"),
    ("graphml", "GraphML", "Relations"),
    ("gexf", "GEXF", "Relations in time, for Gephi"),
    ("stix", "STIX", "A bundle for OpenCTI and MISP"),
    ("ftm", "FollowTheMoney", "Entities for OpenAleph"),
    ("jsonld", "JSON-LD", "Linked data with the words"),
    ("markdown", "Brief", "With footnotes, as Markdown"),
    ("docx", "Brief for Word", "With footnotes"),
];

/// What can be done with the list: export, subscribe, keep.
fn keeping(setting: &Setting, answer: &SearchAnswer) -> Markup {
    let query = |pairs: &[(&str, &str)]| {
        let mut query = Serializer::new(String::new());
        query.append_pair("q", &answer.q).append_pair("as", answer.as_.as_str());
        pairs.iter().for_each(|(name, value)| {
            query.append_pair(name, value);
        });
        query.finish()
    };
    html! {
        section.keeping aria-label="This list" {
            p {
                "Export this list: "
                @for (format, name, more) in [("csv", "CSV", "no"), ("csv", "CSV for Excel", "yes"), ("xlsx", "XLSX", "no"), ("jsonl", "JSON lines", "no")] {
                    a href=(setting.at(&format!("/api/v1/export?{}", query(&[("format", format), ("bom", more)])))) download { (name) } " "
                }
                span.more { "· for other programs: "
                    @for (format, name, about) in LEAVING {
                        a href=(setting.at(&format!("/api/v1/export?{}", query(&[("format", format)])))) title=(about) download { (name) } " "
                    }
                }
                "· " a href=(setting.at(&format!("/feed.atom?{}", query(&[])))) rel="alternate" type="application/atom+xml" { "Atom feed" }
            }
            form.keep data-keep hidden {
                input type="hidden" name="q" value=(answer.q);
                input type="hidden" name="as" value=(answer.as_.as_str());
                label { "Keep this question as " input name="name" maxlength="120" required; }
                button { "Keep" }
            }
        }
    }
}
