//! How people come in and go out: by the link, by name and password; and what is kept of it.

use axum::http::{HeaderMap, Method, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sayso_people::Role;
use sayso_server::{Proxy, Reach};

use crate::workbench;
use crate::workbench::{Answer, PASSWORD, Workbench, loopback};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// The cookie that an answer sets, as a browser sends it back.
fn cookie(headers: &HeaderMap) -> String {
    headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned()
}

async fn signs_in(workbench: &Workbench, name: &str, password: &str, headers: &[(&str, &str)]) -> Answer {
    let body = format!("name={name}&password={}&then=%2Fyou", password.replace(' ', "+"));
    workbench.ask(&Method::POST, "/sign-in", &[&[FORM], headers].concat(), body).await
}

#[tokio::test]
async fn the_link_lets_one_browser_in_once() {
    let (workbench, link) = Workbench::by_link(&loopback());
    for address in ["/", "/document/kidal", "/you", "/api/v1/me"] {
        let answer = workbench.get(address, &[]).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{address}");
        assert!(answer.body.contains("link that `sayso serve` printed"), "{address}: {}", answer.body);
    }
    // What looks at the link beforehand does not use it up.
    assert_eq!(workbench.get(&link, &[("sec-purpose", "prefetch")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(workbench.ask(&Method::HEAD, &link, &[], String::new()).await.status, StatusCode::FORBIDDEN);
    for wrong in ["/enter", "/enter?key=", "/enter?key=0000", "/enter?key[]=x"] {
        assert!(workbench.get(wrong, &[]).await.status.is_client_error(), "{wrong}");
    }
    let entered = workbench.get(&link, &[]).await;
    assert_eq!(entered.status, StatusCode::OK);
    let set = entered.headers["set-cookie"].to_str().unwrap();
    assert!(set.ends_with("; HttpOnly; SameSite=Strict; Path=/"), "{set}");
    let cookie = cookie(&entered.headers);
    assert_eq!(workbench.get(&link, &[]).await.status, StatusCode::UNAUTHORIZED, "it holds once");
    assert_eq!(workbench.get(&link, &[("cookie", &cookie)]).await.status, StatusCode::SEE_OTHER, "who is in goes on");
    let you = workbench.get("/you", &[("cookie", &cookie)]).await;
    assert!(you.status == StatusCode::OK && you.body.contains("Amina"), "{}", you.body);
}

#[tokio::test]
async fn who_is_alone_adds_nobody_here() {
    let (workbench, link) = Workbench::by_link(&loopback());
    let cookie = cookie(&workbench.get(&link, &[]).await.headers);
    let headers = [("cookie", cookie.as_str())];
    let answer = workbench.send(Method::POST, "/api/v1/people", &headers, r#"{"name": "Eve", "role": "admin"}"#).await;
    assert!(answer.status == StatusCode::CONFLICT && answer.body.contains("sayso people add"), "{}", answer.body);
    let page = workbench.get("/book/people", &headers).await;
    assert!(page.status == StatusCode::OK && page.body.contains("You are alone"), "{}", page.body);
}

#[tokio::test]
async fn a_name_and_its_password_begin_a_session_that_signing_out_ends() {
    let workbench = Workbench::of_people(&loopback());
    let page = workbench.get("/document/kidal?as-of=2025", &[]).await;
    assert_eq!(page.headers["location"], "/sign-in?then=%2Fdocument%2Fkidal%3Fas-of%3D2025");
    let form = workbench.get(page.headers["location"].to_str().unwrap(), &[]).await;
    assert!(form.body.contains("name=\"then\" value=\"/document/kidal?as-of=2025\""), "{}", form.body);
    assert!(!form.body.contains("<script"), "the door needs no script");

    let entered = signs_in(&workbench, "Reviewer", PASSWORD, &[]).await;
    assert_eq!((entered.status, entered.headers["location"].to_str().unwrap()), (StatusCode::SEE_OTHER, "/you"), "{}", entered.body);
    let cookie = cookie(&entered.headers);
    let headers = [("cookie", cookie.as_str())];
    assert!(workbench.get("/you", &headers).await.body.contains("reviewer"));

    let out = workbench.ask(&Method::POST, "/sign-out", &headers, String::new()).await;
    assert!(out.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    assert_eq!(workbench.get("/you", &headers).await.status, StatusCode::SEE_OTHER, "the session is over, not only the cookie");
    let told: Vec<String> = workbench.people().log(None, 2).unwrap().into_iter().map(|entry| entry.what).collect();
    assert_eq!(told, ["signed out", "signed in"]);
}

#[tokio::test]
async fn wrong_names_and_passwords_are_refused_alike_and_kept() {
    let workbench = Workbench::of_people(&loopback());
    workbench.people().disable("curator", &sayso_people::By::command_line("root"), workbench::now()).unwrap();
    let mut bodies = Vec::new();
    for (name, password) in [("reviewer", "wrong password"), ("nobody", PASSWORD), ("curator", PASSWORD), ("reviewer", "")] {
        let answer = signs_in(&workbench, name, password, &[]).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{name}");
        assert!(answer.headers.get("set-cookie").is_none(), "{name}");
        bodies.push(answer.body.replace(name, "NAME"));
        let kept = workbench.people().log(None, 1).unwrap().remove(0);
        assert_eq!((kept.who.as_str(), kept.what.as_str()), (name, "sign-in refused"));
    }
    bodies.dedup();
    assert_eq!(bodies.len(), 1, "it is not told which of the two was wrong: {bodies:?}");
    let script = signs_in(&workbench, "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "x", &[]).await;
    assert!(!script.body.contains("<script"), "{}", script.body);
}

#[tokio::test]
async fn guessing_is_slowed_by_address_and_by_name() {
    let workbench = Workbench::of_people(&Reach { proxy: Proxy::Trusted, ..loopback() });
    let from = |place: &'static str| [("x-forwarded-for", place)];
    let mut refused = 0;
    while signs_in(&workbench, "reviewer", "wrong password", &from("192.0.2.1")).await.status == StatusCode::UNAUTHORIZED {
        refused += 1;
        assert!(refused < 100, "nobody is slowed");
    }
    assert!(refused >= 10);
    let same_place = signs_in(&workbench, "reader", PASSWORD, &from("192.0.2.1")).await;
    assert_eq!((same_place.status, same_place.headers.contains_key("retry-after")), (StatusCode::TOO_MANY_REQUESTS, true));
    assert_eq!(
        signs_in(&workbench, "REVIEWER ", PASSWORD, &from("192.0.2.2")).await.status,
        StatusCode::TOO_MANY_REQUESTS,
        "the same name"
    );
    assert_eq!(signs_in(&workbench, "reader", PASSWORD, &from("192.0.2.3")).await.status, StatusCode::SEE_OTHER);
    let log = workbench.people().log(None, 3).unwrap();
    assert_eq!(log[0].place, "192.0.2.3");
    assert!(log.iter().any(|entry| entry.what == "tried too often"), "{log:?}");
}

#[tokio::test]
async fn who_asks_too_often_waits() {
    let workbench = Workbench::of_people(&Reach { requests_per_minute: std::num::NonZeroU32::new(20), ..loopback() });
    let headers = [("cookie", workbench.cookie(Role::Reader))];
    let mut answered = 0;
    while workbench.get("/api/v1/me", &headers).await.status == StatusCode::OK {
        answered += 1;
        assert!(answered < 1000, "nobody is slowed");
    }
    assert!(answered >= 20);
    let slowed = workbench.get("/api/v1/me", &headers).await;
    assert!(slowed.status == StatusCode::TOO_MANY_REQUESTS && slowed.headers.contains_key("retry-after"));
    let other = workbench.get("/api/v1/me", &[("cookie", workbench.cookie(Role::Admin))]).await;
    assert_eq!(other.status, StatusCode::OK, "one person's haste is not another's wait");
}

#[tokio::test]
async fn what_a_proxy_says_counts_only_where_there_is_one() {
    let told = [("x-forwarded-for", "203.0.113.9, 198.51.100.7"), ("x-forwarded-proto", "https")];
    for (proxy, place, secure) in [(Proxy::Trusted, "198.51.100.7", true), (Proxy::None, "unknown", false)] {
        let workbench = Workbench::of_people(&Reach { proxy, ..loopback() });
        let entered = signs_in(&workbench, "reader", PASSWORD, &told).await;
        assert_eq!(entered.headers["set-cookie"].to_str().unwrap().contains("; Secure"), secure, "{proxy:?}");
        assert_eq!(workbench.people().log(None, 1).unwrap()[0].place, place, "{proxy:?}");
    }
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_it_and_the_other_sessions_end() {
    let workbench = Workbench::of_people(&loopback());
    let here = cookie(&signs_in(&workbench, "reader", PASSWORD, &[]).await.headers);
    let headers = [("cookie", here.as_str())];
    let put = |body: &'static str| workbench.send(Method::PUT, "/api/v1/me/password", &headers, body);
    assert_eq!(put(r#"{"current": "wrong password", "password": "another password"}"#).await.status, StatusCode::FORBIDDEN);
    assert_eq!(put(r#"{"current": "six farmers near jos", "password": "short"}"#).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(put(r#"{"current": "six farmers near jos", "password": "another password"}"#).await.status, StatusCode::NO_CONTENT);
    assert_eq!(workbench.get("/api/v1/me", &headers).await.status, StatusCode::OK, "this session stays");
    let other = [("cookie", workbench.cookie(Role::Reader))];
    assert_eq!(workbench.get("/api/v1/me", &other).await.status, StatusCode::UNAUTHORIZED, "the other ends");
    assert_eq!(signs_in(&workbench, "reader", PASSWORD, &[]).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(signs_in(&workbench, "reader", "another password", &[]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_admin_adds_promotes_and_shuts_out_and_it_holds_at_once() {
    let workbench = Workbench::of_people(&loopback());
    let admin = [("cookie", workbench.cookie(Role::Admin))];
    let body = r#"{"name": "Ann/../Lee <b>", "role": "reader", "password": "a good long password"}"#;
    let added = workbench.send(Method::POST, "/api/v1/people", &admin, body).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
    let entered = signs_in(&workbench, "Ann%2F..%2FLee+%3Cb%3E", "a good long password", &[]).await;
    let ann = cookie(&entered.headers);
    let ann = [("cookie", ann.as_str())];
    let path = "/api/v1/people/Ann%2F..%2FLee%20%3Cb%3E";
    let add_document = || workbench.send(Method::PUT, "/api/v1/people/reader/role", &ann, r#"{"role": "admin"}"#);
    assert_eq!(add_document().await.status, StatusCode::FORBIDDEN);
    let promoted = workbench.send(Method::PUT, &format!("{path}/role"), &admin, r#"{"role": "admin"}"#).await;
    assert_eq!(promoted.status, StatusCode::OK, "{}", promoted.body);
    assert_eq!(add_document().await.status, StatusCode::OK);
    let page = workbench.get("/book/people", &admin).await;
    assert!(page.body.contains("Ann/../Lee &lt;b&gt;") && page.body.contains(&format!("data-path=\"{}/role\"", &path["/api/v1".len()..])));
    let shut = workbench.send(Method::PUT, &format!("{path}/state"), &admin, r#"{"state": "disabled"}"#).await;
    assert_eq!(shut.status, StatusCode::OK, "{}", shut.body);
    assert_eq!(workbench.get("/api/v1/me", &ann).await.status, StatusCode::UNAUTHORIZED);
    let log = workbench.get("/api/v1/people/log", &admin).await;
    assert!(log.body.contains("\"what\":\"disabled\",\"about\":\"Ann/../Lee <b>\""), "{}", log.body);
}

#[tokio::test]
async fn a_reader_of_feeds_comes_in_by_a_name_and_a_token_and_nowhere_else() {
    let workbench = Workbench::of_people(&loopback());
    let basic = |token: &str| format!("Basic {}", STANDARD.encode(format!("reader:{token}")));
    let (good, bad) = (basic(workbench.token(Role::Reader)), basic("no token"));
    let feed = workbench.get("/feed.atom?q=killed", &[("authorization", &good)]).await;
    assert!(feed.status == StatusCode::OK && feed.body.contains("<feed "), "{}", feed.body);
    assert_eq!(workbench.get("/feed.atom", &[("authorization", &bad)]).await.status, StatusCode::UNAUTHORIZED);
    let asked = workbench.get("/feed.atom", &[]).await;
    assert_eq!(asked.status, StatusCode::UNAUTHORIZED);
    assert!(asked.headers["www-authenticate"].to_str().unwrap().starts_with("Basic "));
    let browser = workbench.get("/feed.atom", &[("accept", "text/html,application/xhtml+xml,*/*;q=0.8")]).await;
    assert_eq!(browser.status, StatusCode::SEE_OTHER, "a browser is not asked for a password that it would keep");
    for address in ["/api/v1/me", "/you"] {
        assert_eq!(workbench.get(address, &[("authorization", &good)]).await.status, StatusCode::UNAUTHORIZED, "{address}");
    }
}

#[tokio::test]
async fn a_token_is_told_once_and_revoked() {
    let workbench = Workbench::of_people(&loopback());
    let cookie = [("cookie", workbench.cookie(Role::Reader))];
    let made = workbench.send(Method::POST, "/api/v1/tokens", &cookie, r#"{"label": "nightly <script>"}"#).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let made: serde_json::Value = serde_json::from_str(&made.body).unwrap();
    let bearer = format!("Bearer {}", made["secret"].as_str().unwrap());
    assert_eq!(workbench.get("/api/v1/me", &[("authorization", &bearer)]).await.status, StatusCode::OK);
    for address in ["/api/v1/tokens", "/you"] {
        let listed = workbench.get(address, &cookie).await;
        assert!(listed.body.contains("nightly") && !listed.body.contains(made["secret"].as_str().unwrap()), "{address}");
    }
    let number = made["token"]["number"].as_i64().unwrap();
    let others = [("cookie", workbench.cookie(Role::Admin))];
    let path = format!("/api/v1/tokens/{number}");
    assert_eq!(workbench.send(Method::DELETE, &path, &others, "").await.status, StatusCode::NOT_FOUND, "it is not theirs");
    assert_eq!(workbench.send(Method::DELETE, &path, &cookie, "").await.status, StatusCode::NO_CONTENT);
    assert_eq!(workbench.get("/api/v1/me", &[("authorization", &bearer)]).await.status, StatusCode::UNAUTHORIZED);
}
