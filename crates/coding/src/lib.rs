//! From mentions to statements: who did what to whom, who says so, and how surely.
//!
//! Knows nothing of HTML, weights or disk: the data files come in as text, the analysis from `sayso-language`.

mod error;
pub mod frame;
pub mod lexicon;
pub mod mention;
pub mod resolve;
pub mod syntax;

pub use error::{Error, ErrorKind};
