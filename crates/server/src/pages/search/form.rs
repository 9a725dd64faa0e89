//! The box, the form that writes the query language for a person, and what of a question was not understood.

use maud::{Markup, html};
use sayso::question::Field;

use crate::answer::search::{As, SearchAnswer};
use crate::pages::setting::Setting;

/// The box with the question, and beneath it a form that adds to it.
pub(super) fn form(setting: &Setting, written: &str, as_: As) -> Markup {
    html! {
        form.search role="search" action="/" method="get" {
            @if let Some(as_of) = &setting.as_of { input type="hidden" name="as-of" value=(as_of); }
            input type="hidden" name="as" value=(as_.as_str());
            div.box {
                input #q type="search" name="q" value=(written) aria-label="Question" autocomplete="off" autocapitalize="none" spellcheck="false"
                    enterkeyhint="search" placeholder="Words, \"a phrase\", actor:… place:… type:… date:2014..2015" dir="auto";
                button { "Search" }
            }
            details.builder {
                summary { "Add to the question" }
                div.fields {
                    (field("actor", "Actor", "Boko Haram"))
                    (field("place", "Place or country", "Kano"))
                    (field("type", "Type", "assault"))
                    (field("source", "Who says so", "police"))
                    (field("publisher", "Publisher", ""))
                    (field("since", "Since", "2014-03"))
                    (field("until", "Until", "2015"))
                    label { "Status"
                        select name="status" {
                            option value="" { "any" }
                            @for status in sayso::types::decision::Status::ALL { option value=(status.as_str()) { (status.as_str()) } }
                        }
                    }
                    label { "Review"
                        select name="review" {
                            option value="" { "any" }
                            @for state in ["never", "accepted", "corrected"] { option value=(state) { (state) } }
                        }
                    }
                    label { "Sources, at least" input name="sources" type="number" min="1" max="99"; }
                    button { "Add and search" }
                }
            }
            (language())
        }
    }
}

fn field(name: &str, words: &str, example: &str) -> Markup {
    html! { label { (words) input name=(name) placeholder=(example) autocomplete="off" dir="auto"; } }
}

/// The query language in short.
fn language() -> Markup {
    html! {
        details.language {
            summary { "How to ask" }
            div {
                p {
                    code { "mosque market" } " both words · " code { "mosque OR church" } " either · " code { "\"air strike\"" } " a phrase · "
                    code { "hosp*" } " the beginning of a word · " code { "-protest" } " not so"
                }
                dl.language-fields {
                    @for field in Field::ALL.iter().chain([&Field::ORIGIN]) {
                        div { dt { code { (field.name) ":" (field.example) } } dd { (field.asks) } }
                    }
                }
            }
        }
    }
}

/// What was not understood, with its place.
pub(super) fn remarks(answer: &SearchAnswer) -> Markup {
    html! {
        @if !answer.remarks.is_empty() {
            div.notice role="status" {
                p { strong { "Not all of the question was understood." } " Asked was: " code dir="auto" { @if answer.q.is_empty() { "everything" } @else { (answer.q) } } }
                ul {
                    @for remark in &answer.remarks {
                        li { code dir="auto" { (remark.written) } " (at character " (remark.at + 1) "): " (remark.why) }
                    }
                }
            }
        }
    }
}
