//! What a reader sees of a record in which people restricted something: neither it nor what rests on it, by no question.

use std::sync::OnceLock;

use sayso::decide::Request;
use sayso::linking::{Linker, Scope, link_record};
use sayso::types::decision::Sensitivity;
use sayso::types::record::{DocumentRecord, StatementRecord};
use sayso::{Coder, Input, export};
use sayso_store::query::{GroupFilter, LogFilter, Search};
use sayso_store::{Clearance, DecisionFilter, Filter, Moment, Record};
use serde_json::json;

const NOW: &str = "2031-04-09T08:00:00Z";

/// Reports: id, publisher, day, text. The note and the wire tell of one attack; the wire's text is given again by the star.
const REPORTS: [(&str, &str, &str, &str); 4] = [
    (
        "wire",
        "North Wire",
        "2031-04-02",
        "Gunmen killed six guards at a warehouse in Gao on Tuesday, the army said. They left with two trucks of grain before dawn, and \
         residents who heard the shots stayed in their houses until the patrol came.",
    ),
    (
        "star",
        "Evening Star",
        "2031-04-03",
        "Gunmen killed six guards at a warehouse in Gao on Tuesday, the army said. They left with two trucks of grain before dawn, and \
         residents who heard the shots stayed in their houses until the patrol came.",
    ),
    ("note", "Field Notes", "2031-04-02", "Gunmen killed seven guards at a warehouse in Gao on Tuesday, a driver named Zubeyr said."),
    ("south", "South Press", "2031-04-08", "Two soldiers were killed in a clash with the Taliban in Kandahar on Monday, police said."),
];

fn coded() -> &'static Vec<(DocumentRecord, Vec<StatementRecord>)> {
    static CODED: OnceLock<Vec<(DocumentRecord, Vec<StatementRecord>)>> = OnceLock::new();
    CODED.get_or_init(|| {
        let coder = Coder::embedded().expect("the embedded data load");
        let code = |(id, publisher, published, text): &(&str, &str, &str, &str)| {
            let input = json!({"id": id, "publisher": publisher, "published": published, "text": text, "language": "en"});
            let input: Input = serde_json::from_value(input).expect("an input");
            let document = coder.document(&input).expect("a text is a document");
            (export::document_record(&document), coder.records(&document))
        };
        REPORTS.iter().map(code).collect()
    })
}

fn record() -> Record {
    let mut record = Record::in_memory(NOW).expect("a record");
    record.add(coded()).expect("they can be added");
    link(&mut record);
    record
}

fn link(record: &mut Record) {
    link_record(&Linker::embedded().expect("the data load"), record, Scope::Changed, "test", &json!({})).expect("it can be linked");
}

fn mark(record: &mut Record, id: &str, sensitivity: Sensitivity) {
    let action = Request::Sensitivity { id: id.to_owned(), sensitivity }.action(record, Linker::embedded).expect("it is in the record");
    record.decide("Ada", "it names a driver", &action).expect("it can be marked");
    link(record);
}

/// The ids of documents, the number of statements and events, and how many sentences have a word, as a reader sees them.
fn seen(record: &mut Record) -> (Vec<String>, usize, usize, usize) {
    record.look_with(Clearance::Open).expect("it can be looked at");
    let seen = all(record);
    record.look_with(Clearance::All).expect("it can be looked at");
    seen
}

