//! What does a change have to pass? The steps in the order in which they say most for their time.

use std::process::Command;

use anyhow::{Context, ensure};

use crate::book::{self, Book};
use crate::browser::{self, Browser};
use crate::python::{self, Python};
use crate::{contract, eval, exchange, root, tidy};

/// Steps that every machine with a toolchain can run.
const STEPS: &[&[&str]] =
    &[&["fmt", "--all", "--check"], &["test", "--workspace"], &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]];

/// Runs all steps and stops at the first that fails. The corpora and cargo-deny are asked where they are there.
///
/// # Errors
/// Names the step that failed.
pub fn run() -> anyhow::Result<()> {
    for step in STEPS {
        cargo(step)?;
    }
    println!("== tidy");
    tidy::run()?;
    println!("== browser");
    browser::run(&Browser::default())?;
    println!("== contract");
    contract::run()?;
    println!("== book");
    book::run(&Book::default())?;
    println!("== python");
    python::run(&Python::default())?;
    println!("== exchange");
    exchange::run()?;
    println!("== eval");
    eval::run_where_there()?;
    if Command::new("cargo").args(["deny", "--version"]).output().is_ok_and(|o| o.status.success()) {
        cargo(&["deny", "check", "bans", "licenses", "sources"])?;
    } else {
        println!("== cargo deny: not installed, left out");
    }
    Ok(())
}

fn cargo(arguments: &[&str]) -> anyhow::Result<()> {
    let line = format!("cargo {}", arguments.join(" "));
    println!("== {line}");
    let status = Command::new("cargo").args(arguments).current_dir(root()).status().with_context(|| line.clone())?;
    ensure!(status.success(), "`{line}` failed");
    Ok(())
}
