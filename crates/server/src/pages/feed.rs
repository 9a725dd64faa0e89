//! A question as an Atom feed: what it finds, newest change first, so that a reader tells when there is more.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, ETAG, HOST, HeaderMap, HeaderValue, IF_NONE_MATCH, LAST_MODIFIED};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};
use sha2::{Digest, Sha256};

use super::link::segment;
use crate::answer::feed::{Feed, Item};
use crate::api::search::{Questioning, Searching};
use crate::api::{Leaving, Looking};
use crate::desk::Desk;
use crate::extract::Asked;
use crate::fault::Fault;

/// The feed of a question.
pub(super) async fn feed(
    desk: Desk,
    headers: HeaderMap,
    Asked(questioning): Asked<Questioning>,
    Asked(searching): Asked<Searching>,
    Asked(leaving): Asked<Leaving>,
    Asked(looking): Asked<Looking>,
) -> Result<Response, Fault> {
    let desk = leaving.of(&desk)?;
    let (q, as_) = (questioning.text(), searching.as_);
    let feed = desk.ask(looking.as_of, move |reader| Feed::of(reader, &q, as_)).await?;
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let text = written(&feed, &format!("http://{host}")).map_err(|_| Fault::ended())?;
    let hash: String = Sha256::digest(&text).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{hash}\"");
    let known = headers.get(IF_NONE_MATCH).is_some_and(|given| given.as_bytes() == tag.as_bytes());
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { text.into_response() };
    let kept = response.headers_mut();
    kept.insert(CONTENT_TYPE, HeaderValue::from_static("application/atom+xml; charset=utf-8"));
    for (name, value) in [(ETAG, Some(tag)), (LAST_MODIFIED, http_date(&feed.updated))] {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            kept.insert(name, value);
        }
    }
    Ok(response)
}

/// A time as HTTP writes it: `Fri, 01 Sep 2017 08:00:00 GMT`.
fn http_date(time: &str) -> Option<String> {
    let time: Timestamp = time.parse().ok()?;
    Some(time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string())
}

fn written(feed: &Feed, site: &str) -> Result<Vec<u8>, std::io::Error> {
    let mut writer = Writer::new(Vec::new());
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let query = form_urlencoded::Serializer::new(String::new()).append_pair("q", &feed.q).append_pair("as", feed.as_.as_str()).finish();
    let title = if feed.q.is_empty() { format!("sayso: all {}", feed.as_.as_str()) } else { format!("sayso: {}", feed.q) };
    writer.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom")).write_inner_content(|writer| {
        text(writer, "title", &title)?;
        text(writer, "id", &format!("{site}/feed.atom?{query}"))?;
        text(writer, "updated", &feed.updated)?;
        link(writer, "self", &format!("{site}/feed.atom?{query}"))?;
        link(writer, "alternate", &format!("{site}/?{query}"))?;
        writer.create_element("author").write_inner_content(|writer| text(writer, "name", "sayso"))?;
        feed.items.iter().try_for_each(|item| entry(writer, item, site))
    })?;
    Ok(writer.into_inner())
}

fn entry(writer: &mut Writer<Vec<u8>>, item: &Item, site: &str) -> std::io::Result<()> {
    let address = format!("{site}/{}/{}", item.page, segment(&item.id));
    writer.create_element("entry").write_inner_content(|writer| {
        text(writer, "title", &item.title)?;
        // The id stays when the workbench moves to another address.
        text(writer, "id", &format!("urn:sayso:{}:{}", item.page, segment(&item.id)))?;
        text(writer, "updated", &item.updated)?;
        link(writer, "alternate", &address)?;
        text(writer, "summary", &item.words)
    })?;
    Ok(())
}

fn text(writer: &mut Writer<Vec<u8>>, name: &str, words: &str) -> std::io::Result<()> {
    // XML has no way to write most control characters.
    let words: String = words.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    writer.create_element(name).write_text_content(BytesText::new(&words))?;
    Ok(())
}

fn link(writer: &mut Writer<Vec<u8>>, rel: &str, address: &str) -> std::io::Result<()> {
    writer.create_element("link").with_attributes([("rel", rel), ("href", address)]).write_empty()?;
    Ok(())
}
