//! The facets: each value a link that adds itself to the question, or takes itself out.

use maud::{Markup, html};

use super::{address, grouped};
use crate::answer::search::{CountedTold, FacetValue, SearchAnswer};
use crate::pages::setting::Setting;

/// So many values of a facet stand open; the rest unfolds.
const OPEN: usize = 6;

/// All facets.
pub(super) fn facets(setting: &Setting, answer: &SearchAnswer) -> Markup {
    html! {
        @for facet in &answer.facets {
            section.facet {
                h3 { (facet.facet.heading()) }
                (counted(facet.counted))
                @let (shown, rest) = facet.values.split_at(OPEN.min(facet.values.len()));
                ul.plain { @for value in shown { (item(setting, answer, value)) } }
                @if !rest.is_empty() {
                    details {
                        summary { (rest.len()) " more" }
                        ul.plain { @for value in rest { (item(setting, answer, value)) } }
                    }
                }
            }
        }
        @if answer.facets.is_empty() { p.quiet { "Nothing to narrow the question by." } }
    }
}

fn item(setting: &Setting, answer: &SearchAnswer, value: &FacetValue) -> Markup {
    html! {
        li {
            @match &value.q {
                Some(q) => {
                    a.value.chosen[value.chosen] href=(address(setting, q, answer.as_)) {
                        span.name dir="auto" { @if value.chosen { span aria-hidden="true" { "✕ " } span.hidden { "Remove: " } } (value.name) }
                        span.number { (grouped(value.number)) }
                    }
                }
                None => span.value { span.name { (value.name) } span.number { (grouped(value.number)) } },
            }
        }
    }
}

/// Of how many hits the counts of a facet are.
pub(super) fn counted(counted: CountedTold) -> Markup {
    html! { @if let Some(newest) = counted.newest { p.counted { "of the first " (grouped(newest)) } } }
}
