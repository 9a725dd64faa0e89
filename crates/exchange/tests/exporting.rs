//! Each form holds what is told as surely as it is told: unknown stays unknown, an area is no pin, and every line leads to its words.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod record;

use std::collections::BTreeMap;

use record::{exported, text};
use sayso_exchange::list::What;
use sayso_exchange::stix::ActorsAs;
use sayso_exchange::{Choice, Error, Format};
use serde_json::Value;

/// The rows of a table by their column, in order.
fn rows(text: &str, delimiter: u8) -> Vec<BTreeMap<String, String>> {
    let mut table = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    table.deserialize().map(|row| row.unwrap()).collect()
}

/// The row that tells of a place, or of none.
fn at<'r>(rows: &'r [BTreeMap<String, String>], column: &str, value: &str) -> &'r BTreeMap<String, String> {
    rows.iter().find(|row| row[column] == value).unwrap_or_else(|| panic!("no row with {column} {value}: {rows:?}"))
}

#[test]
fn every_form_is_what_it_was_when_a_person_last_read_it() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("exports");
    std::fs::create_dir_all(&folder).unwrap();
    let golden = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut differing = Vec::new();
    for format in Format::ALL {
        let (bytes, written) = exported("", format, Choice::default()).unwrap();
        assert!(written.written > 0, "{}", format.as_str());
        let name = format.file_name(What::Events);
        std::fs::write(folder.join(&name), &bytes).unwrap();
        // Archives and databases are opened by `cargo xtask exchange`; what is text is compared here.
        if !matches!(format, Format::Xlsx | Format::Gpkg | Format::Docx) && std::fs::read(golden.join(&name)).unwrap_or_default() != bytes {
            differing.push(name);
        }
    }
    assert!(differing.is_empty(), "{differing:?}: compare tests/golden with {}, and copy what is right", folder.display());
}

#[test]
fn acled_shaped_rows_tell_unknown_from_none() {
    let table = rows(&text("", Format::Acled), b',');
    let header = text("", Format::Acled).lines().next().unwrap().to_owned();
    assert!(header.starts_with("event_id_cnty,event_date,year,time_precision,disorder_type,event_type,"), "{header}");
    let kabul = at(&table, "location", "Kabul");
    for (column, expected) in [
        ("event_date", "2031-03-03"),
        ("time_precision", "1"),
        ("sub_event_type", "Suicide bomb"),
        ("disorder_type", "Political violence"),
        ("iso", "4"),
        ("country", "Afghanistan"),
        ("geo_precision", "1"),
        // ACLED: the lowest reported; the hospital's nine stand beside it.
        ("fatalities", "6"),
        ("x_killed_most", "9"),
        ("x_independent_sources", "2"),
        ("x_reports", "3"),
        ("x_status", "contested"),
        ("x_denied_by", "Taliban"),
        ("x_not_acled", "Made by sayso from news reports. Not ACLED data."),
    ] {
        assert_eq!(kabul[column], expected, "{column}");
    }
    let unplaced = at(&table, "x_place_as_told", "");
    assert_eq!((unplaced["latitude"].as_str(), unplaced["event_date"].as_str()), ("", ""));
    assert_eq!(unplaced["fatalities"], "12", "ACLED's number for dozens");
    assert!(unplaced["x_departures"].contains("place not told"), "{unplaced:?}");
    let nigeria = at(&table, "country", "Nigeria");
    assert_eq!((nigeria["latitude"].as_str(), nigeria["geo_precision"].as_str()), ("", ""), "a country's middle would be a false pin");
    assert_eq!((nigeria["event_date"].as_str(), nigeria["time_precision"].as_str()), ("2031-02-14", "3"));
    assert!(table.iter().all(|row| row["x_place_as_told"] != "Ghazni"), "what is only planned has not happened");
}

#[test]
fn no_number_is_told_where_reports_tell_none() {
    let table = rows(&text("type:reject OR type:assault", Format::Csv), b',');
    assert!(!table.is_empty());
    for row in rows(&text("", Format::Acled), b',') {
        assert_eq!(row["fatalities"].is_empty(), row["x_killed_least"].is_empty() && row["x_killed_most"].is_empty(), "{row:?}");
    }
}

