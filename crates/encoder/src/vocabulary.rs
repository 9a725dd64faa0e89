//! Of which pieces does a word consist? WordPiece (Schuster & Nakajima 2012) over a fixed vocabulary, as uncased BERT has it.

use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

use crate::Error;

/// The number of a piece: its row in the table of embeddings.
pub type Piece = u32;

/// A word has no more pieces; what is left of a longer one is not read.
const MOST_PIECES: usize = 12;
/// A run of letters longer than this is not cut but unknown.
const MOST_CHARS: usize = 100;

/// The pieces that words are cut into.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// Pieces that begin a word, sorted by their bytes.
    starts: Vec<(Box<str>, Piece)>,
    /// Pieces that continue one, without their `##`, sorted likewise.
    rests: Vec<(Box<str>, Piece)>,
    /// Stands before the first word.
    pub(crate) opening: Piece,
    /// Stands behind the last word.
    pub(crate) closing: Piece,
    unknown: Piece,
    len: usize,
}

impl Vocabulary {
    /// The vocabulary of a file that has one piece a line, numbered from 0 on.
    ///
    /// # Errors
    /// Names a special piece that is missing.
    pub fn load(text: &str) -> Result<Vocabulary, Error> {
        let numbered: Vec<(&str, Piece)> = text.lines().zip(0..).collect();
        let special = |name: &str| {
            numbered
                .iter()
                .find(|(piece, _)| *piece == name)
                .map(|(_, id)| *id)
                .ok_or_else(|| Error::vocabulary(format!("has no `{name}`")))
        };
        let sorted = |pieces: &mut dyn Iterator<Item = (&str, Piece)>| {
            let mut sorted: Vec<(Box<str>, Piece)> = pieces.map(|(piece, id)| (piece.into(), id)).collect();
            sorted.sort();
            sorted
        };
        Ok(Vocabulary {
            starts: sorted(&mut numbered.iter().copied().filter(|(piece, _)| !piece.starts_with("##"))),
            rests: sorted(&mut numbered.iter().filter_map(|(piece, id)| Some((piece.strip_prefix("##")?, *id)))),
            opening: special("[CLS]")?,
            closing: special("[SEP]")?,
            unknown: special("[UNK]")?,
            len: numbered.len(),
        })
    }

    /// How many pieces there are.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The pieces of a word, at least one.
    ///
    /// "Al-Shabaab" has the five pieces "al", "-", "sha", "##ba" and "##ab".
    pub fn pieces(&self, word: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for run in runs(word) {
            self.cut(&run, &mut pieces);
        }
        if pieces.is_empty() {
            pieces.push(self.unknown);
        }
        pieces.truncate(MOST_PIECES);
        pieces
    }

    /// Takes the longest piece that fits, again and again; a run that does not come out even is unknown as a whole.
    fn cut(&self, run: &str, pieces: &mut Vec<Piece>) {
        let first = pieces.len();
        let mut rest = run;
        while !rest.is_empty() {
            let known = if pieces.len() == first { &self.starts } else { &self.rests };
            match longest(known, rest).filter(|_| run.chars().count() <= MOST_CHARS) {
                Some((length, piece)) => {
                    pieces.push(piece);
                    rest = &rest[length..];
                }
                None => {
                    pieces.truncate(first);
                    pieces.push(self.unknown);
                    return;
                }
            }
        }
    }
}

/// The longest of the sorted pieces that `text` begins with, and its length in bytes.
fn longest(sorted: &[(Box<str>, Piece)], text: &str) -> Option<(usize, Piece)> {
    let (mut fitting, mut found) = (sorted, None);
    for (at, byte) in text.bytes().enumerate() {
        let byte_of = |piece: &(Box<str>, Piece)| piece.0.as_bytes().get(at).copied();
        let from = fitting.partition_point(|piece| byte_of(piece) < Some(byte));
        let to = fitting.partition_point(|piece| byte_of(piece) <= Some(byte));
        fitting = &fitting[from..to];
        match fitting.first() {
            Some((piece, id)) if piece.len() == at + 1 => found = Some((at + 1, *id)),
            Some(_) => {}
            None => break,
        }
    }
    found
}

/// The runs of a word that are cut by themselves: without accents and capitals, punctuation and Chinese characters each alone.
fn runs(word: &str) -> Vec<String> {
    let mut runs = vec![String::new()];
    let plain = word.chars().filter(|c| !is_control(*c)).nfd().filter(|c| c.general_category() != GeneralCategory::NonspacingMark);
    for c in plain.flat_map(char::to_lowercase) {
        if c.is_whitespace() {
            runs.push(String::new());
        } else if is_punctuation(c) || is_chinese(c) {
            runs.extend([String::from(c), String::new()]);
        } else if let Some(run) = runs.last_mut() {
            run.push(c);
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

fn is_control(c: char) -> bool {
    let is_other = c.general_category_group() == GeneralCategoryGroup::Other;
    c == '\u{fffd}' || is_other && !matches!(c, '\t' | '\n' | '\r')
}

fn is_punctuation(c: char) -> bool {
    c.is_ascii_punctuation() || c.general_category_group() == GeneralCategoryGroup::Punctuation
}

/// The blocks of Han characters, which the vocabulary holds one by one.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2a6df}')
        || matches!(c, '\u{2a700}'..='\u{2ceaf}' | '\u{2f800}'..='\u{2fa1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: &[&str]) {
        let lines = [
            "[PAD]", "[UNK]", "[CLS]", "[SEP]", "al", "-", "sha", "##ba", "##ab", "##b", "a", "’", "s", "cote", "中", "##c", "u", ".", "n",
        ];
        let vocabulary = Vocabulary::load(&lines.join("\n")).expect("a vocabulary");
        let found: Vec<&str> = vocabulary.pieces(word).into_iter().map(|piece| lines[piece as usize]).collect();
        assert_eq!(found, expected, "{word}");
    }

    #[test]
    fn the_longest_piece_is_taken() {
        check("Al-Shabaab", &["al", "-", "sha", "##ba", "##ab"]);
        check("abc", &["a", "##b", "##c"]);
    }

    #[test]
    fn accents_and_capitals_are_dropped() {
        check("Côté", &["cote"]);
        check("CÔTE", &["cote"]);
    }

    #[test]
    fn punctuation_stands_alone() {
        check("’s", &["’", "s"]);
        check("U.N.", &["u", ".", "n", "."]);
        check("a中s", &["a", "中", "s"]);
    }

    #[test]
    fn what_does_not_come_out_even_is_unknown() {
        check("shax", &["[UNK]"]);
        check("al-shax", &["al", "-", "[UNK]"]);
        check("\u{ad}", &["[UNK]"]);
        check("", &["[UNK]"]);
        check(&"a".repeat(200), &["[UNK]"]);
        check("[SEP]", &["[UNK]", "[UNK]", "[UNK]"]);
    }

    #[test]
    fn a_word_has_twelve_pieces_at_most() {
        check("----------------", &["-"; 12]);
    }

    #[test]
    fn a_vocabulary_without_its_special_pieces_is_named() {
        let error = Vocabulary::load("a\nb\n[UNK]\n").expect_err("no [CLS]");
        assert_eq!(error.to_string(), "vocabulary: has no `[CLS]`");
    }
}
