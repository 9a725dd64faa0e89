//! Repository tasks: `cargo xtask TASK`. Each task is a module with its own arguments.
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::disallowed_methods, reason = "a command-line program")]

mod book;
mod browser;
mod ci;
mod contract;
mod data;
mod digest;
mod eval;
mod exchange;
mod peers;
mod python;
mod release;
mod tidy;
mod vendor;
mod workbench;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "xtask", about = "Tasks of the sayso repository")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Check the documentation and make a book of it.
    Book(book::Book),
    /// Walk through the workbench in a real browser.
    Browser(browser::Browser),
    /// Run everything that a change has to pass.
    Ci,
    /// Hold the HTTP API to its description.
    Contract,
    /// Have what `sayso export` writes read by the libraries of its formats.
    Exchange,
    /// Build the data files that are derived from public sources.
    #[command(subcommand)]
    Data(data::Data),
    /// Measure the program on corpora, and hold the figures to their floors.
    Eval(eval::Eval),
    /// Build what is handed out, with the hashes of all of it.
    Release,
    /// Measure the program beside its peers, and write docs/benchmarks.md.
    Peers(peers::Peers),
    /// Build the Python package and test it, on one machine and on Spark.
    Python(python::Python),
    /// Check floors, sizes, tables, words and models.
    Tidy,
    /// Make the libraries and the base map that the workbench loads anew from npm's packages.
    Vendor,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Book(book) => book::run(&book),
        Task::Browser(browser) => browser::run(&browser),
        Task::Ci => ci::run(),
        Task::Contract => contract::run(),
        Task::Exchange => exchange::run(),
        Task::Data(data) => data::run(&data),
        Task::Eval(eval) => eval::run(&eval),
        Task::Release => release::run(),
        Task::Peers(peers) => peers::run(&peers),
        Task::Python(python) => python::run(&python),
        Task::Tidy => tidy::run(),
        Task::Vendor => vendor::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the repository.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, PathBuf::from)
}
