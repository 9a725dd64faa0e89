use proptest::prelude::*;

use super::*;

/// Each text with the one that asks the same.
fn check(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let (question, remarks) = Question::read(text);
        assert_eq!(question.to_string(), *expected, "{text}: {remarks:?}");
    }
}

#[test]
fn words_phrases_and_fields_are_read() {
    check(&[
        ("", ""),
        ("  Kunduz   hospital ", "Kunduz hospital"),
        ("\"air   strike\" hosp*", "\"air strike\" hosp*"),
        ("“air strike”*", "\"air strike\"*"),
        ("an \"unclosed phrase", "an \"unclosed phrase\""),
        ("type:Assault actor:\"Boko Haram\" place:Kano", "type:assault actor:\"Boko Haram\" place:Kano"),
        ("type:\"allied with\"", "type:allied_with"),
        ("date:2014..2015-03 since:2014 told:..2016", "date:2014..2015-03 since:2014 told:..2016"),
        ("sources:2 sources:>=3 disputed:true", "sources:>=2 sources:>=3 disputed:yes"),
        ("status:contested review:never modality:possible origin:own", "status:contested review:never modality:possible origin:own"),
        ("KIND:event", "kind:event"),
        ("ISIS-K 12:30 (R.I.P.)", "ISIS-K \"12:30\" R.I.P."),
        ("- & * \"\" ()", ""),
    ]);
}

#[test]
fn or_binds_closer_than_and_and_a_minus_asks_that_it_is_not_so() {
    check(&[
        ("mosque OR church Kano", "(mosque OR church) Kano"),
        ("Kano AND mosque OR church OR market", "Kano (mosque OR church OR market)"),
        ("(mosque OR church) -type:protest NOT market", "(mosque OR church) -type:protest -market"),
        ("-(mosque OR church)", "-(mosque OR church)"),
        ("NOT -mosque", "mosque"),
        ("(mosque market)", "mosque market"),
        ("OR mosque OR", "mosque"),
        ("\"OR\" \"NOT\"", "\"OR\" \"NOT\""),
    ]);
}

#[test]
fn what_is_not_understood_is_said_with_its_place() {
    for (text, at, written, why) in [
        ("Kano status:sure", 5, "status:sure", "contested"),
        ("naïve date:yesterday", 6, "date:yesterday", "2017-08-31"),
        ("type:party", 0, "type:party", "no such type"),
        ("actor: Kano", 0, "actor:", "after the colon"),
        ("date:2016..2015", 0, "date:2016..2015", "ends before it begins"),
        ("a OR -b", 5, "-", "left out"),
        ("a )", 2, ")", "nothing was opened"),
    ] {
        let (_, remarks) = Question::read(text);
        let [remark] = &remarks[..] else { panic!("{text}: {remarks:?}") };
        assert!(remark.at == at && remark.written == written && remark.why.contains(why), "{text}: {remark:?}");
    }
}

#[test]
fn a_facet_adds_and_removes_itself() {
    let (question, _) = Question::read("mosque -type:protest");
    let term = Term::Country("NGA".to_owned());
    let narrowed = question.with(term.clone());
    assert_eq!(narrowed.to_string(), "mosque -type:protest country:NGA");
    assert!(narrowed.has(&term) && !question.has(&term));
    assert_eq!(narrowed.with(term.clone()), narrowed);
    assert_eq!(narrowed.without(&term), question);
}

#[test]
fn names_in_other_letters_are_asked_in_latin_ones_too() {
    use sayso_store::query::find::Condition;
    let countries = Countries::embedded().unwrap();
    let asked = |text: &str| Question::read(text).0.clauses(&countries, |name| Ok::<_, ()>(vec![name.to_owned()])).unwrap();
    let words = asked("Путин").remove(0).any;
    assert_eq!(words, [Condition::Words("\"Путин\"".to_owned()), Condition::Words("\"Putin\"".to_owned())]);
    for text in ["country:NGA", "country:nigeria", "place:Nigeria"] {
        assert_eq!(asked(text).remove(0).any, [Condition::Country("NGA".to_owned())], "{text}");
    }
}

/// Texts of pieces that mean something, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "\\PC{0,6}",
        "[a-z]{1,4}\\*?",
        Just("OR".to_owned()),
        Just("NOT".to_owned()),
        Just("-".to_owned()),
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just("\"".to_owned()),
        "(type|date|actor|told|sources|place|review|x):(assault|2014|2014..2015|never|\"a b\"|>=2|\\PC{0,4})",
    ];
    prop::collection::vec((piece, prop_oneof![Just(""), Just(" ")]), 0..12)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, space)| piece + space).collect())
}

proptest! {
    #[test]
    fn any_text_asks_something_and_its_canonical_text_the_same(text in pieces()) {
        let (question, remarks) = Question::read(&text);
        let canonical = question.to_string();
        let (again, none) = Question::read(&canonical);
        prop_assert_eq!(&again, &question, "{} -> {}", text, canonical);
        prop_assert!(none.is_empty(), "{} -> {}: {:?}", text, canonical, none);
        let length = text.chars().count();
        prop_assert!(remarks.iter().all(|remark| remark.at < length));
    }
}
