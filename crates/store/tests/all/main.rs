//! The record as a file. One program for all, since each is linked with everything.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod asking;
mod booking;
mod compat;
mod history;
mod importing;
mod kill;
mod linked;
mod opening;
mod querying;
mod reaching;
mod sample;
mod surveying;
mod tracing;
mod verifying;
mod verifying_links;
mod writing;
mod written;
