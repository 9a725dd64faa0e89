//! Each kind of file gives its reports, with what it knows of them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::sync::Arc;

use arrow_array::{ArrayRef, BinaryArray, Date32Array, Int64Array, RecordBatch, StringArray, StringViewArray};
use parquet::arrow::ArrowWriter;
use sayso_intake::table::DayOrder;
use sayso_intake::{Intake, Reached};
use support::{docx, gzip, intake, mail, pdf, read, read_from, stream, told, warc, zipped};

const LINES: &str = "{\"text\": \"One.\"}\n\n{\"html\": \"<p>Two.\"}\n{\"title\": \"no words\"}\n{\"text\": \"Three.\"}\n";

fn check(name: &str, bytes: &[u8], expected: &[&str]) {
    assert_eq!(read(&intake(), name, bytes), expected, "{name}");
}

#[test]
fn pages_texts_and_lines_are_read_packed_or_not() {
    let lines = ["1: One.", "3: <p>Two.", "4: Json: neither `text` nor `html` is given; give one of them", "5: Three."];
    check("a.jsonl", LINES.as_bytes(), &lines);
    check("a.jsonl.gz", &gzip(LINES.as_bytes()), &lines);
    check("a.jsonl.zst", &zstd::encode_all(LINES.as_bytes(), 3).unwrap(), &lines);
    check("a.jsonl.gz", &[gzip(&LINES.as_bytes()[..16]), gzip(&LINES.as_bytes()[16..])].concat(), &lines);
    check("a.txt", b"Words.", &[": Words."]);
    check("a.html.gz", &gzip(b"<html>Words."), &[": <html>Words."]);
    assert_eq!(stream(&intake(), LINES.as_bytes()), lines);
}

#[test]
fn a_table_is_read_by_its_columns() {
    let csv =
        "id,headline,date,body\n1,First,31/08/2017,\"One, and\nmore.\"\n2,Second,,Two.\n3,Short\n4,Fourth,soon,Four.\n5,Fifth,2017,\n";
    let expected = [
        "row 1: One, and\nmore.",
        "row 2: Two.",
        "row 3: Columns: the row has 2 values, and the header names 4 columns",
        "row 4: Columns: `soon` is no date that is known; write 2017-08-31, 31 August 2017 or 31/08/2017",
        "row 5: NoText: the row has no text",
    ];
    check("a.csv", csv.as_bytes(), &expected);
    check("a.csv.gz", &gzip(csv.as_bytes()), &expected);
    check("a.csv", format!("\u{feff}{csv}").as_bytes(), &expected);
    check("a.tsv", b"body\tid\nOne.\t1\n", &["row 1: One."]);
    check("a.csv", b"body;id\nOne, two.;1\n", &["row 1: One, two."]);
    let first = read_from(&intake(), "a.csv", csv.as_bytes(), Reached::default()).remove(0).unwrap();
    assert_eq!((first.known.title.as_deref(), first.known.published.as_deref()), (Some("First"), Some("2017-08-31")));
}

#[test]
fn what_a_user_says_of_columns_goes_before_their_names() {
    let said = Intake { columns: "text=Volltext,title=id".parse().unwrap(), ..intake() };
    let csv = "Volltext,id,body\nOne.,7,other\n";
    let report = read_from(&said, "a.csv", csv.as_bytes(), Reached::default()).remove(0).unwrap();
    assert_eq!((support::words(&report).as_str(), report.known.title.as_deref(), report.known.id), ("One.", Some("7"), None));
    let wrong = Intake { columns: "text=words".parse().unwrap(), ..intake() };
    assert_eq!(
        read(&wrong, "a.csv", csv.as_bytes()),
        ["header: Columns: there is no column `words` for text; there are `Volltext`, `id`, `body`"]
    );
    let none = "header: Columns: no column is known to hold the text; name it with --columns text=COLUMN: there are `a`, `b`";
    assert_eq!(read(&intake(), "a.csv", b"a,b\n1,2\n"), [none]);
    assert!("text".parse::<sayso_intake::table::ColumnMap>().unwrap_err().contains("FIELD=COLUMN"));
    assert!("words=a".parse::<sayso_intake::table::ColumnMap>().unwrap_err().contains("`words` is no field; there are text, html"));
    assert_eq!(stream(&Intake { columns: "text=a".parse().unwrap(), ..intake() }, b"a,b\nOne.,2\n"), ["row 1: One."]);
}

