//! How is a sentence read? Its pieces become vectors, and each head judges the words' vectors.

use std::ops::Range;

use sayso_types::{Reading, Scorer};

use crate::attribution::{self, Attribution};
use crate::error::Error;
use crate::instructions::Instructions;
use crate::matrix::{Matrix, greatest};
use crate::names;
use crate::quantized::Rows;
use crate::transformer::{Stage, Workspace};
use crate::vocabulary::Vocabulary;
use crate::weights::Weights;
use crate::window::{Window, windows};

/// Pieces that are read at once: enough to keep the instructions busy, few enough to stay near the processor.
const BATCH: usize = 384;

/// Is told of each stage of the work when it is over.
type Watch<'w> = &'w mut dyn FnMut(Stage);

/// A trained encoder with its heads.
#[derive(Clone, Debug)]
pub struct Encoder {
    vocabulary: Vocabulary,
    weights: Weights,
    set: Instructions,
}

/// What an encoder says of one sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// Parts of speech, syntax and names; no claims and outlooks, which are decided from the scores.
    pub reading: Reading,
    /// Scores of reported speech, where the model has that head.
    pub attribution: Option<Attribution>,
    /// For each word a row of scores of how factual what it tells is, where the model has that head.
    pub factuality: Option<Matrix>,
}

impl Encoder {
    /// The encoder of a safetensors file's bytes (its layout stands in `weights.rs`) and of the vocabulary's text, one piece a line.
    ///
    /// # Errors
    /// Names the tensor, list or piece that is missing or not as expected.
    pub fn load(weights: &[u8], vocabulary: &str) -> Result<Encoder, Error> {
        let (weights, vocabulary) = (Weights::load(weights)?, Vocabulary::load(vocabulary)?);
        let rows = weights.transformer.piece_scales.len();
        if vocabulary.len() != rows {
            return Err(Error::vocabulary(format!("has {} pieces, the weights have {rows}", vocabulary.len())));
        }
        Ok(Encoder { vocabulary, weights, set: Instructions::fastest() })
    }

    /// The same encoder with other instructions: slower, and alike to the last bit.
    pub fn with_instructions(self, set: Instructions) -> Encoder {
        Encoder { set, ..self }
    }

    /// What the encoder says of each sentence, given as words; it depends on that sentence alone.
    pub fn read(&self, sentences: &[&[&str]]) -> Vec<Judgement> {
        self.read_watched(sentences, &mut |_| ())
    }

    /// As [`Encoder::read`]; tells `passed` of each stage of the work when it is over, as often as it comes.
    pub fn read_watched(&self, sentences: &[&[&str]], passed: Watch<'_>) -> Vec<Judgement> {
        let mut judgements = Vec::with_capacity(sentences.len());
        self.each_batch(sentences, passed, &mut |batch, passed| judgements.extend(self.judge(&batch, passed)));
        judgements
    }

    /// The vectors of each sentence's words, a row for each: what the heads see.
    pub fn vectors(&self, sentences: &[&[&str]]) -> Vec<Matrix> {
        let mut vectors = Vec::with_capacity(sentences.len());
        let mut add = |batch: Batch, _: Watch<'_>| vectors.extend(batch.sentences.iter().map(|s| batch.words.rows_of(s.words.clone())));
        self.each_batch(sentences, &mut |_| (), &mut add);
        vectors
    }

    /// How many pieces a sentence has, with those that open and close it.
    pub fn pieces(&self, sentence: &[&str]) -> usize {
        windows(sentence, &self.vocabulary).iter().map(|window| window.pieces.len()).sum()
    }

