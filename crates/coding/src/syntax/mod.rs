//! How do the words of a sentence hang together? The dependency tree with its children, noun phrases and the arguments of a predicate.

mod arguments;
mod attachment;
mod mend;
mod phrase;
mod tree;

pub use arguments::{Argument, Function, arguments, conjuncts, is_included};
pub use phrase::{noun_phrase, noun_phrase_tokens};
pub use tree::Tree;
