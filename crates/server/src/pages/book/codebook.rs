//! The codebook: every code with what it means, what codes it and an example. Each scheme and code has an anchor: `#event`, `#event-assault`.

use axum::response::Html;
use maud::{Markup, html};
use sayso::codebook::{Code, Codebook, Scheme};

use super::sheet;
use crate::answer::codebook::codebook as answer;
use crate::fault::Fault;
use crate::pages::setting::Setting;

/// So many words that speak for a code are listed at once.
const WORDS: usize = 20;

/// The page of the codebook.
pub(super) async fn codebook(setting: Setting) -> Result<Html<String>, Fault> {
    let book = answer()?;
    Ok(sheet(&setting, "Codebook", "/book/codebook", &main(book)))
}

fn main(book: &Codebook) -> Markup {
    html! {
        p.lead { "Made from the ontology, the rules and the types by which the program itself decides. The examples are made up; they are the rules' own tests." }
        nav.contents aria-label="Contents" { ul { @for scheme in &book.schemes { li { a href=(format!("#{}", scheme.id)) { (scheme.title) } } } } }
        @for scheme in &book.schemes { (section(scheme)) }
    }
}

fn section(scheme: &Scheme) -> Markup {
    html! {
        section.scheme id=(scheme.id) aria-labelledby=(format!("{}-heading", scheme.id)) {
            h2 id=(format!("{}-heading", scheme.id)) { (scheme.title) }
            p.quiet { (scheme.about) }
            dl.codes { @for code in &scheme.codes { (one(scheme, code)) } }
        }
    }
}

fn one(scheme: &Scheme, code: &Code) -> Markup {
    let id = format!("{}-{}", scheme.id, code.code);
    html! {
        div id=(id) {
            dt { a href=(format!("#{id}")) { code { (code.code) } } }
            dd {
                p { (code.definition) @if let Some(source) = &code.source { " " small { (source) } } }
                @if let Some(example) = &code.example {
                    blockquote { (example.text) }
                    p.gives { @for gives in &example.gives { code { (gives) } " " } small { "by " (example.frame) } }
                }
                @if !code.words.is_empty() { (words(&code.words)) }
                @if !code.acled.is_empty() {
                    details { summary { "In ACLED's types" }
                        ul { @for crossing in &code.acled { li {
                            (crossing.event_type) ", " (crossing.sub_event_type)
                            @if !crossing.mode.is_empty() || !crossing.target.is_empty() { " " small { (crossing.mode) " " @if !crossing.target.is_empty() { "against " (crossing.target) } } }
                        } } }
                    }
                }
                @if !code.frames.is_empty() { details { summary { (code.frames.len()) " frames code it" } p.frames { @for frame in &code.frames { code { (frame) } " " } } } }
            }
        }
    }
}

fn words(words: &[String]) -> Markup {
    html! {
        details { summary { (words.len()) " words speak for it" }
            p { (words.iter().take(WORDS).cloned().collect::<Vec<_>>().join(", ")) @if words.len() > WORDS { " and " (words.len() - WORDS) " more" } }
        }
    }
}
