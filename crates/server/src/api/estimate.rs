//! Series of estimates.

use axum::Json;

use super::Looking;
use crate::answer::estimate::EstimateAnswer;
use crate::answer::event::Asked as Stands;
use crate::desk::Desk;
use crate::extract::{Asked, Segment};
use crate::fault::{Fault, Problem};

/// One series of estimates with its points and who tells each
#[utoipa::path(
    get,
    path = "/estimates/{id}",
    tag = "estimates",
    params(("id" = String, Path, description = "The series' id, or the beginning of it"), Looking),
    responses((status = 200, body = EstimateAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn estimate(desk: Desk, Segment(id): Segment, Asked(looking): Asked<Looking>) -> Result<Json<EstimateAnswer>, Fault> {
    let asked = id.clone();
    match desk.ask(looking.as_of, move |reader| EstimateAnswer::of(reader, &asked)).await? {
        Stands::Stands(answer) => Ok(Json(*answer)),
        Stands::Became(groups) => Err(super::relations::no_more(&id, &groups)),
    }
}
