//! What do people keep for themselves?
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use jiff::Timestamp;
use sayso_people::{By, ErrorKind, People, Role};

fn now() -> Timestamp {
    "2017-09-01T08:00:00Z".parse().unwrap()
}

/// Amina and Bilal.
fn people() -> People {
    let mut people = People::in_memory().unwrap();
    for name in ["Amina", "Bilal"] {
        people.add(name, Role::Reader, None, &By::command_line("root"), now()).unwrap();
    }
    people
}

#[test]
fn each_person_keeps_their_own_questions() {
    let mut people = people();
    let kept = people.save("Amina", " Kano ", "place:Kano", "events", now()).unwrap();
    assert_eq!((kept.name.as_str(), kept.q.as_str(), kept.shown.as_str()), ("Kano", "place:Kano", "events"));
    people.save("Amina", "all", "", "documents", now()).unwrap();
    let names = |people: &People, person: &str| people.saved(person).unwrap().into_iter().map(|saved| saved.name).collect::<Vec<_>>();
    assert_eq!(names(&people, "Amina"), ["all", "Kano"]);
    assert!(names(&people, "Bilal").is_empty());
    assert_eq!(people.remove_saved("Bilal", kept.number).unwrap_err().kind(), ErrorKind::Unknown);
    people.remove_saved("Amina", kept.number).unwrap();
    assert_eq!(names(&people, "Amina"), ["all"]);
}

#[test]
fn a_name_is_kept_once() {
    let mut people = people();
    let first = people.save("Amina", "Kano", "place:Kano", "events", now()).unwrap();
    let again = people.save("Amina", "Kano", "place:Kano since:2015", "events", now()).unwrap();
    assert_eq!((again.number, again.q.as_str()), (first.number, "place:Kano since:2015"));
    let other = people.save("Amina", "Jos", "place:Jos", "events", now()).unwrap();
    assert_eq!(people.rename_saved("Amina", other.number, "Kano").unwrap_err().kind(), ErrorKind::Conflict);
    assert_eq!(people.rename_saved("Amina", other.number, "Plateau").unwrap().name, "Plateau");
    for name in ["", " ", "two\nlines", &"n".repeat(121)] {
        assert_eq!(people.save("Amina", name, "x", "events", now()).unwrap_err().kind(), ErrorKind::Invalid, "{name:?}");
    }
}
