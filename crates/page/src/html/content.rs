//! Which words of a page are its report? The trafilatura crate decides; its result becomes one string a paragraph.

use trafilatura::{Options, dom};

/// The paragraphs of the page's main content, white space made single.
pub(crate) fn content(tree: dom::Document, _url: Option<&str>) -> Vec<String> {
    let options = Options::default().with_fallback(true);
    match trafilatura::extract_document(tree, &options) {
        Ok(result) => result.content_text.lines().map(single_spaced).filter(|line| !line.is_empty()).collect(),
        Err(_) => Vec::new(),
    }
}

/// The words with one space between.
pub(crate) fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
