//! The page of one statement: its words in their place, every value, and what it stands in.

use axum::response::Html;
use maud::{Markup, html};
use sayso::marks::marks;

use super::frame::{Screen, Sheet, frame};
use super::link::Page;
use super::setting::Setting;
use super::{part, text};
use crate::answer::statement::{DecisionInShort, DocumentInShort, StatementAnswer};
use crate::desk::Desk;
use crate::extract::Segment;
use crate::fault::Fault;

/// The page of a statement.
pub(super) async fn statement(desk: Desk, setting: Setting, Segment(id): Segment) -> Result<Html<String>, Fault> {
    let answer = desk.ask(setting.as_of.clone(), move |reader| StatementAnswer::of(reader, &id)).await?;
    let title = answer.statement.proposition.type_code().replace('_', " ");
    let sheet = Sheet {
        title: &title,
        screen: Screen::Search,
        styles: &[],
        modules: &["statement.mjs", "sensitivity.mjs"],
        main: main(&setting, &answer),
    };
    Ok(frame(&setting, sheet))
}

fn main(setting: &Setting, answer: &StatementAnswer) -> Markup {
    let statement = &answer.statement;
    html! {
        article.statement data-preview data-statement=(statement.id) {
            h1 { span.kind { (statement.proposition.kind()) } " " (part::heading(&statement.proposition)) }
            (part::badges(statement))
            (part::sensitivity(setting, answer.restricted.as_ref(), &statement.id))
            (in_place(setting, answer))
            (part::values(setting, statement))
            (deciding(setting, &statement.id))
            @if !answer.groups.is_empty() {
                section {
                    h2 { "It stands in" }
                    ul.plain { @for group in &answer.groups { li { (part::line(setting, group)) } } }
                }
            }
            (decisions(&answer.decisions))
            p.quiet { "Id " code { (statement.id) } " · " a href=(setting.at(&format!("/history/{}", super::link::segment(&statement.id)))) { "its history" } }
        }
    }
}

/// The words in their place, and where that is.
pub(super) fn in_place(setting: &Setting, answer: &StatementAnswer) -> Markup {
    let marks = marks(&answer.statement);
    let end = answer.context.start + answer.context.text.chars().count();
    html! {
        figure.evidence {
            blockquote lang=(answer.document.language) dir="auto" {
                (text::excerpt(&answer.context.text, answer.context.start..end, &marks))
            }
            figcaption { (carried_by(setting, &answer.document, &answer.statement.id)) }
        }
    }
}

/// The document that carries a statement, with a link to the words in it.
pub(super) fn carried_by(setting: &Setting, document: &DocumentInShort, statement: &str) -> Markup {
    let address = format!("{}#{}", setting.to(Page::Document, &document.id), statement);
    html! {
        a.carrier href=(address) dir="auto" { (document.title) }
        @if let Some(publisher) = &document.publisher { ", " span dir="auto" { (publisher) } }
        @if let Some(published) = &document.published { ", " (published) }
    }
}

/// What can be decided of a statement; script sends it.
pub(super) fn deciding(setting: &Setting, statement: &str) -> Markup {
    html! {
        @if setting.as_of.is_none() {
            p.deciding data-decide data-statement=(statement) {
                button type="button" data-do="accept" { "Accept " kbd { "y" } }
                button type="button" data-do="reject" { "Reject " kbd { "n" } }
                button type="button" data-do="correct" { "Correct " kbd { "c" } }
            }
        }
    }
}

/// What people decided, first thing first.
pub(super) fn decisions(decisions: &[DecisionInShort]) -> Markup {
    html! {
        @if !decisions.is_empty() {
            section.decisions {
                h2 { "Decided" }
                ol.plain {
                    @for decision in decisions {
                        li class=[(!decision.holds).then_some("undone")] {
                            a href=(format!("/book/decision/{}", decision.id)) { (decision.what) }
                            ", by " (decision.who) ", " time datetime=(decision.at) { (decision.at) }
                            @if !decision.why.is_empty() { ": " q { (decision.why) } }
                            @if !decision.holds { " " span.badge { "undone" } }
                        }
                    }
                }
            }
        }
    }
}
