//! The people of a record: who they are, who changes that, and what happened at the door.

use axum::Json;
use axum::extract::Extension;
use axum::http::StatusCode;
use sayso_people::{Person as Known, Role};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::LogPage;
use crate::answer::people::{PeopleAnswer, PeopleLog};
use crate::desk::Desk;
use crate::extract::{Asked, Segment, Sent};
use crate::fault::{Fault, Problem};
use crate::people::access::Access;
use crate::person::Person;

/// The routes of people.
pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(people, add))
        .routes(routes!(set_role))
        .routes(routes!(set_state))
        .routes(routes!(set_password))
        .routes(routes!(log))
}

/// Everybody who has a part in the record
#[utoipa::path(
    get,
    path = "/people",
    tag = "people",
    responses((status = 200, body = PeopleAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn people(Extension(access): Extension<Access>) -> Result<Json<PeopleAnswer>, Fault> {
    Ok(Json(PeopleAnswer::of(&access).await?))
}

/// A person to be added.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPerson {
    /// As decisions will be signed.
    #[schema(min_length = 1, max_length = 64)]
    name: String,
    /// Their part.
    role: Role,
    /// Their first password; without one they come in by tokens only.
    #[schema(min_length = 12, max_length = 1024)]
    password: Option<String>,
}

/// Add a person
#[utoipa::path(
    post,
    path = "/people",
    tag = "people",
    request_body = NewPerson,
    responses((status = 201, body = Known), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn add(
    Extension(access): Extension<Access>,
    person: Person,
    Sent(new): Sent<NewPerson>,
) -> Result<(StatusCode, Json<Known>), Fault> {
    access.must_have_people()?;
    let hash = match new.password {
        Some(password) => Some(access.hashed(password).await?),
        None => None,
    };
    let added = access.people(move |people, now| people.add(&new.name, new.role, hash.as_ref(), &person.by(), now)).await?;
    Ok((StatusCode::CREATED, Json(added)))
}

/// A part to be taken.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewRole {
    /// Which.
    role: Role,
}

/// Give a person another role
#[utoipa::path(
    put,
    path = "/people/{name}/role",
    tag = "people",
    params(("name" = String, Path, description = "The person's name")),
    request_body = NewRole,
    responses((status = 200, body = Known), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn set_role(
    Extension(access): Extension<Access>,
    person: Person,
    Segment(name): Segment,
    Sent(new): Sent<NewRole>,
) -> Result<Json<Known>, Fault> {
    access.must_have_people()?;
    Ok(Json(access.people(move |people, now| people.set_role(&name, new.role, &person.by(), now)).await?))
}

/// Whether a person is let in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewState {
    /// Whether they are.
    state: State,
}

#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum State {
    /// They are.
    Enabled,
    /// They are not, and their sessions and tokens end.
    Disabled,
}

/// Let a person in no more, or again
#[utoipa::path(
    put,
    path = "/people/{name}/state",
    tag = "people",
    params(("name" = String, Path, description = "The person's name")),
    request_body = NewState,
    responses((status = 200, body = Known), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn set_state(
    Extension(access): Extension<Access>,
    person: Person,
    Segment(name): Segment,
    Sent(new): Sent<NewState>,
) -> Result<Json<Known>, Fault> {
    access.must_have_people()?;
    let changed = access.people(move |people, now| match new.state {
        State::Enabled => people.enable(&name, &person.by(), now),
        State::Disabled => people.disable(&name, &person.by(), now),
    });
    Ok(Json(changed.await?))
}

/// A password to be set.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPassword {
    /// Which.
    #[schema(min_length = 12, max_length = 1024)]
    password: String,
}

/// Set a person's password; all their sessions end
#[utoipa::path(
    put,
    path = "/people/{name}/password",
    tag = "people",
    params(("name" = String, Path, description = "The person's name")),
    request_body = NewPassword,
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn set_password(
    Extension(access): Extension<Access>,
    person: Person,
    Segment(name): Segment,
    Sent(new): Sent<NewPassword>,
) -> Result<StatusCode, Fault> {
    access.must_have_people()?;
    let hash = access.hashed(new.password).await?;
    access.people(move |people, now| people.set_password(&name, &hash, None, &person.by(), now)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What happened at the door, and who changed what about whom
#[utoipa::path(
    get,
    path = "/people/log",
    tag = "people",
    params(LogPage),
    responses((status = 200, body = PeopleLog), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn log(Extension(access): Extension<Access>, Asked(page): Asked<LogPage>) -> Result<Json<PeopleLog>, Fault> {
    Ok(Json(PeopleLog::of(&access, page.before).await?))
}
