//! What people decide takes effect, is told, taken back and looked up as of any moment; what was changed otherwise is found.

use std::process::Stdio;

use serde_json::Value;

use crate::support::{Place, ended, many};

fn json_lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The ids of the statements that are found.
fn ids(place: &Place, arguments: &[&str]) -> Vec<String> {
    let found = json_lines(&place.prints(&[&["statements", "--format", "jsonl"], arguments].concat()));
    found.iter().map(|statement| statement["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_statement_is_rejected_looked_back_at_and_taken_back() {
    let place = Place::with_record();
    let all = ids(&place, &[]);
    place.prints(&["release", "before", "--by", "Ann", "--why", "for the yearbook"]);
    let told = place.prints(&["reject", &all[0], "--by", "Ann", "--why", "it is a film"]);
    assert!(told.starts_with(&format!("Decision 1: reject {}. `sayso undo 1` takes it back.\n", all[0])), "{told}");
    assert_eq!(ids(&place, &[]), all[1..]);
    assert_eq!(ids(&place, &["--as-of", "before"]), all);
    assert_eq!(ids(&place, &["--as-of", "1999"]), Vec::<String>::new());
    assert_eq!(ids(&place, &["--as-of", "9999-12-31"]), all[1..]);
    let mut differing = json_lines(&place.prints(&["diff", "before", "9999", "--json"]));
    assert!(differing.iter().any(|one| one["kind"] == "event" && one["through"] == format!("decision 1 by Ann: reject {}", all[0])));
    differing.retain(|one| one["kind"] == "statement");
    assert_eq!(differing.len(), 1);
    assert_eq!((&differing[0]["change"], &differing[0]["id"]), (&"removed".into(), &all[0].as_str().into()));
    let history = place.prints(&["history", &all[0]]);
    assert!(history.contains("Ann  decision 1: reject") && history.contains("because: it is a film"), "{history}");
    place.prints(&["undo", "--by", "Ben"]);
    assert_eq!(ids(&place, &[]), all);
    let decisions = json_lines(&place.prints(&["decisions", &all[0], "--format", "jsonl"]));
    assert_eq!((&decisions[0]["who"], &decisions[0]["holds"]), (&"Ann".into(), &false.into()));
    assert!(place.prints(&["releases"]).contains("for the yearbook"));
    assert!(place.prints(&["verify"]).contains("is what was written"));
}

#[test]
fn a_value_is_corrected_and_found_by_what_it_is() {
    let place = Place::with_record();
    let counted = json_lines(&place.prints(&["statements", "--format", "jsonl", "six farmers"]));
    let counted = counted.iter().find(|one| one["quantities"][0]["best"] == 6).unwrap();
    let id = counted["id"].as_str().unwrap();
    place.prints(&["correct", id, "quantities/0/best", "7", "--by", "Ann", "--why", "the report adds one"]);
    let shown = json_lines(&place.prints(&["statements", "--format", "jsonl", "six farmers"]));
    assert!(shown.iter().any(|one| one["id"] == id && one["quantities"][0]["best"] == 7), "{shown:?}");
    for (arguments, expected) in [
        (vec!["reject", id, "--by", "Ann"], "to reject needs a reason; say why"),
        (vec!["correct", id, "negated", "perhaps", "--by", "Ann", "--why", "so"], "expected a boolean"),
        (vec!["accept", "none", "--by", "Ann"], "no statement has the id `none`"),
        (vec!["undo", "9", "--by", "Ann"], "there is no decision 9"),
        (vec!["statements", "--as-of", "yesterday"], "is neither a release"),
    ] {
        let (status, output, errors) = ended(place.sayso(&arguments));
        assert_eq!((status, output.as_str(), errors.lines().count()), (3, "", 1), "{arguments:?}: {errors}");
        assert!(errors.contains(expected), "{arguments:?}: {errors}");
    }
}

#[test]
fn a_changed_byte_is_named() {
    let place = Place::with_record();
    let mut file = std::fs::read(place.path("record.sayso")).unwrap();
    let words = b"\"modality\":\"asserted\"";
    // An inner page of a tree (it begins with 2 or 5) has no contents, only remains of when the tree was one page.
    let is_content = |at: usize| ![2, 5].contains(&file[at / 4096 * 4096]);
    let at = file.windows(words.len()).enumerate().find(|(at, window)| window == words && is_content(*at)).unwrap().0;
    file[at + 13] ^= 1;
    std::fs::write(place.path("record.sayso"), file).unwrap();
    let (status, output, _) = ended(place.sayso(&["verify"]));
    assert_eq!(status, 3);
    assert!(output.contains("statements ") && output.contains("restore the record from a copy"), "{output}");
}

/// `SAYSO_KILLS` kills it more often.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test waits for another program, and is told how often")]
fn a_killed_reading_leaves_a_record_that_verifies() {
    let kills: u64 = std::env::var("SAYSO_KILLS").map_or(2, |kills| kills.parse().expect("SAYSO_KILLS is a number"));
    let place = Place::new();
    place.write("all.jsonl", many(0..600));
    place.write("first.jsonl", many(0..1));
    place.prints(&["read", "first.jsonl", "--profile", "fast"]);
    for kill in 0..kills {
        let arguments = ["read", "all.jsonl", "--profile", "fast"];
        let mut child = place.bare(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(200 + kill * 137 % 1_500));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(place.documents() >= 1);
        assert!(place.prints(&["verify"]).contains("is what was written"));
    }
}

#[test]
fn what_no_program_coded_is_written_and_taken_back() {
    let place = Place::with_record();
    let coded = json_lines(&place.prints(&["statements", "--format", "jsonl", "six farmers"])).remove(0);
    let (document, trigger) = (coded["document_id"].as_str().unwrap(), &coded["evidence"]["trigger"]);
    let range = format!("{}-{}", trigger["start"], trigger["end"]);
    let proposal: Value = serde_json::from_str(&place.prints(&["write", document, "--suggest", &range])).unwrap();
    let mut statement = proposal["read"][0]["statement"].clone();
    let file = |statement: &Value| place.write("statement.json", statement.to_string());
    let same = file(&statement);
    let refused = place.sayso(&["write", document, same.to_str().unwrap(), "--by", "Ann"]).assert().failure().get_output().stderr.clone();
    assert!(String::from_utf8(refused).unwrap().contains("the record has this statement already"));
    let before = ids(&place, &[]);
    statement["modality"] = "possible".into();
    let path = file(&statement);
    let told = place.prints(&["write", document, path.to_str().unwrap(), "--by", "Ann", "--why", "it is hedged"]);
    assert!(told.starts_with("Decision 1: write ") && told.contains("`sayso undo 1` takes it back."), "{told}");
    let written: Vec<String> = ids(&place, &[]).into_iter().filter(|id| !before.contains(id)).collect();
    assert_eq!(written.len(), 1);
    let shown = place.prints(&["show", &written[0]]);
    assert!(shown.contains("a person wrote it") && shown.contains("written, decision 1 by Ann"), "{shown}");
    place.prints(&["undo", "--by", "Ann"]);
    assert_eq!(ids(&place, &[]), before);
    place.prints(&["redo", "--by", "Ann"]);
    assert_eq!(ids(&place, &[]).len(), before.len() + 1);
    statement["type"] = "quarrel".into();
    let path = file(&statement);
    let refused = place.sayso(&["write", document, path.to_str().unwrap(), "--by", "Ann"]).assert().failure().get_output().stderr.clone();
    assert!(String::from_utf8(refused).unwrap().contains("type: there is no code `quarrel` here"));
    assert!(place.prints(&["verify"]).contains("is what was written"));
}
