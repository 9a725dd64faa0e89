//! From mentions to statements: who did what to whom, who says so, and how surely.
//!
//! Knows nothing of HTML, weights or disk: the data files come in as text, the analysis from `sayso-language`. Three stages:
//! [`mention::mentions`], then [`code::statements`]; before them, [`wants_syntax`] tells the analysis which sentences to parse.

pub mod attribution;
pub mod code;
pub mod cues;
mod error;
pub mod factuality;
pub mod frame;
pub mod knowledge;
pub mod lexicon;
pub mod mention;
pub mod resolve;
pub mod syntax;

pub use error::{Error, ErrorKind};
pub use knowledge::Knowledge;

/// Whether a sentence can yield a statement, so that its syntax is worth reading: a word of it, with the words that must stand beside
/// it, triggers a frame.
pub fn wants_syntax(text: &str, tokens: &[sayso_types::Token], knowledge: &Knowledge) -> bool {
    let has = |word: &str| tokens.iter().any(|t| t.lemma == word || t.span.text(text).eq_ignore_ascii_case(word));
    tokens.iter().any(|token| {
        let mut triggers = knowledge.frames.of_lemma(&token.lemma);
        triggers.any(|(_, _, trigger)| trigger.class.holds(token.pos) && trigger.companions.iter().all(|c| c.can_stand(&has)))
    })
}
