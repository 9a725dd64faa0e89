//! Files that were made to do harm, or came to it by accident: each gives a fault or a report, none a crash, and none much memory.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod support;

use std::io::{Cursor, Read};

use proptest::prelude::*;
use sayso_intake::{Cage, Intake, LARGEST, Reached};
use support::{docx, gzip, intake, mail, pdf, read, read_from, told, warc, with_objects, zipped};

#[test]
fn a_bomb_is_refused() {
    let zeros = vec![b'0'; LARGEST + 1];
    for (name, bytes) in [
        ("a.txt.gz", gzip(&zeros)),
        ("a.html.gz", gzip(&gzip(&zeros))),
        ("a.zip", zipped(&[("b.txt", &zeros), ("c.txt", b"Words.")])),
        ("a.docx", docx(&"0".repeat(LARGEST))),
        ("a.jsonl", zeros.clone()),
        ("a.jsonl.gz", gzip(&zeros)),
        ("a.csv", [&b"body,id\n\""[..], &zeros].concat()),
        ("a.mbox", [b"From x\n", &mail(1).into_bytes()[..], &zeros, b"\n"].concat()),
        ("a.eml", zeros.clone()),
    ] {
        let found = read(&intake(), name, &bytes);
        assert!(
            found.first().is_some_and(|first| first.contains("TooLarge") || first.contains("not text") || name == "a.html.gz"),
            "{name}: {}",
            &found[0][..found[0].len().min(200)]
        );
    }
    let found = read(&intake(), "a.zip", &zipped(&[("b.txt", &zeros), ("c.txt", b"Words.")]));
    assert_eq!(found[1], "c.txt: Words.", "what stands behind it is read");
}

#[test]
fn a_quotation_mark_that_is_left_open_takes_one_line_with_it() {
    let rest: String = (2..60_000).map(|row| format!("Report {row} {},{row}\n", "words ".repeat(100))).collect();
    let found = read(&intake(), "a.csv", format!("body,id\n\"Report 1,1\n{rest}").as_bytes());
    assert!(found[0].starts_with("row 1: TooLarge") && found[0].contains("quotation mark"), "{}", found[0]);
    assert_eq!(found.len(), 59_999);
    assert!(found[1].starts_with("row 2: Report 2 "));
}

#[test]
fn markup_nested_without_end_is_read_or_refused() {
    let deep = format!("{}<w:p><w:r><w:t>Words.</w:t></w:r></w:p>{}", "<w:sdt>".repeat(200_000), "</w:sdt>".repeat(200_000));
    assert_eq!(read(&intake(), "a.docx", &docx(&deep)), [": Words."]);
    let unclosed = docx(&"<w:p>".repeat(100_000));
    assert!(read(&intake(), "a.docx", &unclosed)[0].contains("NoText"));
    let entities = "<!DOCTYPE x [<!ENTITY a \"0\"><!ENTITY b \"&a;&a;&a;\">]><w:p><w:r><w:t>&b;Words.</w:t></w:r></w:p>";
    assert_eq!(read(&intake(), "a.docx", &docx(entities)), [": Words."], "no entity of a document's own is unfolded");
    let nested = zipped(&[("b.zip", &zipped(&[("c.zip", &zipped(&[("d.txt", b"Words.")]))]))]);
    assert_eq!(read(&intake(), "a.zip", &nested), ["b.zip:c.zip:d.txt: Words."]);
}

#[test]
fn archives_in_archives_come_to_an_end() {
    let mut bundle = zipped(&[("a.txt", b"Words.")]);
    for _ in 0..40 {
        bundle = zipped(&[("a.zip", &bundle)]);
    }
    let found = read(&intake(), "a.zip", &bundle);
    assert!(found[0].contains("archives lie in each other"), "{found:?}");
}

#[test]
fn a_pdf_that_makes_its_library_give_up_is_one_fault() {
    // Found by fuzzing: the number before an object is no UTF-8.
    let found = read(&intake(), "a.pdf", include_bytes!("../../../fuzz/corpus/pdf/garbled.pdf"));
    assert!(found.len() == 1 && found[0].contains("so damaged that reading it was given up"), "{found:?}");
}

