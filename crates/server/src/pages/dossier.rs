//! A brief as a page of its own, to be printed or kept as PDF.

use maud::{DOCTYPE, Markup, html};
use sayso::dossier::{Dossier, Line, Note, Part, Run};

/// The brief as a whole page.
pub(crate) fn html(dossier: &Dossier) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (dossier.title) " · dossier" }
                link rel="icon" href="/ui/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/ui/style.css";
                link rel="stylesheet" href="/ui/dossier.css";
            }
            body { main.brief { (body(dossier)) } }
        }
    };
    page.into_string()
}

fn body(dossier: &Dossier) -> Markup {
    html! {
        h1 dir="auto" { (dossier.title) }
        dl.facts { @for (name, value) in &dossier.head { div { dt { (name) } dd { (value) } } } }
        @for section in &dossier.sections {
            section {
                h2 { (section.title) }
                @for part in &section.parts { (part_of(part)) }
            }
        }
        section.sources {
            h2 { "Sources" }
            ol { @for (at, note) in dossier.notes.iter().enumerate() { li id=(format!("n{}", at + 1)) { (source(note)) } } }
        }
        section { h2 { "How this was made" } ul { @for line in &dossier.made { li { (line) } } } }
    }
}

fn part_of(part: &Part) -> Markup {
    html! {
        @match part {
            Part::Paragraph(words) => p dir="auto" { (line(words)) },
            Part::List(lines) => ul { @for words in lines { li dir="auto" { (line(words)) } } },
            Part::Table { head, rows } => table.plain {
                thead { tr { @for name in head { th scope="col" { (name) } } } }
                tbody { @for row in rows { tr { @for cell in row { td dir="auto" { (line(cell)) } } } } }
            },
        }
    }
}

fn line(line: &Line) -> Markup {
    html! {
        @for run in &line.0 {
            @match run {
                Run::Words(words) => (words),
                Run::Strong(words) => strong { (words) },
                Run::Quote(words) => q { (words) },
                Run::Note(number) => sup { a href=(format!("#n{number}")) { "[" (number) "]" } },
            }
        }
    }
}

fn source(note: &Note) -> Markup {
    let is_web = |url: &&String| ["http://", "https://"].iter().any(|scheme| url.to_ascii_lowercase().starts_with(scheme));
    html! {
        span dir="auto" { (note.told()) }
        ": " q dir="auto" { (note.quote) }
        @if let Some(url) = note.url.as_ref() {
            " " @if is_web(&url) { a href=(url) rel="noreferrer noopener" { (url) } } @else { (url) }
        }
        " " a.statement href=(format!("/statement/{}", super::link::segment(&note.statement))) { code { (note.statement) } }
    }
}
