//! `sayso export`: what a question finds, in the forms of other programs.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::builder::PossibleValue;
use clap::{Args, ValueEnum};
use sayso::linking::Linker;
use sayso::question::{Question, Span, Term};
use sayso::types::Edtf;
use sayso::types::decision::Status;
use sayso_exchange::list::{ByteOrderMark, What};
use sayso_exchange::stix::ActorsAs;
use sayso_exchange::{Choice, Export, Format, Made, Written};
use sayso_store::{Clearance, Record};
use sayso_table::{What as Table, write_parquet};

use crate::arguments::AskedRecord;
use crate::ended::Ended;
use crate::link::PROGRAM;
use crate::output;
use crate::terminal;

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    which: Which,
    /// In which form.
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: FormatName,
    /// The file to write; it must not be there yet, unless --replace is given. `-` writes to standard output.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Put the new file in the place of one that is there.
    #[arg(long)]
    replace: bool,
    /// Of what the list is: of csv, jsonl and xlsx.
    #[arg(long = "of", value_enum, value_name = "WHAT", default_value = "events")]
    what: WhatName,
    /// Under which terms you hand it on; written into forms that have a place for it.
    #[arg(long, value_name = "WORDS")]
    licence: Option<String>,
    /// What stands before the path in links into a workbench: http://127.0.0.1:8787
    #[arg(long, value_name = "ADDRESS", default_value = "", hide_default_value = true)]
    site: String,
    /// In STIX, write armed groups as threat actors: that is your judgement. Else they are identities like all others.
    #[arg(long)]
    threat_actors: bool,
    /// With what people marked as restricted; else that, and all that rests on it, is left out.
    #[arg(long)]
    restricted: bool,
    /// Begin a CSV file with a byte order mark, by which Excel reads other than Latin letters.
    #[arg(long)]
    bom: bool,
    #[command(flatten)]
    record: AskedRecord,
}

/// What is exported; all parts must hold, and without any it is everything.
#[derive(Args)]
struct Which {
    /// A question as in Search: words, "phrases" and fields such as place:Kano date:2014..2015-03 -type:protest status:fair
    #[arg(value_name = "QUESTION")]
    question: Vec<String>,
    /// Type: assault, coerce, allied_with, strength and so on; of several, any.
    #[arg(long = "type", value_name = "TYPE")]
    types: Vec<String>,
    /// Who takes part: an actor's id or words of a name; of several, any.
    #[arg(long = "actor", value_name = "NAME")]
    actors: Vec<String>,
    /// Where: words of a place's or province's name, or a country; of several, any.
    #[arg(long = "place", value_name = "NAME")]
    places: Vec<String>,
    /// In which country: its code or name; of several, any.
    #[arg(long = "country", value_name = "COUNTRY")]
    countries: Vec<String>,
    /// Not wholly before this date (2017, 2017-08, 2017-08-31); what has no known time never matches.
    #[arg(long, value_name = "DATE")]
    since: Option<Edtf>,
    /// Not wholly after this date.
    #[arg(long, value_name = "DATE")]
    until: Option<Edtf>,
    /// How far events are established; of several, any.
    #[arg(long = "status", value_name = "STATUS", value_parser = clap::builder::PossibleValuesParser::new(Status::ALL.iter().map(|status| status.as_str())))]
    statuses: Vec<String>,
    /// Told by at least so many independent sources.
    #[arg(long, value_name = "NUMBER")]
    sources: Option<u64>,
}

impl Which {
    /// The question that all parts ask together.
    fn question(&self) -> anyhow::Result<Question> {
        let (mut question, remarks) = Question::read(&self.question.join(" "));
        if let Some(remark) = remarks.first() {
            anyhow::bail!("`{}` is not understood: {}", remark.written, remark.why);
        }
        let mut any = |terms: Vec<Term>| {
            if !terms.is_empty() {
                question.parts.push(sayso::question::Part { sense: sayso::question::Sense::Wanted, any: terms });
            }
        };
        any(self.types.iter().cloned().map(Term::Type).collect());
        any(self.actors.iter().cloned().map(Term::Actor).collect());
        any(self.places.iter().cloned().map(Term::Place).collect());
        any(self.countries.iter().cloned().map(Term::Country).collect());
        any(self.statuses.iter().filter_map(|code| Status::of_str(code)).map(Term::Status).collect());
        any(self.sources.map(Term::Sources).into_iter().collect());
        let time = match (&self.since, &self.until) {
            (Some(since), Some(until)) => Some(Span::Between(since.clone(), until.clone())),
            (Some(since), None) => Some(Span::From(since.clone())),
            (None, Some(until)) => Some(Span::To(until.clone())),
            (None, None) => None,
        };
        any(time.map(Term::Date).into_iter().collect());
        Ok(question)
    }
}

/// The formats, as the command line names them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum FormatName {
    /// What a question finds, in a form of our neighbours.
    Of(Format),
    /// A whole table.
    Parquet,
}

impl ValueEnum for FormatName {
    fn value_variants<'a>() -> &'a [FormatName] {
        const ALL: [FormatName; Format::ALL.len() + 1] = {
            let mut all = [FormatName::Parquet; Format::ALL.len() + 1];
            let mut at = 0;
            while at < Format::ALL.len() {
                all[at] = FormatName::Of(Format::ALL[at]);
                at += 1;
            }
            all
        };
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            FormatName::Of(format) => PossibleValue::new(format.as_str()).help(format.about()),
            FormatName::Parquet => PossibleValue::new("parquet").help("A whole table, for R, Python and DuckDB"),
        })
    }
}

