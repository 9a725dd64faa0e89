//! Who comes in, for how long, and what is kept of it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use jiff::{SignedDuration, Timestamp};
use sayso_people::{By, ErrorKind, Happening, PasswordHash, People, Role, Secret};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn root() -> By {
    By::command_line("root")
}

/// Amina reviews, Boubacar is the admin.
fn people() -> People {
    let mut people = People::in_memory().unwrap();
    people.add("Amina", Role::Reviewer, None, &root(), at("2017-09-01T08:00:00Z")).unwrap();
    people.add("Boubacar", Role::Admin, None, &root(), at("2017-09-01T08:00:00Z")).unwrap();
    people
}

#[test]
fn a_session_ends_when_idle_and_after_a_fortnight() {
    let begun = at("2017-09-01T08:00:00Z");
    let hours = SignedDuration::from_hours;
    // Each case: at which hours after the beginning the session is used, and whether the last use is let in.
    for (used, is_in) in [
        (vec![0], true),
        (vec![11], true),
        (vec![12], false),
        (vec![11, 22, 33], true),
        (vec![11, 24], false),
        ((1..=33).map(|turn| turn * 10).collect(), true),
        ((1..=34).map(|turn| turn * 10).collect(), false),
    ] {
        let mut people = people();
        let secret = people.begin_session("amina", &root(), begun).unwrap();
        let found: Vec<bool> = used.iter().map(|hour| people.of_session(&secret, begun + hours(*hour)).unwrap().is_some()).collect();
        assert_eq!(found.last(), Some(&is_in), "{used:?}: {found:?}");
    }
}

#[test]
fn only_the_secret_itself_lets_in() {
    let now = at("2017-09-01T08:00:00Z");
    let mut people = people();
    let session = people.begin_session("Amina", &root(), now).unwrap();
    let (token, _) = people.make_token("Amina", "export", 1, &root(), now).unwrap();
    for shown in ["", "1", session.sha256().as_str(), token.sha256().as_str(), token.text()] {
        assert!(people.of_session(&Secret::shown(shown), now).unwrap().is_none(), "{shown}");
    }
    assert!(people.of_token(&session, now).unwrap().is_none());
    assert_eq!(people.of_session(&Secret::shown(session.text()), now).unwrap().unwrap().0.name, "Amina");
    assert_eq!(people.of_token(&Secret::shown(token.text()), now).unwrap().unwrap().0.name, "Amina");
}

#[test]
fn a_token_ends_by_time_and_by_revocation() {
    let now = at("2017-09-01T08:00:00Z");
    let mut people = people();
    let (token, told) = people.make_token("Amina", "export", 30, &root(), now).unwrap();
    assert!(people.of_token(&token, at("2017-10-01T07:59:59Z")).unwrap().is_some());
    assert!(people.of_token(&token, at("2017-10-01T08:00:00Z")).unwrap().is_none());
    assert_eq!(people.revoke_token("Boubacar", told.number, &root(), now).unwrap_err().kind(), ErrorKind::Unknown);
    people.revoke_token("Amina", told.number, &root(), now).unwrap();
    assert!(people.of_token(&token, now).unwrap().is_none());
}

#[test]
fn who_is_disabled_is_out_at_once_and_comes_back_with_nothing() {
    let now = at("2017-09-01T08:00:00Z");
    let mut people = people();
    let hash = PasswordHash::of("six farmers near jos").unwrap();
    people.set_password("Amina", &hash, None, &root(), now).unwrap();
    let session = people.begin_session("Amina", &root(), now).unwrap();
    let (token, _) = people.make_token("Amina", "export", 30, &root(), now).unwrap();
    people.disable("Amina", &root(), now).unwrap();
    assert!(people.of_session(&session, now).unwrap().is_none());
    assert!(people.of_token(&token, now).unwrap().is_none());
    assert!(people.password_of("Amina").unwrap().is_none());
    assert_eq!(people.make_token("Amina", "export", 30, &root(), now).unwrap_err().kind(), ErrorKind::Conflict);
    people.enable("Amina", &root(), now).unwrap();
    assert!(people.of_session(&session, now).unwrap().is_none());
    assert!(people.of_token(&token, now).unwrap().is_none());
    assert!(people.password_of("amina ").unwrap().is_some());
}

