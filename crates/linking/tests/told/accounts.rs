//! Who tells an event, where do accounts differ, and what grade follows?

use crate::support::{Coverage, by, killed, source};
use sayso_linking::account::{AttributeName, Profile, Settled};
use sayso_linking::informant::Holding;
use sayso_types::QuantityOf;
use sayso_types::decision::{Reliability, Status};
use serde_json::json;

const KILLED: AttributeName = AttributeName::Count(QuantityOf::Killed);

/// A bombing: a ministry counts 24 and later 29, the Taliban 35, a U.N. report 36.
fn bombing() -> Coverage {
    let ministry = |number| json!({"quantities": killed(number), "attribution": [source("the Interior Ministry", None, "government")]});
    let taliban = source("a Taliban spokesman", Some("taliban"), "armed-group");
    let report = source("a U.N. report", Some("united-nations"), "document");
    Coverage::default()
        .report("Reuters", "2017-08-01", ministry(24))
        .report("Associated Press", "2017-08-01", ministry(24))
        .report("Daily Star", "2017-08-02", json!({"quantities": killed(35), "attribution": [taliban]}))
        .report("Daily Star", "2017-09-02", json!({"quantities": killed(36), "attribution": [report]}))
}

#[track_caller]
fn check_sources(coverage: &Coverage, expected: &[&str]) {
    let independence = coverage.account().independence;
    let names: Vec<&str> = independence.sources.iter().map(|source| source.name.as_str()).collect();
    assert_eq!(names, expected, "{independence:#?}");
    let counted: usize = independence.sources.len() + independence.uncounted.len();
    assert_eq!(counted, coverage.with(|tellings, _, _| tellings.len()), "every telling is a source's first or has its reason");
}

#[track_caller]
fn check_status(coverage: &Coverage, status: Status, credibility: u8) {
    let account = coverage.account();
    assert_eq!(
        (account.status.grade, account.credibility.grade.0),
        (status, credibility),
        "{} {}",
        account.status.why,
        account.credibility.why
    );
}

#[test]
fn one_informant_has_many_carriers() {
    check_sources(&bombing(), &["the Interior Ministry", "taliban", "united-nations"]);
    let independence = bombing().account().independence;
    assert_eq!(independence.sources[0].carriers, ["r0", "r1"]);
    assert_eq!(
        independence.uncounted[0].why,
        "the same informant, the Interior Ministry, is counted in «Reuters 2017-08-01» (Reuters, 2017-08-01)"
    );
    assert_eq!(independence.sources[2].holding, Holding::CitedNotHeld);
}

#[test]
fn whoever_speaks_for_a_body_is_the_body() {
    let said_by = |words: &str, name: &str| {
        let mut link = source(words, None, "person");
        link["name"] = json!(name);
        json!({ "attribution": [link] })
    };
    let coverage = Coverage::default()
        .report("Reuters", "2017-08-01", said_by("Interior Ministry spokesman Najib Danish", "Najib Danish"))
        .report("AFP", "2017-08-01", said_by("Danish", "Najib Danish"))
        .report("AP", "2017-08-02", json!({"attribution": [source("the Afghan Interior Ministry", None, "government")]}))
        .report("BBC", "2017-08-02", json!({"attribution": [source("the Defence Ministry", None, "government")]}));
    check_sources(&coverage, &["Interior Ministry spokesman Najib Danish", "the Defence Ministry"]);
}

#[test]
fn copies_are_one_voice() {
    let coverage = Coverage::default()
        .report("Reuters", "2017-08-01", json!({}))
        .copy(0, "Daily Star", "2017-08-02", json!({}))
        .copy(0, "Evening Post", "2017-08-02", json!({}))
        .report("Associated Press", "2017-08-02", json!({}))
        .report("Reuters", "2017-08-03", json!({}));
    check_sources(&coverage, &["Reuters", "Associated Press"]);
    let uncounted = &coverage.account().independence.uncounted[0];
    assert!(uncounted.why.starts_with("it repeats the text of «Reuters 2017-08-01»"), "{}", uncounted.why);
}

#[test]
fn what_is_credited_to_one_outlet_is_one_voice_that_is_not_held() {
    let coverage = Coverage::default().crediting("Daily Star", "Reuters", "2017-08-01", json!({})).crediting(
        "Evening Post",
        "Reuters",
        "2017-08-01",
        json!({}),
    );
    check_sources(&coverage, &["Reuters"]);
    assert_eq!(coverage.account().independence.sources[0].holding, Holding::CitedNotHeld);
}

