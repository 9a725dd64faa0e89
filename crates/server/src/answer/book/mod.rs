//! The record book: what was done to the record and by whom, what people decided, which versions of it were frozen, who tells it, and what
//! became of any one thing.

mod decided;
mod differing;
mod history;
mod imports;
mod log;
mod release;
mod runs;
mod sources;

pub(crate) use decided::{DecisionAnswer, DecisionLine, DecisionsAsked, decisions};
pub(crate) use differing::{ChangeLine, ChangesAsked, DiffAnswer, DiffAsked, Differs, changes};
pub(crate) use history::{HistoryAnswer, StepAnswer};
pub(crate) use imports::{ComparedRow, ComparisonAnswer, ComparisonAsked, ImportLine, imports};
pub(crate) use log::{LogAsked, LogLine, log};
pub(crate) use release::{ReleaseAnswer, ReleaseAsked, release, releases};
pub(crate) use runs::{RunAnswer, RunState, runs};
pub(crate) use sources::{Graded, SourceLine, SourcesAnswer, SourcesAsked, sources};

/// So many lines of the book stand on a page.
const USUAL: usize = 50;
