//! A stored record linked, at once and little by little, before and after people decided.
#![allow(clippy::single_range_in_vec_init, reason = "a batch is a range of reports")]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use sayso::linking::{Linker, Scope, link_record};
use sayso::types::decision::{Action, Judgement, Origin};
use sayso::types::record::{DocumentRecord, GroupKind, StatementRecord};
use sayso::{Coder, Input, export};
use sayso_store::Record;
use serde_json::json;

const NOW: &str = "2031-04-09T08:00:00Z";

/// Reports on two bombings and a clash: id, publisher, credit, day, text.
const REPORTS: [(&str, &str, &str, &str, &str); 6] = [
    (
        "wire",
        "North Wire",
        "",
        "2031-04-02",
        "A suicide bomber killed 24 people at a mosque in Herat on Tuesday, the interior ministry said. The blast tore through the crowded \
         prayer hall shortly after sunset and left dozens wounded. Ambulances took the injured to three hospitals in the city, where \
         relatives searched for the missing until midnight.",
    ),
    (
        "star",
        "Evening Star",
        "North Wire",
        "2031-04-03",
        "A suicide bomber killed 24 people at a mosque in Herat on Tuesday, the interior ministry said. The blast tore through the crowded \
         prayer hall shortly after sunset and left dozens wounded. Ambulances took the injured to three hospitals in the city.",
    ),
    (
        "south",
        "South Press",
        "",
        "2031-04-02",
        "At least 29 people died when a bomber attacked a mosque in Herat on Tuesday, doctors at the city's hospital said.",
    ),
    (
        "kandahar",
        "South Press",
        "",
        "2031-04-02",
        "Gunmen attacked a police checkpoint in Kandahar on Monday, killing three officers, police said.",
    ),
    ("later", "North Wire", "", "2031-04-08", "Two soldiers were killed in a clash with the Taliban in Kandahar on Monday, the army said."),
    ("allies", "South Press", "", "2031-04-08", "The Taliban are allied with al-Qaeda, a U.N. report said."),
];

fn coded() -> &'static Vec<(DocumentRecord, Vec<StatementRecord>)> {
    static CODED: OnceLock<Vec<(DocumentRecord, Vec<StatementRecord>)>> = OnceLock::new();
    CODED.get_or_init(|| {
        let coder = Coder::embedded().expect("the embedded data load");
        let code = |(id, publisher, credit, published, text): &(&str, &str, &str, &str, &str)| {
            let mut input = json!({"id": id, "publisher": publisher, "published": published, "text": text, "language": "en"});
            if !credit.is_empty() {
                input["credit"] = json!(credit);
            }
            let input: Input = serde_json::from_value(input).expect("an input");
            let document = coder.document(&input).expect("a text is a document");
            (export::document_record(&document), coder.records(&document))
        };
        REPORTS.iter().map(code).collect()
    })
}

fn linker() -> &'static Linker {
    static LINKER: OnceLock<Linker> = OnceLock::new();
    LINKER.get_or_init(|| Linker::embedded().expect("the embedded data load"))
}

fn link(record: &mut Record, scope: Scope) -> u64 {
    link_record(linker(), record, scope, "test", &json!({})).expect("the record can be linked").written.groups
}

/// The record of all reports, linked after each batch.
fn record(batches: &[std::ops::Range<usize>]) -> Record {
    let mut record = Record::in_memory(NOW).expect("a record in memory");
    for batch in batches {
        record.add(&coded()[batch.clone()]).expect("it can be kept");
        link(&mut record, Scope::Changed);
    }
    record
}

/// The ids of the groups' statements by group.
fn groups(record: &mut Record) -> BTreeMap<String, BTreeSet<String>> {
    let linking = record.linking().expect("nobody else writes");
    let mut members: Vec<(String, i64)> = Vec::new();
    linking.reading().each_member(|group, statement| members.push((group.to_owned(), statement))).expect("members can be read");
    let ids = linking.reading().ids(&members.iter().map(|(_, statement)| *statement).collect::<Vec<_>>()).expect("ids can be read");
    let mut groups: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (group, statement) in members {
        groups.entry(group).or_default().insert(ids[&statement].clone());
    }
    groups
}

