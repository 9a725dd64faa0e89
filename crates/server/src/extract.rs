//! What does a request say? Its query, its path and its body, each with a fault that says what is wrong with it.

use axum::Json;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::fault::Fault;

/// The parameters of the query.
pub(crate) struct Asked<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let asked = Query::<T>::from_request_parts(parts, state).await;
        asked.map(|Query(asked)| Asked(asked)).map_err(|why| Fault::invalid(why.body_text(), "Mend the part after the `?`."))
    }
}

/// The one variable segment of the path.
pub(crate) struct Segment(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Segment {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Fault> {
        let segment = Path::<String>::from_request_parts(parts, state).await;
        segment.map(|Path(segment)| Segment(segment)).map_err(|why| Fault::invalid(why.body_text(), "Mend the address."))
    }
}

/// The JSON of the body.
pub(crate) struct Sent<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, state: &S) -> Result<Self, Fault> {
        let sent = Json::<T>::from_request(request, state).await;
        sent.map(|Json(sent)| Sent(sent)).map_err(|why| {
            let fault = Fault::invalid(why.body_text(), "Send JSON as the API's description says: GET /api/v1/openapi.json.");
            Fault { status: why.status(), ..fault }
        })
    }
}
