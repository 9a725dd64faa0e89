//! What do tellings of one thing add up to?

mod accounts;
mod relations;
mod support;
