//! A hit of each kind: what it is, and the words for which it was found.

use maud::{Markup, html};

use super::grouped;
use crate::answer::search::{ActorHit, Carried, DocumentHit, Hit, Piece, Quote, StatementHit};
use crate::pages::link::Page;
use crate::pages::part;
use crate::pages::setting::Setting;

/// One hit as an item of the list.
pub(super) fn hit(setting: &Setting, hit: &Hit) -> Markup {
    let (open, evidence, what) = match hit {
        Hit::Group(hit) => (
            setting.to(part::page(hit.group.kind), &hit.group.id),
            hit.quote.as_ref().map(|quote| setting.to(Page::Statement, &quote.statement)),
            html! { (part::line(setting, &hit.group)) @if let Some(quote) = &hit.quote { (quoted(setting, quote)) } },
        ),
        Hit::Statement(hit) => (setting.to(Page::Statement, &hit.quote.statement), None, statement(setting, hit)),
        Hit::Document(hit) => (setting.to(Page::Document, &hit.id), None, document(setting, hit)),
        Hit::Actor(hit) => (setting.to(Page::Actor, &hit.id), None, actor(setting, hit)),
    };
    let restricted = match hit {
        Hit::Group(hit) => hit.restricted,
        Hit::Statement(hit) => hit.restricted,
        Hit::Document(hit) => hit.restricted,
        Hit::Actor(_) => false,
    };
    html! { li.hit data-hit=(open) data-evidence=[evidence] { @if restricted { (part::restricted()) } (what) } }
}

/// The words of a statement, those that were looked for marked, and who carries them.
fn quoted(setting: &Setting, quote: &Quote) -> Markup {
    html! {
        blockquote.why dir="auto" { (pieces(&quote.pieces)) }
        p.carried {
            a href=(setting.to(Page::Statement, &quote.statement)) { "Evidence" } " · " (carried(setting, &quote.from))
            @if let Some(review) = &quote.review { " · " (part::badge("review", review)) }
        }
    }
}

fn carried(setting: &Setting, from: &Carried) -> Markup {
    let publisher = from.publisher.as_deref().unwrap_or("publisher unknown");
    html! {
        a href=(setting.to(Page::Document, &from.id)) dir="auto" { (from.title.as_deref().unwrap_or(&from.id)) }
        ", " span dir="auto" { (publisher) } @if let Some(published) = &from.published { ", " (published) }
    }
}

fn pieces(pieces: &[Piece]) -> Markup {
    html! { @for piece in pieces { @if piece.sought { mark.sought { (piece.text) } } @else { (piece.text) } } }
}

fn statement(setting: &Setting, hit: &StatementHit) -> Markup {
    let (record, quote) = (&hit.statement, &hit.quote);
    let kind = record.proposition.kind();
    let names: Vec<&str> = record.roles.iter().map(|role| role.name.as_deref().unwrap_or(&role.words.text)).collect();
    html! {
        p.what {
            a href=(setting.to(Page::Statement, &record.id)) { (kind) ": " (record.proposition.type_code().replace('_', " ")) }
            @if !names.is_empty() { " " span dir="auto" { (names.join(", ")) } }
        }
        p.badges {
            @if record.modality.as_str() != "asserted" { (part::badge("hedged", record.modality.as_str())) }
            @if record.negated { (part::badge("negated", "said not to be so")) }
            @if let Some(time) = &record.time { (part::badge("when", &time.edtf)) }
        }
        (quoted(setting, quote))
    }
}

fn document(setting: &Setting, hit: &DocumentHit) -> Markup {
    let publisher = hit.publisher.as_deref().unwrap_or("publisher unknown");
    html! {
        p.what { a href=(setting.to(Page::Document, &hit.id)) dir="auto" lang=(hit.language) { (hit.title) } }
        p.facts-line {
            span dir="auto" { (publisher) }
            span { (hit.published.as_deref().unwrap_or("date unknown")) }
            span { (grouped(hit.statements)) @if hit.statements == 1 { " statement" } @else { " statements" } }
        }
        @if let Some(origin) = &hit.copy_of {
            p.badges { (part::badge("copy", "a copy")) " " a href=(setting.to(Page::Document, origin)) { "of this document" } }
        }
        @if !hit.pieces.is_empty() { blockquote.why dir="auto" lang=(hit.language) { (pieces(&hit.pieces)) } }
    }
}

fn actor(setting: &Setting, hit: &ActorHit) -> Markup {
    html! {
        p.what { a href=(setting.to(Page::Actor, &hit.id)) dir="auto" { (hit.name) } }
        p.facts-line {
            @if hit.named { span { (grouped(hit.number)) " mentions by this name" } }
            @else { span { "takes part in " (grouped(hit.number)) " of the events found" } }
            @if hit.id != hit.name { code { (hit.id) } }
        }
    }
}
