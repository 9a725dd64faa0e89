//! How does a fault reach Python? As `sayso.Error` with the kind of fault, whatever it was here.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::prelude::*;

/// A fault: its kind and its message.
#[derive(Debug)]
pub(crate) struct Fault {
    kind: &'static str,
    message: String,
}

impl Fault {
    /// A fault of a kind.
    pub(crate) fn new(kind: &'static str, message: impl Into<String>) -> Fault {
        Fault { kind, message: message.into() }
    }
}

impl From<Fault> for PyErr {
    fn from(fault: Fault) -> PyErr {
        Python::attach(|py| {
            let error = py.import("sayso._errors").and_then(|module| module.getattr("Error")?.call1((fault.kind, fault.message)));
            error.map_or_else(|failed| failed, PyErr::from_value)
        })
    }
}

impl From<sayso::Error> for Fault {
    fn from(error: sayso::Error) -> Fault {
        Fault::new(error.kind().as_str(), error.to_string())
    }
}

impl From<sayso_table::Error> for Fault {
    fn from(error: sayso_table::Error) -> Fault {
        Fault::new(error.kind().as_str(), error.to_string())
    }
}

impl From<sayso_store::Error> for Fault {
    fn from(error: sayso_store::Error) -> Fault {
        use sayso_store::ErrorKind;
        let kind = match error.kind() {
            ErrorKind::NotFound => "not-found",
            ErrorKind::NotARecord => "not-a-record",
            ErrorKind::Newer => "newer",
            ErrorKind::Older => "older",
            ErrorKind::Unreachable => "unreachable",
            ErrorKind::ReadOnly => "read-only",
            ErrorKind::Locked => "locked",
            ErrorKind::Full => "full",
            ErrorKind::Damaged => "damaged",
            ErrorKind::Invalid => "invalid",
            ErrorKind::Unknown => "unknown",
            ErrorKind::Ambiguous => "ambiguous",
            _ => "internal",
        };
        Fault::new(kind, error.to_string())
    }
}

impl From<arrow_schema::ArrowError> for Fault {
    fn from(error: arrow_schema::ArrowError) -> Fault {
        Fault::new("columns", format!("the table cannot be read: {error}"))
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Fault {
        Fault::new("internal", format!("the answer cannot be written ({error}); please report this"))
    }
}

/// Does some work without the interpreter's lock; that it panics is a fault of the kind `internal`.
pub(crate) fn detached<T: Send>(py: Python<'_>, work: impl FnOnce() -> Result<T, Fault> + Send) -> PyResult<T> {
    let done = py.detach(|| catch_unwind(AssertUnwindSafe(work)));
    let panicked = |_| Err(Fault::new("internal", "sayso failed; what it says of it stands above; please report this"));
    Ok(done.unwrap_or_else(panicked)?)
}
