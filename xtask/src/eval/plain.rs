//! How does a corpus's text become a document without the page stage? As it stands, so that the gold's offsets hold.

use sayso::types::{Block, BlockKind, CodePoints, DateFound, Document, Edtf, Language, Outcome, Published, Span, Unknown};
use serde::Deserialize;

/// A stretch of a text in code points: the first, and the one after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub struct Stretch(pub usize, pub usize);

impl Stretch {
    /// A span in code points of its text.
    pub fn of(span: Span, points: &CodePoints<'_>) -> Stretch {
        Stretch(points.of_byte(span.start()), points.of_byte(span.end()))
    }

    /// How many code points two stretches share.
    pub fn shared(self, other: Stretch) -> usize {
        self.1.min(other.1).saturating_sub(self.0.max(other.0))
    }
}

/// The document whose text is `text`, each line a paragraph of it.
pub fn document(text: &str, published: Option<Edtf>) -> Document {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let begin = at + (line.len() - line.trim_start().len());
        blocks.extend(Span::new(begin, at + line.trim_end().len()).map(|span| Block { span, kind: BlockKind::Body }));
        at += line.len();
    }
    Document {
        id: String::new(),
        url: None,
        title: None,
        byline: None,
        publisher: None,
        credit: None,
        published: published
            .map_or(Outcome::Unknown(Unknown::NotStated), |date| Outcome::Known(Published { date, found: DateFound::Given })),
        retrieved: None,
        language: Language::English,
        raw_sha256: String::new(),
        text_sha256: String::new(),
        text: text.to_owned(),
        blocks,
    }
}

/// Pairs of gold and found stretches that overlap, each used once, those that share most first.
pub fn pairs(gold: &[Stretch], found: &[Stretch]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (g, gold) in gold.iter().enumerate() {
        for (f, found) in found.iter().enumerate().filter(|(_, found)| gold.shared(**found) > 0) {
            let exact = usize::from(gold == found);
            candidates.push((std::cmp::Reverse((exact, gold.shared(*found))), g, f));
        }
    }
    candidates.sort_unstable();
    let (mut golds, mut founds) = (vec![false; gold.len()], vec![false; found.len()]);
    let mut taken = Vec::new();
    for (_, g, f) in candidates {
        if !golds[g] && !founds[f] {
            (golds[g], founds[f]) = (true, true);
            taken.push((g, f));
        }
    }
    taken
}
