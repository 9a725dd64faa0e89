//! How good is the program? Its measures on each corpus, one line a corpus, kept in `evals/record/` and held to `evals/floors.json`.

mod attribution;
mod attribution_nested;
pub mod calibration;
mod corroboration;
mod dedup;
mod ecb_plus;
mod factuality;
mod geo;
mod html;
mod isaf;
mod language;
mod logistic;
mod muc4;
mod plain;
mod plover_gsr;
mod re3d;
mod record;
mod reports;
mod time;
mod un_narratives;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use clap::ValueEnum;
use sayso::Coder;
use serde::de::DeserializeOwned;

use crate::digest::sha256;
use crate::root;
use record::{Figures, Floors};

/// Where the corpora are looked for, from the root of the repository.
pub const DATA: &str = "../shared/data";
/// Where the repository keeps what it measures itself on.
const OWN: &str = "evals/";

/// What is to be measured.
#[derive(clap::Args)]
pub struct Eval {
    /// Corpora by name; without any, all whose data are there
    corpora: Vec<String>,
    /// The folder of the corpora, one folder each
    #[arg(long, default_value = DATA)]
    data: PathBuf,
    /// Which part of each corpus
    #[arg(long, value_enum, default_value = "dev")]
    split: Split,
    /// Print one JSON object a corpus
    #[arg(long)]
    json: bool,
    /// Print on standard error each item that was not read as the gold has it, where a corpus's measure compares items
    #[arg(long)]
    errors: bool,
}

/// A part of a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Split {
    /// For development.
    Dev,
    /// Seen only to be measured on.
    Test,
}

impl Split {
    fn as_str(self) -> &'static str {
        match self {
            Split::Dev => "dev",
            Split::Test => "test",
        }
    }
}

/// The measures of a corpus by name; percentages unless the corpus says otherwise.
type Measures = BTreeMap<String, f64>;

/// A corpus and how it is measured.
struct Corpus {
    name: &'static str,
    /// Its files for a split; the first must be there, the others may be. What begins with [`OWN`] is part of the repository; another name
    /// with a `/` is of another corpus's folder.
    files: fn(Split) -> Vec<String>,
    /// Items and measures.
    measure: fn(&Reading<'_>) -> anyhow::Result<(usize, Measures)>,
}

const CORPORA: &[Corpus] = &[
    isaf::CORPUS,
    language::CORPUS,
    time::CORPUS,
    attribution::CORPUS,
    attribution_nested::CORPUS,
    factuality::CORPUS,
    geo::CORPUS,
    html::CORPUS,
    un_narratives::CORPUS,
    muc4::CORPUS,
    plover_gsr::CORPUS,
    re3d::CORPUS,
    reports::CORPUS,
    corroboration::CORPUS,
    ecb_plus::CORPUS,
    calibration::CORPUS,
    dedup::CORPUS,
];

/// What a measurement reads: the files of one corpus and the program itself.
struct Reading<'r> {
    /// Where the corpus lies.
    folder: &'r Path,
    texts: Vec<(String, Vec<u8>)>,
    coder: &'r OnceCell<Coder>,
    errors: bool,
}

impl Reading<'_> {
    /// The bytes of a file, where it is there; `.gz` is unpacked.
    fn text(&self, name: &str) -> anyhow::Result<Option<String>> {
        let Some((_, bytes)) = self.texts.iter().find(|(n, _)| n == name) else { return Ok(None) };
        if !bytes.starts_with(GZIP) {
            return Ok(Some(String::from_utf8(bytes.clone())?));
        }
        let mut text = String::new();
        std::io::Read::read_to_string(&mut flate2::read::MultiGzDecoder::new(bytes.as_slice()), &mut text)?;
        Ok(Some(text))
    }

    /// The rows of the corpus's first file, one JSON object a line.
    fn rows<R: DeserializeOwned>(&self) -> anyhow::Result<Vec<R>> {
        self.rows_of(str::to_owned)
    }

    /// The rows of the corpus's first file, each line changed to one JSON object.
    fn rows_of<R: DeserializeOwned>(&self, object: impl Fn(&str) -> String) -> anyhow::Result<Vec<R>> {
        let (name, _) = self.texts.first().context("the corpus has no file")?;
        let text = self.text(name)?.unwrap_or_default();
        let row = |(number, line)| serde_json::from_str(&object(line)).with_context(|| format!("{name}:{number}"));
        (1..).zip(text.lines()).map(row).collect()
    }

    /// The rows of another file of the corpus, one JSON object a line.
    fn rows_in<R: DeserializeOwned>(&self, name: &str) -> anyhow::Result<Vec<R>> {
        let text = self.text(name)?.with_context(|| format!("{name} is not there"))?;
        let row = |(number, line)| serde_json::from_str(line).with_context(|| format!("{name}:{number}"));
        (1..).zip(text.lines()).map(row).collect()
    }

    /// Shows an item that was not read as the gold has it, where errors are asked for.
    fn report<T: PartialEq + Debug>(&self, id: &str, found: &T, gold: &T) {
        if self.errors && found != gold {
            eprintln!("{id}\tfound {found:?}\tgold {gold:?}");
        }
    }

    /// Shows what was missed or found besides, where errors are asked for.
    fn note(&self, id: &str, words: &str) {
        if self.errors {
            eprintln!("{id}\t{words}");
        }
    }

    fn coder(&self) -> anyhow::Result<&Coder> {
        if self.coder.get().is_none() {
            let loaded = Coder::embedded()?;
            return Ok(self.coder.get_or_init(|| loaded));
        }
        self.coder.get().context("the coder was just loaded")
    }
}

