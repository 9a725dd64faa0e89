//! A record: opened, added to, linked, asked.

use std::fs::File;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

use pyo3::prelude::*;
use pyo3_arrow::PyTable;
use pyo3_arrow::input::AnyRecordBatch;
use sayso::linking::{self, Linker, Scope};
use sayso::types::Edtf;
use sayso_linking::account::Profile;
use sayso_store::{Added, Clearance, Incoming, Moment};
use sayso_table::{What, documents_of, each_batch, statements_of, write_parquet};
use sayso_types::record::{DocumentRecord, StatementRecord};
use serde_json::json;

use crate::coder::{Coder, Told};
use crate::fault::{Fault, detached};
use crate::reading;
use crate::search;

/// Who does what is done here, as the log names it.
pub(crate) const PROGRAM: &str = concat!("sayso-python ", env!("CARGO_PKG_VERSION"));

/// A record in a file.
#[pyclass(frozen, module = "sayso._sayso")]
pub(crate) struct Record {
    record: Mutex<sayso_store::Record>,
}

/// The linker, loaded when it is first needed.
pub(crate) fn linker() -> Result<&'static Linker, Fault> {
    static LINKER: OnceLock<Linker> = OnceLock::new();
    match LINKER.get() {
        Some(linker) => Ok(linker),
        None => {
            let linker = Linker::embedded()?;
            Ok(LINKER.get_or_init(|| linker))
        }
    }
}

#[pymethods]
impl Record {
    /// The record at a path: to `change` it, made where there is none; to `read` it; or to read what is `open`. As of a moment it is only read.
    #[new]
    fn new(py: Python<'_>, path: PathBuf, as_of: Option<String>, mode: &str, now: &str) -> PyResult<Record> {
        let record = detached(py, || {
            let mut record = match (&as_of, mode) {
                (None, "change") => return Ok(sayso_store::Record::create_or_open(&path, now)?),
                (_, "change" | "read" | "open") => sayso_store::Record::open_read_only(&path)?,
                (_, other) => return Err(Fault::new("invalid", format!("there is no mode `{other}`; name change, read or open"))),
            };
            if mode == "open" {
                record.look_with(Clearance::Open)?;
            }
            if let Some(as_of) = as_of {
                let moment = moment(&record, &as_of)?;
                record.look_back(&moment)?;
            }
            Ok(record)
        })?;
        Ok(Record { record: Mutex::new(record) })
    }

    /// Keeps documents with their statements; says what that changed.
    fn add(&self, py: Python<'_>, documents: AnyRecordBatch, statements: AnyRecordBatch, now: &str) -> PyResult<String> {
        let (documents, statements) = (documents.into_reader()?, statements.into_reader()?);
        detached(py, || {
            let mut read: Vec<(DocumentRecord, Vec<StatementRecord>)> = Vec::new();
            for batch in documents {
                read.extend(documents_of(&batch?)?.into_iter().map(|document| (document, Vec::new())));
            }
            let mut told = std::collections::BTreeMap::<String, Vec<StatementRecord>>::new();
            for batch in statements {
                for statement in statements_of(&batch?)? {
                    told.entry(statement.document_id.clone()).or_default().push(statement);
                }
            }
            for (document, statements) in &mut read {
                *statements = told.remove(&document.id).unwrap_or_default();
            }
            if let Some(id) = told.keys().next() {
                return Err(Fault::new(
                    "invalid",
                    format!("there are statements of the document `{id}`, which is not among the documents"),
                ));
            }
            let mut record = self.record();
            record.set_now(now);
            let incoming = |(document, statements)| Incoming { document, statements, input: None };
            let incoming: Vec<Incoming<'_>> =
                read.iter().map(|(document, statements)| incoming((document, statements.as_slice()))).collect();
            let mut added = Added::default();
            for part in incoming.chunks(reading::BATCH) {
                added += record.add_from(part)?;
            }
            Ok(reading::told(added, &[], false))
        })
    }

    /// Reads files into the record, as `sayso read` does; says what that changed and what could not be read.
    fn read(&self, py: Python<'_>, coder: &Coder, paths: Vec<PathBuf>, threads: Option<usize>, now: &str) -> PyResult<String> {
        reading::read(py, self, coder, &paths, threads, now)
    }

    /// Links what has changed, or everything.
    fn link(&self, py: Python<'_>, everything: bool, threads: Option<usize>, now: &str) -> PyResult<String> {
        let scope = if everything { Scope::Everything } else { Scope::Changed };
        let pool = crate::pool::pool(threads)?;
        detached(py, || {
            let (linker, mut guard) = (linker()?, self.record());
            let record: &mut sayso_store::Record = &mut guard;
            record.set_now(now);
            let outcome = pool.install(|| linking::link_record(linker, record, scope, PROGRAM, &linking::versions()))?;
            let written = outcome.written;
            Ok(json!({
                "groups": written.groups, "gone": written.gone, "memberships": written.memberships, "origins": written.origins,
                "statements": outcome.statements,
            })
            .to_string())
        })
    }

