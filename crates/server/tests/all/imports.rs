//! Others' data lie beside the record and are compared with it; what leaves the workbench leaves in every form.

use crate::reports;

#[tokio::test]
async fn what_is_imported_is_compared_and_is_no_part_of_the_record() {
    let report = r#"{"id": "kabul", "publisher": "North Wire", "published": "2031-03-04", "title": "Six killed",
        "text": "A suicide bomber killed six people in Kabul on 3 March 2031, police said."}"#;
    let (directory, desk) = reports::desk(&[report]);
    let theirs = "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,iso,country,location,latitude,longitude,geo_precision,fatalities\n\
        AFG<b>1,2031-03-03,1,Explosions/Remote violence,Suicide bomb,Islamic State,4,Afghanistan,Kabul,34.5281,69.1723,1,12\n\
        AFG2,2031-03-03,1,Protests,Peaceful protest,Protesters,4,Afghanistan,Kabul,34.5281,69.1723,1,0\n";
    let read = sayso_exchange::import::Dataset::Acled.read(theirs.as_bytes()).unwrap();
    let row = |event: &sayso_exchange::import::TheirEvent| sayso_store::ImportedRow {
        id: event.id.clone(),
        earliest: event.earliest.clone(),
        latest: event.latest.clone(),
        record: serde_json::to_value(event).unwrap(),
    };
    let import = sayso_store::NewImport {
        dataset: "acled".to_owned(),
        version: None,
        licence: "our <i>key</i>".to_owned(),
        file: "acled.csv".to_owned(),
        sha256: "00".to_owned(),
    };
    let mut record = sayso_store::Record::open_to_change(&directory.path().join("record.sayso"), reports::NOW).unwrap();
    record.import(&import, &read.events.iter().map(row).collect::<Vec<_>>(), "Amina").unwrap();
    drop(record);
    let router = sayso_server::router(desk);
    let answer = reports::json(&router, "/imports/1/comparison").await;
    let counted = |name: &str| answer[name].as_u64().unwrap();
    assert_eq!((counted("matched"), counted("differing"), counted("only_theirs"), counted("only_ours")), (1, 1, 1, 0), "{answer}");
    let page = reports::text(&router, "/book/imports/1").await;
    for expected in ["AFG&lt;b&gt;1", "our &lt;i&gt;key", "differs", "only theirs"] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(reports::text(&router, "/book/imports").await.contains("acled.csv"));
    assert!(reports::text(&router, "/book").await.contains("2 rows of acled"));
    let exported =
        reports::text(&router, "/api/v1/export?format=jsonl").await + &reports::text(&router, "/api/v1/export?format=acled").await;
    assert!(!exported.contains("AFG<b>1") && exported.contains("e-"), "no export takes theirs along");
    for (address, expected) in [("/imports/9/comparison", "NOT_FOUND"), ("/imports/1/comparison?days=-1", "BAD_REQUEST")] {
        let (status, _, _) = reports::answered(&router, &format!("/api/v1{address}"), None).await;
        assert_eq!(format!("{status:?}"), if expected == "NOT_FOUND" { "404" } else { "400" }, "{address}");
    }
}

#[tokio::test]
async fn every_form_of_an_export_is_a_file_of_its_own_kind() {
    let report = r#"{"id": "kabul", "publisher": "North Wire", "published": "2031-03-04", "title": "Six killed",
        "text": "A suicide bomber killed six people in Kabul on 3 March 2031, police said."}"#;
    let (_directory, router) = reports::workbench(&[report]);
    for (format, kind, begins) in [
        ("acled", "text/csv", "event_id_cnty,"),
        ("ged", "text/csv", "id,relid,"),
        ("polecat", "text/tab-separated-values", "Event ID\t"),
        ("geojson", "application/geo+json", "{\"type\":\"FeatureCollection\""),
        ("gpkg", "application/geopackage+sqlite3", "SQLite format 3"),
        ("kml", "application/vnd.google-earth.kml+xml", "<?xml"),
        ("graphml", "application/graphml+xml", "<?xml"),
        ("gexf", "application/gexf+xml", "<?xml"),
        ("stix", "application/stix+json", "{\"type\":\"bundle\""),
        ("ftm", "application/json+ftm", "{\"id\":\"sayso-"),
        ("jsonld", "application/ld+json", "{\"@context\""),
        ("markdown", "text/markdown", "# Brief"),
        ("docx", "application/vnd.openxmlformats-officedocument", "PK"),
    ] {
        let (status, headers, body) = reports::answered(&router, &format!("/api/v1/export?format={format}"), None).await;
        assert_eq!(status.as_u16(), 200, "{format}");
        assert!(headers["content-type"].to_str().unwrap().starts_with(kind), "{format}: {headers:?}");
        assert!(headers["content-disposition"].to_str().unwrap().starts_with("attachment; filename=\"sayso-"), "{format}");
        assert!(body.starts_with(begins.as_bytes()), "{format}: {}", String::from_utf8_lossy(&body[..body.len().min(80)]));
    }
}
