//! The record book: log, decisions, releases, differences, sources, runs, histories, changes and the codebook.

use axum::Json;
use sayso::codebook::Codebook;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Looking;
use crate::answer::book::{
    self, ChangeLine, ChangesAsked, ComparisonAnswer, ComparisonAsked, DecisionAnswer, DecisionLine, DecisionsAsked, DiffAnswer, DiffAsked,
    HistoryAnswer, ImportLine, LogAsked, LogLine, ReleaseAnswer, ReleaseAsked, RunAnswer, SourcesAnswer, SourcesAsked,
};
use crate::answer::codebook;
use crate::answer::paged::{PageAsked, Paged};
use crate::desk::{Desk, now};
use crate::extract::{Asked, Segment, Sent};
use crate::fault::{Fault, Problem};
use crate::person::Person;

/// The routes of the record book.
pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(log))
        .routes(routes!(decisions))
        .routes(routes!(decision))
        .routes(routes!(releases, release))
        .routes(routes!(diff))
        .routes(routes!(sources))
        .routes(routes!(runs))
        .routes(routes!(the_codebook))
        .routes(routes!(history))
        .routes(routes!(changes))
        .routes(routes!(imports))
        .routes(routes!(comparison))
}

/// The log: who did what, when and why, last entry first
#[utoipa::path(
    get,
    path = "/log",
    tag = "book",
    params(LogAsked, PageAsked, Looking),
    responses((status = 200, body = Paged<LogLine>), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
async fn log(
    desk: Desk,
    Asked(asked): Asked<LogAsked>,
    Asked(page): Asked<PageAsked>,
    Asked(looking): Asked<Looking>,
) -> Result<Json<Paged<LogLine>>, Fault> {
    Ok(Json(desk.ask(looking.as_of, move |reader| book::log(reader, &asked, &page)).await?))
}

/// What people decided, last decision first
#[utoipa::path(
    get,
    path = "/decisions",
    tag = "decisions",
    params(DecisionsAsked, PageAsked, Looking),
    responses((status = 200, body = Paged<DecisionLine>), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
async fn decisions(
    desk: Desk,
    Asked(asked): Asked<DecisionsAsked>,
    Asked(page): Asked<PageAsked>,
    Asked(looking): Asked<Looking>,
) -> Result<Json<Paged<DecisionLine>>, Fault> {
    Ok(Json(desk.ask(looking.as_of, move |reader| book::decisions(reader, &asked, &page)).await?))
}

/// One decision: when it held, and what was linked anew after it
#[utoipa::path(
    get,
    path = "/decisions/{number}",
    tag = "decisions",
    params(("number" = String, Path, description = "Its number, from 1"), Looking),
    responses((status = 200, body = DecisionAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
async fn decision(desk: Desk, Segment(number): Segment, Asked(looking): Asked<Looking>) -> Result<Json<DecisionAnswer>, Fault> {
    Ok(Json(desk.ask(looking.as_of, move |reader| DecisionAnswer::of(reader, &number)).await?))
}

/// The versions of the record that were frozen under a name, last one first
#[utoipa::path(
    get,
    path = "/releases",
    tag = "book",
    params(Looking),
    responses((status = 200, body = Vec<ReleaseAnswer>), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
async fn releases(desk: Desk, Asked(looking): Asked<Looking>) -> Result<Json<Vec<ReleaseAnswer>>, Fault> {
    Ok(Json(desk.ask(looking.as_of, book::releases).await?))
}

/// Freeze the record under a name
#[utoipa::path(
    post,
    path = "/releases",
    tag = "book",
    request_body = ReleaseAsked,
    responses((status = 200, body = ReleaseAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
async fn release(desk: Desk, person: Person, Sent(asked): Sent<ReleaseAsked>) -> Result<Json<ReleaseAnswer>, Fault> {
    person.must_decide("release")?;
    Ok(Json(desk.write(move |record, _| book::release(record, &person.name, &asked)).await?))
}

/// What is otherwise at one moment or release than at another
#[utoipa::path(
    get,
    path = "/diff",
    tag = "book",
    params(DiffAsked),
    responses((status = 200, body = DiffAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
async fn diff(desk: Desk, Asked(asked): Asked<DiffAsked>) -> Result<Json<DiffAnswer>, Fault> {
    Ok(Json(desk.ask(None, move |reader| DiffAnswer::of(reader, &asked)).await?))
}

/// Informants or publishers with how much they tell and how reliable people hold them to be
#[utoipa::path(
    get,
    path = "/sources",
    tag = "book",
    params(SourcesAsked, PageAsked, Looking),
    responses((status = 200, body = SourcesAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
async fn sources(
    desk: Desk,
    Asked(asked): Asked<SourcesAsked>,
    Asked(page): Asked<PageAsked>,
    Asked(looking): Asked<Looking>,
) -> Result<Json<SourcesAnswer>, Fault> {
    Ok(Json(desk.ask(looking.as_of, move |reader| book::sources(reader, &asked, &page)).await?))
}

/// The last readings: what was read, how far one that goes on is, and what could not be read
#[utoipa::path(
    get,
    path = "/runs",
    tag = "book",
    responses((status = 200, body = Vec<RunAnswer>), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
async fn runs(desk: Desk) -> Result<Json<Vec<RunAnswer>>, Fault> {
    let now = now();
    Ok(Json(desk.ask(None, move |reader| book::runs(reader, &now)).await?))
}

/// What each code means, what codes it, and with which example
#[utoipa::path(
    get,
    path = "/codebook",
    tag = "book",
    responses((status = 200, body = Codebook), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
async fn the_codebook() -> Result<Json<&'static Codebook>, Fault> {
    Ok(Json(codebook::codebook()?))
}

/// What became of a statement, document, event, relation, series or decision since it came into the record
#[utoipa::path(
    get,
    path = "/history/{id}",
    tag = "book",
    params(("id" = String, Path, description = "Its id, or the beginning of it; of a decision its number"), Looking),
    responses((status = 200, body = HistoryAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
async fn history(desk: Desk, Segment(id): Segment, Asked(looking): Asked<Looking>) -> Result<Json<HistoryAnswer>, Fault> {
    Ok(Json(desk.ask(looking.as_of, move |reader| HistoryAnswer::of(reader, &id)).await?))
}

/// What changed since a moment or release, last change first
#[utoipa::path(
    get,
    path = "/changes",
    tag = "book",
    params(ChangesAsked, PageAsked, Looking),
    responses((status = 200, body = Paged<ChangeLine>), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
async fn changes(
    desk: Desk,
    Asked(asked): Asked<ChangesAsked>,
    Asked(page): Asked<PageAsked>,
    Asked(looking): Asked<Looking>,
) -> Result<Json<Paged<ChangeLine>>, Fault> {
    Ok(Json(desk.ask(looking.as_of, move |reader| book::changes(reader, &asked, &page)).await?))
}

/// Data of others that lie beside the record
#[utoipa::path(
    get,
    path = "/imports",
    tag = "book",
    responses((status = 200, body = Vec<ImportLine>), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
async fn imports(desk: Desk) -> Result<Json<Vec<ImportLine>>, Fault> {
    Ok(Json(desk.ask(None, book::imports).await?))
}

/// An import beside the record: what both tell, where they differ, what either has alone
#[utoipa::path(
    get,
    path = "/imports/{number}/comparison",
    tag = "book",
    params(("number" = String, Path, description = "The import's number"), ComparisonAsked, Looking),
    responses((status = 200, body = ComparisonAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
async fn comparison(
    desk: Desk,
    Segment(number): Segment,
    Asked(asked): Asked<ComparisonAsked>,
    Asked(looking): Asked<Looking>,
) -> Result<Json<ComparisonAnswer>, Fault> {
    Ok(Json(desk.ask(looking.as_of, move |reader| ComparisonAnswer::of(reader, &number, &asked)).await?))
}
