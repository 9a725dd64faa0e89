//! What does a PDF say? Its text page by page; what only a picture shows is not read.

use pdf_oxide::PdfDocument;

use crate::cage::Limits;
use crate::{FaultKind, LARGEST};

/// The text of a PDF, or why there is none. It is read in a [`crate::Cage`], since a damaged one can take any time and memory.
///
/// # Errors
/// If it is locked, damaged, has too many pages, or holds no text.
pub(crate) fn text(bytes: Vec<u8>, limits: Limits) -> Result<String, (FaultKind, String)> {
    let damaged = |error: pdf_oxide::Error| (FaultKind::Damaged, format!("the PDF does not read: {error}"));
    let document = PdfDocument::from_bytes(bytes).map_err(damaged)?;
    if document.is_encrypted() && !document.authenticate(b"").unwrap_or(false) {
        return Err((FaultKind::Locked, "the PDF is locked with a password; save it without one".to_owned()));
    }
    let pages = document.page_count().map_err(damaged)?;
    if pages > limits.pages {
        let reason = format!("the PDF has {pages} pages, more than the {} that a report can have; cut it into its reports", limits.pages);
        return Err((FaultKind::TooLarge, reason));
    }
    let (mut text, mut failed) = (String::new(), None);
    for page in 0..pages {
        match document.extract_text(page) {
            Ok(of_page) => text.push_str(of_page.trim_end()),
            Err(error) => failed = Some(error),
        }
        text.push_str("\n\n");
        if text.len() > LARGEST {
            return Err((FaultKind::TooLarge, format!("its text has more than the {} MB that a report can have", LARGEST >> 20)));
        }
    }
    match failed {
        _ if !text.trim().is_empty() => Ok(joined(text.trim())),
        Some(error) => Err(damaged(error)),
        None => Err((FaultKind::NoText, "no page of the PDF has text; if they are pictures, read them with OCR first".to_owned())),
    }
}

/// The text with words whole that were divided at the end of a line.
fn joined(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    for line in text.lines() {
        let divided = whole.strip_suffix("-\n").is_some_and(|before| before.ends_with(char::is_lowercase));
        if divided && line.trim_start().starts_with(char::is_lowercase) {
            whole.truncate(whole.len() - 2);
            whole.push_str(line.trim_start());
        } else {
            whole.push_str(line);
        }
        whole.push('\n');
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_divided_at_the_end_of_a_line_are_whole() {
        assert_eq!(joined("Gunmen kil-\nled six farm-\n  ers near Port-\nAu-Prince"), "Gunmen killed six farmers near Port-\nAu-Prince\n");
    }
}
