//! What is handed out? A folder with the program, its manual, the book and the wheel, and the hashes of all of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use sha2::{Digest, Sha256};

use crate::book::{self, Book};
use crate::workbench::said;
use crate::{python, root};

/// The shells that completions are made for.
const SHELLS: [&str; 3] = ["bash", "zsh", "fish"];

/// Builds the program for this machine and fills `target/sayso-VERSION-PLATFORM`.
///
/// # Errors
/// Names the step that failed.
pub fn run() -> anyhow::Result<()> {
    let mut build = Command::new("cargo");
    build.args(["build", "--release", "--locked", "-p", "sayso-cli"]).current_dir(root());
    said(&mut build, "cargo build --release -p sayso-cli")?;
    book::run(&Book::default())?;
    let version = env!("CARGO_PKG_VERSION");
    let folder = root().join(format!("target/sayso-{version}-{}-{}", std::env::consts::ARCH, std::env::consts::OS));
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder)?;
    let program = folder.join(format!("sayso{}", std::env::consts::EXE_SUFFIX));
    fs::copy(root().join(format!("target/release/sayso{}", std::env::consts::EXE_SUFFIX)), &program).context("target/release/sayso")?;
    said(Command::new(&program).arg("manual").arg(folder.join("man")), "sayso manual")?;
    let completions = folder.join("completions");
    fs::create_dir_all(&completions)?;
    for shell in SHELLS {
        let script = Command::new(&program).args(["completions", shell]).output()?;
        ensure!(script.status.success(), "`sayso completions {shell}` failed");
        fs::write(completions.join(format!("sayso.{shell}")), script.stdout)?;
    }
    for name in ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "CHANGELOG.md"] {
        fs::copy(root().join(name), folder.join(name)).with_context(|| name.to_owned())?;
    }
    copied(&root().join("target/book"), &folder.join("book"))?;
    copied(&root().join("docs/reference/schema"), &folder.join("schema"))?;
    wheel(&folder)?;
    sums(&folder)?;
    println!("{}", folder.display());
    Ok(())
}

/// Adds the Python wheel.
fn wheel(folder: &Path) -> anyhow::Result<()> {
    let tools = root().join("target/release-tools");
    let bin = tools.join("venv/bin");
    if !bin.join("maturin").exists() {
        said(Command::new("python3").args(["-m", "venv"]).arg(tools.join("venv")), "python3 -m venv")?;
        said(Command::new(bin.join("python")).args(["-m", "pip", "install", "--quiet", python::MATURIN]), "pip install maturin")?;
    }
    let wheel = python::wheel(&tools, &bin.join("maturin"))?;
    let name = wheel.file_name().context("a wheel has a name")?;
    fs::copy(&wheel, folder.join(name)).map(drop).with_context(|| wheel.display().to_string())
}

fn copied(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let path = entry?.path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() { copied(&path, &target)? } else { fs::copy(&path, &target).map(drop)? }
    }
    Ok(())
}

/// Writes the SHA-256 of every file, as `sha256sum --check` reads them.
fn sums(folder: &Path) -> anyhow::Result<()> {
    let mut lines = Vec::new();
    for path in files(folder)? {
        let hash: String = Sha256::digest(fs::read(&path)?).iter().map(|byte| format!("{byte:02x}")).collect();
        lines.push(format!("{hash}  {}\n", path.strip_prefix(folder)?.display()));
    }
    Ok(fs::write(folder.join("SHA256SUMS"), lines.concat())?)
}

fn files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    found.sort();
    Ok(found)
}
