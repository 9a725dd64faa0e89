//! The first page: which documents does the record hold, and which of them speak of what?

use maud::{Markup, html};
use sayso::types::record::DocumentRecord;
use sayso::types::{DateFound, EstimateType, EventType, RelationType};
use sayso_store::{Size, StoredDocument};

use super::frame::frame;
use crate::question::{Question, document_address};

/// What the first page shows.
pub(crate) struct Listing<'a> {
    pub(crate) question: &'a Question,
    pub(crate) documents: &'a [StoredDocument],
    pub(crate) size: Size,
    pub(crate) has_more: bool,
}

/// The page of a listing.
pub(crate) fn page(listing: &Listing<'_>) -> Markup {
    let Listing { question, documents, size, has_more } = listing;
    let main = html! {
        h1 { "Documents" }
        p.lead { (size.documents) " documents make " (size.statements) " statements." }
        (form(question))
        @if documents.is_empty() {
            p.empty {
                @if question.asks() { "No document matches. Leave out a filter, or use fewer words." }
                @else { "The record is empty. " code { "sayso read REPORTS…" } " fills it." }
            }
        } @else {
            table.documents {
                thead { tr {
                    th scope="col" { "Title" } th scope="col" { "Publisher" } th scope="col" { "Published" } th scope="col" { "Credit" }
                    th scope="col" { "Language" } th.number scope="col" { "Statements" }
                } }
                tbody { @for document in *documents { (row(document)) } }
            }
        }
        (turning(question, *has_more))
    };
    frame("Documents", &main)
}

fn form(question: &Question) -> Markup {
    let groups = [
        ("Events", EventType::ALL.iter().map(|t| t.as_str()).collect::<Vec<_>>()),
        ("Relations", RelationType::ALL.iter().map(|t| t.as_str()).collect()),
        ("Estimates", EstimateType::ALL.iter().map(|t| t.as_str()).collect()),
    ];
    html! {
        form.filters method="get" action="/" role="search" {
            label { span { "Words" } input type="search" name="text" value=(question.text) placeholder="six farmers, \"air strike\", Kund*"; }
            label { span { "Actor" } input type="search" name="actor" value=(question.actor) placeholder="Boko Haram"; }
            label { span { "States" }
                select name="type" {
                    option value="" { "anything" }
                    @for (name, types) in &groups {
                        optgroup label=(name) {
                            @for code in types { option value=(code) selected[question.type_code == *code] { (code.replace('_', " ")) } }
                        }
                    }
                }
            }
            button type="submit" { "Show" }
            @if question.asks() { a href="/" { "All documents" } }
        }
    }
}

fn row(document: &StoredDocument) -> Markup {
    let record = &document.record;
    let unknown = html! { span.unknown { "unknown" } };
    html! {
        tr {
            td.title data-label="Title" { a href=(document_address(&record.id)) dir="auto" { (title(record)) } }
            td data-label="Publisher" dir="auto" { @if let Some(publisher) = &record.publisher { (publisher) } @else { (unknown) } }
            td data-label="Published" { (published(record)) }
            td data-label="Credit" dir="auto" { @if let Some(credit) = &record.credit { (credit.name) } }
            td data-label="Language" { (record.language) @if !record.coded { " " span.badge { "not coded" } } }
            td.number data-label="Statements" { (document.statements) }
        }
    }
}

/// The title, or the first words where there is none.
pub(crate) fn title(record: &DocumentRecord) -> String {
    let first = || record.text.lines().find(|line| !line.trim().is_empty()).unwrap_or("Without a title");
    let title = record.title.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or_else(first);
    if title.chars().count() > 140 { title.chars().take(140).chain(['…']).collect() } else { title.to_owned() }
}

/// The date of publication with how it was found.
pub(crate) fn published(record: &DocumentRecord) -> Markup {
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

fn turning(question: &Question, has_more: bool) -> Markup {
    let number = question.number();
    html! {
        @if number > 1 || has_more {
            nav.turning aria-label="Pages" {
                @if number > 1 { a rel="prev" href=(question.address(number - 1)) { "Previous page" } }
                span { "Page " (number) }
                @if has_more { a rel="next" href=(question.address(number + 1)) { "Next page" } }
            }
        }
    }
}
