//! Reading, coding and linking as one. One program for all, since each is linked with everything.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod dossier;
mod forms;
mod frames;
mod linking;
mod relevance;
mod restricted;
mod told_again;
mod write;
