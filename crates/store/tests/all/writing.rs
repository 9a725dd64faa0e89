//! What does reading a document once, twice, anew and otherwise do to the record?

use std::collections::BTreeMap;

use proptest::prelude::*;
use sayso_store::{Added, ErrorKind, Failure, Filter, Record, Versions};
use sayso_types::RoleName;

use crate::sample;
use crate::sample::{NOW, document, place, role, source, statement, time};

const TALIBAN: Option<(&str, &str)> = Some(("taliban", "Taliban"));

fn report() -> sample::Report {
    let mut attack = statement("kunduz", "s1", "Gunmen killed three people in Kunduz.");
    attack.place = Some(place("Kunduz", Some(("Kunduz", "AFG", 1))));
    attack.time = Some(time("2017-08-31"));
    attack.attribution = vec![source("officials", None)];
    (
        document("kunduz", "Gunmen killed three people in Kunduz. The Taliban fled."),
        vec![attack, statement("kunduz", "s2", "The Taliban fled.")],
    )
}

#[test]
fn what_was_kept_is_read_back() {
    let mut record = Record::in_memory(NOW).unwrap();
    let (document, statements) = report();
    let added = record.add(&[(document.clone(), statements.clone())]).unwrap();
    assert_eq!(added, Added { new: 1, statements: 2, ..Added::default() });
    let stored = record.document("kunduz").unwrap();
    assert_eq!((stored.record, stored.version, stored.statements, stored.added.as_str()), (document, 1, 2, NOW));
    assert_eq!(record.statements(&Filter::default()).unwrap(), statements);
}

#[test]
fn the_same_document_twice_changes_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("record");
    let mut record = Record::create_or_open(&path, NOW).unwrap();
    record.add(&[report()]).unwrap();
    drop(record);
    let before = std::fs::read(&path).unwrap();
    let mut record = Record::create_or_open(&path, "2017-09-02T08:00:00Z").unwrap();
    assert_eq!(record.add(&[report(), report()]).unwrap(), Added { unchanged: 2, ..Added::default() });
    drop(record);
    assert!(before == std::fs::read(&path).unwrap(), "not a byte differs");
}

#[test]
fn a_new_coding_replaces_the_old_one() {
    let mut record = Record::in_memory(NOW).unwrap();
    record.add(&[report()]).unwrap();
    let (document, mut statements) = report();
    statements[0].confidence = 0.5;
    statements[0].roles = vec![role(RoleName::Actor, "the insurgents", TALIBAN)];
    statements.pop();
    let added = record.add(&[(document, statements.clone())]).unwrap();
    assert_eq!(added, Added { replaced: 1, statements: 1, ..Added::default() });
    assert_eq!(record.statements(&Filter::default()).unwrap(), statements);
    for (actor, found) in [("gunmen", 0), ("taliban", 1)] {
        let filter = Filter { actors: vec![actor.to_owned()], ..Filter::default() };
        assert_eq!(record.statements(&filter).unwrap().len(), found, "{actor}");
    }
    let evidence = Filter { text: Some("fled".to_owned()), ..Filter::default() };
    assert_eq!(record.count(&evidence).unwrap(), 0, "the index forgot what was replaced");
}

#[test]
fn a_document_coded_anew_within_one_batch_is_indexed_as_it_ends() {
    let mut record = Record::in_memory(NOW).unwrap();
    let (document, _) = report();
    let coding = |evidence: &[&str]| {
        let statements = evidence.iter().map(|evidence| statement("kunduz", evidence, evidence)).collect();
        (document.clone(), statements)
    };
    let other = (sample::document("other", "other"), vec![statement("other", "o1", "shots in Herat")]);
    record.add(&[coding(&["first", "second"]), coding(&["third"]), other, coding(&["fourth", "first"])]).unwrap();
    for (word, found) in [("first", 1), ("second", 0), ("third", 0), ("fourth", 1), ("Herat", 1)] {
        let filter = Filter { text: Some(word.to_owned()), actors: vec!["gunmen".to_owned()], ..Filter::default() };
        assert_eq!(record.count(&filter).unwrap(), found, "{word}");
    }
}

