//! What does each screen tell? Made from the record once, written by the API as JSON and by the pages as HTML.

pub(crate) mod actor;
pub(crate) mod added;
pub(crate) mod book;
pub(crate) mod codebook;
pub(crate) mod decision;
pub(crate) mod document;
pub(crate) mod dossier;
pub(crate) mod estimate;
pub(crate) mod event;
pub(crate) mod feed;
pub(crate) mod map;
pub(crate) mod paged;
pub(crate) mod people;
pub(crate) mod relations;
pub(crate) mod review;
pub(crate) mod saved;
pub(crate) mod search;
pub(crate) mod sensitivity;
pub(crate) mod statement;
pub(crate) mod written;
