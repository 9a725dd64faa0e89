//! What does the transformer see of a sentence? Its pieces between an opening and a closing one; a very long sentence in windows.

use std::ops::Range;

use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::vocabulary::{Piece, Vocabulary};

/// Pieces in a window with its opening one: as many as were seen in training.
const MOST_PIECES: usize = 250;
/// Pieces in a window with both.
pub const POSITIONS: usize = MOST_PIECES + 1;
/// Pieces that two neighbouring windows share, at most.
const OVERLAP: usize = 64;

/// A stretch of a sentence that is read at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Pieces, with the opening and the closing one.
    pub pieces: Vec<Piece>,
    /// The look of the word that each piece belongs to.
    pub cases: Vec<Case>,
    /// For each word that is this window's to judge, the place of its first piece.
    pub firsts: Vec<usize>,
}

/// How a word is written; the pieces themselves know nothing of capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Case {
    /// "attack"; also what opens and closes.
    Lower = 0,
    /// "Kabul"
    Capitalized = 1,
    /// "RSF"
    Upper = 2,
    /// "Al-Shabaab"
    Mixed = 3,
    /// "7,000"
    Digits = 4,
    /// "—"
    NoLetters = 5,
}

impl Case {
    /// How many there are.
    pub const COUNT: usize = 6;

    /// The case of a word.
    pub fn of(word: &str) -> Case {
        let is_cased = |c: char| c.is_lowercase() || c.is_uppercase() || c.general_category() == GeneralCategory::TitlecaseLetter;
        let all = |text: &str, holds: fn(char) -> bool| text.chars().any(holds) && text.chars().all(|c| holds(c) || !is_cased(c));
        let first = word.chars().next().map_or(0, char::len_utf8);
        if word.chars().any(is_digit) {
            Case::Digits
        } else if !word.chars().any(|c| c.general_category_group() == GeneralCategoryGroup::Letter) {
            Case::NoLetters
        } else if all(word, char::is_lowercase) {
            Case::Lower
        } else if first < word.len() && all(word, char::is_uppercase) {
            Case::Upper
        } else if word.starts_with(char::is_uppercase) && (first == word.len() || all(&word[first..], char::is_lowercase)) {
            Case::Capitalized
        } else {
            Case::Mixed
        }
    }
}

fn is_digit(c: char) -> bool {
    c.general_category() == GeneralCategory::DecimalNumber || matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁹' | '₀'..='₉')
}

/// The windows of a sentence; each of its words is judged in exactly one, in order.
///
/// Nearly every sentence is one window. Where it is longer, neighbouring windows share up to 64 pieces, and each judges the words on
/// its own side of the middle of what they share, so that every judged word has neighbours on both sides.
pub fn windows(words: &[&str], vocabulary: &Vocabulary) -> Vec<Window> {
    let pieces: Vec<Vec<Piece>> = words.iter().map(|word| vocabulary.pieces(word)).collect();
    let mut windows = Vec::new();
    let (mut start, mut judged) = (0, 0);
    while judged < words.len() {
        let end = reach(&pieces, start, MOST_PIECES - 1);
        let last = end == words.len();
        let shared = pieces[start..end].iter().rev().scan(0, |sum, word| {
            *sum += word.len();
            (*sum <= OVERLAP).then_some(())
        });
        let next = if last { end } else { end - shared.count() };
        let middle = if last { end } else { next.midpoint(end) };
        windows.push(window(words, &pieces, start..end, judged..middle, vocabulary));
        (start, judged) = (next, middle);
    }
    windows
}

/// The end of the words from `start` on that have at most `most` pieces together.
fn reach(pieces: &[Vec<Piece>], start: usize, most: usize) -> usize {
    let mut sum = 0;
    let fitting = pieces[start..].iter().take_while(|word| {
        sum += word.len();
        sum <= most
    });
    start + fitting.count()
}

fn window(words: &[&str], pieces: &[Vec<Piece>], read: Range<usize>, judged: Range<usize>, vocabulary: &Vocabulary) -> Window {
    let mut window = Window { pieces: vec![vocabulary.opening], cases: vec![Case::Lower], firsts: Vec::new() };
    for at in read {
        if judged.contains(&at) {
            window.firsts.push(window.pieces.len());
        }
        window.pieces.extend(&pieces[at]);
        window.cases.resize(window.pieces.len(), Case::of(words[at]));
    }
    window.pieces.push(vocabulary.closing);
    window.cases.push(Case::Lower);
    window
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        Vocabulary::load("[PAD]\n[UNK]\n[CLS]\n[SEP]\na\n##a\nb\n").expect("a vocabulary")
    }

    #[test]
    fn a_sentence_stands_between_its_ends() {
        let found = windows(&["Aa", "b"], &vocabulary());
        let cases = vec![Case::Lower, Case::Capitalized, Case::Capitalized, Case::Lower, Case::Lower];
        assert_eq!(found, [Window { pieces: vec![2, 4, 5, 6, 3], cases, firsts: vec![1, 3] }]);
        assert_eq!(windows(&[], &vocabulary()), []);
    }

    #[test]
    fn each_word_of_a_long_sentence_is_judged_once() {
        for (word, count) in [("b", 249), ("b", 250), ("aa", 1000), ("aaaaaaaaaaaa", 333)] {
            let found = windows(&vec![word; count], &vocabulary());
            assert_eq!(found.iter().map(|window| window.firsts.len()).sum::<usize>(), count, "{count} times {word}");
            assert!(found.iter().all(|window| window.pieces.len() <= 251 && !window.firsts.is_empty()));
            assert_eq!(found.len() == 1, count == 249);
        }
    }

    #[test]
    fn neighbours_of_a_judged_word_are_seen() {
        let found = windows(&["b"; 400], &vocabulary());
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].firsts[0], found[0].firsts.len()), (1, 217));
        assert_eq!(found[1].firsts[0], 33);
    }

    #[test]
    fn words_are_told_apart_by_how_they_are_written() {
        let cases = [
            ("attack", Case::Lower),
            ("Kabul", Case::Capitalized),
            ("I", Case::Capitalized),
            ("RSF", Case::Upper),
            ("U.N.", Case::Upper),
            ("Al-Shabaab", Case::Mixed),
            ("mRNA", Case::Mixed),
            ("7,000", Case::Digits),
            ("M23", Case::Digits),
            ("—", Case::NoLetters),
            ("", Case::NoLetters),
            ("’s", Case::Lower),
            ("كابول", Case::Mixed),
        ];
        for (word, expected) in cases {
            assert_eq!(Case::of(word), expected, "{word}");
        }
    }
}
