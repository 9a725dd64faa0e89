//! Which feeds does the user watch, and how politely? FEEDS.toml: every key that is not known, and every value that cannot be
//! meant, is an error with its line and column.

mod pattern;
mod value;

use std::collections::BTreeSet;
use std::time::Duration;

use jiff::SignedDuration;
use serde::Deserialize;
use url::Url;

use crate::address::{self, Allowances};
use crate::error::{Error, ErrorKind};
use crate::feed::Kind;
use crate::network::{Manners, UserAgent};
pub use pattern::Pattern;
use value::{Address, Contact, Product, Size, Span};

/// The user's list of feeds, as it was written down.
#[derive(Clone, Debug)]
pub struct Watchlist {
    /// Who asks.
    pub user_agent: UserAgent,
    /// How much and how fast.
    pub limits: Limits,
    /// The feeds, in the order of the file.
    pub feeds: Vec<Feed>,
}

/// One feed or sitemap to watch.
#[derive(Clone, Debug)]
pub struct Feed {
    /// Where it is.
    pub url: Url,
    /// Its form, where the user says it.
    pub kind: Option<Kind>,
    /// Who publishes its articles, where the user says it.
    pub publisher: Option<String>,
    /// The language of its articles, where the user says it.
    pub language: Option<String>,
    /// How often it is read.
    pub every: SignedDuration,
    /// Whether the articles' pages are fetched, or the feed's own text is all that is read.
    pub follow: Follow,
    /// Only articles whose path fits one of these; all, where there is none.
    pub include: Vec<Pattern>,
    /// No articles whose path fits one of these.
    pub exclude: Vec<Pattern>,
    /// No articles that are older than this when they are first seen.
    pub max_age: Option<SignedDuration>,
}

/// What is read of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follow {
    /// The article's page.
    Page,
    /// The feed's own text.
    FeedText,
}

/// How much is asked for, and how fast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The pause between two requests to one host.
    pub pause: Duration,
    /// Requests under way at the same time, over all hosts.
    pub at_once: usize,
    /// The most bytes of one page or feed.
    pub body: usize,
    /// As long one request may take.
    pub timeout: Duration,
    /// Articles fetched in one round.
    pub documents: usize,
    /// Ports beside 80 and 443.
    pub ports: BTreeSet<u16>,
}

impl Default for Limits {
    /// A request to a host every two seconds, eight at once, 10 MB, 30 seconds, 1,000 articles.
    fn default() -> Limits {
        Limits {
            pause: Duration::from_secs(2),
            at_once: 8,
            body: 10_000_000,
            timeout: Duration::from_secs(30),
            documents: 1000,
            ports: BTreeSet::new(),
        }
    }
}

