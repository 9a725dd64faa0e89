//! What does a Word document (DOCX) say? The paragraphs of its body, without what was struck out, as the format's standard names them.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::{Content, Fault, FaultKind, Known, LARGEST, Place, Report};

/// The part that holds the body.
const BODY: &str = "word/document.xml";

/// Whether a ZIP archive is a Word document.
pub(crate) fn is_docx<R: Read + std::io::Seek>(archive: &ZipArchive<R>) -> bool {
    archive.index_for_name(BODY).is_some()
}

/// The report that a document is.
///
/// # Errors
/// If it is damaged, too large once unpacked, or has no text.
pub(crate) fn report(bytes: &[u8], place: Place) -> Result<Report, Fault> {
    let damaged = |cause: String| Fault::new(FaultKind::Damaged, &place, format!("the Word document does not read: {cause}"));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    let body = archive.by_name(BODY).map_err(|error| damaged(error.to_string()))?;
    let mut xml = Vec::new();
    body.take(LARGEST as u64 + 1).read_to_end(&mut xml).map_err(|error| damaged(error.to_string()))?;
    if xml.len() > LARGEST {
        let reason = format!("its body has more than the {} MB that a report can have", LARGEST >> 20);
        return Err(Fault::new(FaultKind::TooLarge, &place, reason));
    }
    let text = paragraphs(&xml).map_err(damaged)?;
    if text.trim().is_empty() {
        return Err(Fault::new(FaultKind::NoText, &place, "there is no text in it"));
    }
    Ok(Report { content: Content::Text(text), known: Known::default(), place })
}

/// What stands in which element, as far as reading needs to know.
#[derive(Default)]
struct Standing {
    /// Within so many `w:t`: words.
    words: usize,
    /// Within so many elements whose words do not count: struck out, moved away, the second form of a drawing.
    struck: usize,
}

/// The text of a body, a paragraph a line. No element is kept, so that no depth of them matters.
fn paragraphs(xml: &[u8]) -> Result<String, String> {
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().check_end_names = false;
    let (mut text, mut standing, mut buffer) = (String::new(), Standing::default(), Vec::new());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(|error| error.to_string())? {
            Event::Start(start) => begin(&start, &mut standing, &mut text),
            Event::Empty(empty) => mark(empty.local_name().as_ref(), &standing, &mut text),
            Event::End(end) => match end.local_name().as_ref() {
                b"t" => standing.words = standing.words.saturating_sub(1),
                b"p" => text.push_str("\n\n"),
                name if is_struck(name) => standing.struck = standing.struck.saturating_sub(1),
                _ => {}
            },
            Event::Text(words) if standing.words > 0 && standing.struck == 0 => {
                text.push_str(&words.decode().map_err(|error| error.to_string())?);
            }
            Event::GeneralRef(reference) if standing.words > 0 && standing.struck == 0 => text.push_str(&named(&reference)),
            Event::Eof => return Ok(text),
            _ => {}
        }
    }
}

fn begin(start: &BytesStart<'_>, standing: &mut Standing, text: &mut String) {
    match start.local_name().as_ref() {
        b"t" => standing.words += 1,
        name if is_struck(name) => standing.struck += 1,
        name => mark(name, standing, text),
    }
}

fn is_struck(name: &[u8]) -> bool {
    matches!(name, b"del" | b"moveFrom" | b"Fallback" | b"instrText")
}

/// A tab or break between words.
fn mark(name: &[u8], standing: &Standing, text: &mut String) {
    match name {
        _ if standing.struck > 0 => {}
        b"tab" => text.push('\t'),
        b"br" | b"cr" => text.push('\n'),
        b"noBreakHyphen" => text.push('-'),
        _ => {}
    }
}

/// The character that a reference such as `&amp;` stands for.
fn named(reference: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    let name = reference.decode().unwrap_or_default();
    quick_xml::escape::resolve_predefined_entity(&name).unwrap_or_default().to_owned()
}
