//! The forms of feeds and sitemaps, and what broken ones do.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use proptest::prelude::*;
use sayso_fetch::{Entry, Kind, Reading, Writing, read};
use url::Url;

fn at() -> Url {
    Url::parse("https://news.example/feeds/all").unwrap()
}

fn parsed(text: &str) -> Reading {
    read(&at(), None, text.as_bytes()).unwrap_or_else(|fault| panic!("{fault}\n{text}"))
}

fn told(entry: &Entry) -> (&str, String, Option<&str>) {
    let time = entry.published.or(entry.updated).map(|time| time.to_string()).unwrap_or_default();
    (entry.link.as_ref().map_or("", Url::as_str), time, entry.title.as_deref())
}

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Invented Courier</title><link>https://news.example/</link><description>News</description><language>en-gb</language><ttl>30</ttl>
<item><title>Two held &amp; freed</title><link>/a</link><guid isPermaLink="false">77</guid><pubDate>Fri, 01 Sep 2017 08:00:00 +0200</pubDate>
<dc:creator>A. Writer</dc:creator><description>Short.</description><content:encoded><![CDATA[<p>Two men were held.</p><p>They were freed.</p>]]></content:encoded></item>
<item><guid>https://news.example/b</guid><description>Only an id that is an address.</description></item>
</channel></rss>"#;

const ATOM: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Invented Courier</title><id>urn:x</id><updated>2017-09-01T08:00:00Z</updated>
<entry><title type="html">Bridge &lt;b&gt;shelled&lt;/b&gt;</title><id>urn:x:1</id><link rel="enclosure" href="/pic.jpg"/><link rel="alternate" href="https://news.example/c"/>
<published>2017-09-01T06:00:00Z</published><updated>2017-09-01T07:00:00Z</updated><author><name>B. Writer</name></author><summary>Shelled.</summary></entry></feed>"#;

const JSON: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Invented Courier", "items": [
{"id": "1", "url": "https://news.example/d", "title": "Talks begin", "content_text": "Talks began.", "date_published": "2017-09-01T06:00:00Z", "authors": [{"name": "C. Writer"}]}]}"#;

const NEWS: &str = r#"<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://news.example/e?x=1&amp;y=2</loc><news:news><news:publication><news:name>Invented Courier</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2017-09-01T06:00:00+00:00</news:publication_date><news:title>Village &#8220;emptied&#8221;</news:title></news:news></url>
<url><loc> https://news.example/f </loc><lastmod>2017-08-31</lastmod></url></urlset>"#;

const INDEX: &str = r#"<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/old.xml</loc><lastmod>2016-01-01</lastmod></sitemap>
<sitemap><loc>/undated.xml</loc></sitemap><sitemap><loc>/new.xml.gz</loc><lastmod>2017-09-01</lastmod></sitemap></sitemapindex>"#;

#[test]
fn rss_is_read() {
    let reading = parsed(RSS);
    assert_eq!((reading.kind, reading.title.as_deref(), reading.language.as_deref()), (Kind::Rss, Some("Invented Courier"), Some("en-gb")));
    assert_eq!(reading.wait.map(|wait| wait.as_mins()), Some(30));
    let [first, second] = &reading.entries[..] else { panic!("{reading:?}") };
    assert_eq!(told(first), ("https://news.example/a", "2017-09-01T06:00:00Z".to_owned(), Some("Two held & freed")));
    assert_eq!(first.byline.as_deref(), Some("A. Writer"));
    assert!(matches!(&first.writing, Some(Writing::Html(text)) if text.contains("They were freed")));
    assert_eq!(second.link.as_ref().map(Url::as_str), Some("https://news.example/b"));
    assert_eq!(second.writing, Some(Writing::Text("Only an id that is an address.".to_owned())));
}

#[test]
fn atom_is_read() {
    let reading = parsed(ATOM);
    assert_eq!((reading.kind, reading.entries.len()), (Kind::Atom, 1));
    let entry = &reading.entries[0];
    assert_eq!(entry.link.as_ref().map(Url::as_str), Some("https://news.example/c"));
    assert_eq!(entry.updated.map(|time| time.to_string()).as_deref(), Some("2017-09-01T07:00:00Z"));
    assert_eq!((entry.byline.as_deref(), &entry.writing), (Some("B. Writer"), &Some(Writing::Text("Shelled.".to_owned()))));
}

#[test]
fn json_feed_is_read() {
    let reading = parsed(JSON);
    assert_eq!(reading.kind, Kind::JsonFeed);
    assert_eq!(told(&reading.entries[0]), ("https://news.example/d", "2017-09-01T06:00:00Z".to_owned(), Some("Talks begin")));
    assert_eq!(reading.entries[0].writing, Some(Writing::Text("Talks began.".to_owned())));
}

