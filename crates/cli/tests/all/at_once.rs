//! Of two programs at one record, one writes and the other reads what was before; a second that would write waits, or says in one line
//! why it cannot.

use std::process::Stdio;
use std::time::Duration;

use sayso_store::{Filter, Record};

use crate::support::{Place, ended, happenings};

const NOW: &str = "2017-09-01T08:00:00Z";

fn place() -> Place {
    let place = Place::new();
    place.write("reports.jsonl", happenings(0..6));
    place.prints(&["read", "reports.jsonl", "--profile", "fast"]);
    place
}

fn events(record: &Record) -> Vec<String> {
    let mut events = Vec::new();
    record.reading().each_member(|group, _| events.push(group.to_owned())).unwrap();
    events.retain(|id| id.starts_with("e-"));
    events.sort();
    events.dedup();
    events
}

#[test]
fn while_one_links_others_read_what_was_and_a_second_writer_waits() {
    let place = place();
    let path = place.path("record.sayso");
    let mut record = Record::open_to_change(&path, NOW).unwrap();
    let event = events(&record)[0].clone();
    let statement = record.statements(&Filter::default()).unwrap()[0].id.clone();
    let asked = [vec!["show", &event, "--json"], vec!["statements", "--format", "jsonl"], vec!["summary"], vec!["history", &event]];
    let answers: Vec<String> = asked.iter().map(|arguments| place.prints(arguments)).collect();
    // A linking that has changed something and has not ended yet.
    let mut linking = record.linking().unwrap();
    linking.end_group(&event).unwrap();
    for (arguments, before) in asked.iter().zip(&answers) {
        assert_eq!(&place.prints(arguments), before, "{arguments:?}");
    }
    let accept = ["accept", &statement, "--by", "Ann"];
    let mut waiting = place.bare(&accept).stdout(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_secs(2));
    assert!(waiting.try_wait().unwrap().is_none(), "it waits for its turn");
    linking.end("sayso", &serde_json::json!({})).unwrap();
    drop(record);
    assert!(waiting.wait().unwrap().success());
    assert!(place.prints(&["decisions"]).contains("accept"));
    assert!(place.prints(&["verify"]).contains("is what was written"));
    assert_ne!(place.prints(&["history", &event]), answers[3]);
}

#[test]
fn who_would_write_while_another_does_not_end_is_told_so_in_one_line() {
    let place = place();
    let mut record = Record::open_to_change(&place.path("record.sayso"), NOW).unwrap();
    let linking = record.linking().unwrap();
    let (status, output, errors) = ended(place.sayso(&["link", "--all"]));
    assert_eq!((status, output.as_str(), errors.lines().count()), (3, "", 1), "{errors}");
    assert!(errors.contains("another program is writing to this record; wait until it is done and try again"), "{errors}");
    drop(linking);
}

#[test]
fn a_linking_by_one_program_is_seen_by_another_before_or_after_and_never_half() {
    let place = place();
    place.write("more.jsonl", happenings(6..60));
    place.prints(&["read", "more.jsonl", "--profile", "fast", "--no-link"]);
    let path = place.path("record.sayso");
    let before = events(&Record::open_read_only(&path).unwrap());
    let mut linking = place.bare(&["link"]).stdout(Stdio::null()).spawn().unwrap();
    let mut seen = Vec::new();
    loop {
        let over = linking.try_wait().unwrap().is_some();
        seen.push(events(&Record::open_read_only(&path).unwrap()));
        place.prints(&["summary"]);
        if over {
            break;
        }
    }
    assert!(linking.wait().unwrap().success());
    let after = events(&Record::open_read_only(&path).unwrap());
    assert!(after.len() > before.len());
    let turned = seen.iter().position(|one| *one == after).unwrap();
    assert!(seen[..turned].iter().all(|one| *one == before) && seen[turned..].iter().all(|one| *one == after));
}
