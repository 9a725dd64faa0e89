//! What leaves by `sayso export` is a whole file or none; what comes in by `sayso import` lies beside the record and is compared with it.

use crate::support::{Place, ended};

const ACLED: &str = "\
event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,iso,country,location,latitude,longitude,geo_precision,source,notes,fatalities
NIG1,2024-10-05,1,Violence against civilians,Attack,Boko Haram,Civilians (Nigeria),566,Nigeria,Jos,9.9285,8.8921,3,Invented Wire,x,6
BAD1,sometime,1,Battles,Armed clash,A,B,566,Nigeria,Jos,9.9,8.9,1,x,y,1
";

#[test]
fn every_format_is_written_and_a_file_that_is_there_is_kept() {
    let place = Place::with_record();
    for format in [
        "jsonl", "csv", "xlsx", "acled", "ged", "polecat", "geojson", "gpkg", "kml", "graphml", "gexf", "stix", "ftm", "jsonld",
        "markdown", "docx",
    ] {
        let name = format!("out/x.{format}");
        std::fs::create_dir_all(place.path("out")).unwrap();
        let (status, _, told) = ended(place.sayso(&["export", "--format", format, "--out", &name]));
        assert_eq!(status, 0, "{format}: {told}");
        assert!(told.contains("Wrote ") && place.path(&name).metadata().unwrap().len() > 0, "{format}: {told}");
        assert!(!place.path(&format!("{name}.partial")).exists());
        assert_eq!(place.path(&format!("{name}.README.txt")).exists(), matches!(format, "acled" | "ged" | "polecat"), "{format}");
    }
    let (status, _, told) = ended(place.sayso(&["export", "--format", "csv", "--out", "out/x.csv"]));
    assert!(status == 3 && told.contains("--replace"), "{told}");
    assert_eq!(ended(place.sayso(&["export", "--format", "csv", "--out", "out/x.csv", "--replace"])).0, 0);
    for (wrong, expected) in [
        (vec!["export", "--format", "csv", "--out", "nowhere/x.csv"], "cannot be written"),
        (vec!["export", "--format", "gpkg", "--out", "nowhere/x.gpkg"], "directory exists"),
        (vec!["export", "--format", "csv", "--out", "out"], "directory"),
        (vec!["export", "--format", "csv", "--out", "-", "--record", "none.sayso"], "there is no such record"),
        (vec!["export", "date:never", "--format", "csv", "--out", "-"], "not understood"),
    ] {
        let (status, _, told) = ended(place.sayso(&wrong));
        assert!(status == 3 && told.contains(expected), "{wrong:?}: {told}");
    }
}

#[test]
fn a_whole_table_is_written_as_parquet() {
    let place = Place::with_record();
    for of in ["events", "relations", "estimates", "statements", "documents", "members"] {
        let (status, _, told) = ended(place.sayso(&["export", "--format", "parquet", "--of", of, "--out", of]));
        assert!(status == 0 && told.contains(&format!("rows of {of}")), "{told}");
        let bytes = std::fs::read(place.path(of)).unwrap();
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"), "{of}");
    }
    for (wrong, expected) in [
        (vec!["export", "place:Jos", "--format", "parquet", "--out", "x"], "a whole table"),
        (vec!["export", "--format", "parquet", "--of", "actors", "--out", "x"], "no table of actors"),
        (vec!["export", "--format", "csv", "--of", "members", "--out", "x"], "parquet"),
    ] {
        let (status, _, told) = ended(place.sayso(&wrong));
        assert!(status == 3 && told.contains(expected) && !place.path("x").exists(), "{told}");
    }
}

#[test]
fn what_is_asked_and_when_narrows_an_export() {
    let place = Place::with_record();
    let lines = |arguments: &[&str]| {
        let all = [&["export", "--format", "jsonl", "--of", "statements", "--out", "-"], arguments].concat();
        place.prints(&all).lines().count()
    };
    let all = lines(&[]);
    assert!(lines(&["--actor", "boko-haram"]) < all && lines(&["--actor", "boko-haram"]) > 0);
    assert_eq!(lines(&["--until", "1999"]), 0);
    assert_eq!(lines(&["--as-of", "2001-01-01"]), 0);
}

