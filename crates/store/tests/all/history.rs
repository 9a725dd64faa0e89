//! How did the record stand earlier, and what do people's decisions do to it, now and after newer rules have read it again?

use sayso_store::{By, DecisionFilter, DecisionId, ErrorKind, Filter, Moment, Record, Review, Reviewed, Versions};
use sayso_types::decision::{Action, SubjectKind};
use sayso_types::record::StatementRecord;
use serde_json::json;

use crate::sample::{NOW, document, killed, place, statement};

const SEPTEMBER_2: &str = "2017-09-02T08:00:00Z";
const SEPTEMBER_3: &str = "2017-09-03T08:00:00Z";
const SEPTEMBER_4: &str = "2017-09-04T08:00:00Z";

const TEXT: &str = "Gunmen killed three people in Kunduz. The Taliban fled.";

/// A statement whose evidence stands in the text at its place, and is brought up by a word of it.
fn told(id: &str, text: &str, evidence: &str, trigger: &str) -> StatementRecord {
    let mut statement = statement("kunduz", id, evidence);
    let start = text[..text.find(evidence).unwrap()].chars().count();
    statement.evidence.words.start = start;
    statement.evidence.words.end = start + evidence.chars().count();
    let start = start + evidence[..evidence.find(trigger).unwrap()].chars().count();
    statement.evidence.trigger = sayso_types::record::Words { text: trigger.to_owned(), start, end: start + trigger.chars().count() };
    statement
}

fn attack() -> StatementRecord {
    let mut attack = told("attack", TEXT, "Gunmen killed three people in Kunduz.", "killed");
    attack.place = Some(place("Kunduz", Some(("Kunduz", "AFG", 1))));
    attack
}

fn flight() -> StatementRecord {
    told("flight", TEXT, "The Taliban fled.", "fled")
}

fn record() -> Record {
    let mut record = Record::in_memory(NOW).unwrap();
    record.add(&[(document("kunduz", TEXT), vec![attack(), flight()])]).unwrap();
    record.set_now(SEPTEMBER_2);
    record
}

fn ids(record: &Record) -> Vec<String> {
    ids_of(record, &Filter::default())
}

fn ids_of(record: &Record, filter: &Filter) -> Vec<String> {
    record.statements(filter).unwrap().into_iter().map(|statement| statement.id).collect()
}

/// The ids as of a time.
fn ids_at(record: &mut Record, time: &str) -> Vec<String> {
    record.look_back(&Moment::Time(time.to_owned())).unwrap();
    let ids = ids(record);
    record.look_at_now();
    ids
}

fn reject(record: &mut Record, id: &str) -> DecisionId {
    let statement = record.anchor(id).unwrap();
    record.decide("Ann", "it is a film", &Action::Reject { statement }).unwrap()
}

fn accept(record: &mut Record, id: &str) -> DecisionId {
    let statement = record.anchor(id).unwrap();
    record.decide("Ann", "", &Action::Accept { statement }).unwrap()
}

fn correct(record: &mut Record, id: &str, path: &str, before: serde_json::Value, after: serde_json::Value) -> DecisionId {
    let statement = record.anchor(id).unwrap();
    record.decide("Ann", "as the map has it", &Action::Correct { statement, path: path.to_owned(), before, after }).unwrap()
}

/// Reads the document again with other statements, a day later.
fn recode(record: &mut Record, statements: Vec<StatementRecord>) {
    record.set_now(SEPTEMBER_3);
    record.add(&[(document("kunduz", TEXT), statements)]).unwrap();
}

