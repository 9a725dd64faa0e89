//! Briefs with numbered sources.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use axum::response::{Html, IntoResponse, Response};
use sayso::dossier::{Dossier, docx, markdown};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{Leaving, Looking};
use crate::answer::actor::ActorAsked;
use crate::answer::dossier::{Occasion, of_actor, of_event};
use crate::desk::{Desk, now};
use crate::extract::{Asked, Segment};
use crate::fault::{Fault, Problem};
use crate::pages;

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// The routes of briefs.
pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(dossier)).routes(routes!(brief))
}

/// In which form a brief is asked for.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct FormAsked {
    /// Markdown, Word, or a page to print.
    #[serde(default)]
    #[param(inline)]
    format: Form,
}

/// A form of a brief.
#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Form {
    /// Markdown with footnotes.
    Md,
    /// Word, with footnotes.
    Docx,
    /// A page, to be printed or kept as PDF.
    #[default]
    Html,
}

/// A brief on an actor: names, numbers as told, relations and events by date, disagreements, every line with its sources
#[utoipa::path(
    get,
    path = "/actors/{id}/dossier",
    tag = "actors",
    params(("id" = String, Path, description = "The actor's id or name"), FormAsked, ActorAsked, Leaving, Looking),
    responses(
        (status = 200, description = "The brief", content(
            (String = "text/html"),
            (String = "text/markdown"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        )),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn dossier(
    desk: Desk,
    Segment(id): Segment,
    Asked(form): Asked<FormAsked>,
    Asked(asked): Asked<ActorAsked>,
    Asked(leaving): Asked<Leaving>,
    Asked(looking): Asked<Looking>,
) -> Result<Response, Fault> {
    let desk = leaving.of(&desk)?;
    let occasion = Occasion { as_of: looking.as_of.clone().filter(|text| !text.trim().is_empty()), now: now() };
    let name = file_name(&id);
    let dossier = desk.ask(looking.as_of, move |reader| of_actor(reader, &id, &asked, &occasion)).await?;
    written(&dossier, form.format, &name)
}

/// A brief on an event: its status with the reason, every value beside the others with who gives it, who claims and denies
#[utoipa::path(
    get,
    path = "/events/{id}/brief",
    tag = "events",
    params(("id" = String, Path, description = "The event's id, or the beginning of it"), FormAsked, Leaving, Looking),
    responses(
        (status = 200, description = "The brief", content(
            (String = "text/html"),
            (String = "text/markdown"),
            (Vec<u8> = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        )),
        (status = "default", body = Problem, content_type = "application/problem+json"),
    )
)]
async fn brief(
    desk: Desk,
    Segment(id): Segment,
    Asked(form): Asked<FormAsked>,
    Asked(leaving): Asked<Leaving>,
    Asked(looking): Asked<Looking>,
) -> Result<Response, Fault> {
    let desk = leaving.of(&desk)?;
    let occasion = Occasion { as_of: looking.as_of.clone().filter(|text| !text.trim().is_empty()), now: now() };
    let name = file_name(&id);
    let dossier = desk.ask(looking.as_of, move |reader| of_event(reader, &id, &occasion)).await?;
    written(&dossier, form.format, &name)
}

fn written(dossier: &Dossier, form: Form, name: &str) -> Result<Response, Fault> {
    Ok(match form {
        Form::Html => Html(pages::dossier::html(dossier)).into_response(),
        Form::Md => kept("text/markdown; charset=utf-8", markdown(dossier).into_bytes(), &format!("{name}.md")),
        Form::Docx => kept(DOCX, docx(dossier).map_err(|_| Fault::ended())?, &format!("{name}.docx")),
    })
}

/// A file to keep.
fn kept(kind: &'static str, bytes: Vec<u8>, name: &str) -> Response {
    let mut response = bytes.into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(disposition) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(CONTENT_DISPOSITION, disposition);
    }
    response
}

/// What a file of an id is called: letters, digits and hyphens alone.
fn file_name(id: &str) -> String {
    let plain: String = id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(60).collect();
    let plain = plain.trim_matches('-').to_owned();
    if plain.is_empty() { "dossier".to_owned() } else { plain }
}
