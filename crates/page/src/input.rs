//! What is to be read, and what is already known of it?

use sayso_types::Edtf;

/// One page or text to read, with what is known of it besides.
#[derive(Clone, Debug)]
pub struct Input<'a> {
    /// The page itself.
    pub content: Content<'a>,
    /// Whether it is markup.
    pub format: Format,
    /// What the giver says of it; this wins over what the page says.
    pub given: Given<'a>,
}

/// The content of an input, before or after decoding.
#[derive(Clone, Copy, Debug)]
pub enum Content<'a> {
    /// Bytes of a file, in an encoding yet to be found.
    Bytes(&'a [u8]),
    /// Characters, already decoded: a field of a JSON line. A charset that the markup declares no longer holds.
    Decoded(&'a str),
}

/// What kind of content it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// An HTML page.
    Html,
    /// Plain text.
    Text,
}

/// What the giver of an input says of it. A field that is `None` is looked for in the page.
#[derive(Clone, Debug, Default)]
pub struct Given<'a> {
    /// The document's id; the SHA-256 of the raw bytes where it is not given.
    pub id: Option<&'a str>,
    /// The headline.
    pub title: Option<&'a str>,
    /// The address that it was fetched from.
    pub url: Option<&'a str>,
    /// Who published it.
    pub publisher: Option<&'a str>,
    /// When it was published; may be partial.
    pub published: Option<Edtf>,
    /// The outlet that it was taken from.
    pub credit: Option<&'a str>,
    /// Who wrote it.
    pub byline: Option<&'a str>,
    /// Its language, as an ISO 639 code or BCP 47 tag.
    pub language: Option<&'a str>,
    /// When its bytes were fetched or read (RFC 3339).
    pub retrieved: Option<&'a str>,
    /// The encoding of its bytes, as the server that sent them named it.
    pub charset: Option<&'a str>,
}

/// How much is read at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes of one input.
    pub bytes: usize,
}

impl Default for Limits {
    /// 20 MB, some two hundred times an ordinary news page.
    fn default() -> Limits {
        Limits { bytes: 20_000_000 }
    }
}

impl<'a> Content<'a> {
    /// The bytes as given.
    pub fn bytes(self) -> &'a [u8] {
        match self {
            Content::Bytes(bytes) => bytes,
            Content::Decoded(text) => text.as_bytes(),
        }
    }
}
