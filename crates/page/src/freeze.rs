//! Which text do all offsets count in? NFC, lines ended by `\n`, no other control characters but tabs; a text that is so already
//! stays as it is, byte for byte.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// The frozen form of a text.
pub(crate) fn frozen(text: &str) -> String {
    let clean = without_control(text);
    if clean.is_ascii() || is_nfc(&clean) { clean.into_owned() } else { clean.nfc().collect() }
}

fn without_control(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_dropped) {
        return Cow::Borrowed(text);
    }
    let lines = text.replace("\r\n", "\n").replace(['\r', '\u{c}', '\u{85}'], "\n");
    Cow::Owned(lines.chars().filter(|c| !is_dropped(*c)).collect())
}

fn is_dropped(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_frozen() {
        for (text, expected) in [
            ("One.\r\n\r\nTwo.\rThree.", "One.\n\nTwo.\nThree."),
            ("A\u{7}B\u{0}C\tD", "ABC\tD"),
            ("cafe\u{301}", "café"),
            ("  kept \n\n\n as it is ", "  kept \n\n\n as it is "),
        ] {
            assert_eq!(frozen(text), expected);
        }
    }
}
