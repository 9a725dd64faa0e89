//! Statements that people write, and what could be stated of selected words.

use axum::Json;
use sayso::write::Proposal;
use sayso_types::decision::TextAnchor;

use crate::answer::written::{self, Selected, WritingSent, WrittenAnswer};
use crate::desk::Desk;
use crate::extract::Sent;
use crate::fault::{Fault, Problem};
use crate::person::Person;

/// Write a statement of a document's words
///
/// Keeps what no program coded, in the name of the person who asks. Of places, times and quantities the words alone are enough: they are
/// read as the program reads them. Undoing the decision takes the statement out again.
#[utoipa::path(
    post,
    path = "/statements",
    tag = "statements",
    request_body = WritingSent,
    responses((status = 200, body = WrittenAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn write(desk: Desk, person: Person, Sent(sent): Sent<WritingSent>) -> Result<Json<WrittenAnswer>, Fault> {
    person.must_decide("write")?;
    let read = desk.read(move |coder, codes, desk| {
        let document = desk.document(&sent.document)?;
        let statement = written::statement(coder, codes, &document, &sent)?;
        Ok((sent.why, (TextAnchor::of(&document), statement)))
    });
    let (why, statement) = read.await?;
    let kept = desk.write(move |record, linker| written::keep(record, linker, &person.name, &why, statement)).await?;
    Ok(Json(kept))
}

/// What could be stated of selected words
///
/// What the program reads in their sentence, however unsurely, and who, where, when and how many are spoken of there, to pick from.
#[utoipa::path(
    post,
    path = "/statements/suggest",
    tag = "statements",
    request_body = Selected,
    responses((status = 200, body = Proposal), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn suggest(desk: Desk, _person: Person, Sent(selected): Sent<Selected>) -> Result<Json<Proposal>, Fault> {
    let read = desk.read(move |coder, codes, desk| {
        let document = desk.document(&selected.document)?;
        written::suggest(coder, codes, &document, &selected)
    });
    Ok(Json(read.await?))
}
