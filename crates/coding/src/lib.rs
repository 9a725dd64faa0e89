//! From mentions to statements: who did what to whom, who says so, and how surely.
//!
//! Knows nothing of HTML, weights or disk: the data files come in as text, the analysis from `sayso-language`. Three stages:
//! [`mention::mentions`], then [`code::statements`]; before them, [`worth`] tells the analysis how closely to read each sentence.

pub mod attribution;
pub mod code;
pub mod cues;
mod error;
pub mod factuality;
pub mod frame;
pub mod knowledge;
pub mod lexicon;
pub mod mention;
mod relevance;
pub mod resolve;
pub mod syntax;

pub use error::{Error, ErrorKind};
pub use knowledge::Knowledge;
pub use relevance::{Worth, worth};
