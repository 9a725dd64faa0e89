//! Who speaks inside quotation marks? The speaker named beside a quotation speaks in all its sentences, and goes on in the next.

use super::Governor;
use crate::cues::Cues;
use crate::syntax::Tree;

/// The speaker of the quotation that a token stands in, where a sentence that it touches names one.
pub(super) fn speaker(_tree: &Tree<'_>, _token: usize, _cues: &Cues) -> Option<Governor> {
    None
}
