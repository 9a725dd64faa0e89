//! The pages of a web archive, batch by batch: what Spark reads them with.

use std::fs::File;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{ArrayRef, BinaryArray, RecordBatch, StringArray};
use pyo3::prelude::*;
use pyo3_arrow::PyRecordBatch;
use sayso_intake::warc::Archive;
use sayso_intake::{Content, Known, Reached, Report};

use crate::fault::{Fault, detached};

/// A batch ends after so many bytes of pages.
const BYTES: usize = 16 << 20;

/// The pages of one archive.
#[pyclass(frozen, module = "sayso._sayso")]
pub(crate) struct Pages {
    archive: Mutex<Archive>,
}

/// A record of the archive: a page or text, or why it cannot be read.
#[derive(Default)]
struct Row {
    known: Known,
    html: Option<Vec<u8>>,
    text: Option<Vec<u8>>,
    place: String,
    fault: Option<String>,
}

impl Row {
    fn of(read: Result<Report, sayso_intake::Fault>) -> Row {
        match read {
            Ok(Report { content, known, place }) => {
                let (html, text) = match content {
                    Content::Html(page) => (Some(page.into_bytes()), None),
                    Content::HtmlBytes(page, _) => (Some(page), None),
                    Content::Text(text) => (None, Some(text.into_bytes())),
                    Content::TextBytes(text, _) => (None, Some(text)),
                };
                Row { known, html, text, place: place.label, fault: None }
            }
            Err(fault) => Row { place: fault.place.label.clone(), fault: Some(fault.reason), ..Row::default() },
        }
    }

    fn size(&self) -> usize {
        self.html.as_ref().or(self.text.as_ref()).map_or(0, Vec::len)
    }
}

#[pymethods]
impl Pages {
    /// The archive at a path: WARC, packed or not.
    #[new]
    fn new(path: PathBuf) -> PyResult<Pages> {
        let unreadable = |error| Fault::new("unreadable", format!("{}: it cannot be read ({error})", path.display()));
        let file = File::open(&path).map_err(unreadable)?;
        Ok(Pages { archive: Mutex::new(Archive::new(Box::new(file), Reached::default())) })
    }

    /// The next pages, at most so many; `None` behind the last.
    fn batch(&self, py: Python<'_>, rows: usize) -> PyResult<Option<PyRecordBatch>> {
        detached(py, || {
            let mut archive = self.archive.lock().unwrap_or_else(PoisonError::into_inner);
            let (mut read, mut size) = (Vec::new(), 0);
            while read.len() < rows && size < BYTES {
                let Some(next) = archive.next() else { break };
                let row = Row::of(next);
                size += row.size();
                read.push(row);
            }
            if read.is_empty() { Ok(None) } else { Ok(Some(PyRecordBatch::new(table(&read)?))) }
        })
    }
}

fn table(rows: &[Row]) -> Result<RecordBatch, Fault> {
    let text = |of: fn(&Row) -> Option<&str>| -> ArrayRef { Arc::new(StringArray::from_iter(rows.iter().map(of))) };
    let bytes = |of: fn(&Row) -> Option<&[u8]>| -> ArrayRef { Arc::new(BinaryArray::from_iter(rows.iter().map(of))) };
    Ok(RecordBatch::try_from_iter_with_nullable([
        ("url", text(|row| row.known.url.as_deref()), true),
        ("retrieved", text(|row| row.known.retrieved.as_deref()), true),
        ("html", bytes(|row| row.html.as_deref()), true),
        ("text", bytes(|row| row.text.as_deref()), true),
        ("place", text(|row| Some(&row.place)), true),
        ("fault", text(|row| row.fault.as_deref()), true),
    ])?)
}
