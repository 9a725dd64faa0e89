//! What does each screen tell? Made from the record once, written by the API as JSON and by the pages as HTML.

pub(crate) mod actor;
pub(crate) mod decision;
pub(crate) mod document;
pub(crate) mod estimate;
pub(crate) mod event;
pub(crate) mod map;
pub(crate) mod paged;
pub(crate) mod people;
pub(crate) mod relations;
pub(crate) mod statement;
