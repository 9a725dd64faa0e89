//! What kind of file is this? Its first bytes tell before its name does.

use std::io::Read;
use std::path::Path;

use crate::mail;
use crate::unpacking::Packing;

/// How many bytes are looked at.
pub(crate) const HEAD: usize = 8 << 10;

/// The kinds of files that hold reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Html,
    Text,
    Lines,
    Warc,
    Table,
    Parquet,
    Pdf,
    /// A ZIP archive: a Word document, or a bundle of files.
    Zip,
    Mail,
    Mailbox,
}

/// Endings of files that are read where only their directory is named; a file without one is read as well.
const ENDINGS: [&str; 17] =
    ["html", "htm", "xhtml", "txt", "text", "jsonl", "ndjson", "warc", "csv", "tsv", "parquet", "pdf", "docx", "eml", "mbox", "mbx", "zip"];

/// Endings of packed files, before which the ending of what is packed stands.
const PACKED: [&str; 3] = ["gz", "zst", "zstd"];

/// Whether a file in a directory can be a report, or hold some, by its name: not hidden, and of a known ending or none.
pub fn can_hold_reports(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let (ending, packed) = ending(path);
    !hidden && (ENDINGS.contains(&ending.as_str()) || ending.is_empty() && !packed)
}

/// The ending of a file in small letters, and whether one of a packed file stands behind it.
fn ending(path: &Path) -> (String, bool) {
    let of = |path: &Path| path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let last = of(path);
    if PACKED.contains(&last.as_str()) { (of(&path.with_extension("")), true) } else { (last, false) }
}

impl Kind {
    /// The kind of a file of this name that begins so once it is unpacked. `-` is standard input, which has no name to go by;
    /// `is_table` says whether its columns were named, which only a table has.
    pub(crate) fn of(path: &Path, head: &[u8], is_table: impl FnOnce() -> bool) -> Kind {
        let (ending, _) = ending(path);
        let begins = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
        let nameless = path.as_os_str() == "-";
        if let Some(kind) = Kind::by_signature(head) {
            return kind;
        }
        match ending.as_str() {
            "jsonl" | "ndjson" => Kind::Lines,
            "csv" | "tsv" => Kind::Table,
            "html" | "htm" | "xhtml" => Kind::Html,
            "eml" => Kind::Mail,
            "mbox" | "mbx" => Kind::Mailbox,
            _ if looks_like_html(begins) => Kind::Html,
            "" if nameless && begins.starts_with(b"{") => Kind::Lines,
            "" if begins.starts_with(b"From ") && mail::is_mail(after_line(begins)) => Kind::Mailbox,
            "" if mail::is_mail(begins) => Kind::Mail,
            "" if nameless && is_table() => Kind::Table,
            _ => Kind::Text,
        }
    }

    /// The kind of what cannot be anything else.
    fn by_signature(head: &[u8]) -> Option<Kind> {
        if head.trim_ascii_start().starts_with(b"WARC/") {
            Some(Kind::Warc)
        } else if head[..head.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
            Some(Kind::Pdf)
        } else if head.starts_with(b"PAR1") {
            Some(Kind::Parquet)
        } else if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            Some(Kind::Zip)
        } else {
            None
        }
    }
}

fn after_line(bytes: &[u8]) -> &[u8] {
    bytes.iter().position(|byte| *byte == b'\n').map_or(&[], |newline| &bytes[newline + 1..])
}

/// The first bytes of a file once it is unpacked, by its first packed ones.
pub(crate) fn unpacked(packing: Packing, head: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut reader: Box<dyn Read + '_> = match packing {
        Packing::None => return head.to_vec(),
        Packing::Gzip => Box::new(flate2::bufread::GzDecoder::new(head)),
        Packing::Zstd => match zstd::stream::read::Decoder::with_buffer(head) {
            Ok(decoder) => Box::new(decoder),
            Err(_) => return bytes,
        },
    };
    // It ends where the head does, within a member: what came until then is enough.
    let mut chunk = [0; 1 << 10];
    while bytes.len() < HEAD {
        match reader.read(&mut chunk) {
            Ok(0) | Err(_) => break,
            Ok(read) => bytes.extend_from_slice(&chunk[..read]),
        }
    }
    bytes
}

pub(crate) fn looks_like_html(bytes: &[u8]) -> bool {
    let head: Vec<u8> = bytes.iter().take(1024).map(u8::to_ascii_lowercase).collect();
    let begins = head.trim_ascii_start();
    let has = |tag: &[u8]| head.windows(tag.len()).any(|window| window == tag);
    begins.starts_with(b"<!doctype html") || (begins.starts_with(b"<") && (has(b"<html") || has(b"<head") || has(b"<body")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_before_the_name() {
        for (name, head, kind) in [
            ("a.html", &b"words"[..], Kind::Html),
            ("a.txt", b"<!DOCTYPE html><p>words", Kind::Html),
            ("a.txt", b"{\"words\"}", Kind::Text),
            ("-", b" {\"text\": 1}", Kind::Lines),
            ("a.jsonl.gz", b"{", Kind::Lines),
            ("a", b"WARC/1.0\r\n", Kind::Warc),
            ("a.txt", b"%PDF-1.4", Kind::Pdf),
            ("a.html", b"PK\x03\x04", Kind::Zip),
            ("a.bin", b"PAR1", Kind::Parquet),
            ("a.CSV", b"text", Kind::Table),
            ("saved", b"From: x@y.example\nMIME-Version: 1.0\n\nwords", Kind::Mail),
            ("saved", b"From x@y Thu\nReceived: by\nFrom: x@y.example\n\nwords", Kind::Mailbox),
            ("note", b"From: the desk\nNothing happened.", Kind::Text),
        ] {
            assert_eq!(Kind::of(Path::new(name), head, || false), kind, "{name} {}", String::from_utf8_lossy(head));
        }
        assert_eq!(Kind::of(Path::new("-"), b"id,body\n", || true), Kind::Table);
    }

    #[test]
    fn of_a_directory_what_can_hold_reports_is_read() {
        for (name, read) in [("a.warc.gz", true), ("b.PDF", true), ("c", true), ("d.gz", false), (".e.txt", false), ("f.png", false)] {
            assert_eq!(can_hold_reports(Path::new(name)), read, "{name}");
        }
    }
}
