//! Archives as they are, and as they are when something happened to them.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::write::GzEncoder;

use super::Archive;
use crate::{Content, FaultKind, Reached};

const DATE: &str = "2017-09-01T08:00:00Z";

fn record(kind: &str, media_type: &str, extra: &str, payload: &[u8]) -> Vec<u8> {
    let mut bytes = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: {DATE}\r\nContent-Type: {media_type}\r\n{extra}Content-Length: {}\r\n\r\n",
        payload.len()
    )
    .into_bytes();
    bytes.extend_from_slice(payload);
    bytes.extend_from_slice(b"\r\n\r\n");
    bytes
}

fn page(number: usize) -> String {
    format!("<html><head><title>Report {number}</title></head><body><p>Gunmen killed {number} farmers near Jos.</p></body></html>")
}

/// A server's answer of status 200 as a record.
fn answered(number: usize, headers: &str, body: &[u8]) -> Vec<u8> {
    let mut payload = format!("HTTP/1.1 200 OK\r\n{headers}\r\n").into_bytes();
    payload.extend_from_slice(body);
    record("response", "application/http; msgtype=response", &format!("WARC-Target-URI: https://news.example/{number}\r\n"), &payload)
}

fn response(number: usize) -> Vec<u8> {
    answered(number, "Content-Type: text/html; charset=UTF-8\r\n", page(number).as_bytes())
}

