//! What becomes of a statement that a person wrote, whatever is read, undone, redone or decided after it?

use proptest::prelude::*;
use sayso_store::{DecisionFilter, DecisionId, ErrorKind, Filter, Moment, Record, Review, Reviewed};
use sayso_types::decision::{Action, SubjectKind, TextAnchor};
use sayso_types::record::{CoderRecord, DocumentRecord, StatementRecord, Words};
use sayso_types::{EventType, RoleName};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::sample;
use crate::sample::{NOW, document, event};

const TEXT: &str = "Gunmen killed three people in Kunduz. Two days later rebels torched a clinic. The Taliban fled.";
const WRITTEN: &str = "written";

fn hashed(text: &str) -> DocumentRecord {
    let mut document = document("kunduz", text);
    document.text_sha256 = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
    document.raw_sha256.clone_from(&document.text_sha256);
    document
}

fn words(text: &str, words: &str) -> Words {
    let start = text[..text.find(words).unwrap()].chars().count();
    Words { text: words.to_owned(), start, end: start + words.chars().count() }
}

/// An assault by an actor, told in a sentence of a text.
fn told(id: &str, text: &str, sentence: &str, trigger: &str, actor: &str) -> StatementRecord {
    let mut told = sample::statement("kunduz", id, sentence);
    told.evidence.words = words(text, sentence);
    told.evidence.trigger = words(text, trigger);
    told.roles = vec![sayso_types::record::RoleRecord { role: RoleName::Actor, words: words(text, actor), actor_id: None, name: None }];
    told.quantities.clear();
    told
}

fn attack() -> StatementRecord {
    told("attack", TEXT, "Gunmen killed three people in Kunduz.", "killed", "Gunmen")
}

fn flight() -> StatementRecord {
    let mut flight = told("flight", TEXT, "The Taliban fled.", "fled", "The Taliban");
    flight.proposition = event(EventType::Retreat, None);
    flight
}

/// What a person makes of the sentence that no program codes.
fn arson(text: &str) -> StatementRecord {
    let mut arson = told(WRITTEN, text, "Two days later rebels torched a clinic.", "torched", "rebels");
    arson.coder = CoderRecord::person();
    arson.confidence = 1.0;
    arson
}

/// The same as a newer program codes it.
fn coded_arson(text: &str) -> StatementRecord {
    let mut coded = arson(text);
    coded.id = "coded".to_owned();
    coded.confidence = 0.7;
    coded.coder = CoderRecord { version: "0.3.0".to_owned(), rule: "assault.arson".to_owned(), model: "linear".to_owned() };
    coded.evidence.sentence = 1;
    coded
}

fn record() -> Record {
    let mut record = Record::in_memory(NOW).unwrap();
    record.add(&[(hashed(TEXT), vec![attack(), flight()])]).unwrap();
    record
}

fn action(record: &Record, statement: StatementRecord) -> Action {
    Action::Write { document: record.text_anchor("kunduz").unwrap(), statement: Box::new(statement) }
}

fn write(record: &mut Record) -> DecisionId {
    let action = action(record, arson(TEXT));
    record.decide("Ann", "the clinic is missing", &action).unwrap()
}

fn ids(record: &Record) -> Vec<String> {
    record.statements(&Filter::default()).unwrap().into_iter().map(|statement| statement.id).collect()
}

fn sorted(record: &Record) -> Vec<String> {
    let mut ids = ids(record);
    ids.sort();
    ids
}

fn untouched(record: &mut Record) {
    assert_eq!(record.verify(&mut |_| {}).unwrap(), []);
}