#[test]
fn a_date_that_can_mean_two_days_is_asked_about() {
    let csv = b"body,date\nOne.,03/04/2017\n";
    assert!(read(&intake(), "a.csv", csv)[0].contains("say which with --dates day-first or --dates month-first"));
    let said = Intake { days: DayOrder::MonthFirst, ..intake() };
    let report = read_from(&said, "a.csv", csv, Reached::default()).remove(0).unwrap();
    assert_eq!(report.known.published.as_deref(), Some("2017-03-04"));
}

fn parquet(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let mut bytes = Vec::new();
    let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    bytes
}

fn articles(rows: usize) -> Vec<u8> {
    let text: Vec<Option<String>> = (1..=rows).map(|row| (row != 3).then(|| format!("Report {row}."))).collect();
    parquet(vec![
        ("headline", Arc::new(StringViewArray::from_iter_values((1..=rows).map(|row| format!("Title {row}")))) as ArrayRef),
        ("date", Arc::new(Date32Array::from_iter_values((0..rows).map(|row| 17409 + row as i32))) as ArrayRef),
        ("id", Arc::new(Int64Array::from_iter_values(1..=rows as i64)) as ArrayRef),
        ("body", Arc::new(StringArray::from(text)) as ArrayRef),
    ])
}

#[test]
fn a_parquet_file_is_read_whatever_the_types_of_its_columns() {
    check("a.parquet", &articles(4), &["row 1: Report 1.", "row 2: Report 2.", "row 3: NoText: the row has no text", "row 4: Report 4."]);
    let report = read_from(&intake(), "a.parquet", &articles(1), Reached::default()).remove(0).unwrap();
    let known = (report.known.title.as_deref(), report.known.published.as_deref(), report.known.id.as_deref());
    assert_eq!(known, (Some("Title 1"), Some("2017-08-31"), Some("1")));
    let bytes = parquet(vec![("text", Arc::new(BinaryArray::from_vec(vec![b"Agad\xe8z."])) as ArrayRef)]);
    assert_eq!(read(&intake(), "a.parquet", &bytes), ["row 1: Agad\u{fffd}z."]);
    let numbers = parquet(vec![("text", Arc::new(Int64Array::from(vec![7])) as ArrayRef)]);
    assert_eq!(read(&intake(), "a.parquet", &numbers), ["row 1: 7"]);
    assert!(stream(&intake(), &articles(1))[0].contains("read from its end"));
}

#[test]
fn a_word_document_is_read_without_what_was_struck_out() {
    let body = "<w:p><w:r><w:t>Gunmen killed </w:t></w:r><w:del><w:r><w:delText>five</w:delText></w:r></w:del><w:ins><w:r><w:t>six</w:t></w:r></w:ins>\
                <w:r><w:t xml:space=\"preserve\"> farmers &amp; a guard.</w:t></w:r></w:p><w:p><w:r><w:t>On</w:t><w:tab/><w:t>Monday.</w:t></w:r></w:p>";
    check("a.docx", &docx(body), &[": Gunmen killed six farmers & a guard.\n\nOn\tMonday."]);
    check("a.docx", &docx("<w:p/>"), &[": NoText: there is no text in it"]);
    assert_eq!(stream(&intake(), &docx(body)).len(), 1, "from standard input too");
}

#[test]
fn a_mail_is_read_with_who_sent_it_and_when() {
    let report = read_from(&intake(), "a.eml", mail(6).as_bytes(), Reached::default()).remove(0).unwrap();
    assert_eq!(support::words(&report).trim(), "Gunmen killed 6 farmers near Jos.");
    let known = &report.known;
    assert_eq!((known.title.as_deref(), known.publisher.as_deref()), (Some("Report 6"), Some("Example Wire")));
    assert_eq!((known.published.as_deref(), known.id.as_deref()), (Some("2017-09-01"), Some("6@wire.example")));
    let page = mail(6).replace("text/plain; charset=utf-8", "text/html").replace("Gunmen", "<b>Gunmen</b>");
    check("a.eml", page.as_bytes(), &[": <b>Gunmen</b> killed 6 farmers near Jos."]);
    let quoted = mail(6).replace("MIME-Version: 1.0\r\n", "MIME-Version: 1.0\r\nContent-Transfer-Encoding: base64\r\n");
    let quoted = quoted.split("\r\n\r\n").next().unwrap().to_owned() + "\r\n\r\nR3VubWVuLg==\r\n";
    check("a.eml", quoted.as_bytes(), &[": Gunmen."]);
    check("a.eml", b"\r\n\r\n", &[": Damaged: it is not a mail: it has no header"]);
}

