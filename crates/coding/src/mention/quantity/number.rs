//! Which number do these words write? "1,500", "2.5 million", "twenty-three", "one hundred and fifty", "half a million", "two dozen".

use super::piece::{Piece, PieceKind};
use super::table::{Fault, Table, Vocabulary};
use crate::Error;

/// Number words.
#[derive(Clone, Debug)]
pub struct Numbers {
    words: Vocabulary<NumberWord>,
}

/// What a word contributes to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberWord {
    /// "one" to "nineteen", "zero".
    Unit(u64),
    /// "twenty" to "ninety".
    Ten(u64),
    /// "hundred", "thousand", "million": multiplies what stands before it.
    Scale(u64),
    /// "dozen": counts as a scale, and stands without "hundred" before it.
    Dozen(u64),
    /// "dozens", "hundreds": the least that the plural can mean, and the scale itself.
    Order(u64),
    /// "first", "second", "third".
    Ordinal(u64),
    /// "half".
    Half,
    /// "a", "an".
    Article,
    /// "and".
    And,
}

/// A number that a text writes, and the piece after its last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Number {
    /// Its value; a fraction only where the text writes one ("2.5 hours").
    pub(crate) value: f64,
    /// One past its last piece.
    pub(crate) end: usize,
    /// Whether it is written in digits without a scale word.
    pub(crate) form: NumberForm,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberForm {
    /// "35", "1,500".
    Digits,
    /// "2.5 million", "thirty-five", "a dozen".
    Words,
}

impl Number {
    /// The value as a whole number, where it is one.
    pub(crate) fn whole(&self) -> Option<u64> {
        (self.value.fract() == 0.0 && self.value >= 0.0 && self.value < 9.0e15).then_some(self.value as u64)
    }
}

impl Numbers {
    /// The number words of a table; classes unit, ten, scale, dozen, order, ordinal, half, article, and.
    pub fn load(table: Table<'_>) -> Result<Numbers, Error> {
        let words = Vocabulary::read(table, |class, value| {
            let amount = || value.parse::<u64>().map_err(|_| Fault::Value);
            Ok(match class {
                "unit" => NumberWord::Unit(amount()?),
                "ten" => NumberWord::Ten(amount()?),
                "scale" => NumberWord::Scale(amount()?),
                "dozen" => NumberWord::Dozen(amount()?),
                "order" => NumberWord::Order(amount()?),
                "ordinal" => NumberWord::Ordinal(amount()?),
                "half" => NumberWord::Half,
                "article" => NumberWord::Article,
                "and" => NumberWord::And,
                _ => return Err(Fault::Class),
            })
        })?;
        Ok(Numbers { words })
    }

    /// What a word contributes to numbers.
    pub(crate) fn word(&self, word: &str) -> Option<NumberWord> {
        self.words.get(word)
    }

    fn at(&self, text: &str, pieces: &[Piece], at: usize) -> Option<NumberWord> {
        let piece = pieces.get(at).filter(|piece| piece.kind == PieceKind::Letters)?;
        self.words.get(piece.text(text))
    }

    /// The number that begins at piece `at`; an article alone is none.
    pub(crate) fn number(&self, text: &str, pieces: &[Piece], at: usize) -> Option<Number> {
        let piece = pieces.get(at)?;
        match piece.kind {
            PieceKind::Digits => {
                let digits = digits(text, pieces, at)?;
                Some(self.scaled(text, pieces, digits))
            }
            PieceKind::Letters => self.worded(text, pieces, at),
            PieceKind::Mark => None,
        }
    }

    /// "2.5 million", "35 thousand", "3 dozen": digits with the scale words that follow them.
    fn scaled(&self, text: &str, pieces: &[Piece], digits: Number) -> Number {
        let mut number = digits;
        while let Some(NumberWord::Scale(scale) | NumberWord::Dozen(scale)) =
            self.at(text, pieces, self.past_hyphen(text, pieces, number.end))
        {
            number =
                Number { value: number.value * scale as f64, end: self.past_hyphen(text, pieces, number.end) + 1, form: NumberForm::Words };
        }
        number
    }

