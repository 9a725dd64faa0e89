//! Which stretches of a whole document does who say? Every attribution with the spans of its source, cue and content.

use sayso_types::Span;

use super::{Governor, above, beside};
use crate::cues::Cues;
use crate::syntax::{Tree, noun_phrase};

/// One attribution, by the words of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributionSpans {
    /// Who speaks; `None` where nobody is named.
    pub source: Option<Span>,
    /// The words that attribute.
    pub cue: Span,
    /// What is attributed.
    pub content: Span,
}

/// All attributions of a document, in the order of their cues.
pub fn attributions(tree: &Tree<'_>, cues: &Cues) -> Vec<AttributionSpans> {
    let mut found = Vec::new();
    for sentence in tree.analysis.sentences.iter().filter(|s| s.parsed) {
        for token in sentence.tokens.clone() {
            let governors = beside::beside(tree, token, None, cues).into_iter();
            let governors = governors.chain(tree.head(token).and_then(|head| above::above(tree, head, token, cues)));
            found.extend(governors.filter_map(|g| spans(tree, &g, token)));
        }
    }
    found.sort_by_key(|a| (a.cue, a.content));
    found
}

/// The content is the clause's subtree without what attributes it.
fn spans(tree: &Tree<'_>, governor: &Governor, clause: usize) -> Option<AttributionSpans> {
    let outside = |token: &usize| {
        let path = std::iter::once(*token).chain(tree.ancestors(*token)).take_while(|t| *t != clause);
        path.into_iter().any(|t| governor.cue.contains(&t) || Some(t) == governor.source)
    };
    let content: Vec<usize> = tree.subtree(clause).into_iter().filter(|t| !outside(t)).collect();
    Some(AttributionSpans {
        source: governor.source.map(|head| noun_phrase(tree, head)),
        cue: tree.span_of(&governor.cue)?,
        content: tree.span_of(&content)?,
    })
}
