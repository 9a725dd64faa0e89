//! Which commands are there?

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use sayso_store::{Clearance, Record};

use crate::{
    code, compare, completions, explain, export, gazetteer, groups, history, import, judge, link, mcp, network, people, read, read_pdf,
    record_at, reference, review, serve, show, statements, watch, write,
};

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
    /// Watch feeds and sitemaps, and read what is new into a record.
    Watch(watch::Arguments),
    /// Code reports and print their statements as JSON lines; no record is made.
    Code(code::Arguments),
    /// Find copies, and which statements speak of the same event, relation or series; reading does so too.
    Link(link::Arguments),
    /// Decide about events, actors, sources and copies, and who may see what: join, split, settle, status, actors, reliability, origin,
    /// restrict, open.
    Judge(judge::Arguments),
    /// Sum up a record: how much, of what kind, who, on whose word.
    Summary(AskedRecord),
    /// List statements: events, relations and estimates.
    Statements(statements::Arguments),
    /// List events: who did what to whom, by all that is told of each.
    Events(groups::Arguments),
    /// List relations: who is allied with, part of, supported by whom.
    Relations(groups::Arguments),
    /// List estimates: how many fighters, how many dead in all.
    Estimates(groups::Arguments),
    /// List actors: how often each acts, is acted upon, and speaks.
    Actors(statements::Arguments),
    /// List documents.
    Documents(statements::Arguments),
    /// Write what a question finds for other programs: ACLED- and GED-shaped tables, maps, networks, STIX, FollowTheMoney, a brief.
    Export(export::Arguments),
    /// Lay your own ACLED, UCDP GED, GTD or POLECAT file beside the record and compare; take actors of lists as candidates.
    Import(import::Arguments),
    /// Show one event, relation or series with every value, source and reason; one statement in its passage; or one document.
    Show(show::Arguments),
    /// List who is tied to an actor, by relations and joint events.
    Network(network::Network),
    /// List what changed since a date or release.
    Changes(network::Changes),
    /// Lay a copy beside its original: what it kept, left out, moved and put in.
    Compare(compare::Arguments),
    /// Accept statements: they are what the words say.
    Accept(review::Review),
    /// Reject statements: they are not what the words say, and are found no more unless asked for.
    Reject(review::Review),
    /// Correct one value of a statement.
    Correct(review::Correct),
    /// Write a statement of a document's words that no program coded.
    Write(write::Arguments),
    /// Take a decision back.
    Undo(review::Turn),
    /// Make a decision hold again that was taken back.
    Redo(review::Turn),
    /// List what people decided.
    Decisions(review::Decisions),
    /// Tell what became of an event, relation, series, statement, document or decision: who did what to it, when and why.
    History(history::History),
    /// Freeze the record as it stands under a name.
    Release(history::Freeze),
    /// List releases, each with its hashes.
    Releases(history::Releases),
    /// Tell what differs between two releases or dates, and through whom.
    Diff(history::Diff),
    /// Hold all that the record has against its log: whether anything was changed behind its back.
    Verify(history::Verify),
    /// Print what a stage makes of an input, as text.
    Explain(explain::Arguments),
    /// Show the record in a browser: alone on this machine, or for people who sign in.
    Serve(serve::Arguments),
    /// Answer an assistant (Model Context Protocol) at standard input and output; it reads, and changes nothing.
    Mcp(mcp::Arguments),
    /// Say who may come in where others are served: add, list, role, disable, password, token, log.
    People(people::Arguments),
    /// Add tables of places to the program's own.
    Gazetteer(gazetteer::Arguments),
    /// Read a PDF for another sayso.
    #[command(hide = true)]
    ReadPdf(read_pdf::Arguments),
    /// Print completions for a shell.
    Completions(completions::Arguments),
    /// Print the codebook: what every code means, by which words and rules it is given, with examples.
    Codebook(reference::CodebookArguments),
    /// Print the JSON Schema of a document, statement or group.
    Schema(reference::SchemaArguments),
    /// Write manual pages, one for each command.
    Manual(reference::ManualArguments),
}

/// Which record.
#[derive(Args)]
pub(crate) struct RecordFile {
    /// The record's file.
    #[arg(long, value_name = "FILE", default_value = "record.sayso", env = "SAYSO_RECORD")]
    pub(crate) record: PathBuf,
}

/// Which record, as of when.
#[derive(Args)]
pub(crate) struct AskedRecord {
    #[command(flatten)]
    pub(crate) file: RecordFile,
    /// As the record stood then: a date (its end), a time (2017-08-31T08:00:00Z) or a release's name.
    #[arg(long, value_name = "MOMENT")]
    as_of: Option<String>,
    /// Leave out what people restricted, and all that rests on it.
    #[arg(long)]
    without_restricted: bool,
}

impl AskedRecord {
    /// As of when, as it was given.
    pub(crate) fn as_of(&self) -> Option<&str> {
        self.as_of.as_deref()
    }

    /// The record, to be asked.
    pub(crate) fn open(&self) -> anyhow::Result<Record> {
        let mut record = record_at::open(&self.file.record, self.as_of.as_deref())?;
        if self.without_restricted {
            record.look_with(Clearance::Open)?;
        }
        Ok(record)
    }
}
