//! How does an input become a document? What is given wins over what the page says, and that over what the text says.

use std::fmt::Write;

use sayso_types::{Block, Credit, DateFound, Document, Outcome, Published, Span, Unknown};
use sha2::{Digest, Sha256};

use crate::decode::decode;
use crate::error::{Error, ErrorKind};
use crate::freeze::frozen;
use crate::html;
use crate::input::{Format, Given, Input, Limits};
use crate::language::language;
use crate::lexicon::PageLexicon;
use crate::parts::parts;
use crate::reading::{Reading, reading};

/// What a page says of itself outside its text; for plain text, nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Metadata {
    pub url: Option<String>,
    pub title: Option<String>,
    pub byline: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<Published>,
    pub language: Option<String>,
}

/// A page's frozen text, its parts and what it says of itself.
pub(crate) struct Page {
    pub text: String,
    pub parts: Vec<Span>,
    pub metadata: Metadata,
}

/// The document of an input, or why it is none: it is empty, not text, beyond `limits`, or a page without text.
///
/// Bytes in any encoding are read; broken ones become U+FFFD. "KABUL (Reuters) - Two men were held." becomes a text of two
/// blocks, a dateline and a body, credited to Reuters.
pub fn document(lexicon: &PageLexicon, limits: &Limits, input: &Input<'_>) -> Result<Document, Error> {
    let characters = decode(limits, input)?;
    let page = match input.format {
        Format::Html => html::page(lexicon, &characters, &input.given),
        Format::Text => text_page(&characters),
    };
    if page.parts.is_empty() {
        return Err(Error::new(ErrorKind::NoText, "no text of a report was found in it"));
    }
    let title = input.given.title.or(page.metadata.title.as_deref());
    let reading = reading(lexicon, &page.text, &page.parts, title);
    Ok(assembled(lexicon, input, page, reading))
}

fn text_page(characters: &str) -> Page {
    let text = frozen(characters);
    let parts = parts(&text);
    Page { text, parts, metadata: Metadata::default() }
}

fn assembled(lexicon: &PageLexicon, input: &Input<'_>, page: Page, reading: Reading) -> Document {
    let Given { id, url, publisher, published, credit, byline, language: given_language, retrieved, .. } = &input.given;
    let raw_sha256 = sha256(input.content.bytes());
    let metadata = page.metadata;
    let own = |given: &Option<&str>| given.map(str::to_owned);
    let given_date = published.clone().map(|date| Published { date, found: DateFound::Given });
    let found_date = given_date.or(metadata.published).or(reading.published);
    let declared = given_language.or(metadata.language.as_deref());
    Document {
        id: id.map_or_else(|| raw_sha256.clone(), str::to_owned),
        url: own(url).or(metadata.url),
        title: reading.title,
        byline: own(byline).or(metadata.byline).or(reading.byline),
        publisher: own(publisher).or(metadata.publisher),
        credit: credit.map(|name| Credit { name: name.to_owned(), words: String::new() }).or(reading.credit),
        published: found_date.map_or(Outcome::Unknown(Unknown::NotStated), Outcome::Known),
        retrieved: own(retrieved),
        language: language(lexicon, &report(&page.text, &reading.blocks), declared),
        raw_sha256,
        text_sha256: sha256(page.text.as_bytes()),
        blocks: reading.blocks,
        text: page.text,
    }
}

/// The text of the report alone.
fn report(text: &str, blocks: &[Block]) -> String {
    let coded = blocks.iter().filter(|block| block.kind.is_coded()).map(|block| block.span.text(text));
    coded.collect::<Vec<_>>().join("\n")
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, byte| {
        write!(out, "{byte:02x}").expect("writing to a string does not fail");
        out
    })
}
