//! What decisions do over HTTP: each is kept in the person's name, told, foreseen, taken back, and made once only.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::support::{Bench, reports};

/// The event of the bombing, of which three documents tell.
async fn bombing(bench: &Bench) -> String {
    let record = bench.record();
    let events = record.groups(&sayso_store::query::GroupFilter::default()).unwrap().items;
    events.into_iter().find(|event| event.documents == 3).unwrap().id
}

fn statement_of(bench: &Bench, document: &str) -> String {
    let filter = sayso_store::Filter { documents: vec![document.to_owned()], ..sayso_store::Filter::default() };
    let statements = bench.record().statements(&filter).unwrap();
    statements.into_iter().find(|one| one.proposition.kind() == "event").unwrap().id
}

/// Least and most of those killed in an event.
fn killed(bench: &Bench, event: &str) -> (Option<u64>, Option<u64>) {
    let group = bench.record().group(event).unwrap().record;
    let count = group.counts.iter().find(|count| count.of.as_str() == "killed").unwrap();
    (count.least, count.most)
}

#[tokio::test]
async fn each_kind_of_decision_is_kept_and_taken_back() {
    let bench = Bench::of(&reports());
    let event = bombing(&bench).await;
    let (wire, south, later) = (statement_of(&bench, "wire"), statement_of(&bench, "south"), statement_of(&bench, "later"));
    for (asked, told) in [
        (json!({"action": "accept", "statement": wire}), "accepted assault “"),
        (json!({"action": "reject", "statement": later, "why": "it is a drill"}), "rejected assault “"),
        (
            json!({"action": "correct", "statement": wire, "path": "/negated", "after": true, "why": "misread"}),
            "corrected negated from false to true",
        ),
        (json!({"action": "join", "ids": [event, later], "why": "one day"}), "statements as one event"),
        (json!({"action": "split", "event": event, "out": [south], "why": "another mosque"}), "out as another event"),
        (json!({"action": "settle", "event": event, "attribute": "killed", "value": "24"}), "settled killed as 24"),
        (json!({"action": "status", "event": event, "status": "confirmed"}), "set the status of an event to confirmed"),
        (
            json!({"action": "actors", "judgement": "different", "a": "taliban", "b": "A New Front"}),
            "judged taliban and c:a new front to be two actors",
        ),
        (json!({"action": "reliability", "source": "North Wire", "grade": "B"}), "graded North Wire B"),
        (json!({"action": "origin", "a": "wire", "b": "star", "origin": "apart"}), "judged wire and star to give two texts"),
    ] {
        let (status, foreseen) = bench.posts("/api/v1/decisions/preview", &asked).await;
        assert_eq!(status, StatusCode::OK, "{asked}: {foreseen}");
        let before = bench.groups();
        let (status, decided) = bench.posts("/api/v1/decisions", &asked).await;
        assert_eq!(status, StatusCode::OK, "{asked}: {decided}");
        assert!(decided["told"].as_str().unwrap().contains(told), "{decided}");
        assert_eq!((&foreseen["told"], &foreseen["groups"], &foreseen["ended"]), (&decided["told"], &decided["groups"], &decided["ended"]));
        let kept = bench.record().decisions(&sayso_store::DecisionFilter::default()).unwrap().pop().unwrap();
        assert_eq!((kept.who.as_str(), kept.holds, kept.id.0), ("you", true, decided["decision"].as_i64().unwrap()));
        let (status, undone) = bench.posts("/api/v1/decisions/undo", &json!({})).await;
        assert_eq!((status, &undone["decision"]), (StatusCode::OK, &decided["decision"]), "{undone}");
        assert_eq!(bench.groups(), before, "as before {asked}");
    }
    assert_eq!(bench.record().verify(&mut |_| ()).unwrap(), []);
}

#[tokio::test]
async fn the_address_of_a_joined_event_leads_on_also_after_its_statements_were_decided_on() {
    let bench = Bench::of(&reports());
    let (event, later) = (bombing(&bench).await, statement_of(&bench, "later"));
    let joined = bench.posts("/api/v1/decisions", &json!({"action": "join", "ids": [event, later], "why": "one day"})).await.1;
    let ended = joined["became"].as_object().unwrap().keys().next().unwrap().clone();
    let leads_on = async |after: &str| {
        let (of_api, _) = bench.gets(&format!("/api/v1/events/{ended}")).await;
        let (of_page, _) = bench.gets(&format!("/event/{ended}")).await;
        assert_eq!((of_api, of_page), (StatusCode::PERMANENT_REDIRECT, StatusCode::SEE_OTHER), "after {after}");
    };
    leads_on("the join").await;
    let (status, accepted) = bench.posts("/api/v1/decisions", &json!({"action": "accept", "statement": later})).await;
    assert_eq!(status, StatusCode::OK, "{accepted}");
    leads_on("a decision on what it was made of").await;
}

#[tokio::test]
async fn a_split_tells_the_new_event_and_a_join_where_the_former_went() {
    let bench = Bench::of(&reports());
    let event = bombing(&bench).await;
    let asked = json!({"action": "split", "event": event, "out": ["south"], "why": "another mosque"});
    let (_, foreseen) = bench.posts("/api/v1/decisions/preview", &asked).await;
    let changed = foreseen["changes"].as_array().unwrap();
    assert!(changed.iter().any(|one| one["turn"] == "made"), "{foreseen}");
    let of_event = changed.iter().find(|one| one["id"] == event).unwrap();
    assert!(of_event["differences"].to_string().contains("killed 24 of 24–29 → 24"), "{of_event}");
    assert_eq!(killed(&bench, &event), (Some(24), Some(29)), "nothing was kept");
    let (_, split) = bench.posts("/api/v1/decisions", &asked).await;
    assert_eq!(killed(&bench, &event), (Some(24), Some(24)));
    let new = split["made"][0].as_str().unwrap().to_owned();
    assert!(new.starts_with("e-"), "{split}");
    let (_, joined) =
        bench.posts("/api/v1/decisions", &json!({"action": "join", "ids": [event, new], "why": "the same one after all"})).await;
    assert_eq!(joined["became"][&new], event, "{joined}");
}

