//! What waits for review, one question at a time, and what verdicts of several come to.

use axum::http::StatusCode;
use sayso::decide;
use sayso_types::decision::Verdict;
use serde_json::{Value, json};

use crate::support::{Bench, reports};

/// The questions of a bucket from its beginning to its end.
async fn all_of(bench: &Bench, bucket: &str, query: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut after = String::new();
    for _ in 0..60 {
        let (status, answer) = bench.gets_json(&format!("/api/v1/review/{bucket}?after={after}{query}")).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        if !answer["proposal"].is_null() {
            found.push(answer["proposal"].clone());
        }
        match answer["next"].as_str() {
            Some(next) => after = next.replace('~', "%7E").replace(' ', "%20"),
            None => return found,
        }
    }
    panic!("{bucket} has no end");
}

fn ids(questions: &[Value]) -> Vec<String> {
    questions.iter().map(|one| one["statement"]["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn new_statements_come_with_their_words_and_go_when_they_are_decided() {
    let bench = Bench::of(&reports());
    let new = all_of(&bench, "new", "").await;
    assert_eq!(new[0]["document"]["id"], "later", "what was read last comes first");
    assert_eq!(new.len() as u64, bench.record().size().unwrap().statements);
    for one in &new {
        let words = one["statement"]["evidence"]["text"].as_str().unwrap();
        assert!(one["context"]["text"].as_str().unwrap().contains(words), "{one}");
        assert_eq!(one["effects"].as_array().unwrap().len(), one["groups"].as_array().unwrap().len());
    }
    let first = &ids(&new)[0];
    bench.posts("/api/v1/decisions", &json!({"action": "reject", "statement": first, "why": "a drill"})).await;
    let left = all_of(&bench, "new", "").await;
    assert_eq!(ids(&left), ids(&new)[1..]);
    let (_, answer) = bench.gets_json("/api/v1/review/new").await;
    assert_eq!(answer["reasons"], json!(["a drill"]));
    bench.posts("/api/v1/decisions/undo", &json!({})).await;
    assert_eq!(ids(&all_of(&bench, "new", "").await), ids(&new));
}

#[tokio::test]
async fn conflicts_wait_until_they_are_settled() {
    let bench = Bench::of(&reports());
    let open = all_of(&bench, "conflicts", "").await;
    assert_eq!(open.len(), 1, "{open:?}");
    let attribute = &open[0]["attributes"][0];
    assert_eq!(attribute["name"], "killed");
    let values: Vec<&str> = attribute["values"].as_array().unwrap().iter().map(|value| value["value"].as_str().unwrap()).collect();
    assert_eq!(values, ["24", "at least 29"]);
    let (_, page) = bench.gets("/review/conflicts").await;
    assert!(page.contains("data-digit=\"2\"") && page.contains("at least 29"), "{page}");
    let event = open[0]["event"]["id"].clone();
    bench.posts("/api/v1/decisions", &json!({"action": "settle", "event": event, "attribute": "killed", "value": "24"})).await;
    assert!(all_of(&bench, "conflicts", "").await.is_empty());
    let (_, buckets) = bench.gets_json("/api/v1/review").await;
    let conflicts = buckets["buckets"].as_array().unwrap().iter().find(|one| one["bucket"] == "conflicts").unwrap();
    assert_eq!((&conflicts["count"], &conflicts["at_least"]), (&json!(0), &json!(false)));
}

#[tokio::test]
async fn events_that_are_nearly_one_are_asked_about_once() {
    let mut reports = reports();
    reports
        .push(json!({"id": "east", "publisher": "East Daily", "published": "2031-04-03", "title": "Blast in the west", "language": "en",
        "text": "An explosion killed dozens of people in western Herat province this week, residents said."}));
    let bench = Bench::of(&reports);
    let near = all_of(&bench, "joins", "").await;
    let Some(first) = near.first() else { return assert!(bench.groups().len() >= 2, "nothing is near here") };
    assert!(!first["grounds"].as_array().unwrap().is_empty(), "{first}");
    let (one, other) = (&first["events"][0]["id"], &first["events"][1]["id"]);
    assert_ne!(one, other);
    bench.posts("/api/v1/decisions", &json!({"action": "apart", "a": one, "b": other, "why": "another day"})).await;
    let left = all_of(&bench, "joins", "").await;
    assert!(left.iter().all(|of| (&of["events"][0]["id"], &of["events"][1]["id"]) != (one, other)), "{left:?}");
}

#[tokio::test]
async fn a_sample_is_the_same_for_the_same_seed_whatever_is_decided() {
    let bench = Bench::of(&reports());
    let (_, first) = bench.gets_json("/api/v1/review/sample?seed=7&size=4").await;
    let through = first["through"].as_i64().unwrap();
    let query = format!("&seed=7&size=4&through={through}");
    let drawn = ids(&all_of(&bench, "sample", &query).await);
    assert!(drawn.len() > 2, "{drawn:?}");
    bench.posts("/api/v1/decisions", &json!({"action": "accept", "statement": drawn[0]})).await;
    assert_eq!(ids(&all_of(&bench, "sample", &query).await), drawn);
    assert_eq!(ids(&all_of(&bench, "sample", "&seed=7&size=4").await), drawn, "decisions add nothing to draw from");
}

#[tokio::test]
async fn verdicts_are_blind_change_nothing_and_are_settled_where_they_differ() {
    let bench = Bench::of(&reports());
    let before = bench.groups();
    let new = ids(&all_of(&bench, "new", "").await);
    for statement in &new[..3] {
        bench.decides_as("amina", &decide::Request::Vote { statement: statement.clone(), verdict: Verdict::Accept });
    }
    let (_, first) = bench.gets_json("/api/v1/review/new?mode=vote").await;
    assert_eq!(first["proposal"]["votes"], json!({"by": ["amina"], "own": null, "all": []}), "it is not shown how");
    for (statement, verdict) in [(&new[0], "accept"), (&new[1], "reject"), (&new[2], "accept")] {
        let (status, answer) =
            bench.posts("/api/v1/decisions", &json!({"action": "vote", "statement": statement, "verdict": verdict})).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
    }
    assert_eq!(bench.groups(), before);
    assert_eq!(ids(&all_of(&bench, "new", "&mode=vote").await), new[3..], "what one has judged is passed over");
    let open = all_of(&bench, "disagreements", "").await;
    assert_eq!(ids(&open), [new[1].clone()]);
    assert_eq!(open[0]["votes"]["all"].as_array().unwrap().len(), 2, "{open:?}");
    let (_, agreement) = bench.gets_json("/api/v1/review/agreement").await;
    assert_eq!((&agreement["units"], &agreement["judged"]), (&json!(3), &json!(3)));
    assert!((agreement["percent"].as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-9, "{agreement}");
    let (_, page) = bench.gets("/review").await;
    assert!(page.contains("66.7 %") && page.contains("Krippendorff"), "{page}");
    bench.posts("/api/v1/decisions", &json!({"action": "accept", "statement": new[1]})).await;
    assert!(all_of(&bench, "disagreements", "").await.is_empty());
    assert_eq!(bench.record().verify(&mut |_| ()).unwrap(), []);
}

#[tokio::test]
async fn pages_read_without_script_and_wrong_addresses_say_what_to_do() {
    let bench = Bench::of(&reports());
    for address in
        ["/review", "/review/new", "/review/unsure", "/review/joins", "/review/identities", "/review/copies", "/review/unanchored"]
    {
        let (status, page) = bench.gets(address).await;
        assert_eq!(status, StatusCode::OK, "{address}: {page}");
        assert!(page.contains("<h1") && !page.contains("style="), "{address}");
    }
    for (address, status) in [("/api/v1/review/none", 404), ("/api/v1/review/new?after=x", 400), ("/api/v1/review/unanchored?after=x", 400)]
    {
        let (found, problem) = bench.gets_json(address).await;
        assert_eq!(found.as_u16(), status, "{address}: {problem}");
    }
}
