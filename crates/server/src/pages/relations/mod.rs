//! The pages of relations: where one begins, an actor's relations through time, the network on a day, the matrix, and one relation with
//! its quotes.

mod filters;
mod lanes;
mod matrix;
mod network;
mod one;

use axum::response::Html;
use form_urlencoded::Serializer;
use maud::{Markup, html};

pub(super) use one::{became, relation};

use super::frame::{Screen, Sheet, frame};
use super::link::Page;
use super::part;
use super::setting::Setting;
use crate::answer::relations::{NetworkAnswer, NetworkAsked, Overview, Timeline, TimelineAsked};
use crate::desk::Desk;
use crate::extract::Asked;
use crate::fault::Fault;

/// What the page of relations tells.
struct Shown {
    overview: Option<Overview>,
    timeline: Option<Timeline>,
    network: NetworkAnswer,
}

/// Relations, of all or of one actor.
pub(super) async fn relations(desk: Desk, setting: Setting, Asked(asked): Asked<NetworkAsked>) -> Result<Html<String>, Fault> {
    let question = asked.clone();
    let shown = desk
        .ask(setting.as_of.clone(), move |reader| {
            let network = NetworkAnswer::of(reader, &question)?;
            if question.actor.trim().is_empty() {
                return Ok(Shown { overview: Some(Overview::of(reader)?), timeline: None, network });
            }
            let of = TimelineAsked { actor: question.actor.trim().to_owned(), type_code: question.type_code.clone() };
            Ok(Shown { overview: None, timeline: Some(Timeline::of(reader, &of)?), network })
        })
        .await?;
    let sheet = Sheet {
        title: "Relations",
        screen: Screen::Relations,
        styles: &["chart.css", "relations.css"],
        modules: &["relations.mjs"],
        main: main(&setting, &asked, &shown),
    };
    Ok(frame(&setting, sheet))
}

fn main(setting: &Setting, asked: &NetworkAsked, shown: &Shown) -> Markup {
    let name = shown.network.nodes.iter().find(|node| node.id == asked.actor.trim()).map(|node| node.name.as_str());
    html! {
        h1 dir="auto" {
            @match name {
                Some(name) => { "Relations of " (name) }
                None if asked.actor.trim().is_empty() => "Relations",
                None => { "Relations of " (asked.actor) }
            }
        }
        @if name.is_some() {
            p.lead { a href=(setting.to(Page::Actor, asked.actor.trim())) { "All that is told of this actor" } " · " a href=(setting.at("/relations")) { "All relations" } }
        }
        (filters::form(setting, asked))
        div.beside {
            div.sheet {
                @if let Some(overview) = &shown.overview { (begin(setting, asked, overview)) }
                @if let Some(timeline) = &shown.timeline { (lanes::section(setting, asked, timeline)) }
                (network::section(setting, asked, &shown.network))
                (matrix::section(setting, &shown.network))
            }
            aside #preview aria-label="Preview" tabindex="-1" hidden {}
        }
    }
}

/// Where one begins.
fn begin(setting: &Setting, asked: &NetworkAsked, overview: &Overview) -> Markup {
    html! {
        div.columns.begin {
            section aria-labelledby="actors-heading" {
                h2 #actors-heading { "Who has most ties" }
                @if overview.actors.is_empty() {
                    p.empty { "No relation of two known actors is in this record. `sayso read` reads reports into it; actors that the registry does not know have none here, but are under Search." }
                } @else {
                    p.quiet { (overview.actors.len()) " of " (overview.tied) " actors with relations." }
                    table.documents.actors {
                        thead { tr { th { "Actor" } th.number { "Tied to" } th.number { "Relations" } th { "Last told of" } } }
                        tbody {
                            @for actor in &overview.actors {
                                tr {
                                    td.title dir="auto" { a href=(address(setting, asked, &[("actor", &actor.id)])) { (actor.name) } }
                                    td.number data-label="Tied to" { (actor.others) }
                                    td.number data-label="Relations" { (actor.relations) }
                                    td data-label="Last" { (actor.last.as_deref().unwrap_or("")) }
                                }
                            }
                        }
                    }
                }
            }
            section aria-labelledby="latest-heading" {
                h2 #latest-heading { "Told last" }
                @if overview.latest.is_empty() { p.empty { "No relation is in this record yet." } }
                ol.groups { @for relation in &overview.latest { li { (part::line(setting, relation)) } } }
            }
        }
    }
}

/// The fields of a question as they stand in an address.
fn fields(asked: &NetworkAsked) -> [(&'static str, &str); 5] {
    [("actor", &asked.actor), ("type", &asked.type_code), ("on", &asked.on), ("steps", &asked.steps), ("edges", &asked.edges)]
}

fn query(asked: &NetworkAsked, changes: &[(&str, &str)]) -> String {
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
fn address(setting: &Setting, asked: &NetworkAsked, changes: &[(&str, &str)]) -> String {
    setting.at(&format!("/relations?{}", query(asked, changes)))
}
