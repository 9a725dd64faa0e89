//! The workbench over HTTP, as a browser and a program meet it. One program for all, since each is linked with everything.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod actor;
mod book;
mod decisions;
mod door;
mod hostile;
mod imports;
mod maps;
mod pages;
mod permissions;
mod relations;
mod reports;
mod restricted;
mod review;
mod search;
mod support;
mod vendor;
mod workbench;
mod write;
