//! What does an HTML page say? Its report as text, one paragraph a part, and what it says of itself.

mod content;
mod json_ld;
mod metadata;
mod published;
mod survey;

use trafilatura::dom;

use crate::document::Page;
use crate::freeze::frozen;
use crate::input::Given;
use crate::lexicon::PageLexicon;
use crate::parts::parts;

/// The text and metadata of an HTML page.
pub(crate) fn page(lexicon: &PageLexicon, html: &str, given: &Given<'_>) -> Page {
    let tree = dom::Document::parse(html);
    let survey = survey::survey(&lexicon.markup, &tree);
    let metadata = metadata::metadata(lexicon, &survey, given);
    let text = frozen(&content::content(tree).join("\n\n"));
    let parts = parts(&text);
    Page { text, parts, metadata }
}
