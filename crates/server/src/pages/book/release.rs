//! Releases: what was in each, to the last byte, and a form to make one.

use axum::response::Html;
use maud::{Markup, html};

use super::{sheet, time, value};
use crate::answer::book::{ReleaseAnswer, releases as answer};
use crate::desk::Desk;
use crate::fault::Fault;
use crate::pages::link::segment;
use crate::pages::setting::Setting;

/// The page of all releases.
pub(super) async fn releases(desk: Desk, setting: Setting) -> Result<Html<String>, Fault> {
    let releases = desk.ask(setting.as_of.clone(), answer).await?;
    Ok(sheet(&setting, "Releases", "/book/releases", &main(&setting, &releases)))
}

fn main(setting: &Setting, releases: &[ReleaseAnswer]) -> Markup {
    html! {
        p.lead { "A release freezes the record under a name: it can be cited, looked at and checked for ever. " code { "sayso verify" } " computes its checksums anew." }
        @if setting.as_of.is_none() && setting.person.must_decide("release").is_ok() { (form()) }
        @if releases.is_empty() { p.empty { "There is no release yet. Make one before you publish figures from this record, so that others can rebuild them." } }
        @for (at, release) in releases.iter().enumerate() { (one(setting, release, releases.get(at + 1))) }
    }
}

fn one(setting: &Setting, release: &ReleaseAnswer, former: Option<&ReleaseAnswer>) -> Markup {
    let number = |name: &str| release.manifest[name].as_u64().unwrap_or_default();
    let sums = ["documents_sha256", "statements_sha256", "groups_sha256", "members_sha256", "log_sha256"];
    html! {
        section.release {
            h2 dir="auto" { (release.name) }
            p { (time(&release.at)) ", " span dir="auto" { (release.who) } @if !release.why.is_empty() { ": " span dir="auto" { (release.why) } } }
            p { (number("documents")) " documents, " (number("statements")) " statements, " (number("groups")) " events, relations and series, " (number("decisions")) " decisions that hold" }
            p.links-line {
                a href=(format!("/?as-of={}", segment(&release.name))) { "Look at the record as it was then" }
                @if let Some(former) = former { " · " a href=(setting.at(&format!("/book/diff?from={}&to={}", segment(&former.name), segment(&release.name)))) { "What changed since " (former.name) } }
                " · " a href=(setting.at(&format!("/book/diff?from={}", segment(&release.name)))) { "What changed after it" }
            }
            details {
                summary { "Manifest with checksums" }
                dl.versions {
                    @for name in sums { div { dt { (name) } dd { code { (value(&release.manifest[name])) } } } }
                    @if let Some(versions) = release.manifest["versions"].as_object() {
                        @for (name, version) in versions { div { dt { (name) } dd { code { (value(version)) } } } }
                    }
                }
            }
        }
    }
}

fn form() -> Markup {
    html! {
        form.filters data-release {
            label { "Name" input name="name" required maxlength="100" autocomplete="off" placeholder="2031-05"; }
            label { "Why" input name="why" autocomplete="off"; }
            button { "Make a release" }
            noscript { p.quiet { "To make one here, allow this page's script; or: " code { "sayso release NAME" } } }
        }
    }
}
