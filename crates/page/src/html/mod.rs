//! What does an HTML page say? Its report as text, one paragraph a part, and what it says of itself.

mod content;
mod flat;
mod json_ld;
mod mending;
mod metadata;
mod outline;
mod published;
mod shown;
mod survey;

use trafilatura::dom;

use crate::document::{Metadata, Page};
use crate::freeze::frozen;
use crate::input::Given;
use crate::lexicon::PageLexicon;
use crate::parts::parts;

/// The text and metadata of an HTML page; of one that no parser should be given, the text alone.
pub(crate) fn page(lexicon: &PageLexicon, html: &str, given: &Given<'_>) -> Page {
    if flat::is_too_deep(html) {
        let text = frozen(&flat::without_tags(html));
        return Page { parts: parts(&text), text, metadata: Metadata::default() };
    }
    let tree = dom::Document::parse(html);
    let survey = survey::survey(&lexicon.markup, &tree);
    let metadata = metadata::metadata(lexicon, &survey, given);
    let text = frozen(&content::content(&lexicon.markup, tree, metadata.title.as_deref()).join("\n\n"));
    let parts = parts(&text);
    Page { text, parts, metadata }
}
