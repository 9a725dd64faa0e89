//! How fast is the program, and with how much memory? Made-up documents, and the way of `sayso code` over them, timed.
//!
//! `cargo run --release -p sayso-benches --bin throughput` measures; `--help` says what can be chosen.
#![allow(clippy::disallowed_methods, reason = "a benchmark reads the clock; nothing of it enters a result")]

pub mod copies;
pub mod documents;
pub mod record;
pub mod throughput;
