//! Search before anything is asked: what the record holds, what was read last, kept questions and questions to begin with.

use maud::{Markup, html};

use super::{address, capital, form, grouped, told};
use crate::answer::saved::{self, Kept};
use crate::answer::search::As;
use crate::answer::search::overview::Overview;
use crate::pages::link::Page;
use crate::pages::setting::Setting;

/// The page before a question.
pub(super) fn overview(setting: &Setting, overview: &Overview, kept: &Kept) -> Markup {
    html! {
        h1 { "What do we have on …?" }
        (form::form(setting, "", As::Events))
        @if overview.documents == 0 { (empty()) } @else {
            (holds(setting, overview))
            div.begin {
                (kept_questions(setting, kept))
                section {
                    h2 { "Questions to begin with" }
                    ul { @for q in &overview.examples { li { a href=(address(setting, q, As::Events)) dir="auto" { code { (q) } } } } }
                }
                section {
                    h2 { "Waiting for people" }
                    ul {
                        li { a href=(setting.at("/review")) { "Review what was coded" } }
                        li { a href=(address(setting, "status:contested", As::Events)) { "Events that sources contest" } }
                        li { a href=(address(setting, "review:never", As::Statements)) { "Statements that nobody has reviewed" } }
                    }
                }
                section {
                    h2 { "Read last" }
                    ul.plain.last-read {
                        @for document in &overview.last_read {
                            li data-hit=(setting.to(Page::Document, &document.id)) {
                                a href=(setting.to(Page::Document, &document.id)) dir="auto" { (document.title) }
                                " " small dir="auto" { (document.publisher.as_deref().unwrap_or("publisher unknown")) @if let Some(day) = &document.published { ", " (day) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn holds(setting: &Setting, overview: &Overview) -> Markup {
    html! {
        dl.facts {
            div { dt { "Documents read" } dd { a href=(address(setting, "", As::Documents)) { (grouped(overview.documents)) } } }
            div { dt { "Statements coded" } dd { a href=(address(setting, "", As::Statements)) { (grouped(overview.statements)) } } }
            @for kind in &overview.kinds {
                div { dt { (capital(kind.as_.as_str())) } dd { a href=(address(setting, "", kind.as_)) { (told(kind.tally)) } } }
            }
            @if let Some(changed) = &overview.changed { div { dt { "Last read" } dd { (changed) } } }
        }
    }
}

fn kept_questions(setting: &Setting, kept: &Kept) -> Markup {
    html! {
        section.kept {
            h2 { "Your questions" }
            @if kept.saved.is_empty() { p.quiet { "Ask something, then keep it under a name beneath the list that it finds." } }
            ul.plain {
                @for one in &kept.saved {
                    li data-saved=(one.number) {
                        a href=(address(setting, &one.q, saved::shown(one))) dir="auto" { (one.name) }
                        " " code dir="auto" { (one.q) }
                        " " a href=(setting.at(&format!("/feed.atom?{}", saved::query(one)))) { "feed" }
                    }
                }
            }
        }
    }
}

fn empty() -> Markup {
    html! {
        div.empty {
            p { strong { "This record holds nothing yet." } }
            p { "Read reports into it, then load this page again:" }
            p { code { "sayso read REPORTS --record FILE" } " and " code { "sayso link --record FILE" } }
        }
    }
}
