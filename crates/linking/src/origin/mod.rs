//! Which documents are copies of one text, and which came first?
//!
//! [`Sketch`]es say which documents to compare, [`compare`] finds the passages that two share, an [`Overlap`] is what is kept of
//! that, [`edge`] says what the one is to the other and why, [`groups`] makes origin groups of many, with their first text, and
//! [`difference`] lays a copy beside its original. Sketching and comparing look at one or two documents each, so that a caller can
//! run them in parallel.

mod difference;
mod first;
mod forest;
mod group;
mod imprint;
mod overlap;
mod passage;
mod sketch;
mod words;

pub use difference::{Piece, difference};
pub use group::{Group, Judgement, Member, Ruling, Tie, groups};
pub use imprint::{Imprint, Precedence, is_first};
pub use overlap::{Edge, Kind, Overlap, edge};
pub use passage::{Comparison, Passage, Share, compare};
pub use sketch::{COMMON, FIRST, Sketch, SketchIndex, are_candidates, candidates};
pub use words::Words;
