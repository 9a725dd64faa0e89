//! Reads bytes as a file of a name would be, and holds what every kind of file promises.

use std::path::PathBuf;

use sayso_intake::table::ColumnNames;
use sayso_intake::{Intake, Reached};

/// A library's panic that is caught is a fault of the file; one that nobody catches still ends the run.
pub fn caught_panics_are_faults() {
    std::panic::set_hook(Box::new(|_| {}));
}

/// Reads a file of this name and these bytes from its beginning, and again from behind its first report.
pub fn read(name: &str, bytes: &[u8]) {
    let path = file(name);
    std::fs::write(&path, bytes).expect("the folder of temporary files can be written");
    let names = ColumnNames::new([("text", vec!["text", "body"]), ("published", vec!["date"])]).expect("fields that there are");
    let intake = Intake { names, ..Intake::default() };
    let Ok(reports) = intake.open(&path, Reached::default()) else { return };
    let (mut number, mut last, mut first) = (0, 0, None);
    for item in reports {
        let reached = item.as_ref().map_or_else(|fault| fault.place.reached, |report| report.place.reached);
        assert!(reached.number >= last, "reading goes forward");
        (number, last) = (number + 1, reached.number);
        first.get_or_insert(reached);
    }
    if let Some(reached) = first
        && let Ok(rest) = intake.open(&path, reached)
    {
        assert!(rest.count() <= number, "behind the first report there is no more than in all");
    }
}

/// A file of this process alone.
fn file(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("sayso-fuzz-{}-{name}", std::process::id()))
}
