//! Relations: one whole, through time, and as networks.

use axum::Json;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, HeaderValue};
use axum::response::{IntoResponse, Response};
use sayso::types::record::GroupRecord;
use serde::Deserialize;

use super::{Leaving, Looking};
use crate::answer::event::Asked as Stands;
use crate::answer::relations::{NetworkAnswer, NetworkAsked, RelationAnswer, Timeline, TimelineAsked};
use crate::desk::Desk;
use crate::extract::{Asked, Segment};
use crate::fault::{Fault, Problem};

/// One relation with its periods, and the quotes for and against it
#[utoipa::path(
    get,
    path = "/relations/{id}",
    tag = "relations",
    params(("id" = String, Path, description = "The relation's id, or the beginning of it"), Looking),
    responses((status = 200, body = RelationAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn relation(desk: Desk, Segment(id): Segment, Asked(looking): Asked<Looking>) -> Result<Json<RelationAnswer>, Fault> {
    let asked = id.clone();
    match desk.ask(looking.as_of, move |reader| RelationAnswer::of(reader, &asked)).await? {
        Stands::Stands(answer) => Ok(Json(*answer)),
        Stands::Became(groups) => Err(no_more(&id, &groups)),
    }
}

/// That a group is no more, and where its statements now stand.
pub(super) fn no_more(id: &str, groups: &[GroupRecord]) -> Fault {
    let ids: Vec<&str> = groups.iter().map(|group| group.id.as_str()).collect();
    Fault::unknown(format!("`{id}` is no more"), format!("Its statements now stand in {}.", ids.join(", ")))
}

/// The relations of actors through time, with the periods in which each held
#[utoipa::path(
    get,
    path = "/timeline",
    tag = "relations",
    params(TimelineAsked, Looking),
    responses((status = 200, body = Timeline), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn timeline(
    desk: Desk,
    Asked(asked): Asked<TimelineAsked>,
    Asked(looking): Asked<Looking>,
) -> Result<Json<Timeline>, Fault> {
    Ok(Json(desk.ask(looking.as_of, move |reader| Timeline::of(reader, &asked)).await?))
}

/// In which form the answer is written.
#[derive(Clone, Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct NetworkForm {
    /// `graphml`, `gexf` (with the days between which each relation held), `nodes.csv` or `edges.csv`; without it JSON.
    #[serde(default)]
    format: String,
}

/// Who is tied to whom, around an actor or in the whole record, ever or on a day
#[utoipa::path(
    get,
    path = "/network",
    tag = "relations",
    params(NetworkAsked, NetworkForm, Leaving, Looking),
    responses((status = 200, body = NetworkAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn network(
    desk: Desk,
    Asked(asked): Asked<NetworkAsked>,
    Asked(form): Asked<NetworkForm>,
    Asked(leaving): Asked<Leaving>,
    Asked(looking): Asked<Looking>,
) -> Result<Response, Fault> {
    let desk = if matches!(form.format.as_str(), "" | "json") { desk } else { leaving.of(&desk)? };
    let answer = desk.ask(looking.as_of, move |reader| NetworkAnswer::of(reader, &asked)).await?;
    let network = answer.leaving();
    let (kind, name, text) = match form.format.as_str() {
        "" | "json" => return Ok(Json(answer).into_response()),
        "graphml" => ("application/xml", "network.graphml", network.graphml()),
        "gexf" => ("application/xml", "network.gexf", network.gexf()),
        "nodes.csv" => ("text/csv; charset=utf-8", "nodes.csv", network.nodes_csv()?),
        "edges.csv" => ("text/csv; charset=utf-8", "edges.csv", network.edges_csv()?),
        other => {
            let advice = "Write format=graphml, gexf, nodes.csv or edges.csv, or leave it out for JSON.";
            return Err(Fault::invalid(format!("`{other}` is not a form of this answer"), advice));
        }
    };
    let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).map_err(|_| Fault::ended())?;
    Ok(([(CONTENT_TYPE, HeaderValue::from_static(kind)), (CONTENT_DISPOSITION, disposition)], text).into_response())
}
