//! Does the Python package do what it says, on one machine and on Spark? It is installed in an environment of its own, and tested there.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use clap::Args;

use crate::root;
use crate::workbench::{built, said};

/// What builds wheels.
pub const MATURIN: &str = "maturin==1.16.0";

#[derive(Args, Default)]
pub struct Python {
    /// Build the wheel in release, as it is given away, and test that; else the package of this tree, which shares what the other tests
    /// compiled.
    #[arg(long)]
    wheel: bool,
    /// Run the test on Sail too, in a further environment: its client is a PySpark of its own.
    #[arg(long)]
    sail: bool,
    /// Further arguments of pytest: -k, -x, a file.
    #[arg(last = true)]
    rest: Vec<String>,
}

/// Installs the package and runs the tests of `python/tests`; those on Spark where there is Java.
///
/// # Errors
/// Names the step that failed.
pub fn run(arguments: &Python) -> anyhow::Result<()> {
    let folder = root().join("target/python");
    let python = equipped(&folder, "tests/requirements.txt")?;
    built()?;
    if arguments.wheel {
        install_wheel(&folder, &python)?
    } else {
        install_tree(&python)?
    }
    let mut tests = Command::new(&python);
    tests.args(["-m", "pytest", "--durations=5"]).args(&arguments.rest).current_dir(root().join("python"));
    tests.env("SAYSO_PROGRAM", root().join("target/debug/sayso")).env_remove("SPARK_HOME");
    tests.env("SPARK_LOCAL_IP", "127.0.0.1").env("PYSPARK_PYTHON", &python).env("PYSPARK_DRIVER_PYTHON", &python);
    if arguments.sail {
        tests.env("SAYSO_SAIL_PYTHON", equipped(&root().join("target/sail"), "tests/requirements-sail.txt")?);
    }
    if !has_java() {
        println!("no Java is installed (17 is wanted): the tests on Spark are left out");
        tests.args(["--ignore", "tests/test_spark.py"]);
    }
    said(&mut tests, "pytest")
}

/// The interpreter of an environment that has what a file of `python` names.
fn equipped(folder: &Path, requirements: &str) -> anyhow::Result<PathBuf> {
    let (python, installed) = (folder.join("venv/bin/python"), folder.join("installed.txt"));
    let wanted = root().join("python").join(requirements);
    let text = std::fs::read_to_string(&wanted).with_context(|| wanted.display().to_string())?;
    if python.exists() && std::fs::read_to_string(&installed).is_ok_and(|known| known == text) {
        return Ok(python);
    }
    if !python.exists() {
        said(Command::new("python3").args(["-m", "venv"]).arg(folder.join("venv")), "python3 -m venv")?;
    }
    said(Command::new(&python).args(["-m", "pip", "install", "--quiet", "-r"]).arg(&wanted), "pip install what the tests need")?;
    std::fs::write(&installed, text).with_context(|| installed.display().to_string())?;
    Ok(python)
}

/// Puts the package of this tree where the interpreter finds it.
fn install_tree(python: &Path) -> anyhow::Result<()> {
    let place = "import sysconfig; print(sysconfig.get_path('platlib'))";
    let said_so = Command::new(python).args(["-c", place]).output().context("python -c")?;
    let package = PathBuf::from(String::from_utf8(said_so.stdout)?.trim()).join("sayso");
    if package.exists() {
        std::fs::remove_dir_all(&package).with_context(|| package.display().to_string())?;
    }
    std::fs::create_dir_all(&package).with_context(|| package.display().to_string())?;
    let sources = root().join("python/src/sayso");
    for entry in std::fs::read_dir(&sources).with_context(|| sources.display().to_string())? {
        let path = entry?.path();
        if let Some(name) = path.file_name().filter(|_| path.is_file()) {
            std::fs::copy(&path, package.join(name)).with_context(|| path.display().to_string())?;
        }
    }
    let (built, native) = (root().join("target/debug/libsayso_python.so"), package.join("_sayso.abi3.so"));
    // Spark ships the package to its executors: without what a debugger wants it is a tenth of the size.
    let stripped = Command::new("strip").arg("--strip-debug").arg("-o").arg(&native).arg(&built).status();
    if !stripped.is_ok_and(|status| status.success()) {
        std::fs::copy(&built, &native).with_context(|| built.display().to_string())?;
    }
    Ok(())
}

/// Builds the wheel in release and installs it.
fn install_wheel(folder: &Path, python: &Path) -> anyhow::Result<()> {
    said(Command::new(python).args(["-m", "pip", "install", "--quiet", MATURIN]), "pip install maturin")?;
    let wheel = wheel(folder, &folder.join("venv/bin/maturin"))?;
    let install = ["-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall"];
    said(Command::new(python).args(install).arg(wheel), "pip install the wheel")
}

/// The wheel of this tree, built in release under a folder.
///
/// # Errors
/// Says what maturin did not do.
pub fn wheel(folder: &Path, maturin: &Path) -> anyhow::Result<PathBuf> {
    let wheels = folder.join("wheels");
    if wheels.exists() {
        std::fs::remove_dir_all(&wheels).with_context(|| wheels.display().to_string())?;
    }
    let mut build = Command::new(maturin);
    build.args(["build", "--quiet", "--release", "--out"]).arg(&wheels);
    build.env("CARGO_TARGET_DIR", root().join("target")).current_dir(root().join("python"));
    said(&mut build, "maturin build --release")?;
    let mut made = std::fs::read_dir(&wheels)?.filter_map(Result::ok).map(|entry| entry.path());
    made.next().with_context(|| format!("{}: maturin made no wheel", wheels.display()))
}

fn has_java() -> bool {
    Command::new("java").arg("-version").output().is_ok_and(|output| output.status.success())
}
