//! Do we cut a text where people cut it? Sentence boundaries inside paragraphs, and tokens, against a treebank.

use sayso_types::{Block, BlockKind, Span};

use super::{SpanScore, Tree};
use crate::{Lexicon, sentences, tokens};

/// A paragraph's text and the byte ends of its sentences, the last one left out: a paragraph's end is no finding.
pub type Paragraph = (String, Vec<usize>);

/// The paragraphs of a treebank whose sentences follow each other, joined by one space.
pub fn paragraphs(trees: &[Tree]) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for tree in trees {
        match paragraphs.last_mut() {
            Some((text, ends)) if !tree.opens_paragraph => {
                ends.push(text.len());
                text.push(' ');
                text.push_str(&tree.text);
            }
            _ => paragraphs.push((tree.text.clone(), Vec::new())),
        }
    }
    paragraphs
}

/// Sentence boundaries found and true inside the paragraphs.
pub fn boundaries(paragraphs: &[Paragraph], lexicon: &Lexicon) -> SpanScore {
    let mut score = SpanScore::default();
    for (text, gold) in paragraphs {
        let Some(span) = Span::new(0, text.len()) else { continue };
        let spans = sentences(text, Block { span, kind: BlockKind::Body }, lexicon);
        let found: Vec<usize> = spans.iter().map(|span| span.end()).filter(|end| *end < text.len()).collect();
        score.add(&found, gold);
    }
    score
}

/// Tokens found and true in the trees' texts, sentence by sentence; tokens are compared by the characters that they cover.
pub fn tokens_kept(trees: &[Tree], lexicon: &Lexicon) -> SpanScore {
    let mut score = SpanScore::default();
    for tree in trees {
        let Some(span) = Span::new(0, tree.text.len()) else { continue };
        let found: Vec<Span> = tokens(&tree.text, span, lexicon);
        let gold = gold_spans(tree);
        score.add(&found, &gold);
    }
    score
}

fn gold_spans(tree: &Tree) -> Vec<Span> {
    let mut at = 0;
    let mut spans = Vec::new();
    for word in &tree.words {
        let Some(found) = tree.text[at..].find(&word.form) else { continue };
        spans.extend(Span::new(at + found, at + found + word.form.len()));
        at += found + word.form.len();
    }
    spans
}