#[test]
fn a_written_statement_is_one_like_the_others() {
    let mut record = record();
    let decision = write(&mut record);
    assert_eq!(ids(&record), ["attack", WRITTEN, "flight"], "in the order of the text");
    assert_eq!(record.statement(WRITTEN).unwrap(), arson(TEXT));
    for filter in [
        Filter { text: Some("clinic".to_owned()), ..Filter::default() },
        Filter { actors: vec!["rebels".to_owned()], ..Filter::default() },
        Filter { reviewed: Reviewed::As(Review::Accepted), ..Filter::default() },
    ] {
        let found = record.statements(&filter).unwrap();
        assert_eq!(found.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), [WRITTEN], "{filter:?}");
    }
    let about = Some((SubjectKind::Statement, WRITTEN.to_owned()));
    let decisions = record.decisions(&DecisionFilter { about, ..DecisionFilter::default() }).unwrap();
    assert_eq!((decisions[0].id, decisions[0].who.as_str()), (decision, "Ann"));
    let history = record.history(WRITTEN).unwrap();
    let expected = "decision 1: write written: event assault, “Two days later rebels torched a clinic.”";
    assert_eq!(
        history.iter().map(|step| (step.what.as_str(), step.why.as_str())).collect::<Vec<_>>(),
        [(expected, "the clinic is missing")]
    );
    assert!(record.unanchored().unwrap().is_empty());
    untouched(&mut record);
}

#[test]
fn undo_takes_it_out_and_redo_brings_it_back() {
    let mut record = record();
    let before = ids(&record);
    record.release("before", "Ann", "", &std::collections::BTreeMap::new()).unwrap();
    let written = write(&mut record);
    for _ in 0..3 {
        record.undo("Ann", "", Some(written)).unwrap();
        assert_eq!(ids(&record), before);
        assert!(record.statement(WRITTEN).is_err());
        untouched(&mut record);
        record.redo("Ann", "", Some(written)).unwrap();
        assert_eq!(record.statement(WRITTEN).unwrap(), arson(TEXT));
        untouched(&mut record);
    }
    let changed = record.diff(&Moment::Release("before".to_owned()), &Moment::Time("2030-01-01T00:00:00Z".to_owned())).unwrap();
    assert_eq!(changed.statements.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), [WRITTEN]);
    record.look_back(&Moment::Release("before".to_owned())).unwrap();
    assert_eq!(ids(&record), before);
}

#[test]
fn what_is_decided_of_it_later_is_as_of_any_other() {
    let mut record = record();
    let written = write(&mut record);
    let statement = record.anchor(WRITTEN).unwrap();
    let after = json!(true);
    let correct = Action::Correct { statement: statement.clone(), path: "/negated".to_owned(), before: json!(false), after };
    record.decide("Ben", "read again", &correct).unwrap();
    assert!(record.statement(WRITTEN).unwrap().negated);
    let rejected = record.decide("Ben", "it is a rumour", &Action::Reject { statement }).unwrap();
    assert_eq!(ids(&record), ["attack", "flight"]);
    record.undo("Ann", "", Some(written)).unwrap();
    record.undo("Ann", "", Some(rejected)).unwrap();
    assert_eq!(ids(&record), ["attack", "flight"], "what nobody writes any more stays away");
    untouched(&mut record);
    record.redo("Ann", "", Some(written)).unwrap();
    assert!(record.statement(WRITTEN).unwrap().negated, "with what else holds of it");
    untouched(&mut record);
}

#[test]
fn what_is_undone_can_be_written_again() {
    let mut record = record();
    let first = write(&mut record);
    record.undo("Ann", "", None).unwrap();
    let second = write(&mut record);
    record.redo("Ann", "", Some(first)).unwrap();
    assert_eq!(ids(&record), ["attack", WRITTEN, "flight"], "once");
    record.undo("Ann", "", Some(second)).unwrap();
    assert_eq!(ids(&record), ["attack", WRITTEN, "flight"], "the other still holds");
    record.undo("Ann", "", Some(first)).unwrap();
    assert_eq!(ids(&record), ["attack", "flight"]);
    untouched(&mut record);
}

