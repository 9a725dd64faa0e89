//! Which statements, documents, actors and numbers does a question find?

use std::ops::ControlFlow;

use proptest::prelude::*;
use sayso_store::{By, ErrorKind, Filter, Kind, Order, Record};
use sayso_types::{EstimateType, EventType, Modality, RelationType, RoleName};

use crate::sample;
use crate::sample::{NOW, document, estimate, place, relation, role, source, statement, time};

const TALIBAN: Option<(&str, &str)> = Some(("taliban", "Taliban"));
const TTP: Option<(&str, &str)> = Some(("ttp", "Tehrik-i-Taliban Pakistan"));
const ISIS: Option<(&str, &str)> = Some(("islamic-state", "Islamic State"));
const UN: Option<(&str, &str)> = Some(("united-nations", "United Nations"));

/// Two documents. The first: Taliban fighters may have killed police in Kabul in 2017-08 (officials, citing the U.N.); the TTP is
/// not the Islamic State's ally. The second: ISIS has 2,000 fighters in al-Fāshir, in the document's own voice.
fn record() -> Record {
    let mut attack = statement("kabul", "a1f0", "Taliban fighters reportedly killed police in the hospital.");
    attack.roles = vec![role(RoleName::Actor, "Taliban fighters", TALIBAN), role(RoleName::Recipient, "police", None)];
    attack.proposition = sample::event(EventType::Assault, Some("firearms"));
    attack.place = Some(place("the Afghan capital", Some(("Kabul", "AFG", 1))));
    attack.time = Some(time("2017-08"));
    attack.modality = Modality::Possible;
    attack.attribution = vec![source("officials", None), source("a U.N. report", UN)];
    let mut alliance = statement("kabul", "a1f7", "The TTP is no ally of ISIS in Afghanistan.");
    alliance.proposition = relation(RelationType::AlliedWith);
    alliance.roles = vec![role(RoleName::Actor, "The TTP", TTP), role(RoleName::Recipient, "ISIS", ISIS)];
    alliance.place = Some(place("Afghanistan", Some(("Afghanistan", "AFG", 6))));
    alliance.negated = true;
    alliance.confidence = 0.99;
    let mut strength = statement("fashir", "b2", "ISIS has 2,000 fighters around al-Fāshir.");
    strength.proposition = estimate(EstimateType::Strength);
    strength.roles = vec![role(RoleName::Actor, "ISIS", ISIS)];
    strength.place = Some(place("al-Fāshir", Some(("Al Fāshir", "SDN", 1))));
    strength.time = Some(time("2018-01-05"));
    let mut kabul = document("kabul", "Taliban fighters reportedly killed police in the hospital. More came.");
    kabul.title = Some("Attack in Kabul".to_owned());
    kabul.publisher = Some("Reuters".to_owned());
    kabul.published = Some("2017-09".to_owned());
    let mut record = Record::in_memory(NOW).unwrap();
    record.add(&[(kabul, vec![attack, alliance]), (document("fashir", "ISIS has 2,000 fighters."), vec![strength])]).unwrap();
    record
}

fn ids(record: &Record, filter: &Filter) -> Vec<String> {
    record.statements(filter).unwrap().into_iter().map(|statement| statement.id).collect()
}

fn list(words: &[&str]) -> Vec<String> {
    words.iter().map(|&word| word.to_owned()).collect()
}

#[test]
fn actors_are_found_by_id_and_by_word() {
    let record = record();
    for (actors, expected) in [
        (vec!["taliban"], vec!["a1f0", "a1f7"]),
        (vec!["ttp"], vec!["a1f7"]),
        (vec!["islamic-state"], vec!["a1f7", "b2"]),
        (vec!["POLICE"], vec!["a1f0"]),
        (vec!["tali*"], vec!["a1f0", "a1f7"]),
        (vec!["police", "ttp"], vec!["a1f0", "a1f7"]),
        (vec!["tal"], vec![]),
        (vec!["officials"], vec![]),
        (vec!["-"], vec![]),
    ] {
        assert_eq!(ids(&record, &Filter { actors: list(&actors), ..Filter::default() }), expected, "{actors:?}");
    }
    assert_eq!(ids(&record, &Filter { actor_ids: list(&["taliban"]), ..Filter::default() }), ["a1f0"]);
    assert_eq!(ids(&record, &Filter { all_actors: list(&["ttp", "ISIS"]), ..Filter::default() }), ["a1f7"]);
}

