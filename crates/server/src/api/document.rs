//! Documents.

use axum::Json;

use sayso::linking::Copy;
use serde::Deserialize;
use utoipa::IntoParams;

use super::Looking;
use crate::answer::document::{self, DocumentAnswer};
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
pub(super) async fn document(desk: Desk, Segment(id): Segment, Asked(looking): Asked<Looking>) -> Result<Json<DocumentAnswer>, Fault> {
    Ok(Json(desk.ask(looking.as_of, move |reader| DocumentAnswer::of(reader, &id)).await?))
}

/// With which other document one is compared.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct With {
    /// The other document's id; without it, the one of whose text it holds most.
    pub(crate) with: Option<String>,
}

/// A document's words laid beside another's: what it kept, moved, left out and put in
#[utoipa::path(
    get,
    path = "/documents/{id}/comparison",
    tag = "documents",
    params(("id" = String, Path, description = "The document's id, or the beginning of it"), With, Looking),
    responses((status = 200, body = Copy), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn comparison(
    desk: Desk,
    Segment(id): Segment,
    Asked(with): Asked<With>,
    Asked(looking): Asked<Looking>,
) -> Result<Json<Copy>, Fault> {
    Ok(Json(desk.ask(looking.as_of, move |reader| document::comparison(reader, &id, with.with.as_deref())).await?))
}
