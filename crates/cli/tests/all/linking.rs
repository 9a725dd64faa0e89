//! Events of several reports are listed, shown with their sources, and decided about.

use serde_json::Value;

use crate::support::{Place, ended};

/// Three reports of one bombing, of which one is a copy, and one of another attack a week later.
const REPORTS: &str = r#"{"id":"wire","publisher":"North Wire","published":"2031-04-02","title":"Bomber kills 24","language":"en","text":"A suicide bomber killed 24 people at a mosque in Herat on Tuesday, the interior ministry said. The blast tore through the crowded prayer hall shortly after sunset and left dozens wounded. Ambulances took the injured to three hospitals in the city, where relatives searched for the missing until midnight."}
{"id":"star","publisher":"Evening Star","credit":"North Wire","published":"2031-04-03","title":"Blood at prayers","language":"en","text":"A suicide bomber killed 24 people at a mosque in Herat on Tuesday, the interior ministry said. The blast tore through the crowded prayer hall shortly after sunset and left dozens wounded. Ambulances took the injured to three hospitals in the city."}
{"id":"south","publisher":"South Press","published":"2031-04-02","title":"At least 29 dead","language":"en","text":"At least 29 people were killed when a bomber attacked a mosque in Herat on Tuesday, doctors at the city's hospital said."}
{"id":"later","publisher":"South Press","published":"2031-04-09","title":"Checkpoint attacked","language":"en","text":"Gunmen attacked a police checkpoint in Kandahar on Tuesday, killing three officers, police said."}
"#;

/// A record of them, and the id of the bombing.
fn read() -> (Place, String) {
    let place = Place::new();
    place.write("reports.jsonl", REPORTS);
    assert!(place.prints(&["read", "reports.jsonl"]).contains("1 document repeats another's text"));
    let events = events(&place);
    let bombing = events.iter().find(|event| event["documents"] == 3).unwrap();
    let id = bombing["id"].as_str().unwrap().to_owned();
    (place, id)
}

fn events(place: &Place) -> Vec<Value> {
    place.prints(&["events", "--format", "jsonl"]).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Its counts of the killed, least and most.
fn killed(place: &Place, id: &str) -> (Value, Value) {
    let event = events(place).into_iter().find(|event| event["id"] == id).unwrap();
    let count = event["counts"].as_array().unwrap().iter().find(|count| count["of"] == "killed").unwrap().clone();
    (count["least"].clone(), count["most"].clone())
}

fn decides(place: &Place, arguments: &[&str]) -> String {
    place.prints(&[arguments, &["--by", "ana", "--why", "for the test"]].concat())
}

#[test]
fn an_event_is_shown_with_its_sources_and_why_the_copy_is_none() {
    let (place, id) = read();
    assert_eq!(killed(&place, &id), (24.into(), 29.into()));
    let shown = place.prints(&["show", &id]);
    for expected in
        ["Independent sources", "the interior ministry says so", "Not counted", "it repeats the text of «Bomber kills 24»", "Told by"]
    {
        assert!(shown.contains(expected), "{expected}: {shown}");
    }
    let json: Value = serde_json::from_str(&place.prints(&["show", &id, "--json"])).unwrap();
    assert_eq!(json["told_by"].as_array().unwrap().len() as u64, json["summary"]["statements"].as_u64().unwrap());
    assert!(place.prints(&["compare", "star"]).contains("[-where relatives searched for the missing until midnight-]"));
}

#[test]
fn events_are_found_by_place_and_time() {
    let (place, id) = read();
    let near = |arguments: &[&str]| place.prints(&[&["events", "--format", "jsonl"], arguments].concat()).contains(&id);
    assert!(near(&["--near", "34.35,62.2,30"]));
    assert!(!near(&["--near", "31.6,65.7,30"]));
    assert!(near(&["--since", "2031-04-01", "--until", "2031-04-01", "--certain"]));
    assert!(!near(&["--since", "2031-04-05"]));
    assert!(near(&["--country", "afg", "--sources", "2"]));
}

#[test]
fn a_split_is_previewed_made_undone_and_seen_as_of_before() {
    let (place, id) = read();
    place.prints(&["release", "first", "--by", "ana"]);
    let preview = decides(&place, &["judge", "split", &id, "south", "--preview"]);
    assert!(preview.contains("nothing has been kept"), "{preview}");
    assert_eq!(killed(&place, &id), (24.into(), 29.into()));
    decides(&place, &["judge", "split", &id, "south"]);
    assert_eq!(killed(&place, &id), (24.into(), 24.into()));
    place.prints(&["link", "--all"]);
    assert_eq!(killed(&place, &id), (24.into(), 24.into()), "it outlives linking from nothing");
    assert!(place.prints(&["show", &id, "--as-of", "first"]).contains("At least 29 dead"));
    decides(&place, &["undo"]);
    assert_eq!(killed(&place, &id), (24.into(), 29.into()));
    assert!(place.prints(&["verify"]).contains("is what was written"));
}

#[test]
fn wrong_decisions_get_one_line() {
    let (place, id) = read();
    for (arguments, expected) in [
        (vec!["judge", "settle", &id, "killed", "77"], "nobody tells `77`; its `killed` is told as"),
        (vec!["judge", "status", &id, "sure"], "`sure` is no status; write one of confirmed"),
        (vec!["judge", "split", &id, "later"], "nothing is left to split"),
        (vec!["judge", "join", "e-nothing", &id], "there is no event `e-nothing`"),
        (vec!["judge", "reliability", "Reuters", "Z"], "`Z` is no grade"),
        (vec!["events", "--near", "here"], "`here` is not LATITUDE,LONGITUDE,KM"),
        (vec!["show", "e-nothing"], "or one that begins so; `sayso events`, `relations` and `estimates` list them"),
        (vec!["compare", "later"], "repeats no other document's text"),
    ] {
        let by = if arguments[0] == "judge" { vec!["--by", "ana", "--why", "x"] } else { Vec::new() };
        let (status, _, told) = ended(place.sayso(&[arguments.clone(), by].concat()));
        assert_eq!((status, told.lines().count()), (3, 1), "{arguments:?}: {told}");
        assert!(told.contains(expected), "{arguments:?}: {told}");
    }
}
