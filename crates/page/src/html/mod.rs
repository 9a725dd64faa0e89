//! What does an HTML page say? Its report as text, one paragraph a part, and what it says of itself.

mod content;

use trafilatura::dom;

use crate::document::{Metadata, Page};
use crate::freeze::frozen;
use crate::input::Given;
use crate::lexicon::PageLexicon;
use crate::parts::parts;

/// The text and metadata of an HTML page.
pub(crate) fn page(_lexicon: &PageLexicon, html: &str, given: &Given<'_>) -> Page {
    let tree = dom::Document::parse(html);
    let text = frozen(&content::content(tree, given.url).join("\n\n"));
    let parts = parts(&text);
    Page { text, parts, metadata: Metadata::default() }
}
