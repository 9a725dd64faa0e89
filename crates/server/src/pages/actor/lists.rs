//! With whom does an actor stand, what did it do, what did it say and what is said of it? Sections of its page, and pages of their own.

use axum::response::Html;
use maud::{Markup, html};
use sayso::types::record::StatementRecord;

use super::years::histogram;
use crate::answer::actor::{self, ActorAnswer, ActorAsked, ActorRelation, ActorStatements, Standing, Way, speaker};
use crate::answer::paged::PageAsked;
use crate::desk::Desk;
use crate::extract::{Asked, Segment};
use crate::fault::Fault;
use crate::pages::frame::{Screen, Sheet, frame};
use crate::pages::link::{Page, segment};
use crate::pages::part::{badge, line};
use crate::pages::setting::Setting;

/// Whose words a list of statements is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// The actor's own.
    Said,
    /// Others' about it.
    Told,
}

impl Voice {
    fn path(self) -> &'static str {
        match self {
            Voice::Said => "said",
            Voice::Told => "told",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Voice::Said => "What it said",
            Voice::Told => "What is said of it",
        }
    }
}

/// The relations on the actor's page.
pub(super) fn relations_section(setting: &Setting, answer: &ActorAnswer) -> Markup {
    html! {
        section #relations aria-labelledby="relations-heading" {
            h2 #relations-heading { "Relations" }
            (on_form(setting, answer))
            @if answer.relations.items.is_empty() {
                p.quiet {
                    @if answer.on.is_some() { "In none that is told to hold then, or that was told before and not told to have ended. Leave the day out to see all." }
                    @else { "No report in this record tells how it stands to another." }
                }
            }
            ul.lines { @for relation in &answer.relations.items { li { (relation_line(setting, relation)) } } }
            @if let Some(next) = &answer.relations.next { (more(setting, &answer.id, "relations", answer.on.as_deref(), next)) }
            p { a href=(setting.at(&format!("/relations?actor={}", segment(&answer.id)))) { "As lanes over time and as a network" } }
        }
    }
}

fn on_form(setting: &Setting, answer: &ActorAnswer) -> Markup {
    html! {
        form.on method="get" action=(format!("/actor/{}#relations", segment(&answer.id))) {
            @if let Some(as_of) = &setting.as_of { input type="hidden" name="as-of" value=(as_of); }
            label { "On " input name="on" value=(answer.on.as_deref().unwrap_or_default()) placeholder="2017-08-31" size="10" autocomplete="off"; }
            button { "Show" }
            @if answer.on.is_some() { " " a href=(setting.to(Page::Actor, &answer.id)) { "of any day" } }
        }
    }
}

fn relation_line(setting: &Setting, of: &ActorRelation) -> Markup {
    let standing = of.standing.map(|standing| match standing {
        Standing::Cited => "told to hold then",
        Standing::LastCited => "told before; no end told",
        Standing::Undated => "no day known",
    });
    html! {
        @if let Some(words) = standing { (badge("standing", words)) " " }
        @if of.direction == Way::Inward { span.quiet { "from " a href=(setting.to(Page::Actor, &of.other.id)) dir="auto" { (of.other.name) } } }
        (line(setting, &of.relation))
    }
}

/// The events on the actor's page.
pub(super) fn events_section(setting: &Setting, answer: &ActorAnswer) -> Markup {
    html! {
        section #events aria-labelledby="events-heading" {
            h2 #events-heading { (answer.events.all) " events" }
            @if answer.events.page.items.is_empty() { p.quiet { "No event in this record names it. Linking makes events: " code { "sayso link" } "." } }
            (histogram(setting, &answer.id, &answer.events.years))
            ul.lines { @for event in &answer.events.page.items { li { (line(setting, event)) } } }
            @if let Some(next) = &answer.events.page.next { (more(setting, &answer.id, "events", None, next)) }
        }
    }
}

/// The statements of one voice on the actor's page.
pub(super) fn statements_section(setting: &Setting, answer: &ActorAnswer, voice: Voice) -> Markup {
    let of = if voice == Voice::Said { &answer.said } else { &answer.told };
    html! {
        section id=(voice.path()) aria-labelledby=(format!("{}-heading", voice.path())) {
            h2 id=(format!("{}-heading", voice.path())) { (voice.title()) ": " (of.statements) " statements" }
            @if of.page.items.is_empty() {
                p.quiet { @if voice == Voice::Said { "No report in this record quotes it." } @else { "No report in this record speaks of it." } }
            }
            ul.lines { @for statement in &of.page.items { li { (statement_line(setting, statement)) } } }
            @if let Some(next) = &of.page.next { (more(setting, &answer.id, voice.path(), None, next)) }
        }
    }
}