#[test]
fn ged_shaped_rows_add_up() {
    let table = rows(&text("", Format::Ged), b',');
    let helmand = at(&table, "where_coordinates", "Helmand");
    assert_eq!((helmand["where_prec"].as_str(), helmand["date_prec"].as_str(), helmand["best"].as_str()), ("4", "1", "4"));
    assert_eq!((helmand["deaths_unknown"].as_str(), helmand["deaths_a"].as_str()), ("4", ""), "nobody says of which side they were");
    let herat = at(&table, "where_coordinates", "Herat");
    assert_eq!((herat["type_of_violence"].as_str(), herat["deaths_civilians"].as_str(), herat["side_b"].as_str()), ("3", "1", "Civilians"));
    let kabul = at(&table, "where_coordinates", "Kabul");
    assert_eq!((kabul["low"].as_str(), kabul["best"].as_str(), kabul["high"].as_str()), ("6", "6", "9"));
    assert!(kabul["source_article"].contains("\"North Wire,2031-03-04,Six killed in Kabul\""), "{}", kabul["source_article"]);
}

#[test]
fn polecat_shaped_rows_are_statements() {
    let table = rows(&text("", Format::Polecat), b'\t');
    let denied = table.iter().find(|row| row["Event Type"] == "REJECT").unwrap();
    assert_eq!(denied["Quad Code"], "VERBAL CONFLICT");
    let planned = at(&table, "Placename", "Ghazni");
    assert_eq!((planned["x_modality"].as_str(), planned["Event Date"].as_str()), ("future", ""), "a month is no day");
}

#[test]
fn geojson_draws_areas_as_areas() {
    let collection: Value = serde_json::from_str(&text("", Format::Geojson)).unwrap();
    let shape = |place: &str| {
        let feature = collection["features"].as_array().unwrap().iter().find(|feature| feature["properties"]["place"] == place).unwrap();
        (feature["geometry"]["type"].as_str().map(ToOwned::to_owned), feature["properties"]["precision"].clone())
    };
    assert_eq!(shape("Kabul"), (Some("Point".to_owned()), "exact".into()));
    assert_eq!(shape("Helmand"), (Some("Polygon".to_owned()), "province".into()));
    assert_eq!(shape("Nigeria"), (None, "country".into()));
    assert_eq!(collection["origin"]["licence"], "CC BY 4.0, our desk");
}

#[test]
fn geojson_and_json_lines_read_back_as_the_same_events() {
    let lines: Vec<Value> = text("", Format::Jsonl).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let collection: Value = serde_json::from_str(&text("", Format::Geojson)).unwrap();
    let features = collection["features"].as_array().unwrap();
    assert_eq!(features.len(), lines.len());
    for (feature, line) in features.iter().zip(&lines) {
        assert_eq!(feature["id"], line["id"]);
        for (property, field) in [("type", "type"), ("mode", "mode"), ("time", "time"), ("earliest", "earliest"), ("latest", "latest")] {
            assert_eq!(feature["properties"][property], line[field], "{property} of {}", line["id"]);
        }
        let killed = line["counts"].as_array().unwrap().iter().find(|count| count["of"] == "killed").cloned().unwrap_or_default();
        for (property, field) in [("killed_low", "low"), ("killed_best", "best"), ("killed_high", "high"), ("killed_most", "most")] {
            assert_eq!(feature["properties"][property], killed[field], "{property} of {}", line["id"]);
        }
    }
}

#[test]
fn stix_carries_denials_as_opinions_and_groups_as_neutral_identities() {
    let objects = |choice: Choice| {
        let bundle: Value = serde_json::from_slice(&exported("", Format::Stix, choice).unwrap().0).unwrap();
        bundle["objects"].as_array().unwrap().clone()
    };
    let plain = objects(Choice::default());
    let of = |objects: &[Value], kind: &str| objects.iter().filter(|object| object["type"] == kind).count();
    assert_eq!(of(&plain, "threat-actor"), 0, "whether somebody is a threat actor is a person's judgement");
    let denial = plain.iter().find(|object| object["opinion"] == "strongly-disagree").unwrap();
    assert_eq!(denial["authors"][0], "Taliban");
    let place = plain.iter().find(|object| object["name"] == "Helmand").unwrap();
    assert!(place["precision"].as_f64().unwrap() > 40_000.0, "a province is no point: {place}");
    assert!(plain.iter().any(|object| object["relationship_type"] == "pledged-to"));
    let judged = objects(Choice { actors: ActorsAs::ThreatActors, ..Choice::default() });
    assert!(of(&judged, "threat-actor") > 0);
    assert_eq!(exported("", Format::Stix, Choice::default()).unwrap().0, exported("", Format::Stix, Choice::default()).unwrap().0);
}

