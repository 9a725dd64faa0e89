//! Which shape stands for which precision?

use maud::{Markup, html};

use super::word;
use crate::answer::map::Precision;

pub(super) fn legend() -> Markup {
    html! {
        details.map-legend open {
            summary { "What the shapes mean" }
            ul {
                @for precision in Precision::ALL { li { (shape(precision)) " " (precision.words()) } }
                li { (cluster()) " several places: the number of events, each counted once however many reports tell it" }
            }
        }
    }
}

/// A precision as its shape and a word or two.
pub(super) fn short(precision: Precision) -> Markup {
    html! { span.precision { (shape(precision)) " " (word(precision)) } }
}

fn shape(precision: Precision) -> Markup {
    let (radius, dashes, filled) = match precision {
        Precision::Exact => ("4", "", true),
        Precision::Near => ("7", "", false),
        Precision::District => ("8", "5 2", false),
        Precision::Province => ("9", "3 3", false),
        Precision::Region => ("9.5", "1 3", false),
        Precision::Unsaid => ("7", "1 2", false),
        Precision::Country => ("0", "", false),
    };
    html! {
        svg.shape width="22" height="22" viewBox="0 0 22 22" aria-hidden="true" focusable="false" {
            @if precision == Precision::Country {
                rect x="1.5" y="4.5" width="19" height="13" fill="none" stroke="currentColor" {}
                path d="M2 11 L8 5 M3 17 L15 5 M9 17 L20 6 M15 17 L20 12" stroke="currentColor" fill="none" {}
            } @else if filled {
                circle cx="11" cy="11" r=(radius) fill="currentColor" {}
            } @else {
                circle cx="11" cy="11" r=(radius) fill="none" stroke="currentColor" stroke-width="1.6" stroke-dasharray=(dashes) {}
            }
        }
    }
}

fn cluster() -> Markup {
    html! {
        svg.shape width="22" height="22" viewBox="0 0 22 22" aria-hidden="true" focusable="false" {
            circle cx="11" cy="11" r="9" fill="currentColor" {}
            text.on-ink x="11" y="14.5" text-anchor="middle" font-size="9" { "12" }
        }
    }
}
