//! One relation: who stands to whom, when, and every sentence for and against it with who says so.

use axum::response::Html;
use maud::{Markup, html};
use sayso::types::record::GroupRecord;
use sayso_linking::relation::Period;

use super::lanes;
use crate::answer::event::Asked;
use crate::answer::relations::{Quote, RelationAnswer, Side};
use crate::desk::Desk;
use crate::extract::Segment;
use crate::fault::Fault;
use crate::pages::frame::{Screen, Sheet, frame};
use crate::pages::link::Page;
use crate::pages::part;
use crate::pages::setting::Setting;

/// The page of a relation.
pub(in crate::pages) async fn relation(desk: Desk, setting: Setting, Segment(id): Segment) -> Result<Html<String>, Fault> {
    let asked = id.clone();
    let answer = desk.ask(setting.as_of.clone(), move |reader| RelationAnswer::of(reader, &asked)).await?;
    let (title, main) = match &answer {
        Asked::Stands(answer) => (part::headline(&answer.summary), main(&setting, answer)),
        Asked::Became(groups) => ("A relation that is no more".to_owned(), became(&setting, &id, groups)),
    };
    let sheet =
        Sheet { title: &title, screen: Screen::Relations, styles: &["chart.css", "relations.css"], modules: &["evidence.mjs"], main };
    Ok(frame(&setting, sheet))
}

/// What became of a relation or series that is no more.
pub(in crate::pages) fn became(setting: &Setting, id: &str, groups: &[GroupRecord]) -> Markup {
    html! {
        h1 { "This is no more" }
        p { code { (id) } " was told by statements that now stand in:" }
        ol.groups { @for group in groups { li { (part::line(setting, group)) } } }
    }
}

fn main(setting: &Setting, answer: &RelationAnswer) -> Markup {
    let summary = &answer.summary;
    html! {
        article.relation data-preview {
            h1 dir="auto" { (part::headline(summary)) }
            p.badges {
                (part::badge("sources", &counted(summary.sources, "independent source", "independent sources")))
                (part::badge("", &format!("{}, {}", counted(summary.documents, "report", "reports"), counted(summary.statements, "statement", "statements"))))
                @if summary.ended { (part::badge("ended", "told to have ended")) }
                @if !answer.relation.denied.is_empty() { (part::badge("negated", &format!("denied by {}", counted(answer.relation.denied.len() as u64, "statement", "statements")))) }
                @if !answer.reversals.is_empty() { (part::badge("turned", "⚑ turned")) }
            }
            (parties(setting, answer))
            (periods(&answer.relation.periods))
            (turns(answer))
            section aria-labelledby="quotes-heading" {
                h2 #quotes-heading { "For and against" }
                @for side in Side::ALL { (quotes(setting, side, answer)) }
            }
            (sources(answer))
            p.links {
                a href=(setting.at(&format!("/history/{}", crate::pages::link::segment(&summary.id)))) { "Its history" }
                " " code title="id" { (summary.id) }
            }
        }
    }
}