impl Limits {
    /// The manners that go with these limits.
    pub fn manners(&self, user_agent: &UserAgent, private_hosts: &[String]) -> Manners {
        Manners {
            user_agent: user_agent.clone(),
            pause: self.pause,
            timeout: self.timeout,
            body: self.body,
            at_once: self.at_once,
            allowances: Allowances { private_hosts: private_hosts.iter().cloned().collect(), ports: self.ports.clone() },
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    contact: Option<Contact>,
    agent: Option<Product>,
    #[serde(default)]
    limits: LimitsTable,
    #[serde(default, rename = "feed")]
    feeds: Vec<FeedTable>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct LimitsTable {
    pause: Option<Span>,
    at_once: Option<u16>,
    body: Option<Size>,
    timeout: Option<Span>,
    documents: Option<u32>,
    #[serde(default)]
    ports: BTreeSet<u16>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FeedTable {
    url: toml::Spanned<Address>,
    kind: Option<Kind>,
    publisher: Option<String>,
    language: Option<String>,
    every: Option<Span>,
    follow: Option<bool>,
    #[serde(default)]
    include: Vec<Pattern>,
    #[serde(default)]
    exclude: Vec<Pattern>,
    max_age: Option<Span>,
}

/// How often a feed is read of which nobody says it.
const EVERY: SignedDuration = SignedDuration::from_mins(15);

/// A feed is read no more often.
const OFTENEST: SignedDuration = SignedDuration::from_mins(1);

impl Watchlist {
    /// The list that a file holds. `name` stands for the file in messages; hosts in `private_hosts` may be at private addresses.
    ///
    /// # Errors
    /// Names the line and column of what is wrong, and what to write.
    pub fn parse(name: &str, text: &str, private_hosts: &[String]) -> Result<Watchlist, Error> {
        let at = |span: Option<std::ops::Range<usize>>| {
            let (line, column) = position(text, span.map_or(0, |span| span.start));
            format!("{name}:{line}:{column}")
        };
        let wrong = |place: String, what: &str| Error::new(ErrorKind::Watchlist, format!("{place}: {what}"));
        let file: File = toml::from_str(text).map_err(|error| wrong(at(error.span()), &one_line(error.message())))?;
        let Some(contact) = file.contact else {
            let what = "say whom a site can turn to: add a line `contact = \"you@example.org\"` (a mail or web address) at the top; \
                        it is sent with every request";
            return Err(wrong(name.to_owned(), what));
        };
        if file.feeds.is_empty() {
            return Err(wrong(name.to_owned(), "no feed is listed; add `[[feed]]` and beneath it `url = \"https://…\"`"));
        }
        let limits = file.limits.limits();
        let manners_of = UserAgent { product: file.agent.map_or_else(|| "sayso".to_owned(), |agent| agent.0), contact: contact.0 };
        let allowances = limits.manners(&manners_of, private_hosts).allowances;
        let mut seen = BTreeSet::new();
        for feed in &file.feeds {
            let url = &feed.url.get_ref().0;
            let place = || at(Some(feed.url.span()));
            address::check(url, &allowances).map_err(|fault| wrong(place(), &fault.to_string()))?;
            if !seen.insert(url.clone()) {
                return Err(wrong(place(), "this feed is listed twice; list it once"));
            }
            if feed.every.as_ref().is_some_and(|every| every.0 < OFTENEST) {
                return Err(wrong(place(), "this feed's `every` is less than a minute; no site wants that"));
            }
        }
        Ok(Watchlist { user_agent: manners_of, limits, feeds: file.feeds.into_iter().map(FeedTable::feed).collect() })
    }
}

impl LimitsTable {
    fn limits(self) -> Limits {
        let usual = Limits::default();
        let duration = |span: Option<Span>, usual| span.and_then(|span| Duration::try_from(span.0).ok()).unwrap_or(usual);
        Limits {
            pause: duration(self.pause, usual.pause),
            at_once: self.at_once.map_or(usual.at_once, |number| usize::from(number.max(1))),
            body: self.body.map_or(usual.body, |size| size.0),
            timeout: duration(self.timeout, usual.timeout),
            documents: self.documents.map_or(usual.documents, |number| number as usize),
            ports: self.ports,
        }
    }
}

impl FeedTable {
    fn feed(self) -> Feed {
        Feed {
            url: self.url.into_inner().0,
            kind: self.kind,
            publisher: self.publisher,
            language: self.language,
            every: self.every.map_or(EVERY, |every| every.0),
            follow: if self.follow == Some(false) { Follow::FeedText } else { Follow::Page },
            include: self.include,
            exclude: self.exclude,
            max_age: self.max_age.map(|age| age.0),
        }
    }
}

impl Feed {
    /// Whether the user wants an article of this address.
    pub fn wants(&self, link: &Url) -> bool {
        let fits = |patterns: &[Pattern]| patterns.iter().any(|pattern| pattern.fits(link));
        (self.include.is_empty() || fits(&self.include)) && !fits(&self.exclude)
    }
}

/// Line and column of a byte, from 1, the column in characters.
fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, line.chars().count() + 1)
}

fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONTACT: &str = "contact = \"desk@example.org\"\n";

    fn parse(text: &str) -> Result<Watchlist, String> {
        Watchlist::parse("feeds.toml", &format!("{CONTACT}{text}"), &[]).map_err(|error| error.to_string())
    }

    #[test]
    fn a_list_says_what_to_watch_and_how() {
        let list = parse(
            "agent = \"example-desk\"\n[limits]\npause = \"5s\"\nbody = \"2 MB\"\nports = [8443]\n\
             [[feed]]\nurl = \"https://news.example/rss\"\nevery = \"1h 30m\"\nfollow = false\nmax_age = \"7d\"\n\
             include = [\"/world/*\"]\nexclude = [\"*/live/*\"]\n[[feed]]\nurl = \"https://news.example:8443/map.xml\"\nkind = \"news-sitemap\"",
        )
        .unwrap();
        assert!(list.user_agent.to_string().starts_with("example-desk/"));
        assert!(list.user_agent.to_string().ends_with("(+mailto:desk@example.org)"));
        assert_eq!((list.limits.pause.as_secs(), list.limits.body, list.limits.at_once), (5, 2_000_000, 8));
        let feed = &list.feeds[0];
        assert_eq!((feed.every.as_mins(), feed.max_age.unwrap().as_hours(), feed.follow), (90, 168, Follow::FeedText));
        assert_eq!(list.feeds[1].kind, Some(Kind::Sitemap));
        for (link, wanted) in [
            ("https://news.example/world/africa/1", true),
            ("https://news.example/sport/1", false),
            ("https://news.example/world/live/1", false),
        ] {
            assert_eq!(feed.wants(&Url::parse(link).unwrap()), wanted, "{link}");
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        for (text, place, what) in [
            ("[[feed]]\nurl = \"https://news.example/rss\"\nevrey = \"5m\"", "feeds.toml:4:1", "unknown field `evrey`"),
            ("[limits]\npause = \"often\"", "feeds.toml:3:9", "`often` is no length of time; write 30s, 15m, 2h or 7d"),
            ("[[feed]]\nurl = \"news.example/rss\"", "feeds.toml:3:7", "no web address"),
            ("[[feed]]\nurl = \"http://127.0.0.1/rss\"", "feeds.toml:3:7", "--allow-private 127.0.0.1"),
            ("[[feed]]\nurl = \"https://a:b@news.example/rss\"", "feeds.toml:3:7", "password"),
            ("[[feed]]\nurl = \"https://n.example/\"\n[[feed]]\nurl = \"https://n.example\"", "feeds.toml:5:7", "listed twice"),
            ("[[feed]]\nurl = \"https://n.example/\"\nkind = \"opml\"", "feeds.toml:4:8", "unknown variant `opml`"),
            ("[[feed]]\nurl = \"https://n.example/\"\nevery = \"1s\"", "feeds.toml:3:7", "less than a minute"),
            ("[[feed]]\nurl = \"https://n.example/\"\ninclude = [\"world\"]", "feeds.toml:4:11", "begin it with / or *"),
            ("[[feed]\nurl = 1", "feeds.toml:2:", ""),
            ("", "feeds.toml", "no feed is listed"),
        ] {
            let message = parse(text).unwrap_err();
            assert!(message.starts_with(place) && message.contains(what) && !message.contains('\n'), "{text}\n{message}");
        }
    }

    #[test]
    fn nobody_watches_without_a_contact() {
        let message = Watchlist::parse("f.toml", "[[feed]]\nurl = \"https://n.example/\"", &[]).unwrap_err().to_string();
        assert!(message.contains("contact = \"you@example.org\""), "{message}");
        let message = Watchlist::parse("f.toml", "contact = \"me\"\n[[feed]]\nurl = \"https://n.example/\"", &[]).unwrap_err().to_string();
        assert!(message.starts_with("f.toml:1:11: `me` is neither a mail nor a web address"), "{message}");
    }
}
