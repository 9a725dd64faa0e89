//! Events and statements.

use axum::Json;
use axum::response::{IntoResponse, Redirect, Response};
use sayso_linking::account::Profile;
use serde::Deserialize;
use utoipa::IntoParams;

use super::Looking;
use crate::answer::event::{AlikeAnswer, Asked as Standing, EventAnswer};
use crate::answer::statement::StatementAnswer;
use crate::desk::Desk;
use crate::extract::{Asked, Segment};
use crate::fault::{Fault, Problem};
use crate::pages::segment;

/// How an event's numbers are made.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Convention {
    /// By whose convention one number is made of several.
    #[serde(default)]
    #[param(inline)]
    convention: Profile,
}

/// One event with every value, who gives it in which words, and why its statements are of one event
///
/// The address of an event that was put together with another leads on to that one (308).
#[utoipa::path(
    get,
    path = "/events/{id}",
    tag = "events",
    params(("id" = String, Path, description = "The event's id, or the beginning of it"), Looking, Convention),
    responses(
        (status = 200, body = EventAnswer),
        (status = 308, description = "It is now part of the event at `Location`"),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn event(
    desk: Desk,
    Segment(id): Segment,
    Asked(looking): Asked<Looking>,
    Asked(convention): Asked<Convention>,
) -> Result<Response, Fault> {
    let asked = id.clone();
    let answer = desk.ask(looking.as_of, move |reader| EventAnswer::of(reader, &asked, convention.convention)).await?;
    match answer {
        Standing::Stands(answer) => Ok(Json(answer).into_response()),
        Standing::Became(groups) => match groups.as_slice() {
            [only] => Ok(Redirect::permanent(&format!("/api/v1/events/{}", segment(&only.id))).into_response()),
            several => {
                let ids: Vec<&str> = several.iter().map(|group| group.id.as_str()).collect();
                let what = format!(
                    "`{id}` is no more; its statements stand in {}",
                    if ids.is_empty() { "no event".to_owned() } else { ids.join(", ") }
                );
                Err(Fault {
                    status: axum::http::StatusCode::GONE,
                    ..Fault::unknown(what, "Its history tells why: GET /api/v1/history/ID.")
                })
            }
        },
    }
}

/// The events that are like one and not joined with it, the most alike first
#[utoipa::path(
    get,
    path = "/events/{id}/alike",
    tag = "events",
    params(("id" = String, Path, description = "The event's id, or the beginning of it"), Looking),
    responses((status = 200, body = AlikeAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn alike(desk: Desk, Segment(id): Segment, Asked(looking): Asked<Looking>) -> Result<Json<AlikeAnswer>, Fault> {
    Ok(Json(desk.ask(looking.as_of, move |reader| AlikeAnswer::of(reader, &id)).await?))
}

/// One statement with its words in their place, what it stands in and what people decided about it
#[utoipa::path(
    get,
    path = "/statements/{id}",
    tag = "statements",
    params(("id" = String, Path, description = "The statement's id, or the beginning of it"), Looking),
    responses((status = 200, body = StatementAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn statement(desk: Desk, Segment(id): Segment, Asked(looking): Asked<Looking>) -> Result<Json<StatementAnswer>, Fault> {
    Ok(Json(desk.ask(looking.as_of, move |reader| StatementAnswer::of(reader, &id)).await?))
}
