//! What does a scorer's own outlook add to the words? It shows where a reading of the words alone goes wrong: denials and doubts that no
//! lexicon has, and hedges that hedge something else.

use sayso_types::{Modality, Outlook};

use super::Factuality;

/// What the words add to the outlook's percents before the likeliest of the three is taken: to that it did not happen, and to that it is
/// open. Chosen on the development part of the University of Washington's factuality corpus, where what is hedged is open more often
/// than the outlook alone has it, and what is to come seldom fails to.
struct Leaning {
    negated: i16,
    open: i16,
}

/// What asserts or denies leaves the outlook as it is.
const BY_ASSERTION: Leaning = Leaning { negated: 0, open: 0 };
const BY_FUTURE: Leaning = Leaning { negated: -10, open: 0 };
const BY_HEDGE: Leaning = Leaning { negated: -60, open: 60 };

/// Annotators put what is asserted here, between -3 (it did not happen) and 3 (it did).
const SURE: f64 = 3.0;

/// From here on, in percent, an outlook against words that assert a happening is believed.
const SURE_PERCENT: u8 = 60;

/// The reading with what the outlook is sure of and no word of the lexicon says: that it did not happen, or that it is open.
pub(super) fn corrected(read: Factuality, outlook: Option<Outlook>) -> Factuality {
    match outlook {
        Some(outlook) if read.modality == Modality::Asserted && !read.negated => match outlook {
            Outlook { negated: SURE_PERCENT.., .. } => Factuality { negated: true, ..read },
            Outlook { uncertain: SURE_PERCENT.., .. } => Factuality { modality: Modality::Possible, ..read },
            Outlook { .. } => read,
        },
        _ => read,
    }
}

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
    let leaning = match read.modality {
        _ if read.negated || read.modality == Modality::Asserted => BY_ASSERTION,
        // What is called likely is held to happen as often as what is to come.
        Modality::Future | Modality::Probable => BY_FUTURE,
        _ => BY_HEDGE,
    };
    let (not, open) = (i16::from(negated) + leaning.negated, i16::from(uncertain) + leaning.open);
    let happened = 100 - i16::from(negated) - i16::from(uncertain);
    // The outlook leaves open what was forbidden or has not begun; a negation that the words bear out settles it.
    let settled = read.negated && matches!(read.modality, Modality::Asserted | Modality::Future) && open > not;
    let (not, open) = if settled { (open, not) } else { (not, open) };
    let expected = SURE * (f64::from(happened) - f64::from(negated)) / 100.0;
    if not >= open && not >= happened {
        expected.min(-1.5)
    } else if open >= happened {
        expected.clamp(-1.0, 1.0)
    } else {
        expected.max(1.5)
    }
}

#[cfg(test)]
mod tests {
    use sayso_types::Tense;

    use super::*;

    #[test]
    fn words_and_outlook_are_weighed() {
        for (modality, words_deny, negated, uncertain, low, high) in [
            (Modality::Asserted, false, 0, 5, 1.5, 3.0),
            (Modality::Asserted, false, 2, 60, -1.0, 1.0),
            // "was forbidden to leave": open by itself, but not by its words.
            (Modality::Asserted, true, 10, 80, -3.0, -1.5),
            (Modality::Future, true, 20, 75, -3.0, -1.5),
            // "is not the last to leave": the negation is of something else.
            (Modality::Asserted, true, 1, 5, 1.5, 3.0),
            (Modality::Probable, false, 0, 40, 1.5, 3.0),
            (Modality::Possible, false, 0, 40, -1.0, 1.0),
        ] {
            let read = Factuality { modality, hedge: None, negated: words_deny, tense: Tense::Past };
            let value = judgement(&read, Some(Outlook { negated, uncertain }));
            assert!((low..=high).contains(&value), "{modality:?} {words_deny} {negated} {uncertain}: {value}");
        }
    }
}
