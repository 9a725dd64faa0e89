//! The page of one event: what is told of it, on whose word, where accounts differ, and why they are of one event.

mod accounts;
mod grounds;

use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use sayso::types::record::GroupRecord;
use sayso_linking::account::{Attribute, Lane, Profile};
use sayso_types::Stance;
use serde::Deserialize;

use super::frame::{Screen, Sheet, frame};
use super::link::{Page, segment};
use super::setting::Setting;
use super::{part, statement};
use crate::answer::event::{Asked as Standing, EventAnswer};
use crate::desk::Desk;
use crate::extract::{Asked, Segment};
use crate::fault::Fault;

/// What else the address of an event says.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Shown {
    /// By whose convention numbers are made.
    #[serde(default)]
    convention: Profile,
}

/// The page of an event; of one that is no more, the way to where its statements are.
pub(super) async fn event(desk: Desk, setting: Setting, Segment(id): Segment, Asked(shown): Asked<Shown>) -> Result<Response, Fault> {
    let asked = id.clone();
    let answer = desk.ask(setting.as_of.clone(), move |reader| EventAnswer::of(reader, &asked, shown.convention)).await?;
    Ok(match answer {
        Standing::Stands(answer) => {
            let title = part::headline(&answer.summary);
            let sheet = Sheet {
                title: &title,
                screen: Screen::Search,
                styles: &["event.css"],
                modules: &["rows.mjs", "event.mjs", "statement.mjs", "sensitivity.mjs"],
                main: main(&setting, &answer, shown.convention),
            };
            frame(&setting, sheet).into_response()
        }
        Standing::Became(groups) => became(&setting, &id, &groups),
    })
}

/// Where the statements of a group are that is no more.
pub(super) fn became(setting: &Setting, id: &str, groups: &[GroupRecord]) -> Response {
    if let [only] = groups {
        let separator = if setting.as_of.is_some() { '&' } else { '?' };
        let page = setting.to(part::page(only.kind), &only.id);
        return Redirect::to(&format!("{page}{separator}from={}", segment(id))).into_response();
    }
    let main = html! {
        h1 { "This is no more" }
        p {
            "What was " code { (id) } " "
            @if groups.is_empty() { "is told by no statement any more: they were rejected, or their documents were read anew without them." }
            @else { "was taken apart. Its statements stand in these:" }
        }
        ul.plain { @for group in groups { li { (part::line(setting, group)) } } }
        p { a href=(setting.at(&format!("/history/{}", segment(id)))) { "Its history" } }
    };
    frame(setting, Sheet { title: "This is no more", screen: Screen::Search, styles: &[], modules: &[], main }).into_response()
}

fn main(setting: &Setting, answer: &EventAnswer, convention: Profile) -> Markup {
    let summary = &answer.summary;
    html! {
        article.event data-preview data-event=(summary.id) {
            @if let Some(former) = setting.parameter("from") {
                p.notice { "What was " code { (former) } " is now part of this event. " a href=(setting.at(&format!("/history/{}", segment(&former)))) { "Its history" } }
            }
            h1 { (part::headline(summary)) }
            p.facts-line {
                @if let Some(day) = part::when(summary) { span.when { (day) } }
                @if let Some(place) = part::place(summary) { span.where dir="auto" { (place) } }
            }
            (part::sensitivity(setting, answer.restricted.as_ref(), &summary.id))
            (standing(answer))
            section.known aria-labelledby="known-heading" {
                h2 #known-heading { "What is told" }
                (conventions(setting, convention))
                dl.attributes { @for attribute in &answer.account.attributes { (attribute_row(setting, attribute)) } }
            }
            @if let (Some(placed), Some(place)) = (&answer.placed, part::place(summary)) {
                section.where-map aria-labelledby="where-heading" {
                    h2 #where-heading { "Where" }
                    (part::locator(placed, &place))
                    p.quiet { a href=(setting.at(&format!("/map?type={}", summary.type_code))) { "The map of all such events" } }
                }
            }
            (lanes(setting, &answer.account.responsibility))
            (accounts::table(setting, &answer.told))
            (grounds::sources(setting, answer))
            (grounds::one_event(setting, answer))
            (statement::decisions(&answer.decisions))
            (ending(setting, answer))
        }
    }
}

/// How far it is established, and why.
fn standing(answer: &EventAnswer) -> Markup {
    let account = &answer.account;
    html! {
        p.standing { (part::status(account.status.grade.as_str())) " " (account.status.why) }
        p.standing {
            (part::badge("credibility", &format!("credibility {}", account.credibility.grade.0))) " " (account.credibility.why)
            " " a href="/book/codebook#credibility" { "What this means" }
        }
    }
}

/// By whose convention the numbers are made.
fn conventions(setting: &Setting, chosen: Profile) -> Markup {
    let all = [
        (Profile::Sources, "sources", "as told"),
        (Profile::Ucdp, "ucdp", "UCDP"),
        (Profile::Acled, "acled", "ACLED"),
        (Profile::Gtd, "gtd", "GTD"),
    ];
    let path = setting.address.split('?').next().unwrap_or("/").to_owned();
    html! {
        nav.conventions aria-label="Convention of numbers" {
            "Numbers by "
            @for (profile, code, name) in all {
                a href=(setting.at(&format!("{path}?convention={code}"))) aria-current=[(profile == chosen).then_some("true")] { (name) }
            }
        }
    }
}

