//! Repository tasks: `cargo xtask TASK`. Each task is a module with its own arguments.

mod data;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "xtask", about = "Tasks of the sayso repository")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build the data files that are derived from public sources.
    #[command(subcommand)]
    Data(data::Data),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().task {
        Task::Data(data) => data::run(&data),
    }
}
