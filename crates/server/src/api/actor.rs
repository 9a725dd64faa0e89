//! Actors.

use axum::Json;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Looking;
use crate::answer::actor::{self, ActorAnswer, ActorAsked, ActorEvents, ActorRelation, ActorStatements};
use crate::answer::paged::{PageAsked, Paged};
use crate::desk::Desk;
use crate::extract::{Asked, Segment};
use crate::fault::{Fault, Problem};

/// The routes of actors.
pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(actor))
        .routes(routes!(relations))
        .routes(routes!(events))
        .routes(routes!(said))
        .routes(routes!(told))
}

/// One actor: names, ties, strength over time, and the first of its relations, events and statements
#[utoipa::path(
    get,
    path = "/actors/{id}",
    tag = "actors",
    params(("id" = String, Path, description = "The registry's id, a candidate's (c:name), or exactly the name of whoever has neither"), ActorAsked, Looking),
    responses((status = 200, body = ActorAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
async fn actor(
    desk: Desk,
    Segment(id): Segment,
    Asked(asked): Asked<ActorAsked>,
    Asked(looking): Asked<Looking>,
) -> Result<Json<ActorAnswer>, Fault> {
    Ok(Json(desk.ask(looking.as_of, move |reader| ActorAnswer::of(reader, &id, &asked)).await?))
}

/// The relations of an actor, newest first
#[utoipa::path(
    get,
    path = "/actors/{id}/relations",
    tag = "actors",
    params(("id" = String, Path, description = "The actor's id or name"), ActorAsked, PageAsked, Looking),
    responses((status = 200, body = Paged<ActorRelation>), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
async fn relations(
    desk: Desk,
    Segment(id): Segment,
    Asked(asked): Asked<ActorAsked>,
    Asked(page): Asked<PageAsked>,
    Asked(looking): Asked<Looking>,
) -> Result<Json<Paged<ActorRelation>>, Fault> {
    Ok(Json(desk.ask(looking.as_of, move |reader| actor::relations(reader, &id, &asked, &page)).await?))
}

/// The events of an actor, newest first, and how many there are in each year
#[utoipa::path(
    get,
    path = "/actors/{id}/events",
    tag = "actors",
    params(("id" = String, Path, description = "The actor's id or name"), PageAsked, Looking),
    responses((status = 200, body = ActorEvents), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
async fn events(
    desk: Desk,
    Segment(id): Segment,
    Asked(page): Asked<PageAsked>,
    Asked(looking): Asked<Looking>,
) -> Result<Json<ActorEvents>, Fault> {
    Ok(Json(desk.ask(looking.as_of, move |reader| actor::events(reader, &id, &page)).await?))
}

/// What an actor said: the statements of which it is the source, last read first
#[utoipa::path(
    get,
    path = "/actors/{id}/said",
    tag = "actors",
    params(("id" = String, Path, description = "The actor's id or name"), PageAsked, Looking),
    responses((status = 200, body = ActorStatements), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
async fn said(
    desk: Desk,
    Segment(id): Segment,
    Asked(page): Asked<PageAsked>,
    Asked(looking): Asked<Looking>,
) -> Result<Json<ActorStatements>, Fault> {
    Ok(Json(desk.ask(looking.as_of, move |reader| actor::said(reader, &id, &page)).await?))
}

/// What is said of an actor: the statements in which it acts or is acted upon, last read first
#[utoipa::path(
    get,
    path = "/actors/{id}/told",
    tag = "actors",
    params(("id" = String, Path, description = "The actor's id or name"), PageAsked, Looking),
    responses((status = 200, body = ActorStatements), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
async fn told(
    desk: Desk,
    Segment(id): Segment,
    Asked(page): Asked<PageAsked>,
    Asked(looking): Asked<Looking>,
) -> Result<Json<ActorStatements>, Fault> {
    Ok(Json(desk.ask(looking.as_of, move |reader| actor::told(reader, &id, &page)).await?))
}
