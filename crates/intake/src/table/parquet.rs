//! Which reports does a Parquet file hold? Its columns are read in small batches, and only those that are asked for.

use std::fs::File;

use arrow_array::{Array, ArrayRef, BinaryArray, StringArray};
use arrow_cast::cast::cast;
use arrow_schema::DataType;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};

use super::{Cell, ColumnMap, ColumnNames, DayOrder, Layout, report};
use crate::{Fault, FaultKind, LARGEST, Place, Reached, Report};

/// Rows that are unpacked together. Few, since each may be a long report.
const TOGETHER: usize = 64;

/// The reports of a Parquet file.
pub(crate) struct Parquet {
    batches: ParquetRecordBatchReader,
    layout: Layout,
    days: DayOrder,
    /// The batch that is read, its columns as text, and how many rows of it lie behind.
    batch: Vec<Column>,
    rows: usize,
    row: usize,
    number: u64,
    ended: bool,
}

/// A column of a batch.
enum Column {
    Text(StringArray),
    Bytes(BinaryArray),
}

impl Column {
    /// A column as text, whatever it is, dates and times as ISO 8601 writes them; bytes stay as they are.
    fn of(column: &ArrayRef) -> Result<Column, String> {
        let is_binary =
            matches!(column.data_type(), DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_));
        let kind = if is_binary { DataType::Binary } else { DataType::Utf8 };
        let column = cast(column, &kind).map_err(|error| error.to_string())?;
        let (text, bytes) = (column.as_any().downcast_ref::<StringArray>(), column.as_any().downcast_ref::<BinaryArray>());
        let found = text.cloned().map(Column::Text).or_else(|| bytes.cloned().map(Column::Bytes));
        found.ok_or_else(|| "a column cannot be read as text".to_owned())
    }

    /// The value of a row; `None` where it has none.
    fn value(&self, row: usize) -> Option<&[u8]> {
        match self {
            Column::Text(column) => column.is_valid(row).then(|| column.value(row).as_bytes()),
            Column::Bytes(column) => column.is_valid(row).then(|| column.value(row)),
        }
    }
}

impl Parquet {
    /// The reports of a file, behind what was reached before.
    ///
    /// # Errors
    /// If it is damaged, or none of its columns can be the text.
    pub(crate) fn new(file: File, (said, names): (&ColumnMap, &ColumnNames), days: DayOrder, reached: Reached) -> Result<Parquet, Fault> {
        let place = Place { label: "header".to_owned(), reached: Reached::default() };
        let damaged = |error: parquet::errors::ParquetError| Fault::new(FaultKind::Damaged, &place, damage(&error.to_string()));
        let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(damaged)?;
        let header: Vec<String> = builder.schema().fields().iter().map(|field| field.name().clone()).collect();
        let layout = Layout::new(&header, said, names).map_err(|reason| Fault::new(FaultKind::Columns, &place, reason))?;
        let columns = layout.all();
        for column in &columns {
            let field = builder.schema().field(*column);
            if field.data_type().is_nested() {
                let reason = format!("the column `{}` holds {}, and must hold text, numbers or dates", field.name(), field.data_type());
                return Err(Fault::new(FaultKind::Columns, &place, reason));
            }
        }
        let mask = ProjectionMask::roots(builder.parquet_schema(), columns.iter().copied());
        let skip = usize::try_from(reached.number).unwrap_or(usize::MAX);
        let batches = builder.with_projection(mask).with_batch_size(TOGETHER).with_offset(skip).build().map_err(damaged)?;
        let layout = layout.of_some(&columns);
        Ok(Parquet { batches, layout, days, batch: Vec::new(), rows: 0, row: 0, number: reached.number, ended: false })
    }

    /// Which columns were taken by their names.
    pub(crate) fn guessed(&self) -> &str {
        self.layout.guessed()
    }

    fn place(&self) -> Place {
        Place { label: format!("row {}", self.number), reached: Reached { number: self.number, offset: 0, within: 0 } }
    }

    /// Reads the next batch; whether there was one.
    fn more(&mut self) -> Result<bool, String> {
        let Some(batch) = self.batches.next() else { return Ok(false) };
        let batch = batch.map_err(|error| error.to_string())?;
        self.batch = batch.columns().iter().map(Column::of).collect::<Result<_, _>>()?;
        (self.rows, self.row) = (batch.num_rows(), 0);
        Ok(true)
    }
}

/// What the library says of a damaged file, with what to do about it.
fn damage(error: &str) -> String {
    format!("the file is damaged ({error}); fetch or write it again")
}

impl Iterator for Parquet {
    type Item = Result<Report, Fault>;

    fn next(&mut self) -> Option<Result<Report, Fault>> {
        while self.row == self.rows {
            if self.ended {
                return None;
            }
            match self.more() {
                Ok(true) => {}
                Ok(false) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    self.number += 1;
                    return Some(Err(Fault::new(FaultKind::Damaged, &self.place(), damage(&error))));
                }
            }
        }
        let row = self.row;
        self.row += 1;
        self.number += 1;
        let place = self.place();
        if self.batch.iter().any(|column| column.value(row).is_some_and(|value| value.len() > LARGEST)) {
            let reason = format!("the row has more than the {} MB that a report can have", LARGEST >> 20);
            return Some(Err(Fault::new(FaultKind::TooLarge, &place, reason)));
        }
        Some(report(&self.layout, self.days, place, |column| self.batch.get(column)?.value(row).map(Cell::of)))
    }
}