    /// "twenty-three", "one hundred and fifty", "half a million", "a dozen", "two and a half million".
    fn worded(&self, text: &str, pieces: &[Piece], at: usize) -> Option<Number> {
        let (mut total, mut group, mut end, mut next) = (0.0, 0.0, None, at);
        let mut last = Step::Begin;
        while let Some(word) = self.at(text, pieces, next) {
            match (word, last) {
                (NumberWord::Unit(n), Step::Begin | Step::Ten | Step::Scale | Step::And) => (group, last) = (group + n as f64, Step::Unit),
                (NumberWord::Ten(n), Step::Begin | Step::Scale | Step::And) => (group, last) = (group + n as f64, Step::Ten),
                (NumberWord::Half, Step::Begin | Step::And) => {
                    (group, last) = (group + 0.5, Step::Half);
                    if let Some(NumberWord::Article) = self.at(text, pieces, next + 1)
                        && let Some(NumberWord::Scale(_) | NumberWord::Dozen(_)) = self.at(text, pieces, next + 2)
                    {
                        next += 1;
                    }
                }
                (NumberWord::Article, Step::Begin) => (group, last) = (1.0, Step::Article),
                (NumberWord::Article, Step::And) if self.at(text, pieces, next + 1) == Some(NumberWord::Half) => {
                    next += 1;
                    continue;
                }
                (NumberWord::Scale(n), Step::Unit | Step::Ten | Step::Article | Step::Scale | Step::Half) => {
                    let scale = n as f64;
                    if scale > 100.0 {
                        (total, group) = (total + if total == 0.0 && group == 0.0 { scale } else { group * scale }, 0.0);
                    } else {
                        group *= scale;
                    }
                    last = Step::Scale;
                }
                (NumberWord::Dozen(n), Step::Unit | Step::Ten | Step::Article | Step::Half | Step::Scale) if total == 0.0 => {
                    (group, last) = (group * n as f64, Step::Dozen);
                }
                (NumberWord::And, Step::Scale | Step::Unit) if self.continues(text, pieces, next + 1, last) => last = Step::And,
                _ => break,
            }
            next += 1;
            if !matches!(last, Step::And | Step::Article | Step::Half) {
                end = Some(next);
            }
            next = self.past_hyphen(text, pieces, next);
        }
        let half_alone = last == Step::Half;
        let end = end.filter(|_| !half_alone || total + group >= 1.0)?;
        Some(Number { value: total + group, end, form: NumberForm::Words })
    }

    /// Whether the words after "and" go on with the number: "hundred and fifty", "two and a half".
    fn continues(&self, text: &str, pieces: &[Piece], at: usize, last: Step) -> bool {
        match self.at(text, pieces, at) {
            Some(NumberWord::Unit(_) | NumberWord::Ten(_)) => last == Step::Scale,
            Some(NumberWord::Half) => true,
            Some(NumberWord::Article) => self.at(text, pieces, at + 1) == Some(NumberWord::Half),
            _ => false,
        }
    }

    /// The piece after a glued hyphen, where a number word follows it; else `at` itself.
    fn past_hyphen(&self, text: &str, pieces: &[Piece], at: usize) -> usize {
        let hyphen = pieces.get(at).is_some_and(|piece| piece.glued && matches!(piece.text(text), "-" | "‑"));
        if hyphen && self.at(text, pieces, at + 1).is_some() { at + 1 } else { at }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Begin,
    Article,
    Unit,
    Ten,
    Scale,
    Dozen,
    Half,
    And,
}

/// "35", "1,500", "2.5", "12 000" (no: a space ends a number).
pub(crate) fn digits(text: &str, pieces: &[Piece], at: usize) -> Option<Number> {
    let first = pieces.get(at).filter(|piece| piece.kind == PieceKind::Digits)?;
    let mut value: f64 = first.text(text).parse().ok()?;
    let mut end = at + 1;
    let group = |end: usize, mark: &str| {
        let glued = pieces.get(end..end + 2)?;
        let fits = glued[0].glued && glued[1].glued && glued[0].text(text) == mark && glued[1].kind == PieceKind::Digits;
        fits.then(|| glued[1].text(text))
    };
    if first.end - first.start <= 3 {
        while let Some(three) = group(end, ",").filter(|three| three.len() == 3) {
            value = value * 1000.0 + three.parse::<f64>().ok()?;
            end += 2;
        }
    }
    if let Some(decimals) = group(end, ".").filter(|decimals| decimals.len() <= 3) {
        value += decimals.parse::<f64>().ok()? / 10f64.powi(decimals.len() as i32);
        end += 2;
    }
    Some(Number { value, end, form: NumberForm::Digits })
}
