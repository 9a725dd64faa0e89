//! Where and when events happened.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::{Json, http::HeaderValue};
use serde::Deserialize;

use super::{Leaving, Looking};
use crate::answer::map::{MapAnswer, MapAsked, ROWS_OF_FILE, geojson};
use crate::desk::Desk;
use crate::extract::Asked;
use crate::fault::{Fault, Problem};

/// In which form the answer is written.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct MapForm {
    /// `geojson` writes the events of the list as a feature collection, for other maps.
    #[serde(default)]
    format: String,
}

/// Events by where and when they happened, with how surely that is known
#[utoipa::path(
    get,
    path = "/map",
    tag = "map",
    params(MapAsked, MapForm, Leaving, Looking),
    responses((status = 200, body = MapAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn map(
    desk: Desk,
    Asked(asked): Asked<MapAsked>,
    Asked(form): Asked<MapForm>,
    Asked(leaving): Asked<Leaving>,
    Asked(looking): Asked<Looking>,
) -> Result<Response, Fault> {
    let mut question = asked.question()?;
    match form.format.as_str() {
        "" | "json" => {
            let answer = desk.ask(looking.as_of, move |reader| MapAnswer::of(reader, &question)).await?;
            Ok(Json(answer).into_response())
        }
        "geojson" => {
            question.rows = ROWS_OF_FILE;
            let features =
                leaving.of(&desk)?.ask(looking.as_of, move |reader| Ok(geojson(reader, &MapAnswer::of(reader, &question)?))).await?;
            let headers = [
                (CONTENT_TYPE, HeaderValue::from_static("application/geo+json")),
                (CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"events.geojson\"")),
            ];
            Ok((headers, features.to_string()).into_response())
        }
        other => Err(Fault::invalid(format!("`{other}` is not a form of this answer"), "Write format=geojson, or leave it out for JSON.")),
    }
}
