//! Files as users have them, made here, and what is read of them.
#![allow(dead_code, reason = "each suite uses a part of it")]

use std::io::{Cursor, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use sayso_intake::table::ColumnNames;
use sayso_intake::{Content, Fault, Intake, Reached, Report};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// An intake that knows some names of columns.
pub fn intake() -> Intake {
    let names = [("text", vec!["text", "body"]), ("title", vec!["headline"]), ("published", vec!["date"]), ("id", vec!["id"])];
    Intake { names: ColumnNames::new(names).unwrap(), ..Intake::default() }
}

/// The words of a report.
pub fn words(report: &Report) -> String {
    match &report.content {
        Content::Html(text) | Content::Text(text) => text.clone(),
        Content::HtmlBytes(bytes, _) | Content::TextBytes(bytes, _) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

/// A report as its label and words, a fault as its label, kind and reason.
pub fn told(item: &Result<Report, Fault>) -> String {
    match item {
        Ok(report) => format!("{}: {}", report.place.label, words(report).trim()),
        Err(fault) => format!("{}: {:?}: {}", fault.place.label, fault.kind, fault.reason),
    }
}

/// What a file of a name and these bytes gives.
pub fn read(intake: &Intake, name: &str, bytes: &[u8]) -> Vec<String> {
    read_from(intake, name, bytes, Reached::default()).iter().map(told).collect()
}

/// The same behind what was reached before.
pub fn read_from(intake: &Intake, name: &str, bytes: &[u8], reached: Reached) -> Vec<Result<Report, Fault>> {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    open(intake, &path, reached)
}

/// What a file gives.
pub fn open(intake: &Intake, path: &Path, reached: Reached) -> Vec<Result<Report, Fault>> {
    match intake.open(path, reached) {
        Ok(reports) => reports.collect(),
        Err(fault) => vec![Err(fault)],
    }
}

/// What a stream gives.
pub fn stream(intake: &Intake, bytes: &[u8]) -> Vec<String> {
    match intake.stream(Box::new(Cursor::new(bytes.to_vec()))) {
        Ok(reports) => reports.map(|item| told(&item)).collect(),
        Err(fault) => vec![told(&Err(fault))],
    }
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A ZIP archive of files.
pub fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word document with such a body.
pub fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    zipped(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

/// A PDF whose pages show these lines.
pub fn pdf(pages: &[&[&str]]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|page| format!("{} 0 R", 4 + 2 * page)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    for (page, lines) in pages.iter().enumerate() {
        let shown: String = lines.iter().map(|line| format!("({line}) Tj 0 -16 Td ")).collect();
        let stream = format!("BT /F1 12 Tf 72 720 Td {shown}ET");
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents {} 0 R >>",
            5 + 2 * page
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()));
    }
    with_objects(&objects)
}

/// A PDF of objects, numbered from 1; the first is its root.
pub fn with_objects(objects: &[String]) -> Vec<u8> {
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).into_bytes());
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).into_bytes());
    for offset in offsets {
        bytes.extend(format!("{offset:010} 00000 n \n").into_bytes());
    }
    bytes.extend(format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).into_bytes());
    bytes
}

/// A record of a web archive: a page that a server gave.
pub fn warc(number: usize) -> Vec<u8> {
    let page = format!("<html><body><p>Report {number}: gunmen killed {number} farmers near Jos.</p></body></html>");
    let payload = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{number}\r\nWARC-Date: 2017-09-01T08:00:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{payload}\r\n\r\n",
        payload.len()
    )
    .into_bytes()
}

/// A mail of a number.
pub fn mail(number: usize) -> String {
    format!(
        "From: Example Wire <desk@wire.example>\r\nTo: you@reader.example\r\nMessage-ID: <{number}@wire.example>\r\n\
         Subject: Report {number}\r\nDate: Fri, 1 Sep 2017 08:00:00 +0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\nGunmen killed {number} farmers near Jos.\r\n"
    )
}
