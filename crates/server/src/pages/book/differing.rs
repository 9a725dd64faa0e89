//! What is otherwise at one release or moment than at another? The first of each kind on the page, all of it in the API.

use axum::response::Html;
use maud::{Markup, html};

use super::decision::differing;
use super::sheet;
use crate::answer::book::{DiffAnswer, DiffAsked, Differs, ReleaseAnswer, releases};
use crate::desk::Desk;
use crate::extract::Asked;
use crate::fault::Fault;
use crate::pages::link::{Page, segment};
use crate::pages::part::badge;
use crate::pages::setting::Setting;

/// So many of each kind stand on the page.
const SHOWN: usize = 50;

/// The page of a difference.
pub(super) async fn diff(desk: Desk, setting: Setting, Asked(asked): Asked<DiffAsked>) -> Result<Html<String>, Fault> {
    let of = asked.clone();
    let is_asked = asked.from.as_deref().is_some_and(|from| !from.trim().is_empty());
    let (releases, difference) =
        desk.ask(None, move |reader| Ok((releases(reader)?, if is_asked { Some(DiffAnswer::of(reader, &of)?) } else { None }))).await?;
    let main = html! {
        p.lead { "What is otherwise at one moment of the record than at an earlier one, and through whom." }
        (form(&asked, &releases))
        @match difference {
            None => p.empty { "Choose two moments: names of releases, dates or times." },
            Some(difference) if difference.is_empty() => p.empty { "Nothing differs between the two." },
            Some(difference) => (parts(&setting, &asked, &difference)),
        }
    };
    Ok(sheet(&setting, "Differences", "/book/diff", &main))
}

fn form(asked: &DiffAsked, releases: &[ReleaseAnswer]) -> Markup {
    let given = |text: &Option<String>| text.clone().unwrap_or_default();
    html! {
        form.filters method="get" action="/book/diff" {
            label { "From" input name="from" list="moments" required value=(given(&asked.from)) placeholder="a release or date" autocomplete="off"; }
            label { "To" input name="to" list="moments" value=(given(&asked.to)) placeholder="now" autocomplete="off"; }
            datalist #moments { @for release in releases { option value=(release.name) {} } }
            button { "Compare" }
        }
    }
}

fn parts(setting: &Setting, asked: &DiffAsked, difference: &DiffAnswer) -> Markup {
    let to = asked.to.as_deref().filter(|to| !to.trim().is_empty()).map(|to| format!("&to={}", segment(to))).unwrap_or_default();
    let whole = format!("/api/v1/diff?from={}{to}", segment(asked.from.as_deref().unwrap_or_default()));
    html! {
        (part("Events, relations and series", &difference.groups, &whole, &|differs| differing(setting, differs)))
        (part("Documents", &difference.documents, &whole, &|differs| row(setting, Page::Document, differs)))
        (part("Statements", &difference.statements, &whole, &|differs| row(setting, Page::Statement, differs)))
    }
}

fn part(title: &str, all: &[Differs], whole: &str, line: &dyn Fn(&Differs) -> Markup) -> Markup {
    let of = |change: &str| all.iter().filter(|differs| differs.change == change).count();
    html! {
        section {
            h2 { (title) ": " (of("added")) " added, " (of("changed")) " changed, " (of("removed")) " removed" }
            ul.lines {
                @for differs in all.iter().take(SHOWN) {
                    li data-row { (line(differs)) @if !differs.through.is_empty() { p.quiet dir="auto" { (differs.through) } } }
                }
            }
            @if all.len() > SHOWN { p { "These are the first " (SHOWN) " of " (all.len()) ". " a href=(whole) { "All of it as JSON" } } }
        }
    }
}

fn row(setting: &Setting, page: Page, differs: &Differs) -> Markup {
    html! { (badge("change", differs.change)) " " a href=(setting.to(page, &differs.id)) { code { (differs.id) } } " " span.quiet dir="auto" { (differs.of) } }
}
