//! What does a record tell of all its events and ties at once, now and as of an earlier moment?

use crate::sample::groups::{at, between, during, event, relation};
use sayso_store::query::{EventMark, Pair};
use sayso_store::{GroupChange, Moment, Record};
use sayso_types::record::GroupRecord;

use crate::sample::NOW;

const LATER: &str = "2017-09-02T08:00:00Z";
const KABUL: (f64, f64) = (34.53, 69.17);

fn link(record: &mut Record, groups: &[GroupRecord], gone: &[&str]) {
    let mut linking = record.linking().unwrap();
    for group in groups {
        linking.set_group(&GroupChange { record: group.clone(), members: Vec::new() }).unwrap();
    }
    gone.iter().for_each(|id| linking.end_group(id).unwrap());
    linking.end("test", &serde_json::json!({})).unwrap();
}

/// Id, precision, place in whole degrees, first and last day of an event.
type Marked = (String, u8, Option<[i32; 2]>, Option<i32>, Option<i32>);

fn told(record: &Record) -> Vec<Marked> {
    let marks = record.event_marks().unwrap();
    let one = |mark: &EventMark| {
        let id = record.group_numbered(mark.number).unwrap().id;
        (id, mark.where_prec, mark.point.map(|point| point.map(|degrees| degrees.round() as i32)), mark.first, mark.last)
    };
    marks.marks.iter().map(one).collect()
}

#[test]
fn every_event_is_marked_where_and_when_it_lies_or_that_nobody_knows() {
    let mut record = Record::in_memory(NOW).unwrap();
    let open = GroupRecord { earliest: Some("1970-02-01".to_owned()), ..event("open") };
    let groups = [
        at(during(event("kabul"), "1970-01-03", "1970-01-04"), KABUL, 1),
        at(event("province"), (-18.0, 178.0), 4),
        open,
        event("nowhere"),
        relation("tie", "allied_with", "one", "other", ("2017-01-01", "2017-02-01")),
    ];
    link(&mut record, &groups, &[]);
    let expected = [
        ("kabul".to_owned(), 1, Some([69, 35]), Some(2), Some(3)),
        ("province".to_owned(), 4, Some([178, -18]), None, None),
        ("open".to_owned(), 0, None, Some(31), None),
        ("nowhere".to_owned(), 0, None, None, None),
    ];
    assert_eq!(told(&record), expected);
    let marks = record.event_marks().unwrap();
    let code = |code: &str| marks.code(code);
    assert!(marks.marks.iter().all(|mark| Some(mark.type_code) == code("assault") && mark.status == code("weak")));
    assert_eq!((marks.marks[0].country, marks.marks[3].country), (code("AFG"), None));
    assert_eq!(code("protest"), None);
}

#[test]
fn what_is_gone_is_marked_as_of_when_it_was_there() {
    let mut record = Record::in_memory(NOW).unwrap();
    link(&mut record, &[at(event("first"), KABUL, 1), between(event("joint"), "one", "other")], &[]);
    record.set_now(LATER);
    link(&mut record, &[event("second")], &["first"]);
    let ids = |record: &Record| told(record).into_iter().map(|mark| (mark.0, mark.2.is_some())).collect::<Vec<_>>();
    let of = |ids: &[(&str, bool)]| ids.iter().map(|(id, placed)| ((*id).to_owned(), *placed)).collect::<Vec<_>>();
    assert_eq!(ids(&record), of(&[("joint", false), ("second", false)]));
    record.look_back(&Moment::Time(NOW.to_owned())).unwrap();
    assert_eq!(ids(&record), of(&[("first", true), ("joint", false)]));
    let joint = record.event_marks().unwrap().marks[1].number;
    assert_eq!((record.events_of("one").unwrap(), record.events_of("nobody").unwrap()), (vec![joint], vec![]));
}

#[test]
fn pairs_are_told_once_with_what_ties_them() {
    let mut record = Record::in_memory(NOW).unwrap();
    let groups = [
        relation("a", "allied_with", "one", "other", ("2016-01-01", "2016-02-01")),
        relation("b", "rival_of", "other", "one", ("2017-01-01", "2017-02-01")),
        between(during(event("e"), "2018-01-01", "2018-01-01"), "one", "third"),
    ];
    link(&mut record, &groups, &[]);
    let pair = |one: &str, other: &str, relations, events, last: &str| Pair {
        one: one.to_owned(),
        other: other.to_owned(),
        relations,
        events,
        last: last.to_owned(),
    };
    assert_eq!(record.pairs().unwrap(), [pair("one", "other", 2, 0, "2017-02-01"), pair("one", "third", 0, 1, "2018-01-01")]);
    let edge = record.edge_between("other", "one").unwrap();
    assert_eq!((edge.relations, edge.events, edge.related.iter().map(|tie| tie.id.as_str()).collect::<Vec<_>>()), (2, 0, vec!["b", "a"]));
    assert_eq!(record.edge_between("other", "third").unwrap().relations, 0);
    assert_eq!((record.name_of_actor("one").unwrap(), record.name_of_actor("nobody").unwrap()), ("ONE".to_owned(), "nobody".to_owned()));
}
