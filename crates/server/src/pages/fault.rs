//! What does a person see when there is no answer, and what can they do?

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use super::frame::{Screen, Sheet, bare, frame};
use super::setting::Setting;
use crate::fault::Fault;
use crate::person::Person;

/// Writes a fault as a page, wherever not the API was asked.
pub(crate) async fn written(request: Request, next: Next) -> Response {
    let of_page = !request.uri().path().starts_with("/api/") && !request.uri().path().starts_with("/ui/");
    let address = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let wants_json = request.headers().get(ACCEPT).is_some_and(|accept| accept == "application/json");
    let response = next.run(request).await;
    let fault = response.extensions().get::<Fault>().filter(|_| of_page && !wants_json).cloned();
    let Some(fault) = fault else { return response };
    let page = match response.extensions().get::<Person>().cloned() {
        Some(person) => {
            let setting = Setting { person, address, as_of: None };
            frame(&setting, Sheet { title: fault.title, screen: Screen::Other, styles: &[], modules: &[], main: main(&fault) })
        }
        None => bare(fault.title, None, &main(&fault)),
    };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_TYPE);
    parts.headers.remove(CONTENT_LENGTH);
    let (of_page, body) = page.into_response().into_parts();
    parts.headers.extend(of_page.headers);
    Response::from_parts(parts, body)
}

fn main(fault: &Fault) -> Markup {
    html! {
        h1 { (fault.title) }
        @if !fault.what.is_empty() { p { code { (fault.what) } } }
        p { (fault.advice) }
        @if fault.status != StatusCode::UNAUTHORIZED { p { a href="/" { "To the search" } } }
    }
}
