//! What do all pages have in common?

use axum::response::Html;
use maud::{DOCTYPE, Markup, html};

use super::setting::Setting;

/// A page, before its frame.
pub(crate) struct Sheet<'a> {
    /// Its title.
    pub(crate) title: &'a str,
    /// Which screen it belongs to.
    pub(crate) screen: Screen,
    /// The stylesheets of `ui/` that it needs besides `style.css`.
    pub(crate) styles: &'a [&'a str],
    /// The modules of `ui/` that it needs besides `workbench.mjs`.
    pub(crate) modules: &'a [&'a str],
    /// Its main part.
    pub(crate) main: Markup,
}

/// The screens that the head of each page leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    /// Search, and what is found: documents, events, actors.
    Search,
    /// Relations.
    Relations,
    /// Map and time.
    Map,
    /// Review.
    Review,
    /// The record book.
    Book,
    /// None of them.
    Other,
}

/// Name, address and key of each screen in the head.
const SCREENS: [(Screen, &str, &str, &str); 5] = [
    (Screen::Search, "Search", "/", "g s"),
    (Screen::Relations, "Relations", "/relations", "g r"),
    (Screen::Map, "Map and time", "/map", "g m"),
    (Screen::Review, "Review", "/review", "g q"),
    (Screen::Book, "Record book", "/book", "g b"),
];

/// The whole page.
#[expect(clippy::needless_pass_by_value, reason = "a sheet is made for its one page")]
pub(crate) fn frame(setting: &Setting, sheet: Sheet<'_>) -> Html<String> {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                (told(sheet.title))
                @for style in sheet.styles { link rel="stylesheet" href=(format!("/ui/{style}")); }
                script type="module" src="/ui/workbench.mjs" {}
                @for module in sheet.modules { script type="module" src=(format!("/ui/{module}")) {} }
            }
            body data-role=(setting.person.role.as_str()) {
                a.skip href="#main" { "To the content" }
                (head(setting, sheet.screen))
                @if let Some(as_of) = &setting.as_of { (looking_back(setting, as_of)) }
                main #main tabindex="-1" { (sheet.main) }
                div #live role="status" aria-live="polite" {}
            }
        }
    };
    Html(page.into_string())
}

/// A page for whoever comes to the door: no screens to go to, no script. `onward` is where it goes on by itself.
pub(crate) fn bare(title: &str, onward: Option<&str>, main: &Markup) -> Html<String> {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                (told(title))
                @if let Some(address) = onward { meta http-equiv="refresh" content=(format!("0;url={address}")); }
            }
            body.door {
                header.top { span.home { "sayso" } }
                main #main { (main) }
            }
        }
    };
    Html(page.into_string())
}

/// What the heads of all pages say.
fn told(title: &str) -> Markup {
    html! {
        meta charset="utf-8";
        meta name="viewport" content="width=device-width, initial-scale=1";
        meta name="color-scheme" content="light dark";
        title { (title) " · sayso" }
        link rel="icon" href="/ui/icon.svg" type="image/svg+xml";
        link rel="stylesheet" href="/ui/style.css";
    }
}

fn head(setting: &Setting, here: Screen) -> Markup {
    html! {
        header.top {
            a.home href=(setting.at("/")) { "sayso" }
            nav aria-label="Screens" {
                ul {
                    @for (screen, name, address, key) in SCREENS {
                        li { a href=(setting.at(address)) data-key=(key) aria-current=[(screen == here).then_some("page")] { (name) } }
                    }
                }
            }
            form.find role="search" action="/" method="get" {
                @if let Some(as_of) = &setting.as_of { input type="hidden" name="as-of" value=(as_of); }
                input type="search" name="q" placeholder="Search" aria-label="Search" autocomplete="off" spellcheck="false" enterkeyhint="search";
            }
            div.person { a href="/you" { (setting.person.name) } }
        }
    }
}

fn looking_back(setting: &Setting, as_of: &str) -> Markup {
    let path = setting.address.split(['?']).next().unwrap_or("/");
    let query = setting.address.split_once('?').map(|(_, query)| query).unwrap_or_default();
    let rest: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("as-of=")).collect();
    let now = if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) };
    html! {
        aside.looking-back aria-label="As of when" {
            strong { "As the record stood: " (as_of) }
            " Nothing can be changed here. " a href=(now) { "As it stands now" }
        }
    }
}
