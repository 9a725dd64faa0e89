//! What does search find, how is it narrowed, and what leaves it as a file or feed?

use std::collections::BTreeSet;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use sayso::linking::{Linker, Scope, link_record, versions};
use sayso::{Coder, Input, export};
use sayso_store::Record;
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

const REPORTS: [&str; 7] = [
    r#"{"id": "jos-1", "title": "Six farmers killed", "publisher": "Sahel Wire", "published": "2015-03-12",
        "text": "Boko Haram killed at least six farmers near Jos on 10 March 2015, police said."}"#,
    r#"{"id": "jos-2", "title": "Attack near Jos", "publisher": "Plateau Post", "published": "2015-03-13",
        "text": "Boko Haram killed eight farmers near Jos on 10 March 2015, a hospital official said."}"#,
    r#"{"id": "kano-1", "title": "Mosque bombed", "publisher": "Sahel Wire", "published": "2014-11-29",
        "text": "Gunmen bombed a mosque in Kano on 28 November 2014, killing 30 worshippers, witnesses said."}"#,
    r#"{"id": "kunduz-1", "title": "Taliban attack checkpoint", "publisher": "Northern Herald", "published": "2016-05-02",
        "text": "Taliban fighters attacked a police checkpoint in Kunduz on 1 May 2016, the governor said."}"#,
    r#"{"id": "kabul-1", "title": "Protest in Kabul", "publisher": "Northern Herald", "published": "2016-05-03",
        "text": "Hundreds of students demonstrated in Kabul on 2 May 2016, police said."}"#,
    r#"{"id": "evil <b>", "title": "<script>alert(1)</script>", "publisher": "=HYPERLINK(\"http://evil.example\")", "published": "2016-06-03",
        "text": "Gunmen <img src=x onerror=alert(1)> killed two teachers in Kano on 2 June 2016, police said."}"#,
    r#"{"id": "pledge-1", "title": "A pledge", "publisher": "Sahel Wire", "published": "2015-03-20",
        "text": "Boko Haram pledged allegiance to Islamic State on 7 March 2015. Boko Haram has about 6,000 fighters, officials said."}"#,
];

/// A linked record of these reports.
fn record() -> (TempDir, Router) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("record.sayso");
    let coder = Coder::embedded().unwrap();
    let coded = |text: &&str| {
        let document = coder.document(&serde_json::from_str::<Input>(text).unwrap()).unwrap();
        (export::document_record(&document), coder.records(&document))
    };
    let mut record = Record::create_or_open(&path, "2025-03-13T08:00:00Z").unwrap();
    record.add(&REPORTS.iter().map(coded).collect::<Vec<_>>()).unwrap();
    link_record(&Linker::embedded().unwrap(), &mut record, Scope::Changed, "test", &versions()).unwrap();
    drop(record);
    let router = sayso_server::router(sayso_server::Desk::open(&path).unwrap());
    (directory, router)
}

async fn asked(router: &Router, method: Method, address: &str, json: Option<&str>) -> (StatusCode, String, Vec<u8>) {
    let mut request = Request::builder().method(method).uri(address).header("host", "127.0.0.1:8787");
    if json.is_some() {
        request = request.header("content-type", "application/json");
    }
    let body = json.map_or_else(Body::empty, |json| Body::from(json.to_owned()));
    let response = router.clone().oneshot(request.body(body).unwrap()).await.unwrap();
    let kind = response.headers().get("content-type").map(|kind| kind.to_str().unwrap().to_owned()).unwrap_or_default();
    (response.status(), kind, to_bytes(response.into_body(), 16 << 20).await.unwrap().to_vec())
}

async fn page(router: &Router, address: &str) -> String {
    let (status, _, body) = asked(router, Method::GET, address, None).await;
    let body = String::from_utf8(body).unwrap();
    assert_eq!(status, StatusCode::OK, "{address}: {body}");
    body
}

async fn json(router: &Router, address: &str) -> Value {
    serde_json::from_str(&page(router, address).await).unwrap()
}

fn encoded(q: &str) -> String {
    form_urlencoded::byte_serialize(q.as_bytes()).collect()
}

