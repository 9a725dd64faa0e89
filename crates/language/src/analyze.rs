//! How is a document read? Its coded blocks become sentences, tokens and names; only the wanted sentences are parsed.

use std::ops::Range;

use sayso_types::{Analysis, Claim, Document, Name, Reading, Relation, Scorer, Sentence, Span, Token, Upos};

use crate::Lexicon;
use crate::text::{sentences::sentences, tokens::tokens};

/// The linguistic layer of `document`: every coded block in sentences and tokens with lemma and part of speech, with names, and with
/// the syntax of those sentences for which `depths`, given the text and its tagged sentences, says so: a depth for each, in order.
///
/// "The Taliban attacked Kabul." is one sentence of five tokens; "Taliban" and "Kabul" are names, and both depend on "attacked".
pub fn analyze(document: &Document, scorer: &dyn Scorer, lexicon: &Lexicon, depths: &dyn Fn(&str, &Analysis) -> Vec<Depth>) -> Analysis {
    let text = document.text.as_str();
    let cut = cut(document, lexicon);
    let words: Vec<Vec<&str>> = cut.iter().map(|(_, spans)| spans.iter().map(|span| span.text(text)).collect()).collect();
    let sentences: Vec<&[&str]> = words.iter().map(Vec::as_slice).collect();
    let mut readings = scorer.tags(&sentences);
    let mut analysis = Analysis::default();
    for ((block, spans), reading) in cut.iter().zip(&readings) {
        push_sentence(&mut analysis, *block, spans, reading, (text, lexicon));
    }
    let depths = depths(text, &analysis);
    let mut known: Vec<(usize, Vec<Range<usize>>)> = Vec::new();
    let mut close: Vec<(usize, Vec<Range<usize>>)> = Vec::new();
    for (at, depth) in depths.into_iter().enumerate().take(readings.len()) {
        let (names, list) = match depth {
            Depth::Words => continue,
            Depth::Syntax { names } => (names, &mut known),
            Depth::Close { names } => (names, &mut close),
        };
        let tokens = analysis.sentences[at].tokens.clone();
        read_as_names(&mut analysis.tokens[tokens], &mut readings[at], &names, (text, lexicon));
        list.push((at, names));
    }
    for (chosen, closely) in [(known, false), (close, true)] {
        let words: Vec<&[&str]> = chosen.iter().map(|(at, _)| sentences[*at]).collect();
        let mut read: Vec<Reading> = chosen.iter().map(|(at, _)| std::mem::take(&mut readings[*at])).collect();
        if closely {
            scorer.closely(&words, &mut read);
        } else {
            scorer.arcs(&words, &mut read);
        }
        for ((at, names), mut reading) in chosen.into_iter().zip(read) {
            let tokens = &mut analysis.tokens[analysis.sentences[at].tokens.clone()];
            retag(tokens, &reading.pos, (text, lexicon));
            read_as_names(tokens, &mut reading, &names, (text, lexicon));
            add_arcs(&mut analysis, at, &reading);
            add_judgements(&mut analysis, at, &reading);
            readings[at] = reading;
        }
    }
    for (sentence, reading) in analysis.sentences.iter().zip(&readings) {
        let first = sentence.tokens.start;
        let names = reading.names.iter().map(|name| Name { tokens: first + name.words.start..first + name.words.end, kind: name.kind });
        analysis.names.extend(names);
    }
    analysis
}

/// How deep a sentence is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Tokens, parts of speech and names.
    Words,
    /// Syntax as well. The caller knows that these ranges of the sentence's tokens are names, whatever the tagger took them for.
    Syntax {
        /// Ranges of token numbers, counted from the sentence's first.
        names: Vec<Range<usize>>,
    },
    /// As closely as the scorer can: syntax, better parts of speech and names, who says what, and whether it happened.
    Close {
        /// As for syntax.
        names: Vec<Range<usize>>,
    },
}

