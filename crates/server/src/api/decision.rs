//! Decisions: made, foreseen, taken back and made to hold again, each in the name of the person who asks.

use axum::Json;
use axum::http::HeaderMap;
use sayso::linking::Linker;
use sayso_store::Record;
use serde::Serialize;

use crate::answer::decision::{self, Decided, Deciding, Foreseen, LinkedSoFar, Turning};
use crate::desk::Desk;
use crate::extract::Sent;
use crate::fault::{Fault, Problem};
use crate::person::Person;

/// The header under whose value a request can be sent again without being done again.
const KEY: &str = "idempotency-key";

/// Decide
///
/// Keeps a decision in the name of the person who asks, and links what it touches. A request that is sent again under the same
/// `Idempotency-Key` is answered as the first time and decides nothing.
#[utoipa::path(
    post,
    path = "/decisions",
    tag = "decisions",
    params(("Idempotency-Key" = Option<String>, Header, description = "Any text that no other request of the person has")),
    request_body = Deciding,
    responses((status = 200, body = Decided), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn decide(desk: Desk, person: Person, headers: HeaderMap, Sent(deciding): Sent<Deciding>) -> Result<Json<Decided>, Fault> {
    once(desk, person, &headers, deciding, decision::decide).await
}

/// What a decision would change; nothing is kept
#[utoipa::path(
    post,
    path = "/decisions/preview",
    tag = "decisions",
    request_body = Deciding,
    responses((status = 200, body = Foreseen), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn preview(desk: Desk, person: Person, Sent(deciding): Sent<Deciding>) -> Result<Json<Foreseen>, Fault> {
    let foreseen = desk.write(move |record, linker| decision::foresee(record, linker, &person, &deciding)).await?;
    Ok(Json(foreseen))
}

/// Take a decision back
///
/// The one of the number, else the last one of the person who asks.
#[utoipa::path(
    post,
    path = "/decisions/undo",
    tag = "decisions",
    params(("Idempotency-Key" = Option<String>, Header, description = "Any text that no other request of the person has")),
    request_body = Turning,
    responses((status = 200, body = Decided), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn undo(desk: Desk, person: Person, headers: HeaderMap, Sent(turning): Sent<Turning>) -> Result<Json<Decided>, Fault> {
    once(desk, person, &headers, turning, decision::undo).await
}

/// Make a decision hold again
///
/// The one of the number, else the one that the person who asks took back last.
#[utoipa::path(
    post,
    path = "/decisions/redo",
    tag = "decisions",
    params(("Idempotency-Key" = Option<String>, Header, description = "Any text that no other request of the person has")),
    request_body = Turning,
    responses((status = 200, body = Decided), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn redo(desk: Desk, person: Person, headers: HeaderMap, Sent(turning): Sent<Turning>) -> Result<Json<Decided>, Fault> {
    once(desk, person, &headers, turning, decision::redo).await
}

/// Does what is asked, unless it was done under the same key already.
async fn once<A: Serialize + Send + 'static>(
    desk: Desk,
    person: Person,
    headers: &HeaderMap,
    asked: A,
    done: impl FnOnce(&mut Record, &Linker, &Person, &A) -> Result<Decided, Fault> + Send + 'static,
) -> Result<Json<Decided>, Fault> {
    let key = headers.get(KEY).and_then(|key| key.to_str().ok()).map(ToOwned::to_owned);
    let desk_of_answers = desk.clone();
    let decided = desk
        .write(move |record, linker| {
            let Some(key) = key else { return done(record, linker, &person, &asked) };
            // It is looked up in the writer's turn, so that of two that are sent at once the second finds the first one's answer.
            let request = serde_json::to_string(&asked).map_err(|_| Fault::ended())?;
            if let Some(known) = desk_of_answers.answers().answer(&person.name, &key, &request)? {
                return Ok(known);
            }
            let decided = done(record, linker, &person, &asked)?;
            desk_of_answers.answers().remember(&person.name, &key, request, decided.clone());
            Ok(decided)
        })
        .await?;
    if !decided.linked {
        desk.link_later();
    }
    Ok(Json(decided))
}

/// Whether all that was decided has been linked
///
/// What touches very much is linked in the background; this says when that is done.
#[utoipa::path(
    get,
    path = "/decisions/linked",
    tag = "decisions",
    responses((status = 200, body = LinkedSoFar), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn linked(desk: Desk) -> Result<Json<LinkedSoFar>, Fault> {
    Ok(Json(desk.ask(None, |reader| LinkedSoFar::of(reader.record)).await?))
}
