//! Where and when events are shown, and how surely: never a dot where only an area is told, and nothing left out in silence.

use axum::http::StatusCode;
use serde_json::Value;

use crate::reports::{answered, desk, json, text, workbench};

const REPORTS: [&str; 5] = [
    r#"{"id": "kabul", "publisher": "North Wire", "published": "2031-03-04", "title": "Six killed",
        "text": "A suicide bomber killed six people in Kabul on 3 March 2031, police said.\n\nGunmen killed four soldiers in Helmand province on 5 March 2030, the army said."}"#,
    r#"{"id": "copy", "publisher": "Evening Star", "credit": "North Wire", "published": "2031-03-05", "title": "Six killed",
        "text": "A suicide bomber killed six people in Kabul on 3 March 2031, police said.\n\nGunmen killed four soldiers in Helmand province on 5 March 2030, the army said."}"#,
    r#"{"id": "nigeria", "publisher": "Sahel Wire", "published": "2031-03-09", "title": "Two killed",
        "text": "Boko Haram killed two soldiers in Nigeria in February 2031, officials said."}"#,
    r#"{"id": "unplaced", "publisher": "Sahel Wire", "published": "2031-03-10", "title": "Nine killed", "text": "Gunmen killed nine villagers, residents said."}"#,
    r#"{"id": "hostile", "publisher": "<img src=x>", "published": "2031-03-10", "title": "<script>alert(1)</script>",
        "text": "<script>alert(1)</script> The Taliban killed one guard in Herat on 9 March 2031, police said."}"#,
];

/// The spots of an answer: name, precision, whether it has an area, events.
fn spots(answer: &Value) -> Vec<(String, String, bool, u64)> {
    let spot = |spot: &Value| {
        let text = |field: &str| spot[field].as_str().unwrap().to_owned();
        (text("name"), text("precision"), spot["km"].as_f64().unwrap() > 0.0, spot["events"].as_u64().unwrap())
    };
    let mut spots: Vec<_> = answer["spots"].as_array().unwrap().iter().map(spot).collect();
    spots.sort();
    spots
}

#[tokio::test]
async fn only_an_exact_place_is_a_dot_and_copies_are_one_event() {
    let (_directory, router) = workbench(&REPORTS);
    let answer = json(&router, "/map").await;
    let named = |name: &str| spots(&answer).into_iter().find(|spot| spot.0.starts_with(name));
    assert_eq!(named("Kabul").map(|(_, precision, area, events)| (precision, area, events)), Some(("exact".to_owned(), false, 1)));
    let (_, precision, area, events) = named("Helmand").unwrap();
    assert_eq!((precision.as_str(), area, events), ("province", true, 1));
    let helmand = answer["spots"].as_array().unwrap().iter().find(|spot| spot["precision"] == "province").unwrap();
    // The province is some 300 km long; its capital is not what is meant.
    assert!((40.0..250.0).contains(&helmand["km"].as_f64().unwrap()), "{helmand}");
    assert_eq!(answer["countries"][0]["country"], "NGA");
    assert!(named("Nigeria").is_none());
}

#[tokio::test]
async fn what_cannot_be_drawn_is_counted_and_listed() {
    let (_directory, router) = workbench(&REPORTS);
    let answer = json(&router, "/map?bbox=60,30,75,38").await;
    let counts = &answer["counts"];
    assert_eq!((&counts["in_box"], &counts["country_only"], &counts["without_place"]), (&Value::from(3), &Value::from(1), &Value::from(1)));
    assert_eq!(counts["all"], 5);
    for (asked, expected) in [("place=country", "boko-haram"), ("place=none", "villagers"), ("when=none", "villagers")] {
        let listed = json(&router, &format!("/map?{asked}")).await["events"].to_string();
        assert!(listed.contains(expected), "{asked}: {listed}");
    }
    let page = text(&router, "/map?bbox=60,30,75,38").await;
    for expected in ["are known only to a country", "have no place", "have no known time", "place=country", "place=none", "when=none"] {
        assert!(page.contains(expected), "{expected}");
    }
    let elsewhere = json(&router, "/map?bbox=-20,0,-10,10").await;
    assert_eq!((&elsewhere["counts"]["in_box"], &elsewhere["counts"]["elsewhere"]), (&Value::from(0), &Value::from(3)));
    assert!(text(&router, "/map?bbox=-20,0,-10,10").await.contains("Take out a filter, move the map"));
}

#[tokio::test]
async fn time_is_certain_or_possible() {
    let (_directory, router) = workbench(&REPORTS);
    let number = async |asked: &str| json(&router, &format!("/map?{asked}")).await["counts"]["listed"].as_u64().unwrap();
    assert_eq!(number("since=2031-02-10&until=2031-02-10").await, 1, "in February can be on the tenth");
    assert_eq!(number("since=2031-02-10&until=2031-02-10&times=certain").await, 0);
    assert_eq!(number("since=2031-02&until=2031-02&times=certain").await, 1);
    assert_eq!(number("since=2031&until=2031").await, 3);
    let bars = &json(&router, "/map").await["time"];
    let counted: u64 = bars["bars"].as_array().unwrap().iter().map(|bar| bar["certain"].as_u64().unwrap()).sum();
    assert_eq!((bars["step"].as_str().unwrap(), counted), ("month", 4));
}

