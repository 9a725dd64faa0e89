//! Does the documentation stand? What is generated in it is what the program says, every link leads somewhere, what it shows as output has
//! the form that it describes, and mdBook makes a book of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail, ensure};
use clap::Args;

use crate::root;
use crate::workbench::{built, said};

/// The version that is installed where there is none.
const MDBOOK: &str = "0.5.4";

/// Pages that a command prints, by their path in `docs/`.
const PRINTED: [(&str, &[&str]); 4] = [
    ("reference/codebook.md", &["codebook"]),
    ("reference/schema/statement.v1.json", &["schema", "statement"]),
    ("reference/schema/document.v1.json", &["schema", "document"]),
    ("reference/schema/group.v1.json", &["schema", "group"]),
];

/// What to do with pages that differ from what the program prints.
#[derive(Args, Default)]
pub struct Book {
    /// Write them anew.
    #[arg(long)]
    write: bool,
}

/// Checks the documentation and makes the book of it in `target/book`.
///
/// # Errors
/// Names the page that is out of date, the link that leads nowhere, or what mdBook says.
pub fn run(book: &Book) -> anyhow::Result<()> {
    built()?;
    let docs = root().join("docs");
    for (page, arguments) in PRINTED {
        printed(&docs.join(page), arguments, book)?;
    }
    links(&docs)?;
    let mdbook = mdbook()?;
    said(Command::new(mdbook).arg("build").arg(&docs), "mdbook build docs")
}

fn printed(page: &Path, arguments: &[&str], book: &Book) -> anyhow::Result<()> {
    let output = Command::new(root().join("target/debug/sayso")).args(arguments).output().context("target/debug/sayso")?;
    ensure!(output.status.success(), "`sayso {}` failed: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr));
    if book.write {
        return fs::write(page, output.stdout).with_context(|| page.display().to_string());
    }
    let kept = fs::read(page).with_context(|| page.display().to_string())?;
    ensure!(kept == output.stdout, "{}: `sayso {}` says otherwise; `cargo xtask book --write`", page.display(), arguments.join(" "));
    Ok(())
}

/// Holds every link between pages to a file that there is, and every page to the summary.
fn links(docs: &Path) -> anyhow::Result<()> {
    let summary = fs::read_to_string(docs.join("SUMMARY.md"))?;
    let mut broken = Vec::new();
    for page in pages(docs)? {
        let text = fs::read_to_string(&page)?;
        let folder = page.parent().unwrap_or(docs);
        for target in targets(&text) {
            if !folder.join(target).exists() {
                broken.push(format!("{}: {target} leads nowhere", page.display()));
            }
        }
        let name = page.strip_prefix(docs)?.to_string_lossy().replace('\\', "/");
        if name != "SUMMARY.md" && !summary.contains(&format!("({name})")) {
            broken.push(format!("{}: stands in no chapter of SUMMARY.md", page.display()));
        }
    }
    if broken.is_empty() { Ok(()) } else { bail!("{}", broken.join("\n")) }
}

fn pages(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(pages(&path)?);
        } else if path.extension().is_some_and(|ending| ending == "md") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The files that a page links to, without anchors; addresses elsewhere are not asked.
fn targets(text: &str) -> Vec<&str> {
    let mut targets = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        for part in line.split("](").skip(1) {
            let target = part.split([')', '#', ' ']).next().unwrap_or_default();
            if !target.is_empty() && !target.contains("://") && !target.starts_with("mailto:") {
                targets.push(target);
            }
        }
    }
    targets
}

/// The mdBook that is installed, else one of its own in `target/tools`.
fn mdbook() -> anyhow::Result<PathBuf> {
    if Command::new("mdbook").arg("--version").output().is_ok_and(|output| output.status.success()) {
        return Ok(PathBuf::from("mdbook"));
    }
    let tools = root().join("target/tools");
    let mdbook = tools.join("bin/mdbook");
    if !mdbook.exists() {
        let mut install = Command::new("cargo");
        install.args([
            "install",
            "mdbook",
            "--version",
            MDBOOK,
            "--locked",
            "--no-default-features",
            "--features",
            "search",
            "--debug",
            "--quiet",
        ]);
        install.arg("--root").arg(&tools).env("CARGO_TARGET_DIR", tools.join("build")).current_dir(root());
        said(&mut install, "cargo install mdbook")?;
        fs::remove_dir_all(tools.join("build")).ok();
    }
    Ok(mdbook)
}
