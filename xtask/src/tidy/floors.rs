//! Does every crate depend on lower floors only? Read from the manifests, before anything is built.

use std::path::{Path, PathBuf};

use anyhow::Context;
use toml::{Table, Value};

use super::Fault;
use super::rules::Rules;

/// Dependencies that reach up or sideways, and crates without a floor.
///
/// # Errors
/// Names a manifest that does not read.
pub fn faults(root: &Path, rules: &Rules) -> anyhow::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    for manifest in manifests(root)? {
        let file = manifest.strip_prefix(root).unwrap_or(&manifest).display().to_string();
        let text = std::fs::read_to_string(&manifest).with_context(|| file.clone())?;
        faults.extend(of_manifest(&file, &text, rules).with_context(|| file.clone())?);
    }
    Ok(faults)
}

fn manifests(root: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root.join("crates"))? {
        let manifest = entry?.path().join("Cargo.toml");
        if manifest.is_file() {
            found.push(manifest);
        }
    }
    found.sort();
    Ok(found)
}

fn of_manifest(file: &str, text: &str, rules: &Rules) -> anyhow::Result<Vec<Fault>> {
    let manifest: Table = toml::from_str(text)?;
    let name = manifest.get("package").and_then(|p| p.get("name")).and_then(Value::as_str).context("has no package.name")?;
    let Some(floor) = rules.floors.get(name) else {
        return Ok(vec![Fault::new(file, line_of(text, name), format!("`{name}` has no floor in xtask/tidy.toml"))]);
    };
    let mut faults = Vec::new();
    for (key, package) in dependencies(&manifest) {
        let line = line_of(text, &key);
        match rules.floors.get(&package) {
            Some(below) if below < floor => {}
            Some(other) => faults.push(Fault::new(
                file,
                line,
                format!("`{name}` (floor {floor}) depends on `{package}` (floor {other}); only lower floors are open to it"),
            )),
            None if is_ours(&package) => {
                faults.push(Fault::new(file, line, format!("`{name}` depends on `{package}`, which has no floor")))
            }
            None => {}
        }
    }
    Ok(faults)
}

/// A package of this workspace, by its name.
fn is_ours(package: &str) -> bool {
    package == "sayso" || package.starts_with("sayso-") || package == "xtask"
}

/// Normal and build dependencies, those of single platforms too: the key in the manifest, and the package.
fn dependencies(manifest: &Table) -> Vec<(String, String)> {
    let platforms = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(|t| t.values()).filter_map(Value::as_table);
    let tables = std::iter::once(manifest).chain(platforms);
    let sections = tables.flat_map(|t| ["dependencies", "build-dependencies"].into_iter().filter_map(|section| t.get(section)?.as_table()));
    let package = |key: &String, value: &Value| value.get("package").and_then(Value::as_str).map_or_else(|| key.clone(), str::to_owned);
    sections.flat_map(|section| section.iter().map(|(key, value)| (key.clone(), package(key, value)))).collect()
}

/// The first line that begins with the key, or holds the name.
fn line_of(text: &str, key: &str) -> usize {
    let begins = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.starts_with([' ', '=', '.']));
    let named = |line: &str| line.contains(&format!("\"{key}\""));
    let at = text.lines().position(begins).or_else(|| text.lines().position(named));
    at.map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::root;

    fn check(manifest: &str, expected: &[&str]) {
        let rules = Rules::read(&root()).expect("the repository's own rules");
        let found = of_manifest("crates/made-up/Cargo.toml", manifest, &rules).expect("a manifest");
        let found: Vec<String> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected, "{manifest}");
    }

    #[test]
    fn every_crate_stands_on_lower_floors() {
        let rules = Rules::read(&root()).expect("the repository's own rules");
        let found = faults(&root(), &rules).expect("the repository's own manifests");
        assert_eq!(found, [], "{}", found.iter().map(|f| format!("\n{f}")).collect::<String>());
    }

    #[test]
    fn a_sibling_is_reported() {
        check(
            "[package]\nname = \"sayso-coding\"\n\n[dependencies]\nregex = \"1\"\nsayso-language.workspace = true\n",
            &[
                "crates/made-up/Cargo.toml:6: `sayso-coding` (floor 1) depends on `sayso-language` (floor 1); only lower floors are open to it",
            ],
        );
    }

    #[test]
    fn a_higher_floor_is_reported_in_build_and_platform_dependencies_and_under_another_name() {
        for section in ["build-dependencies", "target.'cfg(unix)'.dependencies"] {
            check(
                &format!("[package]\nname = \"sayso-types\"\n\n[{section}]\npipeline = {{ package = \"sayso\", path = \"../sayso\" }}\n"),
                &["crates/made-up/Cargo.toml:5: `sayso-types` (floor 0) depends on `sayso` (floor 2); only lower floors are open to it"],
            );
        }
    }

    #[test]
    fn tests_may_use_any_crate() {
        check("[package]\nname = \"sayso-coding\"\n\n[dev-dependencies]\nsayso-language.workspace = true\n", &[]);
    }

    #[test]
    fn a_crate_without_a_floor_is_reported() {
        check("[package]\nname = \"sayso-extras\"\n", &["crates/made-up/Cargo.toml:2: `sayso-extras` has no floor in xtask/tidy.toml"]);
        check(
            "[package]\nname = \"sayso\"\n\n[dependencies]\nsayso-extras.workspace = true\n",
            &["crates/made-up/Cargo.toml:5: `sayso` depends on `sayso-extras`, which has no floor"],
        );
    }
}