/// Fits the weights by which mentions are linked to the training part of ECB+ below `data`.
///
/// # Errors
/// Says what cannot be read or written.
pub fn fit_mentions(data: &Path) -> anyhow::Result<()> {
    ecb_plus::fit(data)
}

/// Fits the weights of the adapter for MUC-4 to the training part below `data`.
///
/// # Errors
/// Says what cannot be read or written.
pub fn fit_muc4(data: &Path) -> anyhow::Result<()> {
    muc4::fit(data)
}

/// Measures the corpora and prints, records and checks their figures.
///
/// # Errors
/// Names a corpus that is unknown or not there, and every figure below its floor.
pub fn run(eval: &Eval) -> anyhow::Result<()> {
    let chosen = chosen(eval)?;
    let floors = Floors::read(&root())?;
    let coder = OnceCell::new();
    let mut below = Vec::new();
    for corpus in chosen {
        let Some(figures) = figures(corpus, eval, &coder)? else { continue };
        println!("{}", if eval.json { figures.json() } else { figures.line() });
        figures.write(&root())?;
        below.extend(floors.below(&figures));
    }
    ensure!(below.is_empty(), "below evals/floors.json: {}", below.join("; "));
    Ok(())
}

/// Measures all corpora that are there on their dev parts.
///
/// # Errors
/// Names every figure below its floor.
pub fn run_where_there() -> anyhow::Result<()> {
    run(&Eval { corpora: Vec::new(), data: root().join(DATA), split: Split::Dev, json: false, errors: false })
}

fn chosen(eval: &Eval) -> anyhow::Result<Vec<&'static Corpus>> {
    if eval.corpora.is_empty() {
        return Ok(CORPORA.iter().collect());
    }
    let known = || CORPORA.iter().map(|c| c.name).collect::<Vec<_>>().join(", ");
    let find =
        |name: &String| CORPORA.iter().find(|c| c.name == name).with_context(|| format!("no corpus `{name}`; there are {}", known()));
    eval.corpora.iter().map(find).collect()
}

/// The figures of a corpus; none where it was not asked for by name and is not there.
fn figures(corpus: &Corpus, eval: &Eval, coder: &OnceCell<Coder>) -> anyhow::Result<Option<Figures>> {
    let folder = eval.data.join(corpus.name);
    let names = (corpus.files)(eval.split);
    let texts = texts(&eval.data, corpus, eval.split)?;
    let first = names.first().context("the corpus has a file")?;
    if texts.first().is_none_or(|(name, _)| name.trim_end_matches(".gz") != first.trim_end_matches(".gz")) {
        let missing = format!(
            "{}: {} is not there; the corpora are not part of the repository, `--data DIR` says where they are",
            corpus.name,
            path(&eval.data, corpus, first).display()
        );
        if eval.corpora.is_empty() {
            eprintln!("{missing}");
            return Ok(None);
        }
        bail!(missing);
    }
    let sha256 = texts.iter().map(|(name, bytes)| (name.clone(), sha256(bytes))).collect();
    let (items, measures) =
        (corpus.measure)(&Reading { folder: &folder, texts, coder, errors: eval.errors }).with_context(|| corpus.name.to_owned())?;
    Ok(Some(Figures::new(corpus.name, eval.split, items, measures, sha256)))
}

/// Those of a corpus's files for a split that are there, packed or not.
fn texts(data: &Path, corpus: &Corpus, split: Split) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let mut texts = Vec::new();
    for name in (corpus.files)(split) {
        for name in [name.clone(), format!("{name}.gz"), name.trim_end_matches(".gz").to_owned()] {
            let path = path(data, corpus, &name);
            if path.is_file() {
                texts.push((name, std::fs::read(&path).with_context(|| path.display().to_string())?));
                break;
            }
        }
    }
    Ok(texts)
}

/// Where a file of a corpus lies: in the corpus's folder, where its name has a folder in that one, or in the repository.
fn path(data: &Path, corpus: &Corpus, name: &str) -> PathBuf {
    match name {
        own if own.starts_with(OWN) => root().join(own),
        other if other.contains('/') => data.join(other),
        own => data.join(corpus.name).join(own),
    }
}

/// What a gzipped file begins with.
const GZIP: &[u8] = &[0x1f, 0x8b];

/// The file of a split of most corpora.
fn one_file(split: Split) -> Vec<String> {
    vec![format!("{}.jsonl", split.as_str())]
}

/// The harmonic mean of precision and recall in percent; 0 of nothing.
fn f1(right: usize, found: usize, gold: usize) -> f64 {
    percent(2 * right, found + gold)
}

/// The harmonic mean of a precision and a recall, each a part of a whole, in percent; 0 of nothing.
fn f1_of((right, found): (usize, usize), (met, gold): (usize, usize)) -> f64 {
    let (precision, recall) = (percent(right, found), percent(met, gold));
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}

/// `part` of `whole` in percent; 0 of nothing.
fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
}
