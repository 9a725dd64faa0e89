//! Does the workbench work in a real browser? A day's work, the keys of a review and the eight screens, walked through in Chromium on a
//! record that is made of the examples and of the reports in `evals/corroboration/dev`.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail, ensure};
use clap::Args;

use crate::root;

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
    said(Command::new("cargo").args(["build", "--quiet", "-p", "sayso-cli"]).current_dir(root()), "cargo build -p sayso-cli")?;
    for walk in WALKS {
        println!("== {walk}");
        let server = Server::of_new_record(&folder)?;
        let mut node = Command::new("node");
        node.arg(walk).arg(&server.base).arg(&server.link).current_dir(&folder).env("CHROMIUM", &chromium);
        if let Some(pictures) = arguments.pictures.as_ref().filter(|_| walk == "screens.mjs") {
            std::fs::create_dir_all(pictures)?;
            node.env("PICTURES", std::path::absolute(pictures)?);
        }
        said(&mut node, walk)?;
    }
    Ok(())
}

/// A workbench of its own record, ended when it is dropped.
struct Server {
    process: Child,
    base: String,
    link: String,
}

impl Server {
    fn of_new_record(folder: &Path) -> anyhow::Result<Server> {
        let record = folder.join("walk.sayso");
        for ending in ["", "-wal", "-shm"] {
            let file = folder.join(format!("walk.sayso{ending}"));
            if file.exists() {
                std::fs::remove_file(file)?;
            }
        }
        let sayso = root().join("target/debug/sayso");
        let mut read = Command::new(&sayso);
        read.arg("read").arg("examples").args(reports()?).arg("--record").arg(&record).current_dir(root());
        said(read.stdout(Stdio::null()).stderr(Stdio::null()), "sayso read")?;
        let mut serve = Command::new(&sayso);
        serve.arg("serve").arg("--record").arg(&record).args(["--address", "127.0.0.1:0", "--by", "Amina"]).stderr(Stdio::piped());
        let mut process = serve.spawn().context("sayso serve")?;
        let told = process.stderr.take().context("sayso serve says nothing")?;
        for line in BufReader::new(told).lines() {
            let line = line?;
            if let Some(link) = line.split_whitespace().find(|word| word.contains("/enter?key=")) {
                let base = link.split("/enter").next().unwrap_or_default().to_owned();
                return Ok(Server { process, base, link: link.to_owned() });
            }
        }
        bail!("sayso serve ended before it named its address")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The reports of the corpus that this project wrote, of its open half.
fn reports() -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for topic in std::fs::read_dir(root().join("evals/corroboration/dev"))? {
        let file = topic?.path().join("reports.jsonl");
        if file.is_file() {
            found.push(file);
        }
    }
    found.sort();
    Ok(found)
}

/// Debian's package, where this machine has it and we may.
fn install_chromium() -> anyhow::Result<()> {
    said(Command::new("apt-get").args(["update", "-qq"]), "apt-get update")?;
    said(Command::new("apt-get").args(["install", "-y", "-qq", "chromium"]).stdout(Stdio::null()), "apt-get install chromium")
}

fn said(command: &mut Command, name: &str) -> anyhow::Result<()> {
    let status = command.status().with_context(|| name.to_owned())?;
    ensure!(status.success(), "`{name}` failed");
    Ok(())
}
