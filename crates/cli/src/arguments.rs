//! Which commands are there?

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::{code, compare, completions, explain, gazetteer, judge, link, read, serve, show, statements};

/// Reads news reports of armed conflict into a sourced record: who did what to whom, where, when, how many, and on whose say-so.
#[derive(Parser)]
#[command(
    name = "sayso",
    version,
    max_term_width = 100,
    after_help = "Begin with: sayso read REPORTS…, then: sayso summary, sayso events, sayso serve.

Exit status: 0 all is well; 1 some inputs could not be read; 2 the command line is wrong; 3 nothing could be done; 130 interrupted."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Read reports into a record, and sum it up.
    Read(read::Arguments),
    /// Code reports and print their statements as JSON lines; no record is made.
    Code(code::Arguments),
    /// Find copies, and which statements speak of the same event, relation or series; reading does so too.
    Link(link::Arguments),
    /// Decide about events, actors, sources and copies: join, split, settle, status, actors, reliability, origin.
    Judge(judge::Arguments),
    /// Sum up a record: how much, of what kind, who, on whose word.
    Summary(RecordFile),
    /// List statements: events, relations and estimates.
    Statements(statements::Arguments),
    /// List events: who did what to whom.
    Events(statements::Arguments),
    /// List relations: who is allied with, part of, supported by whom.
    Relations(statements::Arguments),
    /// List estimates: how many fighters, how many dead in all.
    Estimates(statements::Arguments),
    /// List actors: how often each acts, is acted upon, and speaks.
    Actors(statements::Arguments),
    /// List documents.
    Documents(statements::Arguments),
    /// Show one event, relation or series with every value, source and reason; one statement in its passage; or one document.
    Show(show::Arguments),
    /// Lay a copy beside its original: what it kept, left out, moved and put in.
    Compare(compare::Arguments),
    /// Print what a stage makes of an input, as text.
    Explain(explain::Arguments),
    /// Show the record as web pages on this machine.
    Serve(serve::Arguments),
    /// Add tables of places to the program's own.
    Gazetteer(gazetteer::Arguments),
    /// Print completions for a shell.
    Completions(completions::Arguments),
}

/// Which record.
#[derive(Args)]
pub(crate) struct RecordFile {
    /// The record's file.
    #[arg(long, value_name = "FILE", default_value = "record.sayso", env = "SAYSO_RECORD")]
    pub(crate) record: PathBuf,
}
