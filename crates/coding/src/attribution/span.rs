//! Which stretches of a whole document does who say? Every attribution with the spans of its source, cue and content.

use sayso_types::{Claim, Span, Upos};

use super::{Governor, above, beside, claim, order, quotation};
use crate::cues::Cues;
use crate::syntax::{Tree, noun_phrase};

/// One attribution, by the words of its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributionSpans {
    /// Who speaks; `None` where nobody is named.
    pub source: Option<Span>,
    /// The words that attribute, in fragments where other words stand between.
    pub cue: Vec<Span>,
    /// What is attributed, in fragments.
    pub content: Vec<Span>,
}

/// All attributions of a document, in the order of their cues. Where a scorer judged who says what in a sentence, its claims stand for
/// those that the syntax tells.
pub fn attributions(tree: &Tree<'_>, cues: &Cues) -> Vec<AttributionSpans> {
    let mut found: Vec<Told> = Vec::new();
    for (number, sentence) in tree.analysis.sentences.iter().enumerate().filter(|(_, s)| s.parsed) {
        if tree.analysis.is_judged(number) {
            let within = |claim: &&Claim| claim.cue.first().is_some_and(|cue| sentence.tokens.contains(cue));
            found.extend(tree.analysis.claims.iter().filter(within).map(|claim| told(tree, claim)));
            quoted(tree, number, cues, &mut found);
            continue;
        }
        for token in sentence.tokens.clone() {
            let governors = beside::beside(tree, token, None, cues).into_iter().flatten();
            let governors = governors.chain(beside::cited(tree, token, None, None, cues));
            let governors = governors.chain(tree.head(token).and_then(|head| above::above(tree, head, token, cues)));
            found.extend(governors.map(|governor| Told { content: content(tree, &governor, token), source: None, governor }));
        }
        for reach in order::reaches(tree, number, cues) {
            for governor in reach.voice {
                if !found.iter().any(|t| t.governor.cue.iter().any(|c| governor.cue.contains(c))) {
                    found.push(Told { content: reach.content.clone().collect(), source: None, governor });
                }
            }
        }
        quoted(tree, number, cues, &mut found);
    }
    found.sort_by(|a, b| a.governor.cue.cmp(&b.governor.cue));
    found.into_iter().filter_map(|told| spans(tree, told)).collect()
}

/// A governor and the tokens that it governs.
struct Told {
    governor: Governor,
    /// The source's words, where they are known by more than their head.
    source: Option<Span>,
    content: Vec<usize>,
}

fn told(tree: &Tree<'_>, claim: &Claim) -> Told {
    let head = claim::source(tree, claim);
    Told {
        governor: Governor { source: head, cue: claim.cue.clone(), directs: false },
        source: tree.span_of(&claim.source),
        content: claim.content.clone(),
    }
}

/// Adds what stands in quotation marks in a sentence to what its speaker says.
fn quoted(tree: &Tree<'_>, sentence: usize, cues: &Cues, found: &mut Vec<Told>) {
    let quotations = quotation::quotations(tree, sentence);
    for (at, quotation) in quotations.iter().enumerate() {
        if tree.analysis.sentence_of(quotation.tokens.start) != sentence {
            continue;
        }
        let Some(governor) = quotation::speaker_of(tree, &quotations, at, cues) else { continue };
        let same = found.iter_mut().find(|t| t.governor.cue.iter().any(|c| governor.cue.contains(c)));
        match same {
            Some(told) => told.content.extend(quotation.tokens.clone()),
            None => found.push(Told { governor, source: None, content: quotation.tokens.clone().collect() }),
        }
    }
}

/// The clause's subtree without what attributes it.
fn content(tree: &Tree<'_>, governor: &Governor, clause: usize) -> Vec<usize> {
    let outside = |token: &usize| {
        let path = std::iter::once(*token).chain(tree.ancestors(*token)).take_while(|t| *t != clause);
        path.into_iter().any(|t| governor.cue.contains(&t) || Some(t) == governor.source)
    };
    tree.subtree(clause).into_iter().filter(|t| !outside(t)).collect()
}

fn spans(tree: &Tree<'_>, told: Told) -> Option<AttributionSpans> {
    let content = fragments(tree, told.content);
    (!content.is_empty()).then(|| AttributionSpans {
        source: told.source.or_else(|| told.governor.source.map(|head| noun_phrase(tree, head))),
        cue: fragments(tree, told.governor.cue),
        content,
    })
}

/// The runs of neighbouring tokens; a run of punctuation alone is left out.
fn fragments(tree: &Tree<'_>, mut tokens: Vec<usize>) -> Vec<Span> {
    tokens.sort_unstable();
    tokens.dedup();
    let runs = tokens.chunk_by(|a, b| a + 1 == *b);
    let told = runs.filter(|run| run.iter().any(|t| tree.token(*t).pos != Upos::Punct));
    told.filter_map(|run| tree.span_of(run)).collect()
}