fn counted(number: u64, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

fn parties(setting: &Setting, answer: &RelationAnswer) -> Markup {
    let key = &answer.relation.key;
    let party = |party: &sayso_linking::Party| {
        html! {
            @match &party.actor_id {
                Some(id) => { a href=(setting.to(Page::Actor, id)) { (party.name) } " · " a href=(setting.at(&format!("/relations?actor={}", crate::pages::link::segment(id)))) { "relations" } }
                None => { (party.name) " " small { "not in the registry" } }
            }
        }
    };
    html! {
        dl.facts {
            div { dt { @if key.relation.is_symmetric() { "One" } @else { "Who" } } dd dir="auto" { (party(&key.actor)) } }
            div { dt { "Relation" } dd { (key.relation.as_str().replace('_', " ")) @if let Some(mode) = &key.mode { " (" (mode) ")" } @if key.relation.is_symmetric() { " " small { "both ways" } } } }
            div { dt { @if key.relation.is_symmetric() { "The other" } @else { "To whom" } } dd dir="auto" { (party(&key.recipient)) } }
        }
    }
}

fn periods(periods: &[Period]) -> Markup {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    html! {
        section aria-labelledby="periods-heading" {
            h2 #periods-heading { "When" }
            @if periods.is_empty() { p.empty { "No report says that it held: it is only denied, planned or supposed. The sentences stand below." } }
            @else {
                table.documents.periods {
                    thead { tr { th { "First cited" } th { "Start, as told" } th { "Last cited" } th { "End, as told" } th.number { "Statements" } } }
                    tbody {
                        @for period in periods {
                            tr {
                                td data-label="First cited" { (day(period.first_cited)) }
                                td data-label="Start" { (period.start.as_deref().unwrap_or("not told")) }
                                td data-label="Last cited" { (day(period.last_cited)) }
                                td data-label="End" { @match &period.end { Some(end) => (end), None if period.ended => "told, on no day", None => "not told" } }
                                td.number data-label="Statements" { (period.statements.len()) }
                            }
                        }
                    }
                }
                p.quiet { (periods.iter().map(lanes::in_words).collect::<Vec<_>>().join("; then ")) "." }
            }
        }
    }
}

fn turns(answer: &RelationAnswer) -> Markup {
    html! {
        @if !answer.reversals.is_empty() {
            section aria-labelledby="turns-heading" {
                h2 #turns-heading { "⚑ Friends became enemies, or enemies friends" }
                ul { @for turn in &answer.reversals { li { (turn.why.replace('_', " ")) } } }
            }
        }
    }
}

/// What the sentences of a side say, in a word or two.
fn heading(side: Side) -> &'static str {
    match side {
        Side::Begins => "It began",
        Side::Holds => "It holds",
        Side::Ends => "It ended",
        Side::Denied => "It is not so",
        Side::Planned => "Planned or supposed",
    }
}

fn quotes(setting: &Setting, side: Side, answer: &RelationAnswer) -> Markup {
    let quotes: Vec<&Quote> = answer.quotes.iter().filter(|quote| quote.side == side).collect();
    html! {
        @if !quotes.is_empty() {
            section.side class=(side.as_str()) {
                h3 { (heading(side)) " " small { (quotes.len()) } }
                ol.quotes { @for one in quotes { (quote(setting, one)) } }
            }
        }
    }
}

fn quote(setting: &Setting, quote: &Quote) -> Markup {
    let statement = &quote.statement;
    let hedged = !matches!(statement.modality, sayso::types::Modality::Asserted);
    html! {
        li.evidence {
            blockquote dir="auto" { a.words href=(setting.to(Page::Statement, &statement.id)) { (statement.evidence.words.text) } }
            p.chain dir="auto" {
                (part::chain(&statement.attribution))
                " — " a href=(setting.to(Page::Document, &statement.document_id)) { (quote.title) }
                @if let Some(publisher) = &quote.publisher { ", " (publisher) }
                @if let Some(day) = quote.day { ", " (day) }
            }
            p.badges {
                @if hedged { span.badge.unsure { (statement.modality.as_str()) @if let Some(hedge) = &statement.hedge { " (“" (hedge.text) "”)" } } }
                @match (&quote.source, &quote.uncounted) {
                    (Some(source), _) => span.badge.sources { "counts as: " (source) },
                    (None, Some(why)) => span.badge.asserted { "adds no source: " (why) },
                    (None, None) => {}
                }
                @if let Some(time) = &statement.time { span.badge { "tells of " (time.edtf) } }
            }
        }
    }
}

fn sources(answer: &RelationAnswer) -> Markup {
    html! {
        section aria-labelledby="sources-heading" {
            h2 #sources-heading { "Who tells it independently" }
            @if answer.relation.independence.sources.is_empty() { p.empty { "No source says that it is so." } }
            ul { @for source in &answer.relation.independence.sources { li dir="auto" { strong { (source.name) } ": " (source.why) } } }
        }
    }
}