#[test]
fn a_pdf_that_leads_back_to_itself_is_read_or_refused() {
    let looping = |objects: &[&str]| with_objects(&objects.iter().map(ToString::to_string).collect::<Vec<_>>());
    for bytes in [
        looping(&["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]),
        looping(&["<< /Type /Catalog /Pages 1 0 R >>"]),
        looping(&["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>", "3 0 R"]),
        looping(&[&format!("{}{}", "[".repeat(5_000), "]".repeat(5_000))]),
        b"%PDF-1.7\n".to_vec(),
        b"%PDF-1.4\nxref\n0 4294967295\ntrailer << /Size 4294967295 /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF".to_vec(),
    ] {
        let found = read(&intake(), "a.pdf", &bytes);
        assert_eq!(found.len(), 1);
        assert!([": Damaged", ": NoText", ": TooLarge", ": GaveUp"].iter().any(|kind| found[0].starts_with(kind)), "{found:?}");
    }
}

#[test]
fn a_cage_that_breaks_off_or_cannot_be_opened_is_a_fault() {
    for (program, kind) in [("/bin/false", "GaveUp"), ("/no/such/program", "GaveUp")] {
        let cage = Cage::Process(program.into(), Vec::new());
        let found = read(&Intake { cage, ..intake() }, "a.pdf", &pdf(&[&["Words."]]));
        assert!(found[0].contains(kind), "{program}: {found:?}");
    }
    let limits = sayso_intake::cage::Limits { seconds: 1, ..Default::default() };
    let sleeping = Intake { cage: Cage::Process("/bin/sleep".into(), vec!["30".into()]), limits, ..intake() };
    assert!(read(&sleeping, "a.pdf", &pdf(&[&["Words."]]))[0].contains("took longer than 1 s"));
}

#[test]
fn other_matter_is_told_and_not_read() {
    let whole = pdf(&[&["Words."]]);
    let parquet = b"PAR1 this is no table PAR1";
    for (name, bytes) in [
        ("a.parquet", &parquet[..]),
        ("a.parquet", b"PAR1\xff\xff\xff\x7fPAR1"),
        ("a.zip", b"PK\x03\x04 cut"),
        ("a.docx", &zipped(&[("word/document.xml", b"<w:t>\xff</w:t>")])[..60]),
        ("a.csv", b""),
        ("a.csv", b"\0\0\0\n\0"),
        ("a.jsonl", b"\0\n\xff\xfe\n{\"text\": \"\\ud800\"}\n"),
        ("a.eml", b"\xff\xfe\0"),
        ("a.pdf", &whole[..whole.len() / 2]),
        ("a.txt.gz", b"\x1f\x8b\x08\0\0\0\0\0"),
        ("a.warc.zst", b"\x28\xb5\x2f\xfd\xff"),
    ] {
        for found in read(&intake(), name, bytes) {
            assert!(
                found.contains("Damaged") || found.contains("Columns") || found.contains("Json") || found.contains("NoText"),
                "{name}: {found}"
            );
        }
    }
}

/// A file with some bytes changed, cut out and put in.
fn mutated(bytes: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), 0..4_u8, prop::collection::vec(any::<u8>(), 1..12));
    prop::collection::vec(change, 1..8).prop_map(move |changes| {
        let mut bytes = bytes.clone();
        for (at, how, with) in changes {
            let at = at.index(bytes.len().max(1)).min(bytes.len());
            match how {
                0 => drop(bytes.splice(at..(at + with.len()).min(bytes.len()), with)),
                1 => drop(bytes.splice(at..at, with)),
                2 => drop(bytes.drain(at..(at + 7 * with.len()).min(bytes.len()))),
                _ => bytes.truncate(at),
            }
            if bytes.is_empty() {
                bytes.push(b' ');
            }
        }
        bytes
    })
}

fn whatever_happened(name: &str, bytes: &[u8]) {
    let whole = read_from(&intake(), name, bytes, Reached::default());
    for item in &whole {
        let reached = item.as_ref().map_or_else(|fault| fault.place.reached, |report| report.place.reached);
        if let Err(fault) = item {
            assert!(!fault.reason.is_empty());
        }
        // Wherever reading sets in again, it comes to an end, and to no more than there is.
        assert!(read_from(&intake(), name, bytes, reached).len() <= whole.len(), "{name}: {}", told(item));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn any_web_archive_comes_to_an_end(bytes in mutated((1..4).flat_map(|number| gzip(&warc(number))).collect())) {
        whatever_happened("a.warc.gz", &bytes);
    }

    #[test]
    fn any_bare_web_archive_comes_to_an_end(bytes in mutated((1..4).flat_map(warc).collect())) {
        whatever_happened("a.warc", &bytes);
    }

    #[test]
    fn any_word_document_comes_to_an_end(bytes in mutated(docx("<w:p><w:r><w:t>Words.</w:t></w:r></w:p>"))) {
        whatever_happened("a.docx", &bytes);
    }

    #[test]
    fn any_mail_comes_to_an_end(bytes in mutated(mail(6).into_bytes())) {
        whatever_happened("a.eml", &bytes);
        whatever_happened("a.mbox", &bytes);
    }

    #[test]
    fn any_table_comes_to_an_end(bytes in mutated(b"body,id,date\n\"One, two\",1,2017\nThree,2,3 May 2017\n".to_vec())) {
        whatever_happened("a.csv", &bytes);
    }

    #[test]
    fn any_pdf_comes_to_an_end(bytes in mutated(pdf(&[&["Gunmen killed six farmers."], &["Police said so."]]))) {
        whatever_happened("a.pdf", &bytes);
    }

    #[test]
    fn any_lines_come_to_an_end(bytes in mutated(gzip(b"{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n"))) {
        whatever_happened("a.jsonl.gz", &bytes);
    }
}

#[test]
fn an_endless_stream_is_read_to_what_a_report_can_have() {
    let endless = Box::new(Cursor::new(b"words ".to_vec()).chain(std::io::repeat(b' ')));
    let mut reports = intake().stream(endless).unwrap();
    assert!(told(&reports.next().unwrap()).contains("TooLarge"));
    assert!(reports.next().is_none());
}
