//! Is what `sayso export` writes what its neighbours read? The examples are exported in every form, and each form is opened by the format's
//! own library: GDAL, pandas, NetworkX, the validators of STIX and FollowTheMoney, RDFLib and PyLD.

use std::path::Path;
use std::process::Command;

use crate::root;
use crate::workbench::{built, said};

/// The libraries, pinned, in a virtual environment of their own.
const LIBRARIES: [&str; 12] = [
    "followthemoney==4.11.2",
    "lxml==6.1.3",
    "networkx==3.6.1",
    "openpyxl==3.1.5",
    "pandas==3.1.1",
    "PyLD==3.3.0",
    "pyarrow==26.0.1",
    "pyogrio==0.13.0",
    "python-docx==1.2.0",
    "rdflib==7.6.0",
    "stix2==3.0.2",
    "stix2-validator==3.3.2",
];

/// The forms, and under which name each is written.
const FORMS: [(&str, &str); 16] = [
    ("jsonl", "events.jsonl"),
    ("csv", "events.csv"),
    ("xlsx", "events.xlsx"),
    ("acled", "events-acled-shaped-not-acled.csv"),
    ("ged", "events-ged-shaped-not-ucdp.csv"),
    ("polecat", "events-polecat-shaped-not-polecat.tsv"),
    ("geojson", "events.geojson"),
    ("gpkg", "events.gpkg"),
    ("kml", "events.kml"),
    ("graphml", "relations.graphml"),
    ("gexf", "relations.gexf"),
    ("stix", "bundle.stix.json"),
    ("ftm", "entities.ftm.json"),
    ("jsonld", "record.jsonld"),
    ("markdown", "brief.md"),
    ("docx", "brief.docx"),
];

/// Exports the examples and has every form read.
///
/// # Errors
/// Names what could not be installed, or the form that is not what it should be.
pub fn run() -> anyhow::Result<()> {
    let folder = root().join("target/exchange");
    let python = folder.join("bin/python");
    let installed = folder.join("installed");
    let wanted = LIBRARIES.join("\n");
    if std::fs::read_to_string(&installed).is_ok_and(|there| there == wanted) {
        println!("the libraries are there");
    } else {
        said(Command::new("python3").args(["-m", "venv"]).arg(&folder), "python3 -m venv")?;
        said(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(LIBRARIES), "pip install")?;
        std::fs::write(&installed, &wanted)?;
    }
    built()?;
    let exports = folder.join("exports");
    let _ = std::fs::remove_dir_all(&exports);
    std::fs::create_dir_all(&exports)?;
    let sayso = root().join("target/debug/sayso");
    let record = exports.join("record.sayso");
    let mut read = Command::new(&sayso);
    read.arg("read").arg(root().join("examples")).arg(root().join("crates/exchange/tests/record/reports.jsonl"));
    said(read.arg("--record").arg(&record), "sayso read")?;
    for (format, name) in FORMS {
        export(&sayso, &record, format, &exports.join(name))?;
    }
    let script = root().join("xtask/src/exchange/validate.py");
    said(Command::new(&python).arg(script).arg(&exports), "validate.py")
}

fn export(sayso: &Path, record: &Path, format: &str, out: &Path) -> anyhow::Result<()> {
    let mut export = Command::new(sayso);
    export.args(["export", "--format", format, "--licence", "CC BY 4.0", "--site", "http://127.0.0.1:8787", "--out"]).arg(out);
    said(export.arg("--record").arg(record), &format!("sayso export --format {format}"))
}
