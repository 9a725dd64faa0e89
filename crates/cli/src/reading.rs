//! What is to be read, and with which places? The arguments that all reading commands share.

use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::{Args, ValueEnum};
use sayso::input::{self, ColumnMap, DayOrder, Defaults, Inputs};
use sayso::types::Edtf;
use sayso::{Coder, Profile};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::gazetteer::DataDirectory;
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
    /// How much to spend on reading.
    #[arg(long, value_enum, default_value_t)]
    profile: ReadingProfile,
    /// Actors of your own: a table in the form of the program's (data/actors/README.md), for further groups and people, or further
    /// names of known ones. Where both have a name, yours goes first. May be given several times.
    #[arg(long, value_name = "FILE")]
    registry: Vec<PathBuf>,
    #[command(flatten)]
    data: DataDirectory,
}

/// Which of two numbers of a date is the day.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Dates {
    /// 3 April
    DayFirst,
    /// 4 March
    MonthFirst,
}

/// How much to spend on reading, as it is asked for at the command line.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum ReadingProfile {
    /// Linear models alone: many times as quick, with more misread sentences
    Fast,
    /// A neural encoder reads the sentences that can yield a statement
    #[default]
    Balanced,
    /// The encoder reads every sentence
    Deep,
}

impl From<ReadingProfile> for Profile {
    fn from(profile: ReadingProfile) -> Profile {
        match profile {
            ReadingProfile::Fast => Profile::Fast,
            ReadingProfile::Balanced => Profile::Balanced,
            ReadingProfile::Deep => Profile::Deep,
        }
    }
}

impl Reading {
    /// The coder with the user's own places and actors beside those of the program.
    pub(crate) fn coder(&self) -> anyhow::Result<Coder> {
        let mut coder = Coder::of_profile(self.profile.into())?;
        for file in self.data.files()? {
            let bytes = std::fs::read(&file).with_context(|| format!("{}: this table of places cannot be read", file.display()))?;
            coder = coder.with_gazetteer(bytes).map_err(|error| {
                anyhow::anyhow!("{}: {error}; remove the file and add its table again with `sayso gazetteer add`", file.display())
            })?;
        }
        for file in &self.registry {
            let name = file.display().to_string();
            let text = std::fs::read_to_string(file).with_context(|| format!("{name}: this table of actors cannot be read"))?;
            coder = coder.with_registry(&name, &text)?;
        }
        Ok(coder)
    }

    /// The inputs, one after another.
    pub(crate) fn inputs(&self) -> Inputs {
        let defaults = Defaults { published: self.published.clone(), publisher: self.publisher.clone() };
        let inputs = sayso::inputs(&self.inputs, &defaults, Box::new(io::stdin()));
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
