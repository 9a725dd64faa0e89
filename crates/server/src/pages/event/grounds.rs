//! Who counts as an independent source, and why are these statements of one event?

use maud::{Markup, html};
use sayso_linking::informant::Holding;

use super::counted;
use crate::answer::event::EventAnswer;
use crate::pages::link::Page;
use crate::pages::part;
use crate::pages::setting::Setting;

/// The independent sources with the reason for each, and what adds none.
pub(super) fn sources(setting: &Setting, answer: &EventAnswer) -> Markup {
    let independence = &answer.account.independence;
    html! {
        section.sources aria-labelledby="sources-heading" {
            h2 #sources-heading {
                (counted(independence.sources.len(), "independent source", "independent sources"))
                ", in " (counted(answer.told_by.len(), "statement", "statements"))
            }
            ul.plain {
                @for source in &independence.sources {
                    li {
                        strong dir="auto" { (source.name) }
                        @if let Some(grade) = answer.reliability.get(&source.name) { " " (part::badge("reliability", &format!("reliability {}", grade.as_str()))) }
                        @if source.is_perpetrator { " " (part::badge("perpetrator", "said to have done it")) }
                        " " small { (holding(source.holding)) }
                        ": " (source.why) ". "
                        @for (at, id) in source.statements.iter().enumerate() {
                            a.open href=(setting.to(Page::Statement, id)) { "sentence " (at + 1) } " "
                        }
                    }
                }
            }
            @if !independence.uncounted.is_empty() {
                details {
                    summary { (counted(independence.uncounted.len(), "telling adds", "tellings add")) " no source" }
                    ul.plain {
                        @for one in &independence.uncounted {
                            li { a.open href=(setting.to(Page::Statement, &one.statement)) { code { (one.document) } } ": " (one.why) }
                        }
                    }
                }
            }
        }
    }
}

fn holding(holding: Holding) -> &'static str {
    match holding {
        Holding::Held => "its own text is in the record",
        Holding::CitedNotHeld => "cited; its own text is not in the record",
        Holding::Spoken => "spoke",
    }
}

/// The statements in the order of reading, each with why it is here.
pub(super) fn one_event(setting: &Setting, answer: &EventAnswer) -> Markup {
    html! {
        section.one-event aria-labelledby="one-heading" {
            h2 #one-heading { "Why these are one event" }
            ol.plain data-members {
                @for telling in &answer.told_by {
                    li data-statement=(telling.statement.id) data-document=(telling.statement.document_id) data-open=(setting.to(Page::Statement, &telling.statement.id)) {
                        @if setting.as_of.is_none() {
                            label.pick { input type="checkbox" name="out" value=(telling.statement.id); span.hidden { "Select to split off" } }
                        }
                        a.open href=(setting.to(Page::Statement, &telling.statement.id)) { q dir="auto" { (telling.statement.evidence.words.text) } }
                        " " span.quiet dir="auto" { (telling.title) @if let Some(publisher) = &telling.publisher { ", " (publisher) } }
                        p.why {
                            (telling.why)
                            @if let Some(score) = telling.score { " " small { "(" (format!("{score:.2}")) ")" } }
                        }
                    }
                }
            }
        }
    }
}
