//! The page of one actor, and those of its lists.

mod identity;
mod lists;
mod names;
mod plot;
mod strength;
mod years;

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use maud::{Markup, html};

use super::frame::{Screen, Sheet, frame};
use super::link::{Page, segment};
use super::part::badge;
use super::setting::Setting;
use crate::answer::actor::{ActorAnswer, ActorAsked, Known};
use crate::desk::Desk;
use crate::extract::{Asked, Segment};
use crate::fault::Fault;

/// The routes of actors' pages.
pub(super) fn router() -> Router<Desk> {
    Router::new()
        .route("/actor/{id}", get(actor))
        .route("/actor/{id}/relations", get(lists::relations))
        .route("/actor/{id}/events", get(lists::events))
        .route("/actor/{id}/said", get(lists::said))
        .route("/actor/{id}/told", get(lists::told))
}

async fn actor(desk: Desk, setting: Setting, Segment(id): Segment, Asked(asked): Asked<ActorAsked>) -> Result<Html<String>, Fault> {
    let answer = desk.ask(setting.as_of.clone(), move |reader| ActorAnswer::of(reader, &id, &asked)).await?;
    Ok(frame(
        &setting,
        Sheet {
            title: &answer.name,
            screen: Screen::Search,
            styles: &["actor.css"],
            modules: &["actor.mjs"],
            main: main(&setting, &answer),
        },
    ))
}

fn main(setting: &Setting, answer: &ActorAnswer) -> Markup {
    html! {
        article.actor data-preview data-actor=(answer.id) data-name=(answer.name) {
            h1 dir="auto" { (answer.name) }
            (facts(setting, answer))
            (menu(setting, answer))
            div.columns {
                div {
                    (strength::section(setting, &answer.series))
                    (lists::relations_section(setting, answer))
                    (lists::events_section(setting, answer))
                    (lists::statements_section(setting, answer, lists::Voice::Said))
                    (lists::statements_section(setting, answer, lists::Voice::Told))
                }
                div {
                    (names::section(setting, answer))
                    (identity::ties_section(setting, answer))
                    (identity::section(setting, answer))
                }
            }
        }
    }
}

fn facts(setting: &Setting, answer: &ActorAnswer) -> Markup {
    let known = match answer.known {
        Known::Registry => "in the registry of actors",
        Known::OwnRegistry => "in a registry of your own, with which reports were read",
        Known::Candidate => "a candidate: reports name it, the registry does not have it",
    };
    html! {
        dl.facts {
            @if let Some(registry) = &answer.registry {
                div { dt { "Kind" } dd { (registry.kind.as_str().replace('-', " ")) } }
                @if !registry.countries.is_empty() { div { dt { "Countries" } dd { (registry.countries.join(", ")) } } }
                @if let Some(span) = names::span(&registry.holds) { div { dt { "Existed" } dd { (span) } } }
            }
            div { dt { "Known" } dd { (known) } }
            div { dt { "Id" } dd { code { (answer.id) } } }
        }
        @if !answer.same_as.is_empty() {
            p.notice {
                strong { "Judged to be the same as " }
                @for (at, same) in answer.same_as.iter().enumerate() {
                    @if at > 0 { ", " }
                    a href=(setting.to(Page::Actor, &same.id)) dir="auto" { (same.name) }
                }
                ". Relations and events are those of all of them; statements are those of each."
            }
        }
    }
}

/// What can be done with the actor, and what there is of it.
fn menu(setting: &Setting, answer: &ActorAnswer) -> Markup {
    let dossier = |format: &str| setting.at(&format!("/api/v1/actors/{}/dossier?format={format}", segment(&answer.id)));
    html! {
        nav.on-page aria-label="On this page" {
            ul {
                li { a href="#strength" { "Strength" } }
                li { a href="#relations" { "Relations" } }
                li { a href="#events" { "Events" } " " (badge("count", &answer.events.all.to_string())) }
                li { a href="#said" { "Said" } " " (badge("count", &answer.said.statements.to_string())) }
                li { a href="#told" { "Told of" } " " (badge("count", &answer.told.statements.to_string())) }
                li { a href="#names" { "Names" } }
                li { a href="#identity" { "Who else" } }
            }
        }
        p.dossier {
            "Dossier with numbered sources: "
            a href=(dossier("docx")) download { "Word" } " · "
            a href=(dossier("md")) download { "Markdown" } " · "
            a href=(dossier("html")) { "to print or keep as PDF" }
        }
    }
}
