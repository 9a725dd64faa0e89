//! Statements that people write and documents that they add over HTTP.

use axum::http::StatusCode;
use sayso_store::Filter;
use serde_json::{Value, json};

use crate::support::{Bench, reports};

/// Where words stand in the report of the bombing in the south.
fn at(words: &str) -> Value {
    let reports = reports();
    let text = reports[2]["text"].as_str().unwrap();
    let start = text[..text.find(words).unwrap()].chars().count();
    json!({ "start": start, "end": start + words.chars().count(), "text": words })
}

/// That the hospital tells of it, which no program codes.
fn telling() -> Value {
    json!({
        "document": "south", "why": "the program passed it over", "statement": {
        "kind": "event", "type": "consult", "modality": "asserted", "negated": false,
        "evidence": at("At least 29 people were killed when a bomber attacked a mosque in Herat on Tuesday, doctors at the city's hospital said."),
        "trigger": at("said"), "roles": [{ "role": "actor", "words": at("doctors at the city's hospital") }],
        "place": { "words": at("Herat") }, "time": { "words": at("Tuesday") } },
    })
}

fn ids(bench: &Bench) -> Vec<String> {
    bench.record().statements(&Filter::default()).unwrap().into_iter().map(|statement| statement.id).collect()
}

#[tokio::test]
async fn a_statement_is_written_shown_linked_and_taken_back() {
    let bench = Bench::of(&reports());
    let (before, groups) = (ids(&bench), bench.groups());
    let (status, written) = bench.posts("/api/v1/statements", &telling()).await;
    assert_eq!(status, StatusCode::OK, "{written}");
    let id = written["statement"].as_str().unwrap();
    assert!(written["told"].as_str().unwrap().starts_with("wrote consult “At least 29 people"), "{written}");
    let kept = bench.record().statement(id).unwrap();
    assert_eq!((kept.place.unwrap().name.as_deref(), kept.time.unwrap().edtf.as_str()), (Some("Herat"), "2031-04-01"));
    assert!(kept.coder.is_person());
    assert_eq!(bench.groups().len(), groups.len() + 1, "it is linked");
    let (_, shown) = bench.gets_json("/api/v1/documents/south").await;
    let shown = shown["statements"].as_array().unwrap();
    assert!(shown.iter().any(|one| one["id"] == id && one["coder"]["rule"] == "person"), "{shown:?}");
    let starts: Vec<u64> = shown.iter().map(|one| one["evidence"]["trigger"]["start"].as_u64().unwrap()).collect();
    assert!(starts.is_sorted(), "{starts:?}");
    let (status, again) = bench.posts("/api/v1/statements", &telling()).await;
    assert!(status == StatusCode::BAD_REQUEST && again["detail"].as_str().unwrap().contains("already"), "{again}");
    let (status, undone) = bench.posts("/api/v1/decisions/undo", &json!({})).await;
    assert_eq!((status, &undone["decision"]), (StatusCode::OK, &written["decision"]), "{undone}");
    assert_eq!((ids(&bench), bench.groups()), (before, groups));
    let (status, redone) = bench.posts("/api/v1/decisions/redo", &json!({})).await;
    assert_eq!(status, StatusCode::OK, "{redone}");
    assert!(bench.record().statement(id).is_ok());
    assert_eq!(bench.record().verify(&mut |_| ()).unwrap(), []);
}

