//! Reading one document, and coding a table of them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use arrow_array::RecordBatch;
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;
use pyo3_arrow::{PyRecordBatch, PyTable};
use sayso::input::{Defaults, FileFormat};
use sayso::{Input, Profile, export};
use sayso_table::{Columns, schema};
use sayso_types::record::{DocumentRecord, StatementRecord};
use serde::Serialize;

use crate::fault::{Fault, detached};
use crate::pool::pool;

/// Rows that are coded between two looks whether Python wants to end.
const ROWS: usize = 256;

/// A document with its statements.
#[derive(Serialize)]
pub(crate) struct Told<'t> {
    pub(crate) document: &'t DocumentRecord,
    pub(crate) statements: &'t [StatementRecord],
}

/// Everything that reading and coding needs, loaded once.
#[pyclass(frozen, module = "sayso._sayso")]
pub(crate) struct Coder {
    pub(crate) coder: Arc<sayso::Coder>,
}

#[pymethods]
impl Coder {
    /// The coder of a profile, with a user's own tables of actors.
    #[new]
    fn new(py: Python<'_>, profile: &str, registry: Vec<PathBuf>) -> PyResult<Coder> {
        let Some(profile) = Profile::ALL.into_iter().find(|known| known.as_str() == profile) else {
            let names = Profile::ALL.map(Profile::as_str).join(", ");
            return Err(Fault::new("invalid", format!("there is no profile `{profile}`; name one of {names}")).into());
        };
        let coder = detached(py, || {
            let mut coder = sayso::Coder::of_profile(profile)?;
            for path in registry {
                let name = path.display().to_string();
                let text = std::fs::read_to_string(&path)
                    .map_err(|error| Fault::new("unreadable", format!("{name}: this table of actors cannot be read ({error})")))?;
                coder = coder.with_registry(&name, &text)?;
            }
            Ok(coder)
        })?;
        Ok(Coder { coder: Arc::new(coder) })
    }

    /// A text with its statements, as JSON.
    fn read_text(&self, py: Python<'_>, text: String, known: BTreeMap<String, String>, coded: bool) -> PyResult<String> {
        self.read(py, Input { text: Some(text), origin: "text".to_owned(), ..Input::default() }, &known, coded)
    }

    /// A page with its statements, as JSON.
    fn read_html(&self, py: Python<'_>, html: String, known: BTreeMap<String, String>, coded: bool) -> PyResult<String> {
        self.read(py, Input { html: Some(html), origin: "html".to_owned(), ..Input::default() }, &known, coded)
    }

    /// The bytes of a page with its statements, as JSON.
    fn read_html_bytes(&self, py: Python<'_>, html: Vec<u8>, known: BTreeMap<String, String>, coded: bool) -> PyResult<String> {
        let bytes = Some((html, FileFormat::Html));
        self.read(py, Input { bytes, origin: "html".to_owned(), ..Input::default() }, &known, coded)
    }

    /// A file with its statements, as JSON; what the file itself says goes before what is known.
    fn read_path(&self, py: Python<'_>, path: PathBuf, known: BTreeMap<String, String>, coded: bool) -> PyResult<String> {
        let input = detached(py, || {
            let mut inputs = sayso::inputs(std::slice::from_ref(&path), &Defaults::default(), Box::new(std::io::empty()));
            let nothing = || Fault::new("page", format!("{}: there is no document in it", path.display()));
            let first = inputs.next().ok_or_else(nothing)??;
            if inputs.next().is_some() {
                let message = format!("{}: there are several documents in it; read them into a Record", path.display());
                return Err(Fault::new("page", message));
            }
            Ok(first)
        })?;
        self.read(py, input, &known, coded)
    }