#[test]
fn every_question_is_answered_as_the_record_stood() {
    let mut record = record();
    let mut coded = attack();
    coded.id = "attack-2".to_owned();
    coded.place = Some(place("Kunduz", Some(("Kandahar", "AFG", 1))));
    record.add(&[(document("kunduz", TEXT), vec![coded])]).unwrap();
    record.set_now(SEPTEMBER_3);
    let mut titled = document("kunduz", TEXT);
    titled.title = Some("Attack".to_owned());
    titled.publisher = Some("Example Wire".to_owned());
    let mut coded = attack();
    coded.id = "attack-2".to_owned();
    coded.place = Some(place("Kunduz", Some(("Kandahar", "AFG", 1))));
    record.add(&[(titled, vec![coded]), (document("mosul", "A report."), vec![statement("mosul", "mosul-1", "A report.")])]).unwrap();
    record.set_now(SEPTEMBER_4);
    record.add(&[(document("kunduz", "Nobody was hurt."), vec![])]).unwrap();

    for (time, expected) in [
        ("2017-08-31T00:00:00Z", vec![]),
        (NOW, vec!["attack", "flight"]),
        (SEPTEMBER_2, vec!["attack-2"]),
        (SEPTEMBER_3, vec!["attack-2", "mosul-1"]),
        (SEPTEMBER_4, vec!["mosul-1"]),
    ] {
        assert_eq!(ids_at(&mut record, time), expected, "{time}");
        record.look_back(&Moment::Time(time.to_owned())).unwrap();
        assert_eq!(record.count(&Filter::default()).unwrap(), expected.len() as u64, "{time}");
        assert_eq!(record.size().unwrap().statements, expected.len() as u64, "{time}");
        let kinds = record.counts(&Filter::default(), By::Kind).unwrap();
        assert_eq!(kinds.iter().map(|count| count.statements).sum::<u64>(), expected.len() as u64, "{time}");
        for id in ["attack", "flight", "attack-2", "mosul-1"] {
            let held = expected.contains(&id) || (time == SEPTEMBER_4 && id == "attack-2");
            assert_eq!(record.statement(id).is_ok_and(|statement| statement.id == id), held, "{id} at {time}");
        }
    }
    let kandahar = Filter { places: vec!["Kandahar".to_owned()], ..Filter::default() };
    for (time, found, title, versions) in [(NOW, 0, None, 1), (SEPTEMBER_2, 1, None, 1), (SEPTEMBER_3, 1, Some("Attack"), 1)] {
        record.look_back(&Moment::Time(time.to_owned())).unwrap();
        assert_eq!(record.count(&kandahar).unwrap(), found, "{time}");
        assert_eq!(record.document("kunduz").unwrap().record.title.as_deref(), title, "{time}");
        let all = Filter { versions: Versions::All, documents: vec!["kunduz".to_owned()], ..Filter::default() };
        assert_eq!(record.documents(&all).unwrap().len(), versions, "{time}");
        let wire = Filter { publishers: vec!["example wire".to_owned()], ..Filter::default() };
        assert_eq!(record.statements(&wire).unwrap().len(), usize::from(title.is_some()), "{time}");
    }
    record.look_at_now();
    assert_eq!(record.document("kunduz").unwrap().version, 2);
}

#[test]
fn what_was_cannot_be_changed() {
    let mut record = record();
    record.look_back(&Moment::Time(NOW.to_owned())).unwrap();
    assert_eq!(record.add(&[]).unwrap_err().kind(), ErrorKind::ReadOnly);
    assert_eq!(record.undo("Ann", "", None).unwrap_err().kind(), ErrorKind::ReadOnly);
    assert_eq!(record.look_back(&Moment::Release("first".to_owned())).unwrap_err().kind(), ErrorKind::Unknown);
}

#[test]
fn a_rejected_statement_is_found_only_where_it_is_asked_for() {
    let mut record = record();
    let decision = reject(&mut record, "attack");
    let reviewed = |reviewed| Filter { reviewed, ..Filter::default() };
    for (filter, expected) in [
        (Filter::default(), vec!["flight"]),
        (reviewed(Reviewed::All), vec!["attack", "flight"]),
        (reviewed(Reviewed::As(Review::Rejected)), vec!["attack"]),
        (reviewed(Reviewed::Never), vec!["flight"]),
    ] {
        assert_eq!(ids_of(&record, &filter), expected, "{filter:?}");
    }
    assert_eq!(record.document("kunduz").unwrap().statements, 1);
    assert_eq!(record.statement("attack").unwrap(), attack(), "by its id it is found still");
    assert_eq!(ids_at(&mut record, NOW), ["attack", "flight"]);
    record.undo("Ben", "it is none", Some(decision)).unwrap();
    assert_eq!(ids(&record), ["attack", "flight"]);
    record.redo("Ann", "it is", None).unwrap();
    assert_eq!(ids(&record), ["flight"]);
}

