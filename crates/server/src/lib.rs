//! The workbench: the record as a web application and an HTTP API.
//!
//! A request goes to the [`Desk`], which holds open records, the linker and the one writer. `answer` makes what a screen tells of
//! it; `api` writes that as JSON, `pages` as HTML that needs no script. The modules in `ui/` add keys, decisions, maps and graphs, and
//! change nothing but through the API.

mod answer;
mod api;
mod asset;
mod desk;
mod error;
mod extract;
mod fault;
mod guard;
mod pages;
mod person;
mod routes;
mod survey;
mod tiles;

use std::net::SocketAddr;
use std::path::Path;

pub use api::openapi;
pub use desk::Desk;
pub use error::{Error, ErrorKind};
pub use routes::router;

/// Serves the record at `address` until Ctrl-C, with tiles of the user's own for the map where they are given; `ready` is called with
/// the address as it was taken.
///
/// # Errors
/// The address is not a loopback one or is taken, or the record cannot be opened.
pub fn serve(record: &Path, tiles: Option<&Path>, address: SocketAddr, ready: impl FnOnce(SocketAddr)) -> Result<(), Error> {
    if !address.ip().is_loopback() {
        return Err(Error::not_loopback(address));
    }
    let desk = Desk::open(record)?.with_tiles(tiles.map(Path::to_owned));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(Error::network)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address).await.map_err(|cause| Error::taken(address, &cause))?;
        desk.survey_ahead();
        ready(listener.local_addr().map_err(Error::network)?);
        axum::serve(listener, router(desk)).with_graceful_shutdown(interruption()).await.map_err(Error::network)
    })
}

/// Ends when the user breaks the program off, or at once where that cannot be noticed.
async fn interruption() {
    let _ = tokio::signal::ctrl_c().await;
}
