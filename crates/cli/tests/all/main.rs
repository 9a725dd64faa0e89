//! The program, as a person runs it. One program for all, since each is linked with everything.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod asking;
mod assistant;
mod at_once;
mod bad_input;
mod broken_off;
mod custody;
mod exchanging;
mod killed;
mod linking;
mod other_kinds;
mod people;
mod resuming;
mod reviewing;
mod support;
mod watching;
