//! The native half of the Python package `sayso`: what it does is done here, what a user sees of it stands in `python/sayso`.
//!
//! Everything crosses as Arrow tables or as the JSON form. The interpreter's lock is let go around all work; between batches Python may
//! end it (Ctrl-C). No panic crosses: of a document it is a row of the errors, of anything else an exception.

#![allow(clippy::needless_pass_by_value, reason = "what Python gives is handed over")]

mod coder;
mod fault;
mod pool;
mod reading;
mod record;
mod search;
mod steps;
mod warc;

use pyo3::prelude::*;

/// The native half of the package `sayso`.
#[pymodule]
#[pyo3(name = "_sayso")]
fn sayso_module(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("VERSION", sayso::VERSION)?;
    module.add("THRESHOLD", sayso_linking::event::THRESHOLD)?;
    module.add("SCHEMA_VERSION", sayso_table::schema::VERSION)?;
    module.add_class::<coder::Coder>()?;
    module.add_class::<record::Record>()?;
    module.add_class::<warc::Pages>()?;
    steps::register(module)
}
