//! Readings: what was read, how far one that goes on is, and what could not be read and what to do about it.

use axum::response::Html;
use maud::{Markup, html};

use super::{sheet, time};
use crate::answer::book::{RunAnswer, RunState, runs as answer};
use crate::desk::{Desk, now};
use crate::fault::Fault;
use crate::pages::part::badge;
use crate::pages::setting::Setting;

/// The page of readings.
pub(super) async fn runs(desk: Desk, setting: Setting) -> Result<Html<String>, Fault> {
    let now = now();
    let runs = desk.ask(None, move |reader| answer(reader, &now)).await?;
    let running = runs.iter().any(|run| run.state == RunState::Running);
    let main = html! {
        @if runs.is_empty() { p.empty { "Nothing was read into this record by a run yet: " code { "sayso read INPUT --record FILE" } "." } }
        div #runs data-running[running] { @for run in &runs { (one(run)) } }
    };
    Ok(sheet(&setting, "Readings", "/book/runs", &main))
}

fn one(run: &RunAnswer) -> Markup {
    let (class, words) = match run.state {
        RunState::Finished => ("holds", "ended"),
        RunState::Running => ("running", "goes on"),
        RunState::BrokenOff => ("undone", "broken off"),
    };
    let inputs: Vec<&str> = run.inputs.iter().take(5).map(String::as_str).collect();
    let rest = run.inputs.len().saturating_sub(5);
    html! {
        section.run {
            h2 dir="auto" { (inputs.join(", ")) @if rest > 0 { " and " (rest) " more" } " " (badge(class, words)) }
            p { (time(&run.started)) @if let Some(finished) = &run.finished { " to " (time(finished)) } ", by " (run.program) }
            p {
                strong { (run.documents) " documents" } @if run.state != RunState::Running { " (" (run.new) " new, " (run.unchanged) " known already), " (run.statements) " statements" }
                @if let Some(rate) = rate(run) { ", " (rate) }
            }
            @if run.state == RunState::BrokenOff {
                p.notice { "This reading did not end. What it had finished is kept. Read the same input again: it goes on where it ended, for what the record has just so is not written twice." }
            }
            @if run.failed > 0 { (failures(run)) }
            details { summary { "With what it read" } dl.versions { @for (name, version) in &run.versions { div { dt { (name) } dd { code { (version) } } } } } }
        }
    }
}

/// How long and how fast.
fn rate(run: &RunAnswer) -> Option<String> {
    let seconds = run.seconds.filter(|seconds| *seconds > 0)?;
    let length = if seconds < 120 { format!("{seconds} seconds") } else { format!("{} minutes", seconds / 60) };
    let read = run.documents + run.unchanged;
    Some(format!("in {length}, {:.1} a second", read as f64 / seconds as f64))
}

fn failures(run: &RunAnswer) -> Markup {
    html! {
        details open[run.failed <= 10] {
            summary { (run.failed) " could not be read" }
            p.quiet { "Mend what is named and read the same input again; what was read is not read twice." }
            table.plain {
                thead { tr { th scope="col" { "Input" } th scope="col" { "Why not, and what to do" } } }
                tbody { @for failure in &run.failures { tr { td dir="auto" { code { (failure.input) } } td dir="auto" { (failure.reason) } } } }
            }
            @if run.failed > run.failures.len() as u64 { p.quiet { "These are the first " (run.failures.len()) ". " code { "sayso summary" } " counts them all." } }
        }
    }
}