/// Of what a list is, as the command line names it.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum WhatName {
    /// Events, by all that is told of each.
    Events,
    /// Relations of two actors.
    Relations,
    /// Series of estimates.
    Estimates,
    /// Single statements.
    Statements,
    /// Documents.
    Documents,
    /// Actors.
    Actors,
    /// Which statement belongs to which event, relation or series; of parquet alone.
    Members,
}

impl WhatName {
    fn what(self) -> anyhow::Result<What> {
        Ok(match self {
            WhatName::Events => What::Events,
            WhatName::Relations => What::Relations,
            WhatName::Estimates => What::Estimates,
            WhatName::Statements => What::Statements,
            WhatName::Documents => What::Documents,
            WhatName::Actors => What::Actors,
            WhatName::Members => anyhow::bail!("`--of members` is a table of `--format parquet` alone"),
        })
    }

    /// The table that it is in a record.
    fn table(self) -> anyhow::Result<Table> {
        Ok(match self {
            WhatName::Events => Table::Events,
            WhatName::Relations => Table::Relations,
            WhatName::Estimates => Table::Estimates,
            WhatName::Statements => Table::Statements,
            WhatName::Documents => Table::Documents,
            WhatName::Members => Table::Members,
            WhatName::Actors => {
                anyhow::bail!("there is no table of actors; take --of events or statements, which name theirs, or --format csv")
            }
        })
    }
}

/// Writes what is found to a file, whole or not at all.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    let question = arguments.which.question()?;
    let mut record = arguments.record.open()?;
    record.look_with(if arguments.restricted { Clearance::All } else { Clearance::Open })?;
    if record.reading().seen()? == 0 {
        terminal::tell("sayso: this record has not been linked yet; `sayso link` makes events of its statements");
    }
    let FormatName::Of(format) = arguments.format else { return parquet(arguments, &record, &question) };
    let linker = Linker::embedded()?;
    let made = Made {
        program: PROGRAM.to_owned(),
        now: terminal::now(),
        as_of: arguments.record.as_of().map(ToOwned::to_owned),
        site: arguments.site.trim_end_matches('/').to_owned(),
        licence: arguments.licence.clone(),
    };
    let export = Export { record: &record, linker: &linker, question: &question, made: &made };
    let mark = if arguments.bom { ByteOrderMark::Written } else { ByteOrderMark::LeftOut };
    let actors = if arguments.threat_actors { ActorsAs::ThreatActors } else { ActorsAs::Identities };
    let choice = Choice { what: arguments.what.what()?, mark, actors };
    if arguments.out == Path::new("-") {
        let mut out = output::standard();
        let written = sayso_exchange::write(&export, format, choice, &mut out)?;
        out.flush()?;
        tell(&written, format, choice, "standard output");
        return Ok(Ended::Well);
    }
    let written = to_file(&export, format, choice, &arguments.out, arguments.replace)?;
    tell(&written, format, choice, &arguments.out.display().to_string());
    Ok(Ended::Well)
}

/// Writes a whole table of the record.
fn parquet(arguments: &Arguments, record: &Record, question: &Question) -> anyhow::Result<Ended> {
    ensure!(
        question.parts.is_empty(),
        "parquet is a whole table: leave the question out, and ask of the table in R, Python or DuckDB; or take another format"
    );
    let table = arguments.what.table()?;
    if arguments.out == Path::new("-") {
        write_parquet(record, table, std::io::stdout())?;
        return Ok(Ended::Well);
    }
    let rows = whole(&arguments.out, arguments.replace, |partial| {
        let file = std::fs::File::create(partial).with_context(|| format!("{}: the file cannot be made", partial.display()))?;
        Ok(write_parquet(record, table, file)?)
    })?;
    terminal::tell(&format!("Wrote {rows} rows of {} to {}", table.as_str(), arguments.out.display()));
    Ok(Ended::Well)
}

/// Writes what a question finds, with the text that belongs beside it.
fn to_file(export: &Export<'_>, format: Format, choice: Choice, path: &Path, replace: bool) -> anyhow::Result<Written> {
    let written = whole(path, replace, |partial| {
        sayso_exchange::write_file(export, format, choice, partial).map_err(|error| anyhow::anyhow!("{}: {error}", path.display()))
    })?;
    if let Some(beside) = format.beside() {
        let mut name = path.as_os_str().to_owned();
        name.push(".README.txt");
        std::fs::write(PathBuf::from(name), beside).with_context(|| format!("{}: the text beside it cannot be written", path.display()))?;
    }
    Ok(written)
}

/// Writes beside the file first, so that what is there under its name is whole.
fn whole<T>(path: &Path, replace: bool, write: impl FnOnce(&Path) -> anyhow::Result<T>) -> anyhow::Result<T> {
    ensure!(!path.is_dir(), "{}: this is a directory; name a file in it", path.display());
    ensure!(replace || !path.exists(), "{}: this file is there already; name another, or give --replace", path.display());
    let mut partial = path.as_os_str().to_owned();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let _ = std::fs::remove_file(&partial);
    let written = write(&partial);
    if written.is_err() {
        let _ = std::fs::remove_file(&partial);
    }
    let written = written?;
    std::fs::rename(&partial, path).with_context(|| format!("{}: the file cannot be put there", path.display()))?;
    Ok(written)
}

fn tell(written: &Written, format: Format, choice: Choice, to: &str) {
    terminal::tell(&format!("Wrote {} {} to {to}", written.written, format.counts(choice.what)));
    for (why, number) in &written.left_out {
        terminal::tell(&format!("  left out: {number} {why}"));
    }
}
