//! Who else could it be? Ties as told with their sentences, judgements of people, and those who look alike, to be judged.

use maud::{Markup, html};
use sayso::types::decision::Judgement;

use crate::answer::actor::{ActorAnswer, Alike, Judged, Sentence, Tie, Way};
use crate::pages::link::Page;
use crate::pages::part::badge;
use crate::pages::setting::Setting;

/// Parents, factions, successors and other names as told in the record.
pub(super) fn ties_section(setting: &Setting, answer: &ActorAnswer) -> Markup {
    html! {
        section #told-ties aria-labelledby="told-ties-heading" {
            h2 #told-ties-heading { "Parents, factions, successors" small { " as told" } }
            @if answer.ties.is_empty() { p.quiet { "No report in this record tells of a part, a split, a merger or another name." } }
            ul.lines { @for tie in &answer.ties { li { (told(setting, tie)) } } }
        }
    }
}

fn told(setting: &Setting, tie: &Tie) -> Markup {
    let kind = tie.relation.type_code.replace('_', " ");
    let other = html! { a href=(setting.to(Page::Actor, &tie.other.id)) dir="auto" { (tie.other.name) } };
    let dates = match (&tie.relation.earliest, &tie.relation.latest) {
        (Some(first), Some(last)) if first == last => format!("told of {first}"),
        (Some(first), Some(last)) => format!("told of {first} to {last}"),
        (Some(day), None) | (None, Some(day)) => format!("told of {day}"),
        (None, None) => "no day told".to_owned(),
    };
    html! {
        a href=(setting.to(Page::Relation, &tie.relation.id)) { (kind) }
        @match tie.direction { Way::Outward => { " " (other) }, Way::Inward => { " it: " (other) } }
        " " small { (dates) @if tie.relation.ended { ", ended" } ", " (tie.relation.sources) " independent source" @if tie.relation.sources != 1 { "s" } }
        @for sentence in &tie.sentences { (quoted(setting, sentence)) }
    }
}

/// A sentence with who says so and where.
pub(super) fn quoted(setting: &Setting, sentence: &Sentence) -> Markup {
    html! {
        blockquote.evidence {
            a href=(setting.to(Page::Statement, &sentence.statement)) dir="auto" { (sentence.text) }
            @if sentence.negated { " " (badge("negated", "said not to be so")) }
            @if sentence.surely != "asserted" { " " (badge("unsure", &sentence.surely)) }
            footer dir="auto" {
                @if let Some(by) = &sentence.said_by { (by) ", in " }
                a href=(setting.to(Page::Document, &sentence.document)) { (sentence.publisher.as_deref().or(sentence.title.as_deref()).unwrap_or(&sentence.document)) }
                @if let Some(date) = &sentence.published { ", " (date) }
            }
        }
    }
}

/// Judgements and candidates.
pub(super) fn section(setting: &Setting, answer: &ActorAnswer) -> Markup {
    let apart: Vec<&Judged> = answer.judged.iter().filter(|judged| judged.holds && judged.judgement == Judgement::Different).collect();
    html! {
        section #identity aria-labelledby="identity-heading" {
            h2 #identity-heading { "Who else could it be?" }
            @if !apart.is_empty() {
                h3 { "Not the same as" }
                ul.lines { @for judged in &apart { li { (judgement(setting, answer, judged)) } } }
            }
            @let others: Vec<&Judged> = answer.judged.iter().filter(|judged| !(judged.holds && judged.judgement == Judgement::Different)).collect();
            @if !others.is_empty() {
                h3 { "Judgements" }
                ul.lines { @for judged in &others { li { (judgement(setting, answer, judged)) } } }
            }
            h3 { "Look alike" }
            @if answer.alike.is_empty() { p.quiet { "Nobody in the record or the registry bears a like name." } }
            ul.alike.lines { @for alike in &answer.alike { li data-other=(alike.id) data-other-name=(alike.name) tabindex="-1" { (likeness(setting, alike)) } } }
            @if setting.as_of.is_none() { (form(answer)) }
        }
    }
}

fn judgement(setting: &Setting, answer: &ActorAnswer, judged: &Judged) -> Markup {
    let (other, turned) = if judged.a.id == answer.id { (&judged.b, false) } else { (&judged.a, true) };
    let words = match (judged.judgement, turned) {
        (Judgement::Same, _) => "the same as",
        (Judgement::Different, _) => "another than",
        (Judgement::PartOf, false) => "part of",
        (Judgement::PartOf, true) => "the whole of",
        (Judgement::Unsure, _) => "perhaps the same as",
    };
    html! {
        @if !judged.holds { (badge("undone", "undone")) " " }
        (words) " " a href=(setting.to(Page::Actor, &other.id)) dir="auto" { (other.name) }
        " " small {
            a href=(setting.at(&format!("/book/decision/{}", judged.decision))) { "decision " (judged.decision) } ", " (judged.who) ", " time datetime=(judged.at) { (judged.at.get(..10).unwrap_or(&judged.at)) }
        }
        @if !judged.why.is_empty() { p.why dir="auto" { (judged.why) } }
    }
}

fn likeness(setting: &Setting, alike: &Alike) -> Markup {
    html! {
        a href=(setting.to(Page::Actor, &alike.id)) dir="auto" { (alike.name) }
        @if let Some(judgement) = alike.judgement { " " (badge("judged", judgement.as_str())) }
        " " small dir="auto" { (alike.why) }
    }
}

/// What judges two actors; script sends it to the API.
fn form(answer: &ActorAnswer) -> Markup {
    html! {
        form.judge data-needs-script {
            h3 { "Judge" }
            label { span { (answer.name) " and" } input name="other" required autocomplete="off" spellcheck="false" placeholder="an id, or the name of whoever has none"; }
            label { span { "Why" } input name="why" autocomplete="off" placeholder="what tells them apart or makes them one"; }
            p.buttons {
                @for (code, words, key) in [("same", "are one", "y"), ("different", "are two", "n"), ("part-of", "the first is part of the second", "p"), ("unsure", "cannot be told", "h")] {
                    button type="submit" name="judgement" value=(code) { (words) " " kbd { (key) } }
                }
            }
            noscript { p.quiet { "To judge here, allow this page's script; or: " code { "sayso judge actors different " (answer.id) " OTHER" } } }
        }
    }
}
