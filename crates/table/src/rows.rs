//! How do documents, statements and groups become rows of a table, and rows these again?
//!
//! Through the JSON form, which both sides have: a field that a schema lacks is an error, never silently lost.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, BooleanArray, ListArray, RecordBatch, StructArray};
use arrow_json::{LineDelimitedWriter, ReaderBuilder};
use arrow_schema::{DataType, Field, FieldRef, Fields, Schema, SchemaRef};
use arrow_select::concat::concat_batches;
use sayso_types::record::{DocumentRecord, GroupKind, GroupRecord, StatementRecord};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Error, schema};

/// The table of some documents.
///
/// # Errors
/// None but faults of this program.
pub fn documents(documents: &[DocumentRecord]) -> Result<RecordBatch, Error> {
    batch(&schema::DOCUMENTS, documents)
}

/// The table of some statements. A number beyond what Arrow's signed integers hold is written as the greatest that they do.
///
/// # Errors
/// None but faults of this program.
pub fn statements(statements: &[StatementRecord]) -> Result<RecordBatch, Error> {
    if statements.iter().all(fits) {
        return batch(&schema::STATEMENTS, statements);
    }
    batch(&schema::STATEMENTS, &statements.iter().cloned().map(fitting).collect::<Vec<_>>())
}

/// The table of some groups of one kind.
///
/// # Errors
/// None but faults of this program.
pub fn groups(kind: GroupKind, groups: &[GroupRecord]) -> Result<RecordBatch, Error> {
    let schema = match kind {
        GroupKind::Event => &schema::EVENTS,
        GroupKind::Relation => &schema::RELATIONS,
        GroupKind::Estimate => &schema::ESTIMATES,
    };
    let groups: Vec<GroupRecord> = groups.iter().cloned().map(countable).collect();
    batch(schema, &groups)
}

/// The documents of a table that has their columns, whoever wrote it.
///
/// # Errors
/// Says which column lacks or is of another kind.
pub fn documents_of(batch: &RecordBatch) -> Result<Vec<DocumentRecord>, Error> {
    rows(batch, "this is no table of documents")
}

/// The statements of a table that has their columns, whoever wrote it.
///
/// # Errors
/// Says which column lacks or is of another kind.
pub fn statements_of(batch: &RecordBatch) -> Result<Vec<StatementRecord>, Error> {
    rows(batch, "this is no table of statements")
}

/// Several batches of one table as one.
///
/// # Errors
/// Says where the batches differ.
pub fn one(schema: &SchemaRef, batches: &[RecordBatch]) -> Result<RecordBatch, Error> {
    concat_batches(schema, batches).map_err(|error| Error::columns("the batches of the table differ", error))
}

/// The greatest number of Arrow's signed integers.
const GREATEST: u64 = i64::MAX as u64;

fn fits(statement: &StatementRecord) -> bool {
    statement.quantities.iter().flat_map(|q| [q.low, q.best, q.high]).flatten().all(|number| number <= GREATEST)
}

/// The statement with numbers that signed integers hold.
pub(crate) fn fitting(mut statement: StatementRecord) -> StatementRecord {
    for quantity in &mut statement.quantities {
        for number in [&mut quantity.low, &mut quantity.best, &mut quantity.high] {
            *number = number.map(|number| number.min(GREATEST));
        }
    }
    statement
}

pub(crate) fn countable(mut group: GroupRecord) -> GroupRecord {
    for count in &mut group.counts {
        for number in [&mut count.low, &mut count.best, &mut count.high, &mut count.least, &mut count.most] {
            *number = number.map(|number| number.min(GREATEST));
        }
    }
    group
}

/// The table of a schema that holds some rows.
pub(crate) fn batch<S: Serialize>(schema: &SchemaRef, rows: &[S]) -> Result<RecordBatch, Error> {
    if rows.is_empty() {
        return Ok(RecordBatch::new_empty(schema.clone()));
    }
    let loose = Arc::new(Schema::new(loosened(schema.fields())));
    let mut decoder =
        ReaderBuilder::new(loose).with_batch_size(rows.len()).with_strict_mode(true).build_decoder().map_err(Error::internal)?;
    decoder.serialize(rows).map_err(Error::internal)?;
    let read = decoder.flush().map_err(Error::internal)?;
    let Some(read) = read else { return Ok(RecordBatch::new_empty(schema.clone())) };
    let columns = read.columns().iter().zip(schema.fields()).map(|(column, field)| settled(column, field)).collect();
    RecordBatch::try_new(schema.clone(), columns).map_err(Error::internal)
}

/// The rows of a table.
pub(crate) fn rows<T: DeserializeOwned>(batch: &RecordBatch, otherwise: &str) -> Result<Vec<T>, Error> {
    let fault = |cause: &dyn std::fmt::Display| Error::columns(otherwise, cause);
    let mut writer = LineDelimitedWriter::new(Vec::new());
    writer.write(batch).and_then(|()| writer.finish()).map_err(|error| fault(&error))?;
    let json = writer.into_inner();
    let lines = json.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).map_err(|error| fault(&error))).collect()
}

/// The fields, any of which may be absent: as JSON has them.
fn loosened(fields: &Fields) -> Fields {
    fields.iter().map(loose).collect()
}

fn loose(field: &FieldRef) -> FieldRef {
    let of = match field.data_type() {
        DataType::Struct(fields) => DataType::Struct(loosened(fields)),
        DataType::List(item) => DataType::List(loose(item)),
        other => other.clone(),
    };
    Arc::new(Field::new(field.name(), of, true))
}

/// A column as its field wants it: what JSON leaves out is `false`, or an empty list, where it is never null.
fn settled(array: &ArrayRef, field: &Field) -> ArrayRef {
    match field.data_type() {
        DataType::Struct(fields) => {
            let of = array.as_struct();
            let columns = of.columns().iter().zip(fields).map(|(column, field)| settled(column, field)).collect();
            Arc::new(StructArray::new(fields.clone(), columns, of.nulls().cloned()))
        }
        DataType::List(item) => {
            let of = array.as_list::<i32>();
            let nulls = if field.is_nullable() { of.nulls().cloned() } else { None };
            Arc::new(ListArray::new(item.clone(), of.offsets().clone(), settled(of.values(), item), nulls))
        }
        DataType::Boolean if !field.is_nullable() && array.null_count() > 0 => {
            let of = array.as_boolean();
            let values = of.nulls().map_or_else(|| of.values().clone(), |nulls| of.values() & nulls.inner());
            Arc::new(BooleanArray::new(values, None))
        }
        _ => array.clone(),
    }
}