/// An attribute: the value shown and the others, each leading to its sentences; the rule that chose it.
fn attribute_row(setting: &Setting, attribute: &Attribute) -> Markup {
    let Some(shown) = attribute.values.get(attribute.shown) else { return html! {} };
    html! {
        div class=[attribute.disputed.then_some("disputed")] {
            dt { (attribute.name.as_str().replace('_', " ")) }
            dd {
                (value_link(setting, shown, true))
                " " span.quiet { (who(shown)) }
                @if attribute.values.len() > 1 {
                    span.others {
                        @if attribute.disputed { (part::badge("disputed", "sources differ")) " " } @else { "also " }
                        @for (at, value) in attribute.values.iter().enumerate().filter(|(at, _)| *at != attribute.shown) {
                            @if at > 0 { " " } (value_link(setting, value, false))
                        }
                    }
                    small.rule { "Shown by: " (attribute.rule) }
                }
                @if let Some(numbers) = attribute.numbers {
                    small.rule { "Low " (number(numbers.low)) ", best " (number(numbers.best)) ", high " (number(numbers.high)) }
                }
            }
        }
    }
}

/// A value that leads to the first of its sentences.
fn value_link(setting: &Setting, value: &sayso_linking::account::Value, is_shown: bool) -> Markup {
    let address = value.statements.first().map(|id| setting.to(Page::Statement, id));
    let title = format!("{} ({})", who(value), counted(value.statements.len(), "sentence", "sentences"));
    html! { a.open.value.shown[is_shown] href=[address] title=(title) dir="auto" { (value.text) } }
}

fn number(number: Option<u64>) -> String {
    number.map_or_else(|| "unknown".to_owned(), |number| number.to_string())
}

fn who(value: &sayso_linking::account::Value) -> String {
    let mut who = value.sources.join(", ");
    if !value.revised.is_empty() {
        let revised = format!("{}, who told another later", value.revised.join(", "));
        who = if who.is_empty() { revised } else { format!("{who}; {revised}") };
    }
    who
}

/// A number with its noun.
pub(super) fn counted(number: usize, one: &str, several: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { several })
}

/// Whose doing it was, by who claims, is blamed, denies and confirms.
fn lanes(setting: &Setting, lanes: &[Lane]) -> Markup {
    html! {
        @if !lanes.is_empty() {
            section.lanes aria-labelledby="lanes-heading" {
                h2 #lanes-heading { "Whose doing it was" }
                div.lane-columns {
                    @for stance in Stance::ALL {
                        @let of_stance: Vec<&Lane> = lanes.iter().filter(|lane| lane.stance == *stance).collect();
                        div class=(format!("lane {}", stance.as_str())) {
                            h3 { span aria-hidden="true" { (sign(*stance)) } " " (stance.as_str()) }
                            @if of_stance.is_empty() { p.quiet { "nobody" } }
                            ul.plain { @for lane in of_stance { (lane_item(setting, lane)) } }
                        }
                    }
                }
            }
        }
    }
}

fn sign(stance: Stance) -> &'static str {
    match stance {
        Stance::Claimed => "✓",
        Stance::Denied => "✕",
        Stance::Blamed => "→",
        Stance::Confirmed => "=",
    }
}

fn lane_item(setting: &Setting, lane: &Lane) -> Markup {
    html! {
        li {
            a.open href=(setting.to(Page::Statement, &lane.statement)) dir="auto" {
                (lane.by) @if lane.by != lane.actor { ": " (lane.actor) }
            }
            @if let Some(day) = lane.day { " " span.quiet { (day) } }
        }
    }
}

/// What the event was made of, and where to go from here.
fn ending(setting: &Setting, answer: &EventAnswer) -> Markup {
    let id = segment(&answer.summary.id);
    html! {
        @if !answer.former.is_empty() {
            section {
                h2 { "It was made of" }
                ul.plain {
                    @for former in &answer.former {
                        li { code { (former.id) } ", " (former.at) ", " @if former.whole { "all of it" } @else { "part of it" } }
                    }
                }
            }
        }
        p.links {
            a href=(setting.at(&format!("/history/{id}"))) { "History" }
            a href=(setting.at(&format!("/api/v1/events/{id}"))) { "As JSON" }
            span.quiet { "Id " code { (answer.summary.id) } ", in the record since " (answer.since) ", as it stands since " (answer.changed) }
        }
        @if setting.as_of.is_none() {
            p.deciding data-decide data-event=(answer.summary.id) {
                button type="button" data-do="join" { "Join with another " kbd { "m" } }
                button type="button" data-do="split" { "Split off what is selected " kbd { "x" } }
                button type="button" data-do="settle" { "Settle a value " kbd { "s" } }
                button type="button" data-do="status" { "Give it a status " kbd { "t" } }
            }
        }
    }
}
