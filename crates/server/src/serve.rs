//! How is a record served, and how do people come in? Until Ctrl-C, by a link for one person or by signing in.

use std::net::SocketAddr;
use std::path::Path;

use sayso_people::People;

use crate::desk::Desk;
use crate::error::Error;
use crate::people::access::{Access, Reach};
use crate::routes::router_for;

/// Where the workbench is, once it listens, and how people come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listening {
    /// For one person: the link lets one browser in, once.
    ByLink {
        /// The whole link.
        link: String,
        /// In whose name that person decides.
        name: String,
    },
    /// For the people of the record, at an address.
    BySignIn {
        /// The address.
        address: SocketAddr,
    },
}

/// Serves the record until Ctrl-C; `ready` is told where. Where the record has no people, it is for one person of this machine, who
/// decides under the name of `alone`; with tiles of the user's own for the map where they are given.
///
/// # Errors
/// Other machines could reach the address and there is nobody to let in, the address is taken, or the record or its people cannot be
/// opened.
pub fn serve(record: &Path, tiles: Option<&Path>, reach: &Reach, alone: &str, ready: impl FnOnce(Listening)) -> Result<(), Error> {
    let people = People::of_record(record).map_err(Error::people)?;
    let people = people.filter(|people| !people.is_empty().unwrap_or(false));
    if people.is_none() && !reach.address.ip().is_loopback() {
        return Err(Error::no_people(reach.address, record));
    }
    if people.is_none() && alone.trim().is_empty() {
        return Err(Error::no_name());
    }
    let desk = Desk::open(record)?.with_tiles(tiles.map(Path::to_owned));
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(Error::network)?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(reach.address).await.map_err(|cause| Error::taken(reach.address, &cause))?;
        let address = listener.local_addr().map_err(Error::network)?;
        let reach = Reach { address, ..reach.clone() };
        let (access, listening) = match people {
            Some(people) => (Access::by_sign_in(people, &reach), Listening::BySignIn { address }),
            None => {
                let (access, path) = Access::by_link(alone, &reach)?;
                (access, Listening::ByLink { link: format!("http://{address}{path}"), name: alone.trim().to_owned() })
            }
        };
        desk.survey_ahead();
        ready(listening);
        let service = router_for(desk, access).into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(listener, service).with_graceful_shutdown(interruption()).await.map_err(Error::network)
    })
}

/// Ends when the user breaks the program off, or at once where that cannot be noticed.
async fn interruption() {
    let _ = tokio::signal::ctrl_c().await;
}