    /// What a question finds as a table, and what of the question was not understood.
    fn search(&self, py: Python<'_>, question: &str, what: &str, limit: Option<usize>) -> PyResult<(PyTable, Vec<String>)> {
        let (batches, schema, remarks) = detached(py, || search::search(&self.record(), question, what, limit.unwrap_or(usize::MAX)))?;
        Ok((PyTable::try_new(batches, schema)?, remarks))
    }

    /// A whole table of the record.
    fn table(&self, py: Python<'_>, what: &str) -> PyResult<PyTable> {
        let what = what_of(what)?;
        let mut batches = Vec::new();
        detached(py, || {
            each_batch(&self.record(), what, &mut |batch| {
                batches.push(batch);
                Ok(())
            })?;
            Ok(())
        })?;
        PyTable::try_new(batches, what.schema().clone())
    }

    /// Writes a table of the record as Parquet; says how many rows it has.
    fn write_parquet(&self, py: Python<'_>, what: &str, path: PathBuf) -> PyResult<u64> {
        let what = what_of(what)?;
        detached(py, || {
            let file =
                File::create(&path).map_err(|error| Fault::new("file", format!("{}: it cannot be written ({error})", path.display())))?;
            Ok(write_parquet(&self.record(), what, file)?)
        })
    }

    /// An event, relation or series with all that is told of it, as JSON; `None` where there is none of this id.
    fn group(&self, py: Python<'_>, id: &str, profile: &str) -> PyResult<Option<String>> {
        let Some(profile) = profile_of(profile) else {
            let message = format!("values are shown by no rule `{profile}`; name one of sources, ucdp, acled, gtd");
            return Err(Fault::new("invalid", message).into());
        };
        detached(py, || {
            let record = self.record();
            let view = linking::view(linker()?, record.reading(), id, profile)?;
            Ok(view.map(|view| serde_json::to_string(&view)).transpose()?)
        })
    }

    /// A document with its statements, as JSON.
    fn document(&self, py: Python<'_>, id: &str) -> PyResult<String> {
        detached(py, || {
            let record = self.record();
            let document = record.document(id)?.record;
            let filter = sayso_store::Filter { documents: vec![document.id.clone()], ..Default::default() };
            let statements = record.statements(&filter)?;
            Ok(serde_json::to_string(&Told { document: &document, statements: &statements })?)
        })
    }

    /// A statement, as JSON.
    fn statement(&self, py: Python<'_>, id: &str) -> PyResult<String> {
        detached(py, || Ok(serde_json::to_string(&self.record().statement(id)?)?))
    }

    /// How many documents and statements there are, as JSON.
    fn size(&self, py: Python<'_>) -> PyResult<String> {
        detached(py, || {
            let size = self.record().size()?;
            Ok(json!({"documents": size.documents, "statements": size.statements}).to_string())
        })
    }
}

impl Record {
    /// The record; a panic under its lock left it as the last transaction did.
    pub(crate) fn record(&self) -> MutexGuard<'_, sayso_store::Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn profile_of(name: &str) -> Option<Profile> {
    match name {
        "sources" => Some(Profile::Sources),
        "ucdp" => Some(Profile::Ucdp),
        "acled" => Some(Profile::Acled),
        "gtd" => Some(Profile::Gtd),
        _ => None,
    }
}

fn what_of(name: &str) -> Result<What, Fault> {
    What::of_str(name).ok_or_else(|| {
        let names = What::ALL.map(What::as_str).join(", ");
        Fault::new("invalid", format!("a record has no table `{name}`; name one of {names}"))
    })
}

/// The moment that a person means: a release of this name, else a time, else the end of a date.
fn moment(record: &sayso_store::Record, text: &str) -> Result<Moment, Fault> {
    if record.releases()?.iter().any(|release| release.name == text) {
        return Ok(Moment::Release(text.to_owned()));
    }
    if let Ok(time) = text.parse::<jiff::Timestamp>() {
        return Ok(Moment::Time(time.to_string()));
    }
    let day = text.parse::<Edtf>().ok().and_then(|date| date.latest());
    day.map(|day| Moment::Time(format!("{day}T23:59:59Z"))).ok_or_else(|| {
        let message = format!("`{text}` is neither a release nor a date (2017, 2017-08, 2017-08-31) nor a time (2017-08-31T08:00:00Z)");
        Fault::new("unknown", message)
    })
}
