//! What do tokens consist of? Runs of letters, runs of digits, and single marks, so that "24-hour", "Aug." and "1,500" read the
//! same however a tokenizer cut them.

use std::ops::Range;

use sayso_types::{Analysis, Sentence, Span};

/// A run of letters, a run of digits or one mark, inside one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its first byte in the text.
    pub(crate) start: u32,
    /// The byte after its last.
    pub(crate) end: u32,
    /// Its token, as an index into the analysis.
    pub(crate) token: u32,
    /// What it consists of.
    pub(crate) kind: PieceKind,
    /// Whether it follows the piece before it without a space.
    pub(crate) glued: bool,
}

/// What a piece consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PieceKind {
    /// Letters.
    Letters,
    /// ASCII digits.
    Digits,
    /// One other character.
    Mark,
}

impl Piece {
    /// Its words.
    pub(crate) fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }
}

/// Replaces `pieces` with those of one sentence.
pub(crate) fn split_into(pieces: &mut Vec<Piece>, text: &str, analysis: &Analysis, sentence: &Sentence) {
    pieces.clear();
    let mut last_end = u32::MAX;
    for token in sentence.tokens.clone() {
        let span = analysis.tokens[token].span;
        let words = span.text(text);
        let mut at = 0;
        while at < words.len() {
            let (kind, length) = run(&words[at..]);
            let start = (span.start() + at) as u32;
            let end = start + length as u32;
            pieces.push(Piece { start, end, token: token as u32, kind, glued: start == last_end });
            last_end = end;
            at += length;
        }
    }
}

/// The kind and length in bytes of the run at the beginning of a non-empty text.
fn run(words: &str) -> (PieceKind, usize) {
    let bytes = words.as_bytes();
    if bytes[0].is_ascii_digit() {
        let length = bytes.iter().position(|b| !b.is_ascii_digit()).unwrap_or(bytes.len());
        return (PieceKind::Digits, length);
    }
    let first = words.chars().next().map_or(1, char::len_utf8);
    if bytes[0].is_ascii_alphabetic() || (first > 1 && words.starts_with(char::is_alphabetic)) {
        let length = words.find(|c: char| !c.is_alphabetic()).unwrap_or(words.len());
        return (PieceKind::Letters, length);
    }
    (PieceKind::Mark, first)
}

/// The tokens that a non-empty range of pieces touches.
pub(crate) fn tokens_of(pieces: &[Piece], range: Range<usize>) -> Range<usize> {
    pieces[range.start].token as usize..pieces[range.end - 1].token as usize + 1
}

/// The bytes that a non-empty range of pieces covers.
pub(crate) fn span_of(pieces: &[Piece], range: Range<usize>) -> Span {
    Span::new(pieces[range.start].start as usize, pieces[range.end - 1].end as usize).expect("a range of pieces is not empty")
}
