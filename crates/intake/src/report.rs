//! What does a file hold as one report, what is said of it there, and where does it stand?

/// The most bytes that one report may have in a file of any kind; the page stage has a lower limit of its own.
pub const LARGEST: usize = 32 << 20;

/// One report of a file, yet to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its words.
    pub content: Content,
    /// What the file says of it.
    pub known: Known,
    /// Where it stands in the file.
    pub place: Place,
}

/// The words of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// An HTML page, in characters.
    Html(String),
    /// A plain text, in characters.
    Text(String),
    /// The bytes of an HTML page, and the encoding that whoever sent them declared; empty where nobody did.
    HtmlBytes(Vec<u8>, String),
    /// The bytes of a plain text, and the encoding that whoever sent them declared; empty where nobody did.
    TextBytes(Vec<u8>, String),
}

impl Content {
    /// How many bytes it has.
    pub fn size(&self) -> usize {
        match self {
            Content::Html(text) | Content::Text(text) => text.len(),
            Content::HtmlBytes(bytes, _) | Content::TextBytes(bytes, _) => bytes.len(),
        }
    }
}

/// What a file says of a report beside its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The document's id.
    pub id: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Publisher.
    pub publisher: Option<String>,
    /// Publication date in EDTF; may be partial.
    pub published: Option<String>,
    /// Credited outlet.
    pub credit: Option<String>,
    /// Author.
    pub byline: Option<String>,
    /// ISO 639 code.
    pub language: Option<String>,
    /// When it was fetched (RFC 3339).
    pub retrieved: Option<String>,
}

/// Where in a file a report stands, and where the next one begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// For people, as it follows the file's name: `record 17 (offset 81920)`, `row 4`, `12` for a line; empty for a whole file.
    pub label: String,
    /// How far the file has been read when this report is done.
    pub reached: Reached,
}

/// How far a file has been read: where reading goes on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reached {
    /// How many records, rows or lines lie behind, whether they held a report or not.
    pub number: u64,
    /// The byte of the file where reading can set in.
    pub offset: u64,
    /// How many records, rows or lines from that byte on lie behind too.
    pub within: u64,
}