#[tokio::test]
async fn filters_hold_and_pages_follow_each_other() {
    let (_directory, router) = workbench(&REPORTS);
    let number = async |asked: &str| json(&router, &format!("/map?{asked}")).await["counts"]["all"].as_u64().unwrap();
    for (asked, expected) in [
        ("country=AFG", 3),
        ("country=afg,nga", 4),
        ("actor=boko-haram", 1),
        ("actor=nobody", 0),
        ("type=assault", 5),
        ("type=protest", 0),
        ("status=none-such", 0),
    ] {
        assert_eq!(number(asked).await, expected, "{asked}");
    }
    let spot =
        json(&router, "/map").await["spots"].as_array().unwrap().iter().find(|spot| spot["precision"] == "province").unwrap()["place"]
            .clone();
    let listed = json(&router, &format!("/map?place={}", spot.as_str().unwrap())).await;
    assert_eq!(listed["counts"]["listed"], 1);
    let last = json(&router, "/map?since=2031-03").await["events"][0]["event"]["id"].clone();
    assert!(last.as_str().unwrap().starts_with("e-"));
}

#[tokio::test]
async fn the_table_tells_the_same_without_script() {
    let (_directory, router) = workbench(&REPORTS);
    let page = text(&router, "/map").await;
    for expected in [
        "Kabul",
        "province only",
        "country only",
        "no place",
        "Time as a table",
        "What the shapes mean",
        "name=\"since\"",
        "name=\"until\"",
    ] {
        assert!(page.contains(expected), "{expected}");
    }
    assert!(!page.contains("<script>") && !page.contains("<img") && !page.contains(" style="));
    assert!(page.contains("/ui/vendor/maplibre-gl/maplibre-gl.css"));
}

#[tokio::test]
async fn geojson_says_how_sure_each_place_is() {
    let (_directory, router) = workbench(&REPORTS);
    let (status, headers, body) = answered(&router, "/api/v1/map?format=geojson", None).await;
    assert_eq!((status, headers["content-type"].to_str().unwrap()), (StatusCode::OK, "application/geo+json"));
    let features: Value = serde_json::from_slice(&body).unwrap();
    let of = |precision: Value| {
        features["features"].as_array().unwrap().iter().find(|one| one["properties"]["precision"] == precision).unwrap().clone()
    };
    assert_eq!(of(Value::from("exact"))["properties"]["uncertainty_km"], 0.0);
    assert!(of(Value::from("province"))["properties"]["uncertainty_km"].as_f64().unwrap() > 40.0);
    assert_eq!(of(Value::Null)["geometry"], Value::Null);
}

#[tokio::test]
async fn what_makes_no_sense_is_said() {
    let (_directory, router) = workbench(&REPORTS[..1]);
    for asked in ["bbox=1,2,3", "since=yesterday", "place=everywhere", "after=x", "format=kml", "as-of=never"] {
        let (status, headers, _) = answered(&router, &format!("/api/v1/map?{asked}"), None).await;
        assert_eq!((status, headers["content-type"].to_str().unwrap()), (StatusCode::BAD_REQUEST, "application/problem+json"), "{asked}");
    }
    let before = json(&router, "/map?as-of=2001-01-01").await;
    assert_eq!(before["counts"]["all"], 0);
}

#[tokio::test]
async fn own_tiles_are_handed_out_in_stretches() {
    let (directory, desk) = desk(&REPORTS[..1]);
    let tiles = directory.path().join("own.pmtiles");
    std::fs::write(&tiles, b"PMTiles0123456789").unwrap();
    let without = sayso_server::router(desk);
    assert_eq!(answered(&without, "/tiles", Some("bytes=0-6")).await.0, StatusCode::NOT_FOUND);
    drop(without);
    let desk = sayso_server::Desk::open(&directory.path().join("record.sayso")).unwrap().with_tiles(Some(tiles));
    let router = sayso_server::router(desk);
    let (status, headers, body) = answered(&router, "/tiles", Some("bytes=0-6")).await;
    assert_eq!(
        (status, body.as_slice(), headers["content-range"].to_str().unwrap()),
        (StatusCode::PARTIAL_CONTENT, b"PMTiles".as_slice(), "bytes 0-6/17")
    );
    assert_eq!(answered(&router, "/tiles", Some("bytes=99-120")).await.0, StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(answered(&router, "/tiles", None).await.0, StatusCode::BAD_REQUEST);
    assert!(text(&router, "/map").await.contains("data-tiles"));
}
