//! The log: who did what, when, why, and what it was before and after.

use axum::response::Html;
use maud::{Markup, html};

use super::{more, sheet, time, value};
use crate::answer::book::{LogAsked, LogLine, log as answer};
use crate::answer::paged::{PageAsked, Paged};
use crate::desk::Desk;
use crate::extract::Asked;
use crate::fault::Fault;
use crate::pages::part::badge;
use crate::pages::setting::Setting;

/// What kinds of entries can be asked for, with their names.
const DEEDS: [(&str, &str); 9] = [
    ("", "everything"),
    ("decided", "decisions"),
    ("undone", "undone decisions"),
    ("redone", "redone decisions"),
    ("documents", "documents read"),
    ("run begun", "readings begun"),
    ("run finished", "readings ended"),
    ("linked", "linkings"),
    ("released", "releases"),
];

/// The page of the log.
pub(super) async fn log(
    desk: Desk,
    setting: Setting,
    Asked(asked): Asked<LogAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Html<String>, Fault> {
    let of = asked.clone();
    let lines = desk.ask(setting.as_of.clone(), move |reader| answer(reader, &of, &page)).await?;
    Ok(sheet(&setting, "Log", "/book", &main(&setting, &asked, &lines)))
}

fn main(setting: &Setting, asked: &LogAsked, lines: &Paged<LogLine>) -> Markup {
    let narrowed = [&asked.who, &asked.deed, &asked.about].into_iter().flatten().any(|text| !text.trim().is_empty());
    html! {
        p.lead { "Every change to the record, last one first. Each entry's hash covers the one before it: none can be changed, left out or put in unseen." }
        (filters(setting, asked))
        @if lines.items.is_empty() {
            p.empty {
                @if narrowed { "No entry of the log is so. " a href=(setting.at("/book")) { "Show all entries" } }
                @else { "Nothing was done to this record yet. Read something into it: " code { "sayso read INPUT --record FILE" } "." }
            }
        } @else {
            table.documents {
                thead { tr { th scope="col" { "When" } th scope="col" { "Who" } th scope="col" { "What" } th scope="col" { "Why" } } }
                tbody { @for line in &lines.items { (row(setting, line)) } }
            }
        }
        (more(setting, lines.next.as_deref()))
    }
}

fn filters(setting: &Setting, asked: &LogAsked) -> Markup {
    let given = |text: &Option<String>| text.clone().unwrap_or_default();
    html! {
        form.filters method="get" action="/book" {
            @if let Some(as_of) = &setting.as_of { input type="hidden" name="as-of" value=(as_of); }
            label { "Who" input name="who" value=(given(&asked.who)) placeholder="a person or program" autocomplete="off"; }
            label { "What" select name="deed" { @for (code, words) in DEEDS { option value=(code) selected[given(&asked.deed) == code] { (words) } } } }
            label { "About" input name="about" value=(given(&asked.about)) placeholder="an id" autocomplete="off" spellcheck="false"; }
            button { "Show" }
        }
    }
}

fn row(setting: &Setting, line: &LogLine) -> Markup {
    let title = format!("entry {}, hash {}", line.number, line.sha256);
    html! {
        tr id=(format!("entry-{}", line.number)) data-row {
            td data-label="When" title=(title) { (time(&line.at)) " " small { "no. " (line.number) } }
            td data-label="Who" dir="auto" { (line.who) }
            td data-label="What" dir="auto" {
                @match (line.decision, &line.release, line.run) {
                    (Some(number), _, _) => a href=(setting.at(&format!("/book/decision/{number}"))) { (line.told) },
                    (_, Some(_), _) => a href=(setting.at("/book/releases")) { (line.told) },
                    (_, _, Some(_)) => a href=(setting.at("/book/runs")) { (line.told) },
                    _ => (line.told),
                }
                @if line.holds == Some(false) { " " (badge("undone", "holds no longer")) }
                @if let (Some(before), Some(after)) = (&line.before, &line.after) { (change(before, after)) }
                @if !line.versions.is_empty() { (versions(line)) }
            }
            td data-label="Why" dir="auto" { (line.why) }
        }
    }
}

/// A value before and after.
pub(super) fn change(before: &serde_json::Value, after: &serde_json::Value) -> Markup {
    html! { p.change { del dir="auto" { (value(before)) } " → " ins dir="auto" { (value(after)) } } }
}

fn versions(line: &LogLine) -> Markup {
    html! {
        details { summary { "with what it read" }
            dl.versions { @for (name, version) in &line.versions { div { dt { (name) } dd { code { (version) } } } } }
        }
    }
}
