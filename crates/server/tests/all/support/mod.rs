//! A linked record of some reports behind the router, and how it is asked.

use std::path::PathBuf;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode};
use sayso::decide;
use sayso::linking::{Linker, Scope, link_record, versions};
use sayso::{Coder, Input, export};
use sayso_store::Record;
use sayso_types::record::GroupRecord;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

const NOW: &str = "2031-05-01T08:00:00Z";

/// Three reports of one bombing, of which one is a copy, and one of another attack a week later.
pub fn reports() -> Vec<Value> {
    let told = "A suicide bomber killed 24 people at a mosque in Herat on Tuesday, the interior ministry said. The blast tore through the \
                crowded prayer hall shortly after sunset and left dozens wounded. Ambulances took the injured to three hospitals in the \
                city";
    vec![
        json!({"id": "wire", "publisher": "North Wire", "published": "2031-04-02", "title": "Bomber kills 24", "language": "en",
               "text": format!("{told}, where relatives searched for the missing until midnight.")}),
        json!({"id": "star", "publisher": "Evening Star", "credit": "North Wire", "published": "2031-04-03", "title": "Blood at prayers",
               "language": "en", "text": format!("{told}.")}),
        json!({"id": "south", "publisher": "South Press", "published": "2031-04-02", "title": "At least 29 dead", "language": "en",
               "text": "At least 29 people were killed when a bomber attacked a mosque in Herat on Tuesday, doctors at the city's hospital said."}),
        json!({"id": "later", "publisher": "South Press", "published": "2031-04-09", "title": "Checkpoint attacked", "language": "en",
               "text": "Gunmen attacked a police checkpoint in Kandahar on Tuesday, killing three officers, police said."}),
    ]
}

/// A linked record behind the router.
pub struct Bench {
    pub directory: TempDir,
    pub router: Router,
}

impl Bench {
    /// The record of some reports.
    pub fn of(reports: &[Value]) -> Bench {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("record.sayso");
        let coder = Coder::embedded().unwrap();
        let documents: Vec<_> = reports
            .iter()
            .map(|report| {
                let document = coder.document(&serde_json::from_value::<Input>(report.clone()).unwrap()).unwrap();
                (export::document_record(&document), coder.records(&document))
            })
            .collect();
        let mut record = Record::create_or_open(&path, NOW).unwrap();
        record.add(&documents).unwrap();
        link_record(&Linker::embedded().unwrap(), &mut record, Scope::Everything, "test", &versions()).unwrap();
        let router = sayso_server::router(sayso_server::Desk::open(&path).unwrap());
        Bench { directory, router }
    }

    pub fn path(&self) -> PathBuf {
        self.directory.path().join("record.sayso")
    }

    /// The record, to look at what was kept.
    pub fn record(&self) -> Record {
        Record::open_read_only(&self.path()).unwrap()
    }

    /// All groups that hold.
    pub fn groups(&self) -> Vec<GroupRecord> {
        self.record().groups(&sayso_store::query::GroupFilter::default()).unwrap().items
    }

    /// Decides as another person and beside the server.
    pub fn decides_as(&self, who: &str, request: &decide::Request) {
        let mut record = Record::open_to_change(&self.path(), NOW).unwrap();
        let action = request.action(&record, Linker::embedded).unwrap();
        record.decide(who, "as told", &action).unwrap();
    }

    pub async fn gets(&self, address: &str) -> (StatusCode, String) {
        self.sends(Request::get(address).body(Body::empty()).unwrap()).await
    }

    pub async fn gets_json(&self, address: &str) -> (StatusCode, Value) {
        let (status, body) = self.gets(address).await;
        (status, serde_json::from_str(&body).unwrap())
    }

    pub async fn posts(&self, address: &str, body: &Value) -> (StatusCode, Value) {
        self.posts_with(Request::builder(), address, body).await
    }

    pub async fn posts_as_key(&self, key: &str, body: &Value) -> (StatusCode, Value) {
        self.posts_with(Request::builder().header("idempotency-key", key), "/api/v1/decisions", body).await
    }

    async fn posts_with(&self, request: axum::http::request::Builder, address: &str, body: &Value) -> (StatusCode, Value) {
        let request = request.method(Method::POST).uri(address).header("content-type", "application/json");
        let (status, body) = self.sends(request.body(Body::from(body.to_string())).unwrap()).await;
        (status, serde_json::from_str(&body).unwrap_or_else(|_| panic!("{address}: {status} {body}")))
    }

    async fn sends(&self, mut request: Request<Body>) -> (StatusCode, String) {
        request.headers_mut().insert("host", "127.0.0.1:8787".parse().unwrap());
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 1 << 22).await.unwrap();
        (parts.status, String::from_utf8(body.to_vec()).unwrap())
    }
}
