//! Who may ask what: every operation of the API and every page, for every role and for nobody.

use std::collections::BTreeSet;
use std::path::Path;

use axum::http::{Method, StatusCode};
use sayso_people::Role;

use crate::workbench;
use crate::workbench::{Workbench, loopback};

/// Who may ask what is not read by everybody. What is not here is a GET that every role may ask, or the test fails.
const ABOVE_READING: [(&str, &str, &str); 15] = [
    ("GET", "/book/people", "admin auditor"),
    ("GET", "/api/v1/people", "admin auditor"),
    ("GET", "/api/v1/people/log", "admin auditor"),
    ("POST", "/api/v1/people", "admin"),
    ("PUT", "/api/v1/people/{name}/role", "admin"),
    ("PUT", "/api/v1/people/{name}/state", "admin"),
    ("PUT", "/api/v1/people/{name}/password", "admin"),
    ("POST", "/api/v1/documents", "contributor reviewer curator admin"),
    ("POST", "/api/v1/statements", "contributor reviewer curator admin"),
    ("POST", "/api/v1/statements/suggest", "contributor reviewer curator admin"),
    ("POST", "/api/v1/releases", "curator admin"),
    ("POST", "/api/v1/decisions", "reviewer curator admin"),
    ("POST", "/api/v1/decisions/preview", "reviewer curator admin"),
    ("POST", "/api/v1/decisions/undo", "reviewer curator admin"),
    ("POST", "/api/v1/decisions/redo", "reviewer curator admin"),
];

/// Changes that every role may ask, since they are about themselves only.
const ONES_OWN: [(&str, &str); 8] = [
    ("POST", "/api/v1/saved"),
    ("PUT", "/api/v1/saved/{number}"),
    ("DELETE", "/api/v1/saved/{number}"),
    ("POST", "/sign-out"),
    ("PUT", "/api/v1/me/password"),
    ("POST", "/api/v1/tokens"),
    ("DELETE", "/api/v1/tokens/{number}"),
    ("DELETE", "/api/v1/sessions/{number}"),
];

/// What is at the door: asked by whoever.
const AT_THE_DOOR: [(&str, &str); 5] =
    [("GET", "/sign-in"), ("POST", "/sign-in"), ("GET", "/enter"), ("GET", "/ui/{*path}"), ("GET", "/api/v1/openapi.json")];

/// Every operation that the API describes.
fn operations() -> BTreeSet<(String, String)> {
    let described = serde_json::to_value(sayso_server::openapi()).unwrap();
    let methods = |path: &str, item: &serde_json::Value| -> Vec<(String, String)> {
        let methods = item.as_object().unwrap().keys().filter(|key| key.as_str() != "parameters");
        methods.map(|method| (method.to_uppercase(), format!("/api/v1{path}"))).collect()
    };
    described["paths"].as_object().unwrap().iter().flat_map(|(path, item)| methods(path, item)).collect()
}

/// Every route that is not described, found where it is written: `.route("/path", get(…).post(…))`.
fn written() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![source.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let prefix = if path.starts_with(source.join("api")) { "/api/v1" } else { "" };
            match path.extension() {
                None => folders.push(path),
                Some(_) => found.extend(in_source(prefix, &std::fs::read_to_string(&path).unwrap())),
            }
        }
    }
    found
}

fn in_source(prefix: &str, text: &str) -> Vec<(String, String)> {
    let text: String = text.split_whitespace().collect();
    let mut found = Vec::new();
    for route in text.split(".route(\"").skip(1) {
        let (path, handlers) = route.split_once("\",").unwrap();
        let ends = handlers.find(".route(").or(handlers.find("}")).unwrap_or(handlers.len());
        for method in ["get", "post", "put", "delete", "patch"] {
            if handlers[..ends].starts_with(&format!("{method}(")) || handlers[..ends].contains(&format!(").{method}(")) {
                found.push((method.to_uppercase(), format!("{prefix}{path}")));
            }
        }
    }
    found
}

/// An address of the route.
fn address(path: &str) -> String {
    let filled = path.replace("{number}", "999999").replace("{*path}", "style.css");
    let mut parts = filled.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |address, part| format!("{address}nobody{}", part.split_once('}').unwrap().1))
}

/// The roles that may, by what is written above.
fn allowed(method: &str, path: &str) -> Vec<&'static str> {
    let all = Role::ALL.map(Role::as_str).to_vec();
    let named = ABOVE_READING.iter().find(|(m, p, _)| (*m, *p) == (method, path));
    match named {
        Some((_, _, roles)) => roles.split(' ').collect(),
        None if ONES_OWN.contains(&(method, path)) || AT_THE_DOOR.contains(&(method, path)) || method == "GET" => all,
        None => panic!("{method} {path}: say in this test who may"),
    }
}

fn is_refused(status: StatusCode) -> bool {
    matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN)
}

#[tokio::test]
async fn every_route_is_for_those_whose_part_it_is() {
    let workbench = Workbench::of_people(&loopback());
    let routes: BTreeSet<_> = operations().into_iter().chain(written()).collect();
    assert!(routes.len() > 20 && written().contains(&("POST".to_owned(), "/sign-in".to_owned())), "{routes:?}");
    for (method, path) in &routes {
        let asked: Method = method.parse().unwrap();
        let allowed = allowed(method, path);
        for role in Role::ALL {
            // A sign-out ends the session, so each route is asked by a new one.
            let session =
                workbench.people().begin_session(role.as_str(), &sayso_people::By::command_line("root"), workbench::now()).unwrap();
            let cookie = format!("sayso-0={}", session.text());
            let answer = workbench.ask(&asked, &address(path), &[("cookie", &cookie)], String::new()).await;
            let told = format!("{method} {path} as {}: {} {}", role.as_str(), answer.status, answer.body);
            assert_eq!(!is_refused(answer.status), allowed.contains(&role.as_str()), "{told}");
            assert!(answer.status.as_u16() < 500, "{told}");
        }
    }
}

