//! What does a person see when there is no page, and what can they do?

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use maud::html;

use super::frame::frame;

/// Why there is no page.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The address is of no page.
    NoPage,
    /// The record has no such document, or several.
    NoDocument(String),
    /// The request is for a name that is not this machine's.
    OtherHost,
    /// The record cannot be read.
    Failed(String),
}

impl From<sayso_store::Error> for Fault {
    fn from(error: sayso_store::Error) -> Fault {
        Fault::Failed(error.to_string())
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let (status, title, what, advice) = match self {
            Fault::NoPage => {
                (StatusCode::NOT_FOUND, "No such page", String::new(), "The list of documents is where all pages are linked from.")
            }
            Fault::NoDocument(what) => (
                StatusCode::NOT_FOUND,
                "No such document",
                what,
                "It may have been read into another record. The list shows what is in this one.",
            ),
            Fault::OtherHost => (
                StatusCode::FORBIDDEN,
                "Not from here",
                String::new(),
                "This record is shown to its own machine only. Open it as http://127.0.0.1 or http://localhost with the port that sayso serve names.",
            ),
            Fault::Failed(what) => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "The record cannot be read",
                what,
                "Mend that and load this page again; if it stays, end sayso serve and start it anew.",
            ),
        };
        let main = html! {
            h1 { (title) }
            @if !what.is_empty() { p { code { (what) } } }
            p { (advice) }
            p { a href="/" { "To the list of documents" } }
        };
        (status, Html(frame(title, &main).into_string())).into_response()
    }
}
