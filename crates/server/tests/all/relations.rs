//! Who stood to whom in which way, when, on whose word: told with its gaps, its denials and its turns.

use axum::http::StatusCode;
use sayso::types::record::GroupKind;
use sayso_store::Record;
use sayso_store::query::GroupFilter;
use serde_json::Value;

use crate::reports::{answered, json, text, workbench};

const REPORTS: [&str; 8] = [
    r#"{"id": "allied", "publisher": "Horn Daily", "published": "2030-01-05", "title": "Ties", "text": "Al-Shabaab is allied with al-Qaeda, Somali officials said."}"#,
    r#"{"id": "denied", "publisher": "Coast Post", "published": "2030-02-05", "title": "Denial", "text": "Al-Shabaab is not allied with al-Qaeda, a spokesman for the group said."}"#,
    r#"{"id": "broken", "publisher": "Horn Daily", "published": "2031-06-05", "title": "Ties cut", "text": "Al-Shabaab ended its alliance with al-Qaeda in May 2031, Somali officials said."}"#,
    r#"{"id": "again", "publisher": "Horn Daily", "published": "2033-06-05", "title": "Ties again", "text": "Al-Shabaab is allied with al-Qaeda, Kenyan officials said."}"#,
    r#"{"id": "rivals", "publisher": "Coast Post", "published": "2032-02-05", "title": "Rivals", "text": "Al-Shabaab is a rival of al-Qaeda, Kenyan officials said."}"#,
    r#"{"id": "pledge", "publisher": "Coast Post", "published": "2030-02-07", "title": "Pledge", "text": "Boko Haram pledged allegiance to the Islamic State in March 2029."}"#,
    r#"{"id": "arms", "publisher": "Coast Post", "published": "2030-03-07", "title": "<b>Arms</b>", "text": "Iran has armed the Houthis since 2027, a U.N. report said."}"#,
    r#"{"id": "copy", "publisher": "Evening Star", "credit": "Coast Post", "published": "2030-03-08", "title": "Arms", "text": "Iran has armed the Houthis since 2027, a U.N. report said."}"#,
];

async fn lane(router: &axum::Router, actor: &str, type_code: &str) -> Value {
    let timeline = json(router, &format!("/timeline?actor={actor}")).await;
    let lanes = timeline["lanes"].as_array().unwrap();
    lanes.iter().find(|lane| lane["relation"]["type"] == type_code).unwrap_or_else(|| panic!("{timeline}")).clone()
}

#[tokio::test]
async fn a_relation_that_ended_and_began_again_has_two_periods() {
    let (_directory, router) = workbench(&REPORTS);
    let lane = lane(&router, "al-shabaab", "allied_with").await;
    let periods = lane["periods"].as_array().unwrap();
    assert_eq!(periods.len(), 2, "{lane}");
    assert_eq!(
        (&periods[0]["first_cited"], &periods[0]["end"], &periods[0]["ended"]),
        (&"2030-01-05".into(), &"2031-05".into(), &true.into())
    );
    assert_eq!((&periods[1]["first_cited"], &periods[1]["ended"]), (&"2033-06-05".into(), &false.into()));
    assert_eq!(lane["denied"], 1);
}

#[tokio::test]
async fn a_network_on_a_day_shows_what_then_held() {
    let (_directory, router) = workbench(&REPORTS);
    for (on, expected) in [
        ("2029-06-01", vec![]),
        ("2030-06", vec![("allied_with", "cited")]),
        ("2032-06-01", vec![("rival_of", "last-cited")]),
        ("2033-07", vec![("allied_with", "last-cited"), ("rival_of", "last-cited")]),
    ] {
        let network = json(&router, &format!("/network?actor=al-shabaab&on={on}")).await;
        let mut held: Vec<(&str, &str)> = network["edges"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|edge| edge["relations"].as_array().unwrap())
            .map(|tied| (tied["type"].as_str().unwrap(), tied["standing"].as_str().unwrap()))
            .collect();
        held.sort_unstable();
        assert_eq!(held, expected, "{on}");
    }
}

