//! How many, and of what? Quantities in words and digits, each with the rule that reads it and three numbers.

mod lexicon;
mod noun;
pub(crate) mod number;
mod phrase;
pub(crate) mod piece;
#[cfg(test)]
pub(crate) mod sample;
pub(crate) mod table;
#[cfg(test)]
mod tests;
mod value;

use std::ops::Range;

use compact_str::CompactString;
use sayso_types::{Analysis, QuantityRule, Span};

use phrase::{Sentence, quantity, words_into};
use piece::split_into;

pub use lexicon::{QuantityLexicon, QuantityTables};
pub use number::Numbers;
pub use table::Table;

/// One quantity, without what befell those counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuantityMention {
    /// All its tokens: "at least 35 people".
    pub tokens: Range<usize>,
    /// Its words: "at least 35 people".
    pub span: Span,
    /// The tokens of the number itself: "35".
    pub number_tokens: Range<usize>,
    /// Which rule reads them.
    pub rule: QuantityRule,
    /// Lowest that they can mean.
    pub low: Option<u64>,
    /// Most likely.
    pub best: Option<u64>,
    /// Highest that they can mean.
    pub high: Option<u64>,
    /// The token of the noun counted, where one stands.
    pub noun: Option<usize>,
    /// What kind of thing is counted.
    pub class: QuantityClass,
    /// The ISO 4217 code of the currency, of an amount of money.
    pub currency: Option<CompactString>,
    /// How the words say a number.
    pub form: QuantityForm,
    /// Whether they count others beside those spoken of before.
    pub scope: QuantityScope,
    /// Those said to be among them: "3 attackers" in "35, including 3 attackers".
    pub nested: Vec<QuantityMention>,
}

/// What kind of thing is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantityClass {
    /// People of no told kind, or neither fighters nor civilians by the noun alone.
    Person,
    /// People who bear arms, of whatever side.
    Fighter,
    /// Civilians.
    Civilian,
    /// Things and groups.
    Thing,
    /// Happenings.
    Event,
    /// Money.
    Money,
    /// A share.
    Percent,
    /// A measure: distance, weight, length of time.
    Measure,
    /// No noun, or one that is not known.
    Unknown,
}

/// How words say a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantityForm {
    /// By a number or a word of quantity: "35", "dozens", "several", "no one".
    Number,
    /// By "one" before a noun.
    One,
    /// By an article: "a soldier".
    Article,
    /// By a bare plural: "civilians".
    Bare,
}

/// Whether others were counted before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantityScope {
    /// All.
    Whole,
    /// More: "another 12", "12 others".
    Additional,
}

impl QuantityClass {
    /// The class that `counted.tsv` writes so.
    fn of_noun(code: &str) -> Option<QuantityClass> {
        Some(match code {
            "person" => QuantityClass::Person,
            "fighter" => QuantityClass::Fighter,
            "civilian" => QuantityClass::Civilian,
            "thing" => QuantityClass::Thing,
            "event" => QuantityClass::Event,
            "other" => QuantityClass::Measure,
            _ => return None,
        })
    }

    /// Whether it counts people.
    pub fn is_people(self) -> bool {
        matches!(self, QuantityClass::Person | QuantityClass::Fighter | QuantityClass::Civilian)
    }
}

/// The quantities of a text, in order and without overlap; `apart` are stretches in order that count nothing, such as dates.
///
/// "At least 35 people, including 3 attackers, were killed" has one, at least 35, with 3 nested in it.
pub fn quantities(text: &str, analysis: &Analysis, apart: &[Span], lexicon: &QuantityLexicon) -> Vec<QuantityMention> {
    let (mut pieces, mut words, mut mentions) = (Vec::new(), Vec::new(), Vec::new());
    let mut apart = apart.iter().peekable();
    for sentence in &analysis.sentences {
        split_into(&mut pieces, text, analysis, sentence);
        words_into(&mut words, text, &pieces, lexicon);
        let view = Sentence { text, analysis, pieces: &pieces, words: &words, lexicon, parsed: sentence.parsed };
        let mut at = 0;
        while at < pieces.len() {
            let start = pieces[at].start as usize;
            while apart.next_if(|span| span.end() <= start).is_some() {}
            if let Some(span) = apart.peek().filter(|span| span.start() <= start) {
                at = view.after(span.end());
                continue;
            }
            let limit = apart.peek().map_or(pieces.len(), |span| view.after(span.start()));
            match quantity(&view, at, limit) {
                Some((mention, end)) => {
                    mentions.push(mention);
                    at = end;
                }
                None => at += 1,
            }
        }
    }
    mentions
}
