//! What do all pages have in common?

use maud::{DOCTYPE, Markup, html};

/// A whole page of a title and its main part.
pub(crate) fn frame(title: &str, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · sayso" }
                link rel="stylesheet" href="/style.css";
            }
            body {
                a.skip href="#main" { "To the content" }
                header.top { a.home href="/" { "sayso" } span { "who did what to whom, on whose say-so" } }
                main #main { (main) }
            }
        }
    }
}
