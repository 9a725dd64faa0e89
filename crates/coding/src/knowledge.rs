//! What does coding know? The registry, the gazetteer, the frames and the lexicons, loaded once and shared.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::code::{Confidence, Crosswalk, Modes};
use crate::cues::Cues;
use crate::frame::Frames;
use crate::lexicon::{RoleNouns, SupportVerbs};
use crate::mention::quantity::QuantityLexicon;
use crate::mention::time::TimeLexicon;
use crate::resolve::gazetteer::Gazetteer;
use crate::resolve::registry::Registry;
use crate::{Error, ErrorKind};

/// All data that coding reads, in memory.
pub struct Knowledge {
    /// Actors.
    pub registry: Registry,
    /// Places.
    pub gazetteer: Gazetteer,
    /// Coding frames.
    pub frames: Frames,
    /// What nouns name.
    pub nouns: RoleNouns,
    /// Support verbs.
    pub support: SupportVerbs,
    /// Cues of attribution and of factuality.
    pub cues: Cues,
    /// Time words.
    pub times: TimeLexicon,
    /// Number words and counted nouns.
    pub quantities: QuantityLexicon,
    /// Words of place.
    pub places: PlaceWords,
    /// Words that tell modes.
    pub modes: Modes,
    /// ACLED's types for ours.
    pub crosswalk: Crosswalk,
    /// How probable it is that a statement is right.
    pub confidence: Confidence,
}

/// Prepositions and part nouns that tell where something happens.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceWords {
    locative: BTreeSet<String>,
    parts: BTreeSet<String>,
    towns: BTreeSet<String>,
}

impl PlaceWords {
    /// Reads `places.toml`.
    ///
    /// # Errors
    /// Names the line that does not read.
    pub fn load(file: &str, text: &str) -> Result<PlaceWords, Error> {
        toml::from_str(text).map_err(|e| {
            let line = e.span().map_or(0, |span| text[..span.start].matches('\n').count() + 1);
            Error::new(ErrorKind::Syntax, file, line, e.message())
        })
    }

    /// Whether what follows the preposition can be where something happens.
    pub fn is_locative(&self, preposition: &str) -> bool {
        self.locative.contains(preposition)
    }

    /// Whether a noun names a part of a place: "outskirts".
    pub fn is_part(&self, lemma: &str) -> bool {
        self.parts.contains(lemma)
    }

    /// Whether a noun stands for a town that was named before: "the city".
    pub fn is_town(&self, lemma: &str) -> bool {
        self.towns.contains(lemma)
    }
}
