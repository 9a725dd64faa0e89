//! `sayso watch` and `sayso read https://…` against a site on this machine: what comes, what is said, and what a kill leaves.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Duration;

use crate::other_kinds::{REPORT, pdf};
use crate::support::site::Site;
use crate::support::{Place, ended};

/// A site with a feed of so many articles.
fn site_with(articles: usize) -> Site {
    let site = Site::new();
    let items: String = (0..articles)
        .map(|number| {
            let link = site.address(&format!("/news/{number}"));
            format!("<item><title>Attack {number}</title><link>{link}</link><pubDate>Fri, 01 Sep 2017 06:00:00 GMT</pubDate></item>")
        })
        .collect();
    let feed = format!("<rss version=\"2.0\"><channel><title>Invented Courier</title>{items}</channel></rss>");
    site.answers("/rss", "application/rss+xml", feed);
    (0..articles).for_each(|number| article(&site, &format!("/news/{number}"), &format!("killed {} farmers", number + 2)));
    site
}

fn article(site: &Site, path: &str, what: &str) {
    let words = format!(
        "Gunmen {what} near the town of Jos on Tuesday, police said. The attackers came on motorcycles before dawn and fled into the \
         hills, a spokesman for the state police told reporters. Nobody has claimed responsibility for the attack."
    );
    let head = "<!doctype html><html><head><title>Attack near Jos</title></head><body><article><h1>Attack near Jos</h1><p>";
    site.answers(path, "text/html; charset=utf-8", format!("{head}{words}</p></article></body></html>"));
}

/// A place whose `feeds.toml` lists the site's feed.
fn place_of(site: &Site) -> Place {
    let place = Place::new();
    let feed = format!("[[feed]]\nurl = \"{}\"\npublisher = \"Invented Courier\"\n", site.address("/rss"));
    place.write("feeds.toml", format!("contact = \"desk@example.org\"\n[limits]\npause = \"0s\"\n{feed}"));
    place
}

const ONCE: [&str; 7] = ["watch", "feeds.toml", "--once", "--profile", "fast", "--allow-private", "127.0.0.1"];

#[test]
fn a_round_reads_what_is_new_and_the_next_reads_nothing_twice() {
    let site = site_with(3);
    let place = place_of(&site);
    let (status, out, err) = ended(place.sayso(&ONCE));
    assert_eq!((status, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("1 feed read, 0 unchanged; 3 articles kept (3 new, ") && out.contains("; next "), "{out}");
    let first = place.prints(&["documents", "--format", "jsonl"]);
    for told in ["\"publisher\":\"Invented Courier\"", "\"published\":\"2017-09-01\"", "/news/0\"", "\"retrieved\":\"20"] {
        assert!(first.contains(told), "{told} in {first}");
    }
    assert!(place.prints(&["events"]).contains("killed"), "it is linked");
    let (status, out, _) = ended(place.sayso(&ONCE));
    assert!(status == 0 && out.contains("0 articles kept"), "{out}");
    assert_eq!(place.documents(), 3);
    assert_eq!(site.asked_for("/news/"), 3);
    assert!(place.path("record.sayso.watch").exists());
}

#[test]
fn what_fails_is_named_and_told_by_the_status() {
    let site = site_with(1);
    let place = place_of(&site);
    let list = std::fs::read_to_string(place.path("feeds.toml")).unwrap();
    place.write("feeds.toml", format!("{list}[[feed]]\nurl = \"{}\"\n", site.address("/nothing")));
    let (status, out, err) = ended(place.sayso(&ONCE));
    assert_eq!(status, 1, "{out}{err}");
    assert!(
        err.starts_with("sayso: http://127.0.0.1:") && err.contains("/nothing: there is nothing at this address (404); check it"),
        "{err}"
    );
    assert!(out.contains("1 article kept") && out.contains("1 failed"), "{out}");
}

#[test]
fn a_kill_loses_nothing_and_repeats_nothing() {
    let site = site_with(40);
    site.takes(Duration::from_millis(60));
    let place = place_of(&site);
    let mut kept = Vec::new();
    for _ in 0..3 {
        let mut watch = place.bare(&ONCE).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let before = site.asked_for("/news/");
        while site.asked_for("/news/") < before + 8 && watch.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(20));
        }
        watch.kill().unwrap();
        watch.wait().unwrap();
        if place.path("record.sayso").exists() {
            kept.push(place.documents());
        }
    }
    assert!(kept.is_sorted(), "{kept:?}");
    let (status, out, err) = ended(place.sayso(&ONCE));
    assert_eq!(status, 0, "{out}{err}");
    assert_eq!(place.documents(), 40);
    let versions = place.prints(&["documents", "--format", "jsonl"]);
    assert!(versions.lines().all(|line| !line.contains("\"version\":2")), "no article came twice");
    place.sayso(&["verify"]).assert().success();
}

