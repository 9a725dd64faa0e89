//! The record as web pages for one machine: documents with every coded word marked, and beside them what they state.
//!
//! [`serve`] answers on a loopback address until it is interrupted; [`router`] is the same without the network. Pages are read-only,
//! need no script, and are made from the record at every request, so that what is read meanwhile is seen at once.

mod error;
mod guard;
mod pages;
mod question;
mod routes;

use std::net::SocketAddr;
use std::path::Path;

use sayso_store::Record;

pub use error::{Error, ErrorKind};
pub use routes::router;

/// Serves the record at `address` until Ctrl-C; `ready` is called with the address as it was taken.
///
/// # Errors
/// The address is not a loopback one or is taken, or the record cannot be opened.
pub fn serve(record: &Path, address: SocketAddr, ready: impl FnOnce(SocketAddr)) -> Result<(), Error> {
    if !address.ip().is_loopback() {
        return Err(Error::not_loopback(address));
    }
    Record::open_read_only(record).map_err(Error::record)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(Error::network)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(address).await.map_err(|cause| Error::taken(address, &cause))?;
        ready(listener.local_addr().map_err(Error::network)?);
        axum::serve(listener, router(record)).with_graceful_shutdown(interruption()).await.map_err(Error::network)
    })
}

/// Ends when the user breaks the program off, or at once where that cannot be noticed.
async fn interruption() {
    let _ = tokio::signal::ctrl_c().await;
}
