//! How is a state shown? By a word in a shape of its own, never by colour alone.

use maud::{Markup, html};

/// A word in a frame; the class says in which.
pub(in crate::pages) fn badge(class: &str, words: &str) -> Markup {
    html! { span class=(format!("badge {class}")) { (words) } }
}

/// How far an event is established: a sign of its own before each word.
pub(in crate::pages) fn status(status: &str) -> Markup {
    let sign = match status {
        "confirmed" => "●",
        "fair" => "◕",
        "weak" => "◔",
        "contested" => "◐",
        "discounted" => "✕",
        _ => "○",
    };
    html! { span class=(format!("badge status {status}")) { span aria-hidden="true" { (sign) } " " (status) } }
}
