//! Documents that are added.

use axum::Json;

use crate::answer::added::{self, AddedAnswer, DocumentsSent};
use crate::desk::{Desk, now};
use crate::extract::Sent;
use crate::fault::{Fault, Problem};
use crate::person::Person;

/// Add documents
///
/// Reads and codes each, keeps them as a run that the record book lists, and links what they tell. A document that cannot be read is
/// named and passed over.
#[utoipa::path(
    post,
    path = "/documents",
    tag = "documents",
    request_body = DocumentsSent,
    responses((status = 200, body = AddedAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn add(desk: Desk, person: Person, Sent(sent): Sent<DocumentsSent>) -> Result<Json<AddedAnswer>, Fault> {
    let (versions, read) = desk.read(move |coder, _, _| Ok((coder.versions(), added::read(coder, sent)?))).await?;
    let keep = desk.change(move |record, _| added::keep(record, &person.name, &now(), &versions, &read));
    let (answer, outcome) = keep.await?;
    Ok(Json(AddedAnswer { groups: outcome.written.groups, ..answer }))
}
