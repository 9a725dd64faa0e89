//! Search, and lists of what it finds: events, relations, estimates, actors, documents, statements.

use axum::Json;
use serde::Deserialize;
use utoipa::IntoParams;

use super::Looking;
use crate::answer::search::{As, Asking, HITS, SearchAnswer, countries};
use crate::desk::Desk;
use crate::extract::Asked;
use crate::fault::{Fault, Problem};

/// A question.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Questioning {
    /// What is asked, in the query language: words, "phrases", prefix*, OR, -, and fields such as type:assault or date:2014..2015-03.
    #[serde(default)]
    pub(crate) q: String,
    /// Who takes part, as the field `actor`.
    pub(crate) actor: Option<String>,
    /// What it is, as the field `type`.
    #[serde(rename = "type")]
    pub(crate) type_code: Option<String>,
    /// Where, as the field `place`.
    pub(crate) place: Option<String>,
    /// In which country, as the field `country`.
    pub(crate) country: Option<String>,
    /// When, as the field `date`.
    pub(crate) date: Option<String>,
    /// Not wholly before, as the field `since`.
    pub(crate) since: Option<String>,
    /// Not wholly after, as the field `until`.
    pub(crate) until: Option<String>,
    /// When it was told, as the field `told`.
    pub(crate) told: Option<String>,
    /// Who says so, as the field `source`.
    pub(crate) source: Option<String>,
    /// Who published it, as the field `publisher`.
    pub(crate) publisher: Option<String>,
    /// How far established, as the field `status`.
    pub(crate) status: Option<String>,
    /// By how many independent sources at least, as the field `sources`.
    pub(crate) sources: Option<String>,
    /// What people decided, as the field `review`.
    pub(crate) review: Option<String>,
}

impl Questioning {
    /// The question in one text: the parameters stand as fields after `q`.
    pub(crate) fn text(&self) -> String {
        let mut text = self.q.trim().to_owned();
        for (field, value) in [
            ("actor", &self.actor),
            ("type", &self.type_code),
            ("place", &self.place),
            ("country", &self.country),
            ("date", &self.date),
            ("since", &self.since),
            ("until", &self.until),
            ("told", &self.told),
            ("source", &self.source),
            ("publisher", &self.publisher),
            ("status", &self.status),
            ("sources", &self.sources),
            ("review", &self.review),
        ] {
            if let Some(value) = value.as_deref().map(str::trim).filter(|value| !value.is_empty()) {
                let value: String = value.chars().map(|c| if matches!(c, '"' | '“' | '”') { ' ' } else { c }).collect();
                text.push_str(&format!(" {field}:\"{}\"", value.trim()));
            }
        }
        text.trim_start().to_owned()
    }

    /// Whether more than the text is asked.
    pub(crate) fn has_fields(&self) -> bool {
        self.text() != self.q.trim()
    }
}

/// As what, and which page.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Searching {
    /// As what: events, relations, estimates, actors, documents or statements.
    #[serde(rename = "as", default)]
    #[param(inline)]
    pub(crate) as_: As,
}

/// Which page.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Turning {
    /// `next` of the page before; without it, the first page.
    pub(crate) cursor: Option<String>,
    /// At most so many on the page: 50 where it is left out, never more than 200.
    #[param(minimum = 1, maximum = 200)]
    pub(crate) limit: Option<usize>,
}

async fn found(desk: &Desk, as_: As, questioning: &Questioning, turning: Turning, looking: Looking) -> Result<Json<SearchAnswer>, Fault> {
    let asking = Asking { q: questioning.text(), as_, cursor: turning.cursor, limit: turning.limit.unwrap_or(HITS) };
    Ok(Json(desk.ask(looking.as_of, move |reader| SearchAnswer::of(reader, countries(), &asking)).await?))
}

/// What a question finds, with facets and a histogram
#[utoipa::path(
    get,
    path = "/search",
    tag = "search",
    params(Questioning, Searching, Turning, Looking),
    responses((status = 200, body = SearchAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
)]
pub(super) async fn search(
    desk: Desk,
    Asked(questioning): Asked<Questioning>,
    Asked(searching): Asked<Searching>,
    Asked(turning): Asked<Turning>,
    Asked(looking): Asked<Looking>,
) -> Result<Json<SearchAnswer>, Fault> {
    found(&desk, searching.as_, &questioning, turning, looking).await
}

macro_rules! list {
    ($name:ident, $path:literal, $as_:expr, $told:literal) => {
        #[doc = $told]
        #[utoipa::path(
            get,
            path = $path,
            tag = "search",
            params(Questioning, Turning, Looking),
            responses((status = 200, body = SearchAnswer), (status = "default", body = Problem, content_type = "application/problem+json"))
        )]
        pub(super) async fn $name(
            desk: Desk,
            Asked(questioning): Asked<Questioning>,
            Asked(turning): Asked<Turning>,
            Asked(looking): Asked<Looking>,
        ) -> Result<Json<SearchAnswer>, Fault> {
            found(&desk, $as_, &questioning, turning, looking).await
        }
    };
}

list!(events, "/events", As::Events, "Events that a question means");
list!(relations, "/relations", As::Relations, "Relations that a question means");
list!(estimates, "/estimates", As::Estimates, "Series of estimates that a question means");
list!(actors, "/actors", As::Actors, "Actors that a question means");
list!(documents, "/documents", As::Documents, "Documents that a question means");
list!(statements, "/statements", As::Statements, "Statements that a question means");
