//! What was read can be asked for, in each form, and shown in its words.

use std::process::Stdio;

use serde_json::Value;

use crate::support::{Place, ended, reports};

fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn reading_again_changes_nothing() {
    let place = Place::new();
    let reports = reports();
    let first = place.prints(&["read", reports.to_str().unwrap()]);
    for expected in
        ["Read 3 documents into record.sayso", "3 new", "1 kept but not coded: in another language (fr)", "record.sayso holds 3 documents"]
    {
        assert!(first.contains(expected), "{expected}: {first}");
    }
    let before = place.prints(&["statements", "--format", "jsonl"]);
    let second = place.prints(&["read", reports.to_str().unwrap()]);
    assert!(second.contains("3 left out: an earlier run had done with them"), "{second}");
    let anew = place.prints(&["read", reports.to_str().unwrap(), "--again"]);
    assert!(anew.contains("3 unchanged"), "{anew}");
    assert_eq!(place.prints(&["statements", "--format", "jsonl"]), before);
    assert!(place.prints(&["summary"]).contains("On whose word"));
}

#[test]
fn filters_choose_statements() {
    let place = Place::with_record();
    let count = |arguments: &[&str]| json_lines(&place.prints(&[arguments, &["--format", "jsonl"]].concat())).len();
    let all = count(&["statements"]);
    assert!(all >= 2);
    assert_eq!(count(&["statements", "--kind", "event"]) + count(&["statements", "--kind", "relation", "--kind", "estimate"]), all);
    for (arguments, holds) in [
        (vec!["statements", "--actor", "boko-haram"], true),
        (vec!["statements", "--actor", "Boko Haram", "--type", "assault"], true),
        (vec!["statements", "--publisher", "lake monitor"], true),
        (vec!["statements", "six farmers"], true),
        (vec!["statements", "--text", "farm*"], true),
        (vec!["statements", "--since", "2024-10", "--until", "2024-10-31"], true),
        (vec!["statements", "--source", "police"], true),
        (vec!["statements", "--document", "lake"], true),
        (vec!["statements", "--actor", "nobody-at-all"], false),
        (vec!["statements", "--until", "1999"], false),
        (vec!["statements", "farmers six"], false),
    ] {
        let found = count(&arguments);
        assert_eq!(found > 0 && found < all, holds, "{arguments:?}: {found} of {all}");
    }
    assert_eq!(count(&["statements", "--limit", "1"]), 1);
    assert_eq!(count(&["statements", "--negated"]) + count(&["statements", "--negated=no"]), all);
}

#[test]
fn each_form_holds_the_same_statements() {
    let place = Place::with_record();
    let lines = json_lines(&place.prints(&["statements", "--format", "jsonl"]));
    assert_eq!(json_lines(&place.prints(&["statements"])), lines, "to a program, JSON lines");
    let csv = place.prints(&["statements", "--format", "csv"]);
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let header = rows.headers().unwrap().clone();
    assert_eq!(header.iter().take(4).collect::<Vec<_>>(), ["id", "document_id", "publisher", "published"]);
    let ids: Vec<String> = rows.records().map(|row| row.unwrap()[0].to_owned()).collect();
    assert_eq!(ids, lines.iter().map(|line| line["id"].as_str().unwrap()).collect::<Vec<_>>());
    let table = place.prints(&["statements", "--format", "table"]);
    assert!(ids.iter().all(|id| table.contains(&id[..8])), "{table}");
    assert!(table.lines().all(|line| line.chars().count() <= 120), "{table}");
}

#[test]
fn actors_and_documents_are_listed_in_each_form() {
    let place = Place::with_record();
    for (command, expected) in [("actors", "Boko Haram"), ("documents", "Lake Monitor")] {
        for format in ["table", "jsonl", "csv"] {
            let printed = place.prints(&[command, "--format", format]);
            assert!(printed.contains(expected), "{command} {format}: {printed}");
        }
    }
}

#[test]
fn a_statement_is_shown_in_its_words_by_the_beginning_of_its_id() {
    let place = Place::with_record();
    let statement =
        json_lines(&place.prints(&["statements", "--kind", "event", "--publisher", "Lake Monitor", "--format", "jsonl"])).remove(0);
    let shown = place.prints(&["show", &statement["id"].as_str().unwrap()[..6]]);
    for expected in [
        "|trigger]",
        "boko-haram",
        "at least 24 (at-least)",
        "who says so",
        "Lake Monitor",
        "2024-11-04 (found: given)",
        "It is possible that",
    ] {
        assert!(shown.contains(expected), "{expected}: {shown}");
    }
    assert!(!shown.contains('\u{1b}'), "no colours where nobody sees them");
    let document = place.prints(&["show", "lake"]);
    assert!(document.contains("Clashes on the lake") && document.contains(&statement["id"].as_str().unwrap()[..8]), "{document}");
    let (status, _, errors) = ended(place.sayso(&["show", "nothing"]));
    assert_eq!((status, errors.lines().count()), (3, 1));
    assert!(errors.contains("no statement or document has the id `nothing`"), "{errors}");
}

