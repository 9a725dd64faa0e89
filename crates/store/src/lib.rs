//! The record on disk: documents, statements, decisions and runs in one SQLite file, and the questions that it answers.
//!
//! [`Record`] is the file. [`Record::add`] keeps documents with their statements, a batch in one transaction: a document is in
//! the record with all its statements or not at all, and reading it again changes nothing. [`Filter`] says which statements or
//! documents a question means. The schema stands in `migrations/`, and all columns there are made from the kept JSON.
//!
//! ```
//! use sayso_store::{Filter, Record};
//!
//! let mut record = Record::in_memory("2017-09-01T08:00:00Z")?;
//! record.add(&[])?;
//! let told = record.statements(&Filter { actors: vec!["Taliban".into()], ..Filter::default() })?;
//! assert!(told.is_empty());
//! # Ok::<(), sayso_store::Error>(())
//! ```

mod add;
mod anchor;
mod ask;
mod clause;
mod coding;
mod count;
mod decision;
mod diff;
mod error;
mod filter;
mod former;
mod history;
mod imported;
mod index;
mod link;
mod log;
mod moment;
pub mod query;
mod reached;
mod record;
mod release;
mod restricted;
mod review;
mod run;
mod verify;
mod words;
mod written;

pub use add::{Added, Incoming};
pub use ask::StoredDocument;
pub use count::{ActorCount, By, Count, Size};
pub use decision::{Decision, DecisionFilter, DecisionId, Unanchored};
pub use diff::{Change, Difference, Differing};
pub use error::{Error, ErrorKind};
pub use filter::{Filter, Kind, Order, Review, Reviewed, Versions};
pub use history::{Step, told};
pub use imported::{Import, ImportedRow, NewImport};
pub use link::{
    GroupChange, GroupTurn, Linking, Membership, NumberedDocument, NumberedStatement, Reading, Ruling, Turn, Unlinked, Written,
};
pub use moment::Moment;
pub use reached::{FailedInput, InputId, InputReached, ReadBatch};
pub use record::Record;
pub use release::{Manifest, Release};
pub use restricted::{Clearance, Restricted};
pub use run::{Failure, Run, RunId};
pub use verify::{Finding, Verified};