/// What a question finds: of groups the place or the parties, of others the id.
async fn found(router: &Router, as_: &str, q: &str) -> Vec<String> {
    let answer = json(router, &format!("/api/v1/search?as={as_}&q={}", encoded(q))).await;
    let name = |hit: &Value| match hit["hit"].as_str().unwrap() {
        "group" => {
            hit["group"]["place"]["name"].as_str().map_or_else(|| hit["group"]["type"].as_str().unwrap().to_owned(), ToOwned::to_owned)
        }
        "statement" => hit["statement"]["document_id"].as_str().unwrap().to_owned(),
        _ => hit["id"].as_str().unwrap().to_owned(),
    };
    let mut names: Vec<String> = answer["hits"].as_array().unwrap().iter().map(name).collect();
    assert_eq!(answer["tally"]["number"].as_u64().unwrap(), names.len() as u64, "{q}");
    names.sort();
    names.dedup();
    names
}

#[tokio::test]
async fn a_question_finds_what_it_means() {
    let (_directory, router) = record();
    for (as_, q, expected) in [
        ("events", "mosque", &["Kano"][..]),
        ("events", "farmers", &["Jos"]),
        ("events", "mosq* OR checkpoint", &["Kano", "Kunduz"]),
        ("events", "mosque checkpoint", &[]),
        ("events", "\"police checkpoint\"", &["Kunduz"]),
        ("events", "\"checkpoint police\"", &[]),
        ("events", "place:Kano -mosque", &["Kano"]),
        ("events", "country:NGA since:2015 until:2015", &["Jos"]),
        ("events", "country:Afghanistan type:protest", &["Kabul"]),
        ("events", "actor:\"Boko Haram\" type:assault", &["Jos"]),
        ("events", "date:2014", &["Kano"]),
        ("events", "date:2016-05..2016-05", &["Kabul", "Kunduz"]),
        ("events", "source:governor", &["Kunduz"]),
        ("events", "publisher:\"northern herald\"", &["Kabul", "Kunduz"]),
        ("events", "sources:>=2", &["Jos"]),
        ("events", "review:accepted", &[]),
        ("documents", "mosque", &["kano-1"]),
        ("documents", "publisher:\"Plateau Post\"", &["jos-2"]),
        ("documents", "told:2014", &["kano-1"]),
        ("documents", "actor:Taliban", &["kunduz-1"]),
        ("documents", "-killed told:2016", &["kabul-1", "kunduz-1"]),
        ("statements", "farmers", &["jos-1", "jos-2"]),
        ("statements", "type:protest", &["kabul-1"]),
        ("estimates", "actor:\"Boko Haram\"", &["strength"]),
    ] {
        assert_eq!(found(&router, as_, q).await, expected, "{as_}: {q}");
    }
}

#[tokio::test]
async fn each_hit_says_why_it_is_one() {
    let (_directory, router) = record();
    let answer = json(&router, "/api/v1/events?q=mosque").await;
    let quote = &answer["hits"][0]["quote"];
    let sought: Vec<&str> = quote["pieces"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|piece| piece["sought"] == true)
        .map(|piece| piece["text"].as_str().unwrap())
        .collect();
    assert_eq!(sought, ["mosque"]);
    assert_eq!(quote["from"]["id"], "kano-1");
    let body = page(&router, "/?q=mosque").await;
    assert!(body.contains("<mark class=\"sought\">mosque</mark>"), "{body}");
}

#[tokio::test]
async fn facets_add_and_remove_themselves() {
    let (_directory, router) = record();
    let all = json(&router, "/api/v1/events?q=killed").await;
    let value = |answer: &Value, facet: &str, value: &str| {
        let facets = answer["facets"].as_array().unwrap();
        let facet = facets.iter().find(|each| each["facet"] == facet).unwrap().clone();
        facet["values"].as_array().unwrap().iter().find(|each| each["value"] == value).unwrap().clone()
    };
    let nigeria = value(&all, "country", "NGA");
    assert_eq!((nigeria["name"].as_str(), nigeria["chosen"].as_bool()), (Some("Nigeria"), Some(false)));
    let q = nigeria["q"].as_str().unwrap();
    assert_eq!(q, "killed country:NGA");
    let narrowed = json(&router, &format!("/api/v1/events?q={}", encoded(q))).await;
    assert_eq!(narrowed["tally"]["number"], nigeria["number"]);
    let chosen = value(&narrowed, "country", "NGA");
    assert_eq!((chosen["q"].as_str(), chosen["chosen"].as_bool()), (Some("killed"), Some(true)));
    let body = page(&router, &format!("/?q={}", encoded(q))).await;
    assert!(body.contains("Remove: "), "{body}");
}

