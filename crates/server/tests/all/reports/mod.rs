//! A linked record of a few reports, and what the workbench answers over it.
#![allow(clippy::unwrap_used, dead_code, reason = "a test that cannot go on has failed; not each suite asks in every way")]

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use sayso::linking::{Linker, Scope, link_record};
use sayso::{Coder, Input, export};
use sayso_server::Desk;
use sayso_store::Record;
use serde_json::Value;
use tempfile::TempDir;
use tower::ServiceExt;

pub const NOW: &str = "2032-04-09T08:00:00Z";

/// The router over a record of reports, each a line of JSON.
pub fn workbench(reports: &[&str]) -> (TempDir, Router) {
    let (directory, desk) = desk(reports);
    (directory, sayso_server::router(desk))
}

/// The desk of such a record.
pub fn desk(reports: &[&str]) -> (TempDir, Desk) {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("record.sayso");
    let coder = Coder::embedded().unwrap();
    let coded = |line: &&str| {
        let document = coder.document(&serde_json::from_str::<Input>(line).unwrap()).unwrap();
        (export::document_record(&document), coder.records(&document))
    };
    let mut record = Record::create_or_open(&path, NOW).unwrap();
    record.add(&reports.iter().map(coded).collect::<Vec<_>>()).unwrap();
    link_record(&Linker::embedded().unwrap(), &mut record, Scope::Everything, "sayso test", &serde_json::json!({})).unwrap();
    drop(record);
    let desk = Desk::open(&path).unwrap();
    (directory, desk)
}

/// Status, headers and body of an answer.
pub async fn answered(router: &Router, address: &str, range: Option<&str>) -> (StatusCode, HeaderMap, Vec<u8>) {
    let mut request = Request::builder().uri(address).header("host", "127.0.0.1:8787");
    if let Some(range) = range {
        request = request.header("range", range);
    }
    let response = router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    (parts.status, parts.headers, to_bytes(body, 1 << 24).await.unwrap().to_vec())
}

/// The text of a page or file that there is.
pub async fn text(router: &Router, address: &str) -> String {
    let (status, _, body) = answered(router, address, None).await;
    let body = String::from_utf8(body).unwrap();
    assert_eq!(status, StatusCode::OK, "{address}: {body}");
    body
}

/// The answer of the API.
pub async fn json(router: &Router, address: &str) -> Value {
    serde_json::from_str(&text(router, &format!("/api/v1{address}")).await).unwrap()
}
