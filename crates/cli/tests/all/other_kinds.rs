//! Archives, tables, PDF, Word documents and mails are read as pages and texts are, and what they hold is told by where it stands.

use std::io::Write;

use serde_json::Value;

use crate::support::{Place, ended};

pub const REPORT: &str = "Gunmen killed six farmers near Jos on Monday, police said.";

/// A PDF of one page that shows a line.
pub fn pdf(line: &str) -> Vec<u8> {
    let stream = format!("BT /F1 12 Tf 72 720 Td ({line}) Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [4 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{stream}\nendstream", stream.len()),
    ];
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut table = String::new();
    for (number, object) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", bytes.len()));
        bytes.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).into_bytes());
    }
    let at = bytes.len();
    bytes.extend(
        format!("xref\n0 6\n0000000000 65535 f \n{table}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{at}\n%%EOF\n").into_bytes(),
    );
    bytes
}

fn warc(body: &str) -> String {
    let payload = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1251\r\n\r\n{body}");
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/a\r\nWARC-Date: 2017-09-01T08:00:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{payload}\r\n\r\n",
        payload.len()
    )
}

fn documents(place: &Place) -> Vec<Value> {
    place.prints(&["documents", "--format", "jsonl"]).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_kind_is_read_and_told_by_where_it_stands() {
    let place = Place::new();
    place.write("in/a.pdf", pdf(REPORT));
    place.write(
        "in/b.eml",
        format!(
            "From: Example Wire <desk@wire.example>\nSubject: Six killed\nDate: Fri, 1 Sep 2017 08:00:00 +0000\nMIME-Version: 1.0\n\n{}\n",
            REPORT.replace("six", "five")
        ),
    );
    place.write("in/c.csv", format!("id,headline,body,date\nc1,Killed,\"{}\",31/08/2017\nc2,None,,\n", REPORT.replace("six", "seven")));
    place.write("in/d.warc", warc(&format!("<html><body><article><p>{}</p></article></body></html>", REPORT.replace("six", "eight"))));
    let (status, output, errors) = ended(place.sayso(&["read", "in", "--profile", "fast"]));
    assert_eq!(status, 1, "{errors}");
    let notes: Vec<&str> = errors.lines().collect();
    assert!(notes.contains(&"sayso: in/c.csv:row 2: the row has no text"), "{errors}");
    assert!(
        notes.iter().any(|note| note.starts_with("sayso: in/c.csv: text from `body`, id from `id`, title from `headline`")),
        "{errors}"
    );
    assert!(output.contains("4 new"), "{output}");
    let documents = documents(&place);
    let of = |word: &str| documents.iter().find(|document| document["text"].as_str().unwrap().contains(word)).unwrap();
    assert_eq!((&of("seven")["id"], &of("seven")["published"]), (&"c1".into(), &"2017-08-31".into()));
    assert_eq!((&of("eight")["url"], &of("eight")["retrieved"]), (&"https://news.example/a".into(), &"2017-09-01T08:00:00Z".into()));
    assert_eq!(documents.iter().filter(|document| document["publisher"] == "Example Wire").count(), 1);
    let (_, told, _) = ended(place.sayso(&["history", "c1"]));
    assert!(told.contains("in/c.csv:row 1"), "{told}");
}

#[test]
fn a_pdf_that_asks_for_all_memory_is_told_and_the_rest_is_read() {
    let place = Place::new();
    // A page whose content is said to be unpacked from four gigabytes of spaces, packed three times.
    let mut packed = vec![b' '; 64 << 20];
    for _ in 0..2 {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(&packed.repeat(if packed.len() > 1 << 20 { 1 } else { 64 })).unwrap();
        packed = encoder.finish().unwrap();
    }
    let mut bytes =
        b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
        3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>\nendobj\n"
            .to_vec();
    bytes.extend(format!("4 0 obj\n<< /Filter [/FlateDecode /FlateDecode] /Length {} >>\nstream\n", packed.len()).into_bytes());
    bytes.extend(&packed);
    bytes.extend(b"\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n");
    place.write("a.pdf", bytes);
    place.write("b.txt", REPORT);
    let (status, output, errors) = ended(place.sayso(&["read", "a.pdf", "b.txt", "--profile", "fast"]));
    assert_eq!((status, errors.lines().count()), (1, 1), "{errors}");
    assert!(errors.starts_with("sayso: a.pdf: ") && output.contains("1 new"), "{errors}{output}");
}

#[test]
fn a_table_comes_in_by_standard_input_where_its_columns_are_named() {
    let place = Place::new();
    let table = format!("wann,was\n2017-08-31,\"{REPORT}\"\n");
    let mut command = place.sayso(&["code", "-", "--columns", "text=was,published=wann", "--profile", "fast"]);
    let output = command.write_stdin(table).assert().success().get_output().clone();
    let statement: Value = serde_json::from_slice(output.stdout.split(|byte| *byte == b'\n').next().unwrap()).unwrap();
    assert_eq!((&statement["type"], &statement["time"]["edtf"]), (&"assault".into(), &"2017-08-28".into()));
    let (status, _, errors) = ended(place.sayso(&["code", "-", "--columns", "words=was"]));
    assert_eq!(status, 2, "{errors}");
}
