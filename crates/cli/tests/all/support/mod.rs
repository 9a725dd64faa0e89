//! The command line as a user meets it: run in a directory of its own, with nobody's settings.

pub mod site;

use std::path::{Path, PathBuf};
use std::process::Stdio;

use assert_cmd::Command;
use tempfile::TempDir;

/// A directory to work in.
pub struct Place {
    pub directory: TempDir,
}

impl Place {
    pub fn new() -> Place {
        Place { directory: tempfile::tempdir().unwrap() }
    }

    /// A place with the shared reports read into `record.sayso`.
    pub fn with_record() -> Place {
        let place = Place::new();
        place.sayso(&["read", reports().to_str().unwrap()]).assert().success();
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        std::fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        std::fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }

    /// `sayso` with arguments, ready to run here.
    pub fn sayso(&self, arguments: &[&str]) -> Command {
        Command::from_std(self.bare(arguments))
    }

    /// The same, to be spawned and watched.
    pub fn bare(&self, arguments: &[&str]) -> std::process::Command {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_sayso"));
        command.args(arguments).current_dir(self.directory.path()).env("SAYSO_DATA_DIR", self.path("data"));
        command.env_remove("SAYSO_RECORD").env_remove("COLUMNS").stdin(Stdio::null());
        command
    }

    /// What a command prints; it must succeed.
    pub fn prints(&self, arguments: &[&str]) -> String {
        let output = self.sayso(arguments).assert().success().get_output().clone();
        String::from_utf8(output.stdout).unwrap()
    }

    /// How many documents the record holds.
    pub fn documents(&self) -> usize {
        self.prints(&["documents", "--format", "jsonl"]).lines().count()
    }
}

/// The reports that all suites share.
pub fn reports() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reports")
}

/// Status, standard output and standard error of a finished command.
pub fn ended(mut command: Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

/// So many short reports as JSON lines, numbered.
pub fn many(numbers: std::ops::Range<usize>) -> String {
    let line =
        |number| format!("{{\"id\": \"n{number}\", \"text\": \"Gunmen killed {number} farmers near Jos on Monday, police said.\"}}\n");
    numbers.map(line).collect()
}

/// Reports as JSON lines on so many happenings, each told by two papers in their own words.
pub fn happenings(numbers: std::ops::Range<usize>) -> String {
    const PLACES: [&str; 8] = ["Kunduz", "Herat", "Jos", "Mosul", "Kandahar", "Ghazni", "Maiduguri", "Aleppo"];
    let two = |number: usize| {
        let (place, day, killed) = (PLACES[number % 8], 1 + number % 28, 3 + number % 40);
        let (month, year) = (1 + number / 28 % 12, 2001 + number / 336);
        let report = |name: &str, publisher: &str, text: &str| {
            format!(
                "{{\"id\": \"{name}{number}\", \"publisher\": \"{publisher}\", \"published\": \"{year}-{month:02}-{day:02}\", \"text\": \"{text}\"}}\n"
            )
        };
        report("a", "Example Wire", &format!("Gunmen killed {killed} farmers near {place} on Monday, police said."))
            + &report(
                "b",
                "Another Daily",
                &format!("At least {killed} farmers were shot dead close to {place} on Monday, the governor said."),
            )
    };
    numbers.map(two).collect()
}
