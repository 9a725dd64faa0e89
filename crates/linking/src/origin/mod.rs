//! Which documents are copies of one text, and which came first?
//!
//! [`Sketch`]es say which documents to compare, [`compare`] finds the passages that two share, an [`Overlap`] is what is kept of
//! that, [`edge`] says what the one is to the other and why, [`groups`] makes origin groups of many, with their first text, and
//! [`difference`] lays a copy beside its original. Sketching and comparing look at one or two documents each, so that a caller can
//! run them in parallel.
//!
//! A record keeps the keys of each sketch with its document, indexed by key, and the overlaps. For a new document it counts, for
//! each document that holds any of its keys (of a key that more than [`COMMON`] hold, the [`FIRST`] of them), how many they share,
//! compares those that [`are_candidates`], and groups anew only what overlaps and judgements tie to it.

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
pub use sketch::{COMMON, FIRST, Sketch, SketchIndex, are_candidates, candidates, met_by};
pub use words::Words;