#[test]
fn unnamed_officials_cannot_be_told_apart_but_witnesses_of_two_reports_can() {
    let said = |words: &str| json!({"attribution": [source(words, None, "unnamed")]});
    let officials = Coverage::default().report("Reuters", "2017-08-01", said("officials")).report("AFP", "2017-08-01", said("officials"));
    check_sources(&officials, &["officials"]);
    let witnesses = Coverage::default().report("Reuters", "2017-08-01", said("witnesses")).report("AFP", "2017-08-01", said("residents"));
    check_sources(&witnesses, &["witnesses", "residents"]);
}

#[test]
fn plans_suppositions_and_denials_are_no_sources() {
    let coverage = Coverage::default()
        .report("Reuters", "2017-08-01", json!({"modality": "future"}))
        .report("AFP", "2017-08-01", json!({"modality": "hypothetical"}))
        .report("AP", "2017-08-01", json!({"negated": true}));
    check_sources(&coverage, &[]);
    check_status(&coverage, Status::Discounted, 5);
}

#[test]
fn all_counts_stay_and_the_rule_says_which_is_shown() {
    let account = bombing().account();
    let attribute = account.attribute(KILLED).unwrap();
    let texts: Vec<&str> = attribute.values.iter().map(|value| value.text.as_str()).collect();
    assert_eq!(texts, ["24", "35", "36"]);
    assert!(attribute.disputed);
    // One source each and equally near: the latest is shown.
    assert_eq!(account.shown(KILLED).unwrap().text, "36");
    for (profile, low, best, high) in
        [(Profile::Ucdp, 24, 24, 36), (Profile::Acled, 24, 24, 24), (Profile::Gtd, 36, 36, 36), (Profile::Sources, 36, 36, 36)]
    {
        let numbers = bombing().account_as(profile, &Settled::default()).attribute(KILLED).unwrap().numbers.unwrap();
        assert_eq!((numbers.low, numbers.best, numbers.high), (Some(low), Some(best), Some(high)), "{profile:?}");
    }
}

#[test]
fn a_source_stands_by_its_last_number() {
    let revised = json!({"quantities": killed(31), "attribution": [source("the Interior Ministry", None, "government")]});
    let account = bombing().report("AFP", "2017-08-09", revised).account();
    let values = &account.attribute(KILLED).unwrap().values;
    assert_eq!((values[0].sources.len(), values[0].revised.len()), (0, 1), "24 has been taken back");
    assert_eq!(values[3].sources, ["the Interior Ministry"]);
}

#[test]
fn a_person_settles_it_and_the_others_stay() {
    let mut settled = Settled::default();
    settled.values.insert("killed".to_owned(), ("24".to_owned(), "the ministry's list of names".to_owned()));
    let account = bombing().account_as(Profile::Sources, &settled);
    let attribute = account.attribute(KILLED).unwrap();
    assert_eq!(attribute.values[attribute.shown].text, "24");
    assert_eq!(attribute.rule, "settled by a person: the ministry's list of names");
    assert_eq!(attribute.values.len(), 3);
}

#[test]
fn an_exact_place_has_the_support_of_the_wider_ones() {
    let place = |name: &str, id: u32, prec: u8| {
        json!({"place": {"text": name, "start": 0, "end": 1, "name": name, "country": "AFG", "admin1": "Herat", "geonames_id": id,
               "latitude": null, "longitude": null, "geo_precision": 1, "where_prec": prec, "level": "textual"}})
    };
    let account = Coverage::default()
        .report("Reuters", "2017-08-01", place("Afghanistan", 1, 6))
        .report("AFP", "2017-08-01", place("Afghanistan", 1, 6))
        .report("AP", "2017-08-01", place("Herat", 2, 1))
        .account();
    assert_eq!(account.shown(AttributeName::Place).unwrap().text, "Herat");
    assert!(!account.attribute(AttributeName::Place).unwrap().disputed);
}

#[test]
fn grades_follow_from_the_pattern_of_sources() {
    let ministry = || source("the Interior Ministry", None, "government");
    let taliban = || source("the Taliban", Some("taliban"), "armed-group");
    let blamed = || json!({"roles": by("taliban"), "attribution": [ministry()]});
    check_status(&Coverage::default().report("Reuters", "2017-08-01", blamed()), Status::Weak, 3);
    check_status(&bombing(), Status::Fair, 1);
    let claim = json!({"roles": by("haqqani-network"), "attribution": [taliban()]});
    check_status(&Coverage::default().report("Reuters", "2017-08-01", blamed()).report("AFP", "2017-08-01", claim), Status::Confirmed, 1);
    let denial = json!({"roles": by("taliban"), "negated": true, "attribution": [taliban()]});
    check_status(&Coverage::default().report("Reuters", "2017-08-01", blamed()).report("AFP", "2017-08-01", denial), Status::Contested, 4);
    let others = json!({"roles": by("islamic-state"), "attribution": [source("residents", None, "unnamed")]});
    check_status(&Coverage::default().report("Reuters", "2017-08-01", blamed()).report("AFP", "2017-08-01", others), Status::Contested, 2);
    check_status(&Coverage::default().report("Reuters", "2017-08-01", json!({"modality": "future"})), Status::Unrealized, 6);
}

