//! What hostile input does: nothing. It is refused, or shown as the text that it is; no answer is a failure of the server.

use axum::http::{Method, StatusCode};
use sayso_people::Role;

use crate::workbench::{Answer, Workbench, loopback};

const SCRIPTS: [&str; 6] = [
    "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
    "'-alert(1)-'",
    "javascript:alert(1)",
    "%E2%80%AEgnp.exe",
    "%00%01%7F",
];

/// Every operation that the API describes by GET, and every page: with a segment where an id stands.
fn readings() -> Vec<String> {
    let described = serde_json::to_value(sayso_server::openapi()).unwrap();
    let read = described["paths"].as_object().unwrap().iter().filter(|(_, item)| item.get("get").is_some());
    let mut addresses: Vec<String> = read.map(|(path, _)| format!("/api/v1{path}")).collect();
    let mut folders = vec![std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            addresses.extend(text.split(".route(\"").skip(1).map(|route| route.split_once('"').unwrap().0.to_owned()));
        }
    }
    assert!(addresses.len() > 10, "{addresses:?}");
    addresses
}

/// An address with this where an id stands.
fn with(address: &str, id: &str) -> String {
    let mut parts = address.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |address, part| format!("{address}{id}{}", part.split_once('}').unwrap().1))
}

fn is_harmless(answer: &Answer, told: &str) {
    assert!(answer.status.as_u16() < 500, "{told}: {} {}", answer.status, answer.body);
    let policy = answer.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self';") && !policy.contains("unsafe"), "{told}: {policy}");
    assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{told}");
    let kind = answer.headers.get("content-type").map(|kind| kind.to_str().unwrap().to_owned()).unwrap_or_default();
    if kind.starts_with("text/html") {
        for tag in tags(&answer.body) {
            let (name, rest) = tag.split_once(' ').unwrap_or((tag.as_str(), ""));
            assert!(name != "img" && name != "iframe" && name != "object", "{told}: <{tag}>");
            assert!(name != "script" || rest == "type=module src=/ui/", "{told}: <{tag}>");
            let handles = rest.split(' ').any(|attribute| attribute.starts_with("on") || attribute.starts_with("style="));
            assert!(!handles, "{told}: <{tag}>");
        }
        for leads in ["href", "src", "action", "formaction", "data-path"] {
            assert!(!answer.body.contains(&format!("{leads}=\"javascript:")), "{told}: {leads}");
        }
    } else {
        assert!(!kind.contains("html") && !kind.contains("javascript") || answer.body.is_empty(), "{told}: {kind}");
    }
}

/// The tags of a page, without the values of their attributes but for the folder that a module comes from.
fn tags(html: &str) -> Vec<String> {
    let unquoted: String =
        html.split('"').enumerate().map(|(at, part)| if at % 2 == 0 || part == "module" { part } else { folder(part) }).collect();
    unquoted.split('<').skip(1).map(|after| after.split('>').next().unwrap_or_default().to_owned()).collect()
}

fn folder(value: &str) -> &str {
    if value.starts_with("/ui/") && value.ends_with(".mjs") && value.bytes().all(|byte| byte.is_ascii_graphic()) { "/ui/" } else { "" }
}

#[tokio::test]
async fn script_in_texts_names_and_queries_is_text() {
    let workbench = Workbench::open();
    for address in readings() {
        for script in SCRIPTS {
            for asked in [
                with(&address, script),
                format!("{}?q={script}", with(&address, "a%2Fb%3Fc")),
                format!("{}?as-of={script}", with(&address, "a%2Fb%3Fc")),
                format!("{}?{script}={script}&before={script}&cursor={script}&sort={script}", with(&address, "x")),
            ] {
                is_harmless(&workbench.get(&asked, &[]).await, &asked);
            }
        }
    }
    for document in ["a%2Fb%3Fc", "%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "..%252f..%5C.."] {
        let address = format!("/document/{document}");
        let answer = workbench.get(&address, &[]).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
        is_harmless(&answer, &address);
    }
}

