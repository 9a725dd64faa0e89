//! A document laid beside the one whose text it repeats: what it kept, moved, left out and put in.

use axum::response::Html;
use maud::{Markup, html};
use sayso::linking::{Copy, Fate};

use super::frame::{Screen, Sheet, frame};
use super::link::Page;
use super::setting::Setting;
use crate::answer::document;
use crate::answer::statement::title;
use crate::api::document::With;
use crate::desk::Desk;
use crate::extract::{Asked, Segment};
use crate::fault::Fault;

/// The page of two documents side by side.
pub(super) async fn comparison(
    desk: Desk,
    setting: Setting,
    Segment(id): Segment,
    Asked(with): Asked<With>,
) -> Result<Html<String>, Fault> {
    let copy = desk.ask(setting.as_of.clone(), move |reader| document::comparison(reader, &id, with.with.as_deref())).await?;
    let sheet = Sheet { title: "Side by side", screen: Screen::Search, styles: &[], modules: &[], main: main(&setting, &copy) };
    Ok(frame(&setting, sheet))
}

fn main(setting: &Setting, copy: &Copy) -> Markup {
    html! {
        article data-preview {
            h1 { "Side by side" }
            p { "The copy: " a href=(setting.to(Page::Document, &copy.copy.id)) dir="auto" { (title(&copy.copy)) } ". The original: "
                a href=(setting.to(Page::Document, &copy.original.id)) dir="auto" { (title(&copy.original)) } "." }
            @if let Some(repeat) = &copy.repeat { p.notice.origin { (repeat.why) } }
            ul.legend aria-label="What the marks mean" {
                li { "kept as it was" }
                li { ins { "put in by the copy" } }
                li { del { "left out by the copy" } }
                li { span.moved { "moved" } }
            }
            div.report lang=(copy.copy.language) dir="auto" {
                p.block.side-by-side {
                    @for piece in &copy.pieces {
                        @match piece.fate {
                            Fate::Kept => (piece.text),
                            Fate::Moved => span.moved title="moved" { (piece.text) },
                            Fate::LeftOut => del { (piece.text) },
                            Fate::PutIn => ins { (piece.text) },
                        }
                        " "
                    }
                }
            }
        }
    }
}
