//! What does a sitemap list? Addresses with when they changed, with title, publisher and date where it is one of news; or further
//! sitemaps. Read leniently: what stands before a fault counts, and an entity is never expanded.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use quick_xml::Reader;
use quick_xml::events::Event;
use url::Url;

use super::{Child, Entry, Kind, Reading, linked, unreadable};
use crate::fault::Fault;

/// A sitemap has so many entries at most (sitemaps.org); what comes after is not read.
const MOST: usize = 50_000;

/// What one `<url>` or `<sitemap>` holds.
#[derive(Default)]
struct Item {
    address: String,
    modified: String,
    published: String,
    title: String,
    publisher: String,
    language: String,
}

/// What a sitemap or an index of sitemaps holds.
pub(super) fn read(kind: Kind, address: &Url, bytes: &[u8]) -> Result<Reading, Fault> {
    let mut items = Vec::new();
    let fault = items_of(bytes, &mut items);
    if let Some(fault) = fault.filter(|_| items.is_empty()) {
        return Err(unreadable(format!("the sitemap is broken: {fault}")));
    }
    let mut reading = Reading { kind, title: None, language: None, wait: None, entries: Vec::new(), children: Vec::new() };
    match kind {
        Kind::SitemapIndex => {
            reading.children = items.iter().filter_map(|item| child(address, item)).collect();
            // Newest first; those that do not say come last, in their order.
            reading.children.sort_by(|one, other| other.modified.cmp(&one.modified));
        }
        _ => reading.entries = items.into_iter().filter_map(|item| entry(address, item)).collect(),
    }
    Ok(reading)
}

/// Collects the items; tells the fault that reading ended at, if it did.
fn items_of(bytes: &[u8], items: &mut Vec<Item>) -> Option<String> {
    let mut reader = Reader::from_reader(bytes);
    let mut item = Item::default();
    let mut inside: Vec<String> = Vec::new();
    while items.len() < MOST {
        match reader.read_event() {
            Ok(Event::Start(start)) => inside.push(local(start.local_name().as_ref())),
            Ok(Event::End(_)) => {
                if matches!(inside.pop().as_deref(), Some("url" | "sitemap")) {
                    items.push(std::mem::take(&mut item));
                }
            }
            Ok(Event::Text(text)) => keep(&mut item, &inside, &text.decode().unwrap_or_default()),
            Ok(Event::CData(text)) => keep(&mut item, &inside, &text.decode().unwrap_or_default()),
            Ok(Event::GeneralRef(name)) => {
                let named = match &*name {
                    b"amp" => "&",
                    b"lt" => "<",
                    b"gt" => ">",
                    b"quot" => "\"",
                    b"apos" => "'",
                    _ => "",
                };
                let numbered = name.resolve_char_ref().ok().flatten().map(String::from);
                keep(&mut item, &inside, numbered.as_deref().unwrap_or(named));
            }
            Ok(Event::Eof) => return None,
            Ok(_) => {}
            Err(error) => return Some(error.to_string()),
        }
    }
    None
}

fn local(name: &[u8]) -> String {
    String::from_utf8_lossy(name).into_owned()
}

fn keep(item: &mut Item, inside: &[String], text: &str) {
    let of = inside.len().checked_sub(2).map(|outer| inside[outer].as_str());
    let field = match (of, inside.last().map(String::as_str)) {
        (Some("url" | "sitemap"), Some("loc")) => &mut item.address,
        (_, Some("lastmod")) => &mut item.modified,
        (_, Some("publication_date")) => &mut item.published,
        (Some("news"), Some("title")) => &mut item.title,
        (Some("publication"), Some("name")) => &mut item.publisher,
        (Some("publication"), Some("language")) => &mut item.language,
        _ => return,
    };
    field.push_str(text);
}

fn entry(address: &Url, item: Item) -> Option<Entry> {
    let filled = |text: String| Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|text| !text.is_empty());
    Some(Entry {
        id: String::new(),
        link: Some(linked(address, &item.address)?),
        published: time(&item.published),
        updated: time(&item.modified),
        title: filled(item.title),
        byline: None,
        language: filled(item.language),
        publisher: filled(item.publisher),
        writing: None,
    })
}

fn child(address: &Url, item: &Item) -> Option<Child> {
    let modified = item.modified.trim();
    Some(Child { address: linked(address, &item.address)?, modified: (!modified.is_empty()).then(|| modified.to_owned()) })
}

/// A W3C date or time; a date alone is its beginning in UTC.
fn time(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    text.parse().ok().or_else(|| Some(text.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp()))
}
