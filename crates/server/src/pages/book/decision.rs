//! One decision with what came of it, and the history of any one thing.

use axum::response::Html;
use maud::{Markup, html};
use sayso::types::decision::SubjectKind;

use super::log::change;
use super::{address, sheet, time};
use crate::answer::book::{DecisionAnswer, Differs, HistoryAnswer, StepAnswer};
use crate::desk::Desk;
use crate::extract::Segment;
use crate::fault::Fault;
use crate::pages::link::{Page, segment};
use crate::pages::part::badge;
use crate::pages::setting::Setting;

/// So many things that a decision is about are named.
const MOST_NAMED: usize = 30;

/// The page of a decision.
pub(super) async fn decision(desk: Desk, setting: Setting, Segment(number): Segment) -> Result<Html<String>, Fault> {
    let answer = desk.ask(setting.as_of.clone(), move |reader| DecisionAnswer::of(reader, &number)).await?;
    let title = format!("Decision {}", answer.line.decision);
    Ok(sheet(&setting, &title, "/book", &main(&setting, &answer)))
}

fn main(setting: &Setting, answer: &DecisionAnswer) -> Markup {
    let line = &answer.line;
    html! {
        p.lead dir="auto" { strong { (line.told) } " " @if line.holds { (badge("holds", "holds")) } @else { (badge("undone", "holds no longer")) } }
        dl.facts {
            div { dt { "Decided by" } dd dir="auto" { (line.who) } }
            div { dt { "When" } dd { (time(&line.at)) } }
            div { dt { "Why" } dd dir="auto" { @if line.why.is_empty() { span.unknown { "nobody said" } } @else { (line.why) } } }
        }
        @if let (Some(before), Some(after)) = (&answer.before, &answer.after) { (change(before, after)) }
        @if setting.as_of.is_none() {
            p.buttons {
                @if line.holds { button type="button" data-undo=(line.decision) { "Undo this decision " kbd { "u" } } }
                @else { button type="button" data-redo=(line.decision) { "Make it hold again" } }
            }
            noscript { p.quiet { code { "sayso " (if line.holds { "undo" } else { "redo" }) " " (line.decision) } } }
        }
        section {
            h2 { "About" }
            ul.lines { @for subject in answer.subjects.iter().take(MOST_NAMED) { li { (about(setting, subject.kind, &subject.id)) } } }
            @if answer.subjects.len() > MOST_NAMED { p.quiet { "and " (answer.subjects.len() - MOST_NAMED) " more" } }
        }
        section { h2 { "When it held" } (steps(&answer.steps)) }
        section {
            h2 { "What came of it" }
            @if answer.linked_after.is_empty() { p.quiet { "Nothing was linked since." } }
            @else {
                p.quiet dir="auto" { "Linked after: " (answer.linked_after) }
                @if answer.changed.is_empty() { p.quiet { "No event, relation or series became another." } }
                ul.lines { @for differs in &answer.changed { li { (differing(setting, differs)) } } }
                @if answer.more { p.quiet { "And more than these." } }
            }
        }
    }
}

/// What a decision is about, with a link to it and to its history.
fn about(setting: &Setting, kind: SubjectKind, id: &str) -> Markup {
    let page = match kind {
        SubjectKind::Statement => setting.to(Page::Statement, id),
        SubjectKind::Document => setting.to(Page::Document, id),
        SubjectKind::Group => address(setting, id),
        SubjectKind::Actor => setting.to(Page::Actor, id),
        SubjectKind::Source => setting.at("/book/sources"),
    };
    let has_history = matches!(kind, SubjectKind::Statement | SubjectKind::Document | SubjectKind::Group);
    html! {
        (kind.as_str()) " " a href=(page) dir="auto" { (id) }
        @if has_history { " · " a href=(setting.at(&format!("/history/{}", segment(id)))) { "history" } }
        " · " a href=(setting.at(&format!("/book?about={}", segment(id)))) { "all decisions about it" }
    }
}

/// Something that became another.
pub(super) fn differing(setting: &Setting, differs: &Differs) -> Markup {
    html! {
        (badge("change", differs.change)) " "
        a href=(address(setting, &differs.id)) dir="auto" { @if differs.of.is_empty() { (differs.id) } @else { (differs.of) } } " " code { (differs.id) }
        @if !differs.what.is_empty() { p dir="auto" { (differs.what) } }
    }
}

/// The page of what became of one thing.
pub(super) async fn history(desk: Desk, setting: Setting, Segment(id): Segment) -> Result<Html<String>, Fault> {
    let answer = desk.ask(setting.as_of.clone(), move |reader| HistoryAnswer::of(reader, &id)).await?;
    let main = html! {
        p.lead { "What became of " a href=(address(&setting, &answer.id)) { code { (answer.id) } } " since it came into the record, first thing first." }
        (steps(&answer.steps))
    };
    Ok(sheet(&setting, "History", "/book", &main))
}

fn steps(steps: &[StepAnswer]) -> Markup {
    html! {
        table.documents {
            thead { tr { th scope="col" { "When" } th scope="col" { "Who" } th scope="col" { "What" } th scope="col" { "Why" } } }
            tbody {
                @for step in steps {
                    tr data-row {
                        td data-label="When" { (time(&step.at)) " " small { "no. " (step.entry) } }
                        td data-label="Who" dir="auto" { (step.who) }
                        td data-label="What" dir="auto" { (step.what) }
                        td data-label="Why" dir="auto" { (step.why) }
                    }
                }
            }
        }
    }
}