/// Depths that each sentence's own tokens decide.
pub fn each(depth: impl Fn(&str, &[Token]) -> Depth) -> impl Fn(&str, &Analysis) -> Vec<Depth> {
    move |text, analysis| analysis.sentences.iter().map(|sentence| depth(text, &analysis.tokens[sentence.tokens.clone()])).collect()
}

/// Makes capitalised words of known names proper nouns before the sentence is parsed: "Hezbollah" is no interjection.
fn read_as_names(tokens: &mut [Token], reading: &mut Reading, names: &[Range<usize>], (text, lexicon): (&str, &Lexicon)) {
    for at in names.iter().cloned().flatten() {
        let (Some(token), Some(pos)) = (tokens.get_mut(at), reading.pos.get_mut(at)) else { continue };
        let word = token.span.text(text);
        let kept = matches!(pos, Upos::Propn | Upos::Adj | Upos::Punct | Upos::Adp | Upos::Det | Upos::Cconj);
        let noun = *pos == Upos::Noun && word.chars().any(char::is_lowercase);
        if word.starts_with(char::is_uppercase) && !kept && !noun {
            *pos = Upos::Propn;
            token.pos = Upos::Propn;
            token.lemma = lexicon.lemma(word, Upos::Propn);
        }
    }
}

/// The tokens of each sentence, with the number of its block; none is empty.
fn cut(document: &Document, lexicon: &Lexicon) -> Vec<(usize, Vec<Span>)> {
    let coded = document.blocks.iter().enumerate().filter(|(_, block)| block.kind.is_coded());
    let sentences = coded.flat_map(|(number, block)| {
        let spans = sentences(&document.text, *block, lexicon);
        spans.into_iter().map(move |span| (number, span))
    });
    let tokenized = sentences.map(|(number, span)| (number, tokens(&document.text, span, lexicon)));
    tokenized.filter(|(_, spans)| !spans.is_empty()).collect()
}

fn push_sentence(analysis: &mut Analysis, block: usize, spans: &[Span], reading: &Reading, (text, lexicon): (&str, &Lexicon)) {
    let first = analysis.tokens.len();
    for (span, pos) in spans.iter().zip(&reading.pos) {
        let lemma = lexicon.lemma(span.text(text), *pos);
        let head = analysis.tokens.len();
        analysis.tokens.push(Token { span: *span, lemma, pos: *pos, head, relation: Relation::Root });
    }
    let tokens = first..analysis.tokens.len();
    let span = spans[0].cover(spans[spans.len() - 1]);
    analysis.sentences.push(Sentence { span, tokens, block, parsed: false });
}

/// Gives tokens the parts of speech of a closer reading.
fn retag(tokens: &mut [Token], pos: &[Upos], (text, lexicon): (&str, &Lexicon)) {
    for (token, pos) in tokens.iter_mut().zip(pos).filter(|(token, pos)| token.pos != **pos) {
        token.pos = *pos;
        token.lemma = lexicon.lemma(token.span.text(text), *pos);
    }
}

fn add_judgements(analysis: &mut Analysis, sentence: usize, reading: &Reading) {
    let tokens = analysis.sentences[sentence].tokens.clone();
    let placed = |words: &[usize]| words.iter().map(|word| tokens.start + word).collect();
    let claims = reading.claims.iter();
    analysis.claims.extend(claims.map(|c| Claim { cue: placed(&c.cue), source: placed(&c.source), content: placed(&c.content) }));
    if reading.outlooks.len() == tokens.len() {
        analysis.outlooks.resize(analysis.tokens.len(), None);
        for (slot, outlook) in analysis.outlooks[tokens].iter_mut().zip(&reading.outlooks) {
            *slot = Some(*outlook);
        }
    }
}

fn add_arcs(analysis: &mut Analysis, sentence: usize, reading: &Reading) {
    let sentence = &mut analysis.sentences[sentence];
    let first = sentence.tokens.start;
    sentence.parsed = reading.arcs.len() == sentence.tokens.len();
    if sentence.parsed {
        for (token, arc) in analysis.tokens[sentence.tokens.clone()].iter_mut().zip(&reading.arcs) {
            token.head = first + arc.head;
            token.relation = arc.relation;
        }
    }
}
