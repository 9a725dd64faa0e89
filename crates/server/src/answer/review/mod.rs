//! What needs a person, what does it say, and what would a decision change? Buckets of questions, and one question at a time.

mod bucket;
mod item;
mod votes;

pub(crate) use bucket::{Bucket, Buckets, Waiting};
pub(crate) use item::{Attribute, Proposal, Queue, Quoted, ReviewAnswer, Similar, Stated};
pub(crate) use votes::{AgreementAnswer, Votes};
