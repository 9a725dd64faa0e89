//! What does a small neural network say of a sentence's words? Parts of speech, syntax, names, reported speech and factuality.
//!
//! [`Encoder`] reads sentences with a six-layer transformer of the BERT kind (MiniLM: Wang et al. 2020) and small heads over its word
//! vectors. Weights and activations of the layers are 8-bit integers, whose sums are exact; all else is 32-bit floating point in one
//! fixed order of operations. So a reading is the same, to the last bit, on every machine and whatever else is read beside it.

mod attribution;
mod dense;
mod encoder;
mod error;
mod float;
mod instructions;
mod matrix;
mod names;
mod quantized;
mod syntax;
mod transformer;
mod tree;
mod vocabulary;
mod weights;
mod window;

pub use attribution::Attribution;
pub use encoder::{Encoder, Judgement};
pub use error::{Error, ErrorKind};
pub use instructions::Instructions;
pub use matrix::Matrix;
pub use transformer::Stage;
