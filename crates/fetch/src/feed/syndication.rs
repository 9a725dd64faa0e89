//! What do RSS, Atom and JSON feeds tell of their entries? Read by feed-rs; no parser's panic ends the run.

use std::panic::{AssertUnwindSafe, catch_unwind};

use feed_rs::model;
use feed_rs::parser::{self, Builder};
use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::{Entry, Kind, Reading, Writing, is_on_the_web, linked, unreadable};
use crate::fault::Fault;

/// What a feed of this form holds.
pub(super) fn read(kind: Kind, address: &Url, bytes: &[u8]) -> Result<Reading, Fault> {
    let parser = Builder::new().base_uri(Some(address.as_str())).sanitize_content(false).build();
    let feed = catch_unwind(AssertUnwindSafe(|| parser.parse(bytes)))
        .map_err(|_| unreadable("reading this feed failed; please report its address".to_owned()))?
        .map_err(|error| unreadable(broken(&error)))?;
    Ok(Reading {
        kind,
        title: feed.title.and_then(plain),
        language: feed.language.and_then(filled),
        wait: feed.ttl.map(|minutes| SignedDuration::from_mins(minutes.into())),
        entries: feed.entries.into_iter().map(|entry| self::entry(address, entry)).collect(),
        children: Vec::new(),
    })
}

fn broken(error: &parser::ParseFeedError) -> String {
    let text = error.to_string().split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = text.chars().take(200).collect();
    format!("the feed is broken: {short}")
}

fn entry(address: &Url, entry: model::Entry) -> Entry {
    let language = entry.language.and_then(filled);
    let link = link(address, &entry.links, &entry.id);
    Entry {
        link,
        published: entry.published.and_then(|time| second(time.timestamp())),
        updated: entry.updated.and_then(|time| second(time.timestamp())),
        title: entry.title.and_then(plain),
        byline: byline(entry.authors),
        language,
        publisher: None,
        writing: writing(entry.content, entry.summary),
        id: entry.id,
    }
}

/// The address of the article itself, not of a picture or comments; an id that is one serves as well.
fn link(address: &Url, links: &[model::Link], id: &str) -> Option<Url> {
    let is_article = |link: &&model::Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
    let named = links.iter().filter(is_article).find_map(|link| linked(address, &link.href));
    named.or_else(|| Url::parse(id).ok().filter(is_on_the_web))
}

fn byline(authors: Vec<model::Person>) -> Option<String> {
    let names: Vec<String> = authors.into_iter().filter_map(|author| author.name.and_then(filled)).collect();
    filled(names.join(", "))
}

/// The whole text where there is one, else the summary.
fn writing(content: Option<model::Content>, summary: Option<model::Text>) -> Option<Writing> {
    let whole = content.and_then(|content| {
        let is_plain = content.content_type.to_string().starts_with("text/plain");
        content.body.and_then(filled).map(|body| if is_plain { Writing::Text(body) } else { Writing::Html(body) })
    });
    // What is said to be plain text holds markup all the same in many feeds.
    whole.map(marked).or_else(|| summary.and_then(|text| filled(text.content)).map(|text| marked(Writing::Text(text))))
}

fn marked(writing: Writing) -> Writing {
    match writing {
        Writing::Text(text) if text.contains("</") || text.contains("/>") || text.contains("<br") || text.contains("<p>") => {
            Writing::Html(text)
        }
        other => other,
    }
}

/// A text on one line.
fn plain(text: model::Text) -> Option<String> {
    filled(text.content).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn filled(text: String) -> Option<String> {
    match text.trim() {
        "" => None,
        trimmed if trimmed.len() == text.len() => Some(text),
        trimmed => Some(trimmed.to_owned()),
    }
}

fn second(since_1970: i64) -> Option<Timestamp> {
    Timestamp::from_second(since_1970).ok()
}