#[tokio::test]
async fn what_does_not_fit_is_told_and_nothing_is_kept() {
    let bench = Bench::of(&reports());
    for (field, value, status, detail) in [
        ("type", json!("quarrel"), StatusCode::BAD_REQUEST, "type: there is no code `quarrel` here; write one of agree"),
        ("trigger", json!({ "start": 7000, "end": 7001 }), StatusCode::BAD_REQUEST, "trigger: the document has"),
        ("document", json!("nowhere"), StatusCode::NOT_FOUND, "no document has the id `nowhere`"),
        ("document", json!(7), StatusCode::UNPROCESSABLE_ENTITY, "invalid type: integer `7`, expected a string"),
        ("modality", json!("perhaps"), StatusCode::UNPROCESSABLE_ENTITY, "unknown variant `perhaps`"),
        ("quantites", json!([]), StatusCode::UNPROCESSABLE_ENTITY, "unknown field `quantites`"),
    ] {
        let mut sent = telling();
        if field == "document" {
            sent[field] = value
        } else {
            sent["statement"][field] = value
        }
        let (found, problem) = bench.posts("/api/v1/statements", &sent).await;
        assert!(found == status && problem["detail"].as_str().unwrap().contains(detail), "{field}: {found} {problem}");
    }
    assert!(bench.record().decisions(&sayso_store::DecisionFilter::default()).unwrap().is_empty());
}

#[tokio::test]
async fn what_could_be_stated_of_words_can_be_sent_as_it_is() {
    let bench = Bench::of(&reports());
    let selected = at("attacked");
    let asked = json!({ "document": "south", "start": selected["start"], "end": selected["end"] });
    let (status, proposal) = bench.posts("/api/v1/statements/suggest", &asked).await;
    assert_eq!(status, StatusCode::OK, "{proposal}");
    assert_eq!(proposal["trigger"]["text"], "attacked");
    assert_eq!((&proposal["places"][0]["name"], &proposal["times"][0]["edtf"]), (&json!("Herat"), &json!("2031-04-01")));
    assert!(proposal["codes"]["modes"]["assault"].as_array().unwrap().contains(&json!("suicide-attack")));
    let mut sent = json!({ "document": "south", "statement": proposal["read"][0]["statement"] });
    sent["statement"]["negated"] = json!(true);
    let (status, written) = bench.posts("/api/v1/statements", &sent).await;
    assert_eq!(status, StatusCode::OK, "{written}");
    let (status, beyond) = bench.posts("/api/v1/statements/suggest", &json!({ "document": "south", "start": 9000, "end": 9001 })).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{beyond}");
}

#[tokio::test]
async fn documents_are_added_as_a_run_and_a_bad_one_is_passed_over() {
    let bench = Bench::of(&reports());
    let sent = json!({ "documents": [
        { "id": "ambush", "publisher": "North Wire", "published": "2031-04-10",
          "text": "Gunmen ambushed an army convoy near Kandahar on Wednesday, killing five soldiers, the army said." },
        { "id": "empty" },
        reports()[2],
        { "id": "south", "publisher": "South Press", "published": "2031-04-02", "language": "en",
          "text": "At least 31 people were killed when a bomber attacked a mosque in Herat on Tuesday, doctors at the city's hospital said." },
        { "id": "kidal", "language": "fr", "text": "Deux soldats maliens ont été tués jeudi dans une embuscade tendue à un convoi militaire près de Kidal." },
    ]});
    let (status, added) = bench.posts("/api/v1/documents", &sent).await;
    assert_eq!(status, StatusCode::OK, "{added}");
    let became: Vec<&str> = added["documents"].as_array().unwrap().iter().map(|one| one["became"].as_str().unwrap()).collect();
    assert_eq!(became, ["new", "failed", "unchanged", "new-version", "new"], "{added}");
    assert!(added["documents"][1]["why"].as_str().unwrap().contains("give one of them"), "{added}");
    assert!(added["documents"][4]["why"].as_str().unwrap().contains("its language is fr"), "{added}");
    assert!(added["groups"].as_u64().unwrap() > 0, "{added}");
    let record = bench.record();
    assert!(record.document("ambush").is_ok() && record.document("empty").is_err());
    let runs = record.runs().unwrap();
    let run = runs.last().unwrap();
    assert_eq!((run.inputs.as_slice(), run.failures.len()), (&["5 documents sent by you".to_owned()][..], 1));
    assert_eq!((run.added.new, run.added.new_versions, run.added.unchanged), (2, 1, 1));
    let (status, refused) = bench.posts("/api/v1/documents", &json!({ "documents": [] })).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "{refused}");
    assert_eq!(bench.record().verify(&mut |_| ()).unwrap(), []);
}
