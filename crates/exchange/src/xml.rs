//! How does any text stand in XML? Escaped, and without the signs that XML has no way to write.

/// A text for XML.
pub(crate) fn clean(text: &str) -> String {
    let is_writable = |sign: &char| !(sign.is_control() && !matches!(sign, '\t' | '\n' | '\r') || matches!(sign, '\u{fffe}' | '\u{ffff}'));
    let text: String = text.chars().filter(is_writable).collect();
    quick_xml::escape::escape(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn text_never_becomes_markup() {
        for (text, expected) in [
            ("<script>", "&lt;script&gt;"),
            ("Smith & Sons \"x\"", "Smith &amp; Sons &quot;x&quot;"),
            ("a\u{0}b\u{1f}c\u{fffe}d\u{85}e", "abcde"),
            ("two\nlines", "two\nlines"),
        ] {
            assert_eq!(clean(text), expected);
        }
    }
}
