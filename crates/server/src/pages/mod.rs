//! What does each page show? The same answers as the API's, written as HTML that reads without script.

mod actor;
mod book;
mod comparison;
mod document;
mod door;
pub(crate) mod dossier;
mod estimate;
mod event;
pub(crate) mod fault;
mod feed;
mod frame;
mod link;
mod map;
mod part;
mod people;
mod relations;
mod review;
mod search;
mod setting;
mod statement;
mod text;

pub(crate) use link::segment;

use axum::Router;
use axum::routing::{get, post};

use crate::desk::Desk;

/// The routes of all pages.
pub(crate) fn router() -> Router<Desk> {
    Router::new()
        .route("/document/{id}", get(document::document))
        .route("/document/{id}/comparison", get(comparison::comparison))
        .route("/map", get(map::map))
        .route("/relations", get(relations::relations))
        .route("/relation/{id}", get(relations::relation))
        .route("/estimate/{id}", get(estimate::estimate))
        .route("/event/{id}", get(event::event))
        .route("/statement/{id}", get(statement::statement))
        .route("/review", get(review::buckets))
        .route("/review/{bucket}", get(review::question))
        .route("/sign-in", get(door::sign_in).post(door::signed_in))
        .route("/sign-out", post(door::sign_out))
        .route("/enter", get(door::enter))
        .route("/you", get(people::you))
        .route("/book/people", get(people::people))
        .route("/", get(search::search))
        .route("/feed.atom", get(feed::feed))
        .merge(actor::router())
        .merge(book::router())
}
