//! `sayso codebook`, `schema`, `manual`: what codes mean, what form output has, and how each command is called; for documentation and programs.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context;
use clap::{Args, CommandFactory, ValueEnum};
use sayso::codebook::{self, Codebook};
use sayso::schema::{Of, json_schema};

use crate::ended::Ended;

#[derive(Args)]
pub(crate) struct CodebookArguments {
    /// As what.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// A page to read
    #[default]
    Markdown,
    /// For programs
    Json,
}

#[derive(Args)]
pub(crate) struct SchemaArguments {
    /// Of what.
    #[arg(value_enum, default_value_t)]
    of: Output,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Output {
    /// A document
    Document,
    /// A statement, as `sayso code` prints it
    #[default]
    Statement,
    /// An event, relation or series, as `sayso events --format jsonl` prints it
    Group,
}

#[derive(Args)]
pub(crate) struct ManualArguments {
    /// The directory in which the pages are written; made where there is none.
    directory: PathBuf,
}

/// Prints the codebook.
pub(crate) fn codebook(arguments: &CodebookArguments) -> anyhow::Result<Ended> {
    let book = Codebook::embedded()?;
    let text = match arguments.format {
        Format::Markdown => codebook::markdown(&book),
        Format::Json => serde_json::to_string_pretty(&book)? + "\n",
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(Ended::Well)
}

/// Prints a JSON Schema.
pub(crate) fn schema(arguments: &SchemaArguments) -> anyhow::Result<Ended> {
    let of = match arguments.of {
        Output::Document => Of::Document,
        Output::Statement => Of::Statement,
        Output::Group => Of::Group,
    };
    writeln!(io::stdout().lock(), "{}", serde_json::to_string_pretty(&json_schema(of)?)?)?;
    Ok(Ended::Well)
}

/// Writes a manual page for each command.
pub(crate) fn manual(arguments: &ManualArguments) -> anyhow::Result<Ended> {
    let directory = &arguments.directory;
    let at = || format!("{}: the manual pages cannot be written there", directory.display());
    std::fs::create_dir_all(directory).with_context(at)?;
    clap_mangen::generate_to(crate::arguments::Arguments::command(), directory).with_context(at)?;
    Ok(Ended::Well)
}
