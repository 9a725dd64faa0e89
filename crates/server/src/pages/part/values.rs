//! How is one statement written? Its type, every value with its words, and who says so.

use maud::{Markup, html};
use sayso::marks::range;
use sayso::types::record::{AttributionRecord, PlaceRecord, PropositionRecord, StatementRecord, TimeRecord};
use sayso::types::{Level, Modality};

use crate::pages::link::Page;
use crate::pages::setting::Setting;

/// Every value of a statement, with the words that give it.
pub(in crate::pages) fn values(setting: &Setting, statement: &StatementRecord) -> Markup {
    html! {
        dl.values {
            @for role in &statement.roles {
                (value(role.role.as_str(), &actor(setting, role.actor_id.as_deref(), role.name.as_deref(), &role.words.text)))
            }
            @if let Some(place) = &statement.place { (value("where", &place_value(place))) }
            @if let Some(time) = &statement.time { (value("when", &time_value(time))) }
            @for q in &statement.quantities {
                @let text = range(q.low, q.best, q.high);
                (value(&q.of.as_str().replace('_', " "), &html! { (text) @if text != q.words.text { " " q { (q.words.text) } } " " small { (q.rule.as_str()) } }))
            }
            (value("who says so", &chain(&statement.attribution)))
            @for stance in &statement.responsibility {
                (value(stance.stance.as_str(), &html! { "by " (actor(setting, stance.actor_id.as_deref(), stance.name.as_deref(), &stance.by)) }))
            }
            @if statement.coder.is_person() {
                (value("coded by", &html! { "no program: a person wrote it" }))
            } @else {
                (value("rule", &html! { code { (statement.coder.rule) } " " small { "confidence " (format!("{:.2}", statement.confidence)) } }))
            }
        }
    }
}

/// A name that leads to the actor's page, where there is one.
fn actor(setting: &Setting, id: Option<&str>, name: Option<&str>, words: &str) -> Markup {
    let name = named(name, words);
    html! { @if let Some(id) = id { a href=(setting.to(Page::Actor, id)) { (name) } } @else { (name) } }
}

/// Its type with what belongs to it.
pub(in crate::pages) fn heading(proposition: &PropositionRecord) -> Markup {
    html! {
        strong { (proposition.type_code().replace('_', " ")) }
        @if let Some(mode) = proposition.mode() { " · " (mode) }
        @if let PropositionRecord::Relation { phase, .. } = proposition { " · " (phase.as_str()) }
        @if let PropositionRecord::Event { outcome: Some(outcome), .. } = proposition { " · " (outcome) }
        @if let PropositionRecord::Event { acled: Some(acled), .. } = proposition {
            small.acled { "ACLED: " (acled.event_type) ", " (acled.sub_event_type) }
        }
    }
}

/// What makes it other than one plain fact.
pub(in crate::pages) fn badges(statement: &StatementRecord) -> Markup {
    let hedge = statement.hedge.as_ref().map(|hedge| format!(" (“{}”)", hedge.text)).unwrap_or_default();
    html! {
        p.badges {
            @if statement.negated { span.badge.negated { "said not to be so" } }
            @if statement.modality == Modality::Asserted { span.badge.asserted { "asserted" } }
            @else { span.badge.unsure { (statement.modality.as_str()) (hedge) } }
            @if statement.aggregate { span.badge { "several happenings" } }
            @if statement.unclaimed { span.badge { "claimed by nobody" } }
        }
    }
}

fn value(name: &str, value: &Markup) -> Markup {
    html! { div { dt { (name) } dd dir="auto" { (value) } } }
}

/// A name with the words that stand for it, where they differ.
fn named(name: Option<&str>, words: &str) -> Markup {
    html! {
        @match name {
            Some(name) if name != words => { (name) " " q { (words) } }
            _ => (words),
        }
    }
}

fn place_value(place: &PlaceRecord) -> Markup {
    let parts = [place.name.as_deref(), place.admin1.as_deref(), place.country.as_deref()];
    let mut parts: Vec<&str> = parts.into_iter().flatten().collect();
    parts.dedup();
    html! {
        @if parts.is_empty() { q { (place.words.text) } " " small { "not in the gazetteer" } }
        @else {
            (parts.join(", "))
            @if place.name.as_deref() != Some(&place.words.text) { " " q { (place.words.text) } }
        }
        @if let (Some(acled), Some(ucdp)) = (place.geo_precision, place.where_prec) {
            " " small { "precision: ACLED " (acled.0) ", UCDP " (ucdp.0) }
        }
        (level(place.level))
    }
}

fn time_value(time: &TimeRecord) -> Markup {
    html! {
        (time.edtf)
        @if time.edtf != time.words.text { " " q { (time.words.text) } }
        " " small { "precision: ACLED " (time.time_precision) ", UCDP " (time.date_prec) }
        (level(time.level))
    }
}

fn level(level: Level) -> Markup {
    html! { @if level == Level::Context { " " small { "from elsewhere in the report" } } }
}

/// Who says so, outermost first.
pub(in crate::pages) fn chain(attribution: &[AttributionRecord]) -> Markup {
    html! {
        @if attribution.is_empty() { span.own { "the document itself" } }
        @for (depth, link) in attribution.iter().enumerate() {
            @if depth > 0 { " citing " }
            (named(link.name.as_deref(), &link.source)) " " small { (link.kind.as_str()) }
        }
    }
}