#[test]
fn stages_print_as_text() {
    let place = Place::new();
    let report = reports().join("market.txt");
    for (stage, expected) in [("page", "Courtesy Sahel Wire"), ("analysis", "NOUN"), ("mentions", "boko-haram"), ("statements", "assault")]
    {
        let printed = place.prints(&["explain", report.to_str().unwrap(), "--stage", stage]);
        assert!(printed.contains(expected), "{stage}: {printed}");
    }
}

#[test]
fn given_date_and_publisher_count_where_the_text_says_none() {
    let place = Place::new();
    let mut command = place.sayso(&["read", "-", "--published", "2017-08", "--publisher", "Newsweek"]);
    command.write_stdin("Gunmen killed six farmers near Jos, police said.").assert().success();
    let document = &json_lines(&place.prints(&["documents"]))[0];
    assert_eq!((&document["published"], &document["publisher"]), (&"2017-08".into(), &"Newsweek".into()));
}

#[test]
fn a_reader_who_leaves_is_no_fault() {
    let place = Place::with_record();
    let mut child = place.bare(&["statements", "--format", "jsonl"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.len()), (Some(0), 0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn wrong_command_lines_end_with_two() {
    let place = Place::new();
    for arguments in [
        vec!["read"],
        vec!["statements", "--type", "murder"],
        vec!["statements", "--since", "yesterday"],
        vec!["code", "x.txt", "--published", "soon"],
        vec!["serve", "--address", "here"],
    ] {
        let (status, _, errors) = ended(place.sayso(&arguments));
        assert_eq!(status, 2, "{arguments:?}: {errors}");
    }
}

#[test]
fn only_this_machine_is_served() {
    let place = Place::with_record();
    let (status, _, errors) = ended(place.sayso(&["serve", "--address", "0.0.0.0:0"]));
    assert_eq!((status, errors.lines().count()), (3, 1));
    assert!(errors.contains("other machines could reach this address") && errors.contains("`sayso people add"), "{errors}");
}

#[test]
fn completions_are_printed() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(Place::new().prints(&["completions", shell]).contains("gazetteer"), "{shell}");
    }
}

#[test]
fn a_table_of_places_that_was_added_is_used() {
    let place = Place::new();
    let row = [
        "990000001",
        "Tindiari",
        "Tindiari",
        "",
        "14.05",
        "-1.61",
        "P",
        "PPL",
        "BF",
        "",
        "13",
        "",
        "",
        "",
        "1200",
        "",
        "290",
        "",
        "2025-01-01",
    ];
    place.write("places.txt", row.join("\t") + "\n");
    place.write("report.txt", "Gunmen killed six farmers in Tindiari in Burkina Faso on Monday, police said.");
    let added = place.prints(&["gazetteer", "add", "places.txt"]);
    assert!(added.starts_with("1 places of places.txt are in"), "{added}");
    assert!(place.prints(&["gazetteer", "list"]).contains("1 places in"));
    let coded = json_lines(&place.prints(&["code", "report.txt"]));
    assert_eq!(coded[0]["place"]["geonames_id"], 990_000_001);
    place.write("other.txt", "one\ttwo\n");
    let (status, _, errors) = ended(place.sayso(&["gazetteer", "add", "other.txt"]));
    assert_eq!((status, errors.lines().count()), (3, 1));
    assert!(errors.contains("other.txt:1: expected 19 tab-separated columns"), "{errors}");
}

#[test]
fn own_actors_go_before_the_programs() {
    let place = Place::new();
    place.write(
        "mine.tsv",
        "case-7\tkind\tarmed-group\ncase-7\tname:official\tBlack Ridge Column\nal-shabaab\tname:transliteration\tAsh-Shabibah\n",
    );
    place.write("report.txt", "The Black Ridge Column killed four herders near Garissa on Monday.");
    let coded = json_lines(&place.prints(&["code", "report.txt", "--registry", "mine.tsv"]));
    let ids: Vec<&str> = coded.iter().flat_map(|s| s["roles"].as_array().unwrap()).filter_map(|r| r["actor_id"].as_str()).collect();
    assert!(ids.contains(&"case-7"), "{ids:?}");
    place.write("broken.tsv", "case-8\tname:official\tNobody\n");
    let (status, _, errors) = ended(place.sayso(&["code", "report.txt", "--registry", "broken.tsv"]));
    assert_eq!((status, errors.lines().count()), (3, 1));
    assert!(errors.contains("broken.tsv:1: `kind` of `case-8` first"), "{errors}");
}
