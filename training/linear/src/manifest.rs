//! What is a model file, and where does it come from? The manifest that stands beside it.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::measure::Measures;

/// The manifest of a model file.
#[derive(Serialize)]
pub struct Manifest {
    name: &'static str,
    version: u32,
    task: &'static str,
    files: BTreeMap<&'static str, String>,
    licence: &'static str,
    learned_from: Vec<Source>,
    data: BTreeMap<String, String>,
    recipe: &'static str,
    scores: BTreeMap<String, BTreeMap<String, f64>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
    licence: &'static str,
    part: &'static str,
}

const SOURCES: [Source; 6] = [
    Source { name: "UD English-EWT", licence: "CC BY-SA 4.0", part: "train" },
    Source {
        name: "UD English-GUM",
        licence: "annotation CC BY 4.0; texts CC BY, CC BY-SA or public domain",
        part: "train; news, interview, bio, voyage, academic, court, speech, textbook, vlog",
    },
    Source { name: "Universal NER on EWT", licence: "CC BY-SA 4.0", part: "dev" },
    Source { name: "WikiGold", licence: "CC BY 4.0", part: "all" },
    Source { name: "WNUT 2017", licence: "CC BY 4.0", part: "train" },
    Source { name: "re3d", licence: "OGL 3.0, public domain, CC BY-SA 3.0", part: "train without the BBC's documents" },
];

impl Manifest {
    /// The manifest of model bytes and lemma text.
    pub fn new(model: &[u8], lemmas: &str, data: &[(String, String)], measures: &Measures) -> Manifest {
        let mut scores: BTreeMap<String, BTreeMap<String, f64>> = BTreeMap::new();
        for (corpus, name, value) in measures {
            scores.entry(corpus.clone()).or_default().insert(name.clone(), (value * 100.0).round() / 100.0);
        }
        Manifest {
            name: "linear-en",
            version: sayso_language::MODEL_VERSION,
            task: "universal parts of speech, dependency syntax, names, lemmas of English",
            files: BTreeMap::from([("linear.bin", sha256(model)), ("lemmas.tsv", sha256(lemmas.as_bytes()))]),
            licence: "CC BY-SA 4.0",
            learned_from: SOURCES.into(),
            data: data.iter().cloned().collect(),
            recipe: "cargo run --release -p sayso-training-linear -- --data DIR --out data/models/linear",
            scores,
        }
    }
}

/// The SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
