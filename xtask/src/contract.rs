//! Does the HTTP API keep to its description, whatever it is sent? Schemathesis makes requests of the OpenAPI document, and no answer
//! may be a fault of the server.

use std::path::Path;
use std::process::Command;

use crate::root;
use crate::workbench::{Door, Server, built, said};

/// The version that is installed, in a virtual environment of its own.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// Requests for each operation and kind of test.
const EXAMPLES: &str = "15";

/// What would lock out the one who asks.
const LEFT_OUT: &str = "/(sessions|me/password|people)";

/// Sends the API what its description allows, and what it does not.
///
/// # Errors
/// Names what could not be installed, or the request that failed.
pub fn run() -> anyhow::Result<()> {
    let folder = root().join("target/contract");
    let python = folder.join("bin/python");
    if !python.exists() {
        said(Command::new("python3").args(["-m", "venv"]).arg(&folder), "python3 -m venv")?;
        said(Command::new(&python).args(["-m", "pip", "install", "--quiet", SCHEMATHESIS]), "pip install schemathesis")?;
    }
    built()?;
    let server = Server::of_new_record(&folder, Door::Token)?;
    let api = format!("{}/api/v1", server.base);
    let mut schemathesis = Command::new(Path::new(&folder).join("bin/schemathesis"));
    schemathesis.arg("run").arg(format!("{api}/openapi.json")).arg("--url").arg(&api);
    schemathesis.arg("--header").arg(format!("Authorization: Bearer {}", server.key));
    schemathesis.args(["--checks", "not_a_server_error", "--max-examples", EXAMPLES, "--seed", "1", "--exclude-path-regex", LEFT_OUT]);
    said(schemathesis.current_dir(&folder), "schemathesis")
}
