//! Statements and records as Arrow tables and Parquet files.
//!
//! The unit of distribution is a pure function over a table of articles: [`articles`] reads its rows, [`code`] makes of each row a
//! document with its statements, or says why there is none, and [`tables`] and [`nested`] put that in Arrow. It is the same on one
//! machine, in Python and on the executors of Spark. [`schema`] has the columns, [`each_batch`] and [`write_parquet`] a whole record.
//!
//! A table is the JSON form of [`sayso_types::record`], column by column: what JSON nests, the table nests.

mod articles;
mod code;
mod error;
mod parquet;
pub mod parted;
mod record;
mod rows;
pub mod schema;

pub use articles::{Columns, articles};
pub use code::{CodedRow, Refusal, Tables, code, nested, refusals, tables};
pub use error::{Error, ErrorKind};
pub use parquet::{read_parquet, write_parquet};
pub use record::{What, each_batch};
pub use rows::{documents, documents_of, groups, one, statements, statements_of};
