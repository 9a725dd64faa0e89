//! Who speaks inside quotation marks? The speaker named beside a quotation speaks in all its sentences, and goes on in the next.

use std::ops::Range;

use sayso_types::Upos;

use super::Governor;
use super::above::cue_at;
use super::order::{phrase_behind, phrase_head};
use super::source::subject_source;
use crate::cues::{Content, CueClass, Cues};
use crate::syntax::Tree;

/// How many sentences back a block is read.
const WINDOW: usize = 24;
/// How many quotations a speaker may go on for.
const LINKS: usize = 8;
/// How many tokens may stand between a quotation and the verb that introduces it.
const NEAR: usize = 14;

/// A stretch in quotation marks, the marks left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quotation {
    pub tokens: Range<usize>,
    /// Whether the closing mark stands in the same block.
    pub closed: bool,
}

/// The speaker of the quotation that a token stands in, where one is named beside it or beside the quotation that it continues, with
/// the tokens of the quotation.
pub(super) fn speaker(tree: &Tree<'_>, token: usize, cues: &Cues) -> Option<(Governor, Range<usize>)> {
    let sentence = tree.analysis.sentence_of(token);
    let quotations = quotations(tree, sentence);
    let at = quotations.iter().position(|q| q.tokens.contains(&token))?;
    speaker_of(tree, &quotations, at, cues).map(|speaker| (speaker, quotations[at].tokens.clone()))
}

/// The quotations of the block that a sentence stands in, from at most [`WINDOW`] sentences back.
pub(super) fn quotations(tree: &Tree<'_>, sentence: usize) -> Vec<Quotation> {
    let sentences = &tree.analysis.sentences;
    let block = sentences[sentence].block;
    let first = (sentence.saturating_sub(WINDOW)..=sentence).find(|s| sentences[*s].block + 1 >= block).unwrap_or(sentence);
    let last = (sentence..sentences.len()).take(WINDOW).take_while(|s| sentences[*s].block == block).last().unwrap_or(sentence);
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for number in first..=last {
        let Range { start, end } = sentences[number].tokens.clone();
        if number > first && sentences[number].block != sentences[number - 1].block {
            found.extend(open.take().and_then(|from| quotation(from + 1..start, false)));
        }
        for token in start..end {
            match (mark(tree, token), open) {
                (Some(Mark::Open | Mark::Either), None) => open = Some(token),
                (Some(Mark::Close | Mark::Either), Some(from)) => {
                    found.extend(quotation(from + 1..token, true));
                    open = None;
                }
                _ => {}
            }
        }
    }
    let end = sentences[last].tokens.end;
    found.extend(open.and_then(|from| quotation(from + 1..end, false)));
    found
}

enum Mark {
    Open,
    Close,
    Either,
}

/// What kind of quotation mark a token is; two single ones stand for a double one.
fn mark(tree: &Tree<'_>, token: usize) -> Option<Mark> {
    let twin = |other: usize| tree.analysis.tokens.get(other).is_some_and(|t| t.span.start() == tree.token(token).span.end());
    match tree.word(token) {
        "“" | "``" => Some(Mark::Open),
        "”" => Some(Mark::Close),
        "\"" | "''" => Some(Mark::Either),
        "'" if twin(token + 1) && tree.word(token + 1) == "'" => Some(Mark::Close),
        _ => None,
    }
}

fn quotation(tokens: Range<usize>, closed: bool) -> Option<Quotation> {
    (!tokens.is_empty()).then_some(Quotation { tokens, closed })
}

/// The speaker of quotation number `at`: named after it, before it, or of the quotation before that it goes on from.
pub(super) fn speaker_of(tree: &Tree<'_>, quotations: &[Quotation], at: usize, cues: &Cues) -> Option<Governor> {
    let mut at = at;
    for _ in 0..LINKS {
        let quotation = &quotations[at];
        if let Some(found) = named_behind(tree, quotation, cues).or_else(|| named_before(tree, quotation, cues)) {
            return Some(found);
        }
        let before = quotations[..at].last()?;
        if !goes_on(tree, before, quotation) {
            return None;
        }
        at -= 1;
    }
    None
}

/// Whether a quotation begins its sentence, and the one before it stands in that sentence, in the one before, or was left open by
/// the paragraph before.
fn goes_on(tree: &Tree<'_>, before: &Quotation, quotation: &Quotation) -> bool {
    let sentence = tree.analysis.sentence_of(quotation.tokens.start);
    let earlier = tree.analysis.sentence_of(before.tokens.end - 1);
    let sentences = &tree.analysis.sentences;
    let begins = sentences[sentence].tokens.start + 1 >= quotation.tokens.start;
    let same_block = sentences[sentence].block == sentences[earlier].block;
    (sentence == earlier) || (begins && sentence <= earlier + 1 && (same_block || !before.closed))
}

/// "…," the minister said.
fn named_behind(tree: &Tree<'_>, quotation: &Quotation, cues: &Cues) -> Option<Governor> {
    let sentence = &tree.analysis.sentences[tree.analysis.sentence_of(quotation.tokens.end - 1)].tokens;
    let from = quotation.tokens.end + usize::from(quotation.closed);
    let from = from + usize::from(from < sentence.end && tree.word(from) == "'");
    let stretch = from..sentence.end.min(from + NEAR);
    let verb = stretch.take_while(|t| !is_stop(tree, *t)).find(|t| speaks(tree, *t, cues))?;
    let (cue, words) = cue_at(tree, verb, cues)?;
    let first = *words.first()?;
    let phrase = if first > from { phrase_head(tree, from..first) } else { phrase_behind(tree, sentence, verb) };
    let source = phrase.or_else(|| subject_source(tree, verb, cue, cues))?;
    Some(Governor { source: Some(source), cue: words, directs: false })
}

/// The minister said: "…"
fn named_before(tree: &Tree<'_>, quotation: &Quotation, cues: &Cues) -> Option<Governor> {
    let sentence = &tree.analysis.sentences[tree.analysis.sentence_of(quotation.tokens.start)].tokens;
    let open = quotation.tokens.start.checked_sub(1)?;
    let near = (sentence.start.max(open.saturating_sub(NEAR))..open).rev();
    let verb = near.take_while(|t| !matches!(tree.word(*t), "”" | "\"" | "''" | ";")).find(|t| speaks(tree, *t, cues))?;
    let (cue, words) = cue_at(tree, verb, cues)?;
    let first = *words.first()?;
    let source = subject_source(tree, verb, cue, cues).or_else(|| phrase_head(tree, sentence.start..first))?;
    Some(Governor { source: Some(source), cue: words, directs: false })
}

fn is_stop(tree: &Tree<'_>, token: usize) -> bool {
    matches!(tree.word(token), "“" | "``" | "\"" | "." | ";" | "?" | "!")
}

fn speaks(tree: &Tree<'_>, verb: usize, cues: &Cues) -> bool {
    tree.token(verb).pos == Upos::Verb
        && cues
            .cue_of(Upos::Verb, tree.lemma(verb))
            .is_some_and(|c| (c.is(CueClass::Says) || c.is(CueClass::Thinks)) && c.has(&Content::Quote))
}
