//! Sources with how much they tell, and how reliable people hold them to be.

use axum::response::Html;
use maud::{Markup, html};
use sayso::types::decision::Reliability;

use super::{more, sheet, time};
use crate::answer::book::{Graded, SourceLine, SourcesAnswer, SourcesAsked, sources as answer};
use crate::answer::paged::PageAsked;
use crate::desk::Desk;
use crate::extract::Asked;
use crate::fault::Fault;
use crate::pages::link::{Page, segment};
use crate::pages::setting::Setting;

/// The page of sources.
pub(super) async fn sources(
    desk: Desk,
    setting: Setting,
    Asked(asked): Asked<SourcesAsked>,
    Asked(page): Asked<PageAsked>,
) -> Result<Html<String>, Fault> {
    let of = asked.clone();
    let found = desk.ask(setting.as_of.clone(), move |reader| answer(reader, &of, &page)).await?;
    Ok(sheet(&setting, "Sources", "/book/sources", &main(&setting, &asked, &found)))
}

fn main(setting: &Setting, asked: &SourcesAsked, found: &SourcesAnswer) -> Markup {
    let publishers = asked.of.as_deref() == Some("publishers");
    let may_grade = setting.as_of.is_none() && setting.person.must_decide("reliability").is_ok();
    html! {
        p.lead {
            "Who says what stands in the record, and who carries it. Reliability is the "
            a href="/book/codebook#reliability" { "Admiralty code's" } " first half: people set it, nothing computes it."
        }
        form.filters method="get" action="/book/sources" {
            @if let Some(as_of) = &setting.as_of { input type="hidden" name="as-of" value=(as_of); }
            label { "Which" select name="of" {
                option value="informants" selected[!publishers] { "who says so" }
                option value="publishers" selected[publishers] { "who publishes it" }
            } }
            label { "Name begins" input name="begins" value=(asked.begins.clone().unwrap_or_default()) autocomplete="off"; }
            button { "Show" }
        }
        @if !found.grades.is_empty() { (graded(setting, found)) }
        @if found.page.items.is_empty() { p.empty { "No source in this record is so." } } @else {
            table.documents.sources {
                thead { tr { th scope="col" { "Source" } th.number scope="col" { "Statements" } th.number scope="col" { "Documents" } th scope="col" { "Reliability" } } }
                tbody { @for line in &found.page.items { (row(setting, line, publishers, may_grade)) } }
            }
        }
        (more(setting, found.page.next.as_deref()))
    }
}

fn row(setting: &Setting, line: &SourceLine, publishers: bool, may_grade: bool) -> Markup {
    let what = if publishers { "publisher" } else { "source" };
    html! {
        tr data-row data-source=(line.source) {
            td data-label="Source" dir="auto" {
                @if line.registered || !publishers { a href=(if line.registered { setting.to(Page::Actor, &line.source) } else { search(setting, what, &line.source) }) { (line.name) } }
                @else { (line.name) }
            }
            td.number data-label="Statements" { a href=(search(setting, what, &line.source)) { (line.statements) } }
            td.number data-label="Documents" { (line.documents) }
            td data-label="Reliability" {
                @if let Some(graded) = &line.graded { (grade(setting, graded)) }
                @if may_grade { (form(line)) } @else if line.graded.is_none() { span.unknown { "not graded" } }
            }
        }
    }
}

fn search(setting: &Setting, what: &str, source: &str) -> String {
    let query = format!("{what}:\"{}\"", source.replace('"', " "));
    setting.at(&format!("/?as=statements&q={}", segment(&query)))
}

fn grade(setting: &Setting, graded: &Graded) -> Markup {
    html! {
        span.badge.grade title=(graded.grade.definition()) { (graded.grade.as_str()) } " "
        small { (graded.grade.definition()) " " a href=(setting.at(&format!("/book/decision/{}", graded.decision))) { (graded.who) ", " (time(&graded.at)) } @if !graded.why.is_empty() { ": " (graded.why) } }
    }
}

fn form(line: &SourceLine) -> Markup {
    let held = line.graded.as_ref().map(|graded| graded.grade);
    html! {
        form.grading data-grade=(line.source) {
            select name="grade" aria-label=(format!("Reliability of {}", line.name)) {
                @if held.is_none() { option value="" { "–" } }
                @for grade in Reliability::ALL { option value=(grade.as_str()) selected[held == Some(*grade)] { (grade.as_str()) } }
            }
            input name="why" placeholder="why" aria-label="Why" autocomplete="off";
            button { "Set" }
        }
    }
}

/// All that people graded, whatever the page shows.
fn graded(setting: &Setting, found: &SourcesAnswer) -> Markup {
    html! {
        details { summary { (found.grades.len()) " graded by people" }
            ul.lines { @for (source, graded) in &found.grades { li dir="auto" { (source) " " (grade(setting, graded)) } } }
        }
    }
}