/// A statement on a line: what, how surely, the words, who says so.
fn statement_line(setting: &Setting, statement: &StatementRecord) -> Markup {
    html! {
        p.what {
            strong { (statement.proposition.type_code().replace('_', " ")) }
            @if let Some(mode) = statement.proposition.mode() { " (" (mode) ")" }
            @if statement.negated { " " (badge("negated", "said not to be so")) }
            @if statement.modality.as_str() != "asserted" { " " (badge("unsure", statement.modality.as_str())) }
            " " small { @if let Some(time) = &statement.time { (time.edtf) " · " } (speaker(statement).unwrap_or_else(|| "the document itself".to_owned())) }
        }
        blockquote.evidence { a href=(setting.to(Page::Statement, &statement.id)) dir="auto" { (statement.evidence.words.text) } }
    }
}

fn more(setting: &Setting, id: &str, list: &str, on: Option<&str>, next: &str) -> Markup {
    let on = on.map(|on| format!("&on={}", segment(on))).unwrap_or_default();
    html! { p.turning { a rel="next" href=(setting.at(&format!("/actor/{}/{list}?after={}{on}", segment(id), segment(next)))) { "More" } } }
}

/// A page of one list.
fn sheet(setting: &Setting, id: &str, title: &str, list: &Markup) -> Html<String> {
    let main = html! {
        article.actor data-preview {
            p.back { a href=(setting.to(Page::Actor, id)) dir="auto" { (id) } }
            h1 { (title) }
            (list)
        }
    };
    frame(setting, Sheet { title, screen: Screen::Search, styles: &["actor.css"], modules: &["actor.mjs"], main })
}

/// The page of an actor's relations.
pub(super) async fn relations(
    desk: Desk,
    setting: Setting,
    Segment(id): Segment,
    Asked(asked): Asked<ActorAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Html<String>, Fault> {
    let (of, on) = (id.clone(), asked.on.clone());
    let answer = desk.ask(setting.as_of.clone(), move |reader| actor::relations(reader, &of, &asked, &page)).await?;
    let list = html! {
        ul.lines { @for relation in &answer.items { li { (relation_line(&setting, relation)) } } }
        @if let Some(next) = &answer.next { (more(&setting, &id, "relations", on.as_deref(), next)) }
    };
    Ok(sheet(&setting, &id, "Relations", &list))
}

/// The page of an actor's events.
pub(super) async fn events(
    desk: Desk,
    setting: Setting,
    Segment(id): Segment,
    Asked(page): Asked<PageAsked>,
) -> Result<Html<String>, Fault> {
    let of = id.clone();
    let answer = desk.ask(setting.as_of.clone(), move |reader| actor::events(reader, &of, &page)).await?;
    let list = html! {
        (histogram(&setting, &id, &answer.years))
        ul.lines { @for event in &answer.page.items { li { (line(&setting, event)) } } }
        @if let Some(next) = &answer.page.next { (more(&setting, &id, "events", None, next)) }
    };
    Ok(sheet(&setting, &id, &format!("{} events", answer.all), &list))
}

/// The page of what an actor said.
pub(super) async fn said(desk: Desk, setting: Setting, Segment(id): Segment, Asked(page): Asked<PageAsked>) -> Result<Html<String>, Fault> {
    let of = id.clone();
    let answer = desk.ask(setting.as_of.clone(), move |reader| actor::said(reader, &of, &page)).await?;
    Ok(statements_page(&setting, &id, Voice::Said, &answer))
}

/// The page of what is said of an actor.
pub(super) async fn told(desk: Desk, setting: Setting, Segment(id): Segment, Asked(page): Asked<PageAsked>) -> Result<Html<String>, Fault> {
    let of = id.clone();
    let answer = desk.ask(setting.as_of.clone(), move |reader| actor::told(reader, &of, &page)).await?;
    Ok(statements_page(&setting, &id, Voice::Told, &answer))
}

fn statements_page(setting: &Setting, id: &str, voice: Voice, answer: &ActorStatements) -> Html<String> {
    let list = html! {
        ul.lines { @for statement in &answer.page.items { li { (statement_line(setting, statement)) } } }
        @if let Some(next) = &answer.page.next { (more(setting, id, voice.path(), None, next)) }
    };
    sheet(setting, id, &format!("{}: {} statements", voice.title(), answer.statements), &list)
}
