//! The page of one document: its text with every coded word marked, and beside it what it states.

use axum::response::Html;
use maud::{Markup, html};
use sayso::marks::MarkKind;
use sayso::types::DateFound;
use sayso::types::record::{DocumentRecord, StatementRecord};

use super::frame::{Screen, Sheet, frame};
use super::link::{Page, segment};
use super::setting::Setting;
use super::text;
use super::{part, statement};
use crate::answer::document::{DocumentAnswer, RepeatOf};
use crate::answer::statement::title;
use crate::desk::Desk;
use crate::extract::Segment;
use crate::fault::Fault;

/// The page of a document.
pub(super) async fn document(desk: Desk, setting: Setting, Segment(id): Segment) -> Result<Html<String>, Fault> {
    let answer = desk.ask(setting.as_of.clone(), move |reader| DocumentAnswer::of(reader, &id)).await?;
    let title = title(&answer.document);
    Ok(frame(
        &setting,
        Sheet {
            title: &title,
            screen: Screen::Search,
            styles: &[],
            modules: &["document.mjs", "statement.mjs", "sensitivity.mjs"],
            main: main(&setting, &answer),
        },
    ))
}

fn main(setting: &Setting, answer: &DocumentAnswer) -> Markup {
    let record = &answer.document;
    html! {
        article data-preview data-document=(record.id) {
            h1 dir="auto" { (title(record)) }
            (part::sensitivity(setting, answer.restricted.as_ref(), &record.id))
            (facts(answer))
            @for repeat in &answer.repeats { (strip(setting, record, repeat)) }
            @if !answer.copies.is_empty() {
                p.notice.origin {
                    "Its text is given again by "
                    @for (at, copy) in answer.copies.iter().enumerate() {
                        @if at > 0 { ", " } a href=(setting.to(Page::Document, copy)) { (copy) }
                    }
                    ": these count as one source."
                }
            }
            @if !record.coded {
                p.notice { "This document is in another language (" (record.language) "). It is kept, but not coded: sayso codes English." }
            }
            div.columns {
                section.text aria-labelledby="text-heading" {
                    h2 #text-heading { "Text" }
                    @if setting.as_of.is_none() && record.coded {
                        p.quiet.writing { "Select words to state what they say: " kbd { "w" } " starts at the text, arrows move, Shift selects, Enter writes. " button type="button" data-do="write" { "Write a statement" } }
                    }
                    (legend())
                    div.report lang=(record.language) dir="auto" { (text::blocks(record, &answer.statements)) }
                }
                section.statements aria-labelledby="statements-heading" {
                    h2 #statements-heading { (answer.statements.len()) " statements" }
                    @if answer.statements.is_empty() { p.empty { "Nothing was coded from this text." } }
                    ol { @for (number, one) in answer.statements.iter().enumerate() { (item(setting, number + 1, one)) } }
                }
            }
        }
    }
}

/// A statement of the number, as an item of the list.
fn item(setting: &Setting, number: usize, one: &StatementRecord) -> Markup {
    html! {
        li id=(format!("s{number}")) data-statement=(one.id) {
            span id=(one.id) {}
            h3 { span.kind { (one.proposition.kind()) } " " (part::heading(&one.proposition)) }
            (part::badges(one))
            (part::values(setting, one))
            blockquote dir="auto" { (one.evidence.words.text) }
            @for again in &one.evidence.also { blockquote dir="auto" { (again.words.text) } }
            p.links {
                a href=(format!("#e{number}")) { "In the text" }
                a href=(setting.to(Page::Statement, &one.id)) { "Open " code { (one.id) } }
            }
            (statement::deciding(setting, &one.id))
        }
    }
}

/// Whose text it repeats, and the way to both laid side by side.
fn strip(setting: &Setting, record: &DocumentRecord, repeat: &RepeatOf) -> Markup {
    let beside = format!("/document/{}/comparison?with={}", segment(&record.id), segment(&repeat.document));
    html! {
        p.notice.origin {
            strong { "A copy of " } a href=(setting.to(Page::Document, &repeat.document)) dir="auto" { (repeat.repeat.title) } ": " (repeat.repeat.why)
            " " a href=(setting.at(&beside)) data-key="b" { "Both side by side" }
        }
    }
}

fn facts(document: &DocumentAnswer) -> Markup {
    let record = &document.document;
    html! {
        dl.facts {
            @if let Some(publisher) = &record.publisher { div { dt { "Publisher" } dd dir="auto" { (publisher) } } }
            div { dt { "Published" } dd { (published(record)) } }
            @if let Some(byline) = &record.byline { div { dt { "By" } dd dir="auto" { (byline) } } }
            @if let Some(credit) = &record.credit { div { dt { "Taken from" } dd dir="auto" { (credit.name) } } }
            @if let Some(url) = &record.url { div { dt { "Address" } dd { (address(url)) } } }
            div { dt { "Read" } dd { (document.added) } }
            div { dt { "Id" } dd { code { (record.id) } } }
        }
    }
}

/// A link to where the document came from; only to the web, for an address is data.
fn address(url: &str) -> Markup {
    let is_web = ["http://", "https://"].iter().any(|scheme| url.to_ascii_lowercase().starts_with(scheme));
    html! { @if is_web { a href=(url) rel="noreferrer noopener" { (url) } } @else { (url) } }
}

fn legend() -> Markup {
    html! {
        ul.legend aria-label="What the marks mean" {
            @for kind in MarkKind::ALL { li { mark class=(kind.as_str()) { (kind.as_str()) } } }
            li { span.at { "3" } " statement 3 begins" }
        }
    }
}

/// The date of publication with how it was found.
fn published(record: &DocumentRecord) -> Markup {
    html! {
        @match (&record.published, record.published_found) {
            (Some(date), Some(found)) => { (date) " " small { "(" (how(found)) ")" } }
            (Some(date), None) => (date),
            (None, _) => span.unknown { "unknown" },
        }
    }
}

fn how(found: DateFound) -> &'static str {
    match found {
        DateFound::Given => "as given",
        DateFound::JsonLd => "page's JSON-LD",
        DateFound::Meta => "page's meta data",
        DateFound::Time => "page's time element",
        DateFound::Url => "address",
        DateFound::Text => "byline",
        DateFound::Dateline => "dateline",
    }
}
