//! What is to be read? The arguments that all commands share that read files.

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use sayso::Coder;
use sayso::input::{self, ColumnMap, DayOrder, Defaults, Inputs};
use sayso::types::Edtf;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::coding::Coding;
use crate::read_pdf;

/// The inputs of a reading command.
#[derive(Args)]
pub(crate) struct Reading {
    /// HTML pages, plain texts, JSON lines, web archives (WARC), tables (CSV, TSV, Parquet), PDF, Word documents, mails and mailboxes,
    /// ZIP archives, directories of these, or - for standard input.
    ///
    /// What a file is, its first bytes tell before its ending does; it may be packed with gzip or Zstandard. A JSON line is {"text" or
    /// "html", and as known "id", "title", "url", "publisher", "published", "credit", "byline", "language", "retrieved"}. Of
    /// directories, files of known endings (.html .htm .xhtml .txt .text .jsonl .ndjson .warc .csv .tsv .parquet .pdf .docx .eml .mbox
    /// .zip, also with .gz or .zst behind) and those without an ending are read.
    #[arg(value_name = "INPUT", required = true)]
    pub(crate) inputs: Vec<PathBuf>,
    /// When those inputs were published that do not say it: 2017, 2017-08, 2017-08-31 or another EDTF date.
    #[arg(long, value_name = "DATE")]
    published: Option<Edtf>,
    /// Who published those inputs that do not say it.
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// Which columns of tables are what: text=body,title=headline,published=date. Those that are not named are known by their names
    /// where these are usual ones.
    #[arg(long, value_name = "FIELD=COLUMN,…", default_value_t)]
    columns: ColumnMap,
    /// What comes first in dates of tables such as 03/04/2017, where both numbers can be the day.
    #[arg(long, value_enum, value_name = "ORDER")]
    dates: Option<Dates>,
    #[command(flatten)]
    coding: Coding,
}

/// Which of two numbers of a date is the day.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Dates {
    /// 3 April
    DayFirst,
    /// 4 March
    MonthFirst,
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
    pub(crate) fn inputs(&self) -> Inputs {
        let inputs = sayso::inputs(&self.inputs, &self.defaults(), Box::new(io::stdin()));
        inputs.of_tables(self.columns.clone(), self.days()).caged(read_pdf::cage())
    }

    fn days(&self) -> DayOrder {
        match self.dates {
            None => DayOrder::Unsaid,
            Some(Dates::DayFirst) => DayOrder::DayFirst,
            Some(Dates::MonthFirst) => DayOrder::MonthFirst,
        }
    }

    /// What decides how the inputs are read and coded, beside themselves: the same files read with the same settings give the same.
    pub(crate) fn settings(&self, coder: &Coder) -> String {
        let said = json!({
            "versions": coder.versions(), "published": self.published.as_ref().map(ToString::to_string), "publisher": self.publisher,
            "columns": self.columns.to_string(), "dates": format!("{:?}", self.days()),
        });
        Sha256::digest(said.to_string()).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// How many bytes there are to be read; `None` where nobody knows.
    pub(crate) fn size(&self) -> Option<u64> {
        input::size(&self.inputs)
    }

    /// Whether any of the inputs can be there.
    pub(crate) fn any_exists(&self) -> bool {
        self.inputs.iter().any(|path| path == Path::new("-") || path.exists())
    }
}