#[test]
fn a_mailbox_gives_its_mails() {
    let marked = mail(2).replace("Gunmen", ">From there gunmen");
    let mailbox =
        format!("From desk@wire.example Fri Sep  1\r\n{}\r\nFrom x Fri Sep  1\r\n{marked}\r\nFrom y Fri Sep  1\r\n{}", mail(1), mail(3));
    let expected = [
        "message 1: Gunmen killed 1 farmers near Jos.",
        "message 2: From there gunmen killed 2 farmers near Jos.",
        "message 3: Gunmen killed 3 farmers near Jos.",
    ];
    check("a.mbox", mailbox.as_bytes(), &expected);
    check("saved", mailbox.as_bytes(), &expected);
}

#[test]
fn an_archive_of_files_is_read_as_a_directory_would_be() {
    let bundle = zipped(&[
        ("../../etc/a.txt", b"One."),
        ("b/c.jsonl", LINES.as_bytes()),
        ("b/picture.png", b"\x89PNG"),
        (".hidden.txt", b"Not."),
        ("d.warc", &warc(7)),
        ("e.docx", &docx("<w:p><w:r><w:t>Eight.</w:t></w:r></w:p>")),
    ]);
    let intake = intake();
    let found = read(&intake, "a.zip", &bundle);
    assert_eq!(found.len(), 7, "{found:?}");
    assert_eq!(found[0], "../../etc/a.txt: One.");
    assert_eq!(found[2], "b/c.jsonl:3: <p>Two.");
    assert!(found[5].starts_with("d.warc:record 1 (offset 0): <html>") && found[6] == "e.docx: Eight.", "{found:?}");
    assert_eq!(intake.meter.passed_over(), 2);
}

#[test]
fn a_pdf_is_read_page_by_page() {
    let found = read(&intake(), "a.pdf", &pdf(&[&["Gunmen killed six farm-", "ers near Jos on Monday."], &["Police said so."]]));
    assert_eq!(found, [": Gunmen killed six farmers near Jos on Monday.\n\nPolice said so."]);
    let empty = read(&intake(), "a.pdf", &pdf(&[&[]]));
    assert!(empty[0].contains("NoText") && empty[0].contains("OCR"), "{empty:?}");
}

#[test]
fn reading_goes_on_where_it_was_whatever_the_kind() {
    let csv: String =
        "body,id\n".chars().chain((1..9).flat_map(|row| format!("\"Report\n{row}\",{row}\n").chars().collect::<Vec<_>>())).collect();
    let mailbox: String = (1..5).map(|number| format!("From x\r\n{}\r\n", mail(number))).collect();
    let warcs: Vec<u8> = (1..6).flat_map(|number| gzip(&warc(number))).collect();
    let bundle = zipped(&[("a.txt", b"One."), ("b.jsonl", LINES.as_bytes()), ("c.txt", b"Last.")]);
    for (name, bytes) in [
        ("a.jsonl", LINES.as_bytes().to_vec()),
        ("a.jsonl.gz", gzip(LINES.as_bytes())),
        ("a.csv", csv.clone().into_bytes()),
        ("a.csv.gz", gzip(csv.as_bytes())),
        ("a.parquet", articles(200)),
        ("a.mbox", mailbox.into_bytes()),
        ("a.warc.gz", warcs),
        ("a.zip", bundle),
        ("a.txt", b"Words.".to_vec()),
    ] {
        let whole = read_from(&intake(), name, &bytes, Reached::default());
        assert!(!whole.is_empty(), "{name}");
        for (done, item) in whole.iter().enumerate() {
            let reached = item.as_ref().map_or_else(|fault| fault.place.reached, |report| report.place.reached);
            let rest: Vec<String> = read_from(&intake(), name, &bytes, reached).iter().map(told).collect();
            let expected: Vec<String> = whole[done + 1..].iter().map(told).collect();
            assert_eq!(rest, expected, "{name} behind {reached:?}");
        }
    }
}
