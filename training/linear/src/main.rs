//! Trains the linear models from a directory of corpora and writes weights, lemmas and manifest.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Parser;
use sayso_language::{Lexicon, LexiconFile, LexiconFiles, Models};
use sayso_training_linear::lemmas::lemma_file;
use sayso_training_linear::manifest::Manifest;
use sayso_training_linear::name_corpora::NamedSentence;
use sayso_training_linear::renamed::Substitutes;
use sayso_training_linear::{Corpora, measure, train};

/// Trains or measures the linear language models.
#[derive(Parser)]
struct Arguments {
    /// Directory of corpora: `language/*.gz`, `re3d/*.jsonl`.
    #[arg(long)]
    data: PathBuf,
    /// Where the model files stand.
    #[arg(long, default_value = "data/models/linear")]
    out: PathBuf,
    /// The project's own data: word lists, actors and places.
    #[arg(long, default_value = "data")]
    knowledge: PathBuf,
    /// Measure the model files that are there, and train nothing.
    #[arg(long)]
    measure: bool,
    /// Learn the lemmas anew and keep the model files that are there.
    #[arg(long)]
    lemmas: bool,
    /// Write the sentences that the name tagger learns from to this file, for other trainers, and train nothing.
    #[arg(long)]
    names: Option<PathBuf>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut corpora = Corpora::read(&arguments.data)?;
    let model_path = arguments.out.join("linear.bin");
    let lemma_path = arguments.out.join("lemmas.tsv");
    if let Some(path) = &arguments.names {
        let lexicon = lexicon(&arguments.knowledge, &read(&lemma_path)?)?;
        let substitutes = Substitutes::read(&arguments.knowledge, &lexicon, &mut corpora.files)?;
        let renamed = substitutes.renamed(&corpora.names);
        let lines: Vec<String> = corpora.names.iter().chain(&renamed).map(NamedSentence::line).collect();
        return write(path, lines.concat().as_bytes());
    }
    if !arguments.measure {
        let trees: Vec<_> = corpora.ewt.iter().chain(&corpora.gum).collect();
        let irregular = read(&arguments.knowledge.join("lexicons/en/irregular.tsv"))?;
        write(&lemma_path, lemma_file(&trees, &irregular).as_bytes())?;
    }
    if !arguments.measure && !arguments.lemmas {
        let lexicon = lexicon(&arguments.knowledge, &read(&lemma_path)?)?;
        let substitutes = Substitutes::read(&arguments.knowledge, &lexicon, &mut corpora.files)?;
        let renamed = substitutes.renamed(&corpora.names);
        corpora.names.extend(renamed);
        write(&model_path, &train::train(&corpora).to_bytes())?;
    }
    let bytes = std::fs::read(&model_path).with_context(|| format!("cannot read {}", model_path.display()))?;
    let models = Models::load(&bytes)?;
    let lemmas = read(&lemma_path)?;
    let lexicon = lexicon(&arguments.knowledge, &lemmas)?;
    let measures = measure::measure(&corpora, &models, &lexicon);
    report(&corpora, &models, &measures, bytes.len());
    if !arguments.measure {
        let manifest = Manifest::new(&bytes, &lemmas, &corpora.files, &measures);
        write(&arguments.out.join("manifest.json"), format!("{}\n", serde_json::to_string_pretty(&manifest)?).as_bytes())?;
    }
    Ok(())
}

#[allow(clippy::print_stdout, reason = "the report is this program's output")]
fn report(corpora: &Corpora, models: &Models, measures: &measure::Measures, size: usize) {
    for (corpus, name, value) in measures {
        println!("{corpus}\t{name}\t{value:.2}");
    }
    let (tags, arcs) = measure::speed(corpora, models);
    println!("model\tbytes\t{size}\nspeed\ttags_and_names\t{tags:.0}\nspeed\tarcs\t{arcs:.0}");
}

fn lexicon(directory: &Path, lemmas: &str) -> Result<Lexicon> {
    let directory = directory.join("lexicons/en");
    let abbreviations = read(&directory.join("abbreviations.tsv"))?;
    let openers = read(&directory.join("openers.tsv"))?;
    let tokenization = read(&directory.join("tokenization.tsv"))?;
    Ok(Lexicon::load(&LexiconFiles {
        abbreviations: LexiconFile { name: "abbreviations.tsv", text: &abbreviations },
        openers: LexiconFile { name: "openers.tsv", text: &openers },
        tokenization: LexiconFile { name: "tokenization.tsv", text: &tokenization },
        lemmas: LexiconFile { name: "lemmas.tsv", text: lemmas },
    })?)
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
}
