//! The table of accounts: which value, who says so, in which report, in which words, on which day.

use maud::{Markup, html};

use super::counted;
use crate::answer::event::Told;
use crate::pages::link::Page;
use crate::pages::part;
use crate::pages::setting::Setting;

/// The table; each row leads to its sentence.
pub(super) fn table(setting: &Setting, told: &[Told]) -> Markup {
    html! {
        section.accounts aria-labelledby="accounts-heading" {
            h2 #accounts-heading { "The accounts" }
            p.quiet { (counted(told.len(), "value is told", "values are told")) ". What adds no independent source is named with its reason under the table." }
            div.wide {
                table.accounts-table data-rows {
                    thead { tr {
                        th scope="col" { "What" } th scope="col" { "Value" } th scope="col" { "In these words" } th scope="col" { "Who says so" }
                        th scope="col" { "Carried by" } th scope="col" { "Told" }
                    } }
                    @for rows in told.chunk_by(|one, other| one.attribute == other.attribute) {
                        tbody class=[rows.first().filter(|row| row.disputed).map(|_| "disputed")] { @for (at, row) in rows.iter().enumerate() { (account(setting, row, at == 0, rows.len())) } }
                    }
                }
            }
        }
    }
}

fn account(setting: &Setting, row: &Told, is_first: bool, rows: usize) -> Markup {
    let Some(first) = row.sentences.first() else { return html! {} };
    html! {
        tr data-statement=(first.statement) data-document=(row.document) data-open=(setting.to(Page::Statement, &first.statement)) data-attribute=(row.attribute) data-value=(row.value) {
            @if is_first {
                th scope="rowgroup" rowspan=(rows) {
                    (row.attribute.replace('_', " ")) @if row.disputed { br; (part::badge("disputed", "sources differ")) }
                }
            }
            td data-label="Value" dir="auto" { strong { (row.value) } @if row.is_shown { " " small { "shown" } } }
            td data-label="Words" {
                @for (at, sentence) in row.sentences.iter().enumerate() {
                    @if at > 0 { " " }
                    a.open href=(setting.to(Page::Statement, &sentence.statement)) { q dir="auto" { (sentence.words.text) } }
                }
            }
            td data-label="Who says so" dir="auto" {
                @if row.informants.is_empty() { span.own { "the report itself" } }
                @for (at, informant) in row.informants.iter().enumerate() { @if at > 0 { ", cited by " } (informant) }
            }
            td data-label="Carried by" {
                a href=(format!("{}#{}", setting.to(Page::Document, &row.document), first.statement)) dir="auto" { (row.title) }
                @if let Some(publisher) = &row.publisher { ", " span dir="auto" { (publisher) } }
                @if let Some(why) = &row.uncounted { " " span.badge.uncounted title=(why) { "adds no source" } }
            }
            td data-label="Told" { @if let Some(day) = &row.day { (day) } @else { span.unknown { "unknown" } } }
        }
    }
}
