//! What cannot be read gives one clear line, and the rest goes on.

use crate::support::{Place, ended};

const REPORT: &str = "Gunmen killed six farmers near Jos on Monday, police said.";

#[test]
fn each_bad_file_gives_one_line_and_the_others_are_read() {
    let place = Place::new();
    place.write("in/binary.txt", [0x7f, b'E', b'L', b'F', 0, 1, 2, 3, 0, 0]);
    place.write("in/empty.txt", "");
    place.write("in/good.txt", REPORT);
    place.write("in/latin1.txt", b"Gunmen killed six farmers near Agad\xe8z on Monday, police said.");
    place
        .write("in/lines.jsonl", format!("{{\"text\": \"{REPORT}\"}}\n{{\"text\": \"cut off\n{{\"id\": \"x\", \"text\": \"{REPORT}\"}}\n"));
    place.write("in/nothing.jsonl", "{\"id\": \"no text\"}\n");
    let (status, output, errors) = ended(place.sayso(&["read", "in", "nowhere.txt"]));
    assert_eq!(status, 1, "{errors}");
    let lines: Vec<&str> = errors.lines().collect();
    let expected = [
        ("in/binary.txt: ", "not text"),
        ("in/empty.txt: ", "nothing in it"),
        ("in/lines.jsonl:2: ", "not a JSON document"),
        ("in/nothing.jsonl:1: ", "neither `text` nor `html` is given"),
        ("nowhere.txt: ", "there is no such file; check the name"),
    ];
    assert_eq!(lines.len(), expected.len(), "{errors}");
    for (line, (origin, reason)) in lines.iter().zip(expected) {
        assert!(line.starts_with(&format!("sayso: {origin}")) && line.contains(reason), "{line}");
    }
    assert!(output.contains("5 could not be read"), "{output}");
    assert!(place.prints(&["documents", "--format", "jsonl"]).contains("Agadèz"));
    assert_eq!(place.documents(), 3, "the same text in a file and in a line is one document");
}

#[test]
fn code_goes_on_after_bad_input_too() {
    let place = Place::new();
    place.write("empty.txt", " \n");
    place.write("good.txt", REPORT);
    let (status, output, errors) = ended(place.sayso(&["code", "empty.txt", "good.txt"]));
    assert_eq!((status, errors.lines().count()), (1, 1), "{errors}");
    let statement: serde_json::Value = serde_json::from_str(output.lines().next().unwrap()).unwrap();
    assert_eq!((&statement["type"], &statement["quantities"][0]["best"]), (&"assault".into(), &6.into()));
}

#[test]
fn a_line_that_is_not_utf8_is_named_with_its_place() {
    let place = Place::new();
    place.write("lines.jsonl", b"{\"text\": \"six farm\xe8rs\"}\n");
    let (status, _, errors) = ended(place.sayso(&["code", "lines.jsonl"]));
    assert_eq!(status, 3);
    assert!(errors.starts_with("sayso: lines.jsonl:1: byte 19 of the line is not UTF-8"), "{errors}");
}

#[test]
fn nothing_to_read_makes_no_record() {
    let place = Place::new();
    let (status, output, errors) = ended(place.sayso(&["read", "nowhere", "nowhere either"]));
    assert_eq!((status, output.as_str(), errors.lines().count()), (3, "", 2), "{errors}");
    assert!(!place.path("record.sayso").exists());
}

#[test]
fn a_page_of_fifty_megabytes_is_refused_in_one_line() {
    let place = Place::new();
    place.write("huge.html", format!("<html><body><p>{}</p></body></html>", "word ".repeat(10 << 20)));
    place.write("good.txt", REPORT);
    let (status, _, errors) = ended(place.sayso(&["read", "huge.html", "good.txt"]));
    assert_eq!((status, errors.lines().count()), (1, 1), "{errors}");
    assert!(errors.starts_with("sayso: huge.html: "), "{errors}");
    assert_eq!(place.documents(), 1);
}

#[test]
fn a_file_that_is_no_record_stays_as_it_is() {
    let place = Place::new();
    place.write("good.txt", REPORT);
    place.write("record.sayso", "a diary\n".repeat(100));
    for arguments in [["read", "good.txt"], ["show", "abc"]] {
        let (status, _, errors) = ended(place.sayso(&arguments));
        assert_eq!((status, errors.lines().count()), (3, 1), "{errors}");
        assert!(errors.contains("record.sayso: this is not a sayso record"), "{errors}");
    }
    assert_eq!(std::fs::read_to_string(place.path("record.sayso")).unwrap(), "a diary\n".repeat(100));
}

#[cfg(unix)]
#[test]
#[expect(clippy::print_stderr, reason = "says why there is nothing to test")]
fn a_directory_without_permission_gives_one_line() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.write("in/good.txt", REPORT);
    place.write("in/closed/secret.txt", REPORT);
    let closed = place.path("in/closed");
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o000)).unwrap();
    let can_read = std::fs::read_dir(&closed).is_ok();
    let (status, _, errors) = ended(place.sayso(&["read", "in"]));
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o755)).unwrap();
    if can_read {
        eprintln!("not tested: this user may read every directory");
        return;
    }
    assert_eq!((status, errors.lines().count()), (1, 1), "{errors}");
    assert!(errors.contains("in/closed: it may not be read; check its permissions"), "{errors}");
}
