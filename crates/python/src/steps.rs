//! The steps of linking over an engine's tables, and the columns of all tables.

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use pyo3::prelude::*;
use pyo3_arrow::input::AnyRecordBatch;
use pyo3_arrow::{PyRecordBatch, PySchema};
use sayso_table::{parted, schema};
use sayso_types::record::GroupKind;

use crate::fault::{Fault, detached};
use crate::record::linker;

/// Registers the functions.
pub(crate) fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(table_schema, module)?)?;
    module.add_function(wrap_pyfunction!(step, module)?)
}

/// The columns of a table by its name.
#[pyfunction]
fn table_schema(name: &str) -> PyResult<PySchema> {
    let all = schema::all().into_iter().chain(parted::STEPS.iter().copied());
    let found = all.into_iter().find(|(known, _)| *known == name).map(|(_, schema)| schema.clone());
    Ok(PySchema::new(found.ok_or_else(|| Fault::new("invalid", format!("there is no table `{name}`")))?))
}

/// Does a step of linking, by its name, over a table whose rows stand together as the step wants it.
#[pyfunction]
fn step(py: Python<'_>, name: &str, table: AnyRecordBatch) -> PyResult<PyRecordBatch> {
    let reader = table.into_reader()?;
    let made = detached(py, || {
        let schema: SchemaRef = reader.schema();
        let batches = reader.collect::<Result<Vec<RecordBatch>, _>>()?;
        let table = sayso_table::one(&schema, &batches)?;
        Ok(match name {
            "sketches" => parted::sketches(&table)?,
            "pairs" => parted::pairs(&table)?,
            "candidates" => parted::candidates(&table)?,
            "overlaps" => parted::overlaps(&table)?,
            "components" => parted::components(&table)?,
            "origins" => parted::origins(&table)?,
            "stories" => parted::stories(linker()?, &table)?,
            "tellings" => parted::tellings(&table)?,
            "edges" => parted::edges(linker()?, &table)?,
            "events" => parted::events(linker()?, &table)?,
            "event_groups" => parted::groups(linker()?, GroupKind::Event, &table)?,
            "relation_groups" => parted::groups(linker()?, GroupKind::Relation, &table)?,
            "estimate_groups" => parted::groups(linker()?, GroupKind::Estimate, &table)?,
            other => return Err(Fault::new("invalid", format!("there is no step `{other}`"))),
        })
    })?;
    Ok(PyRecordBatch::new(made))
}
