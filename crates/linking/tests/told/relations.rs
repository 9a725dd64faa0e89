//! When did a relation hold, and how did a count change?

use crate::support::{Coverage, source};
use sayso_linking::{estimate, relation};
use serde_json::{Value, json};

fn stands(relation: &str, phase: &str, time: Option<&str>) -> Value {
    let party = |role: &str, id: &str| json!({"role": role, "text": id, "start": 0, "end": 1, "actor_id": id, "name": id});
    let time = time.map(|edtf| {
        json!({"text": edtf, "start": 0, "end": 1, "edtf": edtf, "earliest": format!("{edtf}-01"), "latest": format!("{edtf}-28"),
               "time_precision": 3, "date_prec": 4, "level": "textual"})
    });
    json!({"kind": "relation", "type": relation, "mode": null, "phase": phase, "time": time,
           "roles": [party("actor", "taliban"), party("recipient", "al-qaeda")]})
}

/// Periods as "first cited (real start) – last cited (real end)".
#[track_caller]
fn check_periods(coverage: &Coverage, expected: &[&str]) {
    coverage.with(|tellings, words, kinship| {
        let key = relation::keys(&tellings[0]).remove(0);
        let relation = relation::relation(key, tellings, words, kinship);
        let day = |day: Option<jiff::civil::Date>| day.map_or_else(|| "?".to_owned(), |day| day.to_string());
        let real = |edtf: &Option<String>| edtf.as_ref().map_or_else(String::new, |edtf| format!(" ({edtf})"));
        let shown: Vec<String> = relation
            .periods
            .iter()
            .map(|p| format!("{}{} – {}{}", day(p.first_cited), real(&p.start), day(p.last_cited), real(&p.end)))
            .collect();
        assert_eq!(shown, expected);
    });
}

#[test]
fn a_relation_is_dated_by_its_reports_until_its_start_and_end_are_told() {
    let held = Coverage::default().report("Reuters", "2017-08-01", stands("allied_with", "holds", None)).report(
        "Reuters",
        "2017-10-01",
        stands("allied_with", "holds", None),
    );
    check_periods(&held, &["2017-08-01 – 2017-10-01"]);
    let dated = held.report("AFP", "2017-11-01", stands("allied_with", "begins", Some("2017-05")));
    check_periods(&dated, &["2017-05-01 (2017-05) – 2017-10-01"]);
}

#[test]
fn what_begins_again_after_its_end_is_another_period() {
    let coverage = Coverage::default()
        .report("Reuters", "2017-08-01", stands("allied_with", "holds", None))
        .report("Reuters", "2017-10-01", stands("allied_with", "ends", Some("2017-09")))
        .report("Reuters", "2018-02-01", stands("allied_with", "begins", Some("2018-01")));
    check_periods(&coverage, &["2017-08-01 – 2017-09-30 (2017-09)", "2018-01-01 (2018-01) – 2018-01-31"]);
}

#[test]
fn a_symmetric_relation_reads_the_same_both_ways() {
    let mut turned = stands("rival_of", "holds", None);
    turned["roles"].as_array_mut().unwrap().reverse();
    turned["roles"][0]["role"] = json!("actor");
    turned["roles"][1]["role"] = json!("recipient");
    let coverage = Coverage::default().report("A", "2017-08-01", stands("rival_of", "holds", None)).report("B", "2017-08-02", turned);
    coverage.with(|tellings, _, _| assert_eq!(relation::keys(&tellings[0]), relation::keys(&tellings[1])));
}

#[test]
fn friends_who_turn_enemies_are_flagged() {
    let coverage = Coverage::default().report("Reuters", "2017-08-01", stands("allied_with", "holds", None)).report(
        "Reuters",
        "2018-02-01",
        stands("rival_of", "holds", None),
    );
    coverage.with(|tellings, words, kinship| {
        let relations: Vec<relation::Relation> =
            tellings.iter().map(|telling| relation::relation(relation::keys(telling).remove(0), &[*telling], words, kinship)).collect();
        let reversals = relation::reversals(&relations.iter().collect::<Vec<_>>());
        assert_eq!(reversals.len(), 1);
        assert!(reversals[0].why.contains("allied_with") && reversals[0].why.ends_with("(2018-02-01)"), "{}", reversals[0].why);
    });
}

#[test]
fn estimates_of_one_group_are_a_series() {
    let strength = |number: u64| {
        json!({"kind": "estimate", "type": "strength", "attribution": [source("a U.N. report", Some("united-nations"), "document")],
               "roles": [{"role": "actor", "text": "t", "start": 0, "end": 1, "actor_id": "taliban", "name": "Taliban"}],
               "quantities": [{"of": "strength", "text": number.to_string(), "start": 0, "end": 1, "low": null, "best": null, "high": number, "rule": "up-to"}]})
    };
    let coverage = Coverage::default().report("B", "2018-01-01", strength(9000)).report("A", "2017-01-01", strength(7000));
    coverage.with(|tellings, words, kinship| {
        let key = estimate::key(&tellings[0]).unwrap();
        assert_eq!(Some(&key), estimate::key(&tellings[1]).as_ref());
        let series = estimate::series(key, tellings, words, kinship);
        let highest: Vec<Option<u64>> = series.points.iter().map(|point| point.numbers.high).collect();
        assert_eq!(highest, [Some(7000), Some(9000)]);
        assert_eq!(series.independence.sources.len(), 1);
    });
}
