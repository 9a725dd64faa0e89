//! What does a person see when there is no answer, and what can they do?

use axum::extract::Request;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use maud::html;

use super::frame::{Screen, Sheet, frame};
use super::setting::Setting;
use crate::fault::Fault;
use crate::person::Person;

/// Writes a fault as a page, wherever not the API was asked.
pub(crate) async fn written(request: Request, next: Next) -> Response {
    let of_page = !request.uri().path().starts_with("/api/") && !request.uri().path().starts_with("/ui/");
    let person = request.extensions().get::<Person>().cloned().unwrap_or(Person { name: "you".to_owned() });
    let address = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let wants_json = request.headers().get(ACCEPT).is_some_and(|accept| accept == "application/json");
    let response = next.run(request).await;
    let fault = response.extensions().get::<Fault>().filter(|_| of_page && !wants_json).cloned();
    let Some(fault) = fault else { return response };
    let setting = Setting { person, address, as_of: None };
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_TYPE);
    let page = page(&setting, &fault).into_response();
    let (of_page, body) = page.into_parts();
    parts.headers.extend(of_page.headers);
    parts.headers.remove(axum::http::header::CONTENT_LENGTH);
    Response::from_parts(parts, body)
}

fn page(setting: &Setting, fault: &Fault) -> axum::response::Html<String> {
    let main = html! {
        h1 { (fault.title) }
        @if !fault.what.is_empty() { p { code { (fault.what) } } }
        p { (fault.advice) }
        p { a href="/" { "To the search" } }
    };
    frame(setting, Sheet { title: fault.title, screen: Screen::Other, styles: &[], modules: &[], main })
}