#[tokio::test]
async fn nobody_is_let_in_without_showing_who_they_are() {
    let workbench = Workbench::of_people(&loopback());
    for (method, path) in operations().into_iter().chain(written()) {
        let asked: Method = method.parse().unwrap();
        let forged = [
            vec![],
            vec![("cookie", "sayso-0=0000000000000000000000000000000000000000000000000000000000000000")],
            vec![("cookie", "sayso-0=")],
        ];
        for headers in forged {
            let answer = workbench.ask(&asked, &address(&path), &headers, String::new()).await;
            let told = format!("{method} {path} {headers:?}: {} {}", answer.status, answer.body);
            if AT_THE_DOOR.contains(&(method.as_str(), path.as_str())) {
                assert!(!is_refused(answer.status) && answer.status.as_u16() < 500, "{told}");
            } else if path == "/feed.atom" {
                // What reads feeds finds no way to a page where people sign in.
                assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{told}");
            } else if method == "GET" && !path.starts_with("/api/") {
                assert_eq!(answer.status, StatusCode::SEE_OTHER, "{told}");
                assert!(answer.headers["location"].to_str().unwrap().starts_with("/sign-in?then=%2F"), "{told}");
            } else {
                assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{told}");
            }
        }
    }
}

#[tokio::test]
async fn a_token_asks_in_its_persons_name_but_changes_nothing_about_who_comes_in() {
    let workbench = Workbench::of_people(&loopback());
    let bearer = |role| format!("Bearer {}", workbench.token(role));
    let admin = bearer(Role::Admin);
    let answer = workbench.get("/api/v1/me", &[("authorization", &admin)]).await;
    assert!(answer.status == StatusCode::OK && answer.body.contains("\"name\":\"admin\""), "{}", answer.body);
    for (method, path, body) in [
        (Method::POST, "/api/v1/people", r#"{"name": "Eve", "role": "admin"}"#),
        (Method::PUT, "/api/v1/people/reader/role", r#"{"role": "admin"}"#),
        (Method::POST, "/api/v1/tokens", r#"{"label": "more"}"#),
        (Method::PUT, "/api/v1/me/password", r#"{"current": "six farmers near jos", "password": "another password"}"#),
    ] {
        let answer = workbench.send(method, path, &[("authorization", &admin)], body).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}: {}", answer.body);
    }
    for given in ["Bearer nonsense", "Bearer ", "Basic YWRtaW46YWRtaW4=", "nonsense", "Bearer sayso_0000"] {
        // A token that does not hold is not made good by a session that does.
        let answer = workbench.get("/api/v1/me", &[("authorization", given), ("cookie", workbench.cookie(Role::Admin))]).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{given}");
        assert_eq!(answer.headers["www-authenticate"], "Bearer", "{given}");
    }
}

#[tokio::test]
async fn each_decision_is_for_those_whose_part_it_is() {
    let workbench = Workbench::of_people(&loopback());
    let reviewing = ["accept", "reject", "correct"];
    let settling = ["join", "split", "settle", "status", "actors", "reliability", "origin"];
    for path in ["/api/v1/decisions", "/api/v1/decisions/preview"] {
        for action in reviewing.into_iter().chain(settling) {
            let body = serde_json::json!({
                "action": action, "statement": "none", "path": "/negated", "after": true, "ids": ["none", "nothing"], "event": "e-none",
                "out": ["none"], "attribute": "killed", "value": "3", "status": "weak", "judgement": "same", "a": "none", "b": "nothing",
                "source": "Nobody's Gazette", "grade": "F", "origin": "apart", "why": "for a test",
            });
            for role in Role::ALL {
                let answer = workbench.send(Method::POST, path, &[("cookie", workbench.cookie(role))], &body.to_string()).await;
                let may = match role {
                    Role::Reviewer => reviewing.contains(&action),
                    Role::Curator | Role::Admin => true,
                    _ => false,
                };
                assert_eq!(!is_refused(answer.status), may, "{path} {action} as {}: {} {}", role.as_str(), answer.status, answer.body);
            }
        }
    }
}

#[tokio::test]
async fn what_others_decided_is_taken_back_by_those_who_settle() {
    let workbench = Workbench::of_people(&loopback());
    let body = r#"{"action": "reliability", "source": "Sahel Wire", "grade": "B", "why": "for a test"}"#;
    let decided = workbench.send(Method::POST, "/api/v1/decisions", &[("cookie", workbench.cookie(Role::Curator))], body).await;
    assert_eq!(decided.status, StatusCode::OK, "{}", decided.body);
    let number = serde_json::from_str::<serde_json::Value>(&decided.body).unwrap()["decision"].clone();
    let undo = serde_json::json!({ "decision": number }).to_string();
    for (role, may) in [(Role::Auditor, false), (Role::Contributor, false), (Role::Reviewer, false), (Role::Admin, true)] {
        let answer = workbench.send(Method::POST, "/api/v1/decisions/undo", &[("cookie", workbench.cookie(role))], &undo).await;
        assert_eq!(!is_refused(answer.status), may, "{}: {} {}", role.as_str(), answer.status, answer.body);
    }
}