#[tokio::test]
async fn paths_lead_nowhere_but_to_what_there_is() {
    let workbench = Workbench::open();
    for path in [
        "/ui/../Cargo.toml",
        "/ui/..%2fCargo.toml",
        "/ui/..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/ui/%2e%2e/%2e%2e/Cargo.toml",
        "/ui/..\\Cargo.toml",
        "/ui/....//Cargo.toml",
        "/ui//etc/passwd",
        "/ui/%2fetc%2fpasswd",
        "/ui/style.css%00.js",
        "/ui/style.css/",
        "/ui/",
        "//evil.example/",
        "/document/..%2f..%2frecord.sayso",
        "/api/v1/documents/..%2f..%2f..%2fetc%2fpasswd",
        "/api/v1/../../record.sayso",
        "/record.sayso",
        "/record.sayso.people",
        "/.git/config",
    ] {
        let answer = workbench.get(path, &[]).await;
        assert!(answer.status.is_client_error(), "{path}: {} {}", answer.status, answer.body);
        assert!(!answer.body.contains("[package]") && !answer.body.contains("root:"), "{path}");
        is_harmless(&answer, path);
    }
}

#[tokio::test]
async fn what_is_too_long_is_refused() {
    let workbench = Workbench::open();
    let long = "x".repeat(20_000);
    for address in readings() {
        for asked in [with(&address, &long), format!("{}?q={long}", with(&address, "x"))].iter().filter(|asked| asked.len() > long.len()) {
            let answer = workbench.get(asked, &[]).await;
            assert!(matches!(answer.status, StatusCode::URI_TOO_LONG), "{address}: {}", answer.status);
            is_harmless(&answer, &address);
        }
        // Within the length of an address, a query of nothing but operators.
        for q in ["%22(".repeat(2000), "-".repeat(10_000), "a*+OR+".repeat(2000), "NEAR(".repeat(3000)] {
            let asked = format!("{}?q={q}", with(&address, "x"));
            is_harmless(&workbench.get(&asked, &[]).await, &address);
        }
    }
    let described = serde_json::to_value(sayso_server::openapi()).unwrap();
    for (path, item) in described["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys().filter(|method| ["post", "put", "patch"].contains(&method.as_str())) {
            let asked = with(&format!("/api/v1{path}"), "1");
            let most = if path == "/documents" { 20 << 20 } else { 1 << 20 };
            let body = format!("{{\"x\": \"{}\"}}", "x".repeat(most));
            let answer = workbench.send(method.to_uppercase().parse().unwrap(), &asked, &[], &body).await;
            // What wants no JSON at all does not read the body, and is harmless otherwise.
            assert!(answer.status.is_client_error(), "{method} {path}: {} {}", answer.status, answer.body);
            is_harmless(&answer, path);
        }
    }
}

#[tokio::test]
async fn bodies_that_are_not_what_they_should_be_are_refused() {
    let workbench = Workbench::open();
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let described = serde_json::to_value(sayso_server::openapi()).unwrap();
    for (path, item) in described["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys().filter(|method| ["post", "put", "patch"].contains(&method.as_str())) {
            for body in ["", "null", "[]", "{", "\u{0}", "{\"name\": {\"$ne\": null}}", "{\"number\": 1e999}", deep.as_str()] {
                let asked = with(&format!("/api/v1{path}"), "1");
                let answer = workbench.send(method.to_uppercase().parse().unwrap(), &asked, &[], body).await;
                is_harmless(&answer, &format!("{method} {path} {}", &body[..body.len().min(30)]));
            }
        }
    }
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        let body = r#"{"label": "from a form of another site"}"#;
        let answer = workbench.ask(&Method::POST, "/api/v1/tokens", &[("content-type", kind)], body).await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
    }
}

