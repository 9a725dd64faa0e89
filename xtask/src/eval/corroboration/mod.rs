//! Are copies found, happenings kept together and apart, and independent sources counted? Reports of our own with their gold;
//! `evals/corroboration/README.md` says how the gold is made.

#[allow(dead_code, reason = "the gold tells more than is measured")]
mod gold;
mod measure;
mod soundness;

pub use measure::CORPUS;