#[test]
fn a_news_sitemap_is_read() {
    let reading = parsed(NEWS);
    let [first, second] = &reading.entries[..] else { panic!("{reading:?}") };
    let expected = ("https://news.example/e?x=1&y=2", "2017-09-01T06:00:00Z".to_owned(), Some("Village \u{201c}emptied\u{201d}"));
    assert_eq!(told(first), expected);
    assert_eq!((first.publisher.as_deref(), first.language.as_deref()), (Some("Invented Courier"), Some("en")));
    assert_eq!(told(second), ("https://news.example/f", "2017-08-31T00:00:00Z".to_owned(), None));
    assert_eq!(second.published, None, "when an address changed is not when it was published");
}

#[test]
fn a_sitemap_index_leads_to_the_newest_first() {
    let addresses: Vec<String> = parsed(INDEX).children.into_iter().map(|child| child.address.to_string()).collect();
    assert_eq!(addresses, ["https://news.example/new.xml.gz", "https://news.example/old.xml", "https://news.example/undated.xml"]);
}

#[test]
fn a_compressed_sitemap_is_read() {
    use std::io::Write as _;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(NEWS.as_bytes()).unwrap();
    assert_eq!(read(&at(), Some(Kind::Sitemap), &encoder.finish().unwrap()).unwrap().entries.len(), 2);
}

#[test]
fn a_broken_sitemap_gives_what_stands_before_the_fault() {
    let cut = &NEWS[..NEWS.len() - 60];
    assert_eq!(parsed(cut).entries.len(), 1);
    assert!(read(&at(), None, b"<urlset><url").unwrap_err().to_string().contains("the sitemap is broken"));
}

#[test]
fn what_does_not_lead_to_the_web_is_no_entry() {
    // Found by fuzzing: a scheme that nobody has.
    let list =
        "<urlset><url><loc>h:stpt//news.example/a</loc></url><url><loc>/b</loc></url><url><loc>file:///etc/passwd</loc></url></urlset>";
    let links: Vec<String> = parsed(list).entries.into_iter().filter_map(|entry| entry.link).map(String::from).collect();
    assert_eq!(links, ["https://news.example/b"]);
    assert!(parsed("<sitemapindex><sitemap><loc>ftp://news.example/a</loc></sitemap></sitemapindex>").children.is_empty());
}

#[test]
fn another_form_than_the_user_said_is_an_error() {
    let message = read(&at(), Some(Kind::Sitemap), RSS.as_bytes()).unwrap_err().to_string();
    assert_eq!(message, "it is rss and not sitemap; change or leave out its `kind`");
}

#[test]
fn feeds_in_other_encodings_are_read() {
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(ATOM.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let latin = RSS.replace("UTF-8", "ISO-8859-1").replace("Invented", "Inventé");
    let latin: Vec<u8> = latin.chars().map(|c| c as u8).collect();
    assert_eq!(read(&at(), None, &latin).unwrap().title.as_deref(), Some("Inventé Courier"));
    // Not every parser reads UTF-16; what must not be is a silent loss.
    if let Ok(reading) = read(&at(), None, &utf16) {
        assert_eq!(reading.entries.len(), 1);
    }
}

#[test]
fn an_entry_that_changes_has_another_fingerprint() {
    let of = |text: &str| parsed(text).entries[0].fingerprint();
    assert_eq!(of(RSS), of(&RSS.replace("Invented Courier", "Another Courier")), "the feed's own title is not the entry's");
    for (from, to) in [("Two held", "Three held"), ("They were freed", "They were not freed"), ("08:00:00 +0200", "09:00:00 +0200")] {
        assert_ne!(of(RSS), of(&RSS.replace(from, to)), "{from}");
    }
}

/// A feed with pieces cut out, doubled and overwritten.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let forms = prop::sample::select(vec![RSS, ATOM, JSON, NEWS, INDEX]);
    let change = (any::<prop::sample::Index>(), 0_usize..40, prop::collection::vec(any::<u8>(), 0..8), 0_u8..3);
    (forms, prop::collection::vec(change, 1..6)).prop_map(|(form, changes)| {
        let mut bytes = form.as_bytes().to_vec();
        for (at, length, put, how) in changes {
            let from = at.index(bytes.len().max(1)).min(bytes.len());
            let to = (from + length).min(bytes.len());
            let piece = bytes[from..to].to_vec();
            match how {
                0 => drop(bytes.splice(from..to, put)),
                1 => drop(bytes.splice(from..from, piece.repeat(3))),
                _ => bytes.truncate(to),
            }
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn no_feed_brings_reading_down(bytes in mutated()) {
        match read(&at(), None, &bytes) {
            Ok(reading) => prop_assert!(reading.entries.iter().all(|entry| entry.fingerprint().len() == 64)),
            Err(fault) => prop_assert!(!fault.to_string().is_empty() && !fault.to_string().contains("please report")),
        }
    }
}