#[test]
fn follow_the_money_dates_are_prefixes() {
    let entities: Vec<Value> = text("", Format::Ftm).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let event = |place: &str| {
        let named = |entity: &&Value| {
            entity["schema"] == "Event" && entity["properties"]["location"][0].as_str().is_some_and(|at| at.contains(place))
        };
        entities.iter().find(named).unwrap_or_else(|| panic!("no event at {place}"))["properties"].clone()
    };
    assert_eq!(event("Nigeria")["date"][0], "2031-02");
    assert_eq!(event("Kabul")["date"][0], "2031-03-03");
    assert!(event("Kabul")["notes"].as_array().unwrap().iter().any(|note| note.as_str().unwrap().starts_with("killed:")));
    let ids: Vec<&str> = entities.iter().map(|entity| entity["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), ids.iter().collect::<std::collections::BTreeSet<_>>().len(), "each entity stands once");
}

#[test]
fn linked_data_find_their_words_and_their_originals() {
    let graph: Value = serde_json::from_str(&text("", Format::Jsonld)).unwrap();
    let nodes = graph["@graph"].as_array().unwrap();
    let copy = nodes.iter().find(|node| node["id"] == "urn:sayso:document:copy").unwrap();
    assert_eq!(copy["wasDerivedFrom"], "urn:sayso:document:kabul");
    let annotation = nodes.iter().find(|node| node["hasTarget"]["hasSource"] == "urn:sayso:document:helmand").unwrap();
    let selectors = annotation["hasTarget"]["hasSelector"].as_array().unwrap();
    assert!(selectors[0]["exact"].as_str().unwrap().starts_with("The Taliban killed four soldiers"), "{annotation}");
    assert_eq!(selectors[1]["start"], "0");
    let hostile = nodes.iter().find(|node| node["id"] == "urn:sayso:document:hostile").unwrap();
    assert_eq!(hostile.get("url"), None, "an address that is none of the web is not made a link");
}

#[test]
fn a_brief_lays_disputes_side_by_side() {
    let brief = text("place:Kabul", Format::Markdown);
    for expected in ["# Brief: place:Kabul", "contested", "Responsibility: Taliban denied[^", "Evening Star", "[^1]: "] {
        assert!(brief.contains(expected), "{expected}: {brief}");
    }
    assert!(!brief.contains("Helmand"));
    let nothing = exported("place:Nowhere", Format::Markdown, Choice::default()).unwrap().0;
    assert!(String::from_utf8(nothing).unwrap().contains("nothing on this question"));
}

#[test]
fn a_formula_in_a_report_stays_text() {
    let tables = [rows(&text("", Format::Ged), b','), rows(&text("", Format::Polecat), b'\t'), rows(&text("", Format::Acled), b',')];
    let cells: Vec<&String> = tables.iter().flatten().flat_map(BTreeMap::values).collect();
    assert!(cells.iter().any(|cell| cell.starts_with("'=Villagers")), "the report's title is there");
    assert!(cells.iter().all(|cell| !cell.starts_with('=')));
}

#[test]
fn what_is_asked_narrows_what_is_written() {
    for format in [Format::Acled, Format::Geojson, Format::Stix, Format::Ftm] {
        let all = exported("", format, Choice::default()).unwrap().1;
        let some = exported("country:AFG", format, Choice::default()).unwrap().1;
        assert!(some.written > 0 && some.written < all.written, "{}: {some:?} of {all:?}", format.as_str());
    }
    let left_out = exported("", Format::Acled, Choice::default()).unwrap().1.left_out;
    assert_eq!(left_out.get("told only as planned or expected"), Some(&1), "{left_out:?}");
}

#[test]
fn a_file_that_is_there_is_never_written_over() {
    let (directory, path) = record::record();
    let record = sayso_store::Record::open_read_only(&path).unwrap();
    let made = record::made();
    let question = sayso::question::Question::default();
    let export = sayso_exchange::Export { record: &record, linker: &record::LINKER, question: &question, made: &made };
    let file = directory.path().join("there.csv");
    std::fs::write(&file, "mine").unwrap();
    let error = sayso_exchange::write_file(&export, Format::Csv, Choice::default(), &file).unwrap_err();
    assert!(matches!(error, Error::Write(_)), "{error}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "mine");
}