#[test]
fn a_corrected_statement_is_found_by_what_it_is_corrected_to() {
    let mut record = record();
    correct(&mut record, "attack", "/place/name", json!("Kunduz"), json!("Kandahar"));
    correct(&mut record, "attack", "/quantities/0/best", json!(3), json!(4));
    let found = |record: &Record, place: &str| {
        let filter = Filter { places: vec![place.to_owned()], ..Filter::default() };
        record.statements(&filter).unwrap()
    };
    let corrected = &found(&record, "Kandahar")[0];
    assert_eq!((corrected.id.as_str(), corrected.quantities[0].best), ("attack", Some(4)));
    assert_eq!(ids_of(&record, &Filter { reviewed: Reviewed::As(Review::Corrected), ..Filter::default() }), ["attack"]);
    record.undo("Ann", "", Some(DecisionId(1))).unwrap();
    assert!(found(&record, "Kandahar").is_empty());
    let left = record.statement("attack").unwrap();
    assert_eq!((left.place, left.quantities[0].best), (attack().place, Some(4)), "the other correction holds");
    record.undo("Ann", "", None).unwrap();
    assert_eq!(record.statement("attack").unwrap(), attack());
    assert_eq!(ids_of(&record, &Filter { reviewed: Reviewed::Never, ..Filter::default() }), ["attack", "flight"]);
}

#[test]
fn a_correction_that_makes_no_statement_is_refused() {
    let mut record = record();
    for (path, after, kind) in [
        ("/modality", json!("perhaps"), ErrorKind::Invalid),
        ("/nowhere/at/all", json!(1), ErrorKind::Invalid),
        ("/id", json!("other"), ErrorKind::Invalid),
        ("/quantities/0/best", json!(-3), ErrorKind::Invalid),
        ("", json!({}), ErrorKind::Invalid),
    ] {
        let statement = record.anchor("attack").unwrap();
        let action = Action::Correct { statement, path: path.to_owned(), before: json!(null), after };
        assert_eq!(record.decide("Ann", "so", &action).unwrap_err().kind(), kind, "{path}");
    }
    let statement = record.anchor("attack").unwrap();
    let no_reason = record.decide("Ann", " ", &Action::Reject { statement: statement.clone() }).unwrap_err();
    assert_eq!(no_reason.to_string(), ":memory:: to reject needs a reason; say why");
    let gone = sayso_types::decision::Anchor { statement: "gone".to_owned(), ..statement };
    assert_eq!(record.decide("Ann", "so", &Action::Accept { statement: gone }).unwrap_err().kind(), ErrorKind::Unknown);
    assert!(record.decisions(&DecisionFilter::default()).unwrap().is_empty(), "nothing of it is kept");
    assert_eq!(record.statement("attack").unwrap(), attack());
}

#[test]
fn undo_and_redo_go_back_and_forth_without_limit() {
    let mut record = record();
    let (first, second) = (accept(&mut record, "attack"), reject(&mut record, "flight"));
    for _ in 0..5 {
        assert_eq!(record.undo("Ann", "", None).unwrap(), second);
        assert_eq!(record.undo("Ann", "", None).unwrap(), first);
        assert_eq!(record.undo("Ann", "", None).unwrap_err().kind(), ErrorKind::Unknown);
        assert_eq!(record.redo("Ann", "", None).unwrap(), first);
        assert_eq!(record.redo("Ann", "", None).unwrap(), second);
        assert_eq!(record.redo("Ann", "", None).unwrap_err().kind(), ErrorKind::Unknown);
    }
    assert_eq!(record.redo("Ann", "", Some(first)).unwrap_err().kind(), ErrorKind::Invalid);
    record.undo("Ann", "", Some(first)).unwrap();
    assert_eq!(record.undo("Ann", "", Some(first)).unwrap_err().kind(), ErrorKind::Invalid);
    assert_eq!(record.undo("Ann", "", Some(DecisionId(9))).unwrap_err().kind(), ErrorKind::Unknown);
    assert_eq!(ids(&record), ["attack"]);
}

