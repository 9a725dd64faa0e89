//! What does a scorer's own outlook add to the words? It shows where a reading of the words alone goes wrong: denials and doubts that no
//! lexicon has, and hedges that hedge something else.

use sayso_types::{Modality, Outlook};

use super::Factuality;

// In percent, chosen on the development part of the University of Washington's factuality corpus.
/// From here on a happening that the words assert did not take place.
const SURELY_NOT: u8 = 40;
/// From here on a happening that the words assert is open.
const SURELY_OPEN: u8 = 40;
/// Below this the words' negation is of something else.
const HARDLY_NOT: u8 = 15;
/// Below this the words' hedge is of something else.
const HARDLY_OPEN: u8 = 10;

/// Annotators put what is asserted here, between -3 (it did not happen) and 3 (it did).
const SURE: f64 = 3.0;

/// Where people would put a happening between -3 (it did not happen) and 3 (it did), by its words and the outlook on it.
///
/// "will visit" is open by its words; where the outlook has it as good as settled, people say that it happens.
pub fn judgement(read: &Factuality, outlook: Option<Outlook>) -> f64 {
    let by_words = match read.modality {
        Modality::Asserted => SURE,
        Modality::Probable => 1.5,
        Modality::Possible | Modality::Future => 0.5,
        Modality::Hypothetical => 0.0,
        Modality::Unlikely => -1.5,
    };
    let by_words = if read.negated { -by_words } else { by_words };
    let Some(Outlook { negated, uncertain }) = outlook else { return by_words };
    let expected = SURE * (f64::from(100 - negated.min(100)) - f64::from(negated) - f64::from(uncertain)) / 100.0;
    let open = expected.clamp(-1.0, 1.0);
    if by_words < -1.0 {
        return if negated >= HARDLY_NOT {
            by_words
        } else if uncertain >= SURELY_OPEN {
            open
        } else {
            SURE
        };
    }
    if by_words <= 1.0 && uncertain >= HARDLY_OPEN {
        return open;
    }
    match (negated >= SURELY_NOT, uncertain >= SURELY_OPEN) {
        (true, _) => -SURE,
        (false, true) => open,
        (false, false) => SURE,
    }
}
