//! `sayso write`: a statement that a person makes of a document's words, where no program coded it.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Args;
use sayso::Coder;
use sayso::types::decision::{Action, TextAnchor};
use sayso::write::{self, Codes, Selection, Writing};
use sayso_store::Record;

use crate::arguments::RecordFile;
use crate::ended::Ended;
use crate::record_at::Signature;
use crate::{link, review, terminal};

#[derive(Args)]
pub(crate) struct Arguments {
    /// The document's id, or the beginning of it.
    document: String,
    /// What its words state, as JSON: kind, type, modality, negated, evidence, trigger, and what else is known; `-` is standard input.
    #[arg(value_name = "FILE", required_unless_present = "suggest")]
    file: Option<PathBuf>,
    /// Print what could be stated of these code points of its text, to pick from; nothing is kept.
    #[arg(long, value_name = "START-END", conflicts_with = "file", value_parser = selection)]
    suggest: Option<Selection>,
    #[command(flatten)]
    signature: Signature,
    #[command(flatten)]
    record: RecordFile,
}

/// Keeps the statement and links what it touches, or prints what could be stated.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Ended> {
    let (coder, codes) = (Coder::embedded()?, Codes::embedded()?);
    let Some(file) = &arguments.file else { return suggested(arguments, &coder, &codes) };
    let who = arguments.signature.who()?;
    let mut record = Record::open_to_change(&arguments.record.record, &terminal::now())?;
    let document = record.document(&arguments.document)?.record;
    let writing: Writing = serde_json::from_str(&contents(file)?).map_err(|error| {
        let (file, document) = (file.display(), &arguments.document);
        anyhow::anyhow!("{file}: this is no statement to write ({error}); `sayso write {document} --suggest START-END` prints some")
    })?;
    let statement =
        write::statement(&coder, &codes, &document, &writing).map_err(|unfit| anyhow::anyhow!("{}: {unfit}", file.display()))?;
    let id = statement.id.clone();
    let action = Action::Write { document: TextAnchor::of(&document), statement: Box::new(statement) };
    review::done(record.decide(&who, &arguments.signature.why, &action)?, &action)?;
    writeln!(io::stdout().lock(), "`sayso show {id}` shows the statement.")?;
    link::after_decision(&mut record)?;
    Ok(Ended::Well)
}

fn suggested(arguments: &Arguments, coder: &Coder, codes: &Codes) -> anyhow::Result<Ended> {
    let Some(selected) = &arguments.suggest else { return Ok(Ended::NothingDone) };
    let record = Record::open_read_only(&arguments.record.record)?;
    let document = record.document(&arguments.document)?.record;
    let proposal = write::suggest(coder, codes, &document, selected)?;
    writeln!(io::stdout().lock(), "{}", serde_json::to_string_pretty(&proposal)?)?;
    Ok(Ended::Well)
}

fn contents(file: &Path) -> anyhow::Result<String> {
    if file.as_os_str() == "-" {
        let mut text = String::new();
        io::stdin().lock().read_to_string(&mut text).context("standard input does not read as text")?;
        return Ok(text);
    }
    fs::read_to_string(file).with_context(|| format!("{}: the file cannot be read; check its name", file.display()))
}

fn selection(text: &str) -> Result<Selection, String> {
    let range = text.split_once('-').and_then(|(start, end)| Some((start.trim().parse().ok()?, end.trim().parse().ok()?)));
    let (start, end) = range.ok_or("write two numbers of code points: 120-134")?;
    Ok(Selection { start, end, text: None })
}
