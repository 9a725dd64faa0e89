//! What does a text consist of? Sentences, tokens, lemmas, parts of speech, dependency syntax and names.
//!
//! [`analyze`] reads a document with a [`Lexicon`] (word lists and lemmas) and a [`sayso_types::Scorer`]; [`Models`] is the
//! scorer with weights. Nothing here knows of armed conflict, files or clocks: all of it is as true of a football report.

mod analyze;
mod error;
pub mod evaluate;
pub mod features;
mod lexicon;
mod models;
pub mod names;
pub mod parser;
mod print;
mod slots;
pub mod table;
pub mod tagger;
mod text;
pub mod verb_forms;
mod words;

pub use analyze::{Depth, analyze, each};
pub use error::{Error, ErrorKind};
pub use lexicon::lemma::{LemmaRules, edit, lowered};
pub use lexicon::{Lexicon, LexiconFile, LexiconFiles};
pub use models::{MODEL_VERSION, Models, Tables};
pub use print::print;
pub use text::capitals::{Casing, mixed_case};
pub use text::sentences::sentences;
pub use text::tokens::tokens;
pub use words::{Word, words};
