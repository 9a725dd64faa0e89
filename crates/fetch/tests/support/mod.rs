//! A site on this machine and one who watches it, at times that the test sets.
#![allow(dead_code, reason = "each suite uses a part of it")]

use std::cell::Cell;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use jiff::{Span, Timestamp};
use sayso_fetch::{Arrival, Asked, Matter, Outside, Round, State, Verdict, Watcher, Watchlist};
use tokio::runtime::Runtime;
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

/// A site of an invented publisher.
pub struct Site {
    pub runtime: Runtime,
    pub server: MockServer,
}

impl Site {
    /// A site that has nothing, not even a robots.txt.
    pub fn new() -> Site {
        let runtime = Runtime::new().unwrap();
        let server = runtime.block_on(MockServer::start());
        Site { runtime, server }
    }

    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.server.uri())
    }

    pub fn port(&self) -> u16 {
        self.server.address().port()
    }

    /// Answers `GET at` so from now on.
    pub fn answers(&self, at: &str, response: ResponseTemplate) {
        self.runtime.block_on(Mock::given(method("GET")).and(path(at)).respond_with(response).mount(&self.server));
    }

    /// Answers 304 to whoever knows the tag, else with the body.
    pub fn answers_tagged(&self, at: &str, tag: &'static str, body: &str, media: &str) {
        let known = Mock::given(method("GET")).and(path(at)).and(header("if-none-match", tag)).respond_with(ResponseTemplate::new(304));
        self.runtime.block_on(known.mount(&self.server));
        self.answers(at, text(body, media).insert_header("etag", tag));
    }

    pub fn forgets(&self) {
        self.runtime.block_on(self.server.reset());
    }

    /// The requests so far: their paths.
    pub fn asked(&self) -> Vec<String> {
        self.requests().iter().map(|request| request.url.path().to_owned()).collect()
    }

    pub fn requests(&self) -> Vec<Request> {
        self.runtime.block_on(self.server.received_requests()).unwrap()
    }

    pub fn asked_for(&self, path: &str) -> usize {
        self.asked().iter().filter(|asked| *asked == path).count()
    }
}

pub fn text(body: &str, media: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(body.as_bytes(), media)
}

pub fn page(words: &str) -> ResponseTemplate {
    text(&format!("<!doctype html><html><head><title>{words}</title></head><body><p>{words}</p></body></html>"), "text/html; charset=utf-8")
}

/// An RSS feed of these items: link, title, date.
pub fn rss(items: &[(String, &str, &str)]) -> String {
    let items: String = items
        .iter()
        .map(|(link, title, date)| {
            format!("<item><title>{title}</title><link>{link}</link><pubDate>{date}</pubDate><description>{title}, it is said.</description></item>")
        })
        .collect();
    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Invented Courier</title><link>/</link>{items}</channel></rss>")
}

pub const DAY: &str = "Fri, 01 Sep 2017 06:00:00 GMT";

/// One who watches, whose clock the test sets.
pub struct Watch {
    pub watcher: Watcher,
    pub now: Cell<Timestamp>,
    pub stop: AtomicBool,
}

/// What a round did, and what came.
pub struct Seen {
    pub round: Round,
    pub arrivals: Vec<Arrival>,
}

impl Seen {
    pub fn ids(&self) -> Vec<String> {
        let mut ids: Vec<String> = self.arrivals.iter().map(|arrival| arrival.id.clone()).collect();
        ids.sort();
        ids
    }

    /// The one failure; there must be no other.
    pub fn failure(&self) -> &str {
        assert_eq!(self.round.failures.len(), 1, "{:?}", self.round.failures);
        &self.round.failures[0].reason
    }
}

/// A list without pauses, of an invented desk.
pub fn list(rest: &str) -> Watchlist {
    list_with("pause = \"0s\"\ntimeout = \"5s\"", rest)
}

pub fn list_with(limits: &str, rest: &str) -> Watchlist {
    let text = format!("contact = \"desk@example.org\"\n[limits]\n{limits}\n{rest}");
    Watchlist::parse("feeds.toml", &text, &["127.0.0.1".to_owned()]).unwrap()
}

pub fn feed(url: &str, rest: &str) -> String {
    format!("[[feed]]\nurl = \"{url}\"\n{rest}\n")
}

impl Watch {
    pub fn new(list: Watchlist, state: State) -> Watch {
        let manners = list.limits.manners(&list.user_agent, &["127.0.0.1".to_owned()]);
        let now = Cell::new("2017-09-01T08:00:00Z".parse().unwrap());
        Watch { watcher: Watcher::begin(list, state, manners).unwrap(), now, stop: AtomicBool::new(false) }
    }

    pub fn of(list: Watchlist) -> Watch {
        Watch::new(list, State::in_memory().unwrap())
    }

    pub fn at(list: Watchlist, path: &Path) -> Watch {
        Watch::new(list, State::open(path).unwrap())
    }

    pub fn later(&self, minutes: i64) {
        self.now.set(self.now.get() + Span::new().minutes(minutes));
    }

    /// A round in which everything that comes is kept.
    pub fn round(&mut self) -> Seen {
        self.round_with(|_| Verdict::Kept)
    }

    pub fn round_with(&mut self, verdict: impl Fn(&Arrival) -> Verdict) -> Seen {
        let mut arrivals = Vec::new();
        let clock = || self.now.get();
        let outside = Outside { clock: &clock, stop: &self.stop };
        let round = self.watcher.round(Asked::Due, outside, |batch| {
            let verdicts = batch.iter().map(&verdict).collect();
            arrivals.extend(batch);
            Ok::<_, std::convert::Infallible>(verdicts)
        });
        Seen { round: round.unwrap(), arrivals }
    }
}

pub fn words(arrival: &Arrival) -> String {
    match &arrival.matter {
        Matter::Page { bytes, .. } => String::from_utf8_lossy(bytes).into_owned(),
        Matter::Feed(sayso_fetch::Writing::Html(text) | sayso_fetch::Writing::Text(text)) => text.clone(),
    }
}
