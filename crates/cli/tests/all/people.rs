//! People are added, given roles and shut out at the command line, and what `sayso serve` then asks of whoever comes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use crate::support::{Place, ended};

/// The server of a place, ended with it.
struct Serving {
    child: Child,
    /// What it said when it began.
    said: String,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Serving {
    fn of(place: &Place, arguments: &[&str]) -> Serving {
        let arguments = [&["serve", "--address", "127.0.0.1:0"], arguments].concat();
        let mut child = place.bare(&arguments).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut said).unwrap();
        Serving { child, said }
    }

    /// The answer to a request, whole.
    fn answers(&self, address: &str, more: &str) -> String {
        let at = self.said.split("http://").nth(1).unwrap();
        let host = at.split('/').next().unwrap();
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "GET {address} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n{more}\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

#[test]
fn alone_one_comes_in_by_the_link_that_is_printed() {
    let place = Place::with_record();
    let serving = Serving::of(&place, &["--by", "Amina"]);
    assert!(serving.answers("/you", "").starts_with("HTTP/1.1 401 "), "nobody comes in without it");
    let link = serving.said.trim().split_once("/enter?").map(|(_, query)| format!("/enter?{query}")).unwrap();
    let entered = serving.answers(&link, "");
    assert!(entered.starts_with("HTTP/1.1 200 "), "{entered}");
    let cookie = entered.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap();
    let cookie = format!("cookie: {}\r\n", cookie.split(';').next().unwrap());
    assert!(serving.answers("/api/v1/me", &cookie).contains("\"name\":\"Amina\""));
    assert!(serving.answers(&link, "").starts_with("HTTP/1.1 401 "), "the link holds once");
    assert!(!place.path("record.sayso.people").exists(), "who is alone is kept nowhere");
}

#[test]
fn people_come_in_by_what_was_given_to_them() {
    let place = Place::with_record();
    place.sayso(&["people", "add", "Amina", "--role", "admin"]).write_stdin("six farmers near jos\n").assert().success();
    place.prints(&["people", "add", "export", "--role", "reader", "--no-password"]);
    let token = place.prints(&["people", "token", "export", "--label", "nightly", "--days", "3"]);
    let serving = Serving::of(&place, &[]);
    assert!(!serving.said.contains("/enter"), "{}", serving.said);
    let bearer = format!("authorization: Bearer {}\r\n", token.trim());
    assert!(serving.answers("/you", "").contains("location: /sign-in?then=%2Fyou"));
    assert!(serving.answers("/api/v1/me", &bearer).contains("\"role\":\"reader\""));
    // It holds at once, beside the running server.
    place.prints(&["people", "role", "export", "auditor"]);
    assert!(serving.answers("/api/v1/me", &bearer).contains("\"role\":\"auditor\""));
    place.prints(&["people", "disable", "export"]);
    assert!(serving.answers("/api/v1/me", &bearer).starts_with("HTTP/1.1 401 "));
    let log = place.prints(&["people", "log", "--format", "csv"]);
    assert!(log.lines().nth(1).unwrap().contains(",disabled,export,command line"), "{log}");
    let listed = place.prints(&["people", "list", "--format", "jsonl"]);
    assert!(listed.lines().count() == 2 && !listed.contains("argon2"), "{listed}");
}

#[test]
fn what_cannot_be_is_refused_in_one_line() {
    let place = Place::with_record();
    for (arguments, sent, said) in [
        (vec!["people", "list"], "", "it has no people"),
        (vec!["people", "add", "Amina", "--role", "admin"], "", "no password was given"),
        (vec!["people", "add", "Amina", "--role", "admin"], "short\n", "at least 12 characters"),
        (vec!["people", "add", "Amina", "--role", "admin", "--record", "none.sayso"], "six farmers near jos\n", "there is no such record"),
        (vec!["people", "add", " ", "--role", "admin"], "six farmers near jos\n", "needs a name"),
    ] {
        let mut command = place.sayso(&arguments);
        let (status, _, errors) = {
            command.write_stdin(sent);
            ended(command)
        };
        assert!(status == 3 && errors.lines().count() == 1 && errors.contains(said), "{arguments:?}: {status} {errors}");
    }
    place.sayso(&["people", "add", "Amina", "--role", "admin"]).write_stdin("six farmers near jos\n").assert().success();
    for (arguments, said) in [
        (vec!["people", "role", "Amina", "reader"], "last admin"),
        (vec!["people", "disable", "amina"], "last admin"),
        (vec!["people", "role", "Nobody", "reader"], "nobody here is named `Nobody`"),
        (vec!["people", "token", "Amina", "--days", "1000"], "1 to 366 days"),
    ] {
        let (status, _, errors) = ended(place.sayso(&arguments));
        assert!(status == 3 && errors.contains(said), "{arguments:?}: {status} {errors}");
    }
    let (status, _, errors) = ended(place.sayso(&["people", "add", "Ben", "--role", "root", "--no-password"]));
    assert!(status == 2 && errors.contains("reader, contributor, reviewer"), "{status} {errors}");
}