    fn each_batch(&self, sentences: &[&[&str]], passed: Watch<'_>, take: &mut dyn FnMut(Batch, Watch<'_>)) {
        let mut work = Workspace::default();
        let (mut waiting, mut counts, mut pieces) = (Vec::new(), Vec::new(), 0);
        for (at, sentence) in sentences.iter().enumerate() {
            let windows = windows(sentence, &self.vocabulary);
            pieces += windows.iter().map(|window| window.pieces.len()).sum::<usize>();
            counts.push(windows.len());
            waiting.extend(windows);
            if pieces >= BATCH || at + 1 == sentences.len() {
                passed(Stage::Pieces);
                let batch = self.batch(&waiting, &counts, &mut work, passed);
                take(batch, passed);
                waiting.clear();
                counts.clear();
                pieces = 0;
            }
        }
    }

    /// The words' vectors of sentences that have so many of the windows each.
    fn batch(&self, windows: &[Window], counts: &[usize], work: &mut Workspace, passed: Watch<'_>) -> Batch {
        let width = self.weights.transformer.width;
        let vectors = self.weights.transformer.vectors(windows, self.set, work, passed);
        let mut words = Vec::with_capacity(vectors.len());
        let mut rows = vectors.as_slice();
        for window in windows {
            let (of_window, rest) = rows.split_at(window.pieces.len() * width);
            words.extend(window.firsts.iter().flat_map(|first| &of_window[first * width..][..width]));
            rows = rest;
        }
        let mut windows = windows.iter();
        let mut next = 0;
        let sentence = |count: &usize| {
            let stretches: Vec<usize> = windows.by_ref().take(*count).map(|window| window.firsts.len()).collect();
            let first = next;
            next += stretches.iter().sum::<usize>();
            Stretches { words: first..next, stretches }
        };
        Batch { sentences: counts.iter().map(sentence).collect(), words: Matrix::of_values(width, words) }
    }

    fn judge(&self, batch: &Batch, passed: Watch<'_>) -> Vec<Judgement> {
        let (weights, set) = (&self.weights, self.set);
        let mut marks = Matrix::zeros(batch.words.rows(), weights.marks.outputs());
        set.multiply_dense(&weights.marks, batch.words.values(), marks.values_mut());
        let mut rows = Rows::default();
        set.quantize(batch.words.values(), batch.words.columns(), &mut rows);
        let views = weights.syntax.views(&rows, set);
        passed(Stage::Heads);
        let names_from = weights.upos.len();
        let cue_from = names_from + weights.names.len();
        let fact_from = marks.columns() - weights.factuality;
        let judgement = |sentence: &Stretches| {
            let marks = marks.rows_of(sentence.words.clone());
            let each = || (0..marks.rows()).map(|word| marks.row(word));
            let reading = Reading {
                pos: each().map(|marks| weights.upos[greatest(&marks[..names_from])]).collect(),
                arcs: weights.syntax.arcs(&views, sentence.words.clone(), sentence.stretches.iter().copied(), set),
                names: names::names(&weights.names, each().map(|marks| &marks[names_from..cue_from])),
                ..Reading::default()
            };
            let attribution = weights.speech.as_ref().map(|speech| {
                let cue = marks.columns_of(cue_from..cue_from + attribution::MARKS);
                speech.attribution(cue, &batch.words, sentence.words.clone(), set)
            });
            let factuality = (weights.factuality > 0).then(|| marks.columns_of(fact_from..marks.columns()));
            Judgement { reading, attribution, factuality }
        };
        let judgements = batch.sentences.iter().map(judgement).collect();
        passed(Stage::Decoding);
        judgements
    }
}

/// Sentences that are read at once.
struct Batch {
    sentences: Vec<Stretches>,
    /// The vectors of all words.
    words: Matrix,
}

/// The words of one sentence.
struct Stretches {
    /// As rows of the batch.
    words: Range<usize>,
    /// How many of them each window judged.
    stretches: Vec<usize>,
}

impl Scorer for Encoder {
    fn tags(&self, sentences: &[&[&str]]) -> Vec<Reading> {
        self.read(sentences).into_iter().map(|judgement| judgement.reading).collect()
    }

    fn arcs(&self, sentences: &[&[&str]], readings: &mut [Reading]) {
        let lacks = |at: &usize| readings[*at].arcs.len() != sentences[*at].len();
        let lacking: Vec<usize> = (0..sentences.len().min(readings.len())).filter(lacks).collect();
        let words: Vec<&[&str]> = lacking.iter().map(|at| sentences[*at]).collect();
        for (at, reading) in lacking.iter().zip(self.tags(&words)) {
            readings[*at] = reading;
        }
    }
}
