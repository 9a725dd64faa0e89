//! Data of others beside the record, and each compared with it: what both tell, where they differ, what either has alone.

use axum::response::Html;
use form_urlencoded::Serializer;
use maud::{Markup, html};

use super::{sheet, time};
use crate::answer::book::{ComparedRow, ComparisonAnswer, ComparisonAsked, ImportLine, imports as answer};
use crate::desk::Desk;
use crate::extract::{Asked, Segment};
use crate::fault::Fault;
use crate::pages::link::segment;
use crate::pages::part::badge;
use crate::pages::setting::Setting;

/// The page of imports.
pub(super) async fn imports(desk: Desk, setting: Setting) -> Result<Html<String>, Fault> {
    let imports = desk.ask(None, answer).await?;
    let main = html! {
        p { "Data sets that the record's owner laid beside it. None of it is in the record: no document, statement or event is made of it, and no export takes it along." }
        @if imports.is_empty() {
            p.empty { "Nothing was imported yet: " code { "sayso import acled FILE --licence \"…\" --record FILE" } " lays your own file of ACLED, UCDP GED, GTD or POLECAT beside the record." }
        } @else {
            table.plain {
                thead { tr { th scope="col" { "Import" } th scope="col" { "Rows" } th scope="col" { "Licence" } th scope="col" { "File" } th scope="col" { "Imported" } } }
                tbody { @for import in &imports { (line(&setting, import)) } }
            }
        }
    };
    Ok(sheet(&setting, "Imports", "/book/imports", &main))
}

fn line(setting: &Setting, import: &ImportLine) -> Markup {
    let version = import.version.as_deref().unwrap_or_default();
    html! {
        tr {
            td {
                @if import.is_of_events { a href=(setting.at(&format!("/book/imports/{}", import.number))) { (import.number) ": " (import.dataset) " " (version) } }
                @else { (import.number) ": " (import.dataset) " " (version) " (actors)" }
            }
            td { (import.rows) }
            td dir="auto" { (import.licence) }
            td dir="auto" { (import.file) }
            td { (time(&import.at)) " by " (import.who) }
        }
    }
}

/// The page of one import beside the record.
pub(super) async fn comparison(
    desk: Desk,
    setting: Setting,
    Segment(number): Segment,
    Asked(asked): Asked<ComparisonAsked>,
) -> Result<Html<String>, Fault> {
    let put = asked.clone();
    let answer = desk.ask(setting.as_of.clone(), move |reader| ComparisonAnswer::of(reader, &number, &put)).await?;
    let number = answer.import.number;
    let main = html! {
        p { (answer.import.rows) " events of " strong { (answer.import.dataset) } ", under: " span dir="auto" { (answer.import.licence) }
            ". Two are one within " (answer.days) " days and " (answer.km) " km beyond what either leaves open, each with one at most. A match is a proposal: look at both." }
        (outcomes(&setting, &answer, &asked))
        @if answer.untimed > 0 { p.quiet { (answer.untimed) " of ours are told less surely than within three months, and were not compared." } }
        @if answer.rows.is_empty() { p.empty { "Nothing of this kind. " a href=(setting.at(&format!("/book/imports/{number}"))) { "All outcomes" } } }
        @else {
            table.plain {
                thead { tr { th scope="col" { "Outcome" } th scope="col" { "Theirs" } th scope="col" { "Ours" } th scope="col" { "Field by field: theirs, ours" } } }
                tbody { @for row in &answer.rows { (compared(&setting, row)) } }
            }
            p.quiet { "Of each outcome the first 200. " code { "sayso import compare " (number) " --format csv" } " writes all." }
        }
    };
    Ok(sheet(&setting, "Import beside the record", "/book/imports", &main))
}

/// How many of each outcome, each a link to these alone.
fn outcomes(setting: &Setting, answer: &ComparisonAnswer, asked: &ComparisonAsked) -> Markup {
    let of = [
        ("", "all", answer.matched + answer.only_theirs + answer.only_ours),
        ("matched", "matched", answer.matched),
        ("differing", "matched and differing", answer.differing),
        ("only-theirs", "only theirs", answer.only_theirs),
        ("only-ours", "only ours", answer.only_ours),
    ];
    let address = |only: &str| {
        let query = Serializer::new(String::new()).append_pair("only", only).append_pair("q", &asked.q).finish();
        setting.at(&format!("/book/imports/{}?{query}", answer.import.number))
    };
    html! {
        ul.outcomes {
            @for (only, name, number) in of { li { a href=(address(only)) aria-current=[(asked.only == only).then_some("true")] { (number) " " (name) } } }
        }
    }
}

fn compared(setting: &Setting, row: &ComparedRow) -> Markup {
    html! {
        tr {
            td { (row.outcome) @if let Some(likeness) = row.likeness { " (" (likeness) ")" } }
            td dir="auto" { (row.theirs.as_deref().unwrap_or_default()) }
            td { @if let Some(id) = &row.ours { a href=(setting.at(&format!("/event/{}", segment(id)))) { (id.get(..10).unwrap_or(id)) } } }
            td {
                ul {
                    @for field in row.fields.iter().filter(|field| field.verdict != "untold") {
                        li { (field.name) " " (badge(class(field.verdict), field.verdict)) " " span dir="auto" { (field.theirs) } " | " span dir="auto" { (field.ours) } }
                    }
                }
            }
        }
    }
}

fn class(verdict: &str) -> &'static str {
    match verdict {
        "agrees" => "holds",
        "differs" => "undone",
        _ => "quiet",
    }
}