#[test]
fn a_file_of_acled_lies_beside_the_record_is_compared_and_removed() {
    let place = Place::with_record();
    place.write("acled.csv", ACLED);
    let before = place.prints(&["export", "--format", "jsonl", "--of", "statements", "--out", "-", "--as-of", "2999-01-01"]);
    let (status, told, errors) =
        ended(place.sayso(&["import", "acled", "acled.csv", "--licence", "our key", "--by", "Amina", "--errors", "bad.csv"]));
    assert_eq!(status, 1, "one row could not be read: {told}{errors}");
    assert!(told.contains("Import 1: 1 events of acled"), "{told}");
    assert!(std::fs::read_to_string(place.path("bad.csv")).unwrap().contains("acled.csv,3,"));
    assert!(place.prints(&["import", "list"]).contains("our key"));
    let compared = place.prints(&["import", "compare", "1", "--format", "csv"]);
    assert!(compared.starts_with("outcome,their_id,our_id,") && compared.contains("NIG1"), "{compared}");
    let after = place.prints(&["export", "--format", "jsonl", "--of", "statements", "--out", "-", "--as-of", "2999-01-01"]);
    assert_eq!(before, after, "none of theirs is ours");
    let (status, _, told) = ended(place.sayso(&["import", "acled", "acled.csv", "--licence", "our key", "--by", "Amina"]));
    assert!(status == 3 && told.contains("imported already"), "{told}");
    assert!(place.prints(&["import", "remove", "1", "--by", "Amina"]).contains("Removed import 1"));
    assert!(!place.prints(&["import", "list"]).contains("our key"));
    assert!(place.prints(&["verify"]).contains("OK") || ended(place.sayso(&["verify"])).0 == 0);
    for (wrong, expected) in [
        (vec!["import", "ged", "acled.csv", "--licence", "x", "--by", "A"], "it has no column"),
        (vec!["import", "acled", "missing.csv", "--licence", "x", "--by", "A"], "cannot be opened"),
        (vec!["import", "acled", "acled.csv", "--licence", " ", "--by", "A"], "--licence"),
        (vec!["import", "compare", "7"], "there is no import 7"),
    ] {
        let (status, _, told) = ended(place.sayso(&wrong));
        assert!(status == 3 && told.contains(expected), "{wrong:?}: {told}");
    }
}

#[test]
fn a_person_accepts_actors_of_a_list_into_a_registry_that_reading_takes() {
    let place = Place::with_record();
    place.write(
        "list.ftm.json",
        "{\"id\": \"NK-1\", \"schema\": \"Organization\", \"properties\": {\"name\": [\"Zanbar Column\"], \"topics\": [\"crime.terror\"], \"country\": [\"ml\"]}}\n{\"id\": \"NK-2\", \"schema\": \"Person\", \"properties\": {\"name\": [\"Somebody Private\"], \"topics\": [\"sanction\"]}}\n",
    );
    place.prints(&["import", "ftm", "list.ftm.json", "--licence", "CC BY-NC 4.0", "--by", "Amina"]);
    let shown = place.prints(&["import", "candidates", "--format", "csv"]);
    assert!(shown.contains("Zanbar Column") && !shown.contains("Private"), "{shown}");
    place.prints(&["import", "accept", "NK-1", "--registry", "mine.tsv"]);
    assert!(std::fs::read_to_string(place.path("mine.tsv")).unwrap().starts_with("nk-1\tkind\tarmed-group\t"));
    let (status, _, told) = ended(place.sayso(&["import", "accept", "NK-1", "--registry", "mine.tsv"]));
    assert!(status == 3 && told.contains("already"), "{told}");
    place.write("report.txt", "The Zanbar Column killed four soldiers near Gao on 3 May 2024, the army said.");
    let coded = place.prints(&["code", "report.txt", "--registry", "mine.tsv"]);
    assert!(coded.contains("\"actor_id\":\"nk-1\""), "{coded}");
}
