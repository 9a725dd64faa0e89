//! Briefs with numbered sources: the same notes in each form, and stored text that stays text.

use std::io::{Cursor, Read};

use quick_xml::events::Event;
use sayso::dossier::{Dossier, Line, Note, Part, Run, Section, docx, markdown};

const HOSTILE: [&str; 6] = [
    "<script>alert(1)</script>",
    "[press](javascript:alert(1))",
    "]]></w:t></w:r><w:instrText>DDEAUTO c:\\\\x</w:instrText>",
    "a | b \u{0}\u{8}\u{1f} c",
    "# Forged heading\n\n[^1]: forged note",
    "=HYPERLINK(\"http://evil.example\")",
];

fn note(statement: &str, quote: &str) -> Note {
    Note {
        statement: statement.to_owned(),
        document: "River raid".to_owned(),
        publisher: Some("Hill Times".to_owned()),
        published: Some("2031-04-02".to_owned()),
        url: Some("https://hill.example/raid".to_owned()),
        quote: quote.to_owned(),
        said_by: vec!["police".to_owned(), "a shepherd".to_owned()],
        hedges: vec!["possible".to_owned()],
    }
}

/// A brief on the North Front that cites one sentence twice and another once.
fn brief() -> Dossier {
    let mut dossier = Dossier {
        title: "North Front".to_owned(),
        head: vec![("As of".to_owned(), "2031-05-01".to_owned())],
        made: vec!["Made by sayso.".to_owned()],
        ..Dossier::default()
    };
    let first = dossier.note(note("s1", "As many as 7,000 fighters serve in it."));
    let second = dossier.note(note("s2", "It crossed the river."));
    let again = dossier.note(note("s1", "As many as 7,000 fighters serve in it."));
    let strength = vec![Line::of("as many as 7,000").and(first)];
    dossier.sections = vec![
        Section { title: "Strength".to_owned(), parts: vec![Part::Table { head: vec!["As told".to_owned()], rows: vec![strength] }] },
        Section { title: "Events".to_owned(), parts: vec![Part::List(vec![Line::of("A crossing").and(second).and(again)])] },
    ];
    dossier
}

/// The parts of a DOCX file that hold text.
fn xml(bytes: &[u8]) -> Vec<(String, String)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).filter(|name| name.ends_with(".xml")).collect();
    let read = |name: String| {
        let mut text = String::new();
        archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
        (name, text)
    };
    names.into_iter().map(read).collect()
}

/// All text of an XML file and the names of its elements; fails where it is not well formed.
fn parsed(xml: &str) -> (String, Vec<String>) {
    let (mut text, mut names, mut reader) = (String::new(), Vec::new(), quick_xml::Reader::from_str(xml));
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => names.push(String::from_utf8(tag.name().as_ref().to_vec()).unwrap()),
            Event::Text(piece) => text.push_str(&piece.decode().unwrap()),
            Event::GeneralRef(name) => text.push_str(match &*name.decode().unwrap() {
                "lt" => "<",
                "gt" => ">",
                "amp" => "&",
                "quot" => "\"",
                "apos" => "'",
                other => panic!("&{other};"),
            }),
            Event::Eof => return (text, names),
            _ => {}
        }
    }
}

fn part<'a>(parts: &'a [(String, String)], name: &str) -> &'a str {
    &parts.iter().find(|(found, _)| found == name).unwrap_or_else(|| panic!("no {name}")).1
}

#[test]
fn a_sentence_is_one_note_however_often_it_is_cited() {
    let dossier = brief();
    assert_eq!(dossier.notes.len(), 2);
    let text = markdown(&dossier);
    assert_eq!(text.matches("[^1]").count(), 3, "twice cited, once told: {text}");
    assert!(
        text.contains("[^1]: police, citing a shepherd, in «River raid», Hill Times, 2031-04-02 \\(possible\\): “As many as 7,000"),
        "{text}"
    );
    assert!(text.contains("<https://hill.example/raid>"), "{text}");
}

#[test]
fn a_docx_has_real_footnotes() {
    let parts = xml(&docx(&brief()).unwrap());
    let (notes, names) = parsed(part(&parts, "word/footnotes.xml"));
    assert_eq!(names.iter().filter(|name| *name == "w:footnote").count(), 2);
    assert!(notes.contains("As many as 7,000 fighters serve in it.") && notes.contains("https://hill.example/raid"), "{notes}");
    let (body, names) = parsed(part(&parts, "word/document.xml"));
    assert_eq!(names.iter().filter(|name| *name == "w:footnoteReference").count(), 2, "the third mention bears the number only");
    assert!(body.contains("as many as 7,000") && body.contains("Made by sayso."), "{body}");
}

#[test]
fn the_same_brief_gives_the_same_file() {
    assert_eq!(docx(&brief()).unwrap(), docx(&brief()).unwrap());
    assert_eq!(markdown(&brief()), markdown(&brief()));
}

#[test]
fn hostile_text_stays_text() {
    let plain = parsed(part(&xml(&docx(&brief()).unwrap()), "word/document.xml")).1;
    for hostile in HOSTILE {
        let mut dossier = brief();
        dossier.title = hostile.to_owned();
        dossier.notes[0] =
            Note { quote: hostile.to_owned(), document: hostile.to_owned(), url: Some(hostile.to_owned()), ..dossier.notes[0].clone() };
        let text = markdown(&dossier);
        assert!(!text.contains("<script") && !text.contains("](javascript") && !text.contains("\n# Forged"), "{text}");
        assert_eq!(text.matches("\n[^1]: ").count(), 1, "{text}");
        let parts = xml(&docx(&dossier).unwrap());
        for (name, xml) in &parts {
            let (text, _) = parsed(xml);
            assert!(text.chars().all(|c| !c.is_control() || c.is_whitespace()), "{name}");
        }
        assert_eq!(parsed(part(&parts, "word/document.xml")).1, plain, "{hostile} makes no element");
    }
}

#[test]
fn an_address_that_is_none_of_the_web_is_no_link() {
    let mut dossier = brief();
    dossier.notes[0].url = Some("javascript:alert(1)".to_owned());
    assert!(!markdown(&dossier).contains("<javascript"));
}

#[test]
fn a_cell_stays_in_its_table() {
    let mut dossier = brief();
    let line = Line(vec![Run::Words("one | two\nthree".to_owned())]);
    dossier.sections[0].parts = vec![Part::Table { head: vec!["Word".to_owned()], rows: vec![vec![line]] }];
    let row = markdown(&dossier).lines().find(|line| line.contains("one")).unwrap().to_owned();
    assert_eq!(row, "| one \\| two three |");
}
