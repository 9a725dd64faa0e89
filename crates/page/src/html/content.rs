//! Which words of a page are its report? The trafilatura crate decides; what it is known to lose or to keep is mended by the markup
//! around each piece of the whole page.

use std::panic::{AssertUnwindSafe, catch_unwind};

use trafilatura::{Options, dom};

use crate::html::mending::mended;
use crate::html::outline::{Piece, pieces};
use crate::markup::Markup;

/// The paragraphs of the page's main content, white space made single; those of the whole page where none is found.
pub(crate) fn content(markup: &Markup, tree: dom::Document, title: Option<&str>) -> Vec<String> {
    let whole = pieces(markup, &tree);
    let options = Options::default().with_fallback(true).with_exclude_comments(true);
    // The crate is young: a page on which it panics is read as a whole instead.
    let main = catch_unwind(AssertUnwindSafe(|| trafilatura::extract_document(tree, &options)));
    let found =
        main.ok().and_then(Result::ok).map(|result| pieces(markup, &dom::Document::parse(&result.content_html))).unwrap_or_default();
    let texts = |pieces: Vec<Piece>| pieces.into_iter().map(|piece| piece.text).collect();
    if found.is_empty() { texts(whole) } else { mended(markup, texts(found), &whole, title) }
}