fn request() -> Vec<u8> {
    record("request", "application/http; msgtype=request", "", b"GET / HTTP/1.1\r\n\r\n")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// What an archive gives: of a report the number in its title, of a fault its place and kind.
#[expect(clippy::needless_pass_by_value, reason = "archives are made where they are read")]
fn read(bytes: Vec<u8>) -> Vec<String> {
    read_from(&bytes, Reached::default())
}

fn read_from(bytes: &[u8], reached: Reached) -> Vec<String> {
    let rest = bytes[reached.offset as usize..].to_vec();
    Archive::new(Box::new(std::io::Cursor::new(rest)), reached).map(|item| told(&item)).collect()
}

fn told(item: &Result<crate::Report, crate::Fault>) -> String {
    match item {
        Ok(report) => {
            let text = match &report.content {
                Content::HtmlBytes(bytes, _) | Content::TextBytes(bytes, _) => String::from_utf8_lossy(bytes).into_owned(),
                Content::Html(text) | Content::Text(text) => text.clone(),
            };
            text.split("Report ").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or(&text).to_owned()
        }
        Err(fault) => format!("{:?} {}", fault.kind, fault.place.label),
    }
}

fn packed(records: &[Vec<u8>]) -> Vec<u8> {
    records.iter().flat_map(|record| gzip(record)).collect()
}

#[test]
fn pages_are_found_however_the_archive_is_packed() {
    let records = [record("warcinfo", "application/warc-fields", "", b"software: x\r\n"), request(), response(1), request(), response(2)];
    let plain = records.concat();
    let zstd: Vec<u8> = records.iter().flat_map(|record| zstd::encode_all(&record[..], 3).unwrap()).collect();
    for (name, bytes) in [("plain", plain.clone()), ("by record", packed(&records)), ("as a whole", gzip(&plain)), ("zstd", zstd)] {
        assert_eq!(read(bytes), ["1", "2"], "{name}");
    }
}

#[test]
fn a_dictionary_before_the_records_is_used() {
    let dictionary = response(7);
    let mut bytes = b"\x5d\x2a\x4d\x18".to_vec();
    bytes.extend((dictionary.len() as u32).to_le_bytes());
    bytes.extend(&dictionary);
    for number in 1..4 {
        let mut encoder = zstd::stream::write::Encoder::with_dictionary(Vec::new(), 3, &dictionary).unwrap();
        encoder.write_all(&response(number)).unwrap();
        bytes.extend(encoder.finish().unwrap());
    }
    assert_eq!(read(bytes), ["1", "2", "3"]);
}

#[test]
fn what_is_known_of_a_page_comes_with_it() {
    let latin = answered(5, "Content-Type: text/html; charset=\"ISO-8859-1\"\r\n", b"<html>Report 5<p>Agad\xe8z</html>");
    let report = Archive::new(Box::new(std::io::Cursor::new(latin)), Reached::default()).next().unwrap().unwrap();
    assert_eq!(report.known.url.as_deref(), Some("https://news.example/5"));
    assert_eq!(report.known.retrieved.as_deref(), Some(DATE));
    assert!(matches!(&report.content, Content::HtmlBytes(bytes, charset) if charset == "iso-8859-1" && bytes.contains(&0xe8)));
    assert_eq!(report.place.label, "record 1 (offset 0)");
}

#[test]
fn bodies_are_decoded_also_where_the_header_speaks_of_what_is_decoded_already() {
    let zipped = gzip(page(1).as_bytes());
    let chunked = |body: &[u8]| [format!("{:x}\r\n", body.len()).as_bytes(), body, b"\r\n0\r\n\r\n"].concat();
    let html = "Content-Type: text/html\r\n";
    let cases = [
        ("packed", format!("{html}Content-Encoding: gzip\r\n"), zipped.clone()),
        ("in chunks", format!("{html}Transfer-Encoding: chunked\r\n"), chunked(page(1).as_bytes())),
        ("packed, in chunks", format!("{html}Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n"), chunked(&zipped)),
        ("decoded already", format!("{html}Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"), page(1).into_bytes()),
        (
            "unpacked already, in chunks",
            format!("{html}Content-Encoding: br\r\nTransfer-Encoding: chunked\r\n"),
            chunked(page(1).as_bytes()),
        ),
    ];
    for (name, headers, body) in cases {
        assert_eq!(read(answered(1, &headers, &body)), ["1"], "{name}");
    }
    assert_eq!(read(answered(1, &format!("{html}Content-Encoding: gzip\r\n"), b"\x01\x02\x03")), ["Damaged record 1 (offset 0)"]);
}

#[test]
fn what_is_no_report_is_passed_over() {
    let redirect = record("response", "application/http", "", b"HTTP/1.1 301 Moved\r\nContent-Type: text/html\r\n\r\n<html>gone</html>");
    let picture = answered(1, "Content-Type: image/png\r\n", b"\x89PNG");
    let revisit = record("revisit", "application/http", "", b"HTTP/1.1 200 OK\r\n\r\n");
    let text = record("conversion", "text/plain", "", b"Report 3<");
    let resource = record("resource", "text/html", "", page(4).as_bytes());
    let sniffed = answered(5, "", page(5).as_bytes());
    let bytes = [redirect, picture, revisit, text, resource, sniffed].concat();
    let mut archive = Archive::new(Box::new(std::io::Cursor::new(bytes)), Reached::default());
    let found: Vec<String> = archive.by_ref().map(|item| told(&item)).collect();
    assert_eq!((found, archive.passed_over()), (["3", "4", "5"].map(str::to_owned).to_vec(), 3));
}

#[test]
fn a_damaged_record_is_told_in_its_place_and_the_next_is_read() {
    let offset = |records: &[Vec<u8>]| packed(records).len();
    let three = [response(1), response(2), response(3)];
    let at = offset(&three[..1]);
    let mut flipped = packed(&three);
    for byte in &mut flipped[at + 20..at + 60] {
        *byte ^= 0x55;
    }
    let mut no_member = packed(&three[..1]);
    no_member.extend(b"junk between members");
    no_member.extend(packed(&three[1..]));
    let mut cut = packed(&three);
    cut.truncate(cut.len() - 30);
    let last = offset(&three[..2]);
    let mut checksum = packed(&three[..1]);
    let end = checksum.len();
    checksum[end - 6] ^= 1;
    checksum.extend(packed(&three[1..]));
    assert_eq!(read(flipped), ["1".to_owned(), format!("Damaged record 2 (offset {at})"), "3".to_owned()]);
    assert_eq!(read(no_member), ["1".to_owned(), format!("Damaged record 2 (offset {at})"), "2".to_owned(), "3".to_owned()]);
    assert_eq!(read(cut), ["1".to_owned(), "2".to_owned(), format!("Damaged record 3 (offset {last})")]);
    assert_eq!(read(checksum), ["Damaged record 1 (offset 0)", "2", "3"]);
}

#[test]
fn a_record_that_lies_about_its_length_takes_no_other_with_it() {
    let lying = |change: i64| {
        let honest = String::from_utf8(response(2)).unwrap();
        let length: i64 = honest.split("Content-Length: ").nth(1).unwrap().split('\r').next().unwrap().parse().unwrap();
        honest.replacen(&format!("Content-Length: {length}"), &format!("Content-Length: {}", length + change), 1).into_bytes()
    };
    for change in [-40, 40, 100_000, 3 << 30] {
        let three = [response(1), lying(change), response(3)];
        for bytes in [three.concat(), packed(&three), gzip(&three.concat())] {
            let found = read(bytes);
            assert!(found.len() == 3 && found[0] == "1" && found[2] == "3", "{change}: {found:?}");
            assert!(found[1].contains("record 2"), "{change}: {found:?}");
        }
    }
    let nothing_said = String::from_utf8(response(2)).unwrap().replace("Content-Length", "Content-Width").into_bytes();
    assert_eq!(read([response(1), nothing_said, response(3)].concat()).len(), 3);
}

#[test]
fn loose_forms_are_read() {
    let bare = String::from_utf8(response(1)).unwrap().replace("\r\n", "\n");
    let length = |text: &str| text.split_once("\n\n").unwrap().1.trim_end_matches('\n').len();
    let said = bare.split("Content-Length: ").nth(1).unwrap().split('\n').next().unwrap().to_owned();
    let bare = bare.replacen(&said, &length(&bare).to_string(), 1);
    assert_eq!(read(bare.into_bytes()), ["1"], "line feeds alone");
    let zeros = [packed(&[response(1)]), vec![0; 300], packed(&[response(2)])].concat();
    assert_eq!(read(zeros), ["1", "2"], "blocks filled with zeros");
    let close = [response(1).trim_ascii_end(), b"\r\n", &response(2)].concat();
    assert_eq!(read(close), ["1", "2"], "one empty line too few");
}

#[test]
fn reading_goes_on_where_it_was() {
    let records = [request(), response(1), request(), response(2), response(3), response(4)];
    for bytes in [records.concat(), packed(&records), gzip(&records.concat())] {
        let reached: Vec<Reached> = Archive::new(Box::new(std::io::Cursor::new(bytes.clone())), Reached::default())
            .map(|item| item.unwrap().place.reached)
            .collect();
        for (number, reached) in reached.into_iter().enumerate() {
            let rest: Vec<String> = (number + 2..5).map(|number| number.to_string()).collect();
            assert_eq!(read_from(&bytes, reached), rest, "after {number} reports: {reached:?}");
        }
    }
}

#[test]
fn a_bomb_is_refused_in_its_place() {
    let zeros = vec![b' '; crate::LARGEST + 1];
    let bomb = answered(2, "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", &gzip(&zeros));
    let large = answered(3, "Content-Type: text/html\r\n", &zeros);
    let picture = answered(3, "Content-Type: video/mp4\r\n", &zeros);
    let bytes = packed(&[response(1), bomb, large, picture, response(4)]);
    let found = read(bytes);
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(found[1].starts_with("TooLarge record 2") && found[2].starts_with("TooLarge record 3") && found[3] == "4", "{found:?}");
}

#[test]
fn whatever_the_bytes_reading_ends() {
    let whole = packed(&[response(1), response(2), response(3)]);
    for cut in 0..whole.len() {
        assert!(read(whole[..cut].to_vec()).len() <= 3, "cut at {cut}");
    }
    for bytes in [&b""[..], b"WARC/1.0", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd", b"\x5d\x2a\x4d\x18\xff\xff\xff\xff", b"\r\n\r\n", b"\0\0\0"]
    {
        read(bytes.to_vec());
    }
    let mut endless = Archive::new(Box::new(std::io::repeat(b'x').take(100 << 20)), Reached::default());
    assert_eq!(endless.next().unwrap().unwrap_err().kind, FaultKind::Damaged);
    assert!(endless.next().is_none());
}
