//! What does each page show? The same answers as the API's, written as HTML that reads without script.

mod document;
pub(crate) mod fault;
mod frame;
mod link;
mod map;
mod part;
mod relations;
mod setting;
mod statement;
mod text;

use axum::Router;
use axum::routing::get;

use crate::desk::Desk;

/// The routes of all pages.
pub(crate) fn router() -> Router<Desk> {
    Router::new()
        .route("/document/{id}", get(document::document))
        .route("/map", get(map::map))
        .route("/relations", get(relations::relations))
        .route("/relation/{id}", get(relations::relation))
}
