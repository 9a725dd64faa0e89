//! What the record book tells: who did what, what came of decisions, releases and what differs between them, sources, readings, the codebook.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::{Bench, reports};

fn bench() -> Bench {
    Bench::of(&reports())
}

/// The id of a statement of a document.
async fn statement(bench: &Bench, document: &str) -> String {
    let (_, found) = bench.gets_json(&format!("/api/v1/documents/{document}")).await;
    found["statements"][0]["id"].as_str().unwrap().to_owned()
}

async fn rejected(bench: &Bench) -> (String, i64) {
    let id = statement(bench, "later").await;
    let (status, done) =
        bench.posts("/api/v1/decisions", &json!({"action": "reject", "statement": id, "why": "it is a <b>film</b>"})).await;
    assert_eq!(status, StatusCode::OK, "{done}");
    (id, done["decision"].as_i64().unwrap())
}

fn deeds(log: &Value) -> Vec<&str> {
    log["items"].as_array().unwrap().iter().map(|item| item["deed"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn the_log_tells_who_did_what_and_why() {
    let bench = bench();
    let (id, number) = rejected(&bench).await;
    let (_, log) = bench.gets_json("/api/v1/log").await;
    assert_eq!(deeds(&log), ["linked", "decided", "linked", "documents"]);
    let entry = &log["items"][1];
    assert_eq!(
        (entry["decision"].as_i64(), entry["why"].as_str(), entry["holds"].as_bool()),
        (Some(number), Some("it is a <b>film</b>"), Some(true))
    );
    for (query, expected) in [
        (format!("about={id}"), vec!["decided"]),
        ("deed=documents".to_owned(), vec!["documents"]),
        ("who=nobody".to_owned(), vec![]),
        ("limit=1".to_owned(), vec!["linked"]),
    ] {
        let (_, log) = bench.gets_json(&format!("/api/v1/log?{query}")).await;
        assert_eq!(deeds(&log), expected, "{query}");
    }
    let (_, page) = bench.gets("/book").await;
    assert!(page.contains(&format!("href=\"/book/decision/{number}\"")) && page.contains("it is a &lt;b&gt;film"), "{page}");
    let (status, _) = bench.gets("/book?deed=dance").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let (_, page) = bench.gets("/book?who=nobody").await;
    assert!(page.contains("Show all entries"), "an empty page says what to do");
}

#[tokio::test]
async fn a_correction_shows_before_and_after() {
    let bench = bench();
    let id = statement(&bench, "later").await;
    let correct = json!({"action": "correct", "statement": id, "path": "/modality", "after": "possible", "why": "hedged"});
    let (status, done) = bench.posts("/api/v1/decisions", &correct).await;
    assert_eq!(status, StatusCode::OK, "{done}");
    let (_, page) = bench.gets(&format!("/book/decision/{}", done["decision"])).await;
    assert!(page.contains("asserted</del>") && page.contains("possible</ins>"), "{page}");
}

#[tokio::test]
async fn a_decision_tells_what_came_of_it_and_can_be_undone_from_its_page() {
    let bench = bench();
    let (id, number) = rejected(&bench).await;
    let (status, decision) = bench.gets_json(&format!("/api/v1/decisions/{number}")).await;
    assert_eq!(status, StatusCode::OK, "{decision}");
    assert_eq!(decision["subjects"], json!([{"kind": "statement", "id": id}]));
    assert!(!decision["changed"].as_array().unwrap().is_empty(), "{decision}");
    assert!(decision["linked_after"].as_str().unwrap().contains(&format!("decision {number} by ")), "{decision}");
    let (_, page) = bench.gets(&format!("/book/decision/{number}")).await;
    assert!(page.contains(&format!("data-undo=\"{number}\"")), "{page}");
    bench.posts("/api/v1/decisions/undo", &json!({"decision": number})).await;
    let (_, page) = bench.gets(&format!("/book/decision/{number}")).await;
    assert!(page.contains(&format!("data-redo=\"{number}\"")) && !page.contains("data-undo"), "{page}");
    let (_, all) = bench.gets_json("/api/v1/decisions?holding=true").await;
    assert_eq!(all["items"], json!([]));
    for number in ["9", "x", "-1", "9999999999999999999999"] {
        let (status, _) = bench.gets(&format!("/book/decision/{number}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{number}");
    }
}

#[tokio::test]
async fn a_release_is_made_once_and_compared() {
    let bench = bench();
    let release = json!({"name": "v 1/a", "why": "for the paper"});
    let (status, made) = bench.posts("/api/v1/releases", &release).await;
    assert_eq!(status, StatusCode::OK, "{made}");
    assert_eq!(made["manifest"]["documents_sha256"].as_str().unwrap().len(), 64);
    let (status, _) = bench.posts("/api/v1/releases", &release).await;
    assert_eq!(status, StatusCode::CONFLICT, "a release is never changed");
    let (status, _) = bench.posts("/api/v1/releases", &json!({"name": "  "})).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    rejected(&bench).await;
    let (_, difference) = bench.gets_json("/api/v1/diff?from=v%201%2Fa").await;
    assert!(difference["statements"].as_array().unwrap().iter().any(|differs| differs["change"] == "removed"), "{difference}");
    let (_, page) = bench.gets("/book/releases").await;
    assert!(page.contains("href=\"/book/diff?from=v%201%2Fa\"") && page.contains("for the paper"), "{page}");
    let (_, page) = bench.gets("/book/diff?from=v%201%2Fa").await;
    assert!(page.contains("it is a &lt;b&gt;film") || page.contains("removed"), "{page}");
    let (status, _) = bench.gets("/book/diff?from=never").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    let (_, page) = bench.gets("/book/diff").await;
    assert!(page.contains("Choose two moments"), "{page}");
}

#[tokio::test]
async fn sources_are_counted_and_graded_by_people() {
    let bench = bench();
    let (_, sources) = bench.gets_json("/api/v1/sources?of=publishers").await;
    let south = sources["items"].as_array().unwrap().iter().find(|line| line["source"] == "South Press").unwrap();
    assert_eq!(south["documents"], json!({"number": 2, "exact": true}), "{sources}");
    let (status, done) =
        bench.posts("/api/v1/decisions", &json!({"action": "reliability", "source": "South Press", "grade": "B", "why": ""})).await;
    assert_eq!(status, StatusCode::OK, "{done}");
    let (_, sources) = bench.gets_json("/api/v1/sources?of=publishers&begins=south").await;
    assert_eq!(sources["items"][0]["graded"]["grade"], "B", "{sources}");
    let (_, page) = bench.gets("/book/sources?of=publishers").await;
    assert!(page.contains("Usually reliable") && page.contains("data-grade=\"North Wire\""), "{page}");
    let (status, _) = bench.gets("/book/sources?of=ghosts").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_history_tells_all_that_touched_a_thing() {
    let bench = bench();
    let (id, number) = rejected(&bench).await;
    let (_, history) = bench.gets_json(&format!("/api/v1/history/{id}")).await;
    let what: Vec<&str> = history["steps"].as_array().unwrap().iter().map(|step| step["what"].as_str().unwrap()).collect();
    assert!(
        what[0].starts_with("coded from document later") && what.iter().any(|what| what.starts_with(&format!("decision {number}: reject"))),
        "{what:?}"
    );
    let (status, page) = bench.gets(&format!("/history/{id}")).await;
    assert!(status == StatusCode::OK && page.contains("it is a &lt;b&gt;film"), "{page}");
    let (status, _) = bench.gets("/history/nothing").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn changes_are_told_since_a_moment() {
    let bench = bench();
    let (_, changes) = bench.gets_json("/api/v1/changes?since=2031-01-01&of=documents").await;
    assert_eq!(changes["items"].as_array().unwrap().len(), 4, "{changes}");
    let (status, _) = bench.gets("/api/v1/changes").await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_codebook_is_made_from_the_rules() {
    let bench = bench();
    let (_, book) = bench.gets_json("/api/v1/codebook").await;
    let scheme = |id: &str| book["schemes"].as_array().unwrap().iter().find(|scheme| scheme["id"] == id).unwrap().clone();
    assert_eq!(scheme("event")["codes"].as_array().unwrap().len(), 16);
    let assault = scheme("event")["codes"].as_array().unwrap().iter().find(|code| code["code"] == "assault").unwrap().clone();
    assert!(assault["frames"].as_array().unwrap().iter().any(|frame| frame == "assault.attack"), "{assault}");
    let (_, page) = bench.gets("/book/codebook").await;
    for anchor in
        ["id=\"event-assault\"", "id=\"reliability\"", "id=\"where_prec-4\"", "id=\"mode-suicide-attack\"", "id=\"status-contested\""]
    {
        assert!(page.contains(anchor), "{anchor}");
    }
}

#[tokio::test]
async fn readings_tell_how_far_they_are_and_what_failed() {
    let bench = bench();
    let (_, page) = bench.gets("/book/runs").await;
    assert!(page.contains("sayso read INPUT"), "an empty page says what to do: {page}");
    {
        let mut record = sayso_store::Record::open_to_change(&bench.path(), "2031-05-02T08:00:00Z").unwrap();
        let run = record.begin_run("sayso 0.1.0", &["more.jsonl".to_owned()], &sayso::versions()).unwrap();
        let failure = sayso_store::Failure { input: "more.jsonl:7".to_owned(), reason: "no <text>; give text or html".to_owned() };
        record.finish_run(run, "2031-05-02T08:01:00Z", sayso_store::Added::default(), &[failure]).unwrap();
        record.begin_run("sayso 0.1.0", &["rest.jsonl".to_owned()], &sayso::versions()).unwrap();
    }
    let (_, runs) = bench.gets_json("/api/v1/runs").await;
    let states: Vec<&str> = runs.as_array().unwrap().iter().map(|run| run["state"].as_str().unwrap()).collect();
    assert_eq!(states[1], "finished");
    assert!(["running", "broken-off"].contains(&states[0]), "{runs}");
    assert_eq!(runs[1]["failures"][0]["input"], "more.jsonl:7");
    let (_, page) = bench.gets("/book/runs").await;
    assert!(page.contains("no &lt;text&gt;") && page.contains("goes on") && page.contains("Mend what is named"), "{page}");
}