#[test]
fn it_stays_whatever_its_text_is_coded_to() {
    let mut record = record();
    let written = write(&mut record);
    for statements in [vec![attack()], vec![], vec![attack(), coded_arson(TEXT), flight()], vec![attack(), flight()]] {
        record.add(&[(hashed(TEXT), statements.clone())]).unwrap();
        let mut expected: Vec<&str> = statements.iter().map(|one| one.id.as_str()).filter(|id| *id != "coded").chain([WRITTEN]).collect();
        expected.sort_unstable();
        assert_eq!(sorted(&record), expected);
        assert!(record.unanchored().unwrap().is_empty());
        untouched(&mut record);
    }
    record.undo("Ann", "", Some(written)).unwrap();
    assert_eq!(ids(&record), ["attack", "flight"]);
}

#[test]
fn a_coding_that_says_the_same_is_not_counted_twice() {
    let mut record = record();
    let written = write(&mut record);
    record.add(&[(hashed(TEXT), vec![attack(), coded_arson(TEXT), flight()])]).unwrap();
    assert_eq!(sorted(&record), ["attack", "flight", WRITTEN], "the person's stands before the program's");
    record.undo("Ann", "", Some(written)).unwrap();
    assert_eq!(ids(&record), ["attack", "coded", "flight"], "the program's stands where the person's does no longer");
    assert_eq!(record.statement("coded").unwrap(), coded_arson(TEXT));
    assert!(record.statements(&Filter { reviewed: Reviewed::Never, ..Filter::default() }).unwrap().iter().any(|one| one.id == "coded"));
    untouched(&mut record);
    record.redo("Ann", "", Some(written)).unwrap();
    assert_eq!(sorted(&record), ["attack", "flight", WRITTEN]);
    untouched(&mut record);
    record.undo("Ann", "", Some(written)).unwrap();
    let statement = record.anchor("coded").unwrap();
    record.decide("Ben", "", &Action::Accept { statement }).unwrap();
    let refused = record.redo("Ann", "", Some(written)).unwrap_err();
    assert!(refused.kind() == ErrorKind::Invalid && refused.to_string().contains("`coded`"), "{refused}");
    assert_eq!(ids(&record), ["attack", "coded", "flight"]);
    untouched(&mut record);
}

#[test]
fn what_is_there_already_is_not_written() {
    let mut record = record();
    write(&mut record);
    let mut twin = attack();
    (twin.id, twin.coder, twin.confidence) = ("mine".to_owned(), CoderRecord::person(), 1.0);
    twin.evidence.sentence = 7;
    let mut elsewhere = arson(TEXT);
    elsewhere.id = "elsewhere".to_owned();
    elsewhere.roles[0].words.start += 1;
    let mut program = arson(TEXT);
    (program.id, program.negated, program.coder) = ("program".to_owned(), true, coded_arson(TEXT).coder);
    for (statement, told) in [
        (twin, "the record has this statement already, as `attack`; accept or correct that one"),
        (arson(TEXT), "already, as `written`"),
        (elsewhere, "roles/0: the document does not say “rebels” from 54 to 59; give the words as they stand there"),
        (program, "no program as its coder"),
    ] {
        let action = action(&record, statement);
        let refused = record.decide("Ann", "", &action).unwrap_err();
        assert!(refused.kind() == ErrorKind::Invalid && refused.to_string().contains(told), "{told}: {refused}");
    }
    let stale = TextAnchor { document: "kunduz".to_owned(), text_sha256: "another".to_owned() };
    let gone = TextAnchor { document: "nowhere".to_owned(), text_sha256: "another".to_owned() };
    let mut of_nowhere = arson(TEXT);
    of_nowhere.document_id = "nowhere".to_owned();
    for (document, statement, kind) in [(stale, arson(TEXT), ErrorKind::Invalid), (gone, of_nowhere, ErrorKind::Unknown)] {
        let refused = record.decide("Ann", "", &Action::Write { document, statement: Box::new(statement) }).unwrap_err();
        assert_eq!(refused.kind(), kind, "{refused}");
    }
    assert_eq!(record.decisions(&DecisionFilter::default()).unwrap().len(), 1);
    untouched(&mut record);
}