#[test]
fn a_new_password_ends_the_other_sessions() {
    let now = at("2017-09-01T08:00:00Z");
    let mut people = people();
    let (one, other) = (people.begin_session("Amina", &root(), now).unwrap(), people.begin_session("Amina", &root(), now).unwrap());
    let (_, number) = people.of_session(&one, now).unwrap().unwrap();
    people.set_password("Amina", &PasswordHash::of("six farmers near jos").unwrap(), Some(number), &root(), now).unwrap();
    assert!(people.of_session(&one, now).unwrap().is_some());
    assert!(people.of_session(&other, now).unwrap().is_none());
}

#[test]
fn the_last_admin_stays() {
    let now = at("2017-09-01T08:00:00Z");
    let mut people = people();
    assert_eq!(people.set_role("Boubacar", Role::Curator, &root(), now).unwrap_err().kind(), ErrorKind::Conflict);
    assert_eq!(people.disable("Boubacar", &root(), now).unwrap_err().kind(), ErrorKind::Conflict);
    people.set_role("Amina", Role::Admin, &root(), now).unwrap();
    assert_eq!(people.disable("Boubacar", &root(), now).unwrap().disabled.as_deref(), Some("2017-09-01T08:00:00Z"));
    assert_eq!(people.disable("Amina", &root(), now).unwrap_err().kind(), ErrorKind::Conflict);
}

#[test]
fn names_are_short_visible_and_nobody_elses() {
    let mut people = people();
    for (name, kind) in [
        ("", ErrorKind::Invalid),
        (" \t", ErrorKind::Invalid),
        ("ami\nna", ErrorKind::Invalid),
        ("ami\u{202e}na", ErrorKind::Invalid),
        ("amina\u{200b}", ErrorKind::Invalid),
        (&"a".repeat(65), ErrorKind::Invalid),
        ("sayso 0.1.0", ErrorKind::Invalid),
        ("AMINA", ErrorKind::Conflict),
    ] {
        let error = people.add(name, Role::Reader, None, &root(), at("2017-09-01T08:00:00Z")).unwrap_err();
        assert_eq!(error.kind(), kind, "{name:?}: {error}");
    }
    people.add("آمنة O'Neil <b>", Role::Reader, None, &root(), at("2017-09-01T08:00:00Z")).unwrap();
}

#[test]
fn the_log_keeps_who_did_what_and_stays() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("record.sayso.people");
    let mut people = People::create_or_open(&path).unwrap();
    let by = By { name: "Boubacar".to_owned(), place: "10.0.0.7".to_owned() };
    people.add("Amina", Role::Reader, None, &root(), at("2017-09-01T08:00:00Z")).unwrap();
    people.set_role("amina", Role::Reviewer, &by, at("2017-09-02T08:00:00Z")).unwrap();
    people.keep(Happening::Refused, "", &By { name: "x".repeat(5000), place: "10.0.0.9".to_owned() }, at("2017-09-03T08:00:00Z")).unwrap();
    let log = people.log(None, 10).unwrap();
    let told: Vec<_> = log.iter().map(|entry| (entry.what.as_str(), entry.about.as_str(), entry.place.as_str(), entry.who.len())).collect();
    assert_eq!(
        told,
        [
            ("sign-in refused", "", "10.0.0.9", 200),
            ("role changed", "Amina: reviewer", "10.0.0.7", 8),
            ("person added", "Amina: reader", "command line", 4)
        ]
    );
    assert_eq!(people.log(Some(3), 1).unwrap()[0].what, "role changed");
    let connection = rusqlite::Connection::open(&path).unwrap();
    assert!(connection.execute("DELETE FROM log", []).is_err());
    assert!(connection.execute("UPDATE log SET who = 'another'", []).is_err());
}
