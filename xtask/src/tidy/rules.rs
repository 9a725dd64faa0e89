//! What is the repository held to? `xtask/tidy.toml`, read.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use serde::Deserialize;

/// The limits and lists of `xtask/tidy.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Floor of each crate, by its package's name.
    pub floors: BTreeMap<String, u8>,
    /// Limits of length.
    pub sizes: Sizes,
    /// Longer files, with the reason.
    pub long_files: BTreeMap<String, String>,
    /// Longer functions as `path:name`, with the reason.
    pub long_functions: BTreeMap<String, String>,
    /// Banned words.
    pub words: Words,
    /// Machine paths.
    pub paths: MachinePaths,
}

/// Limits, in lines.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sizes {
    /// Of a Rust file.
    pub file: usize,
    /// Of a function, from its signature to its last brace.
    pub function: usize,
}

/// Words that are not to stand in files.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Not in a Rust file.
    pub rust: Vec<String>,
}

/// Paths that mean something on one machine only.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MachinePaths {
    /// How they begin.
    pub machine: Vec<String>,
    /// Files or folders that may hold them.
    pub except: Vec<String>,
}

impl Rules {
    /// Reads the rules of the repository at `root`.
    ///
    /// # Errors
    /// Names the line that does not read.
    pub fn read(root: &Path) -> anyhow::Result<Rules> {
        let path = root.join("xtask/tidy.toml");
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        toml::from_str(&text).context("xtask/tidy.toml")
    }
}
