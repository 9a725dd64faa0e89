//! A sourced record of armed conflict, read from news reports: who did what to whom, where, when, how many, and on whose say-so.
//!
//! [`Coder`] reads one page or text at a time into a [`sayso_types::Document`] and codes it to statements; [`inputs`] walks files,
//! directories and JSON lines; [`code_all`] takes many through both, in parallel. Everything between input and
//! record is a pure function of the input and the data that the coder was opened with.
//!
//! ```
//! let coder = sayso::Coder::embedded()?;
//! let input = sayso::Input::text("Gunmen killed six farmers near Jos on Tuesday, police said.");
//! let document = coder.document(&input)?;
//! let statements = coder.code(&document);
//! assert_eq!(statements[0].rule, "assault.kill");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod actors;
pub mod agreement;
mod batch;
mod cascade;
mod casing;
pub mod codebook;
mod coder;
mod data;
pub mod decide;
pub mod dossier;
mod error;
pub mod expectation;
pub mod export;
pub mod gazetteer;
pub mod input;
mod judgement;
pub mod linking;
pub mod marks;
mod passage;
pub mod question;
pub mod rows;
#[cfg(feature = "schema")]
pub mod schema;
mod versions;
pub mod write;

pub use actors::Actors;
pub use batch::{Coded, Failure, code_all, code_all_as};
pub use cascade::Profile;
pub use coder::{Coder, Stage};
pub use error::{Error, ErrorKind};
pub use input::{Input, inputs};
pub use passage::{Passage, passage};
pub use sayso_types as types;
pub use versions::{VERSION, versions};
