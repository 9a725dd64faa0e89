//! Which characters do these bytes stand for? Byte order mark, then UTF-8 where it is valid, then the charset that the server or the
//! markup declares, then a guess by chardetng. Bytes that fit nothing become U+FFFD; no input fails.

use std::borrow::Cow;
use std::sync::LazyLock;

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use regex::bytes::Regex;

use crate::error::{Error, ErrorKind};
use crate::input::{Content, Format, Input, Limits};

/// The share of control characters above which bytes are no text.
const CONTROL_SHARE: usize = 20;

/// Begins a shift of character sets in ISO-2022-JP, which is text.
const ESCAPE: u8 = 0x1b;

/// How many bytes are looked at to tell text from other matter, and to find a declared charset.
const HEAD: usize = 8192;

/// The characters of an input, or why it is no text.
pub(crate) fn decode<'a>(limits: &Limits, input: &Input<'a>) -> Result<Cow<'a, str>, Error> {
    let bytes = input.content.bytes();
    if bytes.len() > limits.bytes {
        let message = format!("{} bytes are more than the limit of {}; cut the page or raise the limit", bytes.len(), limits.bytes);
        return Err(Error::new(ErrorKind::TooLarge, message));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::new(ErrorKind::Empty, "there is nothing in it"));
    }
    match input.content {
        Content::Decoded(text) => Ok(Cow::Borrowed(text)),
        Content::Bytes(bytes) => characters(bytes, input.format, input.given.charset),
    }
}

fn characters<'b>(bytes: &'b [u8], format: Format, charset: Option<&str>) -> Result<Cow<'b, str>, Error> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode_with_bom_removal(bytes).0);
    }
    if is_binary(bytes) {
        return Err(Error::new(ErrorKind::Binary, "these bytes are not text; give an HTML page or plain text"));
    }
    let by_server = charset.and_then(|label| possible(label.as_bytes(), bytes));
    let declared = by_server.or_else(|| if format == Format::Html { declared(bytes) } else { None });
    if let Ok(text) = std::str::from_utf8(bytes)
        && declared != Some(ISO_2022_JP)
    {
        // Text in another encoding is hardly ever valid UTF-8 by chance, whatever a page declares; only ISO-2022-JP is plain ASCII.
        return Ok(Cow::Borrowed(text));
    }
    Ok(declared.unwrap_or_else(|| guessed(bytes)).decode_without_bom_handling(bytes).0)
}

/// Whether the head holds a NUL, a known signature or many control characters.
fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let signatures: [&[u8]; 6] = [b"%PDF-", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"\x7fELF"];
    let control = head.iter().filter(|b| b.is_ascii_control() && !b.is_ascii_whitespace() && **b != ESCAPE).count();
    signatures.iter().any(|signature| head.starts_with(signature)) || head.contains(&0) || control * CONTROL_SHARE > head.len()
}

/// The charset that a `<meta>` element or XML declaration in the head names. UTF-16 cannot be true, since it was read as ASCII.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    static CHARSET: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"(?i-u)(?:charset|encoding)\s*=\s*["']?\s*([a-z0-9_:.-]+)"#).expect("a valid pattern"));
    let head = &bytes[..bytes.len().min(HEAD)];
    let label = CHARSET.captures(head)?.get(1)?;
    possible(label.as_bytes(), bytes)
}

/// The encoding of a label, where the bytes can be in it.
fn possible(label: &[u8], bytes: &[u8]) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label)?;
    let is_true = encoding != UTF_16LE && encoding != UTF_16BE && (encoding != UTF_8 || mostly_utf8(bytes));
    is_true.then_some(encoding)
}

/// Whether the bytes beyond ASCII are UTF-8 save for a few broken ones.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let broken = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let valid = bytes.utf8_chunks().map(|chunk| chunk.valid().chars().filter(|c| !c.is_ascii()).count()).sum::<usize>();
    broken <= valid
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    if mostly_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], format: Format) -> String {
        characters(bytes, format, None).expect("text").into_owned()
    }

    #[test]
    fn what_the_server_says_goes_before_what_the_markup_says() {
        let page = b"<meta charset=windows-1252>\xcc\xe8\xf0";
        for (charset, text) in [(Some("windows-1251"), "Мир"), (None, "Ìèð"), (Some("utf-8"), "Ìèð"), (Some("no such"), "Ìèð")]
        {
            assert_eq!(characters(page, Format::Html, charset).expect("text").rsplit('>').next(), Some(text), "{charset:?}");
        }
        assert_eq!(characters("Мир".as_bytes(), Format::Text, Some("windows-1251")).expect("text"), "Мир", "what is UTF-8 stays so");
    }

    #[test]
    fn bytes_become_characters() {
        for (bytes, format, text) in [
            (&b"caf\xc3\xa9"[..], Format::Text, "café"),
            (b"\xef\xbb\xbfcaf\xc3\xa9", Format::Text, "café"),
            (b"\xff\xfeM\0\x61\0", Format::Text, "Ma"),
            (b"<meta charset='windows-1251'>\xcc\xe8\xf0", Format::Html, "<meta charset='windows-1251'>Мир"),
            (b"<meta charset=utf-8>L'arm\xe9e a tu\xe9 deux hommes", Format::Html, "<meta charset=utf-8>L'armée a tué deux hommes"),
            (
                b"Fighters entered the caf\xc3\xa9 and the h\xc3\xb4tel\xff.",
                Format::Text,
                "Fighters entered the café and the hôtel\u{fffd}.",
            ),
            (b"Le pr\xe9sident et l'arm\xe9e ont \xe9t\xe9 accus\xe9s", Format::Text, "Le président et l'armée ont été accusés"),
        ] {
            assert_eq!(check(bytes, format), text);
        }
    }

    #[test]
    fn other_matter_is_refused() {
        for bytes in [&b"%PDF-1.4 abc"[..], b"\x89PNG\r\n", b"ab\0cd", b"\x01\x02\x03\x04\x05abc"] {
            assert_eq!(characters(bytes, Format::Text, None).expect_err("not text").kind(), ErrorKind::Binary);
        }
    }
}
