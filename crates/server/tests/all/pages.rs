//! What the pages show, and what they do not let through.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use sayso::{Coder, Input, export};
use sayso_store::Record;
use tempfile::TempDir;
use tower::ServiceExt;

const NOW: &str = "2025-03-13T08:00:00Z";

/// A record of two documents and the router of its pages.
fn pages() -> (TempDir, Router) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("record.sayso");
    let coder = Coder::embedded().unwrap();
    let inputs = [
        r#"{"id": "a/b?c", "title": "Six <b>killed</b>", "publisher": "Sahel Wire", "published": "2025-03-12",
            "text": "Boko Haram killed at least six farmers <script>alert(1)</script> near Jos on Monday, police said.\n\nCourtesy Newsweek"}"#,
        r#"{"id": "kidal", "url": "javascript:alert(1)", "text": "Deux soldats maliens ont été tués jeudi dans une embuscade tendue à un convoi militaire près de Kidal, dans le nord du Mali."}"#,
    ];
    let documents: Vec<_> = inputs
        .iter()
        .map(|line| {
            let document = coder.document(&serde_json::from_str::<Input>(line).unwrap()).unwrap();
            (export::document_record(&document), coder.records(&document))
        })
        .collect();
    Record::create_or_open(&path, NOW).unwrap().add(&documents).unwrap();
    let router = sayso_server::router(sayso_server::Desk::open(&path).unwrap());
    (directory, router)
}

async fn asked(router: &Router, method: Method, host: &str, address: &str) -> (StatusCode, HeaderMap, String) {
    let request = Request::builder().method(method).uri(address).header("host", host).body(Body::empty()).unwrap();
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap();
    (parts.status, parts.headers, String::from_utf8(body.to_vec()).unwrap())
}

async fn got(router: &Router, address: &str) -> (StatusCode, String) {
    let (status, _, body) = asked(router, Method::GET, "127.0.0.1:8787", address).await;
    (status, body)
}

#[tokio::test]
async fn a_document_shows_its_coded_words_and_their_statements() {
    let (_directory, router) = pages();
    let (status, body) = got(&router, "/document/a%2Fb%3Fc").await;
    assert_eq!(status, StatusCode::OK);
    for expected in [
        "class=\"actor\" title=\"actor: Boko Haram\">Boko Haram</mark>",
        "trigger",
        "id=\"e1\" href=\"#s1\"",
        "<li id=\"s1\" data-statement=",
        "href=\"#e1\"",
        "<span class=\"label\">Credit</span>",
        "at least 6",
    ] {
        assert!(body.contains(expected), "{expected}: {body}");
    }
}

#[tokio::test]
async fn text_is_never_markup() {
    let (_directory, router) = pages();
    for address in ["/document/a%2Fb%3Fc", "/document/kidal", "/document/%3Cscript%3E"] {
        let (_, body) = got(&router, address).await;
        assert!(!body.contains("<script>") && !body.contains("<b>killed") && !body.contains("href=\"javascript:"), "{address}");
    }
}

#[tokio::test]
async fn every_answer_forbids_what_a_page_need_not_do() {
    let (_directory, router) = pages();
    for address in ["/ui/style.css", "/nowhere", "/document/none", "/document"] {
        let (_, headers, _) = asked(&router, Method::GET, "localhost:1", address).await;
        let policy = headers["content-security-policy"].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'"), "{address}: {policy}");
        assert_eq!(headers["x-content-type-options"], "nosniff", "{address}");
    }
}

#[tokio::test]
async fn what_is_not_there_says_what_to_do() {
    let (_directory, router) = pages();
    for (address, status, advice) in [
        ("/nowhere", StatusCode::NOT_FOUND, "linked from"),
        ("/document", StatusCode::NOT_FOUND, "linked from"),
        ("/document/none", StatusCode::NOT_FOUND, "no document has the id `none`"),
    ] {
        let (found, body) = got(&router, address).await;
        assert!(found == status && body.contains(advice), "{address}: {found} {body}");
    }
}

#[tokio::test]
async fn other_names_and_other_methods_are_refused() {
    let (_directory, router) = pages();
    let (status, _, _) = asked(&router, Method::GET, "evil.example", "/").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let (status, _, _) = asked(&router, Method::POST, "localhost", "/").await;
    assert!(status.is_client_error());
}

#[test]
fn other_machines_are_not_served_while_there_is_nobody_to_let_in() {
    let (directory, _router) = pages();
    let reach = sayso_server::Reach::at("0.0.0.0:0".parse().unwrap());
    let error = sayso_server::serve(&directory.path().join("record.sayso"), None, &reach, "Amina", |_| ()).unwrap_err();
    assert_eq!(error.kind(), sayso_server::ErrorKind::NoPeople);
}
