//! Which questions do programs ask, and how is each written? `/api/v1`, described by an OpenAPI document that is made from the same
//! routes.

mod actor;
mod decision;
mod document;
mod dossier;

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use utoipa::openapi::OpenApi;
use utoipa::{IntoParams, OpenApi as _};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::desk::Desk;
use crate::fault::{Fault, Problem};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "sayso",
        description = "A sourced record of armed conflict: who did what to whom, where, when, how many, and on whose say-so.",
        license(name = "Apache-2.0 OR MIT", identifier = "Apache-2.0 OR MIT")
    ),
    components(schemas(Problem)),
    servers((url = "/api/v1"))
)]
struct Described;

/// As of when a question is asked.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Looking {
    /// A release's name, a date or a time (RFC 3339): answers are as the record stood then. Without it, as it stands.
    #[serde(rename = "as-of")]
    pub(crate) as_of: Option<String>,
}

fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::with_openapi(Described::openapi())
        .routes(routes!(document::document))
        .routes(routes!(decision::decide))
        .routes(routes!(decision::preview))
        .routes(routes!(decision::undo))
        .routes(routes!(decision::redo))
        .merge(actor::routes())
        .routes(routes!(dossier::dossier))
}

/// The routes of the API, to be put under `/api/v1`, and what describes them.
pub(crate) fn router() -> Router<Desk> {
    let (router, described) = routes().split_for_parts();
    let text = described.to_pretty_json().unwrap_or_default();
    router
        .route("/openapi.json", get(move || async move { ([("content-type", "application/json")], text) }))
        .fallback(no_route)
        .method_not_allowed_fallback(no_route)
}

async fn no_route() -> Response {
    let advice = "GET /api/v1/openapi.json lists all of them.";
    Fault::unknown("the API has no such address, or not by this method", advice).into_response()
}

/// The OpenAPI document of the API.
pub fn openapi() -> OpenApi {
    routes().split_for_parts().1
}