#[tokio::test]
async fn the_form_writes_the_question() {
    let (_directory, router) = record();
    let request =
        Request::builder().uri("/?q=killed&actor=Boko%20Haram&type=&since=2015").header("host", "localhost").body(Body::empty()).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()["location"], "/?q=killed+actor%3A%22Boko+Haram%22+since%3A%222015%22&as=events");
}

#[tokio::test]
async fn what_is_not_understood_is_told_and_the_rest_is_asked() {
    let (_directory, router) = record();
    let answer = json(&router, &format!("/api/v1/events?q={}", encoded("mosque status:sure"))).await;
    assert_eq!((answer["q"].as_str(), answer["tally"]["number"].as_u64()), (Some("mosque"), Some(1)));
    assert_eq!((answer["remarks"][0]["at"].as_u64(), answer["remarks"][0]["written"].as_str()), (Some(7), Some("status:sure")));
    for q in ["\"", "((((", "* OR -", "\u{0}\u{2}", "NEAR(a b)", "evidence:x", "' OR 1=1 --", &"(".repeat(5000), &"a ".repeat(3000)] {
        for as_ in ["events", "documents", "actors", "statements"] {
            let (status, _, body) = asked(&router, Method::GET, &format!("/api/v1/search?as={as_}&q={}", encoded(q)), None).await;
            assert_eq!(status, StatusCode::OK, "{q}: {}", String::from_utf8_lossy(&body));
        }
    }
}

#[tokio::test]
async fn text_is_never_markup() {
    let (_directory, router) = record();
    for address in [
        "/",
        "/?q=teachers",
        "/?q=teachers&as=documents",
        "/?q=teachers&as=statements",
        "/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&as=actors",
    ] {
        let body = page(&router, address).await;
        assert!(!body.contains("<script>") && !body.contains("<img src=x"), "{address}");
    }
}

