//! What does the workbench load that others wrote? `cargo xtask vendor` makes `crates/server/ui/vendor/` anew from npm's packages; it
//! needs `npm` and `tar`, and no build ever does.

mod world;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail, ensure};
use serde::{Deserialize, Serialize};

use crate::digest::sha256;

const HEAD: &str = "\
# Libraries and the base map that the workbench loads, each pinned. `cargo xtask vendor` makes the files anew and writes their digests;
# a test holds the files to them. To take another version, change it here, take its tarball's digest out, and run that.

";

/// `ui/vendor/manifest.toml`.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    package: Vec<Package>,
    file: Vec<File>,
}

/// A package of npm.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Package {
    name: String,
    version: String,
    licence: String,
    /// Of the tarball; without it, whichever npm hands out is taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
}

/// A file of `ui/vendor/`.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    path: String,
    package: String,
    /// The file of the package that it is; without it, it is made of the package, or kept as it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(default)]
    bytes: u64,
    #[serde(default)]
    sha256: String,
}

/// The base map, which is made of two packages.
const WORLD: &str = "world/world.json";

/// Makes the vendored files anew.
pub(crate) fn run() -> anyhow::Result<()> {
    let folder = crate::root().join("crates/server/ui/vendor");
    let path = folder.join("manifest.toml");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let mut manifest: Manifest = toml::from_str(&text).with_context(|| path.display().to_string())?;
    let work = std::env::temp_dir().join(format!("sayso-vendor-{}", std::process::id()));
    let mut unpacked = BTreeMap::new();
    for package in &mut manifest.package {
        unpacked.insert(package.name.clone(), fetched(package, &work)?);
    }
    for file in &mut manifest.file {
        let target = folder.join(&file.path);
        let package = unpacked.get(&file.package).with_context(|| format!("{}: no package `{}`", file.path, file.package))?;
        let bytes = match (&file.from, file.path.as_str()) {
            (Some(from), _) => fs::read(package.join(from)).with_context(|| format!("{} of {}", from, file.package))?,
            (None, WORLD) => world(&unpacked)?,
            (None, _) => fs::read(&target).with_context(|| target.display().to_string())?,
        };
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)?;
        }
        file.bytes = bytes.len() as u64;
        file.sha256 = sha256(&bytes);
        println!("{:>9}  {}", file.bytes, file.path);
        fs::write(&target, bytes)?;
    }
    fs::remove_dir_all(&work)?;
    fs::write(&path, format!("{HEAD}{}", toml::to_string(&manifest)?))?;
    Ok(())
}

/// The folder into which a package was unpacked.
fn fetched(package: &mut Package, work: &Path) -> anyhow::Result<PathBuf> {
    let folder = work.join(&package.name);
    fs::create_dir_all(&folder)?;
    let wanted = format!("{}@{}", package.name, package.version);
    let packed = Command::new("npm").args(["pack", "--silent", &wanted]).current_dir(&folder).output().context("npm")?;
    ensure!(packed.status.success(), "npm pack {wanted}: {}", String::from_utf8_lossy(&packed.stderr));
    let name = String::from_utf8(packed.stdout)?;
    let tarball = folder.join(name.trim());
    let digest = sha256(&fs::read(&tarball)?);
    match &package.sha256 {
        Some(pinned) if *pinned != digest => bail!("{wanted}: its tarball is {digest}, and {pinned} was pinned"),
        _ => package.sha256 = Some(digest),
    }
    let done = Command::new("tar").arg("xzf").arg(&tarball).arg("-C").arg(&folder).status().context("tar")?;
    ensure!(done.success(), "tar could not unpack {}", tarball.display());
    Ok(folder.join("package"))
}

fn world(unpacked: &BTreeMap<String, PathBuf>) -> anyhow::Result<Vec<u8>> {
    let read = |package: &str, file: &str| -> anyhow::Result<String> {
        let folder = unpacked.get(package).with_context(|| format!("the base map needs the package `{package}`"))?;
        fs::read_to_string(folder.join(file)).with_context(|| format!("{file} of {package}"))
    };
    world::light(&read("world-atlas", "countries-50m.json")?, &read("i18n-iso-countries", "codes.json")?)
}
