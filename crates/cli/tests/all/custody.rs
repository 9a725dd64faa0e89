//! Where did a document come from, with what was it read, what became of an event, and how do two releases differ in them?

use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::{Place, happenings};

fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A place whose record tells of three happenings, each told by two papers.
fn place() -> Place {
    let place = Place::new();
    place.write("reports.jsonl", happenings(0..3));
    place.prints(&["read", "reports.jsonl", "--profile", "fast"]);
    place
}

/// The id of the first statement of a document.
fn statement_of(place: &Place, document: &str) -> String {
    let found = json_lines(&place.prints(&["statements", "--document", document, "--format", "jsonl"]));
    found[0]["id"].as_str().unwrap().to_owned()
}

/// The event of a statement, as its history names it.
fn event_of(place: &Place, statement: &str) -> String {
    let history = place.prints(&["history", statement]);
    history.split_whitespace().find(|word| word.starts_with("e-")).unwrap().trim_matches(&[',', ';'][..]).to_owned()
}

#[test]
fn a_document_tells_where_it_came_from_and_with_what_it_was_read() {
    let place = Place::new();
    let text = "Gunmen killed six farmers near Jos on Tuesday, police said.";
    let line = format!(r#"{{"id": "jos", "text": "{text}", "url": "https://example.org/jos", "retrieved": "2017-09-01T06:00:00Z"}}"#);
    place.write("reports.jsonl", format!("\n{line}\n"));
    place.prints(&["read", "reports.jsonl", "--profile", "fast"]);
    let history = place.prints(&["history", "jos"]);
    let document = &json_lines(&place.prints(&["documents", "--format", "jsonl"]))[0];
    let (raw, text) = (document["raw_sha256"].as_str().unwrap(), document["text_sha256"].as_str().unwrap());
    let expected = [
        "read, version 1, from reports.jsonl:2, retrieved 2017-09-01T06:00:00Z, at https://example.org/jos".to_owned(),
        format!("raw bytes SHA-256 {raw}, text SHA-256 {text}"),
        "in run 1 with actors ".to_owned(),
        "profile fast".to_owned(),
        "statements coded: 1".to_owned(),
    ];
    for words in &expected {
        assert!(history.contains(words.as_str()), "{words}: {history}");
    }
    place.prints(&["release", "first", "--by", "Ann"]);
    let release = &json_lines(&place.prints(&["releases", "--json"]))[0];
    let versions: BTreeSet<&str> = release["manifest"]["versions"].as_object().unwrap().keys().map(String::as_str).collect();
    for name in ["program", "rules", "lexicons", "models", "actors", "gazetteer", "linking"] {
        assert!(versions.contains(name), "{name}: {versions:?}");
    }
    assert!(place.prints(&["verify"]).contains("is what was written"));
}

#[test]
fn what_was_reviewed_is_listed_by_its_review_and_shown_with_it() {
    let place = place();
    let (kept, lost) = (statement_of(&place, "a0"), statement_of(&place, "a1"));
    place.prints(&["accept", &kept, "--by", "Ann"]);
    place.prints(&["reject", &lost, "--by", "Ben", "--why", "it is a film"]);
    let number = |reviewed: &str| place.prints(&["statements", "--format", "jsonl", "--reviewed", reviewed]).lines().count();
    let listed = place.prints(&["statements", "--format", "jsonl"]).lines().count();
    assert_eq!((number("accepted"), number("rejected"), number("corrected")), (1, 1, 0));
    assert_eq!((number("none"), number("any")), (listed - 1, listed + 1));
    assert_eq!(place.prints(&["documents", "--reviewed", "rejected", "--format", "jsonl"]).lines().count(), 1);
    let shown = place.prints(&["show", &lost]);
    assert!(shown.contains("review         rejected, decision 2 by Ben, ") && shown.contains(": it is a film"), "{shown}");
    assert!(place.prints(&["show", &kept]).contains("accepted, decision 1 by Ann"));
    place.prints(&["undo", "2", "--by", "Ann"]);
    assert!(!place.prints(&["show", &lost]).contains("rejected"));
}

#[test]
fn an_event_that_is_gone_tells_where_its_statements_went_and_a_release_that_it_is() {
    let place = place();
    let (one, other) = (statement_of(&place, "a0"), statement_of(&place, "a1"));
    let (first, second) = (event_of(&place, &one), event_of(&place, &other));
    assert_ne!(first, second);
    place.prints(&["release", "before", "--by", "Ann"]);
    place.prints(&["judge", "join", &first, &second, "--by", "Ann", "--why", "the same raid"]);
    let (stays, gone) = if event_of_now(&place, &first) { (first, second) } else { (second, first) };
    let history = place.prints(&["history", &gone]);
    assert!(history.contains("is no more; left: ") && history.contains(&format!(", to {stays}")), "{history}");
    assert!(history.contains("because: decision 1 by Ann: join "), "{history}");
    let differing = json_lines(&place.prints(&["diff", "before", "9999", "--json"]));
    let of_events: Vec<(&str, &str)> = differing
        .iter()
        .filter(|one| one["kind"] == "event" && one["id"].as_str().unwrap().starts_with("e-"))
        .map(|one| (one["change"].as_str().unwrap(), one["id"].as_str().unwrap()))
        .collect();
    assert_eq!(of_events, [("removed", gone.as_str()), ("changed", stays.as_str())]);
    assert!(differing.iter().all(|one| one["through"].as_str().unwrap().starts_with("decision 1 by Ann: join")), "{differing:?}");
    assert!(place.prints(&["diff", "before", "9999"]).contains("1 event removed"));
    assert!(place.prints(&["verify"]).contains("is what was written"));
}

/// Whether an event is there.
fn event_of_now(place: &Place, event: &str) -> bool {
    !place.prints(&["history", event]).contains("is no more")
}
