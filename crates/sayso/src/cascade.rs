//! Which model reads which sentence? The linear models read every sentence; the encoder those that are to be read closely.

use sayso_encoder::{Encoder, Judgement};
use sayso_language::Models;
use sayso_types::{Reading, Scorer};

use crate::casing::with_capitals;
use crate::judgement::{claims, outlooks};

/// How much is spent on reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Profile {
    /// The linear models alone.
    Fast,
    /// The encoder reads the sentences that can yield a statement.
    #[default]
    Balanced,
    /// The encoder reads every sentence.
    Deep,
}

impl Profile {
    /// All of them, the quickest first.
    pub const ALL: [Profile; 3] = [Profile::Fast, Profile::Balanced, Profile::Deep];

    /// Its name at the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Profile::Fast => "fast",
            Profile::Balanced => "balanced",
            Profile::Deep => "deep",
        }
    }
}

/// The linear models and, unless only those are to read, the encoder.
pub(crate) struct Cascade {
    pub linear: Models,
    pub encoder: Option<Encoder>,
}

impl Scorer for Cascade {
    fn tags(&self, sentences: &[&[&str]]) -> Vec<Reading> {
        self.linear.tags(sentences)
    }

    fn arcs(&self, sentences: &[&[&str]], readings: &mut [Reading]) {
        self.linear.arcs(sentences, readings);
    }

    fn closely(&self, sentences: &[&[&str]], readings: &mut [Reading]) {
        let Some(encoder) = &self.encoder else { return self.linear.arcs(sentences, readings) };
        // Like lengths together keep the encoder's work even; each reading depends on its sentence alone.
        let mut order: Vec<usize> = (0..sentences.len()).collect();
        order.sort_by_key(|at| sentences[*at].len());
        let sorted: Vec<&[&str]> = order.iter().map(|at| sentences[*at]).collect();
        for (at, judgement) in order.into_iter().zip(encoder.read(&sorted)) {
            readings[at] = with_capitals(sentences[at], reading(judgement));
        }
    }
}

fn reading(judgement: Judgement) -> Reading {
    let claims = judgement.attribution.as_ref().map(claims).unwrap_or_default();
    let outlooks = judgement.factuality.as_ref().map(outlooks).unwrap_or_default();
    Reading { claims, outlooks, ..judgement.reading }
}
