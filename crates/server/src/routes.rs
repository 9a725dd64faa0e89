//! Which address gives what?

use axum::Router;
use axum::middleware;
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::desk::Desk;
use crate::fault::Fault;
use crate::guard::guard;
use crate::{api, asset, pages, tiles};

/// The workbench of a desk.
pub fn router(desk: Desk) -> Router {
    Router::new()
        .nest("/api/v1", api::router())
        .route("/ui/{*path}", get(asset::asset))
        .route("/tiles", get(tiles::tiles))
        .merge(pages::router())
        .fallback(|| async { Fault::no_page() })
        .layer(middleware::from_fn(pages::fault::written))
        .layer(middleware::from_fn(guard))
        .layer(CatchPanicLayer::custom(|_| axum::response::IntoResponse::into_response(Fault::ended())))
        .layer(CompressionLayer::new())
        .with_state(desk)
}
