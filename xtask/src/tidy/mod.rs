//! Is the repository in order? Floors, sizes, tables, words and models, one line a fault: `file:line: what`.

mod floors;
mod models;
mod rules;
mod sizes;
mod tables;
mod words;

use std::fmt;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};

use crate::root;
use rules::Rules;

/// Something in the repository that is not as `xtask/tidy.toml` wants it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    file: String,
    line: usize,
    what: String,
    weight: Weight,
}

/// Whether a fault fails the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Fails,
    Warns,
}

impl Fault {
    /// A fault that fails the run; line 0 means the whole file.
    fn new(file: &str, line: usize, what: impl Into<String>) -> Fault {
        Fault { file: file.to_owned(), line, what: what.into(), weight: Weight::Fails }
    }

    fn warning(file: &str, line: usize, what: impl Into<String>) -> Fault {
        Fault { weight: Weight::Warns, ..Fault::new(file, line, what) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.weight == Weight::Warns { "warning: " } else { "" };
        match self.line {
            0 => write!(f, "{}: {kind}{}", self.file, self.what),
            line => write!(f, "{}:{line}: {kind}{}", self.file, self.what),
        }
    }
}

/// One file of the repository, as text.
struct Source {
    /// From the root, with `/`.
    path: String,
    text: String,
}

/// Prints every fault of the repository and fails where there is one.
///
/// # Errors
/// Says how many faults there are, or that the repository cannot be read.
pub fn run() -> anyhow::Result<()> {
    let faults = faults(&root())?;
    for fault in &faults {
        println!("{fault}");
    }
    let failing = faults.iter().filter(|f| f.weight == Weight::Fails).count();
    ensure!(failing == 0, "{failing} faults");
    Ok(())
}

fn faults(root: &Path) -> anyhow::Result<Vec<Fault>> {
    let rules = Rules::read(root)?;
    let paths = paths(root)?;
    let sources = sources(root, &paths);
    let mut faults = floors::faults(root, &rules)?;
    faults.extend(sizes::faults(&sources, &rules));
    faults.extend(words::faults(&sources, &rules));
    faults.extend(tables::faults(root, &paths, &sources));
    faults.extend(models::faults(root, &paths)?);
    faults.sort();
    faults.dedup();
    Ok(faults)
}

/// The files that are, or would be, under version control.
fn paths(root: &Path) -> anyhow::Result<Vec<String>> {
    let mut git = Command::new("git");
    git.args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(root);
    let listed = git.output().context("git does not run; tidy asks it which files belong to the repository")?;
    ensure!(listed.status.success(), "git ls-files: {}", String::from_utf8_lossy(&listed.stderr).trim());
    let names = String::from_utf8(listed.stdout).context("a file's name is not UTF-8")?;
    let mut paths: Vec<String> = names.split('\0').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    paths.sort();
    paths.dedup();
    Ok(paths)
}

/// Those of the files that are text; one that was deleted and is still listed is passed over.
fn sources(root: &Path, paths: &[String]) -> Vec<Source> {
    let read = |path: &String| {
        let bytes = std::fs::read(root.join(path)).ok()?;
        let text = String::from_utf8(bytes).ok()?;
        (!text.contains('\0')).then(|| Source { path: path.clone(), text })
    };
    paths.iter().filter_map(read).collect()
}
