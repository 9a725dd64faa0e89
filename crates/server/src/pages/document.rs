//! The page of one document: its text with every coded word marked, and beside it what it states.

use maud::{Markup, html};
use sayso::marks::MarkKind;
use sayso::types::record::{DocumentRecord, StatementRecord};
use sayso_store::StoredDocument;

use super::frame::frame;
use super::list::{published, title};
use super::{statement, text};

/// The page of a document with its statements, in the order of the text.
pub(crate) fn page(document: &StoredDocument, statements: &[StatementRecord]) -> Markup {
    let record = &document.record;
    let main = html! {
        p.back { a href="/" { "All documents" } }
        h1 dir="auto" { (title(record)) }
        (facts(document))
        @if !record.coded {
            p.notice { "This document is in another language (" (record.language) "). It is kept, but not coded: sayso codes English." }
        }
        div.columns {
            section.text aria-labelledby="text-heading" {
                h2 #text-heading { "Text" }
                (legend())
                div.report lang=(record.language) dir="auto" { (text::blocks(record, statements)) }
            }
            section.statements aria-labelledby="statements-heading" {
                h2 #statements-heading { (statements.len()) " statements" }
                @if statements.is_empty() { p.empty { "Nothing was coded from this text." } }
                ol { @for (number, one) in statements.iter().enumerate() { (statement::item(number + 1, one)) } }
            }
        }
    };
    frame(&title(record), &main)
}

fn facts(document: &StoredDocument) -> Markup {
    let record: &DocumentRecord = &document.record;
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
