//! What is new at these addresses? Feeds, sitemaps and pages are fetched politely, each article once, and again where it changed.
//!
//! [`Watchlist`] is the user's file of feeds. [`State`] remembers what was seen, in a file beside the record. [`Watcher`] goes round
//! the feeds: what is new is handed on in batches, and counts as fetched only once whoever takes it says that it is kept. [`pages`]
//! fetches single pages. What is due, what an answer means and which address may be asked are pure functions; the network and the
//! clock are met in `network`, `gather` and `round` alone.

mod address;
mod error;
mod fault;
mod feed;
mod gather;
mod network;
mod pace;
mod pages;
mod resolver;
mod robots;
mod round;
mod schedule;
mod state;
mod watchlist;

pub use address::{Allowances, special};
pub use error::{Error, ErrorKind};
pub use fault::{Fault, FaultKind};
pub use feed::{Child, Entry, Kind, Reading, Writing, read};
pub use network::{Answer, Body, Manners, UserAgent, Validators};
pub use pages::{Fetched, pages};
pub use round::{Arrival, Asked, Failure, Matter, Outside, Round, Stopped, Verdict, Watcher};
pub use state::State;
pub use watchlist::{Feed, Follow, Limits, Pattern, Watchlist};
