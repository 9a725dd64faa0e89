//! `sayso`: reads news reports into a sourced record and answers questions about it at the command line.

mod account;
mod actors;
mod addresses;
mod arguments;
mod arrivals;
mod code;
mod coding;
mod compare;
mod completions;
mod documents;
mod ended;
mod error_report;
mod explain;
mod export;
mod files;
mod filter;
mod gazetteer;
mod groups;
mod history;
mod import;
mod judge;
mod link;
mod marking;
mod mcp;
mod network;
mod output;
mod people;
mod progress;
mod read;
mod read_pdf;
mod reading;
mod record_at;
mod reference;
mod review;
mod serve;
mod show;
mod show_document;
mod statement_rows;
mod statements;
mod summary;
mod terminal;
mod watch;
mod write;

use std::process::ExitCode;

use arguments::{Arguments, Command};
use clap::Parser;
use ended::Ended;
use sayso::types::record::GroupKind;

fn main() -> ExitCode {
    match run(&Arguments::parse().command) {
        Ok(ended) => ended.into(),
        Err(error) if ended::is_closed_pipe(&error) => Ended::Well.into(),
        Err(error) => {
            terminal::tell(&format!("sayso: {}", ended::message(&error)));
            Ended::NothingDone.into()
        }
    }
}

fn run(command: &Command) -> anyhow::Result<Ended> {
    match command {
        Command::Read(arguments) => read::run(arguments),
        Command::Watch(arguments) => watch::run(arguments),
        Command::Code(arguments) => code::run(arguments),
        Command::Link(arguments) => link::run(arguments),
        Command::Judge(arguments) => judge::run(arguments),
        Command::Summary(arguments) => summary::run(arguments),
        Command::Statements(arguments) => statements::run(arguments),
        Command::Events(arguments) => groups::run(arguments, GroupKind::Event),
        Command::Relations(arguments) => groups::run(arguments, GroupKind::Relation),
        Command::Estimates(arguments) => groups::run(arguments, GroupKind::Estimate),
        Command::Actors(arguments) => actors::run(arguments),
        Command::Documents(arguments) => documents::run(arguments),
        Command::Export(arguments) => export::run(arguments),
        Command::Import(arguments) => import::run(arguments),
        Command::Show(arguments) => show::run(arguments),
        Command::Network(arguments) => network::network(arguments),
        Command::Changes(arguments) => network::changes(arguments),
        Command::Compare(arguments) => compare::run(arguments),
        Command::Accept(arguments) => review::accept(arguments),
        Command::Reject(arguments) => review::reject(arguments),
        Command::Correct(arguments) => review::correct(arguments),
        Command::Write(arguments) => write::run(arguments),
        Command::Undo(arguments) => review::undo(arguments),
        Command::Redo(arguments) => review::redo(arguments),
        Command::Decisions(arguments) => review::decisions(arguments),
        Command::History(arguments) => history::history(arguments),
        Command::Release(arguments) => history::release(arguments),
        Command::Releases(arguments) => history::releases(arguments),
        Command::Diff(arguments) => history::diff(arguments),
        Command::Verify(arguments) => history::verify(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::People(arguments) => people::run(arguments),
        Command::Serve(arguments) => serve::run(arguments),
        Command::Mcp(arguments) => mcp::run(arguments),
        Command::Gazetteer(arguments) => gazetteer::run(arguments),
        Command::ReadPdf(arguments) => read_pdf::run(arguments),
        Command::Completions(arguments) => completions::run(arguments),
        Command::Codebook(arguments) => reference::codebook(arguments),
        Command::Schema(arguments) => reference::schema(arguments),
        Command::Manual(arguments) => reference::manual(arguments),
    }
}
