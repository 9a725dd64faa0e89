//! What is to be read? The arguments that all commands share that read files.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use sayso::input::Defaults;
use sayso::types::Edtf;
use sayso::{Coder, Input};

use crate::coding::Coding;

/// The inputs of a reading command.
#[derive(Args)]
pub(crate) struct Reading {
    /// HTML pages, plain texts, JSON lines (.jsonl), directories of these, or - for standard input.
    ///
    /// A JSON line is {"text" or "html", and as known "id", "title", "url", "publisher", "published", "credit", "byline",
    /// "language", "retrieved"}. Of directories, files ending in .html, .htm, .xhtml, .txt, .text, .jsonl or .ndjson and those
    /// without an ending are read.
    #[arg(value_name = "INPUT", required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    /// When those inputs were published that do not say it: 2017, 2017-08, 2017-08-31 or another EDTF date.
    #[arg(long, value_name = "DATE")]
    published: Option<Edtf>,
    /// Who published those inputs that do not say it.
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    #[command(flatten)]
    coding: Coding,
}

impl Reading {
    /// The coder with the user's own places and actors beside those of the program.
    pub(crate) fn coder(&self) -> anyhow::Result<Coder> {
        self.coding.coder()
    }

    /// When those inputs were published that do not say it, and who published them.
    pub(crate) fn defaults(&self) -> Defaults {
        Defaults { published: self.published.clone(), publisher: self.publisher.clone() }
    }

    /// The inputs, one after another.
    pub(crate) fn inputs(&self) -> impl Iterator<Item = Result<Input, sayso::Error>> + Send {
        sayso::inputs(&self.inputs, &self.defaults(), Box::new(io::stdin()))
    }

    /// Whether any of the inputs can be there.
    pub(crate) fn any_exists(&self) -> bool {
        self.inputs.iter().any(|path| path == Path::new("-") || path.exists())
    }
}
