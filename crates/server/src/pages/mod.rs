//! What does each page show? The same answers as the API's, written as HTML that reads without script.

mod actor;
mod document;
pub(crate) mod dossier;
pub(crate) mod fault;
mod frame;
mod link;
mod part;
mod setting;
mod statement;
mod text;

use axum::Router;
use axum::routing::get;

use crate::desk::Desk;

/// The routes of all pages.
pub(crate) fn router() -> Router<Desk> {
    Router::new().route("/document/{id}", get(document::document)).merge(actor::router())
}