    /// The documents, statements and errors of a table of articles.
    fn code(
        &self,
        py: Python<'_>,
        table: AnyRecordBatch,
        columns: BTreeMap<String, String>,
        threads: Option<usize>,
    ) -> PyResult<(PyTable, PyTable, PyTable)> {
        let (mut documents, mut statements, mut errors) = (Vec::new(), Vec::new(), Vec::new());
        self.each_part(py, table, &columns, threads, &mut |coded| {
            let tables = sayso_table::tables(coded)?;
            documents.push(tables.documents);
            statements.push(tables.statements);
            errors.push(tables.errors);
            Ok(())
        })?;
        Ok((
            PyTable::try_new(documents, schema::DOCUMENTS.clone())?,
            PyTable::try_new(statements, schema::STATEMENTS.clone())?,
            PyTable::try_new(errors, schema::ERRORS.clone())?,
        ))
    }

    /// What came of each row of a table of articles, as one table with documents and statements nested in it.
    fn code_nested(
        &self,
        py: Python<'_>,
        table: AnyRecordBatch,
        columns: BTreeMap<String, String>,
        first: i64,
    ) -> PyResult<Vec<PyRecordBatch>> {
        let mut nested = Vec::new();
        self.each_part_from(py, table, &columns, Some(1), first, &mut |coded| {
            nested.push(PyRecordBatch::new(sayso_table::nested(&coded)?));
            Ok(())
        })?;
        Ok(nested)
    }
}

/// Takes what came of some rows.
type Take<'t> = dyn FnMut(Vec<sayso_table::CodedRow>) -> Result<(), Fault> + Send + 't;

impl Coder {
    fn read(&self, py: Python<'_>, input: Input, known: &BTreeMap<String, String>, coded: bool) -> PyResult<String> {
        let input = told(input, known);
        detached(py, || {
            let document = self.coder.document(&input)?;
            let statements = if coded { self.coder.records(&document) } else { Vec::new() };
            Ok(serde_json::to_string(&Told { document: &export::document_record(&document), statements: &statements })?)
        })
    }

    pub(crate) fn each_part(
        &self,
        py: Python<'_>,
        table: AnyRecordBatch,
        columns: &BTreeMap<String, String>,
        threads: Option<usize>,
        take: &mut Take<'_>,
    ) -> PyResult<()> {
        self.each_part_from(py, table, columns, threads, 0, take)
    }

    /// Codes a table part by part.
    fn each_part_from(
        &self,
        py: Python<'_>,
        table: AnyRecordBatch,
        columns: &BTreeMap<String, String>,
        threads: Option<usize>,
        mut first: i64,
        take: &mut Take<'_>,
    ) -> PyResult<()> {
        let columns = Columns::of(columns.iter().map(|(field, column)| (field.as_str(), column.as_str()))).map_err(Fault::from)?;
        let pool = pool(threads)?;
        let mut batches = table.into_reader()?;
        while let Some(batch) = detached(py, || Ok(batches.next().transpose()?))? {
            for part in parts(&batch) {
                detached(py, || take(pool.install(|| sayso_table::code(&self.coder, &part, &columns, first))?))?;
                first += part.num_rows() as i64;
                py.check_signals()?;
            }
        }
        Ok(())
    }
}

fn parts(batch: &RecordBatch) -> impl Iterator<Item = RecordBatch> + '_ {
    (0..batch.num_rows()).step_by(ROWS).map(|from| batch.slice(from, ROWS.min(batch.num_rows() - from)))
}

/// The input with what is known of it, where it does not say so itself.
fn told(mut input: Input, known: &BTreeMap<String, String>) -> Input {
    let of = |field: &str| known.get(field).cloned();
    input.id = input.id.or_else(|| of("id"));
    input.title = input.title.or_else(|| of("title"));
    input.url = input.url.or_else(|| of("url"));
    input.publisher = input.publisher.or_else(|| of("publisher"));
    input.published = input.published.or_else(|| of("published"));
    input.credit = input.credit.or_else(|| of("credit"));
    input.byline = input.byline.or_else(|| of("byline"));
    input.language = input.language.or_else(|| of("language"));
    input.retrieved = input.retrieved.or_else(|| of("retrieved"));
    input
}
