//! What do the values of FEEDS.toml mean: times, sizes, addresses, names?

use jiff::{SignedDuration, SpanRelativeTo};
use serde::Deserialize;
use url::Url;

/// `30s`, `15m`, `2h`, `7d`.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Span(pub(super) SignedDuration);

impl TryFrom<String> for Span {
    type Error = String;

    fn try_from(text: String) -> Result<Span, String> {
        let parsed = text.parse::<jiff::Span>().ok().and_then(|span| span.to_duration(SpanRelativeTo::days_are_24_hours()).ok());
        let some = parsed.filter(|duration| !duration.is_negative());
        some.map(Span).ok_or_else(|| format!("`{text}` is no length of time; write 30s, 15m, 2h or 7d"))
    }
}

/// `10 MB`, `500 kB`.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Size(pub(super) usize);

impl TryFrom<String> for Size {
    type Error = String;

    fn try_from(text: String) -> Result<Size, String> {
        let digits = text.trim().trim_end_matches(|c: char| c.is_alphabetic() || c.is_whitespace());
        let unit = match text.trim()[digits.len()..].trim().to_ascii_lowercase().as_str() {
            "kb" => Some(1000),
            "mb" => Some(1_000_000),
            _ => None,
        };
        let bytes = unit.and_then(|unit| digits.parse::<usize>().ok()?.checked_mul(unit)).filter(|bytes| *bytes > 0);
        bytes.map(Size).ok_or_else(|| format!("`{text}` is no size; write 500 kB or 10 MB"))
    }
}

/// An address on the web.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Address(pub(super) Url);

impl TryFrom<String> for Address {
    type Error = String;

    fn try_from(text: String) -> Result<Address, String> {
        let mut url = Url::parse(text.trim()).map_err(|_| format!("`{text}` is no web address; begin it with https://"))?;
        url.set_fragment(None);
        Ok(Address(url))
    }
}

/// A mail or web address, as it is sent.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Contact(pub(super) String);

impl TryFrom<String> for Contact {
    type Error = String;

    fn try_from(text: String) -> Result<Contact, String> {
        crate::network::contact(&text).map(Contact)
    }
}

/// The name by which robots.txt files address the program.
#[derive(Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Product(pub(super) String);

impl TryFrom<String> for Product {
    type Error = String;

    fn try_from(text: String) -> Result<Product, String> {
        let is_token = !text.is_empty() && text.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '-' | '_'));
        if is_token { Ok(Product(text)) } else { Err(format!("`{text}` is no name of a program; write letters, - and _ alone")) }
    }
}
