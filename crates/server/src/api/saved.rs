//! The questions that a person keeps: list, keep, rename, remove.

use axum::Json;
use axum::extract::Extension;
use axum::http::StatusCode;
use sayso_people::Saved;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::answer::saved::Kept;
use crate::answer::search::As;
use crate::extract::{Segment, Sent};
use crate::fault::{Fault, Problem};
use crate::people::access::Access;
use crate::person::Person;

/// The questions that you keep
#[utoipa::path(
    get,
    path = "/saved",
    tag = "search",
    responses((status = 200, body = Kept), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn saved(Extension(access): Extension<Access>, person: Person) -> Result<Json<Kept>, Fault> {
    Ok(Json(Kept::of(&access, &person).await?))
}

/// A question to be kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewSaved {
    /// What to call it; another of that name gives way.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
    /// The question.
    #[schema(max_length = 4000)]
    q: String,
    /// As what it is answered.
    #[serde(rename = "as", default)]
    as_: As,
}

/// Keep a question
#[utoipa::path(
    post,
    path = "/saved",
    tag = "search",
    request_body = NewSaved,
    responses((status = 201, body = Saved), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn save(
    Extension(access): Extension<Access>,
    person: Person,
    Sent(new): Sent<NewSaved>,
) -> Result<(StatusCode, Json<Saved>), Fault> {
    let saved = access.people(move |people, now| people.save(&person.name, &new.name, &new.q, new.as_.as_str(), now)).await?;
    Ok((StatusCode::CREATED, Json(saved)))
}

/// Another name.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewName {
    /// What to call it from now on.
    #[schema(min_length = 1, max_length = 120)]
    name: String,
}

/// Rename a kept question
#[utoipa::path(
    put,
    path = "/saved/{number}",
    tag = "search",
    params(("number" = i64, Path, description = "The question's number")),
    request_body = NewName,
    responses((status = 200, body = Saved), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn rename(
    Extension(access): Extension<Access>,
    person: Person,
    Segment(number): Segment,
    Sent(new): Sent<NewName>,
) -> Result<Json<Saved>, Fault> {
    let number = numbered(&number)?;
    Ok(Json(access.people(move |people, _| people.rename_saved(&person.name, number, &new.name)).await?))
}

/// Keep a question no more
#[utoipa::path(
    delete,
    path = "/saved/{number}",
    tag = "search",
    params(("number" = i64, Path, description = "The question's number")),
    responses((status = 204, description = "It is kept no more"), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn remove(Extension(access): Extension<Access>, person: Person, Segment(number): Segment) -> Result<StatusCode, Fault> {
    let number = numbered(&number)?;
    access.people(move |people, _| people.remove_saved(&person.name, number)).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn numbered(text: &str) -> Result<i64, Fault> {
    text.parse().map_err(|_| Fault::invalid(format!("`{text}` is no number"), "GET /api/v1/saved lists the numbers of kept questions."))
}