#[test]
fn decisions_are_found_by_what_they_are_about_and_as_of_when() {
    let mut record = record();
    accept(&mut record, "attack");
    record.set_now(SEPTEMBER_3);
    let second = reject(&mut record, "flight");
    record.set_now(SEPTEMBER_4);
    record.undo("Ben", "", Some(second)).unwrap();
    let holding = |record: &Record, filter: DecisionFilter| {
        record.decisions(&filter).unwrap().into_iter().map(|decision| (decision.id.0, decision.holds)).collect::<Vec<_>>()
    };
    let about = |kind, id: &str| DecisionFilter { about: Some((kind, id.to_owned())), ..DecisionFilter::default() };
    assert_eq!(holding(&record, DecisionFilter::default()), [(1, true), (2, false)]);
    assert_eq!(holding(&record, about(SubjectKind::Statement, "flight")), [(2, false)]);
    assert_eq!(holding(&record, about(SubjectKind::Document, "kunduz")), []);
    assert_eq!(holding(&record, DecisionFilter { only_holding: true, ..DecisionFilter::default() }), [(1, true)]);
    assert_eq!(holding(&record, DecisionFilter { actions: vec!["reject".to_owned()], ..DecisionFilter::default() }), [(2, false)]);
    assert_eq!(holding(&record, DecisionFilter { who: Some("Ben".to_owned()), ..DecisionFilter::default() }), []);
    for (time, expected) in [(SEPTEMBER_2, vec![(1, true)]), (SEPTEMBER_3, vec![(1, true), (2, true)])] {
        record.look_back(&Moment::Time(time.to_owned())).unwrap();
        assert_eq!(holding(&record, DecisionFilter::default()), expected, "{time}");
    }
}

#[test]
fn what_people_decided_holds_for_the_same_words_in_a_newer_coding() {
    let mut record = record();
    reject(&mut record, "flight");
    correct(&mut record, "attack", "/place/name", json!("Kunduz"), json!("Kandahar"));
    let (mut newer, mut fled) = (attack(), flight());
    newer.id = "attack-2".to_owned();
    newer.quantities = vec![killed(5)];
    fled.id = "flight-2".to_owned();
    fled.confidence = 0.2;
    recode(&mut record, vec![newer.clone(), fled.clone()]);
    assert_eq!(ids(&record), ["attack-2"]);
    let found = record.statement("attack-2").unwrap();
    assert_eq!((found.place.unwrap().name.as_deref(), found.quantities[0].best), (Some("Kandahar"), Some(5)));
    assert!(record.unanchored().unwrap().is_empty());
    assert_eq!(record.add(&[(document("kunduz", TEXT), vec![newer, fled])]).unwrap().unchanged, 1);
    record.undo("Ann", "", None).unwrap();
    assert_eq!(record.statement("attack-2").unwrap().place, attack().place);
    record.undo("Ann", "", None).unwrap();
    assert_eq!(ids(&record), ["attack-2", "flight-2"]);
    assert_eq!(ids_at(&mut record, SEPTEMBER_2), ["attack"]);
}

#[test]
fn what_people_decided_stays_where_a_newer_coding_reads_otherwise() {
    let mut record = record();
    accept(&mut record, "attack");
    reject(&mut record, "flight");
    let mut newer = attack();
    newer.id = "attack-2".to_owned();
    newer.negated = true;
    recode(&mut record, vec![newer.clone(), told("other", TEXT, "three people in Kunduz.", "people")]);
    assert_eq!(ids(&record), ["attack", "other"], "the accepted one stands, the rejected one stays rejected");
    let unanchored = record.unanchored().unwrap();
    let told: Vec<(&str, bool)> = unanchored.iter().map(|one| (one.statement.id.as_str(), one.newer.is_some())).collect();
    assert_eq!(told, [("attack", true), ("flight", false)]);
    assert_eq!(unanchored[0].newer.as_ref(), Some(&newer));
    record.undo("Ann", "the newer one is right", Some(unanchored[0].decisions[0])).unwrap();
    assert_eq!(ids(&record), ["attack-2", "other"]);
    record.undo("Ann", "it is gone anyway", Some(unanchored[1].decisions[0])).unwrap();
    assert_eq!(ids(&record), ["attack-2", "other"], "what the newer coding does not have is gone with its decision");
    record.redo("Ann", "", None).unwrap();
    assert_eq!(ids_of(&record, &Filter { reviewed: Reviewed::As(Review::Rejected), ..Filter::default() }), ["flight"]);
}

