//! Has an answer changed since it was last given? What the API answers of a record follows from its log and the address, so the log's
//! last entry, with how much of it is seen, is the mark (`ETag`) of every answer, and an unchanged one is not made again.

use axum::extract::{Request, State};
use axum::http::header::{ETAG, HeaderValue, IF_NONE_MATCH};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::desk::{Desk, PROGRAM};
use crate::person::Person;

/// What the API answers of people, and not of the record.
const OF_PEOPLE: [&str; 6] =
    ["/api/v1/me", "/api/v1/people", "/api/v1/sessions", "/api/v1/tokens", "/api/v1/saved", "/api/v1/decisions/linked"];

/// Marks answers of the record, and says where one has not changed.
pub(crate) async fn fresh(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let marked = request.method() == Method::GET
        && path.starts_with("/api/v1/")
        && !OF_PEOPLE.iter().any(|of| path == *of || path.strip_prefix(of).is_some_and(|rest| rest.starts_with('/')));
    if !marked {
        return next.run(request).await;
    }
    let Ok(entry) = desk.ask(None, |reader| Ok(reader.record.log_length()?)).await else { return next.run(request).await };
    let clearance = desk.seen_by(request.extensions().get::<Person>().map(|person| person.role)).clearance();
    let address = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
    let hash: String =
        Sha256::digest(format!("{PROGRAM}\n{clearance:?}\n{address}")).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let Ok(tag) = HeaderValue::from_str(&format!("W/\"{entry}-{hash}\"")) else { return next.run(request).await };
    if request.headers().get_all(IF_NONE_MATCH).iter().any(|known| known == tag) {
        return (StatusCode::NOT_MODIFIED, [(ETAG, tag)]).into_response();
    }
    let mut response = next.run(request).await;
    if response.status().is_success() {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}
