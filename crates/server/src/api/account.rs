//! One's own account: who one is here, sessions, tokens and the password.

use axum::Json;
use axum::extract::{Extension, Path};
use axum::http::StatusCode;
use sayso_people::Happening;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::answer::people::{MadeToken, Me, Sessions, Tokens};
use crate::desk::Desk;
use crate::extract::Sent;
use crate::fault::{Fault, Problem};
use crate::people::access::Access;
use crate::person::{Entry, Person};

/// How long a token holds where nobody says how long, in days.
const DAYS: u16 = 90;

/// The routes of one's own account.
pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(me))
        .routes(routes!(set_password))
        .routes(routes!(sessions))
        .routes(routes!(end_session))
        .routes(routes!(tokens, make_token))
        .routes(routes!(revoke_token))
}

/// Who asks, and what they may do
#[utoipa::path(
    get,
    path = "/me",
    tag = "account",
    responses((status = 200, body = Me), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn me(person: Person) -> Json<Me> {
    Json(Me::of(&person))
}

/// The sessions of who asks
#[utoipa::path(
    get,
    path = "/sessions",
    tag = "account",
    responses((status = 200, body = Sessions), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn sessions(Extension(access): Extension<Access>, person: Person) -> Result<Json<Sessions>, Fault> {
    Ok(Json(Sessions::of(&access, &person).await?))
}

/// End a session of one's own
#[utoipa::path(
    delete,
    path = "/sessions/{number}",
    tag = "account",
    params(("number" = i64, Path, description = "The session's number")),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn end_session(
    Extension(access): Extension<Access>,
    person: Person,
    Numbered(number): Numbered,
) -> Result<StatusCode, Fault> {
    access.people(move |people, now| people.end_session(&person.name, number, Happening::SessionEnded, &person.by(), now)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The tokens of who asks
#[utoipa::path(
    get,
    path = "/tokens",
    tag = "account",
    responses((status = 200, body = Tokens), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn tokens(Extension(access): Extension<Access>, person: Person) -> Result<Json<Tokens>, Fault> {
    Ok(Json(Tokens::of(&access, &person).await?))
}

/// A token to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewToken {
    /// What it is for.
    #[schema(min_length = 1, max_length = 80)]
    label: String,
    /// For how many days it holds; 90 where nothing is said.
    #[schema(minimum = 1, maximum = 366)]
    days: Option<u16>,
}

/// Make a token, by which a program asks in one's name
#[utoipa::path(
    post,
    path = "/tokens",
    tag = "account",
    request_body = NewToken,
    responses((status = 201, body = MadeToken), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn make_token(
    Extension(access): Extension<Access>,
    person: Person,
    Sent(wanted): Sent<NewToken>,
) -> Result<(StatusCode, Json<MadeToken>), Fault> {
    let days = wanted.days.unwrap_or(DAYS);
    let made = access.people(move |people, now| people.make_token(&person.name, &wanted.label, days, &person.by(), now)).await?;
    Ok((StatusCode::CREATED, Json(MadeToken { secret: made.0.text().to_owned(), token: made.1 })))
}

/// Make a token of one's own hold no more
#[utoipa::path(
    delete,
    path = "/tokens/{number}",
    tag = "account",
    params(("number" = i64, Path, description = "The token's number")),
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn revoke_token(
    Extension(access): Extension<Access>,
    person: Person,
    Numbered(number): Numbered,
) -> Result<StatusCode, Fault> {
    access.people(move |people, now| people.revoke_token(&person.name, number, &person.by(), now)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// One's own password, changed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OwnPassword {
    /// The one that holds.
    current: String,
    /// The one that shall.
    #[schema(min_length = 12, max_length = 1024)]
    password: String,
}

/// Change one's own password; all other sessions end
#[utoipa::path(
    put,
    path = "/me/password",
    tag = "account",
    request_body = OwnPassword,
    responses((status = 204), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn set_password(
    Extension(access): Extension<Access>,
    person: Person,
    Sent(sent): Sent<OwnPassword>,
) -> Result<StatusCode, Fault> {
    access.must_have_people()?;
    access.limits().sign_in(&person.place, &person.name)?;
    if !access.fits(&person.name, sent.current).await? {
        access.people(move |people, now| people.keep(Happening::Refused, "own password", &person.by(), now)).await?;
        return Err(Fault::forbidden("this is not the password that holds now", "Nothing was changed."));
    }
    let hash = access.hashed(sent.password).await?;
    let this = if let Entry::Session(number) = person.entry { Some(number) } else { None };
    access.people(move |people, now| people.set_password(&person.name, &hash, this, &person.by(), now)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The number in a path.
pub(super) struct Numbered(i64);

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Numbered {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, state: &S) -> Result<Numbered, Fault> {
        let number = Path::<i64>::from_request_parts(parts, state).await;
        number.map(|Path(number)| Numbered(number)).map_err(|why| Fault::invalid(why.body_text(), "Give a number."))
    }
}
