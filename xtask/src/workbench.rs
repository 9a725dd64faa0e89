//! How is a workbench started for a test? On a record that is made of the examples and of the reports in `evals/corroboration/dev`.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, bail, ensure};

use crate::root;

/// A workbench of its own record, ended when it is dropped.
pub struct Server {
    process: Child,
    /// Its address: `http://127.0.0.1:4711`.
    pub base: String,
    /// What lets in: the whole link, or the token.
    pub key: String,
}

/// How one comes in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// By the link that `sayso serve` names.
    Link,
    /// As an admin, by a token.
    Token,
}

impl Server {
    /// The workbench of a record that is made anew in a folder.
    ///
    /// # Errors
    /// Names the command that failed.
    pub fn of_new_record(folder: &Path, door: Door) -> anyhow::Result<Server> {
        let record = folder.join("walk.sayso");
        for ending in ["", "-wal", "-shm", ".people", ".people-wal", ".people-shm"] {
            let file = folder.join(format!("walk.sayso{ending}"));
            if file.exists() {
                std::fs::remove_file(file)?;
            }
        }
        let sayso = root().join("target/debug/sayso");
        let mut read = Command::new(&sayso);
        read.arg("read").arg("examples").args(reports()?).arg("--record").arg(&record).current_dir(root());
        said(read.stdout(Stdio::null()).stderr(Stdio::null()), "sayso read")?;
        let token = if door == Door::Token { token(&sayso, &record)? } else { String::new() };
        let mut serve = Command::new(&sayso);
        serve
            .arg("serve")
            .arg("--record")
            .arg(&record)
            .args(["--address", "127.0.0.1:0", "--by", "Amina", "--requests-per-minute", "0"])
            .stderr(Stdio::piped());
        let mut process = serve.spawn().context("sayso serve")?;
        let told = process.stderr.take().context("sayso serve says nothing")?;
        for line in BufReader::new(told).lines() {
            let line = line?;
            if let Some(address) = line.split_whitespace().find(|word| word.starts_with("http://")) {
                let base = address.trim_end_matches('/').split("/enter").next().unwrap_or_default().to_owned();
                let key = if door == Door::Token { token } else { address.to_owned() };
                return Ok(Server { process, base, key });
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

/// A token of an admin of a record's own.
fn token(sayso: &Path, record: &Path) -> anyhow::Result<String> {
    let people = |arguments: &[&str]| -> anyhow::Result<String> {
        let output = Command::new(sayso).arg("people").args(arguments).arg("--record").arg(record).output()?;
        ensure!(output.status.success(), "`sayso people {}` failed: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?)
    };
    people(&["add", "tester", "--role", "admin", "--no-password"])?;
    let told = people(&["token", "tester"])?;
    let token = told.split_whitespace().find(|word| word.len() >= 32).context("`sayso people token` names no token")?;
    Ok(token.to_owned())
}

/// Builds the program and all else of the tree as `cargo test` does, so that nothing is compiled twice with other features.
///
/// # Errors
/// Says that it does not build.
pub fn built() -> anyhow::Result<()> {
    let arguments = ["build", "--quiet", "--workspace", "--all-targets"];
    said(Command::new("cargo").args(arguments).current_dir(root()), "cargo build --workspace --all-targets")
}

/// Runs a command to its end.
///
/// # Errors
/// Names it where it cannot be run or fails.
pub fn said(command: &mut Command, name: &str) -> anyhow::Result<()> {
    let status = command.status().with_context(|| name.to_owned())?;
    ensure!(status.success(), "`{name}` failed");
    Ok(())
}
