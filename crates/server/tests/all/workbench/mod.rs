//! A workbench to ask: a record of a few documents, and one person of each role with a session and a token.

use std::path::Path;
use std::sync::LazyLock;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use jiff::Timestamp;
use sayso::{Coder, Input, export};
use sayso_people::{By, PasswordHash, People, Role};
use sayso_server::{Access, Desk, Reach};
use sayso_store::Record;
use tempfile::TempDir;
use tower::ServiceExt;

/// What everybody's password is.
pub const PASSWORD: &str = "six farmers near jos";

/// Documents whose every field is what somebody hostile would write there.
const DOCUMENTS: [&str; 3] = [
    r#"{"id": "a/b?c", "title": "Six <b>killed</b>", "publisher": "Sahel <script>alert(1)</script> Wire", "published": "2025-03-12",
        "text": "Boko Haram killed at least six farmers <script>alert(1)</script> near Jos on Monday, police said.\n\nCourtesy Newsweek"}"#,
    r#"{"id": "\"><img src=x onerror=alert(1)>", "title": "\"><img src=x onerror=alert(1)>", "publisher": "=HYPERLINK(\"http://evil.example\")",
        "url": "javascript:alert(1)", "text": "Gunmen shot two teachers dead in Kano on Tuesday, police said. '\"><svg onload=alert(1)>"}"#,
    r#"{"id": "..%2f..\\..", "url": "javascript:alert(1)", "text": "Deux soldats maliens ont été tués jeudi dans une embuscade près de Kidal."}"#,
];

/// The record, as bytes: coded once.
static RECORD: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("record.sayso");
    let coder = Coder::embedded().unwrap();
    let coded = |text: &&str| {
        let document = coder.document(&serde_json::from_str::<Input>(text).unwrap()).unwrap();
        (export::document_record(&document), coder.records(&document))
    };
    let documents: Vec<_> = DOCUMENTS.iter().map(coded).collect();
    Record::create_or_open(&path, "2025-03-13T08:00:00Z").unwrap().add(&documents).unwrap();
    std::fs::read(&path).unwrap()
});

/// A workbench with its files.
pub struct Workbench {
    pub directory: TempDir,
    pub router: Router,
    /// For each role its session's cookie and its token.
    pub keys: Vec<(Role, String, String)>,
}

/// An answer, read whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Workbench {
    /// Whoever asks may do everything.
    pub fn open() -> Workbench {
        let directory = record();
        let router = sayso_server::router(desk(directory.path()));
        Workbench { directory, router, keys: Vec::new() }
    }

    /// One person, by a link; its path.
    pub fn by_link(reach: &Reach) -> (Workbench, String) {
        let directory = record();
        let (access, path) = Access::by_link("Amina", reach).unwrap();
        let router = sayso_server::router_for(desk(directory.path()), access);
        (Workbench { directory, router, keys: Vec::new() }, path)
    }

    /// A person of each role, named like it.
    pub fn of_people(reach: &Reach) -> Workbench {
        let directory = record();
        let mut people = People::create_or_open(&People::path_of(&directory.path().join("record.sayso"))).unwrap();
        let (by, now, hash) = (By::command_line("root"), now(), PasswordHash::of(PASSWORD).unwrap());
        let keys = Role::ALL.map(|role| {
            let name = role.as_str();
            people.add(name, role, Some(&hash), &by, now).unwrap();
            let session = people.begin_session(name, &by, now).unwrap();
            let (token, _) = people.make_token(name, "test", 1, &by, now).unwrap();
            (role, format!("sayso-{}={}", reach.address.port(), session.text()), token.text().to_owned())
        });
        let router = sayso_server::router_for(desk(directory.path()), Access::by_sign_in(people, reach));
        Workbench { directory, router, keys: keys.to_vec() }
    }

    /// The people's file, opened a second time, as the command line does.
    pub fn people(&self) -> People {
        People::create_or_open(&People::path_of(&self.directory.path().join("record.sayso"))).unwrap()
    }

    /// The cookie of the person of a role.
    pub fn cookie(&self, role: Role) -> &str {
        self.keys.iter().find(|(of, _, _)| *of == role).map(|(_, cookie, _)| cookie.as_str()).unwrap()
    }

    /// The token of the person of a role.
    pub fn token(&self, role: Role) -> &str {
        self.keys.iter().find(|(of, _, _)| *of == role).map(|(_, _, token)| token.as_str()).unwrap()
    }

    /// Asks, from this machine unless a header says otherwise.
    pub async fn ask(&self, method: &Method, address: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(method).uri(address);
        if !headers.iter().any(|(name, _)| *name == "host") {
            request = request.header("host", "127.0.0.1:8787");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = self.router.clone().oneshot(request.body(body.into()).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, 64 << 20).await.unwrap();
        Answer { status: parts.status, headers: parts.headers, body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// Gets a page or an answer.
    pub async fn get(&self, address: &str, headers: &[(&str, &str)]) -> Answer {
        self.ask(&Method::GET, address, headers, Body::empty()).await
    }

    /// Sends JSON.
    pub async fn send(&self, method: Method, address: &str, headers: &[(&str, &str)], json: &str) -> Answer {
        let headers = [headers, &[("content-type", "application/json")]].concat();
        self.ask(&method, address, &headers, json.to_owned()).await
    }
}

/// At a loopback address, as often as one likes.
pub fn loopback() -> Reach {
    Reach { requests_per_minute: None, ..Reach::at("127.0.0.1:0".parse().unwrap()) }
}

fn record() -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("record.sayso"), RECORD.as_slice()).unwrap();
    directory
}

fn desk(directory: &Path) -> Desk {
    Desk::open(&directory.join("record.sayso")).unwrap()
}

#[allow(clippy::disallowed_methods, reason = "the guard goes by the present time")]
pub fn now() -> Timestamp {
    Timestamp::now()
}