#[test]
fn a_withdrawn_report_is_discounted() {
    let coverage = Coverage::default().report("Reuters", "2017-08-01", json!({})).report("Reuters", "2017-08-02", json!({"negated": true}));
    check_status(&coverage, Status::Discounted, 5);
}

#[test]
fn a_reliable_source_makes_one_telling_probable() {
    let mut settled = Settled::default();
    settled.reliability.insert("Reuters".to_owned(), Reliability::B);
    let account = Coverage::default().report("Reuters", "2017-08-01", json!({})).account_as(Profile::Sources, &settled);
    assert_eq!((account.status.grade, account.credibility.grade.0), (Status::Weak, 2));
}

#[test]
fn ministries_differ_though_both_are_the_government() {
    let said = |words: &str| json!({"attribution": [source(words, Some("afghanistan-government"), "government")]});
    let coverage = Coverage::default()
        .report("Reuters", "2017-08-01", said("the Afghan interior ministry"))
        .report("AFP", "2017-08-01", said("Afghanistan's interior ministry"))
        .report("AFP", "2017-08-01", said("the defence ministry"));
    assert_eq!(coverage.account().independence.sources.len(), 2);
}

#[test]
fn he_is_whoever_spoke_before_in_the_same_text() {
    let coverage = Coverage::default().report("Reuters", "2017-08-01", json!({"attribution": [source("he", None, "unnamed")]})).report(
        "Reuters",
        "2017-08-01",
        json!({"attribution": [source("the report", None, "document")]}),
    );
    check_sources(&coverage, &["he", "the report"]);
}

#[test]
fn an_outlet_is_one_under_all_its_names() {
    let coverage =
        Coverage::default().report("AP", "2017-08-01", json!({})).crediting("Daily Star", "Associated Press", "2017-08-02", json!({}));
    check_sources(&coverage, &["AP"]);
}

#[test]
fn a_claim_is_told_by_who_claims() {
    let claimed = json!({"responsibility": [{"stance": "claimed", "by": "Islamic State", "start": 0, "end": 5, "actor_id": "islamic-state", "name": "Islamic State"}]});
    check_sources(&Coverage::default().report("Reuters", "2017-08-01", claimed), &["Islamic State"]);
}

#[test]
fn who_publishes_what_it_says_itself_is_one_voice() {
    let said = |words: &str| json!({"attribution": [{"source": words, "start": 0, "end": 1, "actor_id": null, "name": words, "kind": "organization", "cue": "said", "cue_start": 0, "cue_end": 1}]});
    let coverage = Coverage::default()
        .report("Human Rights Watch", "2017-08-01", said("Human Rights Watch"))
        .report("Human Rights Watch", "2017-08-01", json!({}))
        .report("Reuters", "2017-08-02", said("Human Rights Watch"));
    check_sources(&coverage, &["Human Rights Watch"]);
}

#[test]
fn a_party_announces_its_own_release_and_withdrawal() {
    let by_itself =
        json!({"type": "retreat", "roles": by("taliban"), "attribution": [source("the Taliban", Some("taliban"), "armed-group")]});
    check_status(&Coverage::default().report("Reuters", "2017-08-01", by_itself), Status::Confirmed, 3);
    let by_another = json!({"type": "retreat", "roles": by("taliban"), "attribution": [source("residents", None, "unnamed")]});
    check_status(&Coverage::default().report("Reuters", "2017-08-01", by_another), Status::Weak, 3);
}

#[test]
fn who_is_attacked_and_strikes_back_has_not_claimed_the_attack() {
    let army = || source("the army", Some("afghan-army"), "government");
    let attacked = json!({"roles": [{"role": "recipient", "text": "soldiers", "start": 0, "end": 1, "actor_id": "afghan-army", "name": "Afghan army"}]});
    let killed_them = json!({"roles": by("afghan-army"), "attribution": [army()]});
    check_status(
        &Coverage::default().report("Reuters", "2017-08-01", attacked).report("Reuters", "2017-08-01", killed_them),
        Status::Fair,
        1,
    );
}

#[test]
fn an_official_without_a_name_claims_nothing() {
    let official = json!({
        "roles": [{"role": "actor", "text": "he", "start": 0, "end": 1, "actor_id": null, "name": "an elected official"}],
        "attribution": [source("an elected official", None, "unnamed")],
    });
    check_status(&Coverage::default().report("Reuters", "2017-08-01", official), Status::Weak, 3);
}
