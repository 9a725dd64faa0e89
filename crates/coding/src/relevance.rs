//! Which sentences are worth their syntax? Those in which the words of some frame's trigger stand together.

use sayso_types::Token;

use crate::Knowledge;

/// Whether a sentence can yield a statement, so that its syntax is worth reading: a word of it, with the words that must stand beside
/// it, triggers a frame.
pub fn wants_syntax(text: &str, tokens: &[Token], knowledge: &Knowledge) -> bool {
    let has = |word: &str| tokens.iter().any(|t| t.lemma == word || t.span.text(text).eq_ignore_ascii_case(word));
    tokens.iter().any(|token| {
        let mut triggers = knowledge.frames.of_lemma(&token.lemma);
        triggers.any(|(_, _, trigger)| trigger.class.holds(token.pos) && trigger.companions.iter().all(|c| c.can_stand(&has)))
    })
}
