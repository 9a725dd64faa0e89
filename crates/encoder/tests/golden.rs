//! Does the encoder read as the network that was trained? Readings that the training wrote, beside what is read here.
//!
//! `tests/golden/*.json` hold lists of readings; the weights they came from stand in `data/models/encoder`. Eight-bit integers are not
//! what the network was trained in, so a few words in a hundred may be read otherwise where two readings were nearly alike.

use std::fs;
use std::path::{Path, PathBuf};

use sayso_encoder::{Encoder, Judgement, Matrix};
use sayso_types::NameClass;
use serde::Deserialize;

/// Of the words of a file, how many must be read alike.
const ALIKE: f64 = 0.97;
/// The cosine of the words' vectors, on average.
const COSINE: f64 = 0.99;

#[derive(Deserialize)]
struct Golden {
    words: Vec<String>,
    upos: Vec<String>,
    /// From 1 on, 0 for the root.
    heads: Vec<usize>,
    relations: Vec<String>,
    names: Vec<String>,
    /// The first numbers of each word's vector.
    vectors: Vec<Vec<f32>>,
    /// Scores of each word.
    #[serde(default)]
    cue: Vec<Vec<f32>>,
    #[serde(default)]
    fact: Vec<Vec<f32>>,
}

#[derive(Default)]
struct Agreement {
    words: usize,
    upos: usize,
    heads: usize,
    relations: usize,
    names: usize,
    cosine: f64,
    scores: f32,
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).map(|found| found.flatten().map(|file| file.path()).collect()).unwrap_or_default();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    files
}

fn encoder() -> Encoder {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/models/encoder");
    let weights = fs::read(folder.join("encoder.safetensors")).expect("the weights that the golden readings came from");
    let vocabulary = fs::read_to_string(folder.join("vocab.txt")).expect("their vocabulary");
    Encoder::load(&weights, &vocabulary).expect("an encoder")
}

fn marks(judgement: &Judgement) -> Vec<String> {
    let mut marks = vec!["O".to_owned(); judgement.reading.pos.len()];
    for name in &judgement.reading.names {
        let kind = match name.kind {
            NameClass::Person => "PER",
            NameClass::Organization => "ORG",
            NameClass::Location => "LOC",
            NameClass::Other => "OTHER",
        };
        for at in name.words.clone() {
            marks[at] = format!("{}-{kind}", if at == name.words.start { "B" } else { "I" });
        }
    }
    marks
}

fn cosine(a: &[f32], b: &[f32]) -> f64 {
    let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>();
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

fn compare(golden: &Golden, judgement: &Judgement, vectors: &Matrix, sum: &mut Agreement) {
    let reading = &judgement.reading;
    let marks = marks(judgement);
    assert_eq!([reading.pos.len(), reading.arcs.len(), vectors.rows()], [golden.words.len(); 3], "{:?}", golden.words);
    for (at, mark) in marks.iter().enumerate() {
        let arc = reading.arcs[at];
        let head = if arc.head == at { 0 } else { arc.head + 1 };
        sum.words += 1;
        sum.upos += usize::from(reading.pos[at].as_str() == golden.upos[at]);
        sum.heads += usize::from(head == golden.heads[at]);
        sum.relations += usize::from(arc.relation.as_str() == golden.relations[at]);
        sum.names += usize::from(*mark == golden.names[at]);
        let expected = &golden.vectors[at];
        sum.cosine += cosine(&vectors.row(at)[..expected.len()], expected);
    }
    let mut scores = |found: &Matrix, expected: &[Vec<f32>]| {
        let pairs = expected.iter().enumerate().flat_map(|(at, row)| found.row(at).iter().zip(row));
        sum.scores = pairs.fold(sum.scores, |most, (found, expected)| most.max((found - expected).abs()));
    };
    judgement.attribution.iter().for_each(|attribution| scores(&attribution.cue, &golden.cue));
    judgement.factuality.iter().for_each(|factuality| scores(factuality, &golden.fact));
}

#[test]
fn the_encoder_reads_as_the_trained_network() {
    let files = files();
    if files.is_empty() {
        return;
    }
    let encoder = encoder();
    for file in files {
        let text = fs::read_to_string(&file).expect("a readable file");
        let golden: Vec<Golden> = serde_json::from_str(&text).expect("a list of readings");
        let words: Vec<Vec<&str>> = golden.iter().map(|reading| reading.words.iter().map(String::as_str).collect()).collect();
        let sentences: Vec<&[&str]> = words.iter().map(Vec::as_slice).collect();
        let mut sum = Agreement::default();
        for ((golden, judgement), vectors) in golden.iter().zip(encoder.read(&sentences)).zip(encoder.vectors(&sentences)) {
            compare(golden, &judgement, &vectors, &mut sum);
        }
        let shares = [sum.upos, sum.heads, sum.relations, sum.names].map(|alike| alike as f64 / sum.words as f64);
        let cosine = sum.cosine / sum.words as f64;
        let found = format!("{}: {shares:.3?} alike, cosine {cosine:.4}, scores within {:.2}", file.display(), sum.scores);
        assert!(shares.iter().all(|share| *share >= ALIKE) && cosine >= COSINE && sum.scores < 1.0, "{found}");
    }
}
