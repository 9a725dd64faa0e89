//! What do the pages show?

pub(crate) mod document;
pub(crate) mod fault;
pub(crate) mod frame;
pub(crate) mod list;
pub(crate) mod statement;
pub(crate) mod text;
