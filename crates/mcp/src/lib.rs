//! What may an assistant ask of the record? What a reader of the workbench may, by the same API, described by the same document: tools
//! and documents over the Model Context Protocol, at standard input and output.
//!
//! Nothing can be changed from here, and nothing restricted is seen: an assistant asks as a person whose part is to read, and hands on
//! what it is told to a service that others run. Whatever a report says stays data: it stands in fields of answers and never in
//! instructions, names or descriptions of tools.

mod arguments;
mod assistant;
mod bounded;
mod documents;
mod error;
mod said;
mod schema;
mod tools;
mod workbench;

use std::path::Path;

use rmcp::ServiceExt as _;
use rmcp::service::ServerInitializeError;
use rmcp::transport::stdio;

use assistant::Assistant;
pub use error::Error;
use workbench::Workbench;

/// Answers an assistant at standard input and output until it goes away. Nothing but the protocol is written to standard output.
///
/// # Errors
/// Says why the record cannot be opened, or that what asks does not speak the protocol.
pub fn serve(record: &Path) -> Result<(), Error> {
    let workbench = Workbench::open(record)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(Error::System)?;
    runtime.block_on(async {
        match Assistant::of(workbench)?.serve(stdio()).await {
            Ok(service) => service.waiting().await.map(drop).map_err(|_| Error::Broken("an answer could not be finished".to_owned())),
            Err(ServerInitializeError::ConnectionClosed(_)) => Ok(()),
            Err(error) => Err(Error::Broken(error.to_string())),
        }
    })
}
