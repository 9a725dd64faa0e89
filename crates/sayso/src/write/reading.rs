//! What does the coder know of the document in which a person selects words? Its layers, and words by their code points.

use sayso_coding::Knowledge;
use sayso_coding::factuality::factuality;
use sayso_coding::mention::Mentions;
use sayso_coding::mention::entity::EntityClass;
use sayso_coding::syntax::Tree;
use sayso_types::record::DocumentRecord;
use sayso_types::{Analysis, CodePoints, Document, Language, Span, Tense};

use super::{Selection, Unfit};
use crate::{Coder, export};

/// A document with its layers, the sentence of some words read as closely as the coder can.
pub(super) struct Reading<'d> {
    coder: &'d Coder,
    text: &'d str,
    points: CodePoints<'d>,
    document: Document,
    pub(super) analysis: Analysis,
    pub(super) mentions: Mentions,
}

impl<'d> Reading<'d> {
    /// The layers of a document around selected words.
    pub(super) fn of(coder: &'d Coder, record: &'d DocumentRecord, around: &Selection) -> Result<Reading<'d>, Unfit> {
        let (text, points) = (record.text.as_str(), CodePoints::new(&record.text));
        let selected = span(text, &points, "trigger", around)?;
        let document = export::document_of(record);
        let (analysis, mentions) = {
            let readable = coder.readable(&document);
            let analysis = coder.analysis_around(&readable, selected);
            let mentions = coder.mentions(&readable, &analysis);
            (analysis, mentions)
        };
        Ok(Reading { coder, text, points, document, analysis, mentions })
    }

    /// The document, as it came in.
    pub(super) fn document(&self) -> &Document {
        &self.document
    }

    /// What the coder knows.
    pub(super) fn knowledge(&self) -> &'d Knowledge {
        self.coder.knowledge()
    }

    /// The words of a span, with their code points.
    pub(super) fn selection(&self, span: Span) -> Selection {
        let (start, end) = (self.points.of_byte(span.start()), self.points.of_byte(span.end()));
        Selection { start, end, text: Some(span.text(self.text).to_owned()) }
    }

    /// The stretch of text that was selected for a field.
    pub(super) fn span(&self, field: &str, selection: &Selection) -> Result<Span, Unfit> {
        span(self.text, &self.points, field, selection)
    }

    /// The number of the sentence that words stand in, or of the one before them.
    pub(super) fn sentence_of(&self, words: Span) -> usize {
        let number = self.analysis.sentences.partition_point(|sentence| sentence.span.end() <= words.start());
        number.min(self.analysis.sentences.len().saturating_sub(1))
    }

    /// The stretch of the sentences that share a word with a span; the span itself where none does.
    pub(super) fn sentences_around(&self, words: Span) -> Span {
        let around = self.analysis.sentences.iter().map(|sentence| sentence.span).filter(|sentence| sentence.overlaps(words));
        around.fold(words, Span::cover)
    }

    /// What kinds of things the heads of some phrases are.
    pub(super) fn classes_in(&self, phrases: &[Span]) -> Vec<EntityClass> {
        let heads = self.mentions.entities.all().iter();
        let within = heads.filter(|entity| phrases.iter().any(|phrase| phrase.contains(self.analysis.tokens[entity.head].span)));
        within.map(|entity| entity.class).collect()
    }

    /// The tense that was given, else that of the clause of the trigger.
    pub(super) fn tense(&self, given: Option<Tense>, trigger: Span) -> Result<Tense, Unfit> {
        if let Some(tense) = given {
            return Ok(tense);
        }
        let all: Vec<&str> = Tense::ALL.iter().map(|tense| tense.as_str()).collect();
        let unread = || Unfit::new("tense", format!("it cannot be read here; write one of {}", all.join(", ")));
        if matches!(self.document.language, Language::Other(_)) {
            return Err(unread());
        }
        let readable = self.coder.readable(&self.document);
        let knowledge = self.knowledge();
        let tree = Tree::new(&readable.text, &self.analysis).with_measures(&knowledge.modes.measures);
        let tokens: Vec<usize> = (0..self.analysis.tokens.len()).filter(|t| self.analysis.tokens[*t].span.overlaps(trigger)).collect();
        let head = tokens.iter().copied().find(|t| tree.head(*t).is_none_or(|head| !tokens.contains(&head))).ok_or_else(unread)?;
        Ok(factuality(&tree, head, head, &knowledge.cues).tense)
    }
}

fn span(text: &str, points: &CodePoints<'_>, field: &str, selection: &Selection) -> Result<Span, Unfit> {
    let (Selection { start, end, .. }, length) = (selection, points.of_byte(text.len()));
    if *end > length {
        return Err(Unfit::new(field, format!("the document has {length} code points, and this ends at {end}; select words of it")));
    }
    let empty = || Unfit::new(field, format!("there are no words from {start} to {end}; select some"));
    let span = if start < end { Span::new(points.to_byte(*start), points.to_byte(*end)) } else { None };
    let span = span.filter(|span| !span.text(text).trim().is_empty()).ok_or_else(empty)?;
    match &selection.text {
        Some(words) if words != span.text(text) => {
            let reason = format!("from {start} to {end} the document says “{}”, not “{words}”; count in code points", span.text(text));
            Err(Unfit::new(field, reason))
        }
        _ => Ok(span),
    }
}
