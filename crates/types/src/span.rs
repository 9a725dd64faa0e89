//! Where in a text? A span is a non-empty range of bytes of one frozen text; code points are counted only at the edge.

use std::fmt;
use std::ops::Range;

/// A non-empty stretch of one frozen text, in bytes, on character boundaries.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// The span from `start` to `end` (exclusive), or `None` where that would be empty or beyond 4 GiB.
    pub fn new(start: usize, end: usize) -> Option<Span> {
        if start >= end {
            return None;
        }
        Some(Span { start: u32::try_from(start).ok()?, end: u32::try_from(end).ok()? })
    }

    /// The first byte.
    pub fn start(self) -> usize {
        self.start as usize
    }

    /// The byte after the last.
    pub fn end(self) -> usize {
        self.end as usize
    }

    /// The number of bytes; never 0.
    #[allow(clippy::len_without_is_empty)]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// The words that stand here in `text`, the text that the span was made for.
    pub fn text(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The byte range.
    pub fn range(self) -> Range<usize> {
        self.start()..self.end()
    }

    /// The smallest span that holds both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Translates byte offsets of one text into code-point offsets and back.
///
/// Holds the running count at every 64th byte, so that both directions cost a short scan.
pub struct CodePoints<'t> {
    text: &'t str,
    every: Vec<u32>,
}

const STEP: usize = 64;

impl<'t> CodePoints<'t> {
    /// Counts `text` once.
    pub fn new(text: &'t str) -> CodePoints<'t> {
        let mut every = Vec::with_capacity(text.len() / STEP + 1);
        let mut count = 0u32;
        for (at, byte) in text.bytes().enumerate() {
            if at % STEP == 0 {
                every.push(count);
            }
            count += u32::from(!is_continuation(byte));
        }
        every.push(count);
        CodePoints { text, every }
    }

    /// The code points before byte `byte`, a character boundary of the text.
    pub fn of_byte(&self, byte: usize) -> usize {
        let step = (byte / STEP).min(self.every.len() - 1);
        let begin = (step * STEP).min(self.text.len());
        let rest = self.text.as_bytes()[begin..byte].iter().filter(|b| !is_continuation(**b)).count();
        self.every[step] as usize + rest
    }

    /// The byte at which code point number `point` begins; the text's length where there are fewer.
    pub fn to_byte(&self, point: usize) -> usize {
        let full = self.text.len().div_ceil(STEP);
        let step = self.every[..full].partition_point(|before| *before as usize <= point).saturating_sub(1);
        let mut left = point - self.every.get(step).map_or(0, |n| *n as usize);
        let begin = step * STEP;
        for (at, byte) in self.text.bytes().enumerate().skip(begin) {
            if is_continuation(byte) {
                continue;
            }
            if left == 0 {
                return at;
            }
            left -= 1;
        }
        self.text.len()
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn code_points_and_bytes_agree(text in "\\PC{0,300}") {
            let points = CodePoints::new(&text);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(points.of_byte(byte), count);
                prop_assert_eq!(points.to_byte(count), byte);
            }
            prop_assert_eq!(points.of_byte(text.len()), text.chars().count());
            prop_assert_eq!(points.to_byte(text.chars().count()), text.len());
        }
    }

    #[test]
    fn an_empty_span_cannot_be_made() {
        assert_eq!(Span::new(3, 3), None);
        assert_eq!(Span::new(4, 3), None);
    }
}
