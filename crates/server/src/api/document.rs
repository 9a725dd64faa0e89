//! Documents.

use axum::Json;
use axum::extract::State;

use super::Looking;
use crate::answer::document::DocumentAnswer;
use crate::desk::Desk;
use crate::extract::{Asked, Segment};
use crate::fault::{Fault, Problem};

/// One document with what it states and whose text it repeats
#[utoipa::path(
    get,
    path = "/documents/{id}",
    tag = "documents",
    params(("id" = String, Path, description = "The document's id, or the beginning of it"), Looking),
    responses((status = 200, body = DocumentAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn document(
    State(desk): State<Desk>,
    Segment(id): Segment,
    Asked(looking): Asked<Looking>,
) -> Result<Json<DocumentAnswer>, Fault> {
    Ok(Json(desk.ask(looking.as_of, move |reader| DocumentAnswer::of(reader, &id)).await?))
}