#[test]
fn a_watch_goes_on_until_it_is_told_to_end() {
    let site = site_with(2);
    let place = place_of(&site);
    let arguments: Vec<&str> = ONCE.into_iter().filter(|argument| *argument != "--once").collect();
    let mut watch = place.bare(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(watch.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.contains("2 articles kept"), "{line}");
    let (status, _, err) = ended(place.sayso(&ONCE));
    assert!(status == 3 && err.contains("another `sayso watch` is at work on this record"), "{err}");
    assert!(watch.try_wait().unwrap().is_none(), "it waits for the next round");
    std::process::Command::new("kill").arg(watch.id().to_string()).status().unwrap();
    assert!(watch.wait().unwrap().success());
    assert_eq!(place.documents(), 2);
}

#[test]
fn a_list_is_checked_without_asking_anybody() {
    let site = site_with(1);
    let place = place_of(&site);
    let out = place.prints(&["watch", "feeds.toml", "--check", "--allow-private", "127.0.0.1"]);
    assert!(out.starts_with("1 feed asked for as sayso/") && out.contains("(+mailto:desk@example.org)"), "{out}");
    assert!(out.contains("every 15m, its articles' pages, of Invented Courier"), "{out}");
    assert_eq!(site.asked_for("/"), 0);
    place.write("wrong.toml", "contact = \"desk@example.org\"\n[[feed]]\nurl = \"https://news.example/\"\nevrey = \"5m\"\n");
    let (status, _, err) = ended(place.sayso(&["watch", "wrong.toml", "--check"]));
    assert_eq!(status, 3);
    assert!(err.starts_with("sayso: wrong.toml:4:1: unknown field `evrey`"), "{err}");
    let (_, _, err) = ended(place.sayso(&["watch", "nowhere.toml"]));
    assert!(err.contains("nowhere.toml: this list of feeds cannot be read"), "{err}");
}

#[test]
fn single_addresses_are_read() {
    let site = site_with(2);
    let place = Place::new();
    let (good, gone, feed) = (site.address("/news/0?utm_source=x"), site.address("/gone"), site.address("/rss"));
    let arguments = ["read", good.as_str(), gone.as_str(), feed.as_str(), "--profile", "fast", "--allow-private", "127.0.0.1"];
    let (status, out, err) = ended(place.sayso(&arguments));
    assert_eq!(status, 1, "{out}{err}");
    assert!(out.starts_with("Read 1 page into record.sayso"), "{out}");
    assert!(err.contains("/gone: there is nothing at this address (404)"), "{err}");
    assert!(err.contains("/rss: this is a feed or sitemap; `sayso watch` reads those"), "{err}");
    assert!(place.prints(&["documents", "--format", "jsonl"]).contains("/news/0\""), "without what tracks its readers");
    let (status, _, err) = ended(place.sayso(&["read", &good, "reports"]));
    assert!(status == 3 && err.contains("addresses and files are read in runs of their own"), "{err}");
    let (_, _, err) = ended(place.sayso(&["read", &good]));
    assert!(err.contains("is not asked; add --allow-private 127.0.0.1"), "{err}");
}

#[test]
fn a_pdf_behind_a_link_is_read_and_the_server_names_the_encoding() {
    let site = Site::new();
    let place = Place::new();
    site.answers("/a.pdf", "application/pdf", pdf(REPORT));
    site.answers("/b", "application/octet-stream", pdf(&REPORT.replace("six", "seven")));
    site.answers(
        "/c",
        "text/html; charset=\"windows-1251\"",
        b"<html><body><article><p>\xcc\xe8\xf0 \xe7\xe4\xe5\xf1\xfc</p></article></body></html>",
    );
    site.answers("/d", "application/pdf", "no PDF");
    site.answers("/e", "image/png", "no text");
    let addresses: Vec<String> = ["/a.pdf", "/b", "/c", "/d", "/e"].iter().map(|path| site.address(path)).collect();
    let mut arguments = vec!["read", "--profile", "fast", "--no-link", "--allow-private", "127.0.0.1"];
    arguments.extend(addresses.iter().map(String::as_str));
    let (status, out, err) = ended(place.sayso(&arguments));
    assert!(status == 1 && out.starts_with("Read 3 pages") && out.contains("2 could not be read"), "{out}{err}");
    assert!(err.contains("/e: what came is image/png, and only pages"), "{err}");
    assert!(err.contains("/d: the server calls it application/pdf, but it does not begin as one"), "{err}");
    let texts = place.prints(&["statements", "--format", "jsonl"]);
    assert!(texts.contains("six farmers") && texts.contains("seven farmers"), "{texts}");
    let documents = place.prints(&["documents", "--format", "jsonl"]);
    assert!(documents.contains("\u{41c}\u{438}\u{440}"), "{documents}");
}

#[test]
fn an_article_that_changed_is_a_version_of_its_document() {
    let site = site_with(1);
    let place = Place::new();
    let address = site.address("/news/0");
    let arguments = ["read", address.as_str(), "--profile", "fast", "--allow-private", "127.0.0.1"];
    place.prints(&arguments);
    assert!(place.prints(&arguments).contains("1 unchanged"));
    article(&site, "/news/0", "killed 9 farmers and wounded 4");
    assert!(place.prints(&arguments).contains("1 with a new text under a known address"));
    assert_eq!(place.documents(), 1);
}
