//! How does a table go into a Parquet file, and out of it? In row groups that bound the memory, whatever the size of the record.

use std::fs::File;
use std::io::Write;

use arrow_array::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use sayso_store::Record;

use crate::{Error, What, each_batch, schema};

/// A row group ends after so many rows or bytes.
const ROWS: usize = 131_072;
const BYTES: usize = 64 << 20;

/// Writes a table of a record as Parquet (zstd), and says how many rows it has.
///
/// # Errors
/// What the store or the writer says.
pub fn write_parquet(record: &Record, what: What, writer: impl Write + Send) -> Result<u64, Error> {
    let metadata = [("sayso.schema", schema::VERSION), ("sayso.table", what.as_str())];
    let metadata = metadata.map(|(key, value)| KeyValue::new(key.to_owned(), value.to_owned())).to_vec();
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(Default::default()))
        .set_created_by(format!("sayso {}", sayso::VERSION))
        .set_key_value_metadata(Some(metadata))
        .set_max_row_group_row_count(Some(ROWS))
        .build();
    let mut writer = ArrowWriter::try_new(writer, what.schema().clone(), Some(properties)).map_err(Error::file)?;
    let mut rows = 0;
    each_batch(record, what, &mut |batch| {
        rows += batch.num_rows() as u64;
        writer.write(&batch).map_err(Error::file)?;
        if writer.in_progress_size() >= BYTES { writer.flush().map_err(Error::file) } else { Ok(()) }
    })?;
    writer.close().map_err(Error::file)?;
    Ok(rows)
}

/// The tables of a Parquet file, batch by batch.
///
/// # Errors
/// Says why the file is none.
pub fn read_parquet(file: File) -> Result<impl Iterator<Item = Result<RecordBatch, Error>>, Error> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(file).and_then(|builder| builder.build()).map_err(Error::file)?;
    Ok(reader.map(|batch| batch.map_err(Error::file)))
}
