//! Is what a record holds a report, and in which encoding?

use std::io::{self, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use fastwarc::warc::record::{AutoDecode, WarcRecord, WarcRecordType};

use super::records::{Payload, Record};
use crate::{Content, Fault, FaultKind, Known, LARGEST, Place, Report};

/// The most bytes of a server's header.
const HEADER: usize = 64 << 10;

/// What a record holds.
pub(super) enum Held {
    Report(Box<Report>),
    /// A request, a redirect, a picture: nothing to read.
    Other,
}

/// What a record holds, or why that cannot be read.
pub(super) fn held(record: Record) -> Result<Held, Fault> {
    let Record { mut header, payload, place } = record;
    let from_server = header.is_http();
    match (header.record_type(), from_server) {
        (WarcRecordType::Response, true) => from_response(header, &payload, place),
        (WarcRecordType::Response | WarcRecordType::Resource | WarcRecordType::Conversion, false) => {
            let media_type = header.headers().get("Content-Type").map(|value| value.to_ascii_lowercase()).unwrap_or_default();
            let (bytes, size) = parts(&payload);
            let form = Form::of(&media_type, bytes);
            match (form, payload) {
                (Form::Other, _) => Ok(Held::Other),
                (_, Payload::Beginning(..)) => Err(too_large(&place, size)),
                (form, Payload::Whole(bytes)) => Ok(report(&mut header, form, bytes, charset(&media_type), place)),
            }
        }
        _ => Ok(Held::Other),
    }
}

/// A page or a text, by what its sender says that it is and by how it begins.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Html,
    Text,
    Other,
}

impl Form {
    fn of(media_type: &str, bytes: &[u8]) -> Form {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        match essence {
            "text/html" | "application/xhtml+xml" => Form::Html,
            "text/plain" if looks_like_html(bytes) => Form::Html,
            "text/plain" => Form::Text,
            "" | "application/octet-stream" if looks_like_html(bytes) => Form::Html,
            _ => Form::Other,
        }
    }
}

fn looks_like_html(bytes: &[u8]) -> bool {
    let head = bytes[..bytes.len().min(1024)].trim_ascii_start().to_ascii_lowercase();
    head.starts_with(b"<!doctype html") || head.starts_with(b"<html")
}

/// The encoding that a media type names; empty where it names none.
fn charset(media_type: &str) -> String {
    let named = media_type.split(';').skip(1).find_map(|parameter| parameter.trim().strip_prefix("charset="));
    named.unwrap_or_default().trim_matches(['"', '\'', ' ']).to_owned()
}

fn parts(payload: &Payload) -> (&[u8], u64) {
    match payload {
        Payload::Whole(bytes) => (bytes, bytes.len() as u64),
        Payload::Beginning(bytes, size) => (bytes, *size),
    }
}

fn too_large(place: &Place, size: u64) -> Fault {
    let reason = format!("{} MB are more than the {} MB that a report can have; it was passed over", size >> 20, LARGEST >> 20);
    Fault::new(FaultKind::TooLarge, place, reason)
}

/// A server's answer: a report where it is one of status 200 with a page or a text.
fn from_response(mut header: WarcRecord, payload: &Payload, place: Place) -> Result<Held, Fault> {
    let (bytes, size) = parts(payload);
    let cut = matches!(payload, Payload::Beginning(..));
    let bytes: Arc<[u8]> = bytes.into();
    let damaged = |error: &io::Error| Fault::new(FaultKind::Damaged, &place, format!("the server's answer does not read: {error}"));
    let plain = answer(&header, &bytes, AutoDecode::None).map_err(|error| damaged(&error))?;
    if plain.status != Some(200) {
        return Ok(Held::Other);
    }
    let decoded = if cut || !plain.encoded { plain } else { decode(&header, &bytes, plain).map_err(|error| damaged(&error))? };
    let form = Form::of(&decoded.media_type, &decoded.body);
    if form == Form::Other {
        return Ok(Held::Other);
    }
    if cut || decoded.body.len() > LARGEST {
        return Err(too_large(&place, size.max(decoded.body.len() as u64)));
    }
    Ok(report(&mut header, form, decoded.body, charset(&decoded.media_type), place))
}

/// What a server answered.
struct Answer {
    status: Option<u16>,
    media_type: String,
    /// Whether it says that its body is encoded: packed or in chunks.
    encoded: bool,
    body: Vec<u8>,
}

/// The body without its encoding. Many archives keep the server's header with a body that is decoded already, so what does not decode
/// but reads as a page is taken as it stands.
fn decode(header: &WarcRecord, bytes: &Arc<[u8]>, plain: Answer) -> io::Result<Answer> {
    let all = answer(header, bytes, AutoDecode::All);
    let is_page = |body: &[u8]| body.trim_ascii_start().starts_with(b"<");
    match all {
        Ok(answer) if !answer.body.is_empty() || plain.body.is_empty() => Ok(answer),
        _ if is_page(&plain.body) => Ok(plain),
        failed => match answer(header, bytes, AutoDecode::TransferEncoding) {
            Ok(answer) if is_page(&answer.body) => Ok(answer),
            _ => failed,
        },
    }
}

/// Reads a server's answer with so much of its encoding taken away. A decoder that gives up by a panic gives a fault.
fn answer(header: &WarcRecord, bytes: &Arc<[u8]>, decoding: AutoDecode) -> io::Result<Answer> {
    let read = || {
        let mut record = with_payload(header, bytes)?;
        record.parse_http_with_opts(decoding, HEADER, true)?;
        let headers = record.http_headers().ok_or_else(|| io::Error::from(io::ErrorKind::UnexpectedEof))?;
        let named = |name: &str| headers.get(name).map(|value| value.to_ascii_lowercase()).unwrap_or_default();
        let (status, media_type) = (headers.status_code(), named("Content-Type"));
        let is_encoded = |name: &str| !matches!(named(name).trim(), "" | "identity");
        let encoded = is_encoded("Content-Encoding") || is_encoded("Transfer-Encoding");
        let mut body = Vec::new();
        if let Some(reader) = record.reader_mut() {
            reader.take(LARGEST as u64 + 1).read_to_end(&mut body)?;
        }
        Ok(Answer { status, media_type, encoded, body })
    };
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(io::Error::new(io::ErrorKind::InvalidData, "its encoding is broken")))
}

/// The record anew over its payload, since `fastwarc` reads each only once.
fn with_payload(header: &WarcRecord, bytes: &Arc<[u8]>) -> io::Result<WarcRecord> {
    let mut block = b"WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http\r\n".to_vec();
    block.extend(format!("Content-Length: {}\r\n\r\n", bytes.len()).into_bytes());
    let mut record = WarcRecord::from_reader_with_opts(Cursor::new(block), header.is_http(), HEADER)?;
    record.attach_reader(Cursor::new(Arc::clone(bytes)));
    Ok(record)
}

fn report(header: &mut WarcRecord, form: Form, bytes: Vec<u8>, charset: String, place: Place) -> Held {
    let named = |name: &str| header.headers().get(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
    // Some writers put the address between angle brackets, as the first version of the standard showed it.
    let url = named("WARC-Target-URI").map(|url| url.trim_matches(['<', '>']).to_owned());
    let known = Known { url, retrieved: named("WARC-Date"), ..Known::default() };
    let content = if form == Form::Html { Content::HtmlBytes(bytes, charset) } else { Content::TextBytes(bytes, charset) };
    Held::Report(Box::new(Report { content, known, place }))
}