#[tokio::test]
async fn quotes_for_and_against_lead_to_their_words() {
    let (_directory, router) = workbench(&REPORTS);
    let id = lane(&router, "al-shabaab", "allied_with").await["relation"]["id"].as_str().unwrap().to_owned();
    let answer = json(&router, &format!("/relations/{id}")).await;
    let sides: Vec<&str> = answer["quotes"].as_array().unwrap().iter().map(|quote| quote["side"].as_str().unwrap()).collect();
    assert_eq!(sides, ["holds", "denied", "ends", "holds"]);
    assert!(!answer["reversals"].as_array().unwrap().is_empty(), "{answer}");
    let page = text(&router, &format!("/relation/{id}")).await;
    for expected in [
        "It holds",
        "It is not so",
        "It ended",
        "is not allied with",
        "Somali officials",
        "href=\"/statement/",
        "href=\"/document/denied\"",
        "data-preview",
        "turned",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
}

#[tokio::test]
async fn a_copy_adds_no_source_and_text_is_never_markup() {
    let (_directory, router) = workbench(&REPORTS);
    let lane = lane(&router, "iran", "supports").await;
    assert_eq!((&lane["relation"]["documents"], &lane["relation"]["sources"]), (&2.into(), &1.into()), "{lane}");
    let page = text(&router, &format!("/relation/{}", lane["relation"]["id"].as_str().unwrap())).await;
    assert!(
        page.contains("1 independent source<") && page.contains("2 reports") && page.contains("&lt;b&gt;Arms") && !page.contains("<b>Arms"),
        "{page}"
    );
}

#[tokio::test]
async fn lanes_mark_told_starts_cited_days_and_turns_and_a_table_tells_the_same() {
    let (_directory, router) = workbench(&REPORTS);
    let page = text(&router, "/relations?actor=al-shabaab&on=2032").await;
    for expected in [
        "first cited: 2030-01-05",
        "end, as told: 2031-05-31",
        "Nobody told its end",
        "⚑ turned",
        "The same as a table",
        "period 2",
        "as told of 2032-12-31",
        "Matrix",
        "told before, no end told",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(!page.contains(" style=") && !page.contains("<script>"));
    let pledge = text(&router, "/relations?actor=boko-haram").await;
    assert!(pledge.contains("start, as told: 2029-03-01"), "{pledge}");
}

#[tokio::test]
async fn without_an_actor_one_begins_with_all() {
    let (_directory, router) = workbench(&REPORTS);
    let page = text(&router, "/relations").await;
    for expected in ["Who has most ties", "actor=al-qaeda", "Told last", "The strongest ties", "GraphML"] {
        assert!(page.contains(expected), "{expected}");
    }
    let (_directory, empty) = workbench(&[r#"{"id": "a", "text": "It rained in Kabul."}"#]);
    let page = text(&empty, "/relations").await;
    assert!(page.contains("No relation of two known actors") && page.contains("Nothing ties anybody here"));
    assert!(text(&empty, "/relations?actor=nobody").await.contains("tells of no such relation"));
}

#[tokio::test]
async fn networks_are_written_for_other_programs_with_their_days() {
    let (_directory, router) = workbench(&REPORTS);
    let gexf = text(&router, "/api/v1/network?format=gexf").await;
    let graphml = text(&router, "/api/v1/network?format=graphml").await;
    for (file, expected) in [
        (&gexf, "<spell start=\"2030-01-05\" end=\"2031-05-31\"/><spell start=\"2033-06-05\"/>"),
        (&gexf, "type=\"undirected\" label=\"allied with\""),
        (&gexf, "label=\"Boko Haram\""),
        (&graphml, "<data key=\"symmetric\">true</data>"),
        (&graphml, "<data key=\"start\">2029-03</data>"),
        (&graphml, "2030-01-05/2031-05-31; 2033-06-05/.."),
    ] {
        assert!(file.contains(expected), "{expected}: {file}");
    }
    for file in [&gexf, &graphml] {
        let mut reader = quick_xml::Reader::from_str(file);
        while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
    }
    let edges = text(&router, "/api/v1/network?format=edges.csv").await;
    assert!(edges.starts_with("id,from,to,type,symmetric,mode,") && edges.contains("iran,houthis,supports,false,arms"), "{edges}");
    let nodes = text(&router, "/api/v1/network?format=nodes.csv").await;
    assert!(nodes.contains("boko-haram,Boko Haram"), "{nodes}");
}

#[tokio::test]
async fn a_series_shows_its_ranges_with_their_words() {
    let reports = [
        r#"{"id": "first", "publisher": "Horn Daily", "published": "2030-01-05", "title": "Strength", "text": "Al-Shabaab has between 4,000 and 5,000 fighters, a U.N. report said."}"#,
        r#"{"id": "second", "publisher": "Coast Post", "published": "2031-01-05", "title": "More", "text": "Al-Shabaab has at least 7,000 fighters, Somali officials said."}"#,
    ];
    let (directory, router) = workbench(&reports);
    let record = Record::open_read_only(&directory.path().join("record.sayso")).unwrap();
    let series = record.groups(&GroupFilter { kinds: vec![GroupKind::Estimate], ..GroupFilter::default() }).unwrap();
    let id = &series.items[0].id;
    let answer = json(&router, &format!("/estimates/{id}")).await;
    let points: Vec<(&Value, &Value, &Value)> =
        answer["series"]["points"].as_array().unwrap().iter().map(|point| (&point["low"], &point["high"], &point["day"])).collect();
    assert_eq!(points, [(&4000.into(), &5000.into(), &"2030-01-05".into()), (&7000.into(), &Value::Null, &"2031-01-05".into())]);
    let page = text(&router, &format!("/estimate/{id}")).await;
    for expected in [
        "between 4,000 and 5,000 fighters",
        "at least 7,000 fighters",
        "2 estimates, 2 independent sources",
        "Lowest",
        "<svg",
        "href=\"/statement/",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
}

#[tokio::test]
async fn what_is_not_there_or_makes_no_sense_is_said() {
    let (_directory, router) = workbench(&REPORTS[..1]);
    for (address, expected) in [
        ("/api/v1/relations/r-none", StatusCode::NOT_FOUND),
        ("/api/v1/network?on=someday", StatusCode::BAD_REQUEST),
        ("/api/v1/network?format=dot", StatusCode::BAD_REQUEST),
        ("/relation/r-none", StatusCode::NOT_FOUND),
    ] {
        assert_eq!(answered(&router, address, None).await.0, expected, "{address}");
    }
    assert_eq!(json(&router, "/timeline").await["lanes"], Value::Array(Vec::new()));
}
