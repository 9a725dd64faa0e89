//! The network: drawn by script, told by a table of its ties with or without it.

use maud::{Markup, html};

use super::{address, lanes, query};
use crate::answer::relations::{NetworkAnswer, NetworkAsked, NetworkEdge, Tied};
use crate::pages::link::Page;
use crate::pages::setting::Setting;

pub(super) fn section(setting: &Setting, asked: &NetworkAsked, network: &NetworkAnswer) -> Markup {
    let of_all = asked.actor.trim().is_empty();
    html! {
        section #network-section aria-labelledby="network-heading" {
            h2 #network-heading {
                @if of_all { "The strongest ties" } @else { "Who with whom" }
                @match network.on { Some(on) => { ", as told of " (on) } None => { ", at any time" } }
            }
            @if !network.by_periods { p.notice { "There are too many relations here to look at each period: some may be shown on a day between two of their periods." } }
            @if network.weaker > 0 { p.quiet { (network.weaker) " weaker ties are not drawn." } }
            div #scrub data-on=[network.on] {}
            div #network data-query=(query(asked, &[])) data-middle=(asked.actor.trim()) { p.quiet #network-waits { "The network is drawn by script. Without it, the table below tells the same." } }
            @if network.edges.is_empty() {
                p.empty { "Nothing ties anybody here. Leave the day out, choose any relation, or begin with an actor that has some." }
            } @else {
                (table(setting, asked, network))
                (downloads(setting, asked))
            }
        }
    }
}

fn downloads(setting: &Setting, asked: &NetworkAsked) -> Markup {
    let file = |format: &str, words: &str| {
        html! { a href=(setting.at(&format!("/api/v1/network?{}&format={format}", query(asked, &[])))) { (words) } }
    };
    html! {
        nav.turning aria-label="Files of this network" {
            (file("gexf", "GEXF, with the days of each relation"))
            (file("graphml", "GraphML"))
            (file("nodes.csv", "Actors (CSV)"))
            (file("edges.csv", "Relations (CSV)"))
        }
    }
}

fn table(setting: &Setting, asked: &NetworkAsked, network: &NetworkAnswer) -> Markup {
    html! {
        table.documents.ties {
            thead { tr { th { "Who" } th { "Relations" } th { "With whom" } th.number { "Joint events" } th { "Last of these" } } }
            tbody { @for (at, edge) in network.edges.iter().enumerate() { (row(setting, asked, network, at, edge)) } }
        }
    }
}

fn row(setting: &Setting, asked: &NetworkAsked, network: &NetworkAnswer, at: usize, edge: &NetworkEdge) -> Markup {
    let name = |id: &str| network.nodes.iter().find(|node| node.id == id).map_or_else(|| id.to_owned(), |node| node.name.clone());
    let actor = |id: &str| html! { a href=(address(setting, asked, &[("actor", id)])) { (name(id)) } };
    html! {
        tr data-edge=(at) {
            td.title dir="auto" { (actor(&edge.one)) }
            td data-label="Relations" {
                @if edge.relations.is_empty() { span.quiet { "none told" } }
                ul.tied { @for tied in &edge.relations { li { (relation(setting, tied, &name)) } } }
            }
            td data-label="With whom" dir="auto" { (actor(&edge.other)) }
            td.number data-label="Joint events" { (edge.events) }
            td data-label="Last" { (edge.last_event.as_deref().filter(|day| *day != "9999-12-31").unwrap_or("")) }
        }
    }
}

/// A relation as its direction, its name and when it held.
fn relation(setting: &Setting, tied: &Tied, name: &impl Fn(&str) -> String) -> Markup {
    let mode = tied.mode.as_ref().map(|mode| format!(" ({mode})")).unwrap_or_default();
    let words = format!("{}{mode}", tied.type_code.replace('_', " "));
    html! {
        a data-relation=(tied.id) href=(setting.to(Page::Relation, &tied.id)) {
            @if tied.symmetric { (words) } @else { (name(&tied.from)) " " strong { (words) } " " (name(&tied.to)) }
        }
        " " small { (tied.periods.iter().map(lanes::in_words).collect::<Vec<_>>().join("; then ")) }
        @if let Some(standing) = tied.standing { " " span.badge.standing { (standing.words()) } }
        @if tied.denied.is_some_and(|denied| denied > 0) { " " span.badge.negated { (tied.denied.unwrap_or(0)) " deny it" } }
    }
}