#[test]
fn places_are_found_by_name_and_country() {
    let record = record();
    for (places, expected) in [
        (vec!["Kabul"], vec!["a1f0"]),
        (vec!["afghan capital"], vec!["a1f0"]),
        (vec!["AFG"], vec!["a1f0", "a1f7"]),
        (vec!["afg"], vec!["a1f0", "a1f7"]),
        (vec!["Afghanistan"], vec!["a1f0", "a1f7"]),
        (vec!["al-Fashir"], vec!["b2"]),
        (vec!["al fāšir"], vec![]),
        (vec!["kabul", "SDN"], vec!["a1f0", "b2"]),
    ] {
        assert_eq!(ids(&record, &Filter { places: list(&places), ..Filter::default() }), expected, "{places:?}");
    }
}

#[test]
fn the_source_closest_to_the_fact_is_asked_for() {
    let record = record();
    for (source, expected) in [("united-nations", vec!["a1f0"]), ("report", vec!["a1f0"]), ("officials", vec![]), ("Reuters", vec![])] {
        assert_eq!(ids(&record, &Filter { sources: list(&[source]), ..Filter::default() }), expected, "{source}");
    }
}

#[test]
fn codes_polarity_and_publisher_are_asked_for() {
    let record = record();
    let all = Filter::default;
    for (filter, expected) in [
        (Filter { kinds: vec![Kind::Event, Kind::Estimate], ..all() }, vec!["a1f0", "b2"]),
        (Filter { types: list(&["allied_with"]), ..all() }, vec!["a1f7"]),
        (Filter { modes: list(&["firearms"]), ..all() }, vec!["a1f0"]),
        (Filter { modalities: vec![Modality::Possible], ..all() }, vec!["a1f0"]),
        (Filter { negated: Some(true), ..all() }, vec!["a1f7"]),
        (Filter { publishers: list(&["reuters"]), ..all() }, vec!["a1f0", "a1f7"]),
        (Filter { documents: list(&["fashir"]), ..all() }, vec!["b2"]),
        (Filter { kinds: vec![Kind::Relation], negated: Some(false), ..all() }, vec![]),
    ] {
        assert_eq!(ids(&record, &filter), expected, "{filter:?}");
        assert_eq!(record.count(&filter).unwrap() as usize, expected.len(), "{filter:?}");
    }
}

#[test]
fn times_that_can_overlap_are_found_and_unknown_ones_never() {
    let mut record = Record::in_memory(NOW).unwrap();
    let at = |id: &str, edtf: Option<&str>| {
        let mut statement = statement("d", id, "evidence");
        statement.time = edtf.map(time);
        statement
    };
    let statements = vec![
        at("day", Some("2017-08-31")),
        at("month", Some("2017-08")),
        at("until", Some("../2017-05")),
        at("from", Some("2017-10/..")),
        at("never", None),
    ];
    record.add(&[(document("d", "text"), statements)]).unwrap();
    for (since, until, expected) in [
        (None, None, vec!["day", "month", "until", "from", "never"]),
        (Some("2017-08"), Some("2017-08"), vec!["day", "month"]),
        (Some("2017-09"), None, vec!["from"]),
        (Some("2030"), None, vec!["from"]),
        (None, Some("2017-04"), vec!["until"]),
        (None, Some("1990"), vec!["until"]),
        (Some("2017-05-31"), Some("2017-08-01"), vec!["month", "until"]),
        (Some("2017-06"), Some("2017-07"), vec![]),
        (Some("../2017-06"), None, vec!["day", "month", "until", "from", "never"]),
    ] {
        let filter = Filter { since: since.map(|s| s.parse().unwrap()), until: until.map(|s| s.parse().unwrap()), ..Filter::default() };
        assert_eq!(ids(&record, &filter), expected, "{since:?} to {until:?}");
    }
    let order = |order| ids(&record, &Filter { order, ..Filter::default() });
    assert_eq!(order(Order::Oldest), ["until", "month", "day", "from", "never"]);
    assert_eq!(order(Order::Newest), ["from", "day", "month", "until", "never"]);
}

