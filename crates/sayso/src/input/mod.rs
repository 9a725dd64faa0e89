//! What is there to read? One page or text with what is known of it, and what gives them one after another.

mod ahead;
mod source;
mod sources;

use std::path::Path;

pub use ahead::ahead;
pub use sayso_intake::table::{ColumnMap, DayOrder};
pub use sayso_intake::{Cage, Reached, cage};
use sayso_intake::{Content as Held, Intake, Report};
use sayso_page::{Content, Format, Given, Limits, PageLexicon};
use sayso_types::{Document, Edtf};
use serde::Deserialize;
pub use source::{Earlier, Position, Source};
pub use sources::{Inputs, Watch, inputs, left_out, size};

use crate::{Error, ErrorKind};

/// One page or text to read, with what is known of it besides; the fields of a JSON line.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Input {
    /// The document's id.
    pub id: Option<String>,
    /// Plain text.
    pub text: Option<String>,
    /// An HTML page.
    pub html: Option<String>,
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
    /// The bytes of a file, where it is one.
    #[serde(skip)]
    pub bytes: Option<(Vec<u8>, FileFormat)>,
    /// The encoding of the bytes, as the server that sent them named it.
    #[serde(skip)]
    pub charset: Option<String>,
    /// Where it came from, for messages: a path, with the line, record or row where the file has several.
    #[serde(skip)]
    pub origin: String,
    /// That line, record or row, as the origin ends with it; else empty.
    #[serde(skip)]
    pub place: String,
    /// Where it stands in the file that it came from; `None` where it came from none.
    #[serde(skip)]
    pub position: Option<Position>,
}

/// How a file's bytes are to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFormat {
    /// An HTML page.
    Html,
    /// Plain text.
    Text,
}

/// What a user says of all inputs that do not say it themselves.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    /// Publication date.
    pub published: Option<Edtf>,
    /// Publisher.
    pub publisher: Option<String>,
}

impl Input {
    /// A plain text of which nothing else is known.
    pub fn text(text: &str) -> Input {
        Input { text: Some(text.to_owned()), origin: "text".to_owned(), ..Input::default() }
    }

    /// The one report that a file in memory holds, such as what an address gave; of PDF, what the cage reads of it.
    ///
    /// # Errors
    /// If the file cannot be read, or holds no report or several.
    pub fn only(bytes: Vec<u8>, cage: Cage) -> Result<Input, Error> {
        let at = |fault: sayso_intake::Fault| Error::new(ErrorKind::of_fault(fault.kind), fault.reason);
        let mut reports = Intake { cage, ..Intake::default() }.held(Path::new(""), bytes).map_err(at)?;
        let report = reports.next().ok_or_else(|| Error::new(ErrorKind::NoText, "there is no report in it"))?.map_err(at)?;
        if reports.next().is_some() {
            return Err(Error::new(ErrorKind::TooLarge, "it is an archive of several reports; save it and read the file"));
        }
        Ok(Input::from(report))
    }

    /// The document that it holds.
    pub(crate) fn read(&self, lexicon: &PageLexicon, limits: &Limits) -> Result<Document, Error> {
        let at = |kind, reason: String| Error::new(kind, reason).at(&self.origin).place_of(&self.place).within(self.position.clone());
        let published = self.published.as_deref().filter(|p| !p.trim().is_empty()).map(|p| p.parse::<Edtf>()).transpose();
        let given = Given {
            id: self.id.as_deref(),
            title: self.title.as_deref(),
            url: self.url.as_deref(),
            publisher: self.publisher.as_deref(),
            published: published.map_err(|e| at(ErrorKind::Page, format!("published: {e}")))?,
            credit: self.credit.as_deref(),
            byline: self.byline.as_deref(),
            language: self.language.as_deref(),
            retrieved: self.retrieved.as_deref(),
            charset: self.charset.as_deref(),
        };
        let (content, format) = match (&self.bytes, &self.html, &self.text) {
            (Some((bytes, FileFormat::Html)), _, _) => (Content::Bytes(bytes), Format::Html),
            (Some((bytes, FileFormat::Text)), _, _) => (Content::Bytes(bytes), Format::Text),
            (None, Some(html), _) => (Content::Decoded(html), Format::Html),
            (None, None, Some(text)) => (Content::Decoded(text), Format::Text),
            (None, None, None) => {
                return Err(at(ErrorKind::Page, "neither `text` nor `html` is given; give one of them".to_owned()));
            }
        };
        let page = sayso_page::Input { content, format, given };
        sayso_page::document(lexicon, limits, &page).map_err(|e| at(ErrorKind::Page, e.to_string()))
    }

    /// The bytes of its content.
    pub(crate) fn size(&self) -> usize {
        let bytes = self.bytes.as_ref().map_or(0, |(bytes, _)| bytes.len());
        bytes + self.text.as_ref().map_or(0, String::len) + self.html.as_ref().map_or(0, String::len)
    }

    fn with(mut self, defaults: &Defaults) -> Input {
        self.published = self.published.or_else(|| defaults.published.as_ref().map(ToString::to_string));
        self.publisher = self.publisher.or_else(|| defaults.publisher.clone());
        self
    }
}

impl From<Report> for Input {
    /// The same without its place in the file.
    fn from(Report { content, known, .. }: Report) -> Input {
        let mut input = Input {
            id: known.id,
            title: known.title,
            url: known.url,
            publisher: known.publisher,
            published: known.published,
            credit: known.credit,
            byline: known.byline,
            language: known.language,
            retrieved: known.retrieved,
            ..Input::default()
        };
        let mut bytes = |bytes, format, charset: String| {
            input.bytes = Some((bytes, format));
            input.charset = Some(charset).filter(|charset| !charset.is_empty());
        };
        match content {
            Held::HtmlBytes(page, charset) => bytes(page, FileFormat::Html, charset),
            Held::TextBytes(text, charset) => bytes(text, FileFormat::Text, charset),
            Held::Html(html) => input.html = Some(html),
            Held::Text(text) => input.text = Some(text),
        }
        input
    }
}
