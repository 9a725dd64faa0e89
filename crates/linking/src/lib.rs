//! Which documents are copies of one text, which statements speak of the same event or relation, and how many independent
//! sources say so.
//!
//! Everything here is a pure function of documents and statements: groups with their reasons come out, and the same call can
//! run in one process or as a grouped function of a distributed engine. Nothing here knows how statements were coded or where
//! they are kept.

pub mod account;
pub mod estimate;
pub mod event;
mod identity;
pub mod informant;
pub mod origin;
pub mod relation;
pub mod summary;
mod telling;

pub use identity::Party;
pub use telling::{Repeat, Report, Telling};