#[test]
fn what_people_decided_holds_for_the_same_words_in_a_corrected_text() {
    let mut record = record();
    reject(&mut record, "attack");
    let text = format!("Correction, Friday. {TEXT}");
    let mut again = told("attack-3", &text, "Gunmen killed three people in Kunduz.", "killed");
    again.place = attack().place;
    record.add(&[(document("kunduz", &text), vec![again, told("flight-3", &text, "The Taliban fled.", "fled")])]).unwrap();
    assert_eq!(ids(&record), ["flight-3"]);
    assert_eq!(ids_of(&record, &Filter { versions: Versions::All, ..Filter::default() }), ["flight", "flight-3"]);
    record.undo("Ann", "", None).unwrap();
    assert_eq!(ids(&record), ["attack-3", "flight-3"]);
    assert_eq!(ids_of(&record, &Filter { versions: Versions::All, ..Filter::default() }).len(), 4);
}

#[test]
fn the_history_of_a_thing_tells_who_did_what_to_it_and_why() {
    let mut record = record();
    reject(&mut record, "flight");
    correct(&mut record, "attack", "/place/name", json!("Kunduz"), json!("Kandahar"));
    record.set_now(SEPTEMBER_3);
    record.undo("Ben", "no map has it", None).unwrap();
    record.set_now(SEPTEMBER_4);
    record.add(&[(document("kunduz", "Nobody was hurt."), vec![])]).unwrap();
    let told = |id: &str| -> Vec<(String, String, String)> {
        record.history(id).unwrap().into_iter().map(|step| (step.who, step.what, step.why)).collect()
    };
    let step = |who: &str, what: &str, why: &str| (who.to_owned(), what.to_owned(), why.to_owned());
    assert_eq!(
        told("att"),
        [
            step("sayso", "coded from document kunduz by assault.kill", ""),
            step("Ann", "decision 2: correct attack: place/name is “Kandahar”, not “Kunduz”", "as the map has it"),
            step("Ben", "decision 2 undone: correct attack: place/name is “Kandahar”, not “Kunduz”", "no map has it"),
            step("sayso", "another text became the latest one of its document", ""),
        ]
    );
    assert_eq!(told("1"), [step("Ann", "decision 1: reject flight", "it is a film")]);
    assert_eq!(
        told("kunduz")[1].1,
        "read, version 2, raw bytes SHA-256 Nobody was hurt., text SHA-256 Nobody was hurt.; statements coded: 0"
    );
    assert_eq!(record.history("nothing").unwrap_err().kind(), ErrorKind::Unknown);
}

#[test]
fn two_moments_differ_by_what_was_done_between_them() {
    let mut record = record();
    record.release("first", "Ann", "", &std::collections::BTreeMap::new()).unwrap();
    record.set_now(SEPTEMBER_3);
    reject(&mut record, "flight");
    correct(&mut record, "attack", "/place/name", json!("Kunduz"), json!("Kandahar"));
    record.add(&[(document("mosul", "A report."), vec![statement("mosul", "mosul-1", "A report.")])]).unwrap();
    let release = record.release("second", "Ann", "for the yearbook", &std::collections::BTreeMap::new()).unwrap();
    assert_eq!((release.manifest.documents, release.manifest.statements, release.manifest.decisions), (2, 2, 2));
    let taken = record.release("second", "Ann", "", &std::collections::BTreeMap::new()).unwrap_err();
    assert_eq!(taken.kind(), ErrorKind::Invalid);
    let (first, second) = (Moment::Release("first".to_owned()), Moment::Release("second".to_owned()));
    let lines = |difference: sayso_store::Difference| -> Vec<String> {
        let all = difference.documents.into_iter().chain(difference.statements);
        all.map(|one| format!("{} {} of {}, {}", one.change.as_str(), one.id, one.of, one.through)).collect()
    };
    assert_eq!(
        lines(record.diff(&first, &second).unwrap()),
        [
            "added mosul of version 1, sayso: read",
            "added mosul-1 of mosul, sayso: read",
            "removed flight of kunduz, Ann: reject flight",
            "changed attack of kunduz, Ann: correct attack: place/name is “Kandahar”, not “Kunduz”",
        ]
    );
    assert_eq!(lines(record.diff(&second, &second).unwrap()), Vec::<String>::new());
    let names: Vec<String> = record.releases().unwrap().into_iter().map(|release| release.name).collect();
    assert_eq!(names, ["first", "second"]);
    record.look_back(&first).unwrap();
    assert_eq!(ids(&record), ["attack", "flight"]);
    assert_eq!(record.releases().unwrap().len(), 1, "the second was not made yet");
}
