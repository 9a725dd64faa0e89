//! How many?
pub(crate) mod number;
pub(crate) mod piece;
#[cfg(test)]
pub(crate) mod sample;
pub(crate) mod table;

pub use number::Numbers;
pub use table::Table;
