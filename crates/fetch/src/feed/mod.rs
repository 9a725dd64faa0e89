//! What does a feed or sitemap list? Entries with what it says of each, or further sitemaps.

mod sitemap;
mod syndication;

use std::io::Read as _;

use flate2::read::MultiGzDecoder;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use url::Url;

use crate::fault::{Fault, FaultKind};

/// The forms of lists that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// RSS 0.9 to 2.0.
    Rss,
    /// Atom.
    Atom,
    /// JSON Feed.
    JsonFeed,
    /// A sitemap, with or without the news extension.
    #[serde(alias = "news-sitemap")]
    Sitemap,
    /// A list of sitemaps.
    SitemapIndex,
}

impl Kind {
    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Rss => "rss",
            Kind::Atom => "atom",
            Kind::JsonFeed => "json-feed",
            Kind::Sitemap => "sitemap",
            Kind::SitemapIndex => "sitemap-index",
        }
    }
}

/// What a list holds.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Its form.
    pub kind: Kind,
    /// Its title: who publishes it.
    pub title: Option<String>,
    /// Its language, as it says.
    pub language: Option<String>,
    /// It asks not to be read again sooner.
    pub wait: Option<SignedDuration>,
    /// Its entries, in its order.
    pub entries: Vec<Entry>,
    /// Further lists, newest first.
    pub children: Vec<Child>,
}

/// One entry: an article, as the list tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its id within the list; empty where it has none.
    pub id: String,
    /// Where the article is.
    pub link: Option<Url>,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// When it was last changed.
    pub updated: Option<Timestamp>,
    /// Its headline.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Who published it, where the list says that of single entries.
    pub publisher: Option<String>,
    /// Its text or the beginning of it.
    pub writing: Option<Writing>,
}

/// Words of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Writing {
    /// A piece of HTML.
    Html(String),
    /// Plain text.
    Text(String),
}

/// A list that a list leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Child {
    /// Where it is.
    pub address: Url,
    /// When it last changed, as written.
    pub modified: Option<String>,
}

impl Entry {
    /// What changes when the entry does: a hash of all that the list tells of it.
    pub fn fingerprint(&self) -> String {
        let times = [self.published, self.updated].map(|time| time.map_or(String::new(), |time| time.to_string()));
        let words = match &self.writing {
            Some(Writing::Html(text) | Writing::Text(text)) => text.as_str(),
            None => "",
        };
        let parts = [&times[0], &times[1], self.title.as_deref().unwrap_or_default(), words];
        hex(parts.join("\u{0}"))
    }
}

