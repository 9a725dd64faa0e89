//! Are the model files those that their manifests speak of?

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use serde::Deserialize;

use super::Fault;
use crate::digest::sha256;

#[derive(Deserialize)]
struct Manifest {
    /// File beside the manifest, and its SHA-256 in hexadecimal.
    files: BTreeMap<String, String>,
    licence: String,
}

/// Model files that are missing or are not those of their manifest, and manifests without a licence.
///
/// # Errors
/// Names a manifest that does not read.
pub fn faults(root: &Path, paths: &[String]) -> anyhow::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for path in paths.iter().filter(|p| p.starts_with("data/models/") && p.ends_with("/manifest.json")) {
        let text = std::fs::read_to_string(root.join(path)).with_context(|| path.clone())?;
        let manifest: Manifest = serde_json::from_str(&text).with_context(|| path.clone())?;
        if manifest.licence.trim().is_empty() {
            faults.push(Fault::new(path, 0, "names no licence"));
        }
        let folder = path.trim_end_matches("manifest.json");
        for (name, expected) in &manifest.files {
            let line = text.lines().position(|l| l.contains(expected.as_str())).map_or(0, |at| at + 1);
            match std::fs::read(root.join(folder).join(name)) {
                Ok(bytes) if sha256(&bytes) == *expected => {}
                Ok(bytes) => faults.push(Fault::new(path, line, format!("`{name}` is another file: its SHA-256 is {}", sha256(&bytes)))),
                Err(error) => faults.push(Fault::new(path, line, format!("`{name}`: {error}"))),
            }
        }
    }
    Ok(faults)
}
