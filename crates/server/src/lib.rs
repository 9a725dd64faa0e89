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
mod fresh;
mod guard;
mod headers;
mod pages;
mod people;
mod person;
mod repeated;
mod routes;
mod serve;
mod survey;
mod tiles;

pub use api::openapi;
pub use desk::Desk;
pub use error::{Error, ErrorKind};
pub use people::access::{Access, Proxy, Reach};
pub use people::limit::REQUESTS;
pub use routes::{router, router_for};
pub use serve::{Listening, serve};
