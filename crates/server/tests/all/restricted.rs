//! Who sees what people restricted: no answer of any reading route tells it, or that there is something, to who may not.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use sayso_people::Role;
use sayso_server::{Access, Desk, router_for};
use serde_json::json;
use tower::ServiceExt;

use crate::support::{Bench, reports};

/// Words that stand in the restricted note alone.
const TELLTALE: [&str; 3] = ["Zubeyr", "Field Notes", "field-note-7"];

/// The bench of all reports and a note from the field on the same bombing.
fn bench() -> Bench {
    let note = json!({"id": "field-note-7", "publisher": "Field Notes", "published": "2031-04-02", "title": "From a driver", "language": "en",
        "text": "A suicide bomber killed 26 people at a mosque in Herat on Tuesday, a driver named Zubeyr said."});
    Bench::of(&reports().into_iter().chain([note]).collect::<Vec<_>>())
}

/// The record of the bench behind the router of a person.
fn router_of(bench: &Bench, role: Role) -> Router {
    router_for(Desk::open(&bench.path()).unwrap(), Access::assumed("somebody", role).unwrap())
}

async fn gets(router: &Router, address: &str) -> (StatusCode, String, String) {
    let request = Request::get(address).header("host", "127.0.0.1:8787").body(Body::empty()).unwrap();
    let (parts, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    let tag = parts.headers.get("etag").map(|tag| tag.to_str().unwrap().to_owned()).unwrap_or_default();
    (parts.status, String::from_utf8_lossy(&to_bytes(body, 1 << 24).await.unwrap()).into_owned(), tag)
}

/// Every reading address of the API and of the pages, with each id that the record has.
fn addresses(bench: &Bench) -> Vec<String> {
    let record = bench.record();
    let statements = record.statements(&sayso_store::Filter::default()).unwrap();
    let mut ids: Vec<String> = statements.iter().map(|statement| statement.id.clone()).collect();
    ids.extend(bench.groups().into_iter().map(|group| group.id));
    ids.extend(["field-note-7", "wire", "star", "south", "later", "taliban", "Field Notes", "1", "2", "3"].map(ToOwned::to_owned));
    let described = serde_json::to_value(sayso_server::openapi()).unwrap();
    let described = described["paths"].as_object().unwrap().iter().filter(|(_, item)| item.get("get").is_some());
    let mut paths: Vec<String> = described.map(|(path, _)| format!("/api/v1{path}")).collect();
    paths.extend(
        [
            "/",
            "/feed.atom",
            "/event/{id}",
            "/document/{id}",
            "/document/{id}/comparison",
            "/statement/{id}",
            "/actor/{id}",
            "/actor/{id}/events",
        ]
        .map(ToOwned::to_owned),
    );
    paths.extend(
        [
            "/actor/{id}/said",
            "/actor/{id}/told",
            "/actor/{id}/relations",
            "/relation/{id}",
            "/estimate/{id}",
            "/relations",
            "/map",
            "/review",
        ]
        .map(ToOwned::to_owned),
    );
    paths.extend(["/book", "/book/sources", "/book/runs", "/book/decision/{id}", "/book/log", "/history/{id}"].map(ToOwned::to_owned));
    let mut addresses = Vec::new();
    for path in paths {
        match path.split_once('{') {
            None => {
                for as_ in ["events", "statements", "documents", "actors"] {
                    addresses.push(format!("{path}?q=&as={as_}&since=2000-01-01&earlier=2031-01-01&actor=Zubeyr&format=csv"));
                    addresses.push(format!("{path}?q=bomber&as={as_}"));
                }
            }
            Some((before, after)) => {
                let after = after.split_once('}').unwrap().1;
                addresses.extend(ids.iter().map(|id| format!("{before}{}{after}", id.replace(' ', "%20"))));
            }
        }
    }
    addresses
}

#[tokio::test]
async fn no_reading_route_tells_a_reader_of_what_is_restricted() {
    let bench = bench();
    let (status, told) = bench
        .posts("/api/v1/decisions", &json!({"action": "sensitivity", "id": "field-note-7", "sensitivity": "restricted", "why": "a source"}))
        .await;
    assert_eq!(status, StatusCode::OK, "{told}");
    let reader = router_of(&bench, Role::Reader);
    let reviewer = router_of(&bench, Role::Reviewer);
    let (mut asked, mut seen_by_reviewer) = (0, 0);
    for address in addresses(&bench) {
        let (status, body, _) = gets(&reader, &address).await;
        assert!(status.as_u16() < 500, "{address}: {body}");
        asked += usize::from(status.is_success());
        // What was asked for is said again, so the address is no news.
        let said = body.replace(&address, "").replace("actor=Zubeyr", "").replace("Zubeyr&quot;", "");
        for word in TELLTALE {
            let asked_for = address.contains(&word.replace(' ', "%20"));
            assert!(asked_for || !said.contains(word), "{address} tells a reader of {word}: {said}");
        }
        if address.starts_with("/document/field-note-7") || address.starts_with("/api/v1/documents/field-note-7") {
            assert_eq!(status, StatusCode::NOT_FOUND, "{address}");
        }
        let (_, body, _) = gets(&reviewer, &address).await;
        seen_by_reviewer += usize::from(TELLTALE.iter().any(|word| body.contains(word)));
    }
    assert!(asked > 150 && seen_by_reviewer > 30, "{asked} answers, of which {seen_by_reviewer} tell a reviewer of it");
}

#[tokio::test]
async fn what_leaves_has_what_is_restricted_only_where_it_is_asked_for_by_who_may() {
    let bench = bench();
    bench.posts("/api/v1/decisions", &json!({"action": "sensitivity", "id": "field-note-7", "sensitivity": "restricted"})).await;
    let curator = router_of(&bench, Role::Curator);
    for address in ["/api/v1/export?as=documents&format=csv", "/api/v1/export?as=statements&format=jsonl", "/feed.atom?as=documents"] {
        let (status, body, _) = gets(&curator, address).await;
        assert_eq!(status, StatusCode::OK);
        assert!(!body.contains("field-note-7") && body.contains("south"), "{address}: {body}");
        let (_, body, _) = gets(&curator, &format!("{address}&restricted=include")).await;
        assert!(body.contains("field-note-7"), "{address}: {body}");
        let (status, _, _) = gets(&router_of(&bench, Role::Contributor), &format!("{address}&restricted=include")).await;
        assert_eq!(status, StatusCode::FORBIDDEN);
    }
}

#[tokio::test]
async fn a_mark_is_told_to_who_may_see_it_and_changes_the_answers_of_who_may_not() {
    let bench = bench();
    let reader = router_of(&bench, Role::Reader);
    let address = "/api/v1/search?as=documents&q=";
    let (_, before, tag_before) = gets(&reader, address).await;
    assert!(before.contains("field-note-7"));
    let asked = json!({"action": "sensitivity", "id": "field-note-7", "sensitivity": "restricted", "why": "it names a driver"});
    bench.posts("/api/v1/decisions", &asked).await;
    let (_, after, tag_after) = gets(&reader, address).await;
    assert!(!after.contains("field-note-7") && tag_before != tag_after);
    let (_, page, tag_of_admin) = gets(&bench.router, address).await;
    assert!(page.contains("\"restricted\":true") && tag_of_admin != tag_after, "one address has another mark for who sees more");
    let (_, page, _) = gets(&bench.router, "/document/field-note-7").await;
    assert!(page.contains("Restricted.") && page.contains("it names a driver") && page.contains("Open to all readers"), "{page}");
    let (_, page) = bench.gets_json("/api/v1/documents/field-note-7").await;
    assert_eq!(page["restricted"]["by"], "you");
    bench.posts("/api/v1/decisions", &json!({"action": "sensitivity", "id": "field-note-7", "sensitivity": "open"})).await;
    assert!(gets(&reader, address).await.1.contains("field-note-7"));
}

#[tokio::test]
async fn a_curator_marks_and_nobody_below() {
    let bench = bench();
    let asked = json!({"action": "sensitivity", "id": "wire", "sensitivity": "restricted"}).to_string();
    for (role, expected) in [(Role::Reader, 403), (Role::Contributor, 403), (Role::Reviewer, 403), (Role::Curator, 200)] {
        let request = Request::post("/api/v1/decisions").header("host", "127.0.0.1:8787").header("content-type", "application/json");
        let response = router_of(&bench, role).oneshot(request.body(Body::from(asked.clone())).unwrap()).await.unwrap();
        assert_eq!(response.status().as_u16(), expected, "{}", role.as_str());
    }
}