#[test]
fn no_decision_makes_two_of_one() {
    let mut record = record();
    record.add(&[(hashed(TEXT), vec![coded_arson(TEXT)])]).unwrap();
    let statement = record.anchor("coded").unwrap();
    let correct = |after: bool| Action::Correct {
        statement: statement.clone(),
        path: "/negated".to_owned(),
        before: json!(!after),
        after: json!(after),
    };
    let corrected = record.decide("Ben", "read again", &correct(true)).unwrap();
    write(&mut record);
    let expected = "this makes it the same statement as `written`, which would then count twice; decide about that one first";
    for refused in [record.undo("Ben", "", Some(corrected)).unwrap_err(), record.decide("Ben", "so", &correct(false)).unwrap_err()] {
        assert!(refused.kind() == ErrorKind::Invalid && refused.to_string().contains(expected), "{refused}");
    }
    record.undo("Ann", "", None).unwrap();
    record.undo("Ben", "", Some(corrected)).unwrap();
    assert_eq!(ids(&record), ["coded"]);
    untouched(&mut record);
}

#[test]
fn in_another_text_its_words_are_found_or_it_stays_behind() {
    let longer = format!("KUNDUZ — {TEXT}");
    let mut record = record();
    write(&mut record);
    record.add(&[(hashed(&longer), vec![coded_arson(&longer)])]).unwrap();
    assert_eq!(ids(&record), [WRITTEN]);
    let moved = record.statement(WRITTEN).unwrap();
    assert_eq!((moved.roles[0].words.clone(), moved.evidence.sentence), (words(&longer, "rebels"), 1));
    assert!(record.unanchored().unwrap().is_empty());
    untouched(&mut record);
    record.add(&[(hashed("Nobody was hurt."), vec![])]).unwrap();
    assert!(ids(&record).is_empty());
    let unanchored = record.unanchored().unwrap();
    assert_eq!(unanchored.len(), 1);
    let newer = unanchored[0].newer.as_ref().map(|coded| coded.id.as_str());
    assert_eq!((unanchored[0].statement.id.as_str(), newer), (WRITTEN, Some("coded")), "with what was coded of the same words");
    untouched(&mut record);
}

#[test]
fn what_was_corrected_to_words_of_a_text_stays_with_that_text() {
    let mut record = record();
    write(&mut record);
    let (statement, mut after) = (record.anchor(WRITTEN).unwrap(), arson(TEXT));
    after.roles[0].words = words(TEXT, "clinic");
    let (before, after) = (serde_json::to_value(arson(TEXT)).unwrap(), serde_json::to_value(after).unwrap());
    record.decide("Ben", "so", &Action::Correct { statement, path: String::new(), before, after }).unwrap();
    record.add(&[(hashed(&format!("KUNDUZ — {TEXT}")), vec![])]).unwrap();
    assert!(ids(&record).is_empty());
    assert_eq!(record.unanchored().unwrap().len(), 1);
    untouched(&mut record);
}

#[test]
fn a_correction_as_a_whole_holds_for_a_coding_by_another_version() {
    let mut record = record();
    let (statement, mut after) = (record.anchor("attack").unwrap(), attack());
    after.negated = true;
    let (before, after) = (serde_json::to_value(attack()).unwrap(), serde_json::to_value(after).unwrap());
    record.decide("Ben", "so", &Action::Correct { statement, path: String::new(), before, after }).unwrap();
    let mut recoded = attack();
    recoded.coder.version = "0.3.0".to_owned();
    record.add(&[(hashed(TEXT), vec![recoded.clone(), flight()])]).unwrap();
    recoded.negated = true;
    assert_eq!(record.statement("attack").unwrap(), recoded);
    let longer = format!("KUNDUZ — {TEXT}");
    let again = told("again", &longer, "Gunmen killed three people in Kunduz.", "killed", "Gunmen");
    record.add(&[(hashed(&longer), vec![again])]).unwrap();
    assert_eq!(ids(&record), ["again"], "its places are those of the former text");
    assert_eq!(record.unanchored().unwrap().len(), 1);
    untouched(&mut record);
}

