//! Which questions do programs ask, and how is each written? `/api/v1`, described by an OpenAPI document that is made from the same
//! routes.
#![expect(unused_qualifications, reason = "what describes a route names its types in full")]

mod account;
mod actor;
mod added;
mod book;
mod decision;
pub(crate) mod document;
mod dossier;
mod estimate;
mod event;
mod export;
mod map;
mod people;
mod relations;
mod review;
mod saved;
pub(crate) mod search;
mod written;

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sayso_store::Clearance;
use serde::Deserialize;
use utoipa::openapi::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityScheme};
use utoipa::{IntoParams, Modify, OpenApi as _};
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
    modifiers(&Signed),
    security(("token" = []), ("session" = [])),
    servers((url = "/api/v1"))
)]
struct Described;

/// How programs and browsers say who asks.
struct Signed;

impl Modify for Signed {
    fn modify(&self, described: &mut OpenApi) {
        let mut components = described.components.take().unwrap_or_default();
        components.add_security_scheme("token", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
        let cookie = ApiKeyValue::with_description("sayso-PORT", "What a browser gets at /sign-in, or by the link of `sayso serve`.");
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
        described.components = Some(components);
    }
}

/// As of when a question is asked.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Looking {
    /// A release's name, a date or a time (RFC 3339): answers are as the record stood then. Without it, as it stands.
    #[serde(rename = "as-of")]
    pub(crate) as_of: Option<String>,
}

/// Whether a file, feed or brief has what is restricted: what leaves the workbench leaves it out, unless somebody says otherwise.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Leaving {
    /// `include`: with what is restricted, for those who may see it. Without it that is left out.
    #[serde(default)]
    #[param(inline)]
    restricted: Restriction,
}

/// Whether what is restricted is included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
enum Restriction {
    /// It is left out.
    #[default]
    LeaveOut,
    /// It is included.
    Include,
}

impl Leaving {
    /// The desk from which it is taken.
    pub(crate) fn of(self, desk: &Desk) -> Result<Desk, Fault> {
        match (self.restricted, desk.clearance()) {
            (Restriction::LeaveOut, _) => Ok(desk.open_alone()),
            (Restriction::Include, Clearance::All) => Ok(desk.clone()),
            (Restriction::Include, Clearance::Open) => Err(Fault::forbidden(
                "your role may not see what is restricted".to_owned(),
                "Leave out `restricted`, or ask an admin for another role.",
            )),
        }
    }
}

/// From where on the log is read.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct LogPage {
    /// The number of the entry before which the page begins; without it, it begins with the latest.
    pub(crate) before: Option<i64>,
}

fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::with_openapi(Described::openapi())
        .routes(routes!(search::search))
        .routes(routes!(search::events))
        .routes(routes!(search::relations))
        .routes(routes!(search::estimates))
        .routes(routes!(search::actors))
        .routes(routes!(search::documents))
        .routes(routes!(search::statements))
        .routes(routes!(export::export))
        .routes(routes!(saved::saved, saved::save))
        .routes(routes!(saved::rename, saved::remove))
        .routes(routes!(document::document))
        .routes(routes!(document::comparison))
        .routes(routes!(added::add))
        .routes(routes!(written::write))
        .routes(routes!(written::suggest))
        .routes(routes!(event::event))
        .routes(routes!(event::alike))
        .routes(routes!(event::statement))
        .routes(routes!(relations::relation))
        .routes(routes!(relations::timeline))
        .routes(routes!(relations::network))
        .routes(routes!(estimate::estimate))
        .routes(routes!(map::map))
        .merge(actor::routes())
        .merge(dossier::routes())
        .routes(routes!(decision::decide))
        .routes(routes!(decision::preview))
        .routes(routes!(decision::undo))
        .routes(routes!(decision::redo))
        .routes(routes!(decision::linked))
        .routes(routes!(review::buckets))
        .routes(routes!(review::agreement))
        .routes(routes!(review::question))
        .merge(book::routes())
        .merge(account::routes())
        .merge(people::routes())
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
