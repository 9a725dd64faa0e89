//! Which address gives what, and through what does each request go?

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use sayso_people::Role;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::{CsrfLayer, ProtectionError};

use crate::desk::Desk;
use crate::fault::Fault;
use crate::fresh::fresh;
use crate::guard::guard;
use crate::headers::headers;
use crate::people::access::Access;
use crate::{api, asset, pages, tiles};

/// The workbench of a desk for the people who are let in.
///
/// A request goes through the layers from the last to the first: whatever is refused on the way is written as a page where a page was
/// asked for, and has the headers that all answers have.
pub fn router_for(desk: Desk, access: Access) -> Router {
    Router::new()
        .nest("/api/v1", api::router())
        .route("/ui/{*path}", get(asset::asset))
        .route("/tiles", get(tiles::tiles))
        .merge(pages::router())
        .fallback(|| async { Fault::no_page() })
        .layer(from_fn_with_state(desk.clone(), fresh))
        .layer(from_fn_with_state(access, guard))
        .layer(CsrfLayer::new().with_rejection_response(|_: ProtectionError| -> Response { Fault::other_site().into_response() }))
        .layer(CatchPanicLayer::custom(|_| Fault::ended().into_response()))
        .layer(from_fn(pages::fault::written))
        .layer(from_fn(headers))
        .layer(CompressionLayer::new())
        .with_state(desk)
}

/// The workbench of a desk for whoever asks on this machine, who is `you` and may do everything: for tests, and for programs that
/// guard it themselves.
pub fn router(desk: Desk) -> Router {
    router_for(desk, Access::assumed("you", Role::Admin).expect("`you` is a name, and memory holds one person"))
}
