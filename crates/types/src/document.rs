//! What was read? One document: its frozen text, what its page says of it, and which parts are boilerplate.

use serde::{Deserialize, Serialize};

use crate::{Edtf, Outcome, Span};

/// One document. Its `text` is NFC and never changes; every offset of the program is into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Given by the input, or the SHA-256 of the raw bytes.
    pub id: String,
    /// The canonical address, where known.
    pub url: Option<String>,
    /// The headline. It need not stand in `text`.
    pub title: Option<String>,
    /// Who wrote it, as the page says.
    pub byline: Option<String>,
    /// Who published it: an outlet's name, or its host.
    pub publisher: Option<String>,
    /// The outlet that it says it took the text from.
    pub credit: Option<Credit>,
    /// When it was published, and how that was found.
    pub published: Outcome<Published>,
    /// When its bytes were fetched or read (RFC 3339), as the input says.
    pub retrieved: Option<String>,
    /// The language that it is written in.
    pub language: Language,
    /// SHA-256 of the raw bytes, in hexadecimal.
    pub raw_sha256: String,
    /// SHA-256 of `text`, in hexadecimal.
    pub text_sha256: String,
    /// The frozen text.
    pub text: String,
    /// The parts of the text in order, without overlap; only [`BlockKind::is_coded`] ones are coded.
    pub blocks: Vec<Block>,
}

/// One part of a document's text, usually a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a part of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// The headline, where it stands in the text.
    Title,
    /// The report itself.
    Body,
    /// A line that only names place, date or agency.
    Dateline,
    /// A byline.
    Byline,
    /// A credit line: "Courtesy Newsweek".
    Credit,
    /// A picture's caption or credit.
    Caption,
    /// Links to other articles, menus, sharing buttons.
    Navigation,
    /// A comment form or readers' comments.
    Comments,
    /// What the publisher says of itself or its authors.
    About,
    /// Rights, newsletters, advertisements and other matter.
    Notice,
}

impl BlockKind {
    /// Whether statements may be coded from it.
    pub fn is_coded(self) -> bool {
        matches!(self, BlockKind::Title | BlockKind::Body)
    }

    /// Whether it is boilerplate: neither the report nor what frames it.
    pub fn is_boilerplate(self) -> bool {
        matches!(self, BlockKind::Caption | BlockKind::Navigation | BlockKind::Comments | BlockKind::About | BlockKind::Notice)
    }
}

/// The outlet that a document credits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Credit {
    /// The outlet's name as written: "Newsweek", "Reuters".
    pub name: String,
    /// The words that say so, as found: "Courtesy Newsweek-"; empty where the input's field said it.
    pub words: String,
}

/// A publication date and how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The date; may be partial.
    pub date: Edtf,
    /// How it was found.
    pub found: DateFound,
}

/// How a publication date was found, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DateFound {
    /// The input or the user said so.
    Given,
    /// JSON-LD `datePublished`.
    JsonLd,
    /// A `<meta>` element.
    Meta,
    /// A `<time>` element.
    Time,
    /// The address: `/2017/08/31/`.
    Url,
    /// Words near the byline.
    Text,
    /// The dateline: "KABUL, Aug. 31".
    Dateline,
}

/// The language of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Language {
    /// English: it is coded.
    English,
    /// Another one, by its ISO 639-1 code where there is one, else ISO 639-3: kept, marked and not coded.
    Other(String),
    /// Too little text to tell; it is coded as English.
    Undetermined,
}

impl Language {
    /// The ISO 639 code; `und` where it is not determined.
    pub fn code(&self) -> &str {
        match self {
            Language::English => "en",
            Language::Other(code) => code,
            Language::Undetermined => "und",
        }
    }

    /// The language of an ISO 639 code or BCP 47 tag (`en-GB`).
    pub fn of_code(code: &str) -> Language {
        let primary = code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        match primary.as_str() {
            "en" | "eng" => Language::English,
            "" | "und" => Language::Undetermined,
            _ => Language::Other(primary),
        }
    }
}