fn all(record: &Record) -> (Vec<String>, usize, usize, usize) {
    let mut documents = Vec::new();
    let take = |document: sayso_store::StoredDocument| {
        documents.push(document.record.id);
        std::ops::ControlFlow::Continue(())
    };
    record.each_document(&Filter::default(), take).expect("documents can be asked");
    documents.sort();
    let statements = record.statements(&Filter::default()).expect("statements can be asked").len();
    let events = record.groups(&GroupFilter::default()).expect("events can be asked").items.len();
    let guards = record.search(&Search { text: "guards".to_owned(), ..Search::default() }).expect("it can be searched").items.len();
    (documents, statements, events, guards)
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

#[test]
fn what_a_restricted_document_tells_is_seen_by_no_question() {
    let mut record = record();
    let before = all(&record);
    assert_eq!(seen(&mut record), before, "nothing is restricted yet");
    let event = record.groups(&GroupFilter::default()).unwrap().items.into_iter().find(|event| event.sources > 1).expect("two tell of one");
    mark(&mut record, "note", Sensitivity::Restricted);
    assert_eq!(all(&record), before, "who may sees all of it");

    let (documents, statements, _, guards) = seen(&mut record);
    assert_eq!(documents, names(&["south", "star", "wire"]));
    assert!(statements < before.1 && guards < before.3);
    record.look_with(Clearance::Open).unwrap();
    assert!(record.document("note").is_err());
    assert!(record.group(&event.id).is_err(), "the event rests on it as well");
    assert!(record.search(&Search { text: "zubeyr".to_owned(), ..Search::default() }).unwrap().items.is_empty());
    assert!(record.decisions(&DecisionFilter::default()).unwrap().is_empty(), "a mark tells that there is something");
    let log = record.log(&LogFilter::default()).unwrap().items;
    assert!(log.iter().all(|entry| entry.who != "Ada"));
    assert!(record.runs().unwrap().iter().all(|run| run.inputs.iter().all(|input| !input.contains("note"))));
    record.look_back(&Moment::Time(NOW.to_owned())).unwrap();
    assert!(record.document("note").is_err(), "who looks back sees no more");
}

#[test]
fn a_mark_is_lifted_by_another_and_by_undoing_it() {
    let mut record = record();
    let before = all(&record);
    mark(&mut record, "note", Sensitivity::Restricted);
    assert_ne!(seen(&mut record), before);
    mark(&mut record, "note", Sensitivity::Open);
    assert_eq!(seen(&mut record), before);
    record.undo("Ada", "", None).unwrap();
    link(&mut record);
    assert_ne!(seen(&mut record), before, "the first mark holds again");
    record.undo("Ada", "", None).unwrap();
    link(&mut record);
    assert_eq!(seen(&mut record), before);
}

#[test]
fn a_restricted_event_takes_its_statements_along_but_leaves_the_papers() {
    let mut record = record();
    let before = all(&record);
    let event = record.groups(&GroupFilter::default()).unwrap().items.into_iter().find(|event| event.sources > 1).expect("two tell of one");
    mark(&mut record, &event.id, Sensitivity::Restricted);
    let (documents, statements, events, guards) = seen(&mut record);
    assert_eq!(documents, before.0);
    assert_eq!((statements, guards), (before.1 - usize::try_from(event.statements).unwrap(), 0));
    assert_eq!(events, before.2 - 1);
}

#[test]
fn what_a_publisher_publishes_later_is_restricted_too() {
    let mut record = Record::in_memory(NOW).expect("a record");
    mark(&mut record, "publisher:field notes", Sensitivity::Restricted);
    record.add(coded()).expect("they can be added");
    link(&mut record);
    assert_eq!(seen(&mut record).0, names(&["south", "star", "wire"]));
}

#[test]
fn a_copy_does_not_name_a_restricted_original() {
    let mut record = record();
    mark(&mut record, "wire", Sensitivity::Restricted);
    record.look_with(Clearance::Open).unwrap();
    let star = record.reading().number_of("star").unwrap();
    assert!(record.reading().origins(&[star]).unwrap().is_empty());
    record.look_with(Clearance::All).unwrap();
    assert_eq!(record.reading().origins(&[star]).unwrap().len(), 1);
}

#[test]
fn a_restricted_statement_stays_restricted_when_it_is_corrected() {
    let mut record = record();
    let note = record.statements(&Filter { documents: vec!["south".to_owned()], ..Filter::default() }).unwrap().remove(0);
    mark(&mut record, &note.id, Sensitivity::Restricted);
    let before = seen(&mut record);
    let correct = Request::Correct { statement: note.id.clone(), path: "/place".to_owned(), before: None, after: json!(null) };
    let action = correct.action(&record, Linker::embedded).unwrap();
    record.decide("Ada", "it is another place", &action).unwrap();
    link(&mut record);
    assert_eq!(seen(&mut record), before);
    record.look_with(Clearance::Open).unwrap();
    assert!(record.statement(&note.id).is_err());
}
