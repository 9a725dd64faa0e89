//! What stands around a statement's words? Its sentence, and the sentences before and after.

use std::ops::Range;

use sayso_language::{Lexicon, sentences};
use sayso_types::record::DocumentRecord;
use sayso_types::{Block, CodePoints, Span};

use crate::{Error, data};

/// The sentences that hold some words of a document, with their neighbours; ranges of code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The sentence before, where there is one.
    pub before: Option<Range<usize>>,
    /// From the beginning of the first sentence that shares a word to the end of the last.
    pub sentence: Range<usize>,
    /// The sentence after, where there is one.
    pub after: Option<Range<usize>>,
}

/// The passage around the code points `words` of a document; the words themselves where they stand in no sentence.
///
/// # Errors
/// The program's own lexicon does not load.
pub fn passage(document: &DocumentRecord, words: Range<usize>) -> Result<Passage, Error> {
    Ok(passage_by(&data::language_lexicon()?, document, words))
}

/// The same, by a lexicon that is loaded.
pub(crate) fn passage_by(lexicon: &Lexicon, document: &DocumentRecord, words: Range<usize>) -> Passage {
    let points = CodePoints::new(&document.text);
    let coded = document.blocks.iter().filter(|block| block.kind.is_coded());
    let blocks = coded.filter_map(|block| {
        let span = Span::new(points.to_byte(block.start), points.to_byte(block.end))?;
        Some(Block { span, kind: block.kind })
    });
    let all: Vec<Range<usize>> = blocks
        .flat_map(|block| sentences(&document.text, block, lexicon))
        .map(|span| points.of_byte(span.start())..points.of_byte(span.end()))
        .collect();
    around(&all, words)
}

fn around(sentences: &[Range<usize>], words: Range<usize>) -> Passage {
    let first = sentences.partition_point(|sentence| sentence.end <= words.start);
    let end = sentences.partition_point(|sentence| sentence.start < words.end);
    if first >= end {
        return Passage { before: None, sentence: words, after: None };
    }
    let sentence = sentences[first].start.min(words.start)..sentences[end - 1].end.max(words.end);
    Passage { before: first.checked_sub(1).map(|before| sentences[before].clone()), sentence, after: sentences.get(end).cloned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_the_sentence_with_its_neighbours() {
        let sentences = [0..10, 11..20, 21..30];
        assert_eq!(around(&sentences, 12..15), Passage { before: Some(0..10), sentence: 11..20, after: Some(21..30) });
        assert_eq!(around(&sentences, 5..12), Passage { before: None, sentence: 0..20, after: Some(21..30) });
        assert_eq!(around(&sentences, 40..45), Passage { before: None, sentence: 40..45, after: None });
        assert_eq!(around(&[], 0..5), Passage { before: None, sentence: 0..5, after: None });
    }
}
