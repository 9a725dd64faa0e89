//! How were the linear models made, and how good are they? Training and measuring, each from a directory of corpora.

mod corpus;
mod learner;
pub mod lemmas;
pub mod manifest;
pub mod measure;
pub mod name_corpora;
pub mod renamed;
pub mod train;

pub use corpus::{Corpora, gunzip};