#[derive(Clone, Debug)]
enum Step {
    Write,
    Undo(i64),
    Redo(i64),
    Reject,
    Accept,
    Correct(bool),
    Code(u8),
    Text(bool),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => Just(Step::Write),
        4 => (1_i64..6).prop_map(Step::Undo),
        4 => (1_i64..6).prop_map(Step::Redo),
        1 => Just(Step::Reject),
        1 => Just(Step::Accept),
        1 => any::<bool>().prop_map(Step::Correct),
        4 => (0_u8..4).prop_map(Step::Code),
        1 => any::<bool>().prop_map(Step::Text),
    ]
}

/// Takes a step; what does not fit how things stand is refused and changes nothing.
fn take(record: &mut Record, text: &mut String, step: &Step) {
    let on = |record: &Record| record.anchor(WRITTEN).or_else(|_| record.anchor("coded"));
    let refused = match step {
        Step::Write => record.decide("Ann", "", &action(record, arson(text))).err(),
        Step::Undo(number) => record.undo("Ann", "", Some(DecisionId(*number))).err(),
        Step::Redo(number) => record.redo("Ann", "", Some(DecisionId(*number))).err(),
        Step::Reject | Step::Accept | Step::Correct(_) => on(record)
            .and_then(|statement| {
                let action = match step {
                    Step::Reject => Action::Reject { statement },
                    Step::Accept => Action::Accept { statement },
                    _ => Action::Correct {
                        statement,
                        path: "/negated".to_owned(),
                        before: Value::Null,
                        after: json!(matches!(step, Step::Correct(true))),
                    },
                };
                record.decide("Ben", "so", &action)
            })
            .err(),
        Step::Code(what) => {
            let mut statements = vec![attack()];
            statements.extend((what & 1 > 0).then(|| coded_arson(TEXT)));
            statements.extend((what & 2 > 0).then(flight));
            if text == TEXT { record.add(&[(hashed(TEXT), statements)]).err() } else { None }
        }
        Step::Text(longer) => {
            if *longer {
                *text = format!("KUNDUZ — {text}");
            } else {
                *text = format!("{text} Rain fell.");
            }
            let coded = coded_arson(text);
            record.add(&[(hashed(text), vec![coded])]).err()
        }
    };
    if let Some(error) = refused {
        assert!(matches!(error.kind(), ErrorKind::Invalid | ErrorKind::Unknown), "{step:?}: {error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_done_nothing_counts_twice_and_nothing_is_lost(steps in prop::collection::vec(step(), 1..24)) {
        let mut record = record();
        let mut text = TEXT.to_owned();
        for (at, step) in steps.iter().enumerate() {
            take(&mut record, &mut text, step);
            prop_assert_eq!(record.verify(&mut |_| {}).unwrap(), [], "after {:?}", &steps[..=at]);
            let standing = record.statements(&Filter { reviewed: Reviewed::All, ..Filter::default() }).unwrap();
            let counted = record.statements(&Filter::default()).unwrap();
            for negated in [false, true] {
                let torched = counted.iter().filter(|one| one.evidence.trigger.text == "torched" && one.negated == negated).count();
                prop_assert!(torched <= 1, "{} after {:?}", torched, &steps[..=at]);
            }
            let filter = DecisionFilter { actions: vec!["write".to_owned()], only_holding: true, ..DecisionFilter::default() };
            if !record.decisions(&filter).unwrap().is_empty() {
                let there = standing.iter().any(|one| one.id == WRITTEN) || record.unanchored().unwrap().iter().any(|one| one.statement.id == WRITTEN);
                prop_assert!(there, "lost after {:?}", &steps[..=at]);
            }
        }
    }
}