#[test]
fn words_phrases_and_prefixes_are_found_in_the_evidence() {
    let record = record();
    for (text, expected) in [
        ("hospital police", vec!["a1f0"]),
        (r#""police hospital""#, vec![]),
        (r#""killed police""#, vec!["a1f0"]),
        ("hosp*", vec!["a1f0"]),
        ("hosp", vec![]),
        ("AL-FASHIR", vec!["b2"]),
        ("2,000", vec!["b2"]),
        ("Kabul", vec![]),
        ("NOT OR (", vec![]),
        ("  ", vec!["a1f0", "a1f7", "b2"]),
        ("'; DROP TABLE statements; --", vec![]),
    ] {
        assert_eq!(ids(&record, &Filter { text: Some(text.to_owned()), ..Filter::default() }), expected, "{text}");
    }
}

#[test]
fn documents_are_found_by_what_they_are_and_by_what_they_state() {
    let record = record();
    let all = Filter::default;
    let text = |text: &str| Some(text.to_owned());
    for (filter, expected) in [
        (all(), vec!["kabul", "fashir"]),
        (Filter { text: text("\"attack in kabul\""), ..all() }, vec!["kabul"]),
        (Filter { text: text("more came"), ..all() }, vec!["kabul"]),
        (Filter { since: Some("2017-09-15".parse().unwrap()), ..all() }, vec!["kabul"]),
        (Filter { until: Some("2017-08".parse().unwrap()), ..all() }, vec![]),
        (Filter { actors: list(&["islamic-state"]), ..all() }, vec!["kabul", "fashir"]),
        (Filter { actors: list(&["islamic-state"]), kinds: vec![Kind::Estimate], ..all() }, vec!["fashir"]),
        (Filter { publishers: list(&["Reuters"]), types: list(&["strength"]), ..all() }, vec![]),
        (Filter { limit: Some(1), offset: 1, ..all() }, vec!["fashir"]),
    ] {
        let found: Vec<String> = record.documents(&filter).unwrap().into_iter().map(|document| document.record.id).collect();
        assert_eq!(found, expected, "{filter:?}");
    }
}

#[test]
fn results_come_in_pages_and_can_be_broken_off() {
    let record = record();
    assert_eq!(ids(&record, &Filter { limit: Some(1), offset: 1, ..Filter::default() }), ["a1f7"]);
    assert_eq!(ids(&record, &Filter { order: Order::Surest, limit: Some(1), ..Filter::default() }), ["a1f7"]);
    let mut seen = 0;
    record
        .each_statement(&Filter::default(), |_| {
            seen += 1;
            if seen == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .unwrap();
    assert_eq!(seen, 2);
}

#[test]
fn an_id_or_its_beginning_will_do() {
    let record = record();
    for (id, found) in [("a1f0", "a1f0"), ("b", "b2"), ("a1f7", "a1f7")] {
        assert_eq!(record.statement(id).unwrap().id, found);
    }
    for (id, kind) in [("a1f", ErrorKind::Ambiguous), ("c", ErrorKind::Unknown), ("%", ErrorKind::Unknown), ("", ErrorKind::Ambiguous)] {
        assert_eq!(record.statement(id).unwrap_err().kind(), kind, "{id}");
    }
    assert_eq!(
        record.statement("a1").unwrap_err().to_string(),
        ":memory:: several statements' ids begin with `a1`: a1f0, a1f7; write more of it"
    );
    assert_eq!(record.document("kab").unwrap().record.id, "kabul");
    assert_eq!(record.document("x").unwrap_err().kind(), ErrorKind::Unknown);
}

#[test]
fn summaries_count_statements_and_documents() {
    let record = record();
    let counts = |by| {
        let counts = record.counts(&Filter::default(), by).unwrap();
        counts.into_iter().map(|count| (count.id, count.name, count.statements, count.documents)).collect::<Vec<_>>()
    };
    let row = |id: &str, name: &str, statements, documents| (Some(id.to_owned()), Some(name.to_owned()), statements, documents);
    assert_eq!(counts(By::Actor)[0], row("islamic-state", "Islamic State", 2, 2));
    assert_eq!(counts(By::Actor).len(), 3, "whoever is only words is left out");
    assert_eq!(counts(By::Kind), ["estimate", "event", "relation"].map(|kind| row(kind, kind, 1, 1)));
    assert_eq!(counts(By::Source), [(None, None, 2, 2), row("united-nations", "United Nations", 1, 1)]);
    assert_eq!(counts(By::Publisher), [(None, Some("Reuters".to_owned()), 2, 1), (None, None, 1, 1)]);
    assert_eq!(counts(By::Country), [row("AFG", "AFG", 2, 1), row("SDN", "SDN", 1, 1)]);
    assert_eq!(counts(By::Type).len(), 3);
    assert_eq!(counts(By::Modality)[0], row("asserted", "asserted", 2, 2));
}

#[test]
fn actors_are_listed_with_their_parts_and_dates() {
    let record = record();
    let actors = record.actors(&Filter::default()).unwrap();
    let ids: Vec<&str> = actors.iter().map(|actor| actor.id.as_deref().unwrap()).collect();
    assert_eq!(ids, ["islamic-state", "taliban", "ttp", "united-nations"]);
    let isis = &actors[0];
    assert_eq!((isis.as_actor, isis.as_recipient, isis.as_source, isis.documents), (1, 1, 0, 2));
    assert_eq!((isis.first.as_deref(), isis.last.as_deref()), (Some("2018-01-05"), Some("2018-01-05")));
    assert_eq!((actors[1].first.as_deref(), actors[1].last.as_deref()), (Some("2017-08-01"), Some("2017-08-31")));
    assert_eq!(actors[3].as_source, 1);
    let named = record.actors(&Filter { actors: list(&["ttp"]), ..Filter::default() }).unwrap();
    assert_eq!(named.len(), 1, "only those whom the filter names: {named:?}");
    let kabul = record.actors(&Filter { places: list(&["Kabul"]), ..Filter::default() }).unwrap();
    assert_eq!(kabul.iter().map(|actor| actor.name.as_str()).collect::<Vec<_>>(), ["Taliban", "United Nations"]);
}

#[test]
fn a_long_search_is_a_search() {
    let record = record();
    let text = "taliban fighters ".repeat(5_000);
    assert_eq!(ids(&record, &Filter { text: Some(text.clone()), ..Filter::default() }), ["a1f0"]);
    assert!(ids(&record, &Filter { actors: vec![text; 300], ..Filter::default() }).is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_search_is_an_error(text in r#"[ -~\PC\x00"“”*():^{}+-]{0,24}"#, any: String) {
        let record = record();
        for search in [text, any] {
            let filter = Filter {
                text: Some(search.clone()),
                actors: vec![search.clone()],
                places: vec![search.clone()],
                sources: vec![search.clone()],
                publishers: vec![search],
                ..Filter::default()
            };
            prop_assert!(record.statements(&filter).is_ok());
            prop_assert!(record.documents(&filter).is_ok());
            prop_assert!(record.actors(&filter).is_ok());
        }
    }
}