#[tokio::test]
async fn undo_and_redo_are_of_the_person_who_asks() {
    let bench = Bench::of(&reports());
    let south = statement_of(&bench, "south");
    bench.decides_as("amina", &sayso::decide::Request::Accept { statement: south.clone() });
    let (status, problem) = bench.posts("/api/v1/decisions/undo", &json!({})).await;
    assert_eq!(status, StatusCode::CONFLICT, "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains("no decision of yours"), "{problem}");
    let (_, own) = bench.posts("/api/v1/decisions", &json!({"action": "accept", "statement": statement_of(&bench, "later")})).await;
    bench.decides_as("amina", &sayso::decide::Request::Accept { statement: statement_of(&bench, "wire") });
    let (_, undone) = bench.posts("/api/v1/decisions/undo", &json!({})).await;
    assert_eq!(undone["decision"], own["decision"], "not the last one of all");
    let (_, redone) = bench.posts("/api/v1/decisions/redo", &json!({})).await;
    assert_eq!(redone["decision"], own["decision"]);
    let (_, undone) = bench.posts("/api/v1/decisions/undo", &json!({"decision": 1, "why": "as agreed"})).await;
    assert_eq!(undone["decision"], 1, "another person's, by its number");
    let (status, problem) = bench.posts("/api/v1/decisions/undo", &json!({"decision": 1})).await;
    assert!(status == StatusCode::CONFLICT && problem["detail"].as_str().unwrap().contains("undone already"), "{problem}");
}

#[tokio::test]
async fn what_cannot_be_decided_is_refused_with_what_to_do() {
    let bench = Bench::of(&reports());
    let event = bombing(&bench).await;
    let south = statement_of(&bench, "south");
    let correct = |before: Value, after: Value| json!({"action": "correct", "statement": south, "path": "/negated", "before": before, "after": after, "why": "x"});
    for (asked, status, expected) in [
        (json!({"action": "reject", "statement": south}), 400, "to reject needs a reason"),
        (json!({"action": "accept", "statement": "none"}), 404, "no statement has the id `none`"),
        (json!({"action": "settle", "event": event, "attribute": "killed", "value": "77"}), 400, "nobody tells `77`"),
        (json!({"action": "settle", "event": "e-none", "attribute": "killed", "value": "7"}), 404, "there is no event `e-none`"),
        (json!({"action": "split", "event": event, "out": ["later"], "why": "x"}), 400, "nothing is left to split"),
        (json!({"action": "join", "ids": [south], "why": "x"}), 400, "name two events"),
        (json!({"action": "join", "ids": ["nothing", south], "why": "x"}), 404, "no event, statement or document"),
        (json!({"action": "actors", "judgement": "same", "a": "x", "b": "x"}), 400, "name two actors"),
        (json!({"action": "origin", "a": "wire", "b": "wire", "origin": "apart"}), 400, "name two"),
        (correct(json!(true), json!(true)), 409, "negated was true and is false by now"),
        (correct(json!(false), json!(false)), 409, "is false already"),
        (correct(json!(false), json!("perhaps")), 400, "expected a boolean"),
        (json!({"action": "fly", "statement": south}), 422, "fly"),
        (json!({"statement": south}), 422, "action"),
    ] {
        let (found, problem) = bench.posts("/api/v1/decisions", &asked).await;
        assert_eq!(found.as_u16(), status, "{asked}: {problem}");
        assert!(problem["detail"].as_str().unwrap().contains(expected), "{asked}: {problem}");
    }
    assert!(bench.record().decisions(&sayso_store::DecisionFilter::default()).unwrap().is_empty(), "nothing was kept");
}

#[tokio::test]
async fn a_request_that_is_sent_again_decides_once() {
    let bench = Bench::of(&reports());
    let asked = json!({"action": "accept", "statement": statement_of(&bench, "south")});
    let (one, other) = tokio::join!(bench.posts_as_key("k-1", &asked), bench.posts_as_key("k-1", &asked));
    assert_eq!(one, other);
    assert_eq!(bench.record().decisions(&sayso_store::DecisionFilter::default()).unwrap().len(), 1);
    let (status, problem) = bench.posts_as_key("k-1", &json!({"action": "accept", "statement": statement_of(&bench, "wire")})).await;
    assert!(status == StatusCode::CONFLICT && problem["detail"].as_str().unwrap().contains("Idempotency-Key"), "{problem}");
}

#[tokio::test]
async fn decisions_of_several_at_once_are_all_kept() {
    let bench = Bench::of(&reports());
    let asked: Vec<Value> =
        ["wire", "south", "later"].iter().map(|of| json!({"action": "accept", "statement": statement_of(&bench, of)})).collect();
    let (one, two, three) = tokio::join!(
        bench.posts("/api/v1/decisions", &asked[0]),
        bench.posts("/api/v1/decisions", &asked[1]),
        bench.posts("/api/v1/decisions", &asked[2])
    );
    let mut numbers: Vec<i64> = [one, two, three].iter().map(|(_, answer)| answer["decision"].as_i64().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, [1, 2, 3]);
    assert_eq!(bench.record().verify(&mut |_| ()).unwrap(), []);
}