/// The event that a report's first event statement is in, with the documents that tell it.
fn event_of(record: &mut Record, report: &str) -> (String, BTreeSet<String>) {
    let statement = |of: &str| coded().iter().find(|(d, _)| d.id == of).map(|(_, s)| s).expect("a report of that id");
    let first = statement(report).iter().find(|s| s.proposition.kind() == "event").expect("it tells an event").id.clone();
    let (id, members) = groups(record).into_iter().find(|(id, m)| id.starts_with("e-") && m.contains(&first)).expect("it is in a group");
    let tells = |of: &&str| statement(of).iter().any(|s| members.contains(&s.id));
    (id, REPORTS.iter().map(|r| r.0).filter(|of| tells(of)).map(ToOwned::to_owned).collect())
}

fn names(of: &[&str]) -> BTreeSet<String> {
    of.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn reports_of_one_bombing_are_one_event_and_the_copy_no_source() {
    let mut record = record(&[0..6]);
    let (id, tellers) = event_of(&mut record, "wire");
    assert_eq!(tellers, names(&["wire", "star", "south"]));
    assert_eq!(event_of(&mut record, "kandahar").1, names(&["kandahar"]), "a week lies between the two Mondays");
    let linking = record.linking().expect("nobody else writes");
    let event = linking.reading().groups(&[id]).expect("it can be read").remove(0);
    assert_eq!(event.kind, GroupKind::Event);
    // The ministry, North Wire in its own voice on the blast, and the doctors.
    assert_eq!((event.documents, event.sources), (3, 3), "{event:?}");
}

#[test]
fn linked_little_by_little_it_is_as_linked_at_once() {
    let at_once = groups(&mut record(&[0..6]));
    assert_eq!(groups(&mut record(&[0..1, 1..2, 2..4, 4..6])), at_once);
    assert_eq!(groups(&mut record(&[0..3, 3..6])), at_once);
}

#[test]
fn what_has_not_changed_is_not_linked_again() {
    let mut record = record(&[0..6]);
    assert_eq!(link(&mut record, Scope::Changed), 0);
    record.add(coded()).expect("it can be kept");
    assert_eq!(link(&mut record, Scope::Changed), 0);
    assert_eq!(link(&mut record, Scope::Everything), 0, "everything from nothing finds the same");
}

#[test]
fn a_split_outlives_linking_everything_and_can_be_undone() {
    let mut record = record(&[0..6]);
    let (id, _) = event_of(&mut record, "wire");
    let anchors = |record: &Record, of: &str| -> Vec<_> {
        let statements = coded().iter().find(|(d, _)| d.id == of).map(|(_, s)| s).expect("a report of that id");
        statements.iter().map(|s| record.anchor(&s.id).expect("the record has it")).collect()
    };
    let action = Action::Split {
        kind: GroupKind::Event,
        members: anchors(&record, "south"),
        from: [anchors(&record, "wire"), anchors(&record, "star")].concat(),
    };
    record.decide("Ana", "another mosque", &action).expect("it can be decided");
    link(&mut record, Scope::Changed);
    assert_eq!(event_of(&mut record, "wire"), (id.clone(), names(&["wire", "star"])), "the larger part keeps the id");
    assert_eq!(event_of(&mut record, "south").1, names(&["south"]));
    link(&mut record, Scope::Everything);
    assert_eq!(event_of(&mut record, "south").1, names(&["south"]));
    record.undo("Ana", "it is the same mosque", None).expect("it can be undone");
    link(&mut record, Scope::Changed);
    assert_eq!(event_of(&mut record, "south"), (id, names(&["wire", "star", "south"])));
}

#[test]
fn a_join_holds_against_all_likeness() {
    let mut record = record(&[0..6]);
    let anchor = |record: &Record, of: &str| {
        let statements = coded().iter().find(|(d, _)| d.id == of).map(|(_, s)| s).expect("a report of that id");
        record.anchor(&statements.iter().find(|s| s.proposition.kind() == "event").expect("an event").id).expect("the record has it")
    };
    let action = Action::Join { kind: GroupKind::Event, members: vec![anchor(&record, "kandahar"), anchor(&record, "later")] };
    record.decide("Ana", "one attack, told late", &action).expect("it can be decided");
    link(&mut record, Scope::Changed);
    assert_eq!(event_of(&mut record, "later").1, names(&["kandahar", "later"]));
}

#[test]
fn actors_judged_the_same_make_one_relation() {
    let mut record = record(&[0..6]);
    let relation = |record: &mut Record| {
        let all = groups(record);
        let ids: Vec<String> = all.keys().filter(|id| id.starts_with("r-")).cloned().collect();
        let linking = record.linking().expect("nobody else writes");
        let groups = linking.reading().groups(&ids).expect("they can be read");
        groups.iter().flat_map(|group| group.parties.iter().filter_map(|party| party.actor_id.clone())).collect::<BTreeSet<_>>()
    };
    assert_eq!(relation(&mut record), names(&["al-qaeda", "taliban"]));
    let same = Action::Actors { judgement: Judgement::Same, a: "al-qaeda".to_owned(), b: "aqap".to_owned() };
    record.decide("Ana", "for the test", &same).expect("it can be decided");
    link(&mut record, Scope::Changed);
    assert_eq!(relation(&mut record), names(&["al-qaeda", "taliban"]));
    record.undo("Ana", "", None).expect("it can be undone");
    let same = Action::Actors { judgement: Judgement::Same, a: "al-qaeda".to_owned(), b: "a-first-of-all".to_owned() };
    record.decide("Ana", "for the test", &same).expect("it can be decided");
    link(&mut record, Scope::Changed);
    assert_eq!(relation(&mut record), names(&["a-first-of-all", "taliban"]));
}

#[test]
fn after_every_change_linking_what_changed_is_linking_everything() {
    let mut record = record(&[0..6]);
    let holds = |record: &mut Record, after: &str| {
        link(record, Scope::Changed);
        assert_eq!(link(record, Scope::Everything), 0, "after {after}");
    };
    let south = coded()[2].1[0].id.clone();
    let reject = Action::Reject { statement: record.anchor(&south).expect("the record has it") };
    record.decide("Ana", "a film", &reject).expect("it can be decided");
    holds(&mut record, "a rejection");
    record.undo("Ana", "", None).expect("it can be undone");
    holds(&mut record, "its undoing");

    let (mut document, statements) = coded()[3].clone();
    document.text_sha256 = "another text".to_owned();
    document.text.push_str(" One was hurt.");
    record.add(&[(document, statements)]).expect("it can be kept");
    holds(&mut record, "another text of a document");

    let text = |record: &Record, id: &str| record.text_anchor(id).expect("the record has it");
    let apart = Action::Origin { a: text(&record, "wire"), b: text(&record, "star"), origin: Origin::Apart };
    record.decide("Ana", "two reporters", &apart).expect("it can be decided");
    holds(&mut record, "a copy judged to be none");
    let reading = record.reading();
    let star = reading.number_of("star").expect("the record has it");
    assert_eq!(reading.origins(&[star]).expect("they can be read"), []);
}

#[test]
fn another_perpetrator_in_the_same_report_makes_another_event() {
    let coder = Coder::embedded().expect("the embedded data load");
    let text = "Al-Shabaab fighters attacked a market in Mogadishu on Monday, killing ten people. Also this week, eight people were killed in an \
                Islamic State attack on a convoy in Mogadishu.";
    let input: Input =
        serde_json::from_value(json!({"id": "two", "published": "2031-04-09", "text": text, "language": "en"})).expect("an input");
    let document = coder.document(&input).expect("a text is a document");
    let mut record = Record::in_memory(NOW).expect("a record in memory");
    record.add(&[(export::document_record(&document), coder.records(&document))]).expect("it can be kept");
    link(&mut record, Scope::Changed);
    let all = groups(&mut record);
    assert_eq!(all.keys().filter(|id| id.starts_with("e-")).count(), 2, "{all:?}");
}
