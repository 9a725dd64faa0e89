//! Does the workbench work in a real browser? A day's work, the keys of a review and the eight screens, walked through in Chromium on a
//! record that is made of the examples and of the reports in `evals/corroboration/dev`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::Context;
use clap::Args;

use crate::root;
use crate::workbench::{Door, Server, built, said};

/// How it is walked through.
#[derive(Args, Default)]
pub struct Browser {
    /// Keep pictures of the eight screens in this folder.
    #[arg(long, value_name = "FOLDER")]
    pictures: Option<PathBuf>,
}

/// Where Chromium is by default; `CHROMIUM` names another.
const CHROMIUM: &str = "/usr/bin/chromium";

/// The walks, each with a record of its own.
const WALKS: [&str; 3] = ["day.mjs", "review.mjs", "screens.mjs"];

/// Walks through the workbench.
///
/// # Errors
/// Names what is not installed, or the walk that failed.
pub fn run(arguments: &Browser) -> anyhow::Result<()> {
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| CHROMIUM.to_owned());
    if !Path::new(&chromium).exists() {
        install_chromium()
            .with_context(|| format!("{chromium} is not there; install Debian's package `chromium`, or name another by CHROMIUM"))?;
    }
    let folder = root().join("target/browser");
    std::fs::create_dir_all(&folder)?;
    for file in std::fs::read_dir(root().join("tests/e2e"))? {
        let path = file?.path();
        if let (true, Some(name)) = (path.is_file(), path.file_name()) {
            std::fs::copy(&path, folder.join(name))?;
        }
    }
    said(Command::new("npm").args(["ci", "--silent", "--no-audit", "--no-fund"]).current_dir(&folder), "npm ci")?;
    built()?;
    for walk in WALKS {
        println!("== {walk}");
        let server = Server::of_new_record(&folder, Door::Link)?;
        let mut node = Command::new("node");
        node.arg(walk).arg(&server.base).arg(&server.key).current_dir(&folder).env("CHROMIUM", &chromium);
        if let Some(pictures) = arguments.pictures.as_ref().filter(|_| walk == "screens.mjs") {
            std::fs::create_dir_all(pictures)?;
            node.env("PICTURES", std::path::absolute(pictures)?);
        }
        said(&mut node, walk)?;
    }
    Ok(())
}

/// Debian's package, where this machine has it and we may.
fn install_chromium() -> anyhow::Result<()> {
    said(Command::new("apt-get").args(["update", "-qq"]), "apt-get update")?;
    said(Command::new("apt-get").args(["install", "-y", "-qq", "chromium"]).stdout(Stdio::null()), "apt-get install chromium")
}
