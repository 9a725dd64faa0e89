//! The codebook, made once from the data that the program carries.

use std::sync::OnceLock;

use sayso::codebook::Codebook;

use crate::fault::Fault;

/// The codebook.
pub(crate) fn codebook() -> Result<&'static Codebook, Fault> {
    static CODEBOOK: OnceLock<Option<Codebook>> = OnceLock::new();
    // A program whose data does not load opens no desk, so that nobody asks.
    CODEBOOK.get_or_init(|| Codebook::embedded().ok()).as_ref().ok_or_else(Fault::ended)
}