#[tokio::test]
async fn pages_of_other_sites_change_nothing() {
    let workbench = Workbench::of_people(&loopback());
    let cookie = ("cookie", workbench.cookie(Role::Admin));
    let described = serde_json::to_value(sayso_server::openapi()).unwrap();
    let described = described["paths"].as_object().unwrap();
    let changes = described.iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().keys().filter(|method| ["post", "put", "patch", "delete"].contains(&method.as_str()));
        methods.map(move |method| (method.to_uppercase(), with(&format!("/api/v1{path}"), "1")))
    });
    let changes: Vec<(String, String)> =
        changes.chain(["/sign-in", "/sign-out"].map(|path| ("POST".to_owned(), path.to_owned()))).collect();
    assert!(changes.len() > 8, "{changes:?}");
    for (method, path) in changes {
        for told in [
            vec![("sec-fetch-site", "cross-site")],
            vec![("sec-fetch-site", "same-site")],
            vec![("origin", "https://evil.example")],
            vec![("origin", "null")],
            vec![("origin", "http://127.0.0.1:9999")],
            vec![("origin", "http://localhost:8787")],
            vec![("sec-fetch-site", "cross-site"), ("origin", "http://127.0.0.1:8787")],
        ] {
            let headers = [&[cookie][..], &told].concat();
            let answer = workbench.send(method.parse().unwrap(), &path, &headers, "{}").await;
            assert!(
                answer.status == StatusCode::FORBIDDEN && answer.body.contains("another site"),
                "{method} {path} {told:?}: {}",
                answer.body
            );
        }
    }
    let own = [cookie, ("origin", "http://127.0.0.1:8787"), ("sec-fetch-site", "same-origin")];
    assert_eq!(workbench.send(Method::POST, "/api/v1/tokens", &own, r#"{"label": "mine"}"#).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn only_its_own_names_open_it() {
    let workbench = Workbench::of_people(&loopback());
    let cookie = ("cookie", workbench.cookie(Role::Admin));
    for host in [
        "evil.example",
        "evil.example:8787",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "127.0.0.1@evil.example",
        "evil.example#127.0.0.1",
        "10.0.0.1",
        "0.0.0.0",
        "",
        "localhost, evil.example",
    ] {
        for address in ["/", "/sign-in", "/api/v1/me", "/ui/style.css", "/nowhere"] {
            let answer = workbench.get(address, &[("host", host), cookie]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{host} {address}");
            is_harmless(&answer, host);
        }
    }
    let twice = workbench.get("/api/v1/me", &[("host", "localhost"), ("host", "evil.example"), cookie]).await;
    assert_eq!(twice.status, StatusCode::FORBIDDEN);
    let absolute = workbench.get("http://evil.example/api/v1/me", &[cookie]).await;
    assert_eq!(absolute.status, StatusCode::FORBIDDEN);
    for told in ["x-forwarded-host", "forwarded", "x-original-url", "x-rewrite-url"] {
        let answer = workbench.get("/api/v1/people", &[(told, "/api/v1/me"), ("cookie", workbench.cookie(Role::Reader))]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{told}");
    }
}

#[tokio::test]
async fn a_method_is_what_it_is() {
    let workbench = Workbench::of_people(&loopback());
    let cookie = ("cookie", workbench.cookie(Role::Reader));
    for method in ["TRACE", "OPTIONS", "CONNECT", "PATCH", "PROPFIND", "get"] {
        for address in ["/api/v1/me", "/api/v1/people", "/you", "/sign-in"] {
            let answer = workbench.ask(&method.parse().unwrap(), address, &[cookie], String::new()).await;
            assert!(answer.status.is_client_error(), "{method} {address}: {}", answer.status);
            is_harmless(&answer, method);
        }
    }
    for told in ["x-http-method-override", "x-method-override", "x-http-method"] {
        let answer = workbench.send(Method::POST, "/api/v1/people?_method=GET", &[cookie, (told, "GET")], "{}").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{told}");
    }
}

#[tokio::test]
async fn nothing_that_is_sent_becomes_a_header() {
    let workbench = Workbench::open();
    for injected in ["%0d%0aset-cookie:%20a=b", "%0aLocation:%20http://evil.example", "%E5%98%8A%E5%98%8Dset-cookie:a=b"] {
        for address in readings() {
            for asked in [with(&address, injected), format!("{}?then={injected}&format={injected}", with(&address, "x"))] {
                let answer = workbench.get(&asked, &[]).await;
                is_harmless(&answer, &asked);
                assert!(answer.headers.get("set-cookie").is_none(), "{asked}");
                let location = answer.headers.get("location").map(|at| at.to_str().unwrap_or_default().to_owned()).unwrap_or_default();
                assert!(location.is_empty() || location.starts_with('/') && !location.starts_with("//"), "{asked}: {location}");
            }
        }
    }
}

#[tokio::test]
async fn sessions_that_ended_or_were_made_up_open_nothing() {
    let workbench = Workbench::of_people(&loopback());
    let good = workbench.cookie(Role::Admin).to_owned();
    let secret = good.split_once('=').unwrap().1.to_owned();
    let mut turned = secret.clone().into_bytes();
    turned[0] = if turned[0] == b'0' { b'1' } else { b'0' };
    let turned = String::from_utf8(turned).unwrap();
    for cookie in [
        format!("sayso-0={turned}"),
        format!("sayso-0={}", &secret[1..]),
        format!("sayso-0={secret}x"),
        format!("sayso-0={}", secret.to_uppercase()),
        format!("sayso-1={secret}"),
        format!("Sayso-0={secret}"),
        "sayso-0=' OR 1=1 --".to_owned(),
        "sayso-0=%00".to_owned(),
        "sayso-0".to_owned(),
        "=".repeat(8000),
        format!("sayso-0={}", "x".repeat(8000)),
    ] {
        let answer = workbench.get("/api/v1/me", &[("cookie", &cookie)]).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{cookie}");
    }
    assert_eq!(workbench.get("/api/v1/me", &[("cookie", &good)]).await.status, StatusCode::OK);
    let connection = rusqlite_of(&workbench);
    connection.execute("UPDATE sessions SET begun = '2001-01-01T00:00:00Z'", []).unwrap();
    assert_eq!(workbench.get("/api/v1/me", &[("cookie", &good)]).await.status, StatusCode::UNAUTHORIZED, "it is long over");
}

#[tokio::test]
async fn names_that_are_no_names_are_refused() {
    let workbench = Workbench::of_people(&loopback());
    let admin = [("cookie", workbench.cookie(Role::Admin))];
    let long = "x".repeat(100_000);
    for name in ["", " ", "a\\u0000b", "a\\r\\nset-cookie: x", "\\u202eadmin", "Admin", "sayso 0.1.0", &long] {
        let body = format!("{{\"name\": \"{name}\", \"role\": \"admin\"}}");
        let answer = workbench.send(Method::POST, "/api/v1/people", &admin, &body).await;
        assert!(answer.status.is_client_error(), "{name}: {} {}", answer.status, answer.body);
    }
    for role in ["root", "ADMIN", "admin ", ""] {
        let body = format!("{{\"name\": \"Eve\", \"role\": \"{role}\"}}");
        let answer = workbench.send(Method::POST, "/api/v1/people", &admin, &body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{role}");
    }
    let more = r#"{"name": "Eve", "role": "reader", "disabled": null, "since": "1999"}"#;
    assert_eq!(workbench.send(Method::POST, "/api/v1/people", &admin, more).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

/// The people's file, as somebody who turned the clock would leave it.
fn rusqlite_of(workbench: &Workbench) -> rusqlite::Connection {
    rusqlite::Connection::open(sayso_people::People::path_of(&workbench.directory.path().join("record.sayso"))).unwrap()
}