#[test]
fn new_metadata_replaces_the_old() {
    let mut record = Record::in_memory(NOW).unwrap();
    record.add(&[report()]).unwrap();
    let (mut document, statements) = report();
    document.title = Some("Attack in the north".to_owned());
    assert_eq!(record.add(&[(document, statements)]).unwrap(), Added { replaced: 1, ..Added::default() });
    let titled = Filter { text: Some("north".to_owned()), ..Filter::default() };
    assert_eq!(record.documents(&titled).unwrap().len(), 1);
}

#[test]
fn another_text_is_a_new_version_and_the_old_one_stays() {
    let mut record = Record::in_memory(NOW).unwrap();
    record.add(&[report()]).unwrap();
    let corrected = (document("kunduz", "Correction: nobody was killed."), vec![statement("kunduz", "s3", "nobody was killed")]);
    assert_eq!(record.add(std::slice::from_ref(&corrected)).unwrap(), Added { new_versions: 1, statements: 1, ..Added::default() });
    let ids = |versions| {
        let statements = record.statements(&Filter { versions, ..Filter::default() }).unwrap();
        statements.into_iter().map(|statement| statement.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(Versions::Latest), ["s3"]);
    assert_eq!(ids(Versions::All), ["s1", "s2", "s3"]);
    assert_eq!(record.document("kunduz").unwrap().version, 2);
    assert_eq!(record.documents(&Filter { versions: Versions::All, ..Filter::default() }).unwrap().len(), 2);
    let size = record.size().unwrap();
    assert_eq!((size.documents, size.former_versions, size.statements), (1, 1, 1));
    assert_eq!(record.add(&[report(), corrected]).unwrap().unchanged, 2, "either text is known");
}

#[test]
fn a_statement_of_another_document_is_refused_with_its_batch() {
    let mut record = Record::in_memory(NOW).unwrap();
    let stray = (document("other", "text"), vec![statement("kunduz", "s9", "text")]);
    let error = record.add(&[report(), stray]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Invalid);
    assert_eq!(error.to_string(), ":memory:: statement s9 is of document kunduz, but came with other");
    assert_eq!(record.size().unwrap().documents, 0);
}

#[test]
fn runs_tell_what_was_read_and_what_failed() {
    let mut record = Record::in_memory(NOW).unwrap();
    let versions = BTreeMap::from([("rules".to_owned(), "7a1f".to_owned())]);
    let broken_off = record.begin_run("sayso 0.1.0", &["first".to_owned()], &BTreeMap::new()).unwrap();
    let run = record.begin_run("sayso 0.1.0", &["reports.jsonl".to_owned()], &versions).unwrap();
    let added = record.add(&[report()]).unwrap();
    let failures = [Failure { input: "reports.jsonl:2".to_owned(), reason: "the line is no JSON".to_owned() }];
    record.finish_run(run, "2017-09-01T08:01:00Z", added, &failures).unwrap();
    let runs = record.runs().unwrap();
    assert_eq!(runs.iter().map(|run| run.id).collect::<Vec<_>>(), [run, broken_off]);
    assert_eq!((runs[0].added, runs[0].failures.as_slice()), (added, failures.as_slice()));
    assert_eq!(runs[0].inputs, ["reports.jsonl"]);
    assert_eq!(runs[0].versions, versions);
    assert_eq!((runs[1].finished.as_deref(), runs[1].added), (None, Added::default()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_and_number_is_read_back(
        text in any::<String>(), title in any::<Option<String>>(), evidence in any::<String>(), name in any::<Option<String>>(),
        latitude in -90.0..90.0, confidence in 0.0f32..=1.0, negated: bool,
    ) {
        let mut record = Record::in_memory(NOW).unwrap();
        let document = sayso_types::record::DocumentRecord { title, ..document("any", &text) };
        let mut one = statement("any", "s1", &evidence);
        one.place = Some(place(&evidence, Some((&text, "AFG", 1))));
        one.place.as_mut().unwrap().latitude = Some(latitude);
        one.roles[0].name = name;
        one.confidence = confidence;
        one.negated = negated;
        let report = (document, vec![one]);
        record.add(std::slice::from_ref(&report)).unwrap();
        prop_assert_eq!(&record.document("any").unwrap().record, &report.0);
        prop_assert_eq!(&record.statement("s1").unwrap(), &report.1[0]);
        prop_assert_eq!(record.add(&[report]).unwrap().unchanged, 1);
    }
}
