//! What needs a person: buckets of questions, one question at a time, and how well reviewers agree.

use axum::Json;

use crate::answer::review::{AgreementAnswer, Bucket, Buckets, Queue, ReviewAnswer};
use crate::desk::Desk;
use crate::extract::{Asked, Segment};
use crate::fault::{Fault, Problem};
use crate::person::Person;

/// What there is to review, and how much of it
#[utoipa::path(
    get,
    path = "/review",
    tag = "review",
    responses((status = 200, body = Buckets), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn buckets(desk: Desk) -> Result<Json<Buckets>, Fault> {
    Ok(Json(desk.ask(None, Buckets::of).await?))
}

/// One question of a bucket
#[utoipa::path(
    get,
    path = "/review/{bucket}",
    tag = "review",
    params(("bucket" = Bucket, Path, description = "Which bucket"), Queue),
    responses((status = 200, body = ReviewAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn question(
    desk: Desk,
    person: Person,
    Segment(bucket): Segment,
    Asked(queue): Asked<Queue>,
) -> Result<Json<ReviewAnswer>, Fault> {
    let bucket = Bucket::named(&bucket)?;
    Ok(Json(desk.ask(None, move |reader| ReviewAnswer::of(reader, &person.name, bucket, &queue)).await?))
}

/// How well reviewers agree
///
/// Of the statements that two or more gave a verdict on: percent, Cohen's kappa of every two, Krippendorff's alpha with the interval of
/// a bootstrap.
#[utoipa::path(
    get,
    path = "/review/agreement",
    tag = "review",
    responses((status = 200, body = AgreementAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn agreement(desk: Desk) -> Result<Json<AgreementAnswer>, Fault> {
    Ok(Json(desk.ask(None, AgreementAnswer::of).await?))
}