/// SHA-256 in hexadecimal.
pub(crate) fn hex(of: impl AsRef<[u8]>) -> String {
    Sha256::digest(of).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// So many bytes a compressed list becomes at most.
const LARGEST: u64 = 50_000_000;

/// Elements within elements, at most: the parsers beneath go down by recursion.
const DEEPEST: usize = 128;

/// What the list at `address` holds. A compressed one is read too.
///
/// # Errors
/// Says that it is no list of a known form, or of another than `expected`, or where it is broken.
pub fn read(address: &Url, expected: Option<Kind>, bytes: &[u8]) -> Result<Reading, Fault> {
    let inflated = inflated(bytes)?;
    let bytes = inflated.as_deref().unwrap_or(bytes);
    let found = kind(bytes).ok_or_else(|| unreadable(no_list(bytes)))?;
    if let Some(expected) = expected.filter(|expected| *expected != found) {
        return Err(unreadable(format!("it is {} and not {}; change or leave out its `kind`", found.as_str(), expected.as_str())));
    }
    if found != Kind::JsonFeed && depth(bytes) > DEEPEST {
        return Err(unreadable(format!("its elements lie more than {DEEPEST} deep in one another, which no feed needs")));
    }
    match found {
        Kind::Sitemap | Kind::SitemapIndex => Ok(sitemap::read(found, address, bytes)?),
        Kind::Rss | Kind::Atom | Kind::JsonFeed => syndication::read(found, address, bytes),
    }
}

/// Whether bytes are a feed or sitemap, by how they begin.
pub(crate) fn is_list(bytes: &[u8]) -> bool {
    kind(bytes).is_some_and(|kind| kind != Kind::JsonFeed) || bytes.starts_with(b"\x1f\x8b")
}

/// What a list at `address` links to, where that is on the web.
fn linked(address: &Url, link: &str) -> Option<Url> {
    address.join(link.trim()).ok().filter(is_on_the_web)
}

fn is_on_the_web(address: &Url) -> bool {
    matches!(address.scheme(), "http" | "https")
}

fn unreadable(message: String) -> Fault {
    Fault::new(FaultKind::Unreadable, message)
}

/// The bytes of a gzip file, where it is one.
fn inflated(bytes: &[u8]) -> Result<Option<Vec<u8>>, Fault> {
    if !bytes.starts_with(b"\x1f\x8b") {
        return Ok(None);
    }
    let mut out = Vec::new();
    let read = MultiGzDecoder::new(bytes).take(LARGEST + 1).read_to_end(&mut out);
    read.map_err(|error| unreadable(format!("it does not decompress ({error})")))?;
    if out.len() as u64 > LARGEST {
        return Err(Fault::new(FaultKind::TooLarge, format!("it decompresses to more than {} MB", LARGEST / 1_000_000)));
    }
    Ok(Some(out))
}

/// The form of a list, by its root; one in UTF-16 has a zero in each of these characters.
fn kind(bytes: &[u8]) -> Option<Kind> {
    let head: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).take(4096).collect();
    if head.iter().find(|byte| matches!(byte, b'{' | b'<')) == Some(&b'{') {
        return Some(Kind::JsonFeed);
    }
    match root(&head)?.as_str() {
        "rss" | "RDF" => Some(Kind::Rss),
        "feed" | "entry" => Some(Kind::Atom),
        "urlset" => Some(Kind::Sitemap),
        "sitemapindex" => Some(Kind::SitemapIndex),
        _ => None,
    }
}

/// The local name of the first element.
fn root(head: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let mut rest = &*head;
    loop {
        rest = &rest[rest.find('<')? + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = &comment[comment.find("-->")?..];
        } else if rest.starts_with(|c: char| c.is_alphabetic()) {
            let name = rest.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next()?;
            return Some(name.rsplit(':').next().unwrap_or(name).to_owned());
        }
    }
}

/// What to say of bytes that are no list; of a page, which lists it names.
fn no_list(bytes: &[u8]) -> String {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(200_000)]);
    let named: Vec<&str> = head.split("<link").skip(1).filter_map(feed_of_link).take(3).collect();
    let is_page = head.to_ascii_lowercase().contains("<html");
    match (named.as_slice(), is_page) {
        ([], true) => "it is a page and no feed or sitemap; look for the address of its feed".to_owned(),
        ([], false) => "it is no RSS, Atom or JSON feed and no sitemap".to_owned(),
        (named, _) => format!("it is a page and no feed; the page names as its feed: {}", named.join(", ")),
    }
}

fn feed_of_link(after: &str) -> Option<&str> {
    let tag = &after[..after.find('>')?];
    let is_feed = ["application/rss+xml", "application/atom+xml", "application/feed+json"].iter().any(|media| tag.contains(media));
    let from = &tag[tag.find("href=")? + 5..];
    let quote = from.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    let address = from[1..].split(quote).next()?;
    (is_feed && address.len() < 500).then_some(address)
}

/// How deep elements lie in one another, as far as the markup reads.
fn depth(bytes: &[u8]) -> usize {
    let mut reader = quick_xml::Reader::from_reader(bytes);
    reader.config_mut().check_end_names = false;
    let (mut depth, mut deepest) = (0_usize, 0);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Start(_)) => depth += 1,
            Ok(quick_xml::events::Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(quick_xml::events::Event::Eof) | Err(_) => return deepest,
            Ok(_) => {}
        }
        deepest = deepest.max(depth);
    }
}
