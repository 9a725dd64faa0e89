//! What is learned from? Treebanks and name corpora in one directory, of which only what may be shipped is used for training.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result};
use sayso_language::evaluate::{Tree, read_treebank};

use crate::name_corpora::{NamedSentence, gum_names, re3d, tagged};

/// Genres of GUM whose texts are free; those under non-commercial or unstated terms (fiction, wikiHow, essay, letter, podcast) are left out.
const FREE_GENRES: [&str; 9] = ["news", "interview", "bio", "voyage", "academic", "court", "speech", "textbook", "vlog"];

/// What training and tuning read.
pub struct Corpora {
    /// EWT, train.
    pub ewt: Vec<Tree>,
    /// GUM, train, free genres.
    pub gum: Vec<Tree>,
    /// EWT, dev.
    pub ewt_dev: Vec<Tree>,
    /// GUM, dev.
    pub gum_dev: Vec<Tree>,
    /// Names to learn from.
    pub names: Vec<NamedSentence>,
    /// Names to measure on: worldwide newswire, dev.
    pub names_dev: Vec<NamedSentence>,
    /// The files that weights learn from, with the SHA-256 of their unpacked text.
    pub files: Vec<(String, String)>,
}

impl Corpora {
    /// Reads the corpora of `data`, laid out as `language/*.gz` and `re3d/*.jsonl`.
    pub fn read(data: &Path) -> Result<Corpora> {
        let language = data.join("language");
        let mut files = Vec::new();
        let mut read = |name: &str| -> Result<String> {
            let text = gunzip(&language.join(name))?;
            files.push((format!("language/{name}"), crate::manifest::sha256(text.as_bytes())));
            Ok(text)
        };
        let ewt = read_treebank(&read("ewt-train.conllu.gz")?);
        let gum: Vec<Tree> = read_treebank(&read("gum-train.conllu.gz")?).into_iter().filter(|tree| is_free(&tree.id)).collect();
        let mut names = gum_names(&gum);
        for file in ["wikigold.jsonl.gz", "wnut-train.jsonl.gz", "uner-dev.jsonl.gz"] {
            names.extend(tagged(&read(file)?).with_context(|| file.to_owned())?);
        }
        let conflict = std::fs::read_to_string(data.join("re3d/train.jsonl")).context("re3d/train.jsonl")?;
        files.push(("re3d/train.jsonl".to_owned(), crate::manifest::sha256(conflict.as_bytes())));
        names.extend(re3d(&conflict).context("re3d/train.jsonl")?);
        Ok(Corpora {
            ewt,
            gum,
            ewt_dev: read_treebank(&gunzip(&language.join("ewt-dev.conllu.gz"))?),
            gum_dev: read_treebank(&gunzip(&language.join("gum-dev.conllu.gz"))?),
            names,
            names_dev: tagged(&gunzip(&language.join("ww-dev.jsonl.gz"))?)?,
            files,
        })
    }
}

/// Whether a GUM sentence's genre, which its number names ("GUM_news_nasa-3"), is free.
fn is_free(id: &str) -> bool {
    id.strip_prefix("GUM_").and_then(|rest| rest.split('_').next()).is_some_and(|genre| FREE_GENRES.contains(&genre))
}

/// The text of a gzipped file.
pub fn gunzip(path: &Path) -> Result<String> {
    let mut text = String::new();
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    flate2::read::GzDecoder::new(file).read_to_string(&mut text).with_context(|| format!("cannot unpack {}", path.display()))?;
    Ok(text)
}