#[tokio::test]
async fn pages_follow_one_another_without_loss_or_repetition() {
    let (_directory, router) = record();
    for as_ in ["events", "documents", "statements", "actors"] {
        for q in ["", "killed OR attacked OR protested OR bombed"] {
            let whole = json(&router, &format!("/api/v1/{as_}?limit=200&q={}", encoded(q))).await;
            let expected: Vec<String> = whole["hits"].as_array().unwrap().iter().map(ToString::to_string).collect();
            let (mut seen, mut cursor) = (Vec::new(), String::new());
            loop {
                let answer = json(&router, &format!("/api/v1/{as_}?limit=1&q={}&cursor={}", encoded(q), encoded(&cursor))).await;
                seen.extend(answer["hits"].as_array().unwrap().iter().map(ToString::to_string));
                match answer["next"].as_str() {
                    Some(next) => next.clone_into(&mut cursor),
                    None => break,
                }
            }
            assert_eq!(seen, expected, "{as_}: {q}");
            assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len(), "{as_}: {q}");
        }
    }
    let (status, _, _) = asked(&router, Method::GET, "/api/v1/events?cursor=nowhere", None).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn exports_are_the_list_and_hold_no_formula() {
    let (_directory, router) = record();
    for (as_, id) in [("events", "group"), ("statements", "statement"), ("documents", "")] {
        let list = json(&router, &format!("/api/v1/{as_}?limit=200&q=killed")).await;
        let of = |hit: &Value| if id.is_empty() { hit["id"].clone() } else { hit[id]["id"].clone() };
        let ids: Vec<String> = list["hits"].as_array().unwrap().iter().map(|hit| of(hit).as_str().unwrap().to_owned()).collect();
        assert!(!ids.is_empty());
        let text = page(&router, &format!("/api/v1/export?as={as_}&q=killed&format=csv")).await;
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let headers = reader.headers().unwrap().clone();
        assert_eq!((&headers[0], &headers[headers.len() - 2], &headers[headers.len() - 1]), ("id", "as_of", "link"));
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert_eq!(rows.iter().map(|row| row[0].to_owned()).collect::<Vec<_>>(), ids, "{as_}");
        for row in &rows {
            assert!(row.iter().all(|value| !value.starts_with(['=', '@', '+'])), "{row:?}");
            assert!(row[row.len() - 1].starts_with("http://127.0.0.1:8787/"), "{row:?}");
        }
        let text = page(&router, &format!("/api/v1/export?as={as_}&q=killed&format=jsonl")).await;
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.iter().map(|line| line["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>(), ids, "{as_}");
    }
    let text = page(&router, "/api/v1/export?as=documents&q=teachers&format=csv&bom=yes").await;
    assert!(text.starts_with("\u{feff}id,") && text.contains("'=HYPERLINK"), "{text}");
    let (status, kind, file) = asked(&router, Method::GET, "/api/v1/export?as=documents&format=xlsx", None).await;
    assert!(status == StatusCode::OK && kind.ends_with("spreadsheetml.sheet") && file.starts_with(b"PK"));
    let (status, kind, _) = asked(&router, Method::GET, "/api/v1/export?as-of=nonsense", None).await;
    assert_eq!((status, kind.as_str()), (StatusCode::BAD_REQUEST, "application/problem+json"));
}

#[tokio::test]
async fn search_looks_back() {
    let (_directory, router) = record();
    let answer = json(&router, "/api/v1/documents?as-of=2020").await;
    assert_eq!(answer["tally"]["number"], 0);
    let body = page(&router, "/?q=mosque&as-of=2020").await;
    assert!(body.contains("As the record stood") && body.contains("as-of=2020") && body.contains("Nothing in this record"), "{body}");
}

#[tokio::test]
async fn questions_are_kept_renamed_and_removed() {
    let (_directory, router) = record();
    let (status, _, body) =
        asked(&router, Method::POST, "/api/v1/saved", Some(r#"{"name": "Kano", "q": "place:Kano", "as": "documents"}"#)).await;
    assert_eq!(status, StatusCode::CREATED, "{}", String::from_utf8_lossy(&body));
    let number = serde_json::from_slice::<Value>(&body).unwrap()["number"].as_i64().unwrap();
    assert!(page(&router, "/").await.contains("place%3AKano"));
    let (status, _, _) = asked(&router, Method::PUT, &format!("/api/v1/saved/{number}"), Some(r#"{"name": "Kano city"}"#)).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(json(&router, "/api/v1/saved").await["saved"][0]["name"], "Kano city");
    let (status, _, _) = asked(&router, Method::DELETE, &format!("/api/v1/saved/{number}"), None).await;
    assert_eq!(status, StatusCode::NO_CONTENT);
    let (status, _, _) = asked(&router, Method::DELETE, &format!("/api/v1/saved/{number}"), None).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_question_is_a_feed() {
    let (_directory, router) = record();
    let (status, kind, body) = asked(&router, Method::GET, "/feed.atom?q=killed&as=documents", None).await;
    let body = String::from_utf8(body).unwrap();
    assert!(status == StatusCode::OK && kind.starts_with("application/atom+xml"), "{body}");
    assert!(body.contains("<updated>2025-03-13T08:00:00Z</updated>") && body.contains("<id>urn:sayso:document:jos-1</id>"), "{body}");
    assert!(!body.contains("<script>") && body.contains("&lt;script&gt;"), "{body}");
    let request = Request::builder().uri("/feed.atom?q=killed&as=documents").header("host", "127.0.0.1:8787").body(Body::empty()).unwrap();
    let tag = router.clone().oneshot(request).await.unwrap().headers()["etag"].clone();
    let request = Request::builder().uri("/feed.atom?q=killed&as=documents").header("host", "127.0.0.1:8787").header("if-none-match", tag);
    let response = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
}
